"""What may stand around a service: what wraps its pipeline, what counts its calls, and who is told of each request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.facts.exceptions import BudgetExceededError
    from fakecos.service.call import Answer, Call
    from fakecos.service.journal import RecordedRequest

    Watcher = Callable[[Call, RecordedRequest], None]
    """Is told of each request when its answer is made, also where none arrives; no lock is held."""


class Wrapper(Protocol):
    """What stands around the pipeline, such as fault injection: it answers each routed call, by `Service.perform`."""

    def answer(self, call: Call) -> Answer:
        """Answer a call. Raises S3Error, and TransportFault where the connection fails."""

    def rearm_lock(self) -> None:
        """Make its locks usable in a forked child."""


class Budget(Protocol):
    """What allows a number of requests; the names are those of `fakecos.testing.budget`."""

    def spend(self, call: Call, known: BudgetExceededError | None) -> BudgetExceededError | None:
        """Count a call before it is answered, and return what it raises, if it is one too many."""

    def rearm_lock(self) -> None:
        """Make its lock usable in a forked child."""
