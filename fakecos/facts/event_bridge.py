"""How EventBridge names the types of S3's events, and what its messages have.

Names, reasons and kinds of deletion are documented ("Using EventBridge", "EventBridge event message structure", "Amazon
EventBridge mapping and troubleshooting") and recorded aws-bucket-configuration 71, 72. What is in no row is not sent
there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts import dates
from fakecos.facts.event_types import BY_NAME, ETAG, SIZE

if TYPE_CHECKING:
    from fakecos.facts.dates import DatedFact

SOURCE = "aws.s3"
FOR_GOOD, MARKED = "Permanently Deleted", "Delete Marker Created"
EXPIRED = "Lifecycle Expiration"
DELETED = "Object Deleted"


class Detail(NamedTuple):
    """One type: its `detail-type`, and `reason` and `deletion-type` of the detail, empty where it has none."""

    detail_type: str
    reason: str = ""
    deletion_type: str = ""


ROWS = {
    "ObjectCreated:Put": Detail("Object Created", "PutObject"),
    "ObjectCreated:Post": Detail("Object Created", "POST Object"),
    "ObjectCreated:Copy": Detail("Object Created", "CopyObject"),
    "ObjectCreated:CompleteMultipartUpload": Detail("Object Created", "CompleteMultipartUpload"),
    "ObjectRemoved:Delete": Detail(DELETED, "DeleteObject", FOR_GOOD),
    "ObjectRemoved:DeleteMarkerCreated": Detail(DELETED, "DeleteObject", MARKED),
    "LifecycleExpiration:Delete": Detail(DELETED, EXPIRED, FOR_GOOD),
    "LifecycleExpiration:DeleteMarkerCreated": Detail(DELETED, EXPIRED, MARKED),
    "ObjectRestore:Post": Detail("Object Restore Initiated"),
    "ObjectRestore:Completed": Detail("Object Restore Completed"),
    "ObjectRestore:Delete": Detail("Object Restore Expired"),
    "LifecycleTransition": Detail("Object Storage Class Changed"),
    "IntelligentTiering": Detail("Object Access Tier Changed"),
    "ObjectAcl:Put": Detail("Object ACL Updated"),
    "ObjectTagging:Put": Detail("Object Tags Added"),
    "ObjectTagging:Delete": Detail("Object Tags Deleted"),
    "ObjectAnnotation:Put": Detail("Object Annotation Created", "PutObjectAnnotation"),
    "ObjectAnnotation:Delete": Detail("Object Annotation Removed", "DeleteObjectAnnotation"),
    "ObjectRetention:Put": Detail("Object Retention Updated"),  # public: aws-event-notifications 24
}
RESTORES = "ObjectRestore:"
WITH_CLASS = frozenset({"ObjectRestore:Post", "ObjectRestore:Completed"})
"""The types whose detail has the storage class of the object that is restored (documented)."""


def members_of(event: str) -> frozenset[str]:
    """Return which members the object has beside its key and version: those of the other messages, by their names.

    A restore has no sequencer (recorded aws-bucket-configuration 72).
    """
    return frozenset({SIZE, ETAG}) if event.startswith(RESTORES) else BY_NAME[event].members


def version_in(facts: frozenset[DatedFact]) -> str | None:
    """Return the `event-version` of a detail, None for the time before it had one (recorded, 2023).

    1.1 is documented, 1.2 public; with what each of them came is assumed: aws-event-notifications 24.
    """
    for fact, version in ((dates.RETENTION_EVENTS, "1.2"), (dates.BUCKET_TAGS_IN_EVENTS, "1.1")):
        if fact in facts:
            return version
    return "1.0" if dates.ANNOTATIONS in facts else None
