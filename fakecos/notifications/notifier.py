"""Tells of what happened to objects, once the answer is made: destinations get messages, handlers are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.event_types import PREFIX
from fakecos.notifications.events import Events, S3Event
from fakecos.notifications.matching import targets
from fakecos.notifications.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.facts.dates import DatedFact
    from fakecos.model.change import Change
    from fakecos.notifications.cause import Cause


class Notifier:
    """Who is told in one fake. `events`: what would have been sent to the destinations of the configurations."""

    def __init__(self) -> None:
        self.events = Events()

    def forget(self) -> None:
        """Forget what was sent."""
        self.events = Events()

    def announce(self, changes: Iterable[Change], cause: Cause, facts: frozenset[DatedFact]) -> None:
        """Tell of changes that have one cause, in their order; no lock is held. `facts` are those that hold."""
        for change in changes:
            for target in targets(change):
                made = message(change, cause, target.configuration_id, facts)
                self.events.add(
                    S3Event(
                        PREFIX + change.event,
                        change.bucket.name,
                        change.key,
                        change.version_id,
                        change.time,
                        target.destination,
                        target.configuration_id,
                        made,
                    )
                )
