"""What a row of the table of feature pairs is, and which features it has."""

from __future__ import annotations

from typing import NamedTuple

CONDITION = "condition"
VERSION = "version"
MARKER = "delete marker"
LOCK = "Object Lock"
CHECKSUM = "checksum"
SSE_C = "SSE-C"
SSE_KMS = "SSE-KMS"
PRESIGNED = "presigned"
UNSIGNED = "unsigned"
COPY = "copy"
PART = "part"
OWNER = "expected owner"
PAYER = "requester pays"
TAGS = "tags"
RANGE = "range"
ARCHIVED = "archived"
REPLICATION = "replication"

FEATURES = {
    CONDITION: "If-Match and its like, of reads, writes, deletes and copy sources",
    VERSION: "a version id, and buckets with versioning",
    MARKER: "a delete marker, as the newest version or by its id",
    LOCK: "retention and legal hold",
    CHECKSUM: "x-amz-checksum-*, and Content-MD5",
    SSE_C: "keys of the customer",
    SSE_KMS: "keys of KMS",
    PRESIGNED: "a signature in the query",
    UNSIGNED: "a request of nobody",
    COPY: "CopyObject and UploadPartCopy",
    PART: "uploads in parts, and reads by partNumber",
    OWNER: "x-amz-expected-bucket-owner",
    PAYER: "x-amz-request-payer",
    TAGS: "tags of objects",
    RANGE: "Range, and x-amz-copy-source-range",
    ARCHIVED: "storage classes that must be restored",
    REPLICATION: "buckets with a replication configuration",
}
"""Each feature, and what belongs to it, in the order of the page."""

NAMES = tuple(FEATURES)
ASSUMED = "assumed"


class Pair(NamedTuple):
    """One thing that S3 does where two features meet.

    - `first`, `second`: the features, in the order of `FEATURES`.
    - `answer`: what S3 answers, in a sentence.
    - `source`: recorded, documented or reported, with the number of the fact if it has one; or assumed.
    - `test`: what holds it, as `file.py::name` in fakecos/contract/promises, or in tests/contract if the file begins
      with `test_`; "" only for what is assumed.
    """

    first: str
    second: str
    answer: str
    source: str
    test: str = ""
