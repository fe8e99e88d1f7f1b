"""A bucket's own tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.limits import MAX_BUCKET_TAGS
from fakecos.operations.tags import BUCKET, document_pairs, require_tags

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context


def kept(context: Context, bucket: Bucket, document: Document) -> Document | None:  # noqa: ARG001
    """Return the tags; an empty TagSet takes them away (recorded aws-bucket-configuration 12), as none does.

    The latter: recorded aws-changes 16.
    """
    require_tags(context.dialect, document_pairs(document), MAX_BUCKET_TAGS, BUCKET)
    return document if document.get("TagSet") else None
