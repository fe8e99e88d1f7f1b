"""HTTP's own chunks around a body: read from the stream, without a copy of what has not come yet.

Law of this file: what h11 takes is taken, and no more. It judges what follows the last chunk itself (RFC 9112, 7.1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import h11

if TYPE_CHECKING:
    from io import BufferedReader

    from fakecos.serving.request_head import RequestHead

BLOCK = 64 * 1024
"""Bytes of one piece of a body. A buffer of this size is used again for the next; larger ones come from the system."""
LONGEST_LINE = 64 * 1024
CRLF = b"\r\n"
LAST = b"0\r\n"
LINE_ENDS = frozenset({CRLF, b"\n"})
SIZE = re.compile(rb"([0-9A-Fa-f]{1,20})(?:;.*)?[ \t]*\r\n")
"""The line before a chunk. Its size has 20 digits at most, as h11 has it; a chunk's extensions mean nothing."""


class HttpChunks:
    """The chunks on a stream, after the head of their request."""

    __slots__ = ("_head", "_left", "_stream")

    def __init__(self, stream: BufferedReader, head: RequestHead) -> None:
        self._stream = stream
        self._head = head
        self._left = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`, of one chunk; nothing after the last.

        ConnectionError: it is no chunk, or breaks off.
        """
        if not self._left and not self._begin():
            return b""
        piece = self._stream.read1(min(size, self._left, BLOCK))
        self._left -= len(piece)
        if not piece or (not self._left and self._stream.read(len(CRLF)) != CRLF):
            raise ConnectionError
        return piece

    def _begin(self) -> bool:
        """Read the line before a chunk; return whether it is not the last."""
        line = self._stream.readline(LONGEST_LINE)
        found = SIZE.fullmatch(line)
        if found is None:
            raise ConnectionError
        self._left = int(found[1], 16)
        if not self._left:
            self._end(line)
        return self._left > 0

    def _end(self, line: bytes) -> None:
        """Let h11 judge the last chunk and what follows it, up to an empty line; mostly nothing does."""
        if line == LAST and self._stream.peek(len(CRLF))[: len(CRLF)] == CRLF:
            self._stream.read(len(CRLF))
            return
        lines, size = [line], len(line)
        while line not in LINE_ENDS:
            line = self._stream.readline(LONGEST_LINE)
            lines.append(line)
            size += len(line)
            if not line or size > LONGEST_LINE:
                raise ConnectionError
        wire = self._head.wire
        wire.receive_data(b"".join(lines))
        try:
            wire.next_event()
        except h11.RemoteProtocolError as error:
            raise ConnectionError from error
