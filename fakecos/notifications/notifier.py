"""Tells of what happened to objects, once the answer is made: destinations get messages, handlers are called."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from fakecos.facts.event_types import PREFIX, TEST_EVENT
from fakecos.model.change import TEST
from fakecos.notifications import event_bridge
from fakecos.notifications.delivery import Delivery, story_of
from fakecos.notifications.events import Events, S3Event
from fakecos.notifications.matching import targets
from fakecos.notifications.message import message, test_message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from typing import Any

    from fakecos.facts.dates import DatedFact
    from fakecos.model.change import Change
    from fakecos.model.destinations import Destinations
    from fakecos.notifications.cause import Cause


NOBODY = "none. An event arises where a bucket has a notification configuration, or a handler is there"


class Notifier:
    """Who is told in one fake.

    - `events`: what was sent to the destinations of the configurations.
    - `undelivered`: what the fakes beside this one did not take, a sentence each.
    """

    def __init__(self, destinations: Destinations) -> None:
        self.events = Events()
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

    def forget(self) -> None:
        """Forget what was sent, and how events arrive; what is held then was never delivered."""
        self.events = Events()
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

    def announce(self, changes: Iterable[Change], cause: Cause, facts: frozenset[DatedFact]) -> None:
        """Tell of changes that have one cause, in their order; no lock is held. `facts` are those that hold."""
        for change in changes:
            hand_over = partial(self._hand_over, list(messages(change, cause, facts)))
            if self._delivery is None or change.event == TEST:
                hand_over()
            else:
                self._delivery.take(change, hand_over)

    def pass_time(self, now: dt.datetime) -> None:
        """Deliver what is late and due by now."""
        if self._delivery is not None:
            self._delivery.pass_time(now)

    def _hand_over(self, sent: Iterable[S3Event]) -> None:
        for event in sent:
            self.events.add(event)
            self._send(event)

    def _send(self, event: S3Event) -> None:
        """Send a message to the fake that has its destination, if there is one beside this one.

        S3 answered before it sends, so nothing is raised to whoever asked: the closing report tells it.
        """
        if self._destinations.send is None:
            return
        try:
            self._destinations.send(event.destination, event.document)
        except Exception as error:  # noqa: BLE001  of the client, of the other fake, or of what that calls
            self.undelivered.append(
                f"{event.name} of {event.bucket}/{event.key} was not delivered to {event.destination}: "
                f"{type(error).__name__}: {error}"
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
    return S3Event(
        name,
        change.bucket.name,
        change.key,
        change.version_id,
        change.time,
        destination,
        configuration_id,
        document,
    )
