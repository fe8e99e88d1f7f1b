"""Bodies of requests as clients give them, and the raw streams of answers: each byte is copied once, if at all.

What only botocore's own bodies need stands in `fakecos.clients.botocore.bodies`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.model.content import Content

_CHUNK = 1024 * 1024
_STREAMED = 64 * 1024
"""Bytes that urllib3's `stream` reads at a time (source: its default)."""
BLOCK = 16 * 1024
"""Bytes that http.client takes from a stream at a time (source: `blocksize` in urllib3's connection)."""
_READS_WHOLE = frozenset({"s3transfer.utils", "ibm_s3transfer.utils"})


def read_body(body: Any) -> bytes | Content:
    """Read a body of any kind that is no awaitable from where it is to its end. A SyntheticBody is not read."""
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, (bytearray, memoryview)):
        return bytes(body)
    if isinstance(body, str):
        return body.encode("utf-8")
    if hasattr(body, "_make_chunk") or not hasattr(body, "read"):
        return b"".join(body)
    return _read_stream(body)


def _read_stream(stream: Any) -> bytes | Content:
    """Read a file-like object to its end, in one piece where it can give one."""
    if type(stream) is io.BytesIO:
        return stream.read()
    if is_synthetic(stream):
        rest: Content = stream.rest()
        return rest
    whole = isinstance(stream, io.IOBase) or type(stream).__module__ in _READS_WHOLE
    read: Callable[[], Any] = stream.read if whole else lambda: stream.read(_CHUNK)
    pieces: list[bytes] = []
    while piece := read():
        # http.client sends the text of a text-mode file as ISO-8859-1.
        pieces.append(piece.encode("iso-8859-1") if isinstance(piece, str) else piece)
    return bytes(pieces[0]) if len(pieces) == 1 else b"".join(pieces)


def is_synthetic(body: Any) -> bool:
    """Whether a body is a SyntheticBody, and nothing derived of it, whose `read` may be its own."""
    kind = type(body)
    return kind.__module__ == "fakecos" and kind.__name__ == "SyntheticBody"  # by name: its module need not be loaded


def skip_body(body: Any, size: int, block: int = BLOCK) -> None:
    """Read pieces of a stream or of an iterable until `size` bytes came; bytes in memory have no position to move."""
    if body is None or isinstance(body, (bytes, bytearray, memoryview, str)):
        return
    pieces = iter(lambda: body.read(block) or None, None) if hasattr(body, "read") else iter(body)
    while size > 0 and (piece := next(pieces, None)) is not None:
        size -= len(piece)


class _NoSocket:
    """Stands for the socket below an answer: `StreamingBody.set_socket_timeout` sets its time-out, which never comes.

    It looks for it at `_fp.fp.raw._sock` (source: `set_socket_timeout` in botocore's compat).
    """

    @property
    def fp(self) -> _NoSocket:
        return self

    raw = _sock = fp

    def settimeout(self, timeout: float | None) -> None:
        """Nothing waits here."""


class WholeBody(io.BytesIO):
    """The raw stream of an answer that is one piece; BytesIO shares the bytes object until it is written to."""

    _fp = _NoSocket()

    @property
    def is_read(self) -> bool:
        """Whether nothing is left."""
        return self.tell() == self.getbuffer().nbytes

    def stream(self, amt: int = 0, decode_content: object = None) -> Iterator[bytes]:  # noqa: ARG002  urllib3's names
        """Yield the rest at once, as botocore's `AWSResponse.content` asks."""
        yield self.read()


