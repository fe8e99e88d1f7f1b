"""Bodies of aiobotocore's requests: those that must be awaited are read before the service is asked, others late.

Which body a session can send, and what it raises for one that fails while it is read, was measured with both sessions
against a socket; the sessions name the differences.
"""

from __future__ import annotations

import inspect
import io
from typing import TYPE_CHECKING, Any

from fakecos.clients.botocore import aio_moto_patches
from fakecos.clients.botocore.bodies import is_plain
from fakecos.clients.streams import read_body, skip_body

if TYPE_CHECKING:
    from types import ModuleType

    from fakecos.clients.botocore.aio_session import AioSession
    from fakecos.model.content import Content


class AioSentBody:
    """The body of one request to S3: bytes that were read already, or a stream that is read when the service asks.

    `as_read_trailer` as in `fakecos.wire.messages.Body`. A failure of the client's own stream is kept in `failure`.
    """

    __slots__ = ("_body", "_session", "_url", "as_read_trailer", "failure")

    def __init__(self, body: Any, url: str, session: AioSession, trailer: str | None = None) -> None:
        self._body = body
        self._url = url
        self._session = session
        self.as_read_trailer = trailer
        self.failure: Exception | None = None

    def read(self) -> bytes | Content:
        """Read everything from the current position; the very same object when the client gave bytes."""
        try:
            if isinstance(self._body, io.TextIOBase):
                return self._body.read().encode("utf-8")
            return read_body(self._body)
        except Exception as error:
            self.failure = self._session.unreadable_body(error, self._url)
            raise self.failure from error

    def skip(self, size: int) -> None:
        """Read in blocks until `size` bytes or more were taken, as a connection that breaks then."""
        try:
            skip_body(self._body, size)
        except Exception as error:
            self.failure = self._session.unreadable_body(error, self._url)
            raise self.failure from error


async def sent_body(body: Any, url: str, checksums: ModuleType, session: AioSession) -> AioSentBody:
    """Return the body of a request, read already if it can only be awaited.

    `checksums` is `aiobotocore.httpchecksum`. Its own wrapper around a stream of Python's `io` is not read: the digest
    over the bytes as read is the trailer that it would have sent. Around anything else its chunks are pulled,
    so that the real trailer is compared.
    """
    if type(body) is checksums.AioAwsChunkedWrapper:
        if _is_binary_stream(body._raw) and is_plain(body, checksums):
            return AioSentBody(body._raw, url, session, body._checksum_name.lower())
        try:
            return AioSentBody(await _read_all(body, url, session), url, session)
        except Exception as error:
            aio_moto_patches.require_chunks(checksums, error.__cause__)
            raise
    session.require_sendable(body)
    if hasattr(body, "__aiter__"):
        body = await _read_all(body, url, session)
    return AioSentBody(body, url, session)


def _is_binary_stream(raw: Any) -> bool:
    """Whether it is a stream of bytes of Python's own kind, whose `read` gives bytes and no awaitable."""
    if not isinstance(raw, (io.RawIOBase, io.BufferedIOBase)):
        return False
    return type(raw).__module__ == "_io" or not inspect.iscoroutinefunction(raw.read)


async def _read_all(body: Any, url: str, session: AioSession) -> bytes:
    try:
        return b"".join([bytes(chunk) async for chunk in body])
    except Exception as error:
        raise session.unreadable_body(error, url) from error
