"""From the keywords of `cos.explore` to an exploration, or to the repetition of one run."""

from __future__ import annotations

import inspect
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation import clocks
from fakecos.explore import failures
from fakecos.explore.alone import EXPLORE, alone, require_free
from fakecos.explore.drivers import Executor
from fakecos.explore.exploration import Exploration, ExplorationError
from fakecos.explore.explorer import Explorer, Settings, Step
from fakecos.explore.from_environment import asked_for, write_page
from fakecos.explore.quiet import quiet
from fakecos.explore.run import Limits
from fakecos.explore.verdicts import KINDS
from fakecos.facts.exceptions import UsageError
from fakecos.facts.transport import Transport
from fakecos.usage import did_you_mean, takes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Sequence

    from fakecos.explore.drivers import Outcome
    from fakecos.explore.verdicts import Result
    from fakecos.service.service import Service

    Steps = Generator[Step, Result, Exploration]

LEFT_SHOWN = 5
FAULTS_ARE_SET = (
    "explore sets the failures itself, and starts each run without others: cancel() the faults that were set "
    "by inject, or set them inside the act."
)
VIRTUAL, REAL = "virtual", "real"


class Exploring(NamedTuple):
    """What the keywords say, read and judged."""

    explorer: Explorer
    executor: Executor
    replay: str | None
    raise_findings: bool


def prepare(
    service: Service,
    act: Callable[[], object],
    check: Callable[[Outcome], object] | None,
    given: dict[str, Any],
    progress: Callable[[int, int], None] | None = None,
    *,
    is_async: bool,
    is_served: bool = False,
) -> Exploring:
    """Read the keywords. UsageError: one of them cannot be, or an exploration goes on already."""
    _require_functions(act, given["recover"], is_async=is_async)
    require_free(EXPLORE, service, FAULTS_ARE_SET)
    for name, least in (("depth", 1), ("max_runs", 1)):
        if type(given[name]) is not int or given[name] < least:
            message = f"explore({name}={given[name]!r}): it is a whole number from {least} on."
            raise UsageError(message)
    if given["sleep"] not in {VIRTUAL, REAL}:
        message = f"explore(sleep={given['sleep']!r}): it is {VIRTUAL!r} or {REAL!r}."
        raise UsageError(message)
    settings = Settings(
        failures.chosen(given["failures"], is_served=is_served),
        bool(given["crashes"]),
        given["depth"],
        _allowances(given["allow"]),
        given["max_runs"],
        given["max_seconds"],
        check is not None,
        progress,
        _schedules(given["schedules"]),
    )
    executor = Executor(
        service, act, given["recover"], check, clocks.let_pass, Limits(), is_real=given["sleep"] == REAL or is_served
    )
    made = Explorer(settings)
    executor.text = made.text
    replay = given["replay"] or asked_for(of_race=False)
    executor.keeps_frames = replay is not None
    if is_served:
        executor.refused = Transport.RESET
    return Exploring(made, executor, replay, bool(given["raise_findings"]))


def run(exploring: Exploring) -> Exploration:
    """Explore functions, or repeat one run. ExplorationError: there are findings; and what a repeated run raises."""
    with alone(EXPLORE):
        return _judged(exploring, drive(_steps(exploring), exploring.executor))


async def run_async(exploring: Exploring) -> Exploration:
    """Explore coroutine functions in the same way."""
    with alone(EXPLORE):
        return _judged(exploring, await drive_async(_steps(exploring), exploring.executor))


def _steps(exploring: Exploring) -> Generator[Step, Result, Exploration]:
    if exploring.replay is None:
        return exploring.explorer.steps()
    return exploring.explorer.repeat(exploring.replay)


def _judged(exploring: Exploring, found: Exploration) -> Exploration:
    if exploring.executor.left_running:
        names = sorted(exploring.executor.left_running)
        more = f" and {len(names) - LEFT_SHOWN:,} more" if len(names) > LEFT_SHOWN else ""
        shown = ", ".join(names[:LEFT_SHOWN])
        found.covered.append(f"the act left running: {shown}{more}; what these asked later was refused")
    write_page(found, "exploration")
    if exploring.raise_findings and found.findings:
        raise ExplorationError(found)
    return found


def require_check(check: object) -> None:
    """Refuse a `check` that cannot be called with a fake and an Outcome. UsageError."""
    if check is not None and not (callable(check) and takes(check, 2)):
        message = f"explore(check={check!r}): it is a function of the fake and an Outcome: def check(cos, outcome): ..."
        raise UsageError(message)


def _require_functions(act: object, recover: object, *, is_async: bool) -> None:
    for name, function in (("act", act), ("recover", recover)):
        if function is None and name == "recover":
            continue
        if not callable(function) or not takes(function, 0):
            example = " Write lambda: upload(s3), which keeps them." if callable(function) else ""
            message = f"explore({name}={function!r}): it is a function without arguments.{example}"
            raise UsageError(message)
        if inspect.iscoroutinefunction(function) and not is_async:
            message = f"{name} is a coroutine function: write await cos.explore_async(...)."
            raise UsageError(message)


def _schedules(given: Collection[str] | None) -> tuple[str, ...]:
    """Read `schedules`. UsageError: it is one text, or has nothing in it."""
    if given is None:
        return ()
    if isinstance(given, str) or not given:
        message = f"explore(schedules={given!r}): it is a list of schedules; one alone is repeated by replay=."
        raise UsageError(message)
    return tuple(given)


def _allowances(given: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Read `allow`: pairs of a kind or a pattern of schedules, and a reason."""
    pairs: Collection[Any] = [given] if _is_pair(given) else given
    for pair in pairs:
        if not _is_pair(pair) or not pair[1].strip():
            message = (
                f'explore(allow={given!r}): each entry has a reason, such as ("leaked-upload", "a lifecycle rule '
                'cleans up").'
            )
            raise UsageError(message)
        pattern = pair[0]
        if not set(pattern) & set("=*?[") and pattern not in KINDS:
            message = f"explore(allow=...): there is no kind {pattern!r}{did_you_mean(pattern, KINDS) or '.'}"
            raise UsageError(message)
    return tuple(pairs)


def _is_pair(value: object) -> bool:
    return isinstance(value, (tuple, list)) and len(value) == 2 and all(isinstance(text, str) for text in value)  # noqa: PLR2004


def drive(steps: Steps, executor: Executor) -> Exploration:
    """Do the steps of an exploration of functions."""
    try:
        with quiet(executor), executor.time or nullcontext():
            step = next(steps)
            while True:
                step = steps.send(executor.execute(step))
    except StopIteration as done:
        found: Exploration = done.value
        return found
    finally:
        executor.end()


async def drive_async(steps: Steps, executor: Executor) -> Exploration:
    """Do the steps of an exploration of coroutine functions."""
    result: Result | None = None
    try:
        with quiet(executor), executor.time or nullcontext():
            while True:
                try:
                    step = next(steps) if result is None else steps.send(result)
                except StopIteration as done:
                    found: Exploration = done.value
                    return found
                result = await executor.execute_async(step)
    finally:
        executor.end()
