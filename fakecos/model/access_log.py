"""What waits to be written into server access logs: lines of text, and where they go."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

MOST = 50_000
"""How many records wait at most; of more the oldest are lost."""


class LogRecord(NamedTuple):
    """One line, of the bucket that it is about, and the LoggingEnabled that the bucket had then."""

    bucket: str
    account: str
    region: str
    enabled: Mapping[str, Any]
    time: dt.datetime
    line: str


class AccessLog:
    """The records that wait, in the order in which they came; `lost` counts those that were too many."""

    __slots__ = ("lost", "records")

    def __init__(self) -> None:
        self.records: deque[LogRecord] = deque(maxlen=MOST)
        self.lost = 0

    def __copy__(self) -> AccessLog:
        """Return a log of its own with the same records, which are never changed."""
        made = AccessLog()
        made.records = self.records.copy()
        made.lost = self.lost
        return made

    def add(self, record: LogRecord) -> None:
        """Let a record wait. Hold the store's lock."""
        self.lost += len(self.records) == MOST
        self.records.append(record)

    def take(self) -> list[LogRecord]:
        """Return the records and keep none. Hold the store's lock."""
        records = list(self.records)
        self.records.clear()
        self.lost = 0
        return records
