"""What is to be run, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from fakecos.explore.seen import Seen
    from fakecos.explore.state import State
    from fakecos.facts.exceptions import BudgetExceededError
    from fakecos.race.asked import Asked, Failing
    from fakecos.race.orders import Order, Step
    from fakecos.service.journal import RecordedRequest
    from fakecos.timeline.recording import Recording


class Wanted(NamedTuple):
    """What is to be run: in which order, which actors, and what fails."""

    order: Order
    actors: Collection[int]
    failing: tuple[Failing, ...] = ()


class Result(NamedTuple):
    """What came of a run. `returned` and `raised` are by actor, None for one that did not, or did not take part.

    - `order`: the actors of its requests, one after the other. `asked`: the requests, `steps` the same for the search.
    - `deadlock`: the actors that waited for each other. `storm`: the one that did not stop asking.
    - `happened`: how many failures happened. `has_blocked`: whether an actor waited for something else than S3.
    - `over`: the first request that a budget did not allow.
    """

    actors: frozenset[int]
    returned: tuple[object, ...]
    raised: tuple[BaseException | None, ...]
    order: tuple[int, ...]
    asked: tuple[Asked, ...]
    steps: tuple[Step, ...]
    state: State
    deadlock: tuple[int, ...]
    storm: int | None
    happened: int
    has_blocked: bool
    journal: tuple[RecordedRequest, ...]
    recording: Recording
    over: BudgetExceededError | None = None

    @property
    def requests(self) -> tuple[Seen, ...]:
        """What is known of each request."""
        return tuple(asked.seen for asked in self.asked)

    @property
    def ended_well(self) -> frozenset[int]:
        """The actors that returned."""
        return frozenset(actor for actor in self.actors if self.raised[actor] is None)
