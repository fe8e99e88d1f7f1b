"""What "verified" means through a real client: taken as read, or decoded and compared; refused bodies stay unread."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import boto3
import botocore.httpchecksum
import pytest
from boto3.s3.transfer import TransferConfig

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATA = bytes(range(256)) * 8192  # 2 MiB: more than one chunk of the client's framing
KEY = {"Bucket": "photos", "Key": "a"}


class Pipe(io.RawIOBase):
    """A stream that can only be read forward."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._stream.readinto(buffer)


class LyingChecksum(botocore.httpchecksum.Crc32Checksum):
    """A digest that is wrong, as of bytes that changed on their way."""

    def digest(self) -> bytes:
        return b"\0\0\0\0"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        yield fake


def stored_bytes(cos: FakeCOS) -> Any:
    objects = cos.store.buckets["photos"].objects
    return objects["a"].content.read() if "a" in objects else None


def test_bytes_are_stored_as_the_clients_own_object(cos: FakeCOS, package: Any) -> None:
    package.client("s3").put_object(**KEY, Body=DATA)
    assert stored_bytes(cos) is DATA
    body = package.client("s3").get_object(**KEY)["Body"]
    assert body._raw_stream.read() is DATA


def test_a_part_is_stored_as_the_clients_own_object(cos: FakeCOS) -> None:
    client = boto3.client("s3")
    upload = client.create_multipart_upload(**KEY)["UploadId"]
    client.upload_part(**KEY, UploadId=upload, PartNumber=1, Body=DATA)
    (kept,) = cos.store.buckets["photos"].uploads.values()
    assert kept.parts[1].content.read() is DATA


@pytest.mark.parametrize("endpoint", [None, "http://localhost:9000"])
def test_a_file_over_https_and_http(cos: FakeCOS, package: Any, endpoint: str | None) -> None:
    package.client("s3", endpoint_url=endpoint).put_object(**KEY, Body=io.BytesIO(DATA))
    assert stored_bytes(cos) == DATA


def test_a_pipe_is_decoded_and_compared(cos: FakeCOS) -> None:
    boto3.client("s3").put_object(**KEY, Body=Pipe(DATA), ContentLength=len(DATA))
    assert stored_bytes(cos) == DATA


def test_a_digest_of_the_users_own_is_compared(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(botocore.httpchecksum, "_CHECKSUM_CLS", {"crc32": LyingChecksum})
    client = boto3.client("s3")
    # One of the client's own would be trusted to be what it is; this one is not in the client's list any more.
    client.meta.events.register("before-send.s3", lambda **_: monkeypatch.undo())
    with pytest.raises(client.exceptions.ClientError, match="BadDigest"):
        client.put_object(**KEY, Body=DATA)
    assert stored_bytes(cos) is None


def test_a_refused_request_leaves_the_body_unread(cos: FakeCOS) -> None:
    stream = io.BytesIO(DATA)
    client = boto3.client("s3")
    with pytest.raises(client.exceptions.ClientError, match="NoSuchUpload"):
        client.upload_part(**KEY, UploadId="none", PartNumber=1, Body=stream)
    assert stream.tell() == 0
    assert stored_bytes(cos) is None


def test_a_throttled_upload_is_read_as_the_client_reads_it(cos: FakeCOS) -> None:
    config = TransferConfig(max_bandwidth=1 << 40)  # its stream's read() demands an amount
    boto3.client("s3").upload_fileobj(io.BytesIO(DATA), "photos", "a", Config=config)
    assert stored_bytes(cos) == DATA


@pytest.mark.parametrize("size", [0, 1, 3 << 20])
def test_an_answer_of_many_pieces_is_read_in_every_way(size: int, new_client: Callable[..., Any]) -> None:
    data = bytes(size)
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        client = new_client()
        upload = client.create_multipart_upload(**KEY)["UploadId"]
        first = client.upload_part(**KEY, UploadId=upload, PartNumber=1, Body=b"x" * (5 << 20))
        last = client.upload_part(**KEY, UploadId=upload, PartNumber=2, Body=data)
        parts = [{"PartNumber": n, "ETag": part["ETag"]} for n, part in enumerate((first, last), 1)]
        client.complete_multipart_upload(**KEY, UploadId=upload, MultipartUpload={"Parts": parts})
        whole = b"x" * (5 << 20) + data
        assert client.get_object(**KEY)["Body"].read() == whole
        assert b"".join(client.get_object(**KEY)["Body"].iter_chunks(1 << 20)) == whole
        assert client.get_object(**KEY, Range="bytes=5242870-5242889")["Body"].read() == whole[5242870:5242890]
        assert client.head_object(**KEY)["ContentLength"] == len(whole)
        back = io.BytesIO()
        client.download_fileobj("photos", "a", back)
        assert back.getvalue() == whole
