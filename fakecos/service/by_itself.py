"""What S3 does by itself as time passes: replication, lifecycle rules, restored copies, inventories, access logs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fakecos.model.clock import instant, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.model.change import Change
    from fakecos.model.replication import ReplicationOutcome
    from fakecos.model.store import Store
    from fakecos.service.announcements import Announcements
    from fakecos.service.by_hand import ByHand
    from fakecos.service.pipeline import Pipeline

    ReplicationListener = Callable[[ReplicationOutcome], None]
    """Is told what came of each replication; no lock is held."""


class ByItself:
    """Does what falls due in the store of a pipeline, and tells of it. `listeners` are told of each replication."""

    def __init__(self, pipeline: Pipeline, by_hand: ByHand, announcements: Announcements) -> None:
        self.listeners: tuple[ReplicationListener, ...] = ()
        self._pipeline = pipeline
        self._by_hand = by_hand
        self._announcements = announcements

    def pass_time(self) -> None:
        """Do all that is due now."""
        from fakecos.operations import lifecycle_expiration, restored_copies  # rarely needed

        store, ids, moment = self._pipeline.store, self._pipeline.ids, now()
        if store.replicates:
            self.replicate(store)
        changes: list[Change] = []
        context_of = partial(self._by_hand.context_as, changes=changes)
        if any(bucket.inventories for bucket in store.buckets.values()):
            from fakecos.operations.inventory import due_lists

            due_lists.run(store, ids, moment, context_of, changes)
        lifecycle_expiration.run(store, ids, moment, changes)
        restored_copies.run(store, moment, changes)
        if store.access_log is not None:
            from fakecos.operations.server_access_logs import log_delivery

            log_delivery.run(store, moment, context_of)
        changes.sort(key=lambda change: change.time)
        self._announcements.announce(changes)
        self._announcements.pass_time(instant())

    def replicate(self, store: Store) -> None:
        """Replicate what is due now in a store, and tell of it if it is the fake's own."""
        from fakecos.operations import replicate

        outcomes = replicate.run(store, self._by_hand.context)
        if store is self._pipeline.store:
            self._announcements.announce(replicate.changes_of(store, outcomes))
            for listener in self.listeners:
                for outcome in outcomes:
                    listener(outcome)