class JoinedBody(io.BufferedIOBase):
    """The raw stream of an answer of many pieces: read piecewise, so that no joined copy is ever made."""

    _fp = WholeBody._fp

    def __init__(self, content: Content) -> None:
        self._unheld = 0 if content.is_held else content.size
        self._pieces = content.pieces
        self._index = 0
        self._offset = 0
        self._position = 0

    is_read = property(lambda self: self._index == len(self._pieces), doc="Whether nothing is left.")

    def readable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Return at most `size` bytes, everything left for None or -1."""
        self._require_open()
        limit = None if size is None or size < 0 else size
        if self._unheld:
            self._require_room(limit)
        taken = list(self._take(limit))
        if len(taken) == 1:
            return bytes(taken[0])
        return b"".join(taken)

    def read1(self, size: int = -1) -> bytes:
        """Read: there is nothing below that could block."""
        return self.read(size)

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`, and return how many bytes it holds then."""
        self._require_open()
        target = memoryview(buffer).cast("B")
        filled = 0
        for piece in self._take(len(target)):
            target[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def readinto1(self, buffer: Any) -> int:
        """Read into a buffer: there is nothing below that could block."""
        return self.readinto(buffer)

    def peek(self, size: int = 0) -> bytes:  # noqa: ARG002  io's name; it may return more or less
        """Return bytes ahead without moving: what makes `readline` fast."""
        if self._index == len(self._pieces):
            return b""
        return bytes(memoryview(self._pieces[self._index])[self._offset : self._offset + io.DEFAULT_BUFFER_SIZE])

    def stream(self, amt: int = 0, decode_content: object = None) -> Iterator[bytes | memoryview]:  # noqa: ARG002
        """Yield the rest piece by piece, copying nothing."""
        yield from self._take(None)

    def _take(self, size: int | None) -> Iterator[bytes | memoryview]:
        while self._index < len(self._pieces) and size != 0:
            piece = self._pieces[self._index]
            end = len(piece) if size is None else min(self._offset + size, len(piece))
            part = piece if self._offset == 0 and end == len(piece) else memoryview(piece)[self._offset : end]
            self._position += len(part)
            if size is not None:
                size -= len(part)
            if end == len(piece):
                self._index, self._offset = self._index + 1, 0
            else:
                self._offset = end
            yield part

    def _require_open(self) -> None:
        if self.closed:
            message = "I/O operation on closed file."
            raise ValueError(message)

    def _require_room(self, size: int | None) -> None:
        """Fail as a process does that has not the memory: these bytes are in nobody's yet."""
        from fakecos.model.content import MOST_AT_ONCE

        left = self._unheld - self._position
        wanted = left if size is None else min(size, left)
        if wanted > MOST_AT_ONCE:
            message = (
                f"{wanted:,} bytes of a SyntheticBody would be read into memory at once: read the answer in pieces, "
                "read(8 * 1024 * 1024), or ask for a Range"
            )
            raise MemoryError(message)


class BrokenBody(WholeBody):
    """The raw stream of an answer that breaks off: what arrived can be read, and then it raises."""

    is_read = False

    def __init__(self, arrived: bytes, error: Exception) -> None:
        super().__init__(arrived)
        self._error = error

    def read(self, size: int | None = -1) -> bytes:
        """Return what arrived; raise when more is asked for than that."""
        data = super().read(size)
        if size != 0 and (size is None or size < 0 or not data):
            raise self._error
        return data

    def read1(self, size: int | None = -1) -> bytes:
        """Read: there is nothing below that could block."""
        return self.read(size)

    def stream(self, amt: int = 0, decode_content: object = None) -> Iterator[bytes]:  # noqa: ARG002  urllib3's names
        """Yield what arrived, and raise then: an event stream of botocore reads so."""
        while True:
            yield self.read(amt or _STREAMED)

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with what arrived; raise when nothing is left."""
        count = super().readinto(buffer)
        if count == 0 and len(buffer):
            raise self._error
        return count

    def readline(self, size: int | None = -1) -> bytes:
        """Return a line of what arrived; raise when it has no end."""
        line = super().readline(size)
        if not line.endswith(b"\n") and (size is None or size < 0 or len(line) < size):
            raise self._error
        return line


def raw_stream(body: bytes | Content) -> WholeBody | JoinedBody:
    """Return the raw stream over a body."""
    if isinstance(body, bytes):
        return WholeBody(body)
    pieces = body.pieces
    if len(pieces) == 1 and isinstance(pieces[0], bytes):
        return WholeBody(pieces[0])
    return JoinedBody(body)
