"""The transfers of boto3 and ibm_boto3, unchanged and with threads: files, streams, copies, resources, waiters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from boto3.s3.transfer import TransferConfig
from ibm_boto3.s3.transfer import TransferConfig as IbmTransferConfig

from fakecos.contract.promises.transfer import BODY, SIZE
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET, IBM, KEY, MIB
from fakecos.contract.steps.uploads import create_upload
from fakecos.facts import checksums
from tests.support.constants import RECORDED, US_SOUTH
from tests.support.objects import stored_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS


@pytest.fixture
def config(dialect: str) -> Any:
    made = IbmTransferConfig if dialect == IBM else TransferConfig
    return made(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)


@pytest.fixture
def resource(dialect: str, cos: FakeCOS) -> Any:
    return ibm_boto3.resource("s3", endpoint_url=US_SOUTH) if dialect == IBM else boto3.resource("s3")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cat.jpg"
    path.write_bytes(BODY)
    return path


def test_upload_file_sends_parts_with_threads(cos: FakeCOS, client: Any, config: Any, source: Path) -> None:
    seen: list[int] = []
    client.upload_file(str(source), BUCKET, KEY, Config=config, Callback=seen.append)
    stored = stored_object(cos)
    assert stored.body == BODY
    assert [part.size for part in stored.parts] == [5 * MIB, 5 * MIB, SIZE - 10 * MIB]
    assert sum(seen) == SIZE
    assert cos.journal.counts["UploadPart"] == 3


def test_the_object_has_the_composite_crc32_of_the_client(cos: FakeCOS, client: Any, config: Any, source: Path) -> None:
    """Source: recorded aws-multipart 61: upload_file asks for CRC32, so the object is COMPOSITE `-N`."""
    client.upload_file(str(source), BUCKET, KEY, Config=config)
    pieces = [BODY[at : at + 5 * MIB] for at in range(0, SIZE, 5 * MIB)]
    crc32 = checksums.CRC32
    value = crc32.encode(crc32.compute([b"".join(crc32.compute([piece]) for piece in pieces)]))
    got = client.get_object(Bucket=BUCKET, Key=KEY)
    assert (got["ChecksumCRC32"], got["ChecksumType"]) == (f"{value}-3", "COMPOSITE")


def test_the_recorded_small_file(client: Any, config: Any, tmp_path: Path) -> None:
    """Source: recorded aws-multipart 61: 6 KiB, a threshold of 5 KiB: one part, since clients raise the part size."""
    path = tmp_path / "small"
    path.write_bytes(b"\x00" * 6144)
    config.multipart_threshold = config.multipart_chunksize = 5 * 1024
    client.upload_file(str(path), BUCKET, KEY, Config=config)
    got = members_of(client.get_object(Bucket=BUCKET, Key=KEY))
    assert got["ContentLength"] == 6144
    assert got["ETag"].endswith('-1"')
    assert got["ChecksumCRC32"].endswith("-1")
    assert got["ChecksumType"] == "COMPOSITE"


def test_upload_fileobj_and_download_fileobj(client: Any, config: Any) -> None:
    client.upload_fileobj(io.BytesIO(BODY), BUCKET, KEY, Config=config)
    target = io.BytesIO()
    client.download_fileobj(BUCKET, KEY, target, Config=config)
    assert target.getvalue() == BODY


def test_a_stream_that_cannot_seek_is_uploaded(cos: FakeCOS, client: Any, config: Any) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.inner = io.BytesIO(BODY)

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return self.inner.read(size)

    client.upload_fileobj(Pipe(), BUCKET, KEY, Config=config)
    assert stored_object(cos).body == BODY


def test_download_file_with_threads(cos: FakeCOS, client: Any, config: Any, source: Path, tmp_path: Path) -> None:
    client.upload_file(str(source), BUCKET, KEY, Config=config)
    target = tmp_path / "copy.jpg"
    client.download_file(BUCKET, KEY, str(target), Config=config)
    assert target.read_bytes() == BODY
    assert cos.journal.counts["GetObject"] == 3


def test_copy_uses_parts_and_shares_the_bytes(cos: FakeCOS, client: Any, config: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="source", Body=BODY)
    client.copy({"Bucket": BUCKET, "Key": "source"}, BUCKET, KEY, Config=config)
    assert cos.journal.counts["UploadPartCopy"] == 3
    assert stored_object(cos).body == BODY


def test_a_small_copy_is_one_request(cos: FakeCOS, client: Any, config: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="source", Body=b"small")
    client.copy({"Bucket": BUCKET, "Key": "source"}, BUCKET, KEY, Config=config)
    assert cos.journal.counts["CopyObject"] == 1
    assert stored_object(cos).body == b"small"


def test_an_upload_that_fails_is_aborted_by_the_client(cos: FakeCOS, client: Any, config: Any) -> None:
    """s3transfer aborts when a part is refused: nothing is left open."""

    def spoil(request: Any, **_: Any) -> None:
        if "partNumber=2" in request.url:
            request.headers["Content-MD5"] = "1B2M2Y8AsgTpgAmY7PhCfg=="

    client.meta.events.register("before-send.s3.UploadPart", spoil)
    with pytest.raises(Exception, match="BadDigest"):
        client.upload_fileobj(io.BytesIO(BODY), BUCKET, KEY, Config=config)
    assert cos.journal.counts["AbortMultipartUpload"] == 1
    assert cos.store.buckets[BUCKET].uploads == {}
    assert cos.store.billed_bytes == 0


@pytest.mark.as_of(RECORDED)
def test_sse_c_goes_through_a_transfer(cos: FakeCOS, client: Any, config: Any) -> None:
    key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    client.upload_fileobj(io.BytesIO(BODY), BUCKET, KEY, ExtraArgs=key, Config=config)
    target = io.BytesIO()
    client.download_fileobj(BUCKET, KEY, target, ExtraArgs=key, Config=config)
    assert target.getvalue() == BODY


# --- resources, collections, waiters, paginators ----------------------------------------------------------


@pytest.mark.only_patch("it makes its own client")
def test_a_resource_uploads_and_reads(cos: FakeCOS, resource: Any, config: Any, source: Path) -> None:
    handle = resource.Object(BUCKET, KEY)
    handle.upload_file(str(source), Config=config)
    assert handle.content_length == SIZE
    assert handle.get()["Body"].read() == BODY
    assert [item.key for item in resource.Bucket(BUCKET).objects.all()] == [KEY]


@pytest.mark.only_patch("it makes its own client")
def test_a_resource_walks_an_upload(cos: FakeCOS, resource: Any) -> None:
    upload = resource.Object(BUCKET, KEY).initiate_multipart_upload()
    etags = [upload.Part(number).upload(Body=body)["ETag"] for number, body in ((1, bytes(5 * MIB)), (2, b"last"))]
    assert [part.part_number for part in upload.parts.all()] == [1, 2]
    assert [item.id for item in resource.Bucket(BUCKET).multipart_uploads.all()] == [upload.id]
    parts = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, 1)]
    made = upload.complete(MultipartUpload={"Parts": parts})
    assert made.content_length == 5 * MIB + 4


@pytest.mark.only_patch("it makes its own client")
def test_a_resource_aborts_what_was_left_open(cos: FakeCOS, resource: Any, client: Any) -> None:
    for number in range(3):
        create_upload(client, f"key-{number}")
    for upload in resource.Bucket(BUCKET).multipart_uploads.all():
        upload.abort()
    assert cos.store.buckets[BUCKET].uploads == {}


@pytest.mark.parametrize("calculation", ["when_supported", "when_required"])
def test_both_settings_of_the_checksum_calculation_work(
    cos: FakeCOS, make_client: Callable[..., Any], dialect: str, config: Any, calculation: str
) -> None:
    client = make_client(dialect, config={"request_checksum_calculation": calculation})
    client.upload_fileobj(io.BytesIO(BODY), BUCKET, KEY, Config=config)
    stored = stored_object(cos)
    assert stored.body == BODY
    kind = "COMPOSITE" if calculation == "when_supported" else "FULL_OBJECT"
    assert stored.checksum.type == kind


def test_the_body_is_of_an_odd_size() -> None:
    assert len(BODY) == SIZE
