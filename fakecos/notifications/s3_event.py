"""One message that S3 would have sent. `cos.events` is the sequence of them: service/events.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from fakecos.misnamed import Named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


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

    @property
    def location(self) -> str:
        """`bucket/key`; characters that cannot be printed are escaped."""
        text = f"{self.bucket}/{self.key}"
        return text if text.isprintable() else repr(text)[1:-1]

    def __str__(self) -> str:
        version = f" version {self.version_id}" if self.version_id is not None else ""
        return f"{self.name} {self.location}{version} -> {self.destination}"


if not TYPE_CHECKING:
    S3Event.__getattr__ = Named.__getattr__  # a NamedTuple has no other base
S3Event.__module__ = "fakecos"  # not in its body, where a type checker takes it for a field


class Sink(Protocol):
    """What takes the messages."""

    def add(self, event: S3Event) -> None:
        """Write one down."""

    def __iter__(self) -> Iterator[S3Event]:
        """Give those that were written down, in their order."""
