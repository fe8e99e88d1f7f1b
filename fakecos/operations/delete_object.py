"""DeleteObject and DeleteObjects: objects and versions go for good, or a delete marker hides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.object import NULL_VERSION
from fakecos.operations import access_control, attributes, object_lock, preconditions
from fakecos.operations.lookup import bucket_of, require_version_form

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context, Params
    from fakecos.wire.types import (
        Delete,
        DeletedObject,
        DeleteObjectOutput,
        DeleteObjectRequest,
        DeleteObjectsOutput,
        DeleteObjectsRequest,
        Error,
        ObjectIdentifier,
        VersionFields,
    )


DIRECTORY_CONDITIONS = (  # recorded aws-objects 25, 26
    ("IfMatchLastModifiedTime", "x-amz-if-match-last-modified-time"),
    ("IfMatchSize", "x-amz-if-match-size"),
)


def delete_object(context: Context, params: DeleteObjectRequest) -> DeleteObjectOutput:
    """Delete an object or a version of it; what is not there is deleted all the same (recorded aws-objects 24-26, 45).

    Without a version id, a bucket with versioning gets a delete marker (recorded 49, 51).
    """
    bucket = bucket_of(context, params)
    key, version = params["Key"], params.get("VersionId")
    bypass = object_lock.bypass_of(bucket, params)
    for member, header in DIRECTORY_CONDITIONS:
        if member in params:
            raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header=header)
    require_delete_condition(params.get("IfMatch"), bucket, key, version)
    if version is not None:
        require_version_form(version)
    if version is None:
        marker = delete(context, bucket, key)
        return {} if marker is None else {"DeleteMarker": True, "VersionId": marker.version_id}
    removed = delete_version(context, bucket, key, version, bypass=bypass)
    answer: DeleteObjectOutput = {"DeleteMarker": True} if removed is not None and removed.is_delete_marker else {}
    if bucket.versioning is not None:
        answer["VersionId"] = version
    return answer


def delete(context: Context, bucket: Bucket, key: str) -> DeleteMarker | None:
    """Delete the object of a key, or mark it deleted where there are versions: each delete makes a marker.

    Returns the marker. Where versioning is suspended it replaces the version `null` (recorded aws-objects 51).
    """
    if bucket.versioning is None:
        context.rules(bucket).require_removable(context, bucket.objects.get(key))
        bucket.remove(key)
        context.note_removal(bucket, key)
        return None
    marker = DeleteMarker(key, context.version_id(bucket), context.now())
    bucket.mark_deleted(marker)
    context.note(bucket, "ObjectRemoved:DeleteMarkerCreated", marker)
    return marker


def delete_version(
    context: Context, bucket: Bucket, key: str, version: str, *, bypass: bool
) -> StoredObject | DeleteMarker | None:
    """Delete a version for good and return it; None if it is gone already, which is no error (public).

    Raises NoSuchVersion for an id that never was one of this key (recorded aws-objects 50 for DeleteObjects; for
    DeleteObject: assumed), and what Object Lock raises.
    """
    found = bucket.version(key, version)
    if found is None:
        if version != NULL_VERSION and bucket.versions.place_of(key, version) is None:
            raise S3Error(errors.NO_SUCH_VERSION, Key=key, VersionId=version)
        context.note_removal(bucket, key, version)
        return None
    object_lock.require_deletable(context, bucket, found, bypass=bypass)
    removed = bucket.remove_version(key, version)
    context.note_removal(bucket, key, version)
    return removed


def require_delete_condition(if_match: str | None, bucket: Bucket, key: str, version: str | None) -> None:
    """Judge If-Match of a delete against the current version (recorded aws-objects 24).

    A condition and a version id together are not implemented, whatever they name. Where there is nothing, or a delete
    marker is the current version, it is NoSuchKey (public, measured on AWS: aws-changes 35; the field Header, and both
    of DeleteObjects: assumed).
    """
    if if_match is None:
        return
    if version is not None:
        raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header="If-Match")
    stored = bucket.objects.get(key)
    if stored is None:
        raise S3Error(errors.NO_SUCH_KEY, Key=key)
    if not preconditions.matches(if_match, stored.etag):
        raise S3Error(errors.PRECONDITION_FAILED, Condition="If-Match")


def require_plain_condition(entry: ObjectIdentifier) -> None:
    """Refuse conditions of one key of a DeleteObjects that only directory buckets have (documented).

    DeleteObject answers NotImplemented for them (recorded aws-objects 25, 26), a document with them is MalformedXML
    (public: aws-measured 20).
    """
    for member in ("LastModifiedTime", "Size"):
        if member in entry:
            raise S3Error(errors.MALFORMED_XML)


def delete_objects(context: Context, params: DeleteObjectsRequest) -> DeleteObjectsOutput:
    """Delete up to 1,000 keys or versions, each answered by itself (recorded aws-objects 45, 48, 50).

    Missing keys count as deleted; Quiet hides successes. Raises MalformedXML for no key or too many, and
    UserKeyMustBeSpecified for an empty one; a Quiet that is not `true` is none (public: aws-measured 20).
    """
    bucket = bucket_of(context, params)
    bypass = object_lock.bypass_of(bucket, params)
    document: Delete | Params = params.get("Delete") or {}
    entries = document.get("Objects") or []
    most = context.limits.max_delete_keys
    if not 1 <= len(entries) <= most:
        why = f"Delete names {len(entries):,} objects: one request takes 1 to {most:,}. Send several."
        raise S3Error(errors.MALFORMED_XML, explanation=why)
    context.notice_over(
        "MalformedXML, keys in one DeleteObjects:", len(entries), context.dialect.limits.max_delete_keys
    )
    for entry in entries:
        if not entry["Key"]:
            raise S3Error(errors.USER_KEY_NEEDED)
        attributes.require_key(context, entry["Key"])
        require_plain_condition(entry)
    deleted: list[DeletedObject] = []
    failed: list[Error] = []
    for entry in entries:
        try:
            access_control.require_deletable(context, bucket, entry, params)
            deleted.append(_delete_entry(context, bucket, entry, bypass=bypass))
        except S3Error as error:
            version: VersionFields = {"VersionId": entry["VersionId"]} if "VersionId" in entry else {}
            failed.append({"Key": entry["Key"], **version, "Code": error.code, "Message": error.message})
    result: DeleteObjectsOutput = {"Errors": failed} if failed else {}
    if deleted and document.get("Quiet") is not True:
        result["Deleted"] = deleted
    return result


def _delete_entry(context: Context, bucket: Bucket, entry: ObjectIdentifier, *, bypass: bool) -> DeletedObject:
    key, version = entry["Key"], entry.get("VersionId")
    require_delete_condition(entry.get("ETag"), bucket, key, version)
    if version is None:
        marker = delete(context, bucket, key)
        return {"Key": key} if marker is None else {"Key": key, **_marked(marker)}
    removed = delete_version(context, bucket, key, version, bypass=bypass)
    deleted: DeletedObject = {"Key": key, "VersionId": version}
    return {**deleted, **_marked(removed)} if removed is not None and removed.is_delete_marker else deleted


def _marked(marker: StoredObject | DeleteMarker) -> DeletedObject:
    return {"DeleteMarker": True, "DeleteMarkerVersionId": marker.version_id}
