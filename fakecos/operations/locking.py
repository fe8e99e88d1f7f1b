"""Object Lock: what may be deleted for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.error_table import NO_LOCK_TO_BYPASS
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.versions import DeleteMarker
    from fakecos.operations.world import Params, World


def bypass_of(bucket: Bucket, params: Params) -> bool:  # noqa: ARG001  a bucket without Object Lock
    """Whether the request is to bypass GOVERNANCE retention.

    Raises InvalidArgument in a bucket without Object Lock (recorded aws-objects 72).
    """
    if "BypassGovernanceRetention" in params:
        raise S3Error(NO_LOCK_TO_BYPASS, ArgumentName="x-amz-bypass-governance-retention")
    return False


def require_deletable(world: World, bucket: Bucket, version: StoredObject | DeleteMarker, *, bypass: bool) -> None:
    """Refuse to delete a version that is locked; without Object Lock none is."""


def require_suspendable(bucket: Bucket) -> None:
    """Refuse to suspend the versioning of a bucket with Object Lock."""
