"""The numbers of S3, each with its source.

Those that a test may set are one frozen value that is handed in, never a module global that a rule reads. The others
stand at the end: no fake has others, and they are the same for every service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import NamedTuple

from fakecos.facts.exceptions import UsageError
from fakecos.usage import explain_calls

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
TIB = 1024 * GIB
_MAY_BE_ZERO = frozenset({"min_part_size", "max_metadata_size"})


@explain_calls()
@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of one fake. A field left at None means the number of the dialect that answers.

    Sizes are in bytes; `max_parts`, `max_keys`, `max_delete_keys` and `max_annotations` are counts.
    The page "Limits" has the numbers of the services and their sources. `Limits(min_part_size=1)` makes a test of
    parts small; what the service would have refused by its own number is then reported at the end.

    UsageError: a number is not whole, or less than 1; 0 is right for `min_part_size` and `max_metadata_size`.
    """

    __module__ = "fakecos"

    min_part_size: int | None = None
    max_part_size: int | None = None
    max_parts: int | None = None
    max_object_size: int | None = None
    max_put_size: int | None = None
    max_copy_size: int | None = None
    max_keys: int | None = None
    max_delete_keys: int | None = None
    max_key_size: int | None = None
    max_metadata_size: int | None = None
    max_annotations: int | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            least = 0 if field.name in _MAY_BE_ZERO else 1
            if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
                message = (
                    f"Limits({field.name}={value!r}): it must be a whole number of at least {least}{_in_bytes(value)}."
                )
                raise UsageError(message)


def _in_bytes(value: object) -> str:
    """Return how a size with a unit is written."""
    match = re.fullmatch(r"\s*(\d+)\s*([KMG])i?B?\s*", value, re.IGNORECASE) if isinstance(value, str) else None
    if match is None:
        return ""
    return f", in bytes: {' * '.join([match[1], *['1024'] * ('KMG'.index(match[2].upper()) + 1)])}"


class ServiceLimits(NamedTuple):
    """The numbers in force for one request, and for each its source."""

    min_part_size: int = 5 * MIB  # recorded aws-multipart 8
    max_part_size: int = 5 * GIB  # documented: "Amazon S3 multipart upload limits"
    max_parts: int = 10_000  # recorded aws-multipart 11
    max_object_size: int = 50 * TIB  # documented: 50 TB since December 2025, 5 TB before
    max_put_size: int = 5 * GIB  # documented: PutObject
    max_copy_size: int = 5 * GIB  # documented: CopyObject, UploadPartCopy
    max_keys: int = 1000  # recorded aws-listing 7
    max_delete_keys: int = 1000  # documented: DeleteObjects
    max_key_size: int = 1024  # documented: object keys, bytes of UTF-8
    max_metadata_size: int = 2 * KIB  # documented: user-defined metadata, bytes of names and values
    max_annotations: int = 1000  # documented: of an object version

    def overridden_by(self, limits: Limits) -> ServiceLimits:
        """Return these numbers with those that are set in `limits` in their place."""
        chosen = {field.name: value for field in fields(limits) if (value := getattr(limits, field.name)) is not None}
        return self._replace(**chosen) if chosen else self


AWS = ServiceLimits()

# Fixed numbers.
MIN_CHUNK_SIZE = 8 * KIB  # documented for signed chunks, public for both: bytes of every chunk but the last
MAX_FORM_FIELDS = 20 * KIB  # documented: bytes of a browser's form before its file
MAX_BUCKETS = 10_000  # documented: ListBuckets, max-buckets
MAX_GRANTS = 100  # documented: an ACL has up to 100 grants
MAX_ANNOTATION_SIZE = MIB  # documented, in bytes: of one annotation
MAX_ANNOTATION_NAME = 512  # documented, in bytes
MAX_ANNOTATION_RESULTS = 1000  # public: a page of ListObjectAnnotations
MAX_OBJECT_TAGS = 10  # documented
MAX_BUCKET_TAGS = 50  # documented
MAX_TAG_KEY = 128  # documented, in characters
MAX_TAG_VALUE = 256  # documented, in characters
MAX_POLICY_SIZE = 20 * KIB  # documented: "Bucket policies are limited to 20 KB in size"
MAX_CONFIGURATIONS = 1000  # documented: of each kind with ids, for one bucket
MAX_RULE_ID = 255  # documented: characters, of rules of CORS, of a lifecycle and of replication
MAX_PREFIX = 1024  # public (aws-changes 22): bytes of UTF-8 of the prefix in a lifecycle rule, as of a key
MAX_LIFECYCLE_RULES = 1000  # documented: "A lifecycle configuration can have up to 1,000 rules"
MAX_NEWER_VERSIONS = 100  # documented: "You can specify up to 100 noncurrent versions to retain"
MAX_FILTERED_SIZE = 1_099_511_627_776_000  # public: bytes in the filter of a lifecycle rule
MIN_MOVED_SIZE = 128 * KIB  # documented: by default a lifecycle moves nothing smaller
MAX_REPLICATION_RULES = 1000  # documented
MAX_CORS_RULES = 100  # documented
MAX_ROUTING_RULES = 50  # documented: of a website
MAX_RETENTION_DAYS = 36_500  # documented: "The maximum retention period is 100 years"
MAX_RETENTION_YEARS = 100  # documented: the same sentence
