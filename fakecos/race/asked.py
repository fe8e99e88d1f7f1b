"""A request of a run, a failure of one, and which failures there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.explore.seen import Failure, Seen
    from fakecos.explore.sites import Target


class Asked(NamedTuple):
    """A request of a run: who made it, how it is written, and how it was answered.

    `status` is 0 where no answer came; `code` is that of an error; `failure` the name of what happened to it.
    """

    actor: int
    text: str
    status: int
    code: str | None
    failure: str | None
    seen: Seen


class Failing(NamedTuple):
    """A failure of one request of one actor, its nth, counted from 1; `seen` is that request without the failure."""

    actor: int
    nth: int
    row: Failure
    seen: Seen

    def is_at(self, actor: int, nth: int, target: Target) -> bool:
        """Whether it happens to a request: some also happen to its later attempts, or to all that come later."""
        if actor != self.actor or nth < self.nth:
            return False
        return self.row.for_all or (target == self.seen.target and (self.row.for_good or nth == self.nth))


def request_of_whole(wholes: Sequence[Sequence[Asked]], actor: int, nth: int, written: str) -> Seen:
    """Return the nth request of an actor that runs as a whole. UsageError: it makes fewer."""
    for requests in wholes:
        own = [asked.seen for asked in requests if asked.actor == actor]
        if len(own) >= nth:
            return own[nth - 1]
    message = f"race(replay={written!r}): actor {actor} makes no {nth} requests."
    raise UsageError(message)


def failings_of(wholes: Sequence[Sequence[Asked]], rows: Sequence[Failure]) -> list[Failing]:
    """Return each failure of each request that the actors make as wholes."""
    found: dict[tuple[int, int, str], Failing] = {}
    for requests in wholes:
        numbers: dict[int, int] = {}
        for asked in requests:
            nth = numbers[asked.actor] = numbers.get(asked.actor, 0) + 1
            for row in rows:
                if row.is_for(asked.seen):
                    found.setdefault((asked.actor, nth, row.name), Failing(asked.actor, nth, row, asked.seen))
    return sorted(found.values(), key=lambda one: (one.actor, one.nth))
