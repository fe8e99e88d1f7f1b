"""Tells of what happened to objects, once the answer is made: destinations get messages, handlers are called."""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from fakecos.facts.event_types import PREFIX, TEST_EVENT
from fakecos.model.change import TEST
from fakecos.notifications import event_bridge
from fakecos.notifications.delivery import Delivery, story_of
from fakecos.notifications.handlers import CONFIGURATION_ID, Calls, EventHandler
from fakecos.notifications.matching import targets
from fakecos.notifications.message import message, test_message
from fakecos.notifications.s3_event import S3Event
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from fakecos.facts.dates import DatedFact
    from fakecos.model.change import Change
    from fakecos.model.destinations import Destinations
    from fakecos.notifications.cause import Cause
    from fakecos.notifications.handlers import Message
    from fakecos.notifications.s3_event import Sink


S = TypeVar("S", bound="Sink")
NOBODY = "none. An event arises where a bucket has a notification configuration, or a handler is there"


class Arriving(NamedTuple):
    """One event on its way: what is sent of it, and the handlers that are called with a message."""

    sent: list[S3Event]
    calls: list[tuple[EventHandler, Message]]


class Notifier(Generic[S]):
    """Who is told in one fake: the destinations of configurations, and the handlers of the test.

    - `events`: what was sent to destinations; `undelivered`: what fakes beside this one did not take, a sentence each.
    - `make` makes an empty one of those, `report` takes what handlers raise, `listen` is told whether there are any.
    """

    def __init__(
        self,
        make: Callable[[], S],
        report: Callable[[Exception], None],
        listen: Callable[[bool], None],
        destinations: Destinations,
    ) -> None:
        self._make = make
        self.events = make()
        self._report = report
        self._listen = listen
        self._handlers: tuple[EventHandler, ...] = ()
        self._lock = threading.Lock()
        self._calls = Calls()
        self.undelivered: list[str] = []
        self._destinations = destinations
        self._delivery: Delivery | None = None
        self._never_delivered: list[str] = []

    @property
    def delivery(self) -> Delivery:
        """How events arrive, which is there from the first `inject_events` on."""
        if self._delivery is None:
            self._delivery = Delivery()
        return self._delivery

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
        """Forget what was sent, and how events arrive; what is held then was never delivered. The handlers stay."""
        self.events = self._make()
        if self._delivery is not None:
            self._never_delivered += [each.text for each in self._delivery.held]
            self._delivery = None

    def untold(self) -> list[str]:
        """Return what the test's author should hear at the end, a sentence each, and forget it."""
        told, self.undelivered = self.undelivered, []
        held, self._never_delivered = self._never_delivered, []
        if self._delivery is not None:
            held += [each.text for each in self._delivery.held]
            self._delivery.held = []
        return [*told, story_of(held)] if held else told

    def unfired(self) -> list[str]:
        """Return what `inject_events` set and never happened, a sentence each."""
        if self._delivery is None:
            return []
        names = Counter(event.name for event in self.events)
        came = ", ".join(f"{name} ({count})" for name, count in names.items()) or NOBODY
        return [
            f"{fault.written} never happened. Events that came: {came}. Fix the test, or call cancel() on it if it "
            "need not happen."
            for fault in self._delivery.unfired()
        ]

    def never_called(self, buckets: Sequence[str], asked_for: Callable[[], AbstractSet[str | None]]) -> list[str]:
        """Return of which handlers the bucket was misspelt, a sentence each.

        That is sure where one was never called, no request named its bucket, and one of a similar name is there.
        """
        return [
            f"cos.on_event(..., bucket={handler.bucket!r}): the handler was never called, and there is no such bucket"
            f"{meant} If nothing is to happen there, call cancel() on the handler."
            for handler in self._handlers
            if handler.bucket is not None and not handler.hits and handler.bucket not in buckets
            if (meant := did_you_mean(handler.bucket, buckets)) and handler.bucket not in asked_for()
        ]

    def rearm_lock(self) -> None:
        """Make its lock usable in a forked child."""
        self._lock = threading.Lock()

    def announce(self, changes: Iterable[Change], cause: Cause, facts: frozenset[DatedFact]) -> None:
        """Tell of changes that have one cause, in their order; no lock is held. `facts` are those that hold."""
        arriving: list[Arriving] = []
        for change in changes:
            one = self._arriving(change, cause, facts)
            copies = 1
            if self._delivery is not None and change.event != TEST:
                copies = self._delivery.take(change, partial(self._arrive, [one]))
            arriving += [one] * copies
        self._arrive(arriving)

    def pass_time(self, now: dt.datetime) -> None:
        """Deliver what is late and due by now."""
        if self._delivery is not None:
            self._delivery.pass_time(now)

    def _arriving(self, change: Change, cause: Cause, facts: frozenset[DatedFact]) -> Arriving:
        calls = [
            (handler, message(change, cause, CONFIGURATION_ID, facts))
            for handler in self._handlers
            if handler.wants(change)
        ]
        return Arriving(list(messages(change, cause, facts)), calls)

    def _arrive(self, arriving: Iterable[Arriving]) -> None:
        """Send what is sent of some events, and call their handlers after that."""
        wanted: list[tuple[EventHandler, Message]] = []
        for sent, calls in arriving:
            for event in sent:
                self.events.add(event)
                self._send(event)
            wanted += calls
        if wanted:
            self._calls.make(wanted, self._report)

    def _send(self, event: S3Event) -> None:
        """Send a message to the fake that has its destination, if there is one beside this one.

        S3 answered before it sends, so nothing is raised to whoever asked: the closing report tells it.
        """
        if self._destinations.send is None:
            return
        try:
            self._destinations.send(event.destination, event.document)
        except Exception as error:  # noqa: BLE001  of the client, of the other fake, or of what that calls
            needed = ". The fake of that service needs it: for EventBridge of moto, pip install 'moto[events]'"
            self.undelivered.append(
                f"{event.name} of {event.location} was not delivered to {event.destination}: "
                f"{type(error).__name__}: {error}{needed if isinstance(error, ModuleNotFoundError) else ''}"
            )


def messages(change: Change, cause: Cause, facts: frozenset[DatedFact]) -> Iterator[S3Event]:
    """Yield what is sent of a change: to each destination of the configuration, and to EventBridge."""
    if change.event == TEST:
        made = test_message(change, cause)
        yield _event(change, TEST_EVENT, change.data["destination"], change.data["configuration_id"], made)
        return
    name = PREFIX + change.event
    for target in targets(change):
        made = message(change, cause, target.configuration_id, facts)
        yield _event(change, name, target.destination, target.configuration_id, made)
    if event_bridge.is_sent(change):
        made = event_bridge.event_of(change, cause, facts)
        yield _event(change, name, event_bridge.bus_of(change.bucket), "", made)


def _event(change: Change, name: str, destination: str, configuration_id: str, document: dict[str, Any]) -> S3Event:
    where = change.bucket.name, change.key, change.version_id
    return S3Event(name, *where, change.time, destination, configuration_id, document)
