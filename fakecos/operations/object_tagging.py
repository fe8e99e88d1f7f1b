"""PutObjectTagging, GetObjectTagging and DeleteObjectTagging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.limits import MAX_OBJECT_TAGS
from fakecos.operations.lookup import bucket_of, object_to_change, require_named_with_bucket, version_fields
from fakecos.operations.tags import document_pairs, require_tags, tag_set

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        DeleteObjectTaggingOutput,
        DeleteObjectTaggingRequest,
        GetObjectTaggingOutput,
        GetObjectTaggingRequest,
        PutObjectTaggingOutput,
        PutObjectTaggingRequest,
        VersionFields,
    )


def put_object_tagging(context: Context, params: PutObjectTaggingRequest) -> PutObjectTaggingOutput:
    """Replace all tags of a version; an empty TagSet takes them away (recorded aws-objects 60-62).

    Raises what `require_tags` and `object_to_change` raise.
    """
    bucket = bucket_of(context, params)
    tags = require_tags(context.dialect, document_pairs(params["Tagging"]), MAX_OBJECT_TAGS)
    stored = object_to_change(bucket, params, "PUT")
    context.note(bucket, "ObjectTagging:Put", stored)
    return _replaced(bucket, stored, tags)


def get_object_tagging(context: Context, params: GetObjectTaggingRequest) -> GetObjectTaggingOutput:
    """Return the tags of a version by name (recorded aws-objects 60-62).

    The refusal for a missing key names the bucket with it (public: an answer of AWS).
    """
    bucket = bucket_of(context, params)
    require_named_with_bucket(bucket, params)
    stored = object_to_change(bucket, params, "GET")
    return {**version_fields(bucket, stored), "TagSet": tag_set(stored.attributes.tags)}


def delete_object_tagging(context: Context, params: DeleteObjectTaggingRequest) -> DeleteObjectTaggingOutput:
    """Take all tags of a version away; without any it succeeds too (recorded aws-objects 62)."""
    bucket = bucket_of(context, params)
    stored = object_to_change(bucket, params, "DELETE")
    context.note(bucket, "ObjectTagging:Delete", stored)
    return _replaced(bucket, stored, {})


def _replaced(bucket: Bucket, stored: StoredObject, tags: dict[str, str]) -> VersionFields:
    bucket.replace(stored.changed(attributes=stored.attributes.changed(tags=tags)))
    return version_fields(bucket, stored)
