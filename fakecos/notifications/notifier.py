"""Tells of what happened to objects, once the answer is made: destinations get messages, handlers are called."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from fakecos.facts.event_types import PREFIX
from fakecos.notifications.handlers import CONFIGURATION_ID, Calls, EventHandler
from fakecos.notifications.matching import targets
from fakecos.notifications.message import message
from fakecos.notifications.s3_event import S3Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fakecos.facts.dates import DatedFact
    from fakecos.model.change import Change
    from fakecos.notifications.cause import Cause
    from fakecos.notifications.handlers import Message
    from fakecos.notifications.s3_event import Sink


S = TypeVar("S", bound="Sink")


class Notifier(Generic[S]):
    """Who is told in one fake: the destinations of configurations, and the handlers of the test.

    - `events`: what would have been sent to destinations.
    - `make` makes an empty one of those, `report` takes what handlers raise, `listen` is told whether there are any.
    """

    def __init__(
        self, make: Callable[[], S], report: Callable[[Exception], None], listen: Callable[[bool], None]
    ) -> None:
        self._make = make
        self.events = make()
        self._report = report
        self._listen = listen
        self._handlers: tuple[EventHandler, ...] = ()
        self._lock = threading.Lock()
        self._calls = Calls()

    def add(
        self,
        function: Callable[..., object],
        events: tuple[str, ...],
        bucket: str | None,
        prefix: str,
        suffix: str,
        *,
        has_context: bool,
    ) -> EventHandler:
        """Call a function from now on for events of some types, and return the handler that it is now."""
        handler = EventHandler(function, events, bucket, prefix, suffix, self._remove, has_context=has_context)
        with self._lock:
            self._handlers = (*self._handlers, handler)
            self._listen(bool(self._handlers))
        return handler

    def _remove(self, handler: EventHandler) -> None:
        with self._lock:
            self._handlers = tuple(other for other in self._handlers if other is not handler)
            self._listen(bool(self._handlers))

    def forget(self) -> None:
        """Forget what was sent; the handlers stay."""
        self.events = self._make()

    def rearm_lock(self) -> None:
        """Make its lock usable in a forked child."""
        self._lock = threading.Lock()

    def announce(self, changes: Iterable[Change], cause: Cause, facts: frozenset[DatedFact]) -> None:
        """Tell of changes that have one cause, in their order; no lock is held. `facts` are those that hold."""
        wanted: list[tuple[EventHandler, Message]] = []
        for change in changes:
            for target in targets(change):
                self._send(change, target.destination, target.configuration_id, cause, facts)
            wanted += [
                (handler, message(change, cause, CONFIGURATION_ID, facts))
                for handler in self._handlers
                if handler.wants(change)
            ]
        if wanted:
            self._calls.make(wanted, self._report)

    def _send(
        self, change: Change, destination: str, configuration_id: str, cause: Cause, facts: frozenset[DatedFact]
    ) -> None:
        self.events.add(
            S3Event(
                PREFIX + change.event,
                change.bucket.name,
                change.key,
                change.version_id,
                change.time,
                destination,
                configuration_id,
                message(change, cause, configuration_id, facts),
            )
        )
