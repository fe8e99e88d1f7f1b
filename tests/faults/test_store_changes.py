"""What somebody else does: an upload that is aborted or completed, a bucket that goes, a part that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.faults import Meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def part(aws: Any, upload: dict[str, Any], number: int, body: bytes = b"x") -> dict[str, Any]:
    return {"PartNumber": number, "ETag": aws.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}


def complete(client: Any, upload: dict[str, Any], *parts: dict[str, Any]) -> Any:
    return client.complete_multipart_upload(**upload, MultipartUpload={"Parts": list(parts)})


@pytest.mark.parametrize("operation", ["UploadPart", "CompleteMultipartUpload", "ListParts"])
def test_the_upload_was_aborted_by_somebody_else(
    cos: FakeCOS, client: Any, upload: dict[str, Any], operation: str
) -> None:
    calls: dict[str, Callable[[], Any]] = {
        "UploadPart": lambda: part(client, upload, 2),
        "CompleteMultipartUpload": lambda: complete(client, upload, {"PartNumber": 1, "ETag": "x"}),
        "ListParts": lambda: client.list_parts(**upload),
    }
    fault = cos.inject(operation, meanwhile=Meanwhile.UPLOAD_ABORTED)
    with pytest.raises(client.exceptions.NoSuchUpload):
        calls[operation]()
    assert fault.hits == 1
    assert not cos.store.buckets["photos"].uploads
    assert not cos.store.buckets["photos"].objects


def test_an_abort_of_what_somebody_else_aborted_succeeds(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    """Source: public: aws-changes 7."""
    fault = cos.inject("AbortMultipartUpload", meanwhile=Meanwhile.UPLOAD_ABORTED)
    aws.abort_multipart_upload(**upload)
    assert fault.hits == 1
    assert not cos.store.buckets["photos"].uploads


def test_the_upload_was_completed_by_somebody_else(cos: FakeCOS, client: Any, upload: dict[str, Any]) -> None:
    cos.inject("UploadPart", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    with pytest.raises(client.exceptions.NoSuchUpload):
        part(client, upload, 2)
    assert cos.store.buckets["photos"].objects["film.mp4"].body == b"first"


def test_a_complete_after_somebody_elses_with_the_same_parts_is_answered_alike(
    cos: FakeCOS, aws: Any, upload: dict[str, Any]
) -> None:
    named = part(aws, upload, 1, b"first")
    cos.inject("CompleteMultipartUpload", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    answer = complete(aws, upload, named)
    assert answer["ETag"].strip('"') == cos.store.buckets["photos"].objects["film.mp4"].etag


def test_somebody_elses_object_is_a_version_too(cos: FakeCOS, client: Any, upload: dict[str, Any]) -> None:
    client.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    client.put_object(Bucket="photos", Key="film.mp4", Body=b"mine")
    cos.inject("UploadPart", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    with pytest.raises(client.exceptions.NoSuchUpload):
        part(client, upload, 2)
    versions: Any = cos.bucket("photos").versions["film.mp4"]
    assert [version.body for version in versions] == [b"first", b"mine"]
    assert versions[0].version_id != versions[1].version_id != "null"


def test_a_version_rots_where_it_is(cos: FakeCOS, client: Any) -> None:
    client.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = client.put_object(Bucket="photos", Key="a", Body=b"@")["VersionId"]
    cos.corrupt_stored("photos", "a", bit=0)
    (only,) = cos.bucket("photos").versions["a"]
    assert only.version_id == version
    assert only == b"A"
    assert cos.bucket("photos").objects["a"] == b"A"


def test_a_complete_after_somebody_elses_with_other_parts_is_refused(
    cos: FakeCOS, aws: Any, upload: dict[str, Any]
) -> None:
    named = [part(aws, upload, 1, b"first"), part(aws, upload, 2)]
    cos.inject("CompleteMultipartUpload", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    with pytest.raises(aws.exceptions.NoSuchUpload):
        complete(aws, upload, named[0])
    assert cos.store.buckets["photos"].objects["film.mp4"].body == b"firstx"


@pytest.mark.parametrize("kind", ["COMPOSITE", "FULL_OBJECT"])
def test_somebody_elses_complete_has_the_checksum_of_the_upload(cos: FakeCOS, aws: Any, kind: str) -> None:
    upload = {"Bucket": "photos", "Key": "a"}
    created = aws.create_multipart_upload(**upload, ChecksumAlgorithm="CRC32", ChecksumType=kind)
    upload["UploadId"] = created["UploadId"]
    part(aws, upload, 1, b"hello")
    cos.inject("ListParts", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    with pytest.raises(aws.exceptions.NoSuchUpload):
        aws.list_parts(**upload)
    checksum = cos.store.buckets["photos"].objects["a"].checksum
    assert checksum is not None
    assert (checksum.algorithm.name, checksum.type) == ("CRC32", kind)
    assert aws.get_object(Bucket="photos", Key="a", ChecksumMode="ENABLED")["Body"].read() == b"hello"


def test_an_upload_that_cannot_be_completed_is_not_hit(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    empty = {**upload, "UploadId": aws.create_multipart_upload(Bucket="photos", Key="film.mp4")["UploadId"]}
    fault = cos.inject("ListParts", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    aws.list_parts(**empty)
    assert (fault.hits, fault.reasons_missed) == (0, ["its upload has no part to complete it with"])
    part(aws, empty, 1, b"")
    part(aws, empty, 2)
    aws.list_parts(**empty)
    assert fault.reasons_missed[1:] == ["its upload has a part that is too small to complete it"]
    fault.cancel()


def test_a_composite_upload_with_gaps_cannot_be_completed(cos: FakeCOS, aws: Any) -> None:
    upload = {"Bucket": "photos", "Key": "a"}
    upload["UploadId"] = aws.create_multipart_upload(**upload, ChecksumAlgorithm="SHA256")["UploadId"]
    aws.upload_part(**upload, PartNumber=2, Body=b"x", ChecksumAlgorithm="SHA256")
    fault = cos.inject("ListParts", meanwhile=Meanwhile.UPLOAD_COMPLETED)
    aws.list_parts(**upload)
    assert "gaps" in fault.reasons_missed[0]
    fault.cancel()


@pytest.mark.parametrize("operation", ["PutObject", "UploadPart", "ListObjects"])
def test_the_bucket_is_gone(cos: FakeCOS, client: Any, upload: dict[str, Any], operation: str) -> None:
    calls: dict[str, Callable[[], Any]] = {
        "PutObject": lambda: client.put_object(Bucket="photos", Key="a", Body=b"x"),
        "UploadPart": lambda: part(client, upload, 2),
        "ListObjects": lambda: client.list_objects(Bucket="photos"),
    }
    cos.inject(operation, meanwhile=Meanwhile.BUCKET_GONE)
    with pytest.raises(client.exceptions.NoSuchBucket):
        calls[operation]()
    assert not cos.store.buckets


def test_a_part_is_lost_after_it_was_acknowledged(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    fault = cos.inject("UploadPart", part_number=2, meanwhile=Meanwhile.PART_LOST)
    named = [part(aws, upload, 1), part(aws, upload, 2)]
    assert fault.hits == 1
    assert [listed["PartNumber"] for listed in aws.list_parts(**upload)["Parts"]] == [1]
    with pytest.raises(aws.exceptions.ClientError, match="InvalidPart"):
        complete(aws, upload, *named)
    complete(aws, upload, named[0], part(aws, upload, 2))


def test_a_copied_part_is_lost_too(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    cos.put_object("photos", "source", b"x")
    cos.inject("UploadPartCopy", meanwhile=Meanwhile.PART_LOST)
    aws.upload_part_copy(**upload, PartNumber=2, CopySource="photos/source")
    assert list(cos.store.buckets["photos"].uploads[upload["UploadId"]].parts) == [1]


def test_a_create_that_is_delivered_twice_leaks_an_upload(cos: FakeCOS, aws: Any) -> None:
    cos.inject("CreateMultipartUpload", meanwhile=Meanwhile.DELIVERED_TWICE)
    upload = aws.create_multipart_upload(Bucket="photos", Key="a")["UploadId"]
    first, second = cos.store.buckets["photos"].uploads
    assert upload == second != first


def test_an_abort_that_is_delivered_twice_is_answered_as_once(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    """Source: public: aws-changes 7."""
    cos.inject("AbortMultipartUpload", meanwhile=Meanwhile.DELIVERED_TWICE)
    aws.abort_multipart_upload(**upload)
    assert not cos.store.buckets["photos"].uploads


def test_a_complete_that_is_delivered_twice_is_answered_as_once(
    cos: FakeCOS, client: Any, upload: dict[str, Any]
) -> None:
    cos.inject("CompleteMultipartUpload", meanwhile=Meanwhile.DELIVERED_TWICE)
    named = {"PartNumber": 1, "ETag": cos.store.buckets["photos"].uploads[upload["UploadId"]].parts[1].etag}
    assert complete(client, upload, named)["ETag"].endswith('-1"')


def test_a_body_that_is_delivered_twice_is_stored_once(cos: FakeCOS, client: Any, upload: dict[str, Any]) -> None:
    cos.inject(["PutObject", "UploadPart"], meanwhile=Meanwhile.DELIVERED_TWICE, times=2)
    client.put_object(Bucket="photos", Key="a", Body=b"hello")
    part(client, upload, 1, b"again")
    assert cos.store.buckets["photos"].objects["a"].body == b"hello"
    assert cos.store.buckets["photos"].uploads[upload["UploadId"]].parts[1].body == b"again"


def test_a_conditional_put_that_is_delivered_twice_fails_on_itself(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", meanwhile=Meanwhile.DELIVERED_TWICE)
    with pytest.raises(aws.exceptions.ClientError, match="PreconditionFailed"):
        aws.put_object(Bucket="photos", Key="a", Body=b"hello", IfNoneMatch="*")
    assert cos.store.buckets["photos"].objects["a"].body == b"hello"


def test_somebody_else_wrote_under_the_key_so_that_a_condition_fails(cos: FakeCOS, aws: Any) -> None:
    cos.put_object("photos", "list", b"one")
    etag = aws.head_object(Bucket="photos", Key="list")["ETag"]
    fault = cos.inject("PutObject", meanwhile=Meanwhile.OBJECT_WRITTEN)
    with pytest.raises(aws.exceptions.ClientError, match="PreconditionFailed"):
        aws.put_object(Bucket="photos", Key="list", Body=b"two", IfMatch=etag)
    assert fault.hits == 1
    assert cos.store.buckets["photos"].objects["list"].body == b"one\n"


def test_somebody_else_was_the_first_to_write(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", meanwhile=Meanwhile.OBJECT_WRITTEN)
    with pytest.raises(aws.exceptions.ClientError, match="PreconditionFailed"):
        aws.put_object(Bucket="photos", Key="new", Body=b"mine", IfNoneMatch="*")
    stored = aws.get_object(Bucket="photos", Key="new")
    assert stored["Body"].read() == b"written by somebody else\n"
