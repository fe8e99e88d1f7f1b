"""Bodies that aiobotocore can send, awaited or not, and what it raises for one that fails while it is read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.policies import allow
from fakecos.faults import Corrupt
from tests.support.access import allow_acls, set_policy
from tests.support.objects import stored_body

aiobotocore = pytest.importorskip("aiobotocore")

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from fakecos import FakeCOS

    Make = Callable[..., Any]

PHOTO = {"Bucket": "photos", "Key": "cat.jpg"}
BODY = bytes(range(256)) * 8192


class AsyncFile:
    """A file as aiofiles gives one: its methods are coroutines."""

    def __init__(self, body: bytes = BODY) -> None:
        self._file = io.BytesIO(body)

    async def read(self, size: int = -1) -> bytes:
        return self._file.read(size)


class Chunks(AsyncFile):
    """An async iterable, with the `read` that botocore looks for."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(BODY), 100_000):
            yield BODY[start : start + 100_000]


class Broken(AsyncFile):
    """A stream whose source dies."""

    error: Exception = OSError(5, "Input/output error")

    async def read(self, size: int = -1) -> bytes:
        raise self.error


async def test_files_of_any_kind_are_sent(cos: FakeCOS, make: Make, tmp_path: Path) -> None:
    path = tmp_path / "cat.jpg"
    path.write_bytes(BODY)
    async with make() as client:
        with path.open("rb") as file:
            for body in (BODY, io.BytesIO(BODY), file, bytearray(BODY), AsyncFile()):
                await client.put_object(**PHOTO, Body=body, ContentLength=len(BODY))
                assert stored_body(cos, "cat.jpg") == BODY
                await client.delete_object(**PHOTO)


async def test_bytes_are_not_copied(cos: FakeCOS, make: Make) -> None:
    body = BODY * 2
    async with make() as client:
        await client.put_object(**PHOTO, Body=body)
    (piece,) = cos.store.buckets["photos"].objects["cat.jpg"].content.pieces
    assert piece is body


async def test_the_trailer_of_an_awaited_body_is_compared(cos: FakeCOS, once: Make) -> None:
    cos.inject("PutObject", corrupt=Corrupt.flip(12_345))
    async with once() as client:
        with pytest.raises(client.exceptions.ClientError) as caught:
            await client.put_object(**PHOTO, Body=AsyncFile(), ContentLength=len(BODY))
        assert caught.value.response["Error"]["Code"] == "BadDigest"
        assert not cos.bucket("photos").objects
        await client.put_object(**PHOTO, Body=AsyncFile(), ContentLength=len(BODY))
    assert stored_body(cos, "cat.jpg") == BODY


async def test_an_async_iterable_is_sent_without_a_checksum(cos: FakeCOS, make: Make) -> None:
    from botocore import UNSIGNED

    allow_acls(cos, PHOTO["Bucket"])
    set_policy(cos, PHOTO["Bucket"], allow("s3:PutObject", f"arn:aws:s3:::{PHOTO['Bucket']}/*"))
    config = {"request_checksum_calculation": "when_required", "signature_version": UNSIGNED}
    async with make(config=config) as client:
        await client.put_object(**PHOTO, Body=Chunks(), ContentLength=len(BODY))
    assert stored_body(cos, "cat.jpg") == BODY


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), ValueError("a bug")])
async def test_a_stream_that_fails_is_the_clients_own_matter(
    cos: FakeCOS, once: Make, backend: str, error: Exception
) -> None:
    """Measured with a real connection: aiohttp hides the error in its own, httpx hands it on."""
    import aiohttp
    from botocore.exceptions import EndpointConnectionError, HTTPClientError

    class Source(Broken):
        pass

    Source.error = error
    async with once() as client:
        with pytest.raises(EndpointConnectionError if backend == "aiohttp" else HTTPClientError) as caught:
            await client.put_object(**PHOTO, Body=Source())
    inner = caught.value.kwargs["error"]
    if backend == "httpx":
        assert inner is error
    else:
        assert isinstance(inner, aiohttp.ClientOSError if isinstance(error, OSError) else aiohttp.ClientConnectionError)
    assert not cos.errors
    assert not cos.bucket("photos").objects


async def test_what_the_session_cannot_send_is_refused_as_it_does(cos: FakeCOS, once: Make) -> None:
    from botocore import UNSIGNED
    from botocore.exceptions import HTTPClientError

    config = {"request_checksum_calculation": "when_required", "signature_version": UNSIGNED}
    async with once(config=config) as client:
        with pytest.raises(HTTPClientError):
            await client.put_object(**PHOTO, Body=AsyncFile(), ContentLength=len(BODY))
    assert not cos.bucket("photos").objects


async def test_a_retry_sends_the_body_again(cos: FakeCOS, make: Make) -> None:
    fault = cos.inject("PutObject", error="SlowDown", times=2)
    async with make() as client:
        await client.put_object(**PHOTO, Body=io.BytesIO(BODY))
    assert fault.hits == 2
    assert stored_body(cos, "cat.jpg") == BODY


@pytest.mark.parametrize("text", ["x\ny", "x\n y", "a\rb", "x\x01y"])
async def test_a_header_with_a_control_character_is_not_sent(cos: FakeCOS, once: Make, backend: str, text: str) -> None:
    """Measured with a real connection: both sessions refuse it, so S3 never sees it."""
    from botocore.exceptions import HTTPClientError

    said = "Forbidden control character" if backend == "aiohttp" else "Illegal header value"
    async with once() as client:
        with pytest.raises(HTTPClientError, match=said):
            await client.put_object(**PHOTO, Body=b"1", Metadata={"a": text})
    assert not cos.store.buckets[PHOTO["Bucket"]].objects
    assert cos.request_count == 0
