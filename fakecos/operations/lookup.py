"""Finding what a request names: the bucket, the open upload, the object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors, ids
from fakecos.facts.errors import S3Error
from fakecos.model.object import NULL_VERSION
from fakecos.model.principal import ACCOUNT_DIGITS

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context, Params
    from fakecos.wire.types import BucketRequest, ObjectRequest, UploadRequest, VersionFields

DELETE_MARKER = "DeleteMarker"


def bucket_of(context: Context, params: BucketRequest | Params) -> Bucket:
    """Return the bucket that the request names, looked up now: the caller holds the lock.

    Raises NoSuchBucket, and what `require_owner` raises.
    """
    return _required(context.store.buckets.get(params["Bucket"]), params)


def bucket_at_arrival(context: Context, params: BucketRequest | Params) -> Bucket:
    """Return the bucket as it was found when the request came, for what is judged before the lock is taken.

    Raises as `bucket_of`.
    """
    return _required(context.bucket, params)


def _required(bucket: Bucket | None, params: BucketRequest | Params) -> Bucket:
    if bucket is None:
        raise S3Error(errors.NO_SUCH_BUCKET, BucketName=params["Bucket"])
    owner = params.get("ExpectedBucketOwner")
    if owner is not None:
        require_owner(bucket, owner)
    return bucket


def require_owner(bucket: Bucket, owner: str) -> None:
    """Refuse a bucket of another account than expected (recorded aws-bucket-configuration 19, 20)."""
    if len(owner) != ACCOUNT_DIGITS or not (owner.isascii() and owner.isdigit()):
        raise S3Error(errors.INVALID_BUCKET_OWNER, owner=owner)
    if owner != bucket.account:
        why = f"ExpectedBucketOwner is {owner}, and the bucket {bucket.name} is of the account {bucket.account}."
        raise S3Error(errors.ACCESS_DENIED, explanation=f"{why} Give that one, or none.")


def upload_of(bucket: Bucket, params: UploadRequest | Params) -> MultipartUpload:
    """Return the open upload that the request names, which must be of its key (recorded aws-multipart 4-6)."""
    upload = bucket.uploads.get(params["UploadId"])
    if upload is None or upload.key != params["Key"]:
        raise S3Error(errors.NO_SUCH_UPLOAD, UploadId=params["UploadId"])
    return upload


def object_of(bucket: Bucket, params: ObjectRequest, method: str = "GET") -> StoredObject:
    """Return the object, or the version of it, that a read names; `method` is that of the request.

    Raises NoSuchKey, NoSuchVersion and InvalidArgument; a delete marker is NoSuchKey where it is the newest version,
    and MethodNotAllowed where its id is named (recorded aws-objects 49; its further headers: public).
    """
    found = version_of(bucket, params)
    if not found.is_delete_marker:
        return found
    headers = marker_headers(found)
    if params.get("VersionId") is None:
        raise S3Error(errors.NO_SUCH_KEY, headers=headers, Key=params["Key"])
    headers = {"allow": "DELETE", "last-modified": found.last_modified, **headers}
    raise S3Error(errors.METHOD_NOT_ALLOWED, headers=headers, Method=method, ResourceType=DELETE_MARKER)


def object_to_change(bucket: Bucket, params: ObjectRequest, method: str) -> StoredObject:
    """Return the object, or the version of it, whose tags, ACL or lock a request with this `method` is about.

    As `object_of`, but a delete marker is MethodNotAllowed also where no id names it (recorded aws-objects 62).
    """
    found = version_of(bucket, params)
    if not found.is_delete_marker:
        return found
    headers = {} if params.get("VersionId") is None else marker_headers(found)  # public
    raise S3Error(
        errors.METHOD_NOT_ALLOWED, headers={"allow": "DELETE", **headers}, Method=method, ResourceType=DELETE_MARKER
    )


def is_missing(bucket: Bucket, params: ObjectRequest | Params) -> bool:
    """Whether there is no such key or version, marker or not. Raises InvalidArgument for the form of a version id."""
    version: str | None = params.get("VersionId")
    if version is None:
        return bucket.newest(params["Key"]) is None
    require_version_form(version)
    return bucket.version(params["Key"], version) is None


def require_named_with_bucket(bucket: Bucket, params: ObjectRequest | Params) -> None:
    """Refuse what is not there, in the words of operations that name the bucket in Key (public: aws-measured 19).

    Raises NoSuchKey, NoSuchVersion and InvalidArgument.
    """
    if is_missing(bucket, params):
        version, key = params.get("VersionId"), f"{bucket.name}/{params['Key']}"
        if version is None:
            raise S3Error(errors.NO_SUCH_KEY, Key=key)
        raise S3Error(errors.NO_SUCH_VERSION, Key=key, VersionId=version)


def version_of(bucket: Bucket, params: ObjectRequest | Params) -> StoredObject | DeleteMarker:
    """Return what the request names, a delete marker too. Raises NoSuchKey, NoSuchVersion and InvalidArgument.

    `null` of a key that is not there is NoSuchVersion, also without versioning (public: aws-measured 17).
    """
    key = params["Key"]
    version: str | None = params.get("VersionId")
    if version is None:
        newest = bucket.newest(key)
        if newest is None:
            raise S3Error(errors.NO_SUCH_KEY, Key=key)
        return newest
    require_version_form(version)
    found = bucket.version(key, version)
    if found is not None:
        return found
    raise S3Error(errors.NO_SUCH_VERSION, Key=key, VersionId=version)


def require_version_form(version: str) -> None:
    """Refuse a version id that cannot be one (recorded aws-objects 49; empty: public)."""
    if version == "":
        raise S3Error(errors.EMPTY_VERSION_ID, ArgumentName="versionId", ArgumentValue=None)
    if not is_version_id(version):
        raise S3Error(errors.INVALID_VERSION_ID, ArgumentName="versionId", ArgumentValue=version)


def is_version_id(version: str) -> bool:
    """Whether a text is a version id that was given out once, wherever, or `null`.

    One of the right length that was made up or altered is none: InvalidArgument (public: answers of AWS).
    """
    return version == NULL_VERSION or ids.is_version_id(version)


def marker_headers(marker: StoredObject | DeleteMarker) -> dict[str, str | dt.datetime]:
    """Return the headers in which a refusal reports a delete marker (recorded aws-objects 49)."""
    return {"x-amz-delete-marker": "true", "x-amz-version-id": marker.version_id}


def version_fields(bucket: Bucket, stored: StoredObject) -> VersionFields:
    """Return VersionId of what is read; absent as long as versioning was never configured (recorded aws-objects 53)."""
    return {} if bucket.versioning is None else {"VersionId": stored.version_id}


def new_version_fields(stored: StoredObject) -> VersionFields:
    """Return VersionId of what is written: absent for `null`, also where versioning is suspended (recorded 51, 52)."""
    return {} if stored.version_id == NULL_VERSION else {"VersionId": stored.version_id}
