"""Faults reach aiobotocore as a real network's would: measured with a socket that failed so, for both sessions."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.faults import Corrupt, Delay, Transport, When

aiobotocore = pytest.importorskip("aiobotocore")

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

    Make = Callable[..., Any]

PHOTO = {"Bucket": "photos", "Key": "cat.jpg"}
BODY = bytes(range(256)) * 1000
# kind: class of botocore's; class inside with aiohttp, with httpx; None: the class itself
BEFORE = {
    Transport.CONNECT: ("EndpointConnectionError", "ClientConnectorError", "ConnectError"),
    Transport.DNS: ("EndpointConnectionError", "ClientConnectorDNSError", "ConnectError"),
    Transport.CONNECT_TIMEOUT: ("ConnectTimeoutError", "ConnectionTimeoutError", "ConnectTimeout"),
    Transport.READ_TIMEOUT: ("ReadTimeoutError", "SocketTimeoutError", "ReadTimeout"),
    Transport.RESET: ("EndpointConnectionError HTTPClientError", "ClientOSError", "ReadError"),
    Transport.CLOSED: ("ConnectionClosedError HTTPClientError", "ServerDisconnectedError", "RemoteProtocolError"),
    Transport.TLS: ("SSLError", "ClientConnectorCertificateError", "SSLCertVerificationError"),
    Transport.PROXY: ("ProxyConnectionError", "ClientProxyConnectionError", "ConnectError"),
}
AT_ONCE = {
    Transport.READ_TIMEOUT: BEFORE[Transport.READ_TIMEOUT],
    Transport.RESET: ("ConnectionClosedError HTTPClientError", "ClientPayloadError", "ReadError"),
    Transport.CLOSED: ("ConnectionClosedError HTTPClientError", "ClientPayloadError", "RemoteProtocolError"),
}


def same(error: Any, expected: tuple[str, str, str], backend: str) -> bool:
    """Whether an exception, and the one inside of it, are of these classes."""
    outer = expected[0].split()
    name = outer[0] if backend == "aiohttp" else outer[-1]
    inner = expected[1] if backend == "aiohttp" else expected[2]
    found = (type(error).__name__, type(error.kwargs["error"]).__name__)
    assert type(error).__module__ == "botocore.exceptions"
    assert found == (name, inner)
    assert str(error)
    return True


@pytest.mark.parametrize("kind", BEFORE, ids=lambda kind: kind.name)
async def test_each_failure_of_a_connection_is_the_clients_own(
    cos: FakeCOS, once: Make, backend: str, kind: Transport
) -> None:
    cos.inject("PutObject", transport=kind)
    async with once() as client:
        with pytest.raises(Exception) as caught:  # noqa: PT011  which one is the question
            await client.put_object(**PHOTO, Body=BODY)
        assert same(caught.value, BEFORE[kind], backend)
    inner: Any = vars(caught.value)["kwargs"]["error"]
    if kind is Transport.DNS and backend == "aiohttp":
        assert isinstance(inner.os_error, socket.gaierror)
    if kind is Transport.TLS:
        assert isinstance(inner if backend == "httpx" else inner.certificate_error, ssl.SSLCertVerificationError)
    assert not cos.bucket("photos").objects
    assert not cos.errors


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize("kind", [Transport.CONNECT, Transport.READ_TIMEOUT, Transport.CONNECT_TIMEOUT])
async def test_the_client_tries_again_by_its_own_rules(cos: FakeCOS, make: Make, kind: Transport, mode: str) -> None:
    fault = cos.inject("PutObject", transport=kind, times=2)
    async with make(config={"retries": {"mode": mode, "total_max_attempts": 5}}) as client:
        answer = await client.put_object(**PHOTO, Body=BODY)
    assert fault.hits == 2
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert [call.attempt for call in cos.journal] == [1, 2, 3]


async def test_a_reset_is_tried_again_as_the_session_tells_it(cos: FakeCOS, make: Make, backend: str) -> None:
    """In legacy mode an EndpointConnectionError is, and an HTTPClientError is not (source: botocore's retryhandler)."""
    fault = cos.inject("PutObject", transport=Transport.RESET, times=1)
    async with make(config={"retries": {"mode": "legacy"}}) as client:
        if backend == "aiohttp":
            await client.put_object(**PHOTO, Body=BODY)
        else:
            with pytest.raises(Exception, match="unhandled exception"):
                await client.put_object(**PHOTO, Body=BODY)
    assert fault.hits == 1


async def test_the_answer_of_complete_is_lost(cos: FakeCOS, once: Make) -> None:
    upload = cos.start_upload("photos", "cat.jpg", parts=[BODY])
    named = {**PHOTO, "UploadId": upload.upload_id}
    cos.inject("CompleteMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.STORED)
    async with once() as client:
        parts = {"Parts": [{"PartNumber": 1, "ETag": upload.parts[1].etag}]}
        with pytest.raises(Exception, match="Read timeout"):
            await client.complete_multipart_upload(**named, MultipartUpload=parts)
        assert (await client.head_object(**PHOTO))["ContentLength"] == len(BODY)


@pytest.mark.parametrize("kind", AT_ONCE, ids=lambda kind: kind.name)
async def test_a_stream_breaks_off_in_the_middle(cos: FakeCOS, once: Make, backend: str, kind: Transport) -> None:
    cos.put_object("photos", "cat.jpg", BODY)
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(100_000))
    async with once() as client:
        body = (await client.get_object(**PHOTO))["Body"]
        arrived = b""
        with pytest.raises(Exception) as caught:  # noqa: PT011, PT012  which one, and after how much, is the question
            async for chunk in body.iter_chunks(10_000):
                arrived += chunk
    assert arrived == BODY[:100_000]
    name = {"aiohttp": "ClientPayloadError", "httpx": "ResponseStreamingError"}[backend]
    assert type(caught.value).__name__ == ("AioReadTimeoutError" if kind is Transport.READ_TIMEOUT else name)


@pytest.mark.parametrize("kind", AT_ONCE, ids=lambda kind: kind.name)
async def test_an_answer_that_is_read_at_once_breaks_off(
    cos: FakeCOS, once: Make, backend: str, kind: Transport
) -> None:
    cos.inject("ListObjectsV2", transport=kind, when=When.after_answer_bytes(10))
    async with once() as client:
        with pytest.raises(Exception) as caught:  # noqa: PT011  which one is the question
            await client.list_objects_v2(Bucket="photos")
    assert same(caught.value, AT_ONCE[kind], backend)


async def test_what_arrives_damaged_is_noticed_by_the_client(cos: FakeCOS, once: Make) -> None:
    from botocore.exceptions import FlexibleChecksumError

    async with once() as client:
        await client.put_object(**PHOTO, Body=BODY)
        cos.inject("GetObject", corrupt_answer=Corrupt.flip(1000))
        body = (await client.get_object(**PHOTO))["Body"]
        with pytest.raises(FlexibleChecksumError):
            await body.read()


async def test_what_is_sent_damaged_is_refused_by_the_service(cos: FakeCOS, once: Make) -> None:
    cos.inject("PutObject", corrupt=Corrupt.cut(500))
    async with once() as client:
        with pytest.raises(client.exceptions.ClientError):
            await client.put_object(**PHOTO, Body=BODY)
    assert not cos.bucket("photos").objects


@pytest.mark.parametrize("seconds", [5, 20])
async def test_a_stall_beyond_the_clients_own_timeout_raises_it(cos: FakeCOS, once: Make, seconds: int) -> None:
    from botocore.exceptions import ReadTimeoutError

    cos.inject("PutObject", delay=Delay(seconds))
    async with once(config={"read_timeout": 10}) as client:
        if seconds < 10:
            await client.put_object(**PHOTO, Body=BODY)
        else:
            with pytest.raises(ReadTimeoutError):
                await client.put_object(**PHOTO, Body=BODY)


async def test_an_error_inside_of_a_200_is_tried_again(cos: FakeCOS, make: Make) -> None:
    cos.put_object("photos", "cat.jpg", BODY)
    fault = cos.inject("CopyObject", error_in_200="InternalError", times=1)
    async with make() as client:
        await client.copy_object(Bucket="photos", Key="copy", CopySource=PHOTO)
    assert fault.hits == 1
