"""Where Immutable Object Storage takes part in the operations of S3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.operations.context import ServiceRules
from fakecos.operations.immutable_storage import bucket_protection, retention

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import ServiceFields


class ImmutableStorage(ServiceRules):
    """Retention periods and legal holds of objects in a bucket that has a policy."""

    def require_writable(self, context: Context, bucket: Bucket, params: Mapping[str, Any]) -> None:
        """Judge the retention headers, and whether the object that is there may be replaced."""
        retention.require_writable(context, bucket, params)

    def require_digest(self, bucket: Bucket, params: Mapping[str, Any]) -> None:
        """Refuse a body without a digest where there is a policy."""
        retention.require_digest(bucket, params)

    def with_source(self, params: Mapping[str, Any], source: StoredObject) -> Mapping[str, Any]:
        """Return the parameters of a copy with its own retention, or that of the source."""
        return retention.copied(params, source)

    def stored(self, bucket: Bucket, params: Mapping[str, Any], made: StoredObject) -> StoredObject:
        """Return an object that is retained as its request or else the bucket's policy says."""
        return retention.retained(bucket, params, made)

    def copied(self, params: Mapping[str, Any], source: StoredObject, made: StoredObject) -> StoredObject:
        """Return a copy with the legal holds of its source, if the request copies them."""
        return retention.with_holds_of(source, made, params)

    def require_removable(self, context: Context, version: StoredObject | DeleteMarker | None) -> None:
        """Refuse to overwrite or delete what is retained or held."""
        retention.require_free(context, version)

    def is_protected(self, version: StoredObject | DeleteMarker, moment: dt.datetime) -> bool:
        """Whether an object is retained or held."""
        return retention.is_protected(version, moment)

    def require_versionable(self, bucket: Bucket) -> None:
        """Refuse versions where there is a policy."""
        bucket_protection.require_unprotected(bucket)

    def object_fields(self, bucket: Bucket, stored: StoredObject) -> ServiceFields:
        """Return the members that tell of a retention."""
        kept = stored.attributes.retention
        return {**({} if kept is None else retention.fields_of(kept)), **super().object_fields(bucket, stored)}
