"""SSE-C in new buckets, as S3 is since April 2026: blocked for what is stored, until the bucket allows it.

Source of all of it: aws-changes 1. Before that day: test_sse_c and its like, which have the day of the recording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, as_of, cases, promise
from fakecos.contract.steps.digests import base64_of, md5_base64
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = "arn:aws:iam::123456789012:root"
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
@as_of("2026-04-06")
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
@as_of("2026-04-06")
@cases("said", [None, "NONE", "SSE-C"])
def a_configuration_that_does_not_say_it_leaves_it_as_it_was(aws: Any, said: str | None) -> None:
    """Source: aws-changes 1: reported twice, of a new bucket and of one that has NONE."""
    if said is not None:
        put_encryption(aws, {**AES, **blocking(said)})
    put_encryption(aws, KMS)
    assert rule_of(aws) == {**KMS, **blocking(said or "SSE-C")}


# --- what is refused ------------------------------------------------------------------------------------


def words(action: str, key: str = KEY) -> str:
    return (
        f'User: {ROOT} is not authorized to perform: s3:{action} on resource: "arn:aws:s3:::{BUCKET}/{key}" because '
        "this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys "
        "(SSE-C). Please specify a different server-side encryption type."
    )


@promise
@as_of("2026-04-06")
def put_object_is_refused_with_the_asker_the_action_and_the_resource(cos: Service, aws: Any) -> None:
    """Source: documented: aws-changes 1."""
    with refused(cos, "AccessDenied", words("PutObject"), 403):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1")


@promise
@as_of("2026-04-06")
def a_copy_with_a_customers_key_is_refused(cos: Service, aws: Any) -> None:
    """Source: documented: aws-changes 1; that the operation is named in this way: assumed."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    with refused(cos, "AccessDenied", words("CopyObject"), 403):
        aws.copy_object(Bucket=BUCKET, Key=KEY, CopySource={"Bucket": BUCKET, "Key": "source"}, **SSE_C)


@promise
@as_of("2026-04-06")
def an_upload_with_a_customers_key_is_not_begun(cos: Service, aws: Any) -> None:
    """Source: documented: aws-changes 1; that the operation is named in this way: assumed."""
    with refused(cos, "AccessDenied", words("CreateMultipartUpload"), 403):
        create_upload(aws, **SSE_C)


@promise
def a_part_is_refused_also_to_an_upload_that_began_before_the_block(cos: Service, aws: Any) -> None:
    """Source: documented: aws-changes 1; that the operation is named in this way: assumed."""
    allow(aws)
    upload_id = create_upload(aws, **SSE_C)
    upload_part(aws, upload_id, **SSE_C)
    put_encryption(aws, {**AES, **blocking("SSE-C")})
    with refused(cos, "AccessDenied", words("UploadPart"), 403):
        upload_part(aws, upload_id, number=2, **SSE_C)


@promise
@as_of("2026-04-06")
def a_part_by_copy_with_a_customers_key_is_refused(cos: Service, aws: Any) -> None:
    """Source: documented: aws-changes 1; that the operation is named in this way: assumed."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    named = {"Bucket": BUCKET, "Key": KEY, "UploadId": create_upload(aws)}
    source = {"Bucket": BUCKET, "Key": "source"}
    with refused(cos, "AccessDenied", words("UploadPartCopy"), 403):
        aws.upload_part_copy(**named, PartNumber=1, CopySource=source, **SSE_C)
    aws.upload_part_copy(**named, PartNumber=1, CopySource=source)


@promise
def over_http_it_is_told_of_http(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: assumed: https is looked at before the bucket's setting."""
    insecure = make_client(use_ssl=False)
    with refused(cos, "InvalidArgument", status=400) as answer:
        insecure.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
    assert "secure connection" in answer["Error"]["Message"]


@promise
@as_of("2026-04-06")
def without_its_configuration_a_bucket_is_as_a_new_one(cos: Service, aws: Any) -> None:
    """Source: assumed: the stricter way."""
    allow(aws)
    aws.delete_bucket_encryption(Bucket=BUCKET)
    assert rule_of(aws) == {**AES, **blocking("SSE-C")}
    with refused(cos, "AccessDenied", words("PutObject"), 403):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
