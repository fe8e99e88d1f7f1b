"""Failures of the connection: the client's own exceptions, its own retries, and what is stored after each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import urllib3
from botocore.eventstream import ChecksumMismatch
from botocore.exceptions import ConnectionClosedError

from fakecos import FakeCOS
from fakecos.faults import Corrupt, Transport, When

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

EXPECTED = {
    Transport.CONNECT: "EndpointConnectionError",
    Transport.CONNECT_TIMEOUT: "ConnectTimeoutError",
    Transport.READ_TIMEOUT: "ReadTimeoutError",
    Transport.RESET: "ConnectionClosedError",
    Transport.CLOSED: "ConnectionClosedError",
    Transport.TLS: "SSLError",
    Transport.PROXY: "ProxyConnectionError",
    Transport.DNS: "EndpointConnectionError",
}
MIB = 1024 * 1024
ON_CONNECTION = [kind for kind in Transport if kind.needs_connection]


@pytest.mark.parametrize("kind", Transport)
def test_each_kind_is_the_packages_own_exception(
    cos: FakeCOS, client: Any, exceptions: ModuleType, kind: Transport
) -> None:
    cos.inject("PutObject", transport=kind)
    with pytest.raises(Exception) as caught:  # noqa: PT011  which one it is, is the point
        client.put_object(Bucket="photos", Key="a", Body=b"x")
    assert type(caught.value) is getattr(exceptions, EXPECTED[kind])
    assert str(caught.value)
    assert not cos.errors
    assert not cos.store.buckets["photos"].objects


# wire 1: what the packages try again in every mode
@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize("kind", [kind for kind in Transport if kind not in {Transport.TLS, Transport.PROXY}])
def test_the_client_tries_again(
    cos: FakeCOS, make_client: Callable[..., Any], package: str, mode: str, kind: Transport
) -> None:
    client = make_client(package, config={"retries": {"mode": mode, "total_max_attempts": 3}})
    fault = cos.inject("PutObject", transport=kind, times=2)
    answer = client.put_object(Bucket="photos", Key="a", Body=io.BytesIO(b"hello"))
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert fault.hits == 2
    assert cos.store.buckets["photos"].objects["a"].body == b"hello"


@pytest.mark.parametrize("kind", ON_CONNECTION)
@pytest.mark.parametrize("when", [When.BEFORE, When.after_bytes(2), When.VALIDATED], ids=repr)
def test_a_connection_that_fails_too_early_stores_nothing(
    cos: FakeCOS, client: Any, kind: Transport, when: When
) -> None:
    cos.inject("PutObject", transport=kind, when=when)
    with pytest.raises(Exception, match=r"(?i)time|closed"):
        client.put_object(Bucket="photos", Key="a", Body=b"hello")
    assert not cos.store.buckets["photos"].objects


@pytest.mark.parametrize("kind", ON_CONNECTION)
def test_a_lost_answer_leaves_the_change(cos: FakeCOS, client: Any, kind: Transport) -> None:
    cos.inject("PutObject", transport=kind, when=When.STORED)
    with pytest.raises(Exception, match=r"(?i)time|closed"):
        client.put_object(Bucket="photos", Key="a", Body=b"hello")
    assert cos.store.buckets["photos"].objects["a"].body == b"hello"


def test_the_lost_answer_of_a_complete_is_repeated(
    cos: FakeCOS, make_client: Callable[..., Any], package: str, upload: dict[str, Any]
) -> None:
    client = make_client(package)
    cos.inject("CompleteMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.STORED)
    etag = cos.store.buckets["photos"].uploads[upload["UploadId"]].parts[1].etag
    answer = client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1
    assert answer["ETag"].strip('"') == cos.store.buckets["photos"].objects["film.mp4"].etag


def test_after_the_lost_answer_of_an_abort_the_client_aborts_again(
    cos: FakeCOS, make_client: Callable[..., Any], upload: dict[str, Any]
) -> None:
    """Source: public: aws-changes 7."""
    client = make_client()
    cos.inject("AbortMultipartUpload", transport=Transport.CLOSED, when=When.STORED)
    assert client.abort_multipart_upload(**upload)["ResponseMetadata"]["RetryAttempts"] == 1


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Transport.READ_TIMEOUT, "ReadTimeoutError"),
        (Transport.RESET, "ResponseStreamingError"),
        (Transport.CLOSED, "ResponseStreamingError"),
    ],
)
@pytest.mark.parametrize("size", [0, 7, 20])
def test_an_answer_breaks_off_while_it_is_read(
    cos: FakeCOS, client: Any, exceptions: ModuleType, kind: Transport, expected: str, size: int
) -> None:
    data = b"0123456789" * 2
    cos.put_object("photos", "a", data)
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(size))
    stream = client.get_object(Bucket="photos", Key="a")["Body"]
    target = io.BytesIO()
    with pytest.raises(getattr(exceptions, expected)):
        target.writelines(iter(lambda: stream.read(3), b""))
    assert target.getvalue() == data[:size]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Transport.READ_TIMEOUT, urllib3.exceptions.ReadTimeoutError),
        (Transport.RESET, urllib3.exceptions.ProtocolError),
        (Transport.CLOSED, urllib3.exceptions.ProtocolError),
    ],
)
def test_a_stream_of_events_breaks_off_while_it_is_read(
    cos: FakeCOS, make_client: Callable[..., Any], kind: Transport, expected: type[Exception]
) -> None:
    # botocore's EventStream reads the stream of urllib3 itself, and lets its exceptions through (source: botocore)
    client = make_client("boto3")
    cos.put_object("photos", "table", b"a,b\n" * 100_000)
    cos.inject("SelectObjectContent", transport=kind, when=When.after_answer_bytes(250_000))
    answer = client.select_object_content(
        Bucket="photos",
        Key="table",
        ExpressionType="SQL",
        Expression="SELECT * FROM S3Object",
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )
    found: list[Any] = []
    with pytest.raises(expected):
        found.extend(answer["Payload"])
    assert [next(iter(event)) for event in found[:2]] == ["Records", "Cont"]
    assert {"End": {}} not in found


def test_a_damaged_stream_of_events_is_noticed_by_the_client(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    cos.put_object("photos", "table", b"a,b\n")
    cos.inject("SelectObjectContent", corrupt_answer=Corrupt.flip(100))
    answer = make_client("boto3").select_object_content(
        Bucket="photos",
        Key="table",
        ExpressionType="SQL",
        Expression="SELECT * FROM S3Object",
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )
    with pytest.raises(ChecksumMismatch):
        list(answer["Payload"])


def test_an_answer_that_botocore_reads_itself_breaks_off_in_the_call(
    cos: FakeCOS, make_client: Callable[..., Any], exceptions: ModuleType, package: str
) -> None:
    client = make_client(package, config={"retries": {"total_max_attempts": 2}})
    cos.inject("ListObjects", transport=Transport.RESET, when=When.after_answer_bytes(10), times=2)
    with pytest.raises(exceptions.ConnectionClosedError):
        client.list_objects(Bucket="photos")
    assert "Contents" not in client.list_objects(Bucket="photos")


def test_a_transfer_recovers_from_an_answer_that_broke_off(
    cos: FakeCOS, make_client: Callable[..., Any], package: str
) -> None:
    # ibm_s3transfer does not count ResponseStreamingError among what it tries again (its `utils`, measured)
    kind = Transport.RESET if package == "boto3" else Transport.READ_TIMEOUT
    data = b"0123456789" * 1000
    cos.put_object("photos", "a", data)
    fault = cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(5000), times=2)
    target = io.BytesIO()
    make_client(package).download_fileobj("photos", "a", target)
    assert target.getvalue() == data
    assert fault.hits == 2


def test_an_answer_that_is_shorter_than_the_cut_arrives(cos: FakeCOS, aws: Any) -> None:
    cos.put_object("photos", "a", b"12345")
    fault = cos.inject("GetObject", transport=Transport.RESET, when=When.after_answer_bytes(6))
    assert aws.get_object(Bucket="photos", Key="a")["Body"].read() == b"12345"
    assert fault.hits == 0
    fault.cancel()


def test_an_upload_that_broke_off_is_sent_whole_again(
    cos: FakeCOS, make_client: Callable[..., Any], package: str
) -> None:
    cos.inject("PutObject", transport=Transport.RESET, when=When.after_bytes(100))
    make_client(package).upload_fileobj(io.BytesIO(b"x" * 1000), "photos", "a")
    assert cos.store.buckets["photos"].objects["a"].body == b"x" * 1000


@pytest.mark.parametrize(("calculation", "block"), [("when_required", 16 * 1024), ("when_supported", MIB)])
def test_a_request_that_broke_off_took_no_more_of_the_body_than_came(
    cos: FakeCOS, make_client: Callable[..., Any], calculation: str, block: int
) -> None:
    """What the client reads at a time: http.client a block, botocore's aws-chunked wrapper a chunk (sources)."""
    client = make_client(config={"retries": {"total_max_attempts": 1}, "request_checksum_calculation": calculation})
    stream = io.BytesIO(b"x" * 5 * MIB)
    cos.inject("PutObject", transport=Transport.RESET, when=When.after_bytes(2 * MIB + 1))
    with pytest.raises(ConnectionClosedError):
        client.put_object(Bucket="photos", Key="a", Body=stream)
    assert stream.tell() == 2 * MIB + block
    assert not cos.bucket("photos").objects


def test_the_progress_of_an_upload_that_broke_off_is_what_came(
    cos: FakeCOS, make_client: Callable[..., Any], package: str
) -> None:
    client = make_client(package)
    fault = cos.inject("PutObject", transport=Transport.RESET, when=When.after_bytes(MIB))
    told: list[int] = []
    client.upload_fileobj(io.BytesIO(b"x" * 3 * MIB), "photos", "a", Callback=told.append)
    assert (fault.hits, sum(told)) == (1, 3 * MIB)
    assert told[0] == MIB  # before it was taken back for the second attempt


def test_the_proxy_of_the_client_is_named(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    proxies = {"https": "http://proxy.example.com:8080"}
    client = make_client(config={"proxies": proxies, "retries": {"total_max_attempts": 1}})
    cos.inject("PutObject", transport=Transport.PROXY)
    with pytest.raises(Exception, match=r"http://proxy\.example\.com:8080"):
        client.put_object(Bucket="photos", Key="a", Body=b"x")


def test_an_attached_client_fails_too() -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    client = cos.client()
    cos.inject("PutObject", transport=Transport.CONNECT, times=2)
    answer = client.put_object(Bucket="photos", Key="a", Body=b"x")
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    cos.stop()
