"""Kinds of which a bucket may have many, each with an id: analytics, inventory, metrics, Intelligent-Tiering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.inventory import Schedule
from fakecos.operations.configurations.schema import (
    ENABLED_OR_DISABLED,
    require_boolean,
    require_bucket_arn,
    require_choice,
    require_choices,
    require_count,
    require_filter,
    require_integer,
)

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context

TIER_MINIMUM = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}  # days, documented
TIER_MAXIMUM = 730  # days, documented
INVENTORY_FIELDS = frozenset(  # documented: InventoryConfiguration, OptionalFields
    {
        *("Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded", "ReplicationStatus"),
        *("EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus"),
        *("IntelligentTieringAccessTier", "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList"),
        *("ObjectOwner", "LifecycleExpirationDate", "ObjectLockEventHoldStatus", "ObjectLockEventHoldDuration"),
        "IntelligentTieringReferenceDate",
    }
)


def kept_analytics(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the document as it came (recorded aws-bucket-configuration 61)."""
    require_filter(document, ("Prefix", "Tag"))
    export = document["StorageClassAnalysis"].get("DataExport")
    if export is not None:
        destination = export["Destination"]["S3BucketDestination"]
        require_choice(export, "OutputSchemaVersion", ("V_1",))
        require_choice(destination, "Format", ("CSV",))
        require_bucket_arn(destination["Bucket"])
    return document


def kept_inventory(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the document as it came (recorded aws-bucket-configuration 63, 64)."""
    destination = document["Destination"]["S3BucketDestination"]
    require_choice(destination, "Format", context.dialect.inventory_formats)
    require_choice(document["Schedule"], "Frequency", ("Daily", "Weekly"))
    require_choice(document, "IncludedObjectVersions", ("All", "Current"))
    require_choices(document.get("OptionalFields", ()), INVENTORY_FIELDS)
    require_boolean(document, "IsEnabled")
    if len(destination.get("Encryption", {"one": 1})) != 1:
        raise S3Error(errors.MALFORMED_XML)
    require_bucket_arn(destination["Bucket"], or_crn=context.dialect.bucket_crns)
    return document


def apply_inventory(context: Context, bucket: Bucket, document: Document) -> None:
    """Let the lists of an inventory be written from now on; one that is there goes on as it did."""
    if context.dialect.writes_inventories:
        bucket.inventories = {document["Id"]: Schedule(context.now()), **bucket.inventories}


def kept_metrics(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the document as it came (recorded aws-bucket-configuration 56-60)."""
    require_filter(document, ("Prefix", "Tag", "AccessPointArn"))
    return document


def kept_tiering(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the document as it came (recorded aws-bucket-configuration 62).

    Raises InvalidArgument for days outside the documented range.
    """
    require_filter(document, ("Prefix", "Tag"))
    require_choice(document, "Status", ENABLED_OR_DISABLED)
    tierings = document["Tierings"]
    require_count(tierings, 1, len(TIER_MINIMUM))
    for tiering in tierings:
        require_choice(tiering, "AccessTier", TIER_MINIMUM)
        require_integer(tiering, "Days")
        tier, days = tiering["AccessTier"], tiering["Days"]
        minimum = TIER_MINIMUM[tier]
        if not minimum <= days <= TIER_MAXIMUM:
            raise S3Error(
                errors.TIER_DAYS,
                ArgumentName="Days",
                ArgumentValue=days,
                minimum=minimum,
                maximum=TIER_MAXIMUM,
                tier=tier,
            )
    if len({tiering["AccessTier"] for tiering in tierings}) != len(tierings):
        raise S3Error(errors.MALFORMED_XML)
    return document
