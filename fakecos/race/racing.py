"""From the keywords of `cos.race` to a race, or to the repetition of one order."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation import clocks
from fakecos.explore import failures
from fakecos.explore.alone import RACE, alone, require_free
from fakecos.explore.from_environment import asked_for, write_page
from fakecos.explore.quiet import quiet
from fakecos.facts.exceptions import UsageError
from fakecos.race.race import RaceError
from fakecos.race.racer import Checked, Racer, Settings
from fakecos.race.runs import Runs
from fakecos.usage import takes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.explore.seen import Failure
    from fakecos.race.race import Race
    from fakecos.race.racer import Steps
    from fakecos.race.results import Result, Wanted
    from fakecos.service.journal import RecordedRequest
    from fakecos.service.service import Service

FAULTS_ARE_SET = (
    "race starts each order without faults: cancel() those that were set by inject, set them inside an actor, or name "
    "them by failures=[...]."
)
FEWEST, MOST = 2, 5
"""How many actors there may be: of five there are 120 orders as wholes."""


class RaceOutcome(NamedTuple):
    """What came of one order, for `check`.

    - `returned`: what each actor returned, None if it did not. `raised`: what each raised, or None.
    - `schedule`: the order, as text. `requests`: those of the run, as RecordedRequest.
    """

    returned: tuple[object, ...]
    raised: tuple[BaseException | None, ...]
    schedule: str
    requests: tuple[RecordedRequest, ...]


RaceOutcome.__module__ = "fakecos"


class Racing(NamedTuple):
    """What the keywords say, read and judged."""

    steps: Steps
    runs: Runs
    check: Callable[[RaceOutcome], object] | None
    raise_findings: bool


def prepare(
    service: Service,
    active: ActiveService,
    actors: Sequence[Callable[[], object]],
    check: Callable[[RaceOutcome], object] | None,
    given: dict[str, Any],
    *,
    is_async: bool,
) -> Racing:
    """Read the keywords. UsageError: one of them cannot be, or a race goes on already."""
    _require_actors(actors, is_async=is_async)
    require_free(RACE, service, FAULTS_ARE_SET)
    rows = _rows(given["failures"])
    depth = (1 if rows else 0) if given["depth"] is None else given["depth"]
    for name, number, least in (("depth", depth, 0), ("max_runs", given["max_runs"], 1)):
        if type(number) is not int or number < least:
            message = f"race({name}={number!r}): it is a whole number from {least} on."
            raise UsageError(message)
    if depth and not rows:
        message = f"race(depth={depth}): it is how many failures one order has; failures=[...] says which."
        raise UsageError(message)
    serialisable = given["serialisable"]
    settings = Settings(
        _names(actors),
        rows,
        depth,
        given["max_runs"],
        given["max_seconds"],
        given["seed"],
        bool(given["reduce"]),
        check is not None,
        check is None if serialisable is None else bool(serialisable),
    )
    runs = Runs(service, active, actors, _ports(given["servers"], len(actors)), clocks.let_pass)
    racer = Racer(settings)
    replay = given["replay"] or asked_for(of_race=True)
    steps = racer.steps() if replay is None else racer.repeat(replay)
    return Racing(steps, runs, check, bool(given["raise_findings"]))


def run(racing: Racing) -> Race:
    """Race functions, or repeat one order. RaceError: there are findings."""
    steps = _runs_of(racing)
    try:
        with alone(RACE), quiet(racing.runs), racing.runs:
            wanted = next(steps)
            while True:
                wanted = steps.send(racing.runs.execute(wanted))
    except StopIteration as done:
        return _judged(racing, done.value)


async def run_async(racing: Racing) -> Race:
    """Race coroutine functions in the same way."""
    steps, result = _runs_of(racing), None
    with alone(RACE), quiet(racing.runs), racing.runs:
        while True:
            try:
                wanted = next(steps) if result is None else steps.send(result)
            except StopIteration as done:
                found: Race = done.value
                break
            result = await racing.runs.execute_async(wanted)
    return _judged(racing, found)


def _runs_of(racing: Racing) -> Generator[Wanted, Result, Race]:
    """Yield what is to be run; what the test's check is to be asked is asked here."""
    try:
        wanted = next(racing.steps)
        while True:
            result = _checked(racing, wanted) if isinstance(wanted, Checked) else (yield wanted)
            wanted = racing.steps.send(result)
    except StopIteration as done:
        found: Race = done.value
        return found


def _checked(racing: Racing, wanted: Checked) -> Result:
    """Ask the test's check about a run; what it raises is in what is returned."""
    assert racing.check is not None
    result = wanted.result
    outcome = RaceOutcome(result.returned, result.raised, wanted.order, result.journal)
    nothing: list[BaseException | None] = [None] * len(result.raised)
    try:
        racing.check(outcome)
    except AssertionError as error:
        nothing[0] = error
    return result._replace(raised=tuple(nothing))


def _judged(racing: Racing, found: Race) -> Race:
    write_page(found, "race")
    if racing.raise_findings and found.findings:
        raise RaceError(found)
    return found


def require_check(check: object) -> None:
    """Refuse a `check` that cannot be called with a fake and a RaceOutcome. UsageError."""
    if check is not None and not (callable(check) and takes(check, 2)):
        message = f"race(check={check!r}): it is a function of the fake and a RaceOutcome: def check(cos, outcome): ..."
        raise UsageError(message)


def _require_actors(actors: Sequence[object], *, is_async: bool) -> None:
    if not FEWEST <= len(actors) <= MOST:
        message = f"race takes {FEWEST} to {MOST} actors, functions without arguments: cos.race(one, other)."
        raise UsageError(message)
    for actor in actors:
        if not callable(actor) or not takes(actor, 0):
            what = "write lambda: upload(s3), which keeps them" if callable(actor) else "hand over functions, uncalled"
            message = f"race({actor!r}): an actor is a function without arguments; {what}."
            raise UsageError(message)
        if inspect.iscoroutinefunction(actor) != is_async:
            written = "await cos.race_async(...)" if not is_async else "cos.race(...)"
            what = "a coroutine function" if not is_async else "no coroutine function"
            message = f"{_name(actor)} is {what}: write {written}."
            raise UsageError(message)


def _rows(given: str | Sequence[str] | None) -> tuple[Failure, ...]:
    """Return the failures; those by which somebody else changes things are what the other actor is for."""
    return () if not given else tuple(row for row in failures.chosen(given) if not row.by_others)


def _ports(servers: Sequence[Any] | None, actors: int) -> dict[int, int]:
    if servers is None:
        return {}
    if len(servers) != actors:
        message = f"race(servers=...): there are {actors} actors, and {len(servers)} servers: each has its own."
        raise UsageError(message)
    return {int(server.port): actor for actor, server in enumerate(servers)}


def _names(actors: Sequence[object]) -> list[str]:
    names = [_name(actor) for actor in actors]
    return [f"{name} ({number})" if names.count(name) > 1 else name for number, name in enumerate(names)]


def _name(actor: object) -> str:
    function = getattr(actor, "func", actor)  # of functools.partial
    return str(getattr(function, "__name__", type(function).__name__))
