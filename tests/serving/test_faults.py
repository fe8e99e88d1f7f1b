"""Faults as they are on a socket: real resets, stalls, and bodies that break off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    FlexibleChecksumError,
    IncompleteReadError,
    ReadTimeoutError,
    ResponseStreamingError,
    SSLError,
)
from botocore.exceptions import ConnectionError as AnyConnectionError

from fakecos import UsageError
from fakecos.faults import Corrupt, Delay, Http, Transport, When
from tests.serving.conftest import BUCKET, connect, read_to_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from fakecos.serving.server import Server

pytestmark = [pytest.mark.loopback, pytest.mark.slow]
GET = b"GET /photos/k HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n"
BODY = b"x" * 100_000
# While it sends over TLS, Python tells the end of a connection as an error of TLS.
BROKEN = (ConnectionClosedError, SSLError)


@pytest.fixture
def put(server: Server, make_client: Callable[..., Any]) -> Callable[[], Any]:
    """Return what puts an object through the server."""
    client = make_client(server, read_timeout=0.5)
    return lambda: client.put_object(Bucket=BUCKET, Key="k", Body=BODY)


@pytest.fixture
def get(cos: FakeCOS, server: Server, make_client: Callable[..., Any]) -> Callable[[], bytes]:
    """Return what reads an object through the server."""
    cos.put_object(BUCKET, "k", BODY)
    client = make_client(server, read_timeout=0.5)
    return lambda: bytes(client.get_object(Bucket=BUCKET, Key="k")["Body"].read())


def test_a_reset_is_one_on_the_wire(cos: FakeCOS, plain: Server) -> None:
    cos.inject("GetObject", transport=Transport.RESET)
    with connect(plain) as connection:
        connection.sendall(GET)
        with pytest.raises(ConnectionResetError):
            read_to_end(connection)


def test_a_closed_connection_is_an_end_without_an_answer(cos: FakeCOS, plain: Server) -> None:
    cos.inject("GetObject", transport=Transport.CLOSED)
    with connect(plain) as connection:
        connection.sendall(GET)
        assert read_to_end(connection) == b""


@pytest.mark.parametrize("when", [When.BEFORE, When.after_bytes(1000), When.VALIDATED])
@pytest.mark.parametrize("kind", [Transport.RESET, Transport.CLOSED])
def test_a_connection_breaks_before_the_change(
    kind: Transport, when: When, cos: FakeCOS, put: Callable[[], Any]
) -> None:
    fault = cos.inject("PutObject", transport=kind, when=when)
    with pytest.raises(BROKEN):
        put()
    assert fault.hits == 1
    assert not cos.bucket(BUCKET).objects
    put()


@pytest.mark.parametrize("kind", [Transport.RESET, Transport.CLOSED, Transport.READ_TIMEOUT])
def test_an_answer_is_lost_and_the_change_made(kind: Transport, cos: FakeCOS, put: Callable[[], Any]) -> None:
    cos.inject("PutObject", transport=kind, when=When.STORED)
    with pytest.raises((*BROKEN, ReadTimeoutError)):
        put()
    assert cos.bucket(BUCKET).objects["k"].body == BODY
    assert cos.journal[0].status == 0


@pytest.mark.parametrize("outcome", [{"transport": Transport.READ_TIMEOUT}, {"delay": Delay(stall_after=10)}])
def test_a_stall_lasts_as_long_as_the_client_waits(
    outcome: dict[str, Any], cos: FakeCOS, put: Callable[[], Any]
) -> None:
    cos.inject("PutObject", **outcome)
    began = time.monotonic()
    with pytest.raises(ReadTimeoutError):
        put()
    assert 0.4 < time.monotonic() - began < 5
    assert not cos.bucket(BUCKET).objects


def test_a_stalled_answer_stops_where_the_test_says(cos: FakeCOS, get: Callable[[], bytes]) -> None:
    cos.inject("GetObject", delay=Delay(stall_after=50_000))
    with pytest.raises(ReadTimeoutError):
        get()
    assert get() == BODY


def test_a_delay_is_waited_for(cos: FakeCOS, get: Callable[[], bytes]) -> None:
    cos.inject("GetObject", delay=0.2)
    began = time.monotonic()
    assert get() == BODY
    assert time.monotonic() - began >= 0.2


def test_a_long_delay_ends_with_the_server(cos: FakeCOS) -> None:
    fault = cos.inject("ListObjects", delay=3600)
    with cos.serve(environment=False) as server, connect(server) as connection:
        connection.sendall(b"GET /photos HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS A:x\r\n\r\n")
        while not fault.hits:
            time.sleep(0.01)
        server.stop()
        assert read_to_end(connection) == b""


@pytest.mark.parametrize("kind", [Transport.RESET, Transport.CLOSED])
def test_an_answer_breaks_off(kind: Transport, cos: FakeCOS, get: Callable[[], bytes]) -> None:
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(60_000))
    with pytest.raises((ResponseStreamingError, AnyConnectionError, IncompleteReadError, ConnectionResetError)):
        get()
    assert get() == BODY


def test_the_bytes_before_a_reset_arrive(cos: FakeCOS, plain: Server) -> None:
    cos.put_object(BUCKET, "k", BODY)
    cos.inject("GetObject", transport=Transport.RESET, when=When.after_answer_bytes(60_000))
    pieces: list[bytes] = []
    with connect(plain) as connection:
        connection.sendall(GET)
        with pytest.raises(ConnectionResetError):
            pieces.extend(iter(lambda: connection.recv(65536), None))
    assert b"".join(pieces).partition(b"\r\n\r\n")[2] == BODY[:60_000]


def test_damaged_bytes_meet_the_real_checks(cos: FakeCOS, put: Callable[[], Any]) -> None:
    cos.inject("PutObject", corrupt=Corrupt.flip(bit=3))
    with pytest.raises(ClientError, match=r"BadDigest|XAmzContentSHA256Mismatch"):
        put()
    assert not cos.bucket(BUCKET).objects


def test_a_damaged_answer_is_noticed(cos: FakeCOS, put: Callable[[], Any], get: Callable[[], bytes]) -> None:
    put()  # with a checksum
    cos.inject("GetObject", corrupt_answer=Corrupt.flip(bit=3))
    with pytest.raises(FlexibleChecksumError):
        get()


def test_an_answer_that_is_cut_is_too_short(cos: FakeCOS, get: Callable[[], bytes]) -> None:
    cos.inject("GetObject", corrupt_answer=Corrupt.cut(to=100))
    with pytest.raises((IncompleteReadError, ResponseStreamingError)):
        get()
    assert get() == BODY


def test_a_bare_answer_is_bare(cos: FakeCOS, plain: Server) -> None:
    cos.inject("GetObject", http=Http(502, b"Bad gateway", {"Content-Type": "text/plain"}))
    with connect(plain) as connection:
        connection.sendall(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        got = read_to_end(connection)
    assert got.startswith(b"HTTP/1.1 502 Bad Gateway\r\n")
    assert got.endswith(b"\r\n\r\nBad gateway")


def test_an_error_is_retried_by_the_client(cos: FakeCOS, server: Server, make_client: Callable[..., Any]) -> None:
    fault = cos.inject("PutObject", error="SlowDown", times=2)
    client = make_client(server, retries={"total_max_attempts": 3})
    client.put_object(Bucket=BUCKET, Key="k", Body=b"1")
    assert fault.hits == 2


@pytest.mark.parametrize("kind", [Transport.CONNECT, Transport.CONNECT_TIMEOUT, Transport.DNS, Transport.TLS])
def test_what_comes_before_a_request_is_told(
    kind: Transport, cos: FakeCOS, server: Server, make_client: Callable[..., Any]
) -> None:
    cos.inject("PutObject", transport=kind)
    with pytest.raises(BROKEN):
        make_client(server).put_object(Bucket=BUCKET, Key="k", Body=BODY)
    with pytest.raises(UsageError, match="comes before a request is sent"):
        server.stop()
    assert not cos.bucket(BUCKET).objects


def test_a_bug_is_a_reset_and_is_told(cos: FakeCOS, put: Callable[[], Any], server: Server) -> None:
    bug = ZeroDivisionError("a bug of fakecos")

    def wrong(_: object) -> bool:
        raise bug

    fault = cos.inject("PutObject", where=wrong, error="SlowDown")
    with pytest.raises(BROKEN):
        put()
    fault.cancel()
    with pytest.raises(ZeroDivisionError):
        server.stop()
