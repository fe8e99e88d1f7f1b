"""PutBucketVersioning and GetBucketVersioning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.versions import ENABLED, SUSPENDED
from fakecos.operations import object_lock
from fakecos.operations.configurations.schema import require_choice
from fakecos.operations.lookup import bucket_of

if TYPE_CHECKING:
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        GetBucketVersioningOutput,
        GetBucketVersioningRequest,
        PutBucketVersioningOutput,
        PutBucketVersioningRequest,
    )

REPLICATION = "ReplicationConfiguration"
STATUSES = (ENABLED, SUSPENDED)
MFA_STATES = ("Enabled", "Disabled")


def put_bucket_versioning(context: Context, params: PutBucketVersioningRequest) -> PutBucketVersioningOutput:
    """Enable or suspend versioning (recorded aws-bucket-configuration 13). It cannot be taken away again.

    Raises MalformedXML, IllegalVersioningConfigurationException without a status, and AccessDenied for MFA delete,
    which fakecos refuses as S3 does where no MFA device answers (public). MFA delete that is disabled is
    taken, and not reported (assumed). InvalidBucketState where versioning is suspended under Object Lock or under a
    replication configuration (public; documented by IBM too).
    """
    bucket = bucket_of(context, params)
    document = params.get("VersioningConfiguration") or {}
    status = document.get("Status")
    if status is None:
        raise S3Error(errors.NO_VERSIONING_STATUS)
    require_choice(document, "Status", STATUSES)
    require_choice(document, "MFADelete", MFA_STATES)
    if document.get("MFADelete") == "Enabled":
        raise S3Error(errors.MFA_NEEDED)
    context.rules(bucket).require_versionable(bucket)
    if status == SUSPENDED:
        object_lock.require_suspendable(bucket)
        if REPLICATION in bucket.configurations:
            raise S3Error(errors.VERSIONING_OF_REPLICATION)
    bucket.set_versioning(status)
    return {}


def get_bucket_versioning(context: Context, params: GetBucketVersioningRequest) -> GetBucketVersioningOutput:
    """Return the status; nothing as long as versioning was never configured (recorded aws-bucket-configuration 13)."""
    bucket = bucket_of(context, params)
    return {} if bucket.versioning is None else {"Status": bucket.versioning}
