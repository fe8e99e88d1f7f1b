"""What a document's schema asks for beyond what the service model says: numbers, choices, ARNs, filters.

Each function raises MalformedXML unless it says otherwise; that an enumeration is checked so is recorded for many of
them (aws-bucket-configuration 24, 64-66) and assumed for the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_PREFIX, MAX_TAG_KEY, MAX_TAG_VALUE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Document = dict[str, Any]

_VALUE = 64
ENABLED_OR_DISABLED = ("Enabled", "Disabled")
BUCKET_CRN = r"crn:v1:[^ ]*:bucket:([a-z0-9.-]{3,63})"  # documented by IBM: a bucket is named by its CRN
BUCKET_ARN = r"arn:aws[a-z-]*:s3:::([A-Za-z0-9._-]{3,255})"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _VALUE else f"{text[: _VALUE - 1]}…"


def _listed(choices: Collection[Any]) -> str:
    names = [str(choice) for choice in choices]
    names = names if isinstance(choices, (tuple, list)) else sorted(names)
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def require_choice(document: Mapping[str, Any], member: str, choices: Collection[Any]) -> None:
    """Refuse a member that is there and has another value than these; letter case counts."""
    if member in document and document[member] not in choices:
        raise S3Error(
            errors.MALFORMED_XML, explanation=f"{member} is {_shown(document[member])}: it takes {_listed(choices)}."
        )


def require_choices(values: Iterable[str], choices: Collection[str]) -> None:
    """Refuse a list with another value than these."""
    wrong = [value for value in values if value not in choices]
    if wrong:
        raise S3Error(errors.MALFORMED_XML, explanation=f"{_shown(wrong[0])} is none of {_listed(choices)}.")


def require_integer(document: Document, member: str) -> None:
    """Refuse a member that is there and does not read as a number."""
    if member in document and type(document[member]) is not int:
        raise S3Error(
            errors.MALFORMED_XML, explanation=f"{member} is {_shown(document[member])}: it takes a whole number."
        )


def require_boolean(document: Document, member: str) -> None:
    """Refuse a member that is there and is neither true nor false."""
    if member in document and not isinstance(document[member], bool):
        raise S3Error(
            errors.MALFORMED_XML, explanation=f"{member} is {_shown(document[member])}: it takes true or false."
        )


def require_count(items: Collection[Any], minimum: int, maximum: int) -> None:
    """Refuse a list that is too short or too long."""
    if not minimum <= len(items) <= maximum:
        raise S3Error(
            errors.MALFORMED_XML,
            explanation=f"a list in the document has {len(items):,} entries: it takes {minimum:,} to {maximum:,}.",
        )


def require_filter(document: Document, conditions: Collection[str]) -> None:
    """Refuse a Filter that is not exactly one condition, and an And of less than two (documented)."""
    if "Filter" not in document:
        return
    given = document["Filter"]
    if len(given) != 1 or not given.keys() <= {*conditions, "And"}:
        raise S3Error(errors.MALFORMED_XML)
    require_several(given)
    require_sizes_of(given.get("And", given))


def require_sizes_of(conditions: Document) -> None:
    """Refuse a prefix, or a tag's name or value, that is longer than any key or tag can be (assumed)."""
    tags = [*conditions.get("Tags", ()), *([conditions["Tag"]] if "Tag" in conditions else ())]
    if len(conditions.get("Prefix", "").encode()) > MAX_PREFIX or any(
        not 1 <= len(tag["Key"]) <= MAX_TAG_KEY or len(tag["Value"]) > MAX_TAG_VALUE for tag in tags
    ):
        raise S3Error(errors.MALFORMED_XML)


def require_several(conditions: Document) -> None:
    """Refuse an And of less than two conditions, of which each tag is one (public for lifecycle rules)."""
    several = conditions.get("And")
    if several is not None and len(several.keys() - {"Tags"}) + len(several.get("Tags", ())) < 2:  # noqa: PLR2004
        raise S3Error(errors.MALFORMED_XML)


def require_bucket_arn(text: str, *, or_crn: bool = False) -> str:
    """Return the name in a bucket's ARN, or in its CRN. Raises InvalidS3DestinationBucket (recorded, inventory 64)."""
    found = re.fullmatch(BUCKET_ARN, text) or (re.fullmatch(BUCKET_CRN, text) if or_crn else None)
    if found is None:
        raise S3Error(errors.INVALID_DESTINATION)
    return found[1]
