"""SSE-C in new buckets, as S3 is since April 2026: blocked for what is stored, until the bucket allows it.

Source of all of it: aws-changes 1. Before that day: test_sse_c and its like, which have the day of the recording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.digests import base64_of, md5_base64
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

AES: dict[str, Any] = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
KMS: dict[str, Any] = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}
SSE_C: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


def blocking(*types: str) -> dict[str, Any]:
    return {"BlockedEncryptionTypes": {"EncryptionType": list(types)}}


def put_encryption(client: Any, rule: dict[str, Any], bucket: str = BUCKET) -> None:
    client.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})


def allow(client: Any, bucket: str = BUCKET) -> None:
    put_encryption(client, {**AES, **blocking("NONE")}, bucket)


def rule_of(client: Any, bucket: str = BUCKET) -> Any:
    (rule,) = client.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    return rule


# --- what is refused ------------------------------------------------------------------------------------


def words(action: str) -> str:
    return (
        f"User: arn:aws:iam::123456789012:root is not authorized to perform: s3:{action} on resource: "
        f'"arn:aws:s3:::{BUCKET}/{KEY}" because this bucket has blocked upload requests that specify Server Side '
        "Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type."
    )


@promise
@cases("action", ["PutObject", "CopyObject", "CreateMultipartUpload", "UploadPart", "UploadPartCopy"])
def what_would_be_stored_with_a_key_is_refused_by_the_name_of_the_operation(
    cos: Service, aws: Any, action: str
) -> None:
    """Source: aws-changes 1: documented of PutObject, reported of CopyObject; the others: assumed."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    named: dict[str, Any] = {"Bucket": BUCKET, "Key": KEY}
    source = {"CopySource": {"Bucket": BUCKET, "Key": "source"}}
    part: dict[str, Any] = {**named, "PartNumber": 1}
    if action.startswith("UploadPart"):
        allow(aws)
        part["UploadId"] = create_upload(aws, **SSE_C)
        put_encryption(aws, {**AES, **blocking("SSE-C")})
    calls: dict[str, Callable[[], Any]] = {
        "PutObject": lambda: aws.put_object(**named, Body=b"1", **SSE_C),
        "CopyObject": lambda: aws.copy_object(**named, **source, **SSE_C),
        "CreateMultipartUpload": lambda: aws.create_multipart_upload(**named, **SSE_C),
        "UploadPart": lambda: aws.upload_part(**part, Body=b"1", **SSE_C),
        "UploadPartCopy": lambda: aws.upload_part_copy(**part, **source, **SSE_C),
    }
    with refused(cos, "AccessDenied", words(action), 403):
        calls[action]()


@promise
def over_http_it_is_told_of_http(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: assumed: https is looked at before the bucket's setting."""
    insecure = make_client(use_ssl=False)
    with refused(cos, "InvalidArgument", status=400) as answer:
        insecure.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
    assert "secure connection" in answer["Error"]["Message"]


@promise
def without_its_configuration_a_bucket_is_as_a_new_one(cos: Service, aws: Any) -> None:
    """Source: assumed: the stricter way."""
    allow(aws)
    aws.delete_bucket_encryption(Bucket=BUCKET)
    assert rule_of(aws) == {**AES, **blocking("SSE-C")}
    with refused(cos, "AccessDenied", words("PutObject"), 403):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)


# --- what goes on ---------------------------------------------------------------------------------------


@promise
def what_was_stored_before_is_read_copied_and_listed(aws: Any) -> None:
    allow(aws)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"gold", **SSE_C)
    upload_id = create_upload(aws, "parts", **SSE_C)
    part = upload_part(aws, upload_id, key="parts", **SSE_C)
    put_encryption(aws, {**AES, **blocking("SSE-C")})
    assert aws.get_object(Bucket=BUCKET, Key=KEY, **SSE_C)["Body"].read() == b"gold"
    aws.head_object(Bucket=BUCKET, Key=KEY, **SSE_C)
    source = {f"CopySource{name}": value for name, value in SSE_C.items()}
    aws.copy_object(Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": KEY}, **source)
    on_the_wire = {
        "SSECustomerKey": base64_of(b"k" * 32),
        "SSECustomerKeyMD5": md5_base64(b"k" * 32),
    }  # as it lists parts
    named = {"Bucket": BUCKET, "Key": "parts", "UploadId": upload_id}
    assert aws.list_parts(**named, SSECustomerAlgorithm="AES256", **on_the_wire)["Parts"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}  # Complete stores nothing that came with a key
    aws.complete_multipart_upload(**named, MultipartUpload=parts, **SSE_C)


# --- the bucket's setting -------------------------------------------------------------------------------


@promise
def a_new_bucket_says_what_it_blocks(aws: Any) -> None:
    aws.create_bucket(Bucket="made-by-request")
    for bucket in (BUCKET, "made-by-request"):
        assert rule_of(aws, bucket) == {**AES, **blocking("SSE-C")}


@promise
def none_allows_it_again(aws: Any) -> None:
    allow(aws)
    assert rule_of(aws) == {**AES, **blocking("NONE")}
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)


@promise
@cases("said", [None, "NONE", "SSE-C"])
def a_configuration_that_does_not_say_it_leaves_it_as_it_was(aws: Any, said: str | None) -> None:
    """Source: aws-changes 1: reported twice, of a new bucket and of one that has NONE."""
    if said is not None:
        put_encryption(aws, {**AES, **blocking(said)})
    put_encryption(aws, KMS)
    assert rule_of(aws) == {**KMS, **blocking(said or "SSE-C")}
