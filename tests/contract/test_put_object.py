"""PutObject: what is stored, what the answer says, and what is refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of, specific_headers
from tests.support.constants import AWS, BUCKET
from tests.support.messages import HEADER_NOT_IMPLEMENTED
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fakecos import FakeCOS


class CountedBytes(io.BytesIO):
    """A file that counts how often it was read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_the_answer_says_checksum_etag_and_encryption_and_nothing_else(client: Any) -> None:
    # recorded aws-objects 1
    answer = client.put_object(
        Bucket=BUCKET,
        Key="key",
        Body=b"abc123",
        ContentLanguage="de",
        ContentDisposition='attachment; filename="foo.jpg"',
        CacheControl="no-cache",
    )
    assert http_status(answer) == 200
    assert members_of(answer) == {
        "ChecksumCRC32": "zwK7XA==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"e99a18c428cb38d5f260853678922e03"',
        "ServerSideEncryption": "AES256",
    }
    assert specific_headers(answer) == {
        "content-length": "0",
        "etag": '"e99a18c428cb38d5f260853678922e03"',
        "x-amz-checksum-crc32": "zwK7XA==",
        "x-amz-checksum-type": "FULL_OBJECT",
        "x-amz-server-side-encryption": "AES256",
    }


def test_what_was_put_is_what_is_stored(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="key", Body=b"abc123")
    (stored,) = cos.store.buckets[BUCKET].objects.values()
    assert (stored.key, stored.body, stored.size, stored.is_multipart) == ("key", b"abc123", 6, False)
    assert cos.store.billed_bytes == 6


@pytest.mark.parametrize(
    "body",
    [b"bytes", bytearray(b"bytes"), "bytes", io.BytesIO(b"bytes"), None],
    ids=["bytes", "bytearray", "str", "BytesIO", "a file on disk"],
)
def test_every_kind_of_body_arrives_whole(cos: FakeCOS, client: Any, body: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"bytes")
    with (tmp_path / "file").open("rb") as file:
        if isinstance(body, io.BytesIO):
            body.seek(0)
        client.put_object(Bucket=BUCKET, Key="key", Body=file if body is None else body)
    assert cos.store.buckets[BUCKET].objects["key"].body == b"bytes"


def test_no_body_is_an_empty_object(client: Any) -> None:
    # the digests: recorded aws-objects 9 and 23
    answer = members_of(client.put_object(Bucket=BUCKET, Key="key"))
    assert answer["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'
    assert answer["ChecksumCRC32"] == "AAAAAA=="
    assert members_of(client.get_object(Bucket=BUCKET, Key="key"))["Body"] == b""


def test_a_body_that_looks_like_xml_is_stored_as_it_is(client: Any) -> None:
    # recorded aws-objects 4
    body = b'<?xml version="1.0" encoding="UTF-8"?><test/>'
    client.put_object(Bucket=BUCKET, Key="key", Body=body)
    answer = members_of(client.get_object(Bucket=BUCKET, Key="key"))
    assert answer["Body"] == body
    assert answer["ChecksumCRC32"] == "hkzSQw=="
    assert answer["ETag"] == '"8a793423f1e69103a7056b99e4ad6c0b"'
    assert answer["ContentLength"] == 45


def test_a_second_put_replaces_the_object_and_all_that_it_carried(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: "If you overwrite an object, the new one replaces it"; nothing is merged
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1", Metadata={"a": "b"}, ContentType="text/plain", Tagging="t=1")
    client.put_object(Bucket=BUCKET, Key="key", Body=b"22")
    answer = members_of(client.get_object(Bucket=BUCKET, Key="key"))
    assert (answer["Body"], answer["Metadata"], answer["ContentType"]) == (b"22", {}, "binary/octet-stream")
    assert "TagCount" not in answer
    assert list(cos.store.buckets[BUCKET].objects) == ["key"]


def test_without_a_checksum_s3_takes_crc64nvme(make_client: Callable[..., Any], dialect: str) -> None:
    # recorded aws-checksums-and-sse 4
    client = make_client(dialect, config={"request_checksum_calculation": "when_required"})
    answer = members_of(client.put_object(Bucket=BUCKET, Key="key", Body=b"data"))
    assert answer == {
        "ChecksumCRC64NVME": answer["ChecksumCRC64NVME"],
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"8d777f385d3dfec8815d20f7496026dc"',
        "ServerSideEncryption": "AES256",
    }
    assert "ChecksumCRC64NVME" in members_of(client.head_object(Bucket=BUCKET, Key="key", ChecksumMode="ENABLED"))


def test_a_missing_bucket_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 7
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.put_object(Bucket="no-such-bucket", Key="key", Body=b"1")


def test_an_unknown_canned_acl_is_refused_with_an_empty_message(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 63
    with refused(cos, "InvalidArgument", status=400, ArgumentName="x-amz-acl", ArgumentValue="fake-acl") as answer:
        client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL="fake-acl")
    assert not answer["Error"].get("Message")


@pytest.mark.parametrize("acl", ["public-read", "public-read-write", "authenticated-read", "aws-exec-read"])
@pytest.mark.parametrize("dialect", [AWS])
def test_a_bucket_without_acls_takes_none_that_gives_away(cos: FakeCOS, client: Any, acl: str) -> None:
    # documented by AWS: Object Ownership; the words: public
    with refused(cos, "AccessControlListNotSupported", "The bucket does not allow ACLs", 400):
        client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL=acl)


@pytest.mark.parametrize("acl", ["private", "bucket-owner-full-control"])
def test_a_bucket_without_acls_takes_those_that_give_nothing_away(client: Any, acl: str) -> None:
    # documented by AWS: Object Ownership
    assert http_status(client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL=acl)) == 200


