"""urllib.request: openers, their errors and redirects."""

from __future__ import annotations

import http.client
import io
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.faults import Delay, Http, Transport, When
from tests.clients.http.addresses import BUCKET, Sign, stored_body

if TYPE_CHECKING:
    from fakecos import FakeCOS

SENT = {"READ_TIMEOUT": TimeoutError, "RESET": ConnectionResetError, "CLOSED": http.client.RemoteDisconnected}
CAUSES = {"CONNECT": ConnectionRefusedError, "CONNECT_TIMEOUT": TimeoutError}


def send(address: str, method: str = "GET", data: Any = None, **headers: str) -> Any:
    request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310
    return urllib.request.urlopen(request, timeout=5)  # noqa: S310


def test_every_method_works(cos: FakeCOS, url: Sign) -> None:
    assert send(url("put_object"), "PUT", b"hello").status == 200
    with send(url("get_object")) as answer:
        assert (answer.status, answer.reason, answer.msg, answer.read()) == (200, "OK", "OK", b"hello")
        assert answer.url == url("get_object")
    assert send(url("head_object"), "HEAD").headers["Content-Length"] == "5"
    assert send(url("delete_object"), "DELETE").status == 204
    assert not cos.store.buckets[BUCKET].objects


def test_a_file_and_its_length_are_sent(cos: FakeCOS, url: Sign) -> None:
    send(url("put_object"), "PUT", io.BytesIO(b"hello"), **{"Content-Length": "5"})
    assert stored_body(cos) == b"hello"


def test_an_answer_is_read_in_pieces(cos: FakeCOS, url: Sign) -> None:
    cos.put_object(BUCKET, "a b/ü", b"0123456789" * 100)
    with send(url("get_object")) as answer:
        assert answer.read(4) == b"0123"
        assert b"".join(iter(lambda: answer.read(100), b"")) == (b"0123456789" * 100)[4:]
    filled = bytearray(10)
    with send(url("get_object")) as answer:
        assert answer.readinto(filled) == 10
    assert filled == b"0123456789"


def test_an_answer_that_nobody_closed_is_collected_in_silence(cos: FakeCOS, url: Sign) -> None:
    """Python 3.13 tells what a finalizer raises (public: io.IOBase), and it may collect the file before the answer."""
    cos.put_object(BUCKET, "a b/ü", b"hello")
    answer = send(url("get_object"))
    answer.fp.close()
    answer.close()


def test_a_refusal_is_an_error_of_http(cos: FakeCOS, url: Sign) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        send(url("get_object", "nothing"))
    with caught.value as error:
        assert (error.code, error.reason) == (404, "Not Found")
        assert b"<Code>NoSuchKey</Code>" in error.read()


def test_redirects_are_followed(cos: FakeCOS, url: Sign) -> None:
    cos.put_object(BUCKET, "b", b"over there")
    cos.inject("GetObject", http=Http(302, b"", {"Location": url("get_object", "b")}))
    assert send(url("get_object", "a")).read() == b"over there"


def test_a_proxy_is_not_asked(cos: FakeCOS, url: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:8080")
    cos.put_object(BUCKET, "a", b"x")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler())
    assert opener.open(url("get_object", "a")).read() == b"x"


@pytest.mark.parametrize("kind", list(Transport), ids=lambda kind: kind.name)
def test_a_failing_connection(cos: FakeCOS, url: Sign, kind: Transport) -> None:
    cos.inject("PutObject", transport=kind)
    with pytest.raises(OSError, match=r".") as caught:
        send(url("put_object"), "PUT", b"x")
    if kind.name in SENT:
        assert type(caught.value) is SENT[kind.name]
    else:
        assert type(caught.value) is urllib.error.URLError
        assert isinstance(caught.value.reason, CAUSES.get(kind.name, OSError))
    assert not cos.store.buckets[BUCKET].objects
    assert not cos.errors


def test_a_late_answer(cos: FakeCOS, url: Sign) -> None:
    cos.inject("GetObject", delay=Delay(6))
    with pytest.raises(TimeoutError):
        send(url("get_object"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Transport.READ_TIMEOUT, TimeoutError),
        (Transport.RESET, ConnectionResetError),
        (Transport.CLOSED, http.client.IncompleteRead),
    ],
)
def test_an_answer_that_breaks_off(cos: FakeCOS, url: Sign, kind: Transport, expected: type[Exception]) -> None:
    cos.put_object(BUCKET, "a", b"0123456789")
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(4))
    with send(url("get_object", "a")) as answer:
        assert answer.read(4) == b"0123"
        with pytest.raises(expected):
            answer.read()


def test_another_url_goes_its_way(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def connect(connection: Any) -> None:
        asked.append(connection.host)
        raise ConnectionRefusedError

    monkeypatch.setattr(http.client.HTTPConnection, "connect", connect)
    with pytest.raises(urllib.error.URLError):
        send("http://example.org/photos/a")
    assert asked == ["example.org"]
    assert not len(cos.journal)
