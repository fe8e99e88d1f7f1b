"""httpx, sync and async; beside respx and pytest_httpx, whose own answers win."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.faults import Delay, Http, Transport, When
from tests.clients.http.addresses import BUCKET, Sign, exception_for, open_bucket, stored_body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

pytest_plugins = ["pytester"]
httpx: Any = pytest.importorskip("httpx")

REFUSED = {
    "default": httpx.ConnectError,
    "CONNECT_TIMEOUT": httpx.ConnectTimeout,
    "READ_TIMEOUT": httpx.ReadTimeout,
    "RESET": httpx.ReadError,
    "CLOSED": httpx.RemoteProtocolError,
    "PROXY": httpx.ProxyError,
}
OBJECT = f"https://{BUCKET}.s3.amazonaws.com/a"


def in_sync(method: str, address: str, **named: Any) -> Any:
    with httpx.Client() as client:
        return client.request(method, address, **named)


def in_async(method: str, address: str, **named: Any) -> Any:
    async def run() -> Any:
        async with httpx.AsyncClient() as client:
            return await client.request(method, address, **named)

    return asyncio.run(run())


@pytest.fixture(params=[in_sync, in_async])
def send(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Send a request by each kind of client."""
    sending: Callable[..., Any] = request.param
    return sending


def test_every_method_works(cos: FakeCOS, url: Sign, send: Callable[..., Any]) -> None:
    assert send("PUT", url("put_object"), content=b"hello").status_code == 200
    answer = send("GET", url("get_object"))
    assert (answer.status_code, answer.reason_phrase, answer.content) == (200, "OK", b"hello")
    assert answer.http_version == "HTTP/1.1"
    head = send("HEAD", url("head_object"))
    assert (head.headers["content-length"], head.content) == ("5", b"")
    assert send("DELETE", url("delete_object")).status_code == 204
    assert not cos.store.buckets[BUCKET].objects


def test_a_file_needs_its_length(cos: FakeCOS, url: Sign) -> None:
    with io.BytesIO(b"hello") as file:
        assert httpx.put(url("put_object"), content=file.read()).status_code == 200
    assert httpx.put(url("put_object"), content=iter([b"x"])).status_code == 501
    answer = httpx.put(url("put_object"), content=iter([b"by", b"tes"]), headers={"Content-Length": "5"})
    assert answer.status_code == 200
    assert stored_body(cos) == b"bytes"


def test_an_async_body_is_read(cos: FakeCOS, url: Sign) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"hel"
        yield b"lo"

    assert in_async("PUT", url("put_object"), content=pieces(), headers={"Content-Length": "5"}).status_code == 200
    assert stored_body(cos) == b"hello"


def test_an_answer_is_streamed(cos: FakeCOS, url: Sign) -> None:
    cos.put_object(BUCKET, "a", b"0123456789")
    with httpx.stream("GET", url("get_object", "a")) as answer:
        assert list(answer.iter_bytes(4)) == [b"0123", b"4567", b"89"]

    async def run() -> list[bytes]:
        async with httpx.AsyncClient() as client, client.stream("GET", url("get_object", "a")) as answer:
            return [piece async for piece in answer.aiter_bytes(4)]

    assert asyncio.run(run()) == [b"0123", b"4567", b"89"]


def test_a_client_made_before_is_answered_and_followed_redirects_are_ours() -> None:
    with httpx.Client(follow_redirects=True) as client, FakeCOS() as cos:
        open_bucket(cos)
        cos.put_object(BUCKET, "b", b"over there")
        cos.inject("GetObject", http=Http(307, b"", {"Location": f"https://{BUCKET}.s3.amazonaws.com/b"}))
        assert client.get(OBJECT).content == b"over there"


@pytest.mark.parametrize("kind", list(Transport), ids=lambda kind: kind.name)
def test_a_failing_connection(cos: FakeCOS, url: Sign, send: Callable[..., Any], kind: Transport) -> None:
    cos.inject("PutObject", transport=kind)
    with pytest.raises(httpx.TransportError) as caught:
        send("PUT", url("put_object"), content=b"x")
    assert type(caught.value) is exception_for(kind, REFUSED)
    error: Any = caught.value
    assert error.request.method == "PUT"
    assert not cos.store.buckets[BUCKET].objects
    assert not cos.errors


