"""How often a fault happens among the requests that it is for, and what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.faults.matching import why_impossible
from fakecos.misnamed import Named

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from fakecos.faults.matching import Matcher, Request
    from fakecos.faults.outcomes import Outcome, When


class Frequency(NamedTuple):
    """How often a fault happens among the requests that it is for.

    The first `after` pass, then every `every`-th is hit until it was `times` (None: no end); with a `probability`
    each of those only by chance.
    """

    times: int | None
    after: int
    every: int
    chance: tuple[float, random.Random] | None


class Fault(Named):
    """A fault that was set with `FakeCOS.inject`.

    - `hits`: how often it happened.
    - `seen`: how many requests came that it is for, hit or not.
    """

    __module__ = "fakecos"

    def __init__(
        self, matcher: Matcher, frequency: Frequency, when: When, outcomes: Sequence[Outcome | None], written: str
    ) -> None:
        self.matcher = matcher
        self.frequency = frequency
        self.when = when
        self.outcomes = outcomes
        self.hits = 0
        self.seen = 0
        self.reasons_missed: list[str] = []
        self.is_cancelled = False
        self._place = 0
        self._written = written

    def cancel(self) -> None:
        """Let no further request fail; a fault that was cancelled need not have happened."""
        self.is_cancelled = True

    def take(self, request: Request) -> Outcome | None:
        """Count a request that this fault is for, and return what happens to it; the caller holds the lock."""
        self.seen += 1
        frequency = self.frequency
        number = self.seen - 1 - frequency.after
        if number < 0 or number % frequency.every:
            return None
        if frequency.chance is not None:
            probability, source = frequency.chance
            if source.random() >= probability:
                return None
        if frequency.times is not None and self._place >= frequency.times * len(self.outcomes):
            return None
        outcome = self.outcomes[self._place % len(self.outcomes)]
        reason = None if outcome is None else why_impossible(outcome, self.when, request)
        if reason is not None:
            self.note_miss(reason)
            return None
        self._place += 1
        return outcome

    @property
    def is_unfinished(self) -> bool:
        """Whether it happened, but less often than it was to.

        Not with `times=None`, which has no end; with `probability` chance decides how often, and `times` is the most.
        Entries of a script that let requests pass need not be reached.
        """
        times, script = self.frequency.times, self.outcomes
        if not self.hits or self.is_cancelled or times is None or self.frequency.chance is not None:
            return False
        return any(script[place % len(script)] is not None for place in range(self._place, times * len(script)))

    @property
    def wanted_hits(self) -> int | None:
        """How often it was to happen; None: as often as requests come."""
        times = self.frequency.times
        return None if times is None else times * sum(outcome is not None for outcome in self.outcomes)

    def give_back(self) -> None:
        """Take it that nothing happened to the request that was taken last; the caller holds the lock."""
        self._place -= 1

    def note_miss(self, reason: str) -> None:
        """Remember why a request that the fault is for was not hit: it is reported if none ever is."""
        if reason not in self.reasons_missed:
            self.reasons_missed.append(reason)

    def __repr__(self) -> str:
        return f"<Fault {self._written}: {self.hits} hits>"

    @property
    def written(self) -> str:
        """The call that set it."""
        return self._written
