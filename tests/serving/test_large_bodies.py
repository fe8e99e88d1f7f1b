"""Large bodies over a socket: held once, however they are framed (decisions/serving.md)."""

from __future__ import annotations

import socket
import ssl
import tracemalloc
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest

from fakecos.serving import request_body
from tests.serving.conftest import BUCKET, read_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS
    from fakecos.serving.server import Server

pytestmark = pytest.mark.loopback
MIB = 1024 * 1024
CHUNK = bytes(range(256)) * 256
TIMES = 256
SIZE = TIMES * len(CHUNK)
FRAME = b"%x\r\n%b\r\n" % (len(CHUNK), CHUNK)
END = b"0\r\n\r\n"
FRAMED = f"Content-Encoding: aws-chunked\r\nx-amz-decoded-content-length: {SIZE}\r\n"
IN_HTTP_CHUNKS = "Transfer-Encoding: chunked\r\n"


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)


def head(method: str, headers: str = "") -> bytes:
    date = formatdate(usegmt=True)
    first = f"{method} /{BUCKET}/k HTTP/1.1\r\nHost: localhost\r\nDate: {date}\r\nAuthorization: AWS A:x\r\n"
    return f"{first}{headers}\r\n".encode()


@pytest.fixture
def connection(server: Server) -> Iterator[socket.socket]:
    """A connection to the server, over TLS if that is what it speaks."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as plain:
        if server.ca_bundle is None:
            yield plain
            return
        context = ssl.create_default_context(cafile=server.ca_bundle)
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as made:
            yield made


@pytest.mark.parametrize(
    ("headers", "piece", "end"),
    [
        (f"Content-Length: {SIZE}\r\n", CHUNK, b""),
        (f"{FRAMED}Content-Length: {len(FRAME) * TIMES + len(END)}\r\n", FRAME, END),
        (FRAMED + IN_HTTP_CHUNKS, chunked(FRAME), chunked(END) + END),
        (FRAMED + IN_HTTP_CHUNKS, chunked(b"%x\r\n" % len(CHUNK), CHUNK, b"\r\n"), chunked(END) + END),
    ],
    ids=["plain", "aws-chunked", "in HTTP chunks", "in three HTTP chunks"],
)
def test_a_large_body_is_held_once(
    headers: str, piece: bytes, end: bytes, cos: FakeCOS, connection: socket.socket
) -> None:
    """The last two are how botocore and the SDK for JavaScript send a body over https (wire 2, and seen of it)."""
    assert peak_of_put(connection, headers, piece, end) < SIZE * 1.25
    assert cos.bucket(BUCKET).objects["k"].body == CHUNK * TIMES


def test_a_body_that_is_too_large_to_take_its_memory_at_once_is_held_once_too(
    cos: FakeCOS, connection: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_body, "PIECE", MIB)
    assert peak_of_put(connection, f"Content-Length: {SIZE}\r\n", CHUNK, b"") < SIZE * 1.25
    assert cos.bucket(BUCKET).objects["k"].body == CHUNK * TIMES


def peak_of_put(connection: socket.socket, headers: str, piece: bytes, end: bytes) -> int:
    """Put an object whose body is a piece many times, and return the most bytes that Python held meanwhile."""
    tracemalloc.start()
    try:
        connection.sendall(head("PUT", headers))
        for _ in range(TIMES):
            connection.sendall(piece)
        connection.sendall(end)
        assert read_answer(connection)[0] == 200
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_frame_that_is_none_is_refused_when_all_of_the_body_came(cos: FakeCOS, connection: socket.socket) -> None:
    """And the connection goes on. Source: public (IncompleteBody); that S3 reads all of it is assumed."""
    connection.sendall(head("PUT", FRAMED + IN_HTTP_CHUNKS) + chunked(b"no size\r\n"))
    for _ in range(TIMES):
        connection.sendall(chunked(CHUNK))
    connection.sendall(END)
    status, _, body = read_answer(connection)
    assert (status, b"<Code>IncompleteBody</Code>" in body) == (400, True)
    assert not cos.bucket(BUCKET).objects
    connection.sendall(head("GET"))
    assert read_answer(connection)[0] == 404


def test_a_request_may_come_with_the_chunks_of_the_one_before(cos: FakeCOS, connection: socket.socket) -> None:
    """Source: RFC 9112, 9.3.2: a client may pipeline its requests."""
    headers = "Content-Encoding: aws-chunked\r\nx-amz-decoded-content-length: 5\r\n" + IN_HTTP_CHUNKS
    body = chunked(b"5\r\nhello\r\n0\r\n\r\n") + END
    connection.sendall(head("PUT", headers) + body + head("GET") + head("DELETE"))
    assert [read_answer(connection)[::2] for _ in range(3)] == [(200, b""), (200, b"hello"), (204, b"")]
    assert [exchange.operation for exchange in cos.journal] == ["PutObject", "GetObject", "DeleteObject"]
