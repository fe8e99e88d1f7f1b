"""Logging and Transfer Acceleration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.regions import US_EAST_1
from fakecos.model.access_log import AccessLog
from fakecos.operations.configurations.schema import require_choice

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context

GRANTEES = ("CanonicalUser", "AmazonCustomerByEmail", "Group")
PERMISSIONS = frozenset({"FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"})


def kept_logging(context: Context, bucket: Bucket, document: Document) -> Document | None:
    """Return where logs go, with grants as they came (recorded aws-bucket-configuration 53); nothing ends logging.

    Raises InvalidTargetBucketForLogging and CrossLocationLoggingProhibitted (54), MalformedXML.
    """
    enabled = document.get("LoggingEnabled")
    if enabled is None:
        return None
    for grant in enabled.get("TargetGrants", ()):
        require_choice(grant, "Permission", PERMISSIONS)
        require_choice(grant.get("Grantee", {}), "Type", GRANTEES)
    key_format = enabled.get("TargetObjectKeyFormat")
    if key_format is not None:
        if len(key_format) != 1:
            raise S3Error(errors.MALFORMED_XML)
        require_choice(key_format.get("PartitionedPrefix", {}), "PartitionDateSource", ("EventTime", "DeliveryTime"))
    name = enabled["TargetBucket"]
    target = context.store.buckets.get(name)
    if target is None:
        raise S3Error(errors.NO_LOGGING_TARGET, TargetBucket=name)
    if target.account != bucket.account:
        raise S3Error(errors.LOGGING_TARGET_OF_ANOTHER, TargetBucket=name)
    if target.region != bucket.region:
        if bucket.region == US_EAST_1:
            raise S3Error(errors.LOGGING_ELSEWHERE, TargetBucketLocation=target.region)
        raise S3Error(  # public: an answer of AWS
            errors.LOGGING_ELSEWHERE, SourceBucketLocation=bucket.region, TargetBucketLocation=target.region
        )
    return document


def apply_logging(context: Context, bucket: Bucket, document: Document) -> None:  # noqa: ARG001
    """Let the requests to the bucket be noted, from the one that switched its logging on."""
    if context.store.access_log is None:
        context.store.access_log = AccessLog()


def kept_acceleration(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the status (recorded aws-bucket-configuration 65). Raises InvalidRequest and MalformedXML."""
    if "." in bucket.name:
        raise S3Error(errors.ACCELERATE_WITH_DOTS)
    if "Status" not in document:
        raise S3Error(errors.MALFORMED_XML)
    require_choice(document, "Status", ("Enabled", "Suspended"))
    return document
