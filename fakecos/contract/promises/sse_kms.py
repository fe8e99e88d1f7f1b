"""SSE-S3 and SSE-KMS: given at Create, reported on every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import UPLOAD_ID, members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable


KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KMS_KEY}
CONTEXT = "eyJhIjoiYiJ9"


@promise
def sse_s3_is_reported_whether_asked_for_or_not(client: Any) -> None:
    """Source: recorded aws-multipart 1."""
    for asked in ({}, {"ServerSideEncryption": "AES256"}):
        answer = client.create_multipart_upload(Bucket=BUCKET, Key=KEY, **asked)
        assert members_of(answer) == {
            "Bucket": BUCKET,
            "Key": KEY,
            "UploadId": UPLOAD_ID,
            "ServerSideEncryption": "AES256",
        }


@promise
@cases("method", ["aws:kms", "aws:kms:dsse"])
def a_kms_key_is_reported_by_every_answer(aws: Any, method: str) -> None:
    """Source: documented (response headers of each operation)."""
    given = {**KMS, "ServerSideEncryption": method}
    created = aws.create_multipart_upload(Bucket=BUCKET, Key=KEY, **given)
    assert members_of(created) == {"Bucket": BUCKET, "Key": KEY, "UploadId": UPLOAD_ID, **given}
    part = upload_part(aws, created["UploadId"], b"hello")
    completed = complete_upload(aws, created["UploadId"], completed_part(1, part))
    put = aws.put_object(Bucket=BUCKET, Key="put", Body=b"hello", **given)
    read = aws.get_object(Bucket=BUCKET, Key=KEY)
    head = aws.head_object(Bucket=BUCKET, Key=KEY)
    for answer in (part, completed, put, read, head):
        assert {name: answer[name] for name in given} == given


@promise
def without_a_key_the_managed_one_is_reported(aws: Any) -> None:
    """Source: documented: the AWS managed key is used."""
    answer = aws.create_multipart_upload(Bucket=BUCKET, Key=KEY, ServerSideEncryption="aws:kms")
    assert answer["SSEKMSKeyId"].startswith("arn:aws:kms:us-east-1:123456789012:key/")


@promise
def the_etag_is_not_the_md5(aws: Any) -> None:
    """Source: documented (objects encrypted by SSE-C or SSE-KMS have ETags that are not an MD5)."""
    upload_id = create_upload(aws, **KMS)
    part = upload_part(aws, upload_id, b"hello")
    assert part["ETag"].strip('"') != md5(b"hello")
    answer = complete_upload(aws, upload_id, completed_part(1, part))
    assert answer["ETag"].endswith('-1"')
    assert answer["ChecksumType"] == "FULL_OBJECT"
    put = aws.put_object(Bucket=BUCKET, Key="put", Body=b"hello", **KMS)
    assert put["ETag"].strip('"') != md5(b"hello")


@promise
def the_context_and_the_bucket_key_are_reported_where_they_are(aws: Any) -> None:
    """Source: documented: the context by Create and Put only, the bucket key by all."""
    created = aws.create_multipart_upload(
        Bucket=BUCKET, Key=KEY, **KMS, SSEKMSEncryptionContext=CONTEXT, BucketKeyEnabled=True
    )
    assert (created["SSEKMSEncryptionContext"], created["BucketKeyEnabled"]) == (CONTEXT, True)
    part = upload_part(aws, created["UploadId"], b"hello")
    completed = complete_upload(aws, created["UploadId"], completed_part(1, part))
    for answer in (part, completed, aws.head_object(Bucket=BUCKET, Key=KEY)):
        assert answer["BucketKeyEnabled"] is True
        assert "SSEKMSEncryptionContext" not in answer


@promise
def a_kms_key_without_kms_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    message = (
        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"
    )
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="x-amz-server-side-encryption"):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, SSEKMSKeyId=KMS_KEY)


@promise
def an_unknown_method_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(
        cos,
        "InvalidArgument",
        "The encryption method specified is not supported",
        400,
        ArgumentName="x-amz-server-side-encryption",
        ArgumentValue="DES",
    ):
        client.create_multipart_upload(Bucket=BUCKET, Key=KEY, ServerSideEncryption="DES")


@promise
def it_needs_a_secure_connection(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: documented, aws-changes 38."""
    make_client().put_object(Bucket=BUCKET, Key="key", ServerSideEncryption="aws:kms")
    insecure = make_client(use_ssl=False)
    words = (
        "Requests specifying Server Side Encryption with AWS KMS managed keys must be made over a secure connection."
    )
    wants: dict[str, Any] = {
        "code": "InvalidArgument",
        "message": words,
        "status": 400,
        "ArgumentName": "x-amz-server-side-encryption",
    }
    with refused(cos, **wants):
        insecure.get_object(Bucket=BUCKET, Key="key")
    with refused(cos, **wants):
        insecure.put_object(Bucket=BUCKET, Key="key", ServerSideEncryption="aws:kms")


@promise
def the_connection_is_looked_at_before_the_signature(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: assumed, as for SSE-C: a read by version 2 over http is told of http."""
    make_client().put_object(Bucket=BUCKET, Key="key", ServerSideEncryption="aws:kms")
    both = make_client(use_ssl=False, config={"signature_version": "s3"})
    with refused(cos, "InvalidArgument", status=400, ArgumentName="x-amz-server-side-encryption") as answer:
        both.get_object(Bucket=BUCKET, Key="key")
    assert "secure connection" in answer["Error"]["Message"]
