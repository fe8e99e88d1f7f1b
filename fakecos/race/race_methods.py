"""The methods of FakeCOS that race, written out here: what they take, and what the reference shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.race.race import Race
    from fakecos.race.racing import RaceOutcome, Racing
    from fakecos.service.service import Service
    from fakecos.serving.server import Server


class Raced(Protocol):
    """What a race needs of the fake."""

    _service: Service
    _active: ActiveService


Fake = TypeVar("Fake", bound=Raced)


def race(
    self: Fake,
    *actors: Callable[[], Any],
    check: Callable[[Fake, RaceOutcome], object] | None = None,
    serialisable: bool | None = None,
    failures: str | Sequence[str] = (),
    depth: int | None = None,
    max_runs: int = 5000,
    max_seconds: float | None = None,
    seed: int | str = 0,
    reduce: bool = True,
    servers: Sequence[Server] | None = None,
    replay: str | None = None,
    raise_findings: bool = True,
) -> Race:
    """Run actors with their requests in every order that can matter, and say in which orders data is lost.

    Each actor is a function without arguments, and runs in a thread of its own. What is stored now is the state before
    each run. One request goes through at a time, so the same order is the same run.

    - `check`: called with this fake and a RaceOutcome after each run; it raises AssertionError. It takes the place of
      the default verdict.
    - `serialisable`: whether a run must end like one of the actors as wholes, one after the other, in what is stored
      and in what they return. None: if there is no `check`.
    - `failures`: "standard", "all", or names, as `explore` takes them; each happens in every order, `depth` at a time.
    - `max_runs`, `max_seconds`: end it, and say what was covered. From half of max_runs on, orders are drawn at random
      by `seed`.
    - `reduce`: leave out orders that nobody can tell apart.
    - `servers`: for clients that are not of Python or run in other processes: a server of this fake for each actor.
    - `replay`: the one order to repeat. None: that of FAKECOS_REPLAY.
    - `raise_findings`: raise RaceError, an AssertionError, if there are findings.

    UsageError: an actor does not work alone, or does not store the same twice, or a keyword cannot be.
    """
    given = dict(locals())
    from fakecos.race import racing  # when asked for: start-up is a budget

    return racing.run(_prepared(self, given, is_async=False))


async def race_async(
    self: Fake,
    *actors: Callable[[], Awaitable[Any]],
    check: Callable[[Fake, RaceOutcome], object] | None = None,
    serialisable: bool | None = None,
    failures: str | Sequence[str] = (),
    depth: int | None = None,
    max_runs: int = 5000,
    max_seconds: float | None = None,
    seed: int | str = 0,
    reduce: bool = True,
    servers: Sequence[Server] | None = None,
    replay: str | None = None,
    raise_findings: bool = True,
) -> Race:
    """Race coroutine functions, each in a task of this event loop; everything else is as `race` says."""
    given = dict(locals())
    from fakecos.race import racing

    return await racing.run_async(_prepared(self, given, is_async=True))


def _prepared(fake: Raced, given: dict[str, Any], *, is_async: bool) -> Racing:
    """Return what the keywords of either method say."""
    from fakecos.race import racing

    check = given["check"]
    racing.require_check(check)
    judged = None if check is None else lambda outcome: check(fake, outcome)
    return racing.prepare(fake._service, fake._active, given["actors"], judged, given, is_async=is_async)  # noqa: SLF001
