"""UpdateObjectEncryption (documented: its page and the user guide; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, only_boto3, promise, uses
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.locks import LOCKED
from fakecos.contract.steps.messages import METHOD_NOT_ALLOWED, NO_SUCH_KEY, NO_SUCH_VERSION
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.contract.steps.versions import ABSENT_VERSION, add_delete_marker, enable_versioning, put_version
from fakecos.facts import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.facts.errors import ErrorSpec

AS_OF = "2026-01-28"

OBJECT = {"Bucket": BUCKET, "Key": "key"}
KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = KMS_KEY.replace("1234abcd", "ffffffff")
KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KMS_KEY}


def update(aws: Any, key: str = KMS_KEY, *, of: Any = OBJECT, bucket_key: bool | None = None, **more: Any) -> Any:
    asked: dict[str, Any] = {"KMSKeyArn": key}
    if bucket_key is not None:
        asked["BucketKeyEnabled"] = bucket_key
    return aws.update_object_encryption(**of, ObjectEncryption={"SSEKMS": asked}, **more)


def encryption_of(aws: Any, **more: Any) -> dict[str, Any]:
    names = ("ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled")
    return {name: value for name, value in aws.head_object(**{**OBJECT, **more}).items() if name in names}


def refused_as(cos: Service, row: ErrorSpec) -> Any:
    return refused(cos, row.code, row.message, row.status)


@promise
@only_boto3("its botocore may be older than the operation")
def another_key_and_a_bucket_key(aws: Any) -> None:
    """Source: documented: from SSE-KMS to another key of it, and to apply or give up bucket keys."""
    aws.put_object(**OBJECT, **KMS)
    update(aws, OTHER_KEY, bucket_key=True)
    assert encryption_of(aws) == {**KMS, "SSEKMSKeyId": OTHER_KEY, "BucketKeyEnabled": True}
    update(aws, KMS_KEY, bucket_key=False)
    assert encryption_of(aws) == KMS


@promise
@only_boto3("its botocore may be older than the operation")
def an_upload_in_parts_keeps_its_parts(aws: Any) -> None:
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    part = upload_part(aws, upload_id, b"x", ChecksumAlgorithm="SHA256")
    complete_upload(aws, upload_id, completed_part(1, part, checksums=True))
    key = {"Bucket": BUCKET, "Key": KEY}
    asked = ["ETag", "Checksum", "ObjectParts", "ObjectSize"]
    before = members_of(aws.get_object_attributes(**key, ObjectAttributes=asked))
    update(aws, of=key)
    assert members_of(aws.get_object_attributes(**key, ObjectAttributes=asked)) == before


@promise
@only_boto3("its botocore may be older than the operation")
@cases("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
def an_archived_object_is_not_restored(cos: Service, aws: Any, storage_class: str) -> None:
    """Source: documented."""
    aws.put_object(**OBJECT, StorageClass=storage_class)
    update(aws)
    assert encryption_of(aws) == KMS
    with refused(cos, "InvalidObjectState"):
        aws.get_object(**OBJECT)


@promise
@only_boto3("its botocore may be older than the operation")
def a_version_is_named_or_it_is_the_newest(aws: Any) -> None:
    """Source: documented; no version is made."""
    enable_versioning(aws)
    first, second = put_version(aws, body=b"1"), put_version(aws, body=b"2")
    update(aws)
    assert encryption_of(aws, VersionId=second) == KMS
    assert encryption_of(aws, VersionId=first) == {"ServerSideEncryption": "AES256"}
    update(aws, OTHER_KEY, VersionId=first)
    assert encryption_of(aws, VersionId=first)["SSEKMSKeyId"] == OTHER_KEY
    assert len(aws.list_object_versions(Bucket=BUCKET)["Versions"]) == 2


@promise
@only_boto3("its botocore may be older than the operation")
def a_copy_of_it_is_encrypted_as_copies_are(aws: Any) -> None:
    """Source: documented: CopyObject takes the bucket's default."""
    aws.put_object(**OBJECT)
    update(aws)
    aws.copy_object(Bucket=BUCKET, Key="copy", CopySource=OBJECT)
    assert aws.head_object(Bucket=BUCKET, Key="copy")["ServerSideEncryption"] == "AES256"


