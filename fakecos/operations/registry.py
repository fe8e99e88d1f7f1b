"""Which function answers which operation of S3."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.operations import (
    acl,
    buckets,
    completing,
    copying,
    lifecycle,
    listing,
    listing_uploads,
    listing_versions,
    multipart,
    object_lock,
    object_tags,
    objects,
    posting,
    reading,
    restoring,
    versions,
)
from fakecos.operations.configurations import answering, publicity
from fakecos.operations.configurations.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.world import Params, Result, World


class Operation(NamedTuple):
    """One operation. `locks_itself`: it hashes bodies, so it takes the store's lock only for the moments of need.

    `precheck` judges address and headers before the document of the request is read. `checksum_required`: the
    document must come with Content-MD5 or a checksum. `body_has_checksum` is false where the checksum headers are
    not those of the body.
    """

    function: Callable[[World, Params], Result]
    locks_itself: bool = False
    precheck: Callable[[World, Params], None] | None = None
    checksum_required: bool = False
    body_has_checksum: bool = True


OPERATIONS: dict[str, Operation] = {
    "AbortMultipartUpload": Operation(multipart.abort_multipart_upload),
    "CompleteMultipartUpload": Operation(
        completing.complete_multipart_upload, precheck=completing.require_completable, body_has_checksum=False
    ),
    "CopyObject": Operation(copying.copy_object),
    "CreateBucket": Operation(buckets.create_bucket),
    "CreateMultipartUpload": Operation(multipart.create_multipart_upload),
    "DeleteBucket": Operation(buckets.delete_bucket),
    "DeleteBucketLifecycle": Operation(lifecycle.delete_bucket_lifecycle),
    "DeleteObject": Operation(objects.delete_object),
    "DeleteObjectTagging": Operation(object_tags.delete_object_tagging),
    "DeleteObjects": Operation(objects.delete_objects, checksum_required=True),
    "GetBucketAcl": Operation(acl.get_bucket_acl),
    "GetBucketLifecycleConfiguration": Operation(lifecycle.get_bucket_lifecycle_configuration),
    "GetBucketPolicyStatus": Operation(publicity.get_bucket_policy_status),
    "GetBucketLocation": Operation(buckets.get_bucket_location),
    "GetBucketVersioning": Operation(versions.get_bucket_versioning),
    "GetObject": Operation(reading.get_object),
    "GetObjectAcl": Operation(acl.get_object_acl),
    "GetObjectAttributes": Operation(reading.get_object_attributes),
    "GetObjectLegalHold": Operation(object_lock.get_object_legal_hold),
    "GetObjectLockConfiguration": Operation(object_lock.get_object_lock_configuration),
    "GetObjectRetention": Operation(object_lock.get_object_retention),
    "GetObjectTagging": Operation(object_tags.get_object_tagging),
    "HeadBucket": Operation(buckets.head_bucket),
    "HeadObject": Operation(reading.head_object),
    "ListBuckets": Operation(buckets.list_buckets),
    "ListMultipartUploads": Operation(listing_uploads.list_multipart_uploads),
    "ListObjectVersions": Operation(listing_versions.list_object_versions),
    "ListObjects": Operation(listing.list_objects),
    "ListObjectsV2": Operation(listing.list_objects_v2),
    "ListParts": Operation(listing_uploads.list_parts),
    "PutBucketAcl": Operation(acl.put_bucket_acl, checksum_required=True),
    "PostObject": Operation(posting.post_object, locks_itself=True),
    "PutBucketLifecycleConfiguration": Operation(lifecycle.put_bucket_lifecycle_configuration, checksum_required=True),
    "PutBucketVersioning": Operation(versions.put_bucket_versioning, checksum_required=True),
    "PutObjectAcl": Operation(acl.put_object_acl, checksum_required=True),
    "PutObject": Operation(objects.put_object, locks_itself=True),
    "PutObjectLegalHold": Operation(object_lock.put_object_legal_hold, checksum_required=True),
    "PutObjectLockConfiguration": Operation(object_lock.put_object_lock_configuration, checksum_required=True),
    "PutObjectRetention": Operation(object_lock.put_object_retention, checksum_required=True),
    "PutObjectTagging": Operation(object_tags.put_object_tagging, checksum_required=True),
    "RestoreObject": Operation(restoring.restore_object),
    "UploadPart": Operation(multipart.upload_part, locks_itself=True),
    "UploadPartCopy": Operation(copying.upload_part_copy, locks_itself=True),
}
OPERATIONS.update(
    (
        name,
        Operation(
            function,
            precheck=answering.require_bucket if name == kind.put else None,
            checksum_required=name == kind.put and kind.checksum_required,
        ),
    )
    for kind in KINDS
    for name, function in answering.functions_of(kind).items()
)
