"""PutObject: what is stored, what the answer says, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.messages import HEADER_NOT_IMPLEMENTED
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable


@promise
def the_answer_says_checksum_etag_and_encryption_and_nothing_else(client: Any) -> None:
    """Source: recorded aws-objects 1."""
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


@promise
def no_body_is_an_empty_object(client: Any) -> None:
    """Source: recorded aws-objects 9 and 23."""
    answer = members_of(client.put_object(Bucket=BUCKET, Key="key"))
    assert answer["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'
    assert answer["ChecksumCRC32"] == "AAAAAA=="
    assert members_of(client.get_object(Bucket=BUCKET, Key="key"))["Body"] == b""


@promise
def a_body_that_looks_like_xml_is_stored_as_it_is(client: Any) -> None:
    """Source: recorded aws-objects 4."""
    body = b'<?xml version="1.0" encoding="UTF-8"?><test/>'
    client.put_object(Bucket=BUCKET, Key="key", Body=body)
    answer = members_of(client.get_object(Bucket=BUCKET, Key="key"))
    assert answer["Body"] == body
    assert answer["ChecksumCRC32"] == "hkzSQw=="
    assert answer["ETag"] == '"8a793423f1e69103a7056b99e4ad6c0b"'
    assert answer["ContentLength"] == 45


@promise
def without_a_checksum_s3_takes_crc64nvme(make_client: Callable[..., Any], dialect: str) -> None:
    """Source: recorded aws-checksums-and-sse 4."""
    client = make_client(dialect, config={"request_checksum_calculation": "when_required"})
    answer = members_of(client.put_object(Bucket=BUCKET, Key="key", Body=b"data"))
    assert answer == {
        "ChecksumCRC64NVME": answer["ChecksumCRC64NVME"],
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"8d777f385d3dfec8815d20f7496026dc"',
        "ServerSideEncryption": "AES256",
    }
    assert "ChecksumCRC64NVME" in members_of(client.head_object(Bucket=BUCKET, Key="key", ChecksumMode="ENABLED"))


@promise
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.put_object(Bucket="no-such-bucket", Key="key", Body=b"1")


@promise
def an_unknown_canned_acl_is_refused_with_an_empty_message(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 63."""
    with refused(cos, "InvalidArgument", status=400, ArgumentName="x-amz-acl", ArgumentValue="fake-acl") as answer:
        client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL="fake-acl")
    assert not answer["Error"].get("Message")


@promise
@cases("acl", ["public-read", "public-read-write", "authenticated-read", "aws-exec-read"])
@cases("dialect", [AWS])
def a_bucket_without_acls_takes_none_that_gives_away(cos: Service, client: Any, acl: str) -> None:
    """Source: documented by AWS: Object Ownership; the words: public."""
    with refused(cos, "AccessControlListNotSupported", "The bucket does not allow ACLs", 400):
        client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL=acl)


@promise
@cases("acl", ["private", "bucket-owner-full-control"])
def a_bucket_without_acls_takes_those_that_give_nothing_away(client: Any, acl: str) -> None:
    """Source: documented by AWS: Object Ownership."""
    assert http_status(client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL=acl)) == 200


@promise
def appending_is_for_directory_buckets(cos: Service, aws: Any) -> None:
    """Source: documented by AWS: x-amz-write-offset-bytes "is only supported for directory buckets"; the answer:
    assumed."""
    with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header="x-amz-write-offset-bytes"):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", WriteOffsetBytes=0)


@promise
def a_lock_needs_a_bucket_with_object_lock(cos: Service, client: Any) -> None:
    """Source: public: aws-changes 34."""
    with refused(cos, "InvalidRequest", "Bucket is missing ObjectLockConfiguration", 400):
        client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ObjectLockLegalHoldStatus="ON")


@promise
def another_account_than_the_expected_one_is_denied(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    with refused(cos, "AccessDenied", "Access Denied", 403):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ExpectedBucketOwner="999999999999")


@promise
def the_expected_account_is_let_in(aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    assert http_status(aws.put_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner="123456789012")) == 200


@promise
@cases("owner", ["0000000000020", "0000", "aa000000000$", "abcd"])
def an_expected_account_that_is_none_is_refused(cos: Service, aws: Any, owner: str) -> None:
    """Source: recorded aws-bucket-configuration 20."""
    message = f"The value of the expected bucket owner parameter must be an AWS Account ID... [{owner}]"
    with refused(cos, "InvalidBucketOwnerAWSAccountID", message, 400):
        aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ExpectedBucketOwner=owner)


@promise
def ibm_ignores_the_expected_account(make_client: Callable[..., Any]) -> None:
    # ibm-cos 3.1
    client = make_client("ibm")
    assert http_status(client.put_object(Bucket=BUCKET, Key="key", Body=b"1", ExpectedBucketOwner="abcd")) == 200
