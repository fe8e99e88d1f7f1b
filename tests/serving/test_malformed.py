"""What is no HTTP, comes slowly, or breaks off: the server answers the next client as if nothing had been."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import requests
from requests.exceptions import SSLError

from tests.serving.conftest import BUCKET, connect, read_answer, read_to_end, send_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS
    from fakecos.serving.server import Server

pytestmark = pytest.mark.loopback
HOST = b"Host: localhost\r\nAuthorization: AWS A:x\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\nContent-Encoding: aws-chunked\r\nx-amz-decoded-content-length: 7\r\n\r\n"


@pytest.fixture(autouse=True)
def _still_serves(cos: FakeCOS, plain: Server) -> Iterator[None]:
    """After each of these tests another client is answered, nothing is stored, and nothing is told."""
    yield
    assert send_bytes(plain, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200 OK\r\n")
    assert not cos.bucket(BUCKET).objects
    assert not cos.errors


@pytest.mark.parametrize(
    "data",
    [
        b"hello\r\n\r\n",
        b"GET /photos\r\n\r\n",
        b"GET /photos HTTP/1.1\r\n\r\n",  # no Host
        b"GET photos HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET * HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET ftp://localhost/x HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /photos HTTP/1.1\r\n" + HOST + b"No colon\r\n\r\n",
        b"PUT /photos/k HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\nx-amz-meta-a: x\r\n y\r\n\r\n",
        b"GET /photos HTTP/1.1\r\n" + HOST + b"A: \x00\r\n\r\n",
        b"PUT /photos/k HTTP/1.1\r\n" + HOST + b"Content-Length: +1\r\n\r\nx",
        b"PUT /photos/k HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100) + b"\r\n\r\n",  # TLS
    ],
)
def test_what_is_no_http_is_refused(data: bytes, cos: FakeCOS, plain: Server) -> None:
    got = send_bytes(plain, data)
    assert got.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"connection: close" in got.lower()
    assert not cos.journal


def test_a_client_that_speaks_tls_to_plain_http_is_refused_without_delay(plain: Server) -> None:
    url = plain.endpoint_url.replace("http:", "https:")
    with pytest.raises(SSLError):
        requests.get(url, timeout=10)  # the server's own patience is longer
    assert not plain._listener.is_closing


def test_another_version_of_http_is_refused(plain: Server) -> None:
    assert send_bytes(plain, b"GET /photos HTTP/2.0\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 505 ")


@pytest.mark.parametrize("data", [b"PUT /photos/k HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\nxx"])
def test_an_encoding_that_is_not_there_is_refused(data: bytes, plain: Server) -> None:
    assert send_bytes(plain, data).startswith(b"HTTP/1.1 501 Not Implemented\r\n")


@pytest.mark.parametrize("data", [b"X-Long: " + b"x" * 100_000, b"".join(b"X-%d: y\r\n" % n for n in range(20_000))])
def test_headers_without_end_are_refused(data: bytes, plain: Server) -> None:
    with connect(plain) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + data)
        assert read_answer(connection)[0] == 431


@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b"GET", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: local", b"\r\n\r\n\r\n"]
)
def test_a_head_that_breaks_off_has_no_answer(data: bytes, cos: FakeCOS, plain: Server) -> None:
    send_bytes(plain, data)
    assert not cos.journal


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 100\r\n\r\nhol",
        b"Content-Length: 99999999999999\r\n\r\nhol",
        CHUNKED + b"5\r\nhol",
        CHUNKED + b"zz\r\nhol",
    ],
)
def test_a_body_that_breaks_off_stores_nothing(body: bytes, cos: FakeCOS, plain: Server) -> None:
    got = send_bytes(plain, b"PUT /photos/k HTTP/1.1\r\n" + HOST + body)
    assert not got or b"<Code>EntityTooLarge</Code>" in got
    (exchange,) = cos.journal
    assert exchange.status in {0, 400}


def test_a_client_that_is_gone_is_no_error(plain: Server) -> None:
    for _ in range(3):
        with connect(plain) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")


def test_a_body_that_comes_too_slowly_is_refused(cos: FakeCOS, plain: Server) -> None:
    plain._listener.patience = 0.1
    with connect(plain) as connection:
        connection.sendall(b"PUT /photos/k HTTP/1.1\r\n" + HOST + b"Content-Length: 10\r\n\r\nhol")
        status, headers, body = read_answer(connection)
        assert (status, headers["connection"]) == (400, "close")
        assert b"<Code>RequestTimeout</Code>" in body
        assert not read_to_end(connection)


def test_a_head_that_comes_too_slowly_ends_the_connection(plain: Server) -> None:
    plain._listener.patience = 0.1
    with connect(plain) as connection:
        connection.sendall(b"GET / HT")
        assert not read_to_end(connection)


def test_others_are_answered_while_many_wait(plain: Server) -> None:
    idle = [connect(plain) for _ in range(40)]
    for connection in idle[::2]:
        connection.sendall(b"GET /photos HTTP/1.1\r\nHost: loc")
    assert send_bytes(plain, b"GET / HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 200 OK\r\n")
    for connection in idle:
        connection.close()


def test_tls_is_not_held_up_by_who_does_not_speak_it(cos: FakeCOS) -> None:
    with cos.serve(tls=True, environment=False) as server, connect(server):
        with connect(server) as other, suppress(ConnectionError):
            other.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            assert not read_to_end(other).startswith(b"HTTP")  # but an alert of TLS, or a reset
        trusting = ssl.create_default_context(cafile=server.ca_bundle)
        with trusting.wrap_socket(connect(server), server_hostname="127.0.0.1") as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            assert read_answer(connection)[0] in {200, 403}  # it is S3 that speaks


class Exhausted:
    """A listener in a process that may open no more files; it counts how often it is asked."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.asked = 0

    def accept(self) -> None:
        """Refuse, as the system does."""
        self.asked += 1
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    def __getattr__(self, name: str) -> object:
        return getattr(self._listener, name)


def test_a_process_with_too_many_files_waits_and_goes_on(plain: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    exhausted = Exhausted(plain._listener._socket)
    monkeypatch.setattr(plain._listener, "_socket", exhausted)
    with connect(plain) as waiting:
        time.sleep(0.3)
        assert 1 <= exhausted.asked < 20  # and not as often as it can
        monkeypatch.undo()
        waiting.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert read_answer(waiting)[0] == 200


def test_a_client_for_whom_there_is_no_thread_is_let_go(plain: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with connect(plain) as connection:
        assert read_to_end(connection) == b""
    monkeypatch.undo()
