"""The messages of the answer: Records, Cont, Progress, Stats, End, or an error in the middle (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.wire import xml
from fakecos.wire.event_stream import message

if TYPE_CHECKING:
    from fakecos.facts.errors import S3Error

RECORDS_SIZE = 64 * 1024
"""Bytes of a Records message (assumed). A record may be split between two of them (documented)."""


class Statistics(NamedTuple):
    """Bytes read of the object, the same without their compression, and bytes of records returned."""

    scanned: int
    processed: int
    returned: int


def records(payload: bytes | bytearray) -> bytes:
    """Return a message with records."""
    return message(_event("Records", "application/octet-stream"), payload)


def continuation() -> bytes:
    """Return a message that keeps the connection open; one stands between any two of Records (assumed)."""
    return message(_event("Cont"))


def progress(statistics: Statistics) -> bytes:
    """Return a message on how far a query is, for who asks for it."""
    return message(_event("Progress", "text/xml"), _document("Progress", statistics))


def stats(statistics: Statistics) -> bytes:
    """Return the message with the numbers at the end."""
    return message(_event("Stats", "text/xml"), _document("Stats", statistics))


def end() -> bytes:
    """Return the message without which an answer is not complete (documented)."""
    return message(_event("End"))


def error(refusal: S3Error) -> bytes:
    """Return the message that ends an answer in its middle: no End follows (documented)."""
    return message({":error-code": refusal.code, ":error-message": refusal.message, ":message-type": "error"})


def _event(kind: str, media_type: str | None = None) -> dict[str, str]:
    content = {} if media_type is None else {":content-type": media_type}
    return {":message-type": "event", **content, ":event-type": kind}


def _document(root: str, statistics: Statistics) -> bytes:
    scanned, processed, returned = statistics
    inner = (
        f"<BytesScanned>{scanned}</BytesScanned><BytesProcessed>{processed}</BytesProcessed>"
        f"<BytesReturned>{returned}</BytesReturned>"
    )
    return xml.document(root, inner, namespace=None)
