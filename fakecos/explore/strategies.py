"""Schedules as hypothesis draws them: several failures in one run, beyond what a depth can try, and shrunk to few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from fakecos.explore.exploration import Exploration

RETRIES = 3
"""A failure may also be that of the second or third request of its kind, which a client's own retries make."""


def schedules(exploration: Exploration, *, max_failures: int = 4) -> SearchStrategy[str]:
    """Return a strategy of schedules as text, for `cos.explore(act, schedules=[schedule])`.

    They are made of the single failures that `exploration` tried and that happened; each has one to `max_failures` of
    them, at different requests. hypothesis shrinks to few and simple ones.
    UsageError: hypothesis is not installed, the exploration had no such run, or `max_failures` is below 1.
    """
    if max_failures < 1:
        message = f"schedules(max_failures={max_failures}): it is 1 at least."
        raise UsageError(message)
    single = [run.schedule for run in exploration.results if run.happened and "; " not in run.schedule]
    if not single:
        message = "schedules(...): the exploration tried no single failure from which schedules could be made."
        raise UsageError(message)
    try:
        from hypothesis import strategies as st
    except ModuleNotFoundError:
        message = "fakecos.explore.schedules() is a strategy of hypothesis: pip install hypothesis"
        raise UsageError(message) from None

    @st.composite
    def drawn(draw: DrawFn) -> str:
        chosen: dict[str, str] = {}
        for _ in range(draw(st.integers(1, max_failures))):
            site, _, failure = draw(st.sampled_from(single)).rpartition("=")
            place, _, number = site.rpartition("#")
            nth = int(number) + draw(st.integers(0, RETRIES - 1))
            chosen.setdefault(f"{place}#{nth}", failure)
        return "; ".join(f"{site}={failure}" for site, failure in chosen.items())

    made: Any = drawn()
    return made  # type: ignore[no-any-return]
