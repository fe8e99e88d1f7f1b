"""Finding what a request names: the bucket, the open upload, the object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.error_table import (
    ACCESS_DENIED,
    INVALID_BUCKET_OWNER,
    INVALID_VERSION_ID,
    NO_SUCH_BUCKET,
    NO_SUCH_KEY,
    NO_SUCH_UPLOAD,
    NO_SUCH_VERSION,
)
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.world import Params, World

ACCOUNT_DIGITS = 12
VERSION_ID_LENGTH = 32


def bucket_of(world: World, params: Params) -> Bucket:
    """Return the bucket that the request names. Raises NoSuchBucket, and what `require_owner` raises."""
    name = params["Bucket"]
    bucket = world.store.buckets.get(name)
    if bucket is None:
        raise S3Error(NO_SUCH_BUCKET, BucketName=name)
    owner = params.get("ExpectedBucketOwner")
    if owner is not None:
        require_owner(world, bucket, owner)
    return bucket


def require_owner(world: World, bucket: Bucket, owner: str) -> None:
    """Refuse a bucket of another account than expected (recorded aws-bucket-configuration 19, 20).

    IBM COS ignores the header, even when it is wrong (ibm-cos 3.1).
    """
    if world.dialect.ignores_expected_owner:
        return
    if len(owner) != ACCOUNT_DIGITS or not owner.isdigit():
        raise S3Error(INVALID_BUCKET_OWNER, owner=owner)
    if owner != bucket.account:
        raise S3Error(ACCESS_DENIED)


def upload_of(bucket: Bucket, params: Params) -> MultipartUpload:
    """Return the open upload that the request names, which must be of its key (recorded aws-multipart 4-6)."""
    upload = bucket.uploads.get(params["UploadId"])
    if upload is None or upload.key != params["Key"]:
        raise S3Error(NO_SUCH_UPLOAD, UploadId=params["UploadId"])
    return upload


def object_of(bucket: Bucket, params: Params) -> StoredObject:
    """Return the object that the request names. Raises NoSuchKey; InvalidArgument or NoSuchVersion for a version."""
    key = params["Key"]
    version = params.get("VersionId")
    if version is not None:
        require_version(key, version)
    stored = bucket.objects.get(key)
    if stored is None:
        raise S3Error(NO_SUCH_KEY, Key=key)
    return stored


def require_version(key: str, version: str) -> None:
    """Refuse any version id but `null`, the only one in a bucket without versions (recorded aws-objects 49)."""
    if version == "null":
        return
    if len(version) == VERSION_ID_LENGTH:
        raise S3Error(NO_SUCH_VERSION, Key=key, VersionId=version)
    raise S3Error(INVALID_VERSION_ID, ArgumentName="versionId", ArgumentValue=version)