def test_a_transport_that_connects_again_does(cos: FakeCOS, url: Sign) -> None:
    fault = cos.inject("PutObject", transport=Transport.CONNECT, times=2)
    with httpx.Client(transport=httpx.HTTPTransport(retries=2)) as client:
        assert client.put(url("put_object"), content=b"x").status_code == 200
    assert fault.hits == 2


def test_a_late_answer(cos: FakeCOS, url: Sign, send: Callable[..., Any]) -> None:
    cos.inject("GetObject", delay=Delay(6))
    with pytest.raises(httpx.ReadTimeout):
        send("GET", url("get_object"), timeout=5)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Transport.READ_TIMEOUT, httpx.ReadTimeout),
        (Transport.RESET, httpx.ReadError),
        (Transport.CLOSED, httpx.RemoteProtocolError),
    ],
)
def test_an_answer_that_breaks_off(cos: FakeCOS, url: Sign, kind: Transport, expected: type[Exception]) -> None:
    cos.put_object(BUCKET, "a", b"0123456789")
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(4))
    with httpx.stream("GET", url("get_object", "a")) as answer:
        pieces = answer.iter_bytes(4)
        assert next(pieces) == b"0123"
        with pytest.raises(expected):
            next(pieces)


def test_another_url_goes_its_way(cos: FakeCOS) -> None:
    def answer(request: Any) -> Any:
        return httpx.Response(200, text=str(request.url))

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:  # a transport of the user's own is theirs
        assert client.get(OBJECT).text == OBJECT
    assert not len(cos.journal)


class TestRespx:
    """Its routes win; what no route is for and is none of S3's is refused by it."""

    @pytest.fixture
    def respx(self) -> Any:
        return pytest.importorskip("respx")

    def test_before_and_after_the_fake(self, respx: Any, send: Callable[..., Any]) -> None:
        def check(mock: Any, cos: FakeCOS) -> None:
            open_bucket(cos)
            cos.put_object(BUCKET, "b", b"ours")
            route = mock.get(OBJECT).respond(content=b"theirs")
            assert send("GET", OBJECT).content == b"theirs"
            assert send("GET", f"https://{BUCKET}.s3.amazonaws.com/b").content == b"ours"
            assert route.call_count == 1
            with pytest.raises(AssertionError, match="not mocked"):
                send("GET", "https://example.org/")

        with respx.mock() as mock, FakeCOS() as cos:
            check(mock, cos)
        with FakeCOS() as cos, respx.mock() as mock:
            check(mock, cos)


@pytest.mark.slow
def test_pytest_httpx_goes_first_whichever_begins_first(pytester: pytest.Pytester) -> None:
    pytest.importorskip("pytest_httpx")
    pytester.makepyfile("""
        import httpx
        import pytest
        from fakecos import FakeCOS
        from tests.clients.http.addresses import open_bucket

        A, B = (f"https://photos.s3.amazonaws.com/{name}" for name in "ab")

        def check(cos, httpx_mock):
            open_bucket(cos)
            cos.put_object("photos", "b", b"ours")
            httpx_mock.add_response(url=A, content=b"theirs")
            assert [httpx.get(A).content, httpx.get(B).content] == [b"theirs", b"ours"]
            assert len(httpx_mock.get_requests()) == 1
            with pytest.raises(httpx.TimeoutException, match="No response can be found"):
                httpx.get("https://example.org/")

        @pytest.mark.httpx_mock(assert_all_requests_were_expected=False)
        def test_before(httpx_mock):
            with FakeCOS() as cos:
                check(cos, httpx_mock)

        @pytest.mark.httpx_mock(assert_all_requests_were_expected=False)
        @FakeCOS()
        def test_after(request):
            import fakecos
            check(fakecos.current(), request.getfixturevalue("httpx_mock"))
    """)
    done = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", "-p", "no:anyio", "-p", "no:asyncio")
    done.assert_outcomes(passed=2)
