"""The events of the answer: Records, Cont, Progress, Stats, End, or an error in the middle (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.operations.select_object_content.table import Table

    Event = dict[str, Any]

RECORDS_SIZE = 64 * 1024
"""Bytes of a Records event (assumed). A record may be split between two of them (documented)."""


class Statistics(NamedTuple):
    """Bytes read of the object, the same without their compression, and bytes of records returned."""

    scanned: int
    processed: int
    returned: int

    @property
    def event(self) -> Event:
        """What the events Progress and Stats hold."""
        scanned, processed, returned = self
        return {"Details": {"BytesScanned": scanned, "BytesProcessed": processed, "BytesReturned": returned}}


def events_of(results: Iterator[bytes], table: Table, *, wants_progress: bool) -> list[Event]:
    """Return all events.

    A Cont, which clients must expect anywhere (documented), stands between any two of Records. An error that comes
    when there are Records already is the last event, and no End follows (documented); an earlier one is raised.
    """
    sent: list[Event] = []
    waiting, returned = bytearray(), 0
    try:
        for record in results:
            waiting += record
            while len(waiting) > RECORDS_SIZE:
                sent += [_records(waiting[:RECORDS_SIZE]), {"Cont": {}}]
                del waiting[:RECORDS_SIZE]
                returned += RECORDS_SIZE
    except S3Error as refusal:
        if not sent:
            raise
        error: Event = {"Error": {"Code": refusal.code, "Message": refusal.message}}
        return [*sent, *([_records(waiting)] if waiting else []), error]
    if waiting:
        sent.append(_records(waiting))
    statistics = Statistics(table.scanned, table.processed, returned + len(waiting)).event
    if wants_progress:
        sent.append({"Progress": statistics})
    return [*sent, {"Stats": statistics}, {"End": {}}]


def _records(payload: bytearray) -> Event:
    return {"Records": {"Payload": bytes(payload)}}
