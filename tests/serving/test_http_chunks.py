"""HTTP's chunks around a body: what h11 takes is taken, and what it refuses is refused (RFC 9112, 7.1)."""

from __future__ import annotations

import io
from typing import Any

import h11
import pytest

from fakecos.serving.http_chunks import HttpChunks
from fakecos.serving.request_head import read_head

HEAD = b"PUT / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
REFUSED = "refused"


def wire() -> h11.Connection:
    made = h11.Connection(h11.SERVER, max_incomplete_event_size=64 * 1024)
    made.receive_data(HEAD)
    made.next_event()
    return made


def by_h11(data: bytes) -> Any:
    """Return the body as h11 reads it, and what is left of the connection."""
    judge, body = wire(), b""
    judge.receive_data(data)
    judge.receive_data(b"")
    try:
        while isinstance(event := judge.next_event(), h11.Data):
            body += event.data
    except h11.RemoteProtocolError:
        return REFUSED
    return (body, judge.trailing_data[0]) if isinstance(event, h11.EndOfMessage) else REFUSED


class Slow(io.RawIOBase):
    """A connection that gives `most` bytes at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        self._data, self._most = data, most

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        size = min(len(into), self._most, len(self._data))
        into[:size], self._data = self._data[:size], self._data[size:]
        return size


def stream_of(data: bytes, most: int) -> io.BufferedReader:
    raw: io.RawIOBase = Slow(data, most)
    return io.BufferedReader(raw)


def chunks_of(data: bytes, most: int) -> tuple[io.BufferedReader, HttpChunks]:
    stream = stream_of(HEAD + data, most)
    head = read_head(stream)
    assert head is not None
    return stream, HttpChunks(stream, head)


def by_us(data: bytes, most: int, size: int) -> Any:
    stream, chunks = chunks_of(data, most)
    try:
        body = b"".join(iter(lambda: chunks.read(size), b""))
    except ConnectionError:
        return REFUSED
    return body, stream.read()


@pytest.mark.parametrize(
    "data",
    [
        b"0\r\n\r\n",
        b"5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhello\r\n6\r\n world\r\n000\r\n\r\n",
        b"A;name=value\r\n0123456789\r\n0 \t\r\n\r\n",
        b"5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\nGET / HTTP/1.1\r\n",
        b"5\r\nhello\r\n0\r\nA: b\n\n",
        b"5\r\nhello\r\n0\r\nno colon\r\n\r\n",
        b"5\r\nhello\r\n0\r\n\x00: b\r\n\r\n",
        b"5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n",
        b"5\nhello\r\n0\r\n\r\n",
        b"5\r\nhello0\r\n\r\n",
        b"5\r\nhello\n0\r\n\r\n",
        b"5\r\nhel",
        b"5\r\nhello\r\n",
        b"5\r\nhello\r\n0\r\n",
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b" 5\r\nhello\r\n0\r\n\r\n",
        b"\r\n0\r\n\r\n",
        b"1" * 21 + b"\r\n",
        b"",
    ],
)
def test_chunks_are_read_as_h11_reads_them(data: bytes) -> None:
    expected = by_h11(data)
    for most, size in ((1, 100), (7, 2), (100_000, 100_000)):
        assert by_us(data, most, size) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"5;" + b"x" * 70_000 + b"\r\nhello\r\n0\r\n\r\n",
        b"0\r\nA: " + b"x" * 70_000 + b"\r\n\r\n",
        b"0\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
    ],
)
def test_lines_without_end_are_refused(data: bytes) -> None:
    """Source: our own choice, as for the head of a request."""
    assert by_us(data, 100_000, 100) == REFUSED


def test_no_piece_is_longer_than_was_asked_for() -> None:
    _, chunks = chunks_of(b"5\r\nhello\r\n0\r\n\r\n", 100)
    assert [chunks.read(2), chunks.read(2), chunks.read(2), chunks.read(2)] == [b"he", b"ll", b"o", b""]
