"""The methods of FakeCOS that explore, written out here: what they take, and what the reference shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.explore.drivers import Outcome
    from fakecos.explore.exploration import Exploration
    from fakecos.explore.exploring import Exploring
    from fakecos.service.service import Service


class Explored(Protocol):
    """What an exploration needs of the fake."""

    _service: Service
    _active: ActiveService


Fake = TypeVar("Fake", bound=Explored)


def explore(
    self: Fake,
    act: Callable[[], Any],
    *,
    check: Callable[[Fake, Outcome], object] | None = None,
    recover: Callable[[], Any] | None = None,
    failures: str | Collection[str] = "standard",
    crashes: bool = True,
    depth: int = 1,
    allow: Sequence[tuple[str, str]] = (),
    max_runs: int = 5000,
    max_seconds: float | None = None,
    sleep: Literal["virtual", "real"] = "virtual",
    schedules: Collection[str] | None = None,
    replay: str | None = None,
    raise_findings: bool = True,
) -> Exploration:
    """Run `act` once for each request that it makes and each way in which that can fail, and say where data is lost.

    What is stored now is the state before each run. `act()` is called without a failure first, and twice: what it
    returns and stores is what is expected. After an act that raised or died, `recover()` runs without failures.
    What is stored afterwards is what the run without failures stored.

    - `check`: called with this fake and an Outcome after each run; it raises AssertionError.
    - `recover`: None is `act` again.
    - `failures`: "standard", "all", or names; the page "Exploring" has the table.
    - `crashes`: let the process die at each request too, before and after S3 did what was asked.
    - `depth`: how many failures one run may have.
    - `allow`: what is accepted, as (kind or pattern of schedules, reason).
    - `max_runs`, `max_seconds`: end it, and say what was covered.
    - `sleep`: "real" lets the code under test really wait; else its waits take virtual time. A fake that is served
      always takes real time.
    - `schedules`: the ones to run instead of all, such as hypothesis draws by `fakecos.explore.schedules`.
    - `replay`: the one schedule to repeat; what the act raises then comes through. None: that of FAKECOS_REPLAY.
    - `raise_findings`: raise ExplorationError, an AssertionError, if there are findings.

    UsageError: the act raises without failures, is not the same twice, or a keyword cannot be.
    """
    given = dict(locals())
    from fakecos.explore import exploring  # when asked for: start-up is a budget

    return exploring.run(_prepared(self, given, is_async=False))


async def explore_async(
    self: Fake,
    act: Callable[[], Awaitable[Any]],
    *,
    check: Callable[[Fake, Outcome], object] | None = None,
    recover: Callable[[], Awaitable[Any]] | None = None,
    failures: str | Collection[str] = "standard",
    crashes: bool = True,
    depth: int = 1,
    allow: Sequence[tuple[str, str]] = (),
    max_runs: int = 5000,
    max_seconds: float | None = None,
    sleep: Literal["virtual", "real"] = "virtual",
    schedules: Collection[str] | None = None,
    replay: str | None = None,
    raise_findings: bool = True,
) -> Exploration:
    """Explore coroutine functions; everything else is as `explore` says."""
    given = dict(locals())
    from fakecos.explore import exploring

    return await exploring.run_async(_prepared(self, given, is_async=True))


def _prepared(fake: Explored, given: dict[str, Any], *, is_async: bool) -> Exploring:
    """Return what the keywords of either method say."""
    from fakecos.explore import exploring

    check = given["check"]
    exploring.require_check(check)
    judged = None if check is None else lambda outcome: check(fake, outcome)
    is_served = bool(fake._active.served_at)  # noqa: SLF001 - these are methods of the fake
    return exploring.prepare(fake._service, given["act"], judged, given, is_async=is_async, is_served=is_served)  # noqa: SLF001
