"""Bodies of aiobotocore's requests: those that must be awaited are read before the service is asked, others late.

Which body a session can send, and what it raises for one that fails while it is read, was measured with both sessions
against a socket; `Sender` names the differences.
"""

from __future__ import annotations

import inspect
import io
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.clients.botocore.bodies import is_plain, read_body, skip_body

if TYPE_CHECKING:
    from types import ModuleType


class Sender(Protocol):
    """How a session sends a body."""

    def require_sendable(self, body: Any) -> None:
        """Raise what the session raises for a body of a type that it cannot send."""

    def unreadable(self, error: Exception, url: str) -> Exception:
        """Return what the session raises when the client's own stream raises `error` while it is read."""


class ReceivedBody:
    """The body of one request to S3: bytes that were read already, or a stream that is read when the service asks.

    `as_read_trailer` as in `fakecos.wire.messages.Body`. A failure of the client's own stream is kept in `failure`.
    """

    __slots__ = ("_body", "_sender", "_url", "as_read_trailer", "failure")

    def __init__(self, body: Any, url: str, sender: Sender, trailer: str | None = None) -> None:
        self._body = body
        self._url = url
        self._sender = sender
        self.as_read_trailer = trailer
        self.failure: Exception | None = None

    def read(self) -> bytes:
        """Read everything from the current position; the very same object when the client gave bytes."""
        try:
            if isinstance(self._body, io.TextIOBase):
                return self._body.read().encode("utf-8")
            return read_body(self._body)
        except Exception as error:
            self.failure = self._sender.unreadable(error, self._url)
            raise self.failure from error

    def skip(self, size: int) -> None:
        """Read in blocks until `size` bytes or more were taken, as a connection that breaks then."""
        try:
            skip_body(self._body, size)
        except Exception as error:
            self.failure = self._sender.unreadable(error, self._url)
            raise self.failure from error


async def received(body: Any, url: str, checksums: ModuleType, sender: Sender) -> ReceivedBody:
    """Return the body of a request, read already if it can only be awaited.

    `checksums` is `aiobotocore.httpchecksum`. Its own wrapper around a stream of Python's `io` is not read: the digest
    over the bytes as read is the trailer that it would have sent. Around anything else its chunks are pulled,
    so that the real trailer is compared.
    """
    if type(body) is checksums.AioAwsChunkedWrapper:
        if _is_binary_stream(body._raw) and is_plain(body, checksums):
            return ReceivedBody(body._raw, url, sender, body._checksum_name.lower())
        return ReceivedBody(await _joined(body, url, sender), url, sender)
    sender.require_sendable(body)
    if hasattr(body, "__aiter__"):
        body = await _joined(body, url, sender)
    return ReceivedBody(body, url, sender)


def _is_binary_stream(raw: Any) -> bool:
    """Whether it is a stream of bytes of Python's own kind, whose `read` gives bytes and no awaitable."""
    if not isinstance(raw, (io.RawIOBase, io.BufferedIOBase)):
        return False
    return type(raw).__module__ == "_io" or not inspect.iscoroutinefunction(raw.read)


async def _joined(body: Any, url: str, sender: Sender) -> bytes:
    try:
        return b"".join([bytes(chunk) async for chunk in body])
    except Exception as error:
        raise sender.unreadable(error, url) from error
