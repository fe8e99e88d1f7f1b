"""urllib3 by itself: pools, its own retries and redirects, its own exceptions."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import urllib3
from urllib3 import exceptions

from fakecos.clients.http import http_common, targets
from fakecos.faults import Delay, Http, Transport, When
from tests.clients.http.addresses import BUCKET, Sign, exception_for, stored_body

if TYPE_CHECKING:
    from fakecos import FakeCOS

NO_RETRY = urllib3.Retry(0, redirect=2, raise_on_redirect=False)
CAUSES = {
    "default": exceptions.ProtocolError,
    "CONNECT": exceptions.NewConnectionError,
    "CONNECT_TIMEOUT": exceptions.ConnectTimeoutError,
    "READ_TIMEOUT": exceptions.ReadTimeoutError,
    "TLS": exceptions.SSLError,
    "PROXY": exceptions.ProxyError,
    "DNS": getattr(exceptions, "NameResolutionError", exceptions.NewConnectionError),
}


@pytest.fixture
def pool() -> Any:
    return urllib3.PoolManager()


def test_every_method_works(cos: FakeCOS, url: Sign, pool: Any) -> None:
    assert pool.request("PUT", url("put_object"), body=b"hello").status == 200
    answer = pool.request("GET", url("get_object"))
    assert (answer.status, answer.reason, answer.data) == (200, "OK", b"hello")
    assert pool.request("HEAD", url("head_object")).headers["content-length"] == "5"
    assert pool.request("DELETE", url("delete_object")).status == 204
    assert not cos.store.buckets[BUCKET].objects


@pytest.mark.parametrize("body", [b"hello", bytearray(b"hello"), "hello"], ids=lambda body: type(body).__name__)
def test_a_length_is_told_for_what_has_one(cos: FakeCOS, url: Sign, pool: Any, body: Any) -> None:
    assert pool.request("PUT", url("put_object"), body=body).status == 200
    assert stored_body(cos) == b"hello"


def test_a_file_needs_its_length(cos: FakeCOS, url: Sign, pool: Any) -> None:
    assert pool.request("PUT", url("put_object"), body=io.BytesIO(b"hello")).status == 501
    assert not cos.store.buckets[BUCKET].objects
    answer = pool.request("PUT", url("put_object"), body=io.BytesIO(b"hello"), headers={"Content-Length": "5"})
    assert answer.status == 200
    assert stored_body(cos) == b"hello"


def test_nothing_is_an_empty_object(cos: FakeCOS, url: Sign, pool: Any) -> None:
    assert pool.request("PUT", url("put_object")).status == 200
    assert stored_body(cos) == b""


def test_an_answer_can_be_streamed_and_its_connection_is_used_again(cos: FakeCOS, url: Sign, pool: Any) -> None:
    cos.put_object(BUCKET, "a b/ü", b"0123456789")
    for _ in range(20):
        answer = pool.request("GET", url("get_object"), preload_content=False)
        assert list(answer.stream(4)) == [b"0123", b"4567", b"89"]
        answer.release_conn()
    one = urllib3.HTTPSConnectionPool(f"{BUCKET}.s3.amazonaws.com", maxsize=1, block=True)
    for _ in range(3):
        assert one.request("GET", "/a%20b/%C3%BC", pool_timeout=1).data == b"0123456789"


@pytest.mark.parametrize("kind", list(Transport), ids=lambda kind: kind.name)
def test_a_failing_connection_raises_what_urllib3_raises(cos: FakeCOS, url: Sign, pool: Any, kind: Transport) -> None:
    cos.inject("PutObject", transport=kind)
    with pytest.raises(exceptions.HTTPError) as caught:
        pool.request("PUT", url("put_object"), body=b"x", retries=False)
    assert type(caught.value) is exception_for(kind, CAUSES)
    if kind is Transport.PROXY and not hasattr(exceptions, "NameResolutionError"):
        return  # urllib3 1 does not wrap it
    cos.inject("PutObject", transport=kind)
    with pytest.raises(exceptions.MaxRetryError) as wrapped:
        pool.request("PUT", url("put_object"), body=b"x", retries=NO_RETRY)
    assert type(wrapped.value.reason) is exception_for(kind, CAUSES)
    assert not cos.store.buckets[BUCKET].objects
    assert not cos.errors


def test_urllib3_tries_again(cos: FakeCOS, url: Sign, pool: Any) -> None:
    fault = cos.inject("PutObject", outcomes=[Transport.CONNECT, Transport.RESET, Http(503)])
    retries = urllib3.Retry(5, backoff_factor=60, status_forcelist=[503], allowed_methods=None)
    assert pool.request("PUT", url("put_object"), body=b"x", retries=retries).status == 200
    assert fault.hits == 3


def test_redirects_are_followed(cos: FakeCOS, url: Sign, pool: Any) -> None:
    cos.put_object(BUCKET, "b", b"over there")
    cos.inject("GetObject", http=Http(307, b"", {"Location": url("get_object", "b")}))
    assert pool.request("GET", url("get_object", "a")).data == b"over there"


def test_a_wait_is_measured_against_the_time_for_all(cos: FakeCOS, url: Sign, pool: Any) -> None:
    cos.inject("PutObject", delay=Delay(10))
    with pytest.raises(exceptions.ReadTimeoutError):
        pool.request("PUT", url("put_object"), body=b"x", timeout=urllib3.Timeout(total=9), retries=False)


def test_a_body_that_breaks_off(cos: FakeCOS, url: Sign, pool: Any) -> None:
    cos.put_object(BUCKET, "a b/ü", b"0123456789")
    expected: dict[Transport, type] = {
        Transport.READ_TIMEOUT: exceptions.ReadTimeoutError,
        Transport.RESET: exceptions.ProtocolError,
        Transport.CLOSED: exceptions.ProtocolError,
    }
    for kind, error in expected.items():
        cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(3))
        answer = pool.request("GET", url("get_object"), preload_content=False)
        assert answer.read(3) == b"012"
        with pytest.raises(exceptions.HTTPError) as caught:
            answer.read()
        assert type(caught.value) is error


def test_our_own_server_is_reached_and_not_stood_in_for(cos: FakeCOS) -> None:
    address = "http://localhost:1/photos/a?X-Amz-Credential=A/20261122/r/s3/aws4_request&X-Amz-Signature=0"
    assert http_common.intercept(address) is not None
    targets.served_addresses.add("localhost:1")
    try:
        assert http_common.intercept(address) is None
    finally:
        targets.served_addresses.discard("localhost:1")
