"""Refusals of versioning configurations and of lists of versions."""

from __future__ import annotations

from fakecos.facts.errors.s3_error import BUCKETS, LISTING, argument, row

NO_VERSIONING_STATUS = row(
    "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified", (), BUCKETS + "13"
)
MFA_NEEDED = row("AccessDenied", 403, "Mfa Authentication must be used for this request", (), "public")
VERSIONING_OF_REPLICATION = row(
    "InvalidBucketState",
    409,
    "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the "
    "versioning state, first delete the replication configuration.",
    (),
    "public",
)
VERSION_MARKER_ALONE = argument("A version-id marker cannot be specified without a key marker.", LISTING + "15")
EMPTY_VERSION_MARKER = argument("A version-id marker cannot be empty.", "public (aws-measured 12)")
NEGATIVE_MAX_KEYS = row("InvalidArgument", 400, "max-keys cannot be negative", ("ArgumentName",), "public")