# --- refusals ----------------------------------------------------------------------------------------


@promise
@only_boto3("its botocore may be older than the operation")
def what_is_not_there(cos: Service, aws: Any) -> None:
    """Source: documented, its words as elsewhere: recorded aws-objects 62."""
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, Key=f"{BUCKET}/key"):
        update(aws)
    with refused(cos, "NoSuchBucket"):
        update(aws, of={"Bucket": "no-such-bucket", "Key": "key"})
    enable_versioning(aws)
    put_version(aws)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, Key=f"{BUCKET}/key", VersionId=ABSENT_VERSION):
        update(aws, VersionId=ABSENT_VERSION)
    add_delete_marker(aws)
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, Method="PUT", ResourceType="DeleteMarker"):
        update(aws)


@promise
@only_boto3("its botocore may be older than the operation")
@cases("given", [SSE_C, {**KMS, "ServerSideEncryption": "aws:kms:dsse"}])
def an_object_of_another_type(cos: Service, aws: Any, given: Any) -> None:
    """Source: documented."""
    allow_sse_c(aws)
    aws.put_object(**OBJECT, **given)
    with refused_as(cos, errors.UPDATE_OF_OTHER_TYPE):
        update(aws)


@promise
@only_boto3("its botocore may be older than the operation")
def a_key_of_another_account(cos: Service, aws: Any) -> None:
    """Source: documented: organizations may ask for it; fakecos has none."""
    aws.put_object(**OBJECT)
    with refused_as(cos, errors.UPDATE_KEY_OF_OTHER_ACCOUNT):
        update(aws, KMS_KEY.replace("123456789012", OTHER))


@promise
@only_boto3("its botocore may be older than the operation")
def signature_version_2(cos: Service, make_client: Callable[..., Any]) -> None:
    """Source: documented."""
    client = make_client(config={"signature_version": "s3"})
    client.put_object(**OBJECT)
    with refused_as(cos, errors.UPDATE_NEEDS_SIGV4):
        update(client)


@promise
@only_boto3("its botocore may be older than the operation")
def the_owner_of_the_bucket_is_another_one_than_expected(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    aws.put_object(**OBJECT)
    with refused(cos, "AccessDenied"):
        update(aws, ExpectedBucketOwner=OTHER)


@promise
@only_boto3("its botocore may be older than the operation")
@cases("key", ["no ARN, though it is long enough", KMS_KEY.replace("123456789012", OTHER)], ids=["form", "account"])
def a_key_comes_before_the_type_of_the_object(cos: Service, aws: Any, key: str) -> None:
    """Source: assumed."""
    allow_sse_c(aws)
    aws.put_object(**OBJECT, **SSE_C)
    with refused(cos, "AccessDenied" if OTHER in key else "InvalidRequest") as answer:
        update(aws, key)
    assert "SSE-C" not in answer["Error"]["Message"]


@promise
@only_boto3("its botocore may be older than the operation")
@uses("locked_bucket")
def a_lock_is_looked_at_last(cos: Service, aws: Any) -> None:
    """Source: assumed: the key of another account is told of a locked object."""
    of = {"Bucket": LOCKED, "Key": "key"}
    aws.put_object(**of, ObjectLockLegalHoldStatus="ON")
    with refused_as(cos, errors.UPDATE_KEY_OF_OTHER_ACCOUNT):
        update(aws, KMS_KEY.replace("123456789012", OTHER), of=of)
    with refused_as(cos, errors.UPDATE_OF_LOCKED):
        update(aws, of=of)
