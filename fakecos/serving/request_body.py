"""The body of a request that comes over a socket: read when the service asks for it, and not before.

So a request that is refused by its headers never gets its `100 Continue`, and a fault can break the connection in the
middle of a body. A length that is declared is read as such, without another copy, unless it is a very large one.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.transport import Transport, TransportFault
from fakecos.serving.http_chunks import BLOCK
from fakecos.wire.messages import ArrivingBody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader

    from fakecos.serving.http_chunks import HttpChunks

PIECE = 256 * 1024 * 1024
"""Bytes for which memory is taken at once: a length that is only declared costs no more."""
NOTHING = b""


class ReceivedBody(ArrivingBody):
    """One body on its way, of so many bytes or in chunks. `go_on` sends `100 Continue`, None if nobody waits for it.

    A client that goes away in the middle is a TransportFault, so that the journal has a request without an answer; one
    that sends nothing for too long is refused as S3 does: RequestTimeout.
    """

    as_read_trailer: str | None = None

    __slots__ = ("_go_on", "_has_ended", "_http_chunks", "_is_late", "_left", "_stream")

    def __init__(self, stream: BufferedReader, size: int | HttpChunks, go_on: Callable[[], None] | None = None) -> None:
        self._stream = stream
        self._left = size if isinstance(size, int) else 0
        self._http_chunks = None if isinstance(size, int) else size
        self._go_on = go_on
        self._has_ended = size == 0
        self._is_late = False

    @property
    def ends_connection(self) -> bool:
        """Whether nobody knows if the rest of it will come: its client waits for leave to send it, or is too slow."""
        return self._is_late or (self._go_on is not None and not self._has_ended)

    def read(self) -> bytes:
        """Read what is left of it. Raises S3Error and TransportFault, as the class says."""
        if self._http_chunks is None and self._left <= PIECE:
            return self._asked(PIECE)
        held = io.BytesIO()
        for piece in self.pieces():
            held.write(piece)
        return held.getvalue()

    def pieces(self) -> Iterator[bytes]:
        """Yield what is left of it as it comes. Raises as `read`."""
        while piece := self._asked(BLOCK):
            yield piece

    def skip(self, size: int) -> None:
        """Read until just `size` bytes came, or a chunk more: what the client sends after them stays unread."""
        while size > 0 and (piece := self._asked(min(size, BLOCK))):
            size -= len(piece)

    def drain(self) -> None:
        """Read what is left of it and forget it, so that another request can follow. OSError: it does not come."""
        while self._piece(BLOCK):
            pass

    def _asked(self, size: int) -> bytes:
        """Return a piece for the service, to which a failure of the connection is one of the request."""
        try:
            return self._piece(size)
        except TimeoutError:
            self._is_late = True
            raise S3Error(errors.REQUEST_TIMEOUT) from None
        except OSError:
            raise TransportFault(Transport.CLOSED) from None

    def _piece(self, size: int) -> bytes:
        if self._has_ended:
            return NOTHING
        if self._go_on is not None:
            self._go_on()
            self._go_on = None
        if self._http_chunks is not None:
            piece = self._http_chunks.read(size)
            self._has_ended = not piece
            return piece
        size = min(size, self._left)
        piece = self._stream.read(size)
        if len(piece) < size:
            raise ConnectionError
        self._left -= size
        self._has_ended = self._left == 0
        return piece
