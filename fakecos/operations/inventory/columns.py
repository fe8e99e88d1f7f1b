"""The columns of an inventory, in their order, and what stands in them (aws-logs-and-inventory 21, 22)."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.model import encryption as sse
from fakecos.model.acl import USER
from fakecos.model.object import NULL_VERSION
from fakecos.operations import object_lock
from fakecos.operations.acl import acl_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context

ALL = "All"
ENCRYPTIONS = {sse.SSE_S3: "SSE-S3", sse.SSE_KMS: "SSE-KMS", sse.SSE_KMS_DSSE: "DSSE-KMS", sse.SSE_C: "SSE-C"}
TIERING = "INTELLIGENT_TIERING"
FREQUENT = "FREQUENT"
ACL_VERSION = "2022-11-10"


class Row(NamedTuple):
    """One version, and what it is in its bucket."""

    context: Context
    bucket: Bucket
    version: StoredObject | DeleteMarker
    is_latest: bool

    @property
    def stored(self) -> StoredObject | None:
        """The version if it is an object."""
        return None if self.version.is_delete_marker else self.version


def text_of(value: Any) -> str:
    """Return a value as it stands in CSV: nothing is empty, a time has milliseconds (reported)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}Z"
    return str(value)


def _version_id(row: Row) -> str:
    """Return the id, which is empty for `null` (documented)."""
    return "" if row.version.version_id == NULL_VERSION else row.version.version_id


def _retain_until(row: Row) -> dt.datetime | None:
    return None if row.stored is None else row.stored.attributes.lock.until


def _lock_mode(row: Row) -> str | None:
    return None if row.stored is None else row.stored.attributes.lock.mode


def _legal_hold(row: Row) -> str | None:
    """Return `On` or `Off` (documented), and nothing where the bucket has no Object Lock (reported)."""
    if row.stored is None or not object_lock.is_enabled(row.bucket):
        return None
    return "On" if row.stored.attributes.lock.legal_hold == object_lock.ON else "Off"


def _bucket_key(row: Row) -> str | None:
    if row.stored is None:
        return None
    return "ENABLED" if row.stored.attributes.encryption.bucket_key else "DISABLED"


def _encryption(row: Row) -> str | None:
    return None if row.stored is None else ENCRYPTIONS.get(row.stored.attributes.encryption.method, "NOT-SSE")


def _tier(row: Row) -> str | None:
    return FREQUENT if row.stored is not None and row.stored.attributes.storage_class == TIERING else None


def _checksum(row: Row) -> str | None:
    checksum = None if row.stored is None else row.stored.checksum
    return None if checksum is None else checksum.algorithm.name


def _acl(row: Row) -> str | None:
    """Return the ACL as JSON in base64 (documented)."""
    if row.stored is None:
        return None
    grants = [
        {"canonicalId" if grant.kind == USER else "uri": grant.name, "type": grant.kind, "permission": grant.permission}
        for grant in acl_of(row.context, row.bucket, row.stored).grants
    ]
    document = {"version": ACL_VERSION, "status": "AVAILABLE", "grants": grants}
    return base64.b64encode(json.dumps(document, separators=(",", ":")).encode()).decode("ascii")


def _owner(row: Row) -> str:
    return row.version.owner or row.bucket.owner_id


def _expiration(row: Row) -> dt.datetime | None:
    lifecycle = row.bucket.lifecycle
    if lifecycle is None or row.stored is None or not row.is_latest:
        return None
    due = lifecycle.expiry(row.stored)
    return None if due is None else due.time


def _replication(row: Row) -> str | None:
    """Return the status of replication, where a bucket replicates."""
    status = None if row.stored is None else row.stored.replication
    return None if status is None else status.text


def _nothing(row: Row) -> None:
    """Return nothing: of these columns S3's pages do not say what they hold."""


COLUMNS: Mapping[str, Callable[[Row], Any]] = {
    "Bucket": lambda row: row.bucket.name,
    "Key": lambda row: row.version.key,
    "VersionId": _version_id,
    "IsLatest": lambda row: row.is_latest,
    "IsDeleteMarker": lambda row: row.version.is_delete_marker,
    "Size": lambda row: None if row.stored is None else row.stored.size,
    "LastModifiedDate": lambda row: row.version.last_modified,
    "ETag": lambda row: None if row.stored is None else row.stored.etag,
    "StorageClass": lambda row: None if row.stored is None else row.stored.attributes.storage_class,
    "IsMultipartUploaded": lambda row: None if row.stored is None else row.stored.is_multipart,
    "ReplicationStatus": _replication,
    "EncryptionStatus": _encryption,
    "ObjectLockRetainUntilDate": _retain_until,
    "ObjectLockMode": _lock_mode,
    "ObjectLockLegalHoldStatus": _legal_hold,
    "IntelligentTieringAccessTier": _tier,
    "BucketKeyStatus": _bucket_key,
    "ChecksumAlgorithm": _checksum,
    "ObjectAccessControlList": _acl,
    "ObjectOwner": _owner,
    "LifecycleExpirationDate": _expiration,
    "ObjectLockEventHoldStatus": _nothing,
    "ObjectLockEventHoldDuration": _nothing,
    "IntelligentTieringReferenceDate": _nothing,
}
ALWAYS = ("Bucket", "Key")
OF_VERSIONS = ("VersionId", "IsLatest", "IsDeleteMarker")


def chosen(document: Mapping[str, Any]) -> list[str]:
    """Return the columns that a configuration asks for, in S3's order, whatever its own is."""
    wanted = {*ALWAYS, *document.get("OptionalFields", ())}
    if document["IncludedObjectVersions"] == ALL:
        wanted.update(OF_VERSIONS)
    return [name for name in COLUMNS if name in wanted]


def rows_of(context: Context, bucket: Bucket, document: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what the inventory lists, in the order of the keys; of a key the newest version first."""
    prefix = (document.get("Filter") or {}).get("Prefix", "")
    if document["IncludedObjectVersions"] != ALL or bucket.versioning is None:
        for stored in bucket.objects.values():
            if stored.key.startswith(prefix):
                yield Row(context, bucket, stored, is_latest=True)
        return
    for key in bucket.versions.keys:
        if key.startswith(prefix):
            for number, version in enumerate(bucket.versions_of(key)):
                yield Row(context, bucket, version, is_latest=number == 0)
