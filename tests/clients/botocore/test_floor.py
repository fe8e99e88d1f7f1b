"""The core of S3 through whichever botocore is installed: `nox -s floor` runs it with the oldest that setup.cfg names.

Its models lack newer members and operations, and it sends no checksum that it is not asked for. So nothing here needs
them.
"""

from __future__ import annotations

import base64
import hashlib
import io
import random
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError, ConnectionClosedError

from fakecos import FakeCOS, Limits, UnclaimedRequestError
from fakecos.faults import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1024 * 1024
DATA = random.Random(1).randbytes(11 * MIB + 5)


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """A fake with one bucket."""
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        yield fake


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    """A client that the test makes itself."""
    return boto3.client("s3", region_name="us-east-1")


def stored(cos: FakeCOS) -> dict[str, bytes]:
    """Return the bodies in the bucket, by key."""
    return {key: view.body for key, view in cos.bucket("photos").objects.items()}


def code_of(refused: pytest.ExceptionInfo[ClientError]) -> str:
    """Return the code of S3's error."""
    code: str = refused.value.response["Error"]["Code"]
    return code


def plain(url: str, **options: Any) -> bytes:
    """Return the body of the answer to a request of plain HTTP."""
    request = urllib.request.Request(url, headers={"Content-Type": ""}, **options)  # noqa: S310  our own
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        body: bytes = answer.read()
        return body


def test_an_object_is_put_read_listed_copied_and_deleted(cos: FakeCOS, s3: Any) -> None:
    put = s3.put_object(Bucket="photos", Key="a b/ä", Body=b"holiday", Metadata={"of": "sea"}, ContentType="image/png")
    assert put["ETag"] == f'"{hashlib.md5(b"holiday").hexdigest()}"'  # noqa: S324  what S3 takes
    got = s3.get_object(Bucket="photos", Key="a b/ä", Range="bytes=1-3")
    assert (got["Body"].read(), got["ContentRange"], got["Metadata"]) == (b"oli", "bytes 1-3/7", {"of": "sea"})
    assert s3.head_object(Bucket="photos", Key="a b/ä")["ContentLength"] == 7
    s3.copy_object(Bucket="photos", Key="b", CopySource={"Bucket": "photos", "Key": "a b/ä"})
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="photos", PaginationConfig={"PageSize": 1})
    assert [each["Key"] for page in pages for each in page["Contents"]] == ["a b/ä", "b"]
    deleted = s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "b"}]})
    assert [each["Key"] for each in deleted["Deleted"]] == ["b"]
    s3.delete_object(Bucket="photos", Key="a b/ä")
    assert stored(cos) == {}


def test_an_upload_in_parts_is_listed_completed_and_judged(cos: FakeCOS, s3: Any) -> None:
    place = {"Bucket": "photos", "Key": "film"}
    place["UploadId"] = s3.create_multipart_upload(**place)["UploadId"]
    md5 = base64.b64encode(hashlib.md5(DATA[: 5 * MIB]).digest()).decode()  # noqa: S324  Content-MD5
    first = s3.upload_part(**place, PartNumber=1, Body=DATA[: 5 * MIB], ContentMD5=md5)["ETag"]
    second = s3.upload_part(**place, PartNumber=2, Body=io.BytesIO(DATA[5 * MIB :]))["ETag"]
    assert [each["PartNumber"] for each in s3.list_parts(**place)["Parts"]] == [1, 2]
    parts = [{"PartNumber": 1, "ETag": first}, {"PartNumber": 2, "ETag": second}]
    with pytest.raises(ClientError) as refused:
        s3.complete_multipart_upload(**place, MultipartUpload={"Parts": parts[::-1]})
    assert (code_of(refused), stored(cos)) == ("InvalidPartOrder", {})
    done = s3.complete_multipart_upload(**place, MultipartUpload={"Parts": parts})
    assert done["ETag"].endswith('-2"')
    assert stored(cos) == {"film": DATA}
    with pytest.raises(ClientError) as refused:
        s3.upload_part(**place, PartNumber=3, Body=b"late")
    assert code_of(refused) == "NoSuchUpload"


