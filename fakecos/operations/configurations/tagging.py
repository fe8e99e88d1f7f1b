"""A bucket's own tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts.error_table import (
    INVALID_TAG_KEY,
    INVALID_TAG_VALUE,
    SYSTEM_TAG,
    TAG_TWICE,
    TOO_MANY_BUCKET_TAGS,
)
from fakecos.facts.errors import S3Error
from fakecos.operations.attributes import MAX_TAG_KEY, MAX_TAG_VALUE, TAG_CHARACTERS

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.forms import Document
    from fakecos.operations.world import World

MAX_TAGS = 50  # documented: of a bucket
SYSTEM = "aws:"


def kept(world: World, bucket: Bucket, document: Document) -> Document | None:  # noqa: ARG001
    """Return the tags; an empty TagSet takes them away (recorded aws-bucket-configuration 12)."""
    require_tags(document["TagSet"])
    return document if document["TagSet"] else None


def require_tags(tags: list[dict[str, str]]) -> None:
    """Refuse tags with a wrong key or value, one key twice, or too many (documented; the words: public)."""
    seen: set[str] = set()
    for tag in tags:
        key, value = tag["Key"], tag["Value"]
        if not 1 <= len(key) <= MAX_TAG_KEY or not re.fullmatch(TAG_CHARACTERS, key):
            raise S3Error(INVALID_TAG_KEY, TagKey=key, TagValue=value)
        if len(value) > MAX_TAG_VALUE or not re.fullmatch(TAG_CHARACTERS, value):
            raise S3Error(INVALID_TAG_VALUE, TagKey=key, TagValue=value)
        if key in seen:
            raise S3Error(TAG_TWICE, TagKey=key)
        if key.startswith(SYSTEM):
            raise S3Error(SYSTEM_TAG)
        seen.add(key)
    if len(tags) > MAX_TAGS:
        raise S3Error(TOO_MANY_BUCKET_TAGS, maximum=MAX_TAGS)
