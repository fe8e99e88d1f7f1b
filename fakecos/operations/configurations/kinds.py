"""The table of configurations: what is new to S3 is one row here, and the rules of its document.

A row names the operations as the service models do; `answering.py` makes them. A kind that one service model alone
has needs nothing more: requests by the other model's clients never come to its operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.facts import errors as rows
from fakecos.model.bucket import OWNERSHIP, PUBLIC_ACCESS_BLOCK, TAGGING
from fakecos.operations.configurations.settings import UNSET_ENCRYPTION

if TYPE_CHECKING:
    from fakecos.facts.errors import ErrorSpec


class Kind(NamedTuple):
    """One kind of configuration.

    - `name`: the document's member in the request of Put, and its name in `bucket.configurations`.
    - `check`: module and function of this package that judge a document and return what is kept of it; None takes
      the configuration away. A name, so that rules are only loaded when a document comes (start-up is a budget).
    - `put`, `get`, `delete`, `list`: names of the operations.
    - `member`: where Get's answer has the document; None if the document's members are the answer's.
    - `missing`: what Get answers when there is none, or else `unset`: the document that it answers then.
    - `shown`: module and function that return what Get answers, of the document that is kept, None if there is none.
    - `removable`: module and function that judge a Delete; without one each is taken.
    - `checksum_required`: Put needs Content-MD5 or a checksum. Those of which AWS's SDK for Go (version 1) says that S3
      needs it, but for the policy, which s3cmd and minio's JavaScript send without (assumed: aws-changes 20); the
      others it sent for years without, and s3cmd does (public). `httpChecksumRequired` of the models says
      only what clients shall send.
    - `confirm`: what judges a Put by its headers, once the document is right; empty if nothing does.
    - `items`: the list in the answer of List, for a kind with ids; `mismatch`: what another id in the document is.
    - `applied`: module and function that let the bucket act by a document that is kept now, or by None where it
      is taken away; empty if nothing follows.
    - `effect`: what fakecos does because of it; empty if it is only stored.
    """

    name: str
    check: str
    put: str
    get: str
    delete: str | None = None
    list: str | None = None
    member: str | None = None
    missing: ErrorSpec | None = None
    unset: Any = None
    shown: str = ""
    removable: str = ""
    checksum_required: bool = False
    confirm: str = ""
    items: str | None = None
    mismatch: ErrorSpec | None = None
    applied: str = ""
    effect: str = ""


def _with_ids(
    name: str,
    check: str,
    operation: str,
    *,
    plural: str,
    mismatch: ErrorSpec = rows.MALFORMED_XML,
    applied: str = "",
    effect: str = "",
) -> Kind:
    """Return the row of a kind with ids: its operations have regular names."""
    return Kind(
        name,
        check,
        f"Put{operation}",
        f"Get{operation}",
        f"Delete{operation}",
        f"List{plural}",
        member=name,
        missing=rows.NO_CONFIGURATION,
        items=f"{name}List",
        mismatch=mismatch,
        applied=applied,
        effect=effect,
    )


KINDS = (
    Kind(
        "CORSConfiguration",
        "cors.kept",
        "PutBucketCors",
        "GetBucketCors",
        "DeleteBucketCors",
        missing=rows.NO_CORS,
        checksum_required=True,
        effect="Preflights are answered by its rules, and requests with an Origin get their headers.",
    ),
    Kind(
        "ServerSideEncryptionConfiguration",
        "settings.kept_encryption",
        "PutBucketEncryption",
        "GetBucketEncryption",
        "DeleteBucketEncryption",
        member="ServerSideEncryptionConfiguration",
        unset=UNSET_ENCRYPTION,
        shown="settings.shown_encryption",
        effect="What is stored without an encryption of its own gets this one; SSE-C may be blocked.",
    ),
    Kind(
        TAGGING,
        "tagging.kept",
        "PutBucketTagging",
        "GetBucketTagging",
        "DeleteBucketTagging",
        removable="tagging.require_removable",
        missing=rows.NO_TAG_SET,
        checksum_required=True,
    ),
    Kind(
        "Policy",
        "policy.kept",
        "PutBucketPolicy",
        "GetBucketPolicy",
        "DeleteBucketPolicy",
        member="Policy",
        missing=rows.NO_POLICY,
        effect="It is evaluated for every request.",
    ),
    Kind(
        OWNERSHIP,
        "settings.kept_ownership",
        "PutBucketOwnershipControls",
        "GetBucketOwnershipControls",
        "DeleteBucketOwnershipControls",
        member=OWNERSHIP,
        missing=rows.NO_OWNERSHIP,
        effect="Decides whether ACLs may be given.",
    ),
    Kind(
        PUBLIC_ACCESS_BLOCK,
        "settings.kept_public_access_block",
        "PutPublicAccessBlock",
        "GetPublicAccessBlock",
        "DeletePublicAccessBlock",
        member=PUBLIC_ACCESS_BLOCK,
        missing=rows.NO_PUBLIC_ACCESS_BLOCK,
        effect="Each of its four members is obeyed.",
    ),
    Kind(
        "WebsiteConfiguration",
        "website.kept",
        "PutBucketWebsite",
        "GetBucketWebsite",
        "DeleteBucketWebsite",
        missing=rows.NO_WEBSITE,
        effect="The website host answers by it.",
    ),
    Kind(
        "ReplicationConfiguration",
        "replication.kept",
        "PutBucketReplication",
        "GetBucketReplication",
        "DeleteBucketReplication",
        member="ReplicationConfiguration",
        missing=rows.NO_REPLICATION,
        checksum_required=True,
        applied="replication.apply",
        effect="What is written is replicated as time passes. As long as it is there, versioning cannot be suspended.",
    ),
    Kind(
        "BucketLoggingStatus",
        "logging_and_acceleration.kept_logging",
        "PutBucketLogging",
        "GetBucketLogging",
        applied="logging_and_acceleration.apply_logging",
        unset={},
        effect="Requests to the bucket are written into log objects as time passes.",
    ),
    Kind(
        "NotificationConfiguration",
        "notification.kept",
        "PutBucketNotificationConfiguration",
        "GetBucketNotificationConfiguration",
        confirm="destinations.require_destinations",
        unset={},
        effect="Events are sent, and told by `cos.events`.",
    ),
    Kind(
        "RequestPaymentConfiguration",
        "settings.kept_payer",
        "PutBucketRequestPayment",
        "GetBucketRequestPayment",
        unset={"Payer": "BucketOwner"},  # documented
        effect="Other accounts must say that they pay.",
    ),
    Kind(
        "AccelerateConfiguration",
        "logging_and_acceleration.kept_acceleration",
        "PutBucketAccelerateConfiguration",
        "GetBucketAccelerateConfiguration",
        unset={},  # documented: no status as long as none was set
        effect="The host of Transfer Acceleration answers while it is enabled.",
    ),
    Kind(
        "AbacStatus",
        "settings.kept_abac",
        "PutBucketAbac",
        "GetBucketAbac",
        member="AbacStatus",
        unset={"Status": "Disabled"},  # documented
        effect="While it is enabled, tags are not changed by PutBucketTagging and DeleteBucketTagging.",
    ),
    _with_ids(
        "AnalyticsConfiguration",
        "reports.kept_analytics",
        "BucketAnalyticsConfiguration",
        plural="BucketAnalyticsConfigurations",
    ),
    _with_ids(
        "InventoryConfiguration",
        "reports.kept_inventory",
        "BucketInventoryConfiguration",
        plural="BucketInventoryConfigurations",
        mismatch=rows.ID_MISMATCH,
        applied="reports.apply_inventory",
        effect="On AWS lists of the objects are written as time passes.",
    ),
    _with_ids(
        "MetricsConfiguration",
        "reports.kept_metrics",
        "BucketMetricsConfiguration",
        plural="BucketMetricsConfigurations",
    ),
    _with_ids(
        "IntelligentTieringConfiguration",
        "reports.kept_tiering",
        "BucketIntelligentTieringConfiguration",
        plural="BucketIntelligentTieringConfigurations",
    ),
)


def names_of(kind: Kind) -> list[str]:
    """Return the names of a kind's operations."""
    return [name for name in (kind.put, kind.get, kind.delete, kind.list) if name is not None]


def stored_only() -> frozenset[str]:
    """Return the operations that keep or show a document that nothing else in fakecos looks at."""
    return frozenset(name for kind in KINDS if not kind.effect for name in names_of(kind))


def effects() -> dict[str, str]:
    """Return what putting a document does, by the name of its operation."""
    return {kind.put: kind.effect for kind in KINDS if kind.effect}