def test_small_parts_are_refused_and_an_abort_leaves_nothing(cos: FakeCOS, s3: Any) -> None:
    place = {"Bucket": "photos", "Key": "film"}
    place["UploadId"] = s3.create_multipart_upload(**place)["UploadId"]
    parts = [{"PartNumber": n, "ETag": s3.upload_part(**place, PartNumber=n, Body=b"small")["ETag"]} for n in (1, 2)]
    with pytest.raises(ClientError) as refused:
        s3.complete_multipart_upload(**place, MultipartUpload={"Parts": parts})
    assert (code_of(refused), stored(cos)) == ("EntityTooSmall", {})
    s3.abort_multipart_upload(**place)
    assert cos.open_uploads == []


def test_the_transfer_manager_uploads_downloads_and_copies(cos: FakeCOS, s3: Any) -> None:
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    s3.upload_fileobj(io.BytesIO(DATA), "photos", "film", Config=config)
    assert cos.journal.counts["UploadPart"] == 3
    s3.copy({"Bucket": "photos", "Key": "film"}, "photos", "copy", Config=config)
    got = io.BytesIO()
    boto3.resource("s3", region_name="us-east-1").Bucket("photos").download_fileobj("copy", got, Config=config)
    assert got.getvalue() == DATA
    assert stored(cos) == {"film": DATA, "copy": DATA}


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
@pytest.mark.parametrize("body", [b"holiday", io.BytesIO], ids=["bytes", "stream"])
def test_a_checksum_that_is_asked_for_is_sent_and_compared(algorithm: str, body: Any, cos: FakeCOS, s3: Any) -> None:
    sent = body(b"holiday") if callable(body) else body
    put = s3.put_object(Bucket="photos", Key="a", Body=sent, ChecksumAlgorithm=algorithm)
    got = s3.get_object(Bucket="photos", Key="a", ChecksumMode="ENABLED")
    assert got["Body"].read() == b"holiday"
    assert got[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"]
    wrong = {f"Checksum{algorithm}": base64.b64encode(bytes(4 if algorithm == "CRC32" else 20)).decode()}
    with pytest.raises(ClientError) as refused:
        s3.put_object(Bucket="photos", Key="b", Body=b"holiday", **wrong)
    assert code_of(refused) in {"BadDigest", "InvalidRequest"}
    assert list(stored(cos)) == ["a"]


def test_presigned_urls_put_and_get(cos: FakeCOS, s3: Any) -> None:
    place = {"Bucket": "photos", "Key": "a"}
    assert plain(s3.generate_presigned_url("put_object", place), data=b"holiday", method="PUT") == b""
    assert plain(s3.generate_presigned_url("get_object", place)) == b"holiday"
    with pytest.raises(urllib.error.HTTPError) as refused:
        plain(s3.generate_presigned_url("get_object", {**place, "Key": "b"}))
    assert (refused.value.code, stored(cos)) == (404, {"a": b"holiday"})


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda s3: s3.get_object(Bucket="photos", Key="none"), "NoSuchKey"),
        (lambda s3: s3.list_objects_v2(Bucket="films"), "NoSuchBucket"),
        (lambda s3: s3.head_object(Bucket="photos", Key="none"), "404"),
        (lambda s3: s3.get_bucket_policy(Bucket="photos"), "NoSuchBucketPolicy"),
    ],
)
def test_refusals_are_s3s_own(call: Any, code: str, s3: Any) -> None:
    with pytest.raises(ClientError) as refused:
        call(s3)
    assert code_of(refused) == code


def test_a_busy_service_is_asked_again_and_a_connection_fails(cos: FakeCOS, s3: Any) -> None:
    busy = cos.inject("PutObject", error="SlowDown", times=2)
    s3.put_object(Bucket="photos", Key="a", Body=b"holiday")
    assert busy.hits == 2
    cos.inject("GetObject", transport=Transport.CLOSED, times=5)  # as often as the client tries
    with pytest.raises(ConnectionClosedError):
        s3.get_object(Bucket="photos", Key="a")
    assert s3.get_object(Bucket="photos", Key="a")["Body"].read() == b"holiday"


def test_other_services_are_refused_by_name(cos: FakeCOS) -> None:
    with pytest.raises(UnclaimedRequestError, match="GetCallerIdentity"):
        boto3.client("sts", region_name="us-east-1").get_caller_identity()
    cos.errors.clear()


def test_a_client_is_answered_that_was_made_before() -> None:
    names: dict[str, Any] = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "region_name": "us-east-1"}
    client = boto3.Session().client("s3", **names)
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        assert client.list_buckets()["Buckets"] == []
        assert cos.client().list_buckets()["Buckets"] == []
