"""The rules of tags, wherever they come from: the header of a Put, or a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_OBJECT_TAGS, MAX_TAG_KEY, MAX_TAG_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakecos.facts.services.dialect import Dialect
    from fakecos.wire.types import Tag

OBJECT = "Object"
BUCKET = "Bucket"
NEW_BUCKET = "new Bucket"
SYSTEM_TAGS = {
    OBJECT: errors.SYSTEM_TAG_OF_OBJECT,
    BUCKET: errors.SYSTEM_TAG_OF_BUCKET,
    NEW_BUCKET: errors.SYSTEM_TAG_OF_NEW_BUCKET,
}
BROKEN_ESCAPE = r"%(?![0-9A-Fa-f]{2})"


def header_tags(dialect: Dialect, tagging: str | None) -> dict[str, str]:
    """Return the tags of an x-amz-tagging header (a query string; recorded aws-objects 60).

    Raises InvalidArgument for what does not decode and a name given twice (public), and what `require_tags` raises.
    """
    if not tagging:
        return {}
    pairs = _pairs_of(tagging)
    if pairs is None or len({name for name, _ in pairs}) < len(pairs):
        raise S3Error(errors.INVALID_TAGGING, ArgumentName="x-amz-tagging", ArgumentValue=tagging)
    return require_tags(dialect, pairs, MAX_OBJECT_TAGS)


def _pairs_of(tagging: str) -> list[tuple[str, str]] | None:
    """Return names and values, None for what is not encoded: a lone percent sign, bytes that are not UTF-8 (public).

    Characters outside of ASCII must be encoded too (assumed), and an equals sign in a value: `key1=val1,key2=val2` is
    refused (public: an answer of AWS; that it is for the sign and not for the comma: assumed). An equals sign alone is
    no pair (public: reported of AWS).
    """
    items = [item for item in tagging.split("&") if item]
    if (
        re.search(BROKEN_ESCAPE, tagging)
        or not tagging.isascii()
        or any(item == "=" or item.count("=") > 1 for item in items)
    ):
        return None
    parts = (item.partition("=") for item in items)
    try:
        return [(unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")) for name, _, value in parts]
    except UnicodeDecodeError:
        return None


def require_tags(dialect: Dialect, pairs: Iterable[tuple[str, str]], maximum: int, of: str = OBJECT) -> dict[str, str]:
    """Return tags as name to value; `of` is what they belong to, `OBJECT`, `BUCKET` or `NEW_BUCKET`.

    Raises BadRequest for more than `maximum`, and InvalidTag: an empty or too long name, a name that S3 keeps for
    itself, a too long value, characters that S3 does not have for tags, a name given twice (limits documented, words
    public).
    """
    given = list(pairs)
    if len(given) > maximum:
        raise S3Error(errors.TOO_MANY_TAGS if of == OBJECT else errors.TOO_MANY_BUCKET_TAGS, maximum=maximum)
    tags: dict[str, str] = {}
    for name, value in given:
        if name.startswith(dialect.tag_prefixes):
            prefix = next(prefix for prefix in dialect.tag_prefixes if name.startswith(prefix))
            key: dict[str, Any] = {} if of == NEW_BUCKET else {"TagKey": name}
            raise S3Error(SYSTEM_TAGS[of], prefix=prefix, **key)
        if not 0 < len(name) <= MAX_TAG_KEY or not re.fullmatch(dialect.tag_characters, name):
            raise S3Error(errors.INVALID_TAG_KEY, TagKey=name)
        if len(value) > MAX_TAG_VALUE or not re.fullmatch(dialect.tag_characters, value):
            raise S3Error(errors.INVALID_TAG_VALUE, TagKey=name, TagValue=value)
        if name in tags:
            raise S3Error(errors.SAME_TAG_KEY, TagKey=name)
        tags[name] = value
    return tags


def document_pairs(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return name and value of each Tag of a Tagging document; that they are there is its schema's business.

    A document without a TagSet has no tags (recorded aws-changes 16).
    """
    return [(tag["Key"], tag["Value"]) for tag in document.get("TagSet") or ()]


def tag_set(tags: Mapping[str, str]) -> list[Tag]:
    """Return a TagSet, by name (recorded aws-objects 60)."""
    return [{"Key": name, "Value": tags[name]} for name in sorted(tags)]
