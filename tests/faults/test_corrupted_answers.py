"""Answers that change on their way back, and bytes that decay at rest: the client's own checks must notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.objects import read_object
from fakecos.faults import Corrupt

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

BODY = b"hello world"


@pytest.fixture(autouse=True)
def _stored(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket="photos", Key="a", Body=BODY)


@pytest.mark.parametrize(
    "corrupt",
    [Corrupt.flip(9), Corrupt.short(4), Corrupt.pad(2), Corrupt.repeat(3), Corrupt.checksum("AAAAAA==")],
    ids=repr,
)
def test_the_client_sees_that_the_checksum_does_not_match(
    cos: FakeCOS, client: Any, exceptions: ModuleType, corrupt: Corrupt
) -> None:
    fault = cos.inject("GetObject", corrupt_answer=corrupt)
    with pytest.raises(exceptions.FlexibleChecksumError):
        read_object(client, "a")
    assert fault.hits == 1
    assert read_object(client, "a") == BODY


def test_a_cut_body_is_an_incomplete_read(cos: FakeCOS, client: Any, exceptions: ModuleType) -> None:
    cos.inject("GetObject", corrupt_answer=Corrupt.cut(4))
    answer = client.get_object(Bucket="photos", Key="a")
    assert answer["ContentLength"] == len(BODY)
    with pytest.raises(exceptions.IncompleteReadError):
        answer["Body"].read()


def test_a_short_body_says_that_it_is_short(cos: FakeCOS, client: Any) -> None:
    cos.inject("GetObject", corrupt_answer=Corrupt.short(4))
    assert client.get_object(Bucket="photos", Key="a")["ContentLength"] == 4


def test_without_a_checksum_nobody_notices_a_flipped_bit(
    cos: FakeCOS, make_client: Callable[..., Any], package: str
) -> None:
    client = make_client(package, config={"response_checksum_validation": "when_required"})
    cos.inject("GetObject", corrupt_answer=Corrupt.flip(0))
    assert read_object(client, "a") == b"i" + BODY[1:]


def test_a_missing_checksum_header(cos: FakeCOS, client: Any) -> None:
    cos.inject("GetObject", corrupt_answer=Corrupt.checksum(None))
    answer = client.get_object(Bucket="photos", Key="a")
    assert answer["Body"].read() == BODY
    assert "ChecksumCRC32" not in answer


@pytest.mark.parametrize("etag", ["unquoted", '"wrong"', None])
@pytest.mark.parametrize("operation", ["PutObject", "HeadObject", "GetObject"])
def test_the_etag_of_a_header(cos: FakeCOS, client: Any, operation: str, etag: str | None) -> None:
    cos.inject(operation, corrupt_answer=Corrupt.etag(etag))
    calls = {
        "PutObject": lambda: client.put_object(Bucket="photos", Key="b", Body=b"x"),
        "HeadObject": lambda: client.head_object(Bucket="photos", Key="a"),
        "GetObject": lambda: client.get_object(Bucket="photos", Key="a"),
    }
    assert calls[operation]().get("ETag") == etag


@pytest.mark.parametrize("etag", ["unquoted", '"wrong"', None])
def test_the_etag_of_a_document(cos: FakeCOS, client: Any, etag: str | None) -> None:
    cos.inject("CopyObject", corrupt_answer=Corrupt.etag(etag))
    copied = client.copy_object(Bucket="photos", Key="b", CopySource="photos/a")
    assert copied["CopyObjectResult"].get("ETag") == etag


def test_the_checksum_of_a_document(cos: FakeCOS, client: Any) -> None:
    cos.inject("CopyObject", corrupt_answer=Corrupt.checksum("AAAAAA=="))
    copied = client.copy_object(Bucket="photos", Key="b", CopySource="photos/a")
    assert copied["CopyObjectResult"]["ChecksumCRC32"] == "AAAAAA=="


def test_malformed_xml_is_tried_again_or_told(cos: FakeCOS, make_client: Callable[..., Any], package: str) -> None:
    client = make_client(package)
    fault = cos.inject("ListObjects", corrupt_answer=Corrupt.xml())
    if package == "boto3":
        assert client.list_objects(Bucket="photos")["Contents"]
    else:  # wire 4: ibm_botocore raises at once
        with pytest.raises(Exception, match="Unable to parse response"):
            client.list_objects(Bucket="photos")
    assert fault.hits == 1


@pytest.mark.parametrize("corrupt", [Corrupt.white_space(1), Corrupt.white_space(10_000)], ids=repr)
def test_white_space_that_keeps_the_connection_alive_is_no_error(
    cos: FakeCOS, client: Any, upload: dict[str, Any], corrupt: Corrupt
) -> None:
    etag = cos.store.buckets["photos"].uploads[upload["UploadId"]].parts[1].etag
    fault = cos.inject("CompleteMultipartUpload", corrupt_answer=corrupt)
    answer = client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    assert answer["ETag"].endswith('-1"')
    assert fault.hits == 1


@pytest.mark.parametrize(
    ("operation", "corrupt"),
    [("DeleteObject", Corrupt.etag("x")), ("GetObject", Corrupt.flip(88)), ("GetObject", Corrupt.xml())],
    ids=repr,
)
def test_an_answer_without_that_is_not_hit(cos: FakeCOS, client: Any, operation: str, corrupt: Corrupt) -> None:
    fault = cos.inject(operation, corrupt_answer=corrupt)
    {"DeleteObject": client.delete_object, "GetObject": client.get_object}[operation](Bucket="photos", Key="a")
    assert (fault.hits, fault.reasons_missed) == (0, ["the answer had nothing of that kind"])
    fault.cancel()


# --- corrupt_stored -------------------------------------------------------------------------------------------------


def test_an_object_rots(cos: FakeCOS, client: Any, exceptions: ModuleType) -> None:
    stored = cos.store.buckets["photos"].objects["a"]
    cos.corrupt_stored("photos", "a", bit=0)
    rotten = cos.store.buckets["photos"].objects["a"]
    assert rotten.body == b"i" + BODY[1:]
    assert (rotten.etag, rotten.checksum, rotten.last_modified) == (stored.etag, stored.checksum, stored.last_modified)
    assert stored.body == BODY  # a snapshot that holds it stays whole
    with pytest.raises(exceptions.FlexibleChecksumError):
        read_object(client, "a")


def test_equal_bytes_elsewhere_do_not_rot(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket="photos", Key="same", Body=BODY)
    cos.corrupt_stored("photos", "a", bit=-1)
    assert client.get_object(Bucket="photos", Key="same")["Body"].read() == BODY
    client.put_object(Bucket="photos", Key="a", Body=BODY)
    assert read_object(client, "a") == BODY


def test_a_part_rots_and_the_object_is_completed_without_notice(
    cos: FakeCOS, client: Any, exceptions: ModuleType
) -> None:
    upload = {"Bucket": "photos", "Key": "film.mp4"}
    created = client.create_multipart_upload(**upload, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    upload["UploadId"] = created["UploadId"]
    client.upload_part(**upload, PartNumber=1, Body=b"first")
    parts = cos.store.buckets["photos"].uploads[upload["UploadId"]].parts
    cos.corrupt_stored("photos", "film.mp4", part_number=1)
    assert parts[1].body == b"girst"
    named = [{"PartNumber": 1, "ETag": parts[1].etag}]
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": named})
    with pytest.raises(exceptions.FlexibleChecksumError):
        client.get_object(Bucket="photos", Key="film.mp4")["Body"].read()


def test_a_part_of_a_completed_object_rots(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    etags = [aws.upload_part(**upload, PartNumber=n, Body=bytes([n]) * 4)["ETag"] for n in (1, 2, 3)]
    named = [{"PartNumber": n, "ETag": etag} for n, etag in enumerate(etags, start=1)]
    aws.complete_multipart_upload(**upload, MultipartUpload={"Parts": named})
    cos.corrupt_stored("photos", "film.mp4", bit=-1, part_number=2)
    assert cos.store.buckets["photos"].objects["film.mp4"].body == b"\1\1\1\1\2\2\2\x82\3\3\3\3"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"bucket": "nowhere", "key": "a"}, "no bucket 'nowhere'"),
        ({"bucket": "photos", "key": "b"}, "no object 'b' in 'photos'"),
        ({"bucket": "photos", "key": "a", "bit": 88}, "no bit 88 in 11 bytes"),
        ({"bucket": "photos", "key": "a", "bit": -89}, "no bit -89 in 11 bytes"),
        ({"bucket": "photos", "key": "a", "part_number": 2}, "'a' has no part 2"),
        ({"bucket": "photos", "key": "film.mp4", "part_number": 1, "bit": 99}, "no bit 99 in 5 bytes"),
        ({"bucket": "photos", "key": "film.mp4", "part_number": 1, "upload_id": "x"}, "id 'x' is open"),
    ],
)
def test_what_is_not_there_cannot_rot(cos: FakeCOS, upload: dict[str, Any], named: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        cos.corrupt_stored(**named)


def test_two_uploads_that_have_the_part_must_be_told_apart(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    other = {**upload, "UploadId": aws.create_multipart_upload(Bucket="photos", Key="film.mp4")["UploadId"]}
    aws.upload_part(**other, PartNumber=1, Body=b"first")
    with pytest.raises(UsageError, match="2 open uploads"):
        cos.corrupt_stored("photos", "film.mp4", part_number=1)
    cos.corrupt_stored("photos", "film.mp4", part_number=1, upload_id=other["UploadId"])
    uploads = cos.store.buckets["photos"].uploads
    assert uploads[upload["UploadId"]].parts[1].body == b"first"
    assert uploads[other["UploadId"]].parts[1].body == b"girst"
    with pytest.raises(UsageError, match="has no part 9"):
        cos.corrupt_stored("photos", "film.mp4", part_number=9, upload_id=other["UploadId"])