@pytest.mark.one_door("it counts how often the body is read")
@pytest.mark.limits(max_put_size=10)
@pytest.mark.only_patch("a small body is sent at once")
def test_too_large_a_body_is_refused_before_a_byte_is_read(cos: FakeCOS, client: Any) -> None:
    # public; the 5 GiB are documented
    body = CountedBytes(b"x" * 11)
    with refused(
        cos,
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size",
        400,
        ProposedSize="11",
        MaxSizeAllowed="10",
    ):
        client.put_object(Bucket=BUCKET, Key="key", Body=body)
    assert body.reads == 0


@pytest.mark.limits(max_put_size=10)
def test_the_largest_body_is_taken(client: Any) -> None:
    # documented by AWS: "up to 5 GB in a single PUT"
    assert http_status(client.put_object(Bucket=BUCKET, Key="key", Body=b"x" * 10)) == 200


def test_appending_is_for_directory_buckets(cos: FakeCOS, aws: Any) -> None:
    # documented by AWS: x-amz-write-offset-bytes "is only supported for directory buckets"; the answer: assumed
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header="x-amz-write-offset-bytes"):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", WriteOffsetBytes=0)


def test_a_lock_needs_a_bucket_with_object_lock(cos: FakeCOS, client: Any) -> None:
    # public: aws-changes 34
    with refused(cos, "InvalidRequest", "Bucket is missing ObjectLockConfiguration", 400):
        client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ObjectLockLegalHoldStatus="ON")


def test_another_account_than_the_expected_one_is_denied(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 19
    with refused(cos, "AccessDenied", "Access Denied", 403):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ExpectedBucketOwner="999999999999")


def test_the_expected_account_is_let_in(aws: Any) -> None:
    # recorded aws-bucket-configuration 19
    assert http_status(aws.put_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner="123456789012")) == 200


@pytest.mark.parametrize("owner", ["0000000000020", "0000", "aa000000000$", "abcd"])
def test_an_expected_account_that_is_none_is_refused(cos: FakeCOS, aws: Any, owner: str) -> None:
    # recorded aws-bucket-configuration 20
    message = f"The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]"
    with refused(cos, "InvalidBucketOwnerAWSAccountID", message, 400):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ExpectedBucketOwner=owner)


def test_ibm_ignores_the_expected_account(make_client: Callable[..., Any]) -> None:
    # ibm-cos 3.1
    client = make_client("ibm")
    assert http_status(client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ExpectedBucketOwner="abcd")) == 200


def test_names_in_the_query_are_told_apart_by_their_letters(cos: FakeCOS) -> None:
    # recorded aws-objects 14: UploadId and PartNumber with capitals are no part of an upload
    response = send_raw(cos, "PUT", f"/{BUCKET}/key", "UploadId=x&PartNumber=1", body=b"data")
    assert (response.status, response.body) == (200, b"")
    assert response.headers["Content-Length"] == "0"
    assert "Content-Type" not in response.headers
    assert cos.store.buckets[BUCKET].objects["key"].body == b"data"
