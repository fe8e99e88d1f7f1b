"""`cos.events`: what S3 would have sent by the buckets' notification configurations."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.misnamed import Named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

KEPT = 10_000


class S3Event(NamedTuple):
    """One message that S3 would have sent.

    - `name`: the type, such as `s3:ObjectCreated:Put`; `bucket`, `key` (as it is, not encoded) and `version_id`, None
      without versions.
    - `time`: when it happened.
    - `destination`: the ARN of the queue, topic or function, or of the bus of EventBridge; `configuration_id`: which
      configuration says so, empty for EventBridge.
    - `document`: the message, `{"Records": [...]}`, as a function is given it. That of EventBridge is its event, and
      of `s3:TestEvent`, whose key is empty, the test message.
    """

    name: str
    bucket: str
    key: str
    version_id: str | None
    time: dt.datetime
    destination: str
    configuration_id: str
    document: dict[str, Any]

    @property
    def record(self) -> dict[str, Any]:
        """The one record of the message; of EventBridge, and of a test message, the message itself."""
        records: list[dict[str, Any]] = self.document.get("Records", [self.document])
        return records[0]


S3Event.__module__ = "fakecos"


class Events(Named):
    """What S3 would have sent, the last at the end: a sequence of S3Event. It holds the last 10,000."""

    __module__ = "fakecos"

    __slots__ = ("_events",)

    def __init__(self, events: Iterable[S3Event] = ()) -> None:
        self._events: deque[S3Event] = deque(events, maxlen=KEPT)

    def add(self, event: S3Event) -> None:
        """Write one down."""
        self._events.append(event)

    def clear(self) -> None:
        """Forget them all."""
        self._events.clear()

    def __iter__(self) -> Iterator[S3Event]:
        return iter(tuple(self._events))

    def __len__(self) -> int:
        return len(self._events)

    def __getitem__(self, place: int) -> S3Event:
        return self._events[place]
