"""Bodies of botocore's requests and answers: taken without copying, and given so that each byte is copied once."""

from __future__ import annotations

import io
from concurrent.futures import CancelledError
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from fakecos.model.content import Content

_CHUNK = 1024 * 1024
_BLOCK = 16 * 1024
"""Bytes that http.client takes from a stream at a time (source: `blocksize` in urllib3's connection)."""
_READS_WHOLE = frozenset({"s3transfer.utils", "ibm_s3transfer.utils"})


class SentBody:
    """The body of one AWSPreparedRequest; nothing is read before the service asks.

    `checksums` is the client's own module of checksums, `exceptions` the one of its exceptions. A failure
    of the client's own stream while it is read becomes what URLLib3Session would have raised (source:
    botocore's `httpsession.send` over urllib3's `urlopen`), and is kept in `failure`.
    """

    __slots__ = ("_block", "_body", "_exceptions", "_url", "as_read_trailer", "failure")

    def __init__(self, body: Any, url: str, checksums: ModuleType, exceptions: ModuleType) -> None:
        self._body = body
        self._block = _BLOCK
        self._url = url
        self._exceptions = exceptions
        self.failure: Exception | None = None
        self.as_read_trailer: str | None = None
        if type(body) is checksums.AwsChunkedWrapper and is_plain(body, checksums):
            self._body = body._raw
            self._block = body._chunk_size
            self.as_read_trailer = body._checksum_name.lower()

    def read(self) -> bytes:
        """Read everything from the current position; the very same object when the client gave bytes."""
        data: bytes = self._take(read_body, self._body)
        return data

    def skip(self, size: int) -> None:
        """Read in the client's own blocks until `size` bytes or more were taken, as a connection that breaks then."""
        self._take(skip_body, self._body, size, self._block)

    def _take(self, reading: Callable[..., Any], *given: Any) -> Any:
        try:
            return reading(*given)
        except CancelledError as error:  # s3transfer's way to interrupt an upload: httpsession lets it pass
            self.failure = error
            raise
        except (OSError, HTTPException) as error:
            self.failure = self._exceptions.ConnectionClosedError(error=error, request=None, endpoint_url=self._url)
            raise self.failure from error
        except Exception as error:
            self.failure = self._exceptions.HTTPClientError(error=error)
            raise self.failure from error


def is_plain(wrapper: Any, checksums: ModuleType) -> bool:
    """Whether reading the raw bytes gives what the wrapper would have framed, checksum included.

    The wrapper is the client's own, with one of its own checksum classes, over a seekable stream, and
    nobody read from it. Anything else is pulled chunk by chunk, decoded and compared.
    """
    own = checksums._CHECKSUM_CLS.values()
    if wrapper._checksum_cls not in own or wrapper._complete or wrapper._remaining:
        return False
    return _is_seekable(wrapper._raw) and _is_fresh(wrapper._checksum)


def _is_seekable(stream: Any) -> bool:
    if type(stream) is io.BytesIO:
        return True
    seekable = getattr(stream, "seekable", None)
    return bool(seekable()) if callable(seekable) else hasattr(stream, "seek")


def _is_fresh(checksum: Any) -> bool:
    """Whether no byte went into it; its `digest` may end it, so only its plain states are looked at."""
    state = vars(checksum)
    numbers = [value for value in state.values() if isinstance(value, int)]
    if numbers:
        return not any(numbers)
    inner = state.get("_checksum")  # a hashlib object: its digest can be asked for at any time
    return hasattr(inner, "block_size") and inner.digest() == type(checksum)().digest()


def read_body(body: Any) -> bytes:
    """Read a body of any kind that is no awaitable from its current position to its end."""
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


def _read_stream(stream: Any) -> bytes:
    """Read a file-like object to its end, in one piece where it can give one."""
    if type(stream) is io.BytesIO:
        return stream.read()
    whole = isinstance(stream, io.IOBase) or type(stream).__module__ in _READS_WHOLE
    read: Callable[[], Any] = stream.read if whole else lambda: stream.read(_CHUNK)
    pieces: list[bytes] = []
    while piece := read():
        # http.client sends the text of a text-mode file as ISO-8859-1.
        pieces.append(piece.encode("iso-8859-1") if isinstance(piece, str) else piece)
    return bytes(pieces[0]) if len(pieces) == 1 else b"".join(pieces)


def skip_body(body: Any, size: int, block: int = _BLOCK) -> None:
    """Read pieces of a stream or of an iterable until `size` bytes came; bytes in memory are nobody's progress."""
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
        taken = list(self._take(None if size is None or size < 0 else size))
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
