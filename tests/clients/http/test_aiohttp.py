"""aiohttp: presigned URLs through its sessions, and its own exceptions."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.faults import Delay, Http, Transport, When
from tests.clients.http.addresses import BUCKET, Sign, exception_for, open_bucket, stored_body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

aiohttp: Any = pytest.importorskip("aiohttp")
yarl: Any = pytest.importorskip("yarl")

REFUSED = {
    "CONNECT": aiohttp.ClientConnectorError,
    "CONNECT_TIMEOUT": aiohttp.ServerTimeoutError,
    "READ_TIMEOUT": aiohttp.SocketTimeoutError,
    "RESET": aiohttp.ClientOSError,
    "CLOSED": aiohttp.ServerDisconnectedError,
    "TLS": aiohttp.ClientConnectorCertificateError,
    "PROXY": aiohttp.ClientProxyConnectionError,
    "default": getattr(aiohttp, "ClientConnectorDNSError", aiohttp.ClientConnectorError),
}


def send(method: str, address: str, **named: Any) -> tuple[int, bytes, Any]:
    """Send one request, and return status, body and headers."""

    async def run() -> tuple[int, bytes, Any]:
        url = yarl.URL(address, encoded=True)
        async with aiohttp.ClientSession() as session, session.request(method, url, **named) as answer:
            return answer.status, await answer.read(), answer.headers

    return asyncio.run(run())


def test_every_method_works(cos: FakeCOS, sign: Sign) -> None:
    assert send("PUT", sign("put_object"), data=b"hello")[0] == 200
    assert send("GET", sign("get_object"))[:2] == (200, b"hello")
    status, body, headers = send("HEAD", sign("head_object"))
    assert (status, body, headers["Content-Length"]) == (200, b"", "5")
    assert send("DELETE", sign("delete_object"))[:2] == (204, b"")
    assert not cos.store.buckets[BUCKET].objects


def test_bodies_of_every_kind(cos: FakeCOS, url: Sign) -> None:
    big = bytes(range(256)) * 10_000
    assert send("PUT", url("put_object"), data=io.BytesIO(big))[0] == 200
    assert stored_body(cos) == big
    assert send("GET", url("get_object"))[1] == big
    assert send("PUT", url("put_object"), data=io.BytesIO(b"file"))[0] == 200
    assert stored_body(cos) == b"file"

    async def pieces() -> AsyncIterator[bytes]:
        yield b"hel"
        yield b"lo"

    assert send("PUT", url("put_object"), data=pieces())[0] == 501
    assert send("PUT", url("put_object"), data=b"later", expect100=True)[0] == 200
    assert stored_body(cos) == b"later"


def test_a_session_made_before_is_answered_streams_and_follows(cos: FakeCOS) -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            with FakeCOS() as inner:
                open_bucket(inner)
                inner.put_object(BUCKET, "b", b"0123456789")
                inner.inject("GetObject", http=Http(307, b"", {"Location": "https://photos.s3.amazonaws.com/b"}))
                async with session.get("https://photos.s3.amazonaws.com/a") as answer:
                    assert [piece async for piece in answer.content.iter_chunked(4)] == [b"0123", b"4567", b"89"]
            async with session.get("https://photos.s3.amazonaws.com/b") as answer:  # of the outer one
                assert answer.status == 404

    asyncio.run(run())


@pytest.mark.parametrize("kind", list(Transport), ids=lambda kind: kind.name)
def test_a_failing_connection(cos: FakeCOS, url: Sign, kind: Transport) -> None:
    cos.inject("PutObject", transport=kind, times=None)  # aiohttp tries some of them once more
    with pytest.raises((aiohttp.ClientError, asyncio.TimeoutError)) as caught:
        send("PUT", url("put_object"), data=b"x")
    assert isinstance(caught.value, exception_for(kind, REFUSED))
    assert not cos.errors
    assert not cos.store.buckets[BUCKET].objects


def test_a_late_answer(cos: FakeCOS, url: Sign) -> None:
    cos.inject("PutObject", delay=Delay(6))
    with pytest.raises(asyncio.TimeoutError):
        send("PUT", url("put_object"), data=b"x", timeout=aiohttp.ClientTimeout(sock_read=5))


@pytest.mark.parametrize("kind", [Transport.READ_TIMEOUT, Transport.RESET, Transport.CLOSED])
def test_an_answer_that_breaks_off(cos: FakeCOS, url: Sign, kind: Transport) -> None:
    cos.put_object(BUCKET, "a", b"0123456789")
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(4))
    with pytest.raises((aiohttp.ClientError, asyncio.TimeoutError)):
        send("GET", url("get_object", "a"))


def test_a_mistake_is_raised_to_the_caller(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cos._service, "perform", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        send("GET", "https://photos.s3.amazonaws.com/a")
    cos.errors.clear()
