"""A bucket's own tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_BUCKET_TAGS
from fakecos.operations.tags import BUCKET, document_pairs, require_tags

if TYPE_CHECKING:
    from fakecos.facts.errors import ErrorSpec
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context


ABAC = "AbacStatus"
WAYS_ON = (
    "{name} has ABAC enabled (PutBucketAbac). TagResource and UntagResource belong to S3 Control, which fakecos does "
    "not have: give the tags to CreateBucket, or disable ABAC, tag the bucket, and enable it again."
)


def kept(context: Context, bucket: Bucket, document: Document) -> Document | None:
    """Return the tags; an empty TagSet takes them away (recorded aws-bucket-configuration 12), as none does.

    The latter: recorded aws-changes 16. Raises BadRequest where the bucket has ABAC (aws-changes 4; that it comes
    before the tags are judged: assumed).
    """
    require_no_abac(bucket, errors.TAGGED_WITH_ABAC)
    require_tags(context.dialect, document_pairs(document), MAX_BUCKET_TAGS, BUCKET)
    return document if document.get("TagSet") else None


def require_removable(context: Context, bucket: Bucket, document: Document | None) -> None:  # noqa: ARG001
    """Refuse to take the tags away where the bucket has ABAC (aws-changes 4)."""
    require_no_abac(bucket, errors.UNTAGGED_WITH_ABAC)


def require_no_abac(bucket: Bucket, row: ErrorSpec) -> None:
    """Refuse while the bucket's tags decide on access."""
    status = bucket.configurations.get(ABAC)
    if status is not None and status["Status"] == "Enabled":
        raise S3Error(row, explanation=WAYS_ON.format(name=bucket.name))
