"""Which function answers which operation of S3."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.context import Context, Result

    Function = Callable[[Context, Any], Result]  # its parameters are those of its operation
    Precheck = Callable[[Context, Any], None]


class Operation:
    """One operation. `locks_itself`: it hashes bodies, so it takes the store's lock only for the moments of need.

    `function` and `precheck` are given as module and name, so that rules are loaded when they are first asked for
    (start-up is a budget). `precheck` judges address and headers before the document of the request is read.
    `checksum_required`: the document must come with Content-MD5 or a checksum (`configurations.kinds` says of which).
    `needs_body`: an empty one is refused as such, and not as a document (public: aws-measured 20).
    `body_has_checksum` is false where the checksum headers are not those of the body.
    """

    __slots__ = (
        "_function",
        "_precheck",
        "body_has_checksum",
        "checksum_required",
        "function",
        "is_loaded",
        "locks_itself",
        "needs_body",
        "precheck",
    )
    function: Function
    precheck: Precheck | None

    def __init__(
        self,
        function: str | Function,
        *,
        locks_itself: bool = False,
        precheck: str | Precheck | None = None,
        checksum_required: bool = False,
        body_has_checksum: bool = True,
        needs_body: bool = False,
    ) -> None:
        self._function = function
        self._precheck = precheck
        self.is_loaded = False
        self.locks_itself = locks_itself
        self.checksum_required = checksum_required
        self.needs_body = needs_body
        self.body_has_checksum = body_has_checksum

    def load(self) -> None:
        """Find the functions, so that `function` and `precheck` (None if there is none) can be called."""
        self.function = _found(self._function)
        self.precheck = None if self._precheck is None else _found(self._precheck)
        self.is_loaded = True


def _found(function: str | Callable[[Context, Any], Any]) -> Callable[[Context, Any], Any]:
    if not isinstance(function, str):
        return function
    module, _, name = function.rpartition(".")
    module = module if module.startswith("fakecos.") else f"{__package__}.{module}"
    loaded: Callable[[Context, Any], Any] = getattr(import_module(module), name)
    return loaded


_WRITTEN: dict[str, Operation] = {
    "AbortMultipartUpload": Operation("multipart_upload.abort_multipart_upload"),
    "AddLegalHold": Operation("immutable_storage.bucket_protection.add_legal_hold"),
    "CompleteMultipartUpload": Operation(
        "complete_multipart_upload.complete_multipart_upload",
        precheck="complete_multipart_upload.require_completable",
        body_has_checksum=False,
    ),
    "CopyObject": Operation("copy_object.copy_object"),
    "CreateBucket": Operation("buckets.create_bucket"),
    "CreateMultipartUpload": Operation("multipart_upload.create_multipart_upload"),
    "DeleteBucket": Operation("buckets.delete_bucket"),
    "DeleteBucketLifecycle": Operation("lifecycle_configuration.delete_bucket_lifecycle"),
    "DeleteLegalHold": Operation("immutable_storage.bucket_protection.delete_legal_hold"),
    "DeleteObject": Operation("delete_object.delete_object"),
    "DeleteObjectAnnotation": Operation("object_annotations.delete_object_annotation"),
    "DeleteObjectTagging": Operation("object_tagging.delete_object_tagging"),
    "DeleteObjects": Operation("delete_object.delete_objects", checksum_required=True, needs_body=True),
    "ExtendObjectRetention": Operation("immutable_storage.bucket_protection.extend_object_retention"),
    "GetBucketAcl": Operation("acl.get_bucket_acl"),
    "GetBucketLifecycleConfiguration": Operation("lifecycle_configuration.get_bucket_lifecycle_configuration"),
    "GetBucketPolicyStatus": Operation("configurations.policy_status.get_bucket_policy_status"),
    "GetBucketLocation": Operation("buckets.get_bucket_location"),
    "GetBucketProtectionConfiguration": Operation(
        "immutable_storage.bucket_protection.get_bucket_protection_configuration"
    ),
    "GetBucketVersioning": Operation("bucket_versioning.get_bucket_versioning"),
    "GetObjectTorrent": Operation("get_object.get_object_torrent"),
    "GetObject": Operation("get_object.get_object"),
    "GetObjectAcl": Operation("acl.get_object_acl"),
    "GetObjectAnnotation": Operation("object_annotations.get_object_annotation"),
    "GetObjectAttributes": Operation("get_object.get_object_attributes"),
    "GetObjectLegalHold": Operation("object_retention.get_object_legal_hold"),
    "GetObjectLockConfiguration": Operation("object_lock_configuration.get_object_lock_configuration"),
    "GetObjectRetention": Operation("object_retention.get_object_retention"),
    "GetObjectTagging": Operation("object_tagging.get_object_tagging"),
    "HeadBucket": Operation("buckets.head_bucket"),
    "HeadObject": Operation("get_object.head_object"),
    "ListBuckets": Operation("buckets.list_buckets"),
    "ListBucketReplicationFailures": Operation("configurations.replication_failures.list_bucket_replication_failures"),
    "ListBucketsExtended": Operation("service_instances.list_buckets_extended"),
    "ListLegalHolds": Operation("immutable_storage.bucket_protection.list_legal_holds"),
    "ListMultipartUploads": Operation("list_multipart_uploads.list_multipart_uploads"),
    "ListObjectAnnotations": Operation("object_annotations.list_object_annotations"),
    "ListObjectVersions": Operation("list_object_versions.list_object_versions"),
    "ListObjects": Operation("list_objects.list_objects"),
    "ListObjectsV2": Operation("list_objects.list_objects_v2"),
    "ListParts": Operation("list_parts.list_parts"),
    "PutBucketAcl": Operation("acl.put_bucket_acl"),
    "PostObject": Operation("fakecos.post_object.post_object.post_object", locks_itself=True),
    "PutBucketLifecycleConfiguration": Operation(
        "lifecycle_configuration.put_bucket_lifecycle_configuration", checksum_required=True
    ),
    "PutBucketProtectionConfiguration": Operation(
        "immutable_storage.bucket_protection.put_bucket_protection_configuration", checksum_required=True
    ),
    "PutBucketReplicationReattempt": Operation("configurations.replication_failures.put_bucket_replication_reattempt"),
    "PutBucketVersioning": Operation("bucket_versioning.put_bucket_versioning"),
    "PutObjectAcl": Operation("acl.put_object_acl"),
    "PutObjectAnnotation": Operation("object_annotations.put_object_annotation", locks_itself=True),
    "PutObject": Operation("put_object.put_object", locks_itself=True),
    "PutObjectLegalHold": Operation("object_retention.put_object_legal_hold", checksum_required=True),
    "PutObjectLockConfiguration": Operation(
        "object_lock_configuration.put_object_lock_configuration", checksum_required=True
    ),
    "PutObjectRetention": Operation("object_retention.put_object_retention", checksum_required=True),
    "PutObjectTagging": Operation("object_tagging.put_object_tagging"),
    "RestoreObject": Operation("restore_object.restore_object"),
    "SelectObjectContent": Operation("select_object_content.operation.select_object_content"),
    "UpdateObjectEncryption": Operation("object_encryption.update_object_encryption", needs_body=True),
    "UploadPart": Operation("multipart_upload.upload_part", locks_itself=True),
    "UploadPartCopy": Operation("copy_object.upload_part_copy", locks_itself=True),
}


@cache
def operations() -> dict[str, Operation]:
    """Return every operation that fakecos has, by its name in the service models."""
    from fakecos.operations.configurations import handlers
    from fakecos.operations.configurations.kinds import KINDS

    made = {
        name: Operation(
            function,
            precheck=handlers.require_bucket if name == kind.put else None,
            checksum_required=name == kind.put and kind.checksum_required,
        )
        for kind in KINDS
        for name, function in handlers.functions_of(kind).items()
    }
    return {**_WRITTEN, **made}


def operation_of(name: str) -> Operation | None:
    """Return how an operation is done, ready to be called; None for one that fakecos does not have."""
    found = _WRITTEN.get(name) or operations().get(name)
    if found is not None and not found.is_loaded:
        found.load()
    return found
