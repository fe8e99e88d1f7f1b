"""What a query says of the sub-resource that a request is about, judged before anything is looked up.

Two sub-resources at once, a version id where none is taken, a part of a bucket: each is refused here, in S3's order.
Which names count at the path of a bucket and of a key, and their types, is measured (aws-measured 1 to 9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.wire.service_model import BUCKET, OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PART, UPLOAD, VERSION, WEBSITE = "partNumber", "uploadId", "versionId", "website"
TORRENT, ANNOTATION, ANNOTATION_NAME = "torrent", "annotation", "annotationName"
READS = frozenset({"GET", "HEAD"})
MAX_INTEGER = 2**31 - 1

# At the path of a key these are the bucket's own sub-resources, whatever the key (aws-measured 5).
BUCKETS_AT_KEYS = frozenset(
    {
        *("accelerate", "cors", "delete", "inventory", "lifecycle", "location", "logging", "notification", "policy"),
        *("replication", "requestPayment", "versioning", "versions", "website"),
    }
)
# The other ones of buckets: a read of a key does not look at them (6), other methods are refused (assumed).
IGNORED_AT_KEYS = frozenset(
    {
        *("abac", "analytics", "intelligent-tiering", "metadataAnnotationTable", "metadataConfiguration"),
        *("metadataInventoryTable", "metadataJournalTable", "metadataTable", "metrics", "object-lock"),
        *("ownershipControls", "policyStatus", "publicAccessBlock"),
    }
)
REJUDGED = BUCKETS_AT_KEYS | {VERSION, TORRENT}  # the value counts, or the level is another one
OF_KEYS = frozenset(
    {
        *("acl", ANNOTATION, "attributes", "encryption", "legal-hold", "restore", "retention", "select", "tagging"),
        *(TORRENT, UPLOAD, "uploads"),
    }
)
SELECTED = {
    BUCKET: BUCKETS_AT_KEYS
    | IGNORED_AT_KEYS
    | {"acl", "encryption", "restore", "tagging", TORRENT, UPLOAD, "uploads", PART},
    OBJECT: BUCKETS_AT_KEYS | OF_KEYS | {PART},
}
# A key's operations that take no version id (4); a plain Put and parts are judged by their operations.
WITHOUT_VERSIONS = BUCKETS_AT_KEYS | {TORRENT, "uploads"}
# At a bucket these read the version id once the bucket is found, and find it no version's (3).
VERSIONS_OF_BUCKETS = frozenset({("GET", "acl"), ("HEAD", "acl"), ("PUT", "acl"), ("POST", "restore")})

# Refusals of a path that come after the signature and the bucket (1, 3, 5).
AFTER_BUCKET = frozenset(
    {
        errors.INVALID_VERSION_ID,
        errors.USER_KEY_NEEDED,
        errors.KEY_NEEDED,
        errors.NO_LOGGING_OF_KEY,
        errors.NO_SUCH_SUBRESOURCE,
        errors.UPLOADS_OF_KEY,
    }
)


def selected(level: str, query: Iterable[str]) -> list[str]:
    """Return the sub-resources that a query names, by name. A part number and its upload are one: `partNumber`."""
    known = SELECTED.get(level)
    if known is None:
        return []
    names = sorted(known.intersection(query))
    if level == OBJECT and names == [PART]:
        names = []  # of GetObject, or a part of an upload that is not named
    if level == OBJECT and ANNOTATION_NAME in query and ANNOTATION not in names:
        names = sorted([*names, ANNOTATION_NAME])
    return [PART] if names == [PART, UPLOAD] else names


def judge(method: str, level: str, query: Mapping[str, str]) -> str | None:
    """Return the sub-resource that a query names, None if it names none.

    Raises InvalidArgument for two of them, for a version id and a value where there must not be one, and
    InvalidRequest for a part of a bucket: in this order (aws-measured 1 to 4).
    """
    names = selected(level, query)
    if len(names) > 1:
        raise S3Error(
            errors.CONFLICTING_QUERY, ArgumentName="ResourceType", ArgumentValue=names[0], names=", ".join(names)
        )
    name = names[0] if names else None
    if name == PART and level == BUCKET and UPLOAD not in query:
        raise S3Error(errors.PART_OF_BUCKET)
    if VERSION in query:
        _require_version(method, level, name, query)
    if query.get(WEBSITE):
        raise S3Error(errors.VALUE_OF_WEBSITE, ArgumentName=WEBSITE, ArgumentValue=query[WEBSITE])
    if name == ANNOTATION_NAME:
        raise S3Error(errors.UNEXPECTED_PARAMETER, ArgumentName="ResourceType", ArgumentValue=name)
    return name


def _require_version(method: str, level: str, name: str | None, query: Mapping[str, str]) -> None:
    """Refuse a version id of what has no versions, and an empty one (aws-measured 3, 4)."""
    version = query[VERSION]
    if level == BUCKET and not (method == "POST" and name is None):  # which is asked for a form first
        if (method, name) in VERSIONS_OF_BUCKETS:
            raise S3Error(errors.INVALID_VERSION_ID, ArgumentName=VERSION, ArgumentValue=version or None)
        if method in READS:
            _require_integers(query)
        refuse_version(version)
    if level == OBJECT and (name in WITHOUT_VERSIONS or (name == UPLOAD and PART not in query)):
        refuse_version(version)
    if level == OBJECT and version == "" and name != PART and (method in READS or name is not None):
        raise S3Error(errors.EMPTY_VERSION_ID, ArgumentName=VERSION, ArgumentValue=None)


def refuse_version(version: str) -> NoReturn:
    """Refuse a version id where an operation is about none.

    Public: answers of AWS to PutObject, UploadPart (aws-changes 21), GETs of buckets, and sub-resources (aws-measured
    3, 4); of other operations assumed.
    """
    raise S3Error(errors.NO_VERSION_TAKEN, ArgumentName=VERSION, ArgumentValue=version or None)


def _require_integers(query: Mapping[str, str]) -> None:
    """Refuse what a list could not read as a count: that comes before the version id (aws-measured 3)."""
    for name in ("max-keys", "max-uploads"):
        text = query.get(name)
        if text and not is_integer(text):
            raise S3Error(errors.NOT_AN_INTEGER, ArgumentName=name, ArgumentValue=text, name=name)


def is_integer(text: str) -> bool:
    """Whether a text is a number of 32 bits, with any number of zeros before it (aws-measured 10)."""
    digits = text.removeprefix("-").lstrip("0") or text[-1:]
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(MAX_INTEGER)):
        return False
    return int(digits) <= MAX_INTEGER + text.startswith("-")


def require_of_key(method: str, name: str | None) -> None:
    """Refuse a GET of what a key's path does not have of its bucket's (aws-measured 5)."""
    if method == "GET" and name == "logging":
        raise S3Error(errors.NO_LOGGING_OF_KEY)
    if method == "GET" and name == "versions":
        raise S3Error(errors.NO_SUCH_SUBRESOURCE, name=name)


def require_no_bucket(method: str, name: str | None, query: Mapping[str, str]) -> None:
    """Refuse to change a key by what only a bucket has (assumed; reads: aws-measured 6), and GET `uploads` (5)."""
    if name == "uploads" and method == "GET":
        raise S3Error(errors.UPLOADS_OF_KEY)
    if name is None and method not in READS:
        ignored = IGNORED_AT_KEYS.intersection(query)
        if ignored:
            raise S3Error(errors.NO_SUCH_SUBRESOURCE, name=min(ignored))
