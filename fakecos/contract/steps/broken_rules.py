"""Requests that break two rules at once: what breaks each rule of an operation, and which error the table declares.

fakecos/facts/check_order has the order. A rule that is broken is a row of the error table, and what of a request breaks
it, by name: a header, `?name` of the query, `bucket`, `key`, or a part of the document of Complete (`document_of`).
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.contract.by_hand import LEFT_OUT
from fakecos.contract.steps.digests import base64_of, checksum_of, md5, md5_base64, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.facts import errors
from fakecos.facts.check_order import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.facts.check_order.order import Check
    from fakecos.facts.errors import ErrorSpec

CUSTOMER_KEY = b"1234567890abcdef1234567890abcdef"
SSE = "x-amz-server-side-encryption-customer-"
RIGHT_KEY = {
    SSE + "algorithm": "AES256",
    SSE + "key": base64_of(CUSTOMER_KEY),
    SSE + "key-md5": md5_base64(CUSTOMER_KEY),
}
BAD_SSE_FORM = {**RIGHT_KEY, SSE + "key-md5": md5_base64(b"other")}
BAD_MD5_FORM = {"content-md5": "MTIz"}
TOO_LARGE = {"content-length": str(6 * 1024**3)}
SHORT = {"content-length": "2"}
TWO_CHECKSUMS = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-sha256": sha256(b"x")}
WRONG_SHA = {"x-amz-content-sha256": "0" * 64}
WRONG_MD5 = {"content-md5": md5_base64(b"other")}
ETAG = md5(b"x")
OTHER_ETAG = md5(b"other")
QUERY = "?"
"""How a name begins that is of the query, and not of a header."""
OF_THE_ADDRESS = frozenset({"bucket", "key", "scheme"})
OF_THE_LIST = frozenset({"numbers", "etag", "checksum", "document"})


class Broken(NamedTuple):
    """One broken rule: the row of the error table that answers it, and what of a request breaks it, by name."""

    row: ErrorSpec
    sent: dict[str, Any]

    @property
    def name(self) -> str:
        return next(name for name, row in vars(errors).items() if row is self.row)


class Pair(NamedTuple):
    """A request that breaks two rules: what breaks them, the row that is declared first, and both names."""

    sent: dict[str, Any]
    row: ErrorSpec
    id: str


PART_RULES = [
    Broken(errors.INVALID_DIGEST, BAD_MD5_FORM),
    Broken(errors.CONTENT_SHA256_INVALID, {"x-amz-content-sha256": "invalid"}),
    Broken(errors.MISSING_CONTENT_LENGTH, {"content-length": LEFT_OUT}),
    Broken(errors.UNKNOWN_CHECKSUM_HEADER, {"x-amz-checksum-crc16": "AAA="}),
    Broken(errors.TRAILER_NOT_SUPPORTED, {"x-amz-trailer": "x-amz-checksum-sha3"}),
    Broken(errors.SEVERAL_CHECKSUMS, TWO_CHECKSUMS),
    Broken(errors.INVALID_CHECKSUM_VALUE, {"x-amz-checksum-crc32": "bad"}),
    Broken(
        errors.SDK_CHECKSUM_WITHOUT_VALUE, {"x-amz-sdk-checksum-algorithm": "CRC32C", "x-amz-checksum-crc32": LEFT_OUT}
    ),
    Broken(
        errors.SDK_CHECKSUM_DIFFERS,
        {"x-amz-sdk-checksum-algorithm": "SHA1", "x-amz-checksum-crc32": checksum_of("CRC32", b"x")},
    ),
    Broken(errors.SSE_NOT_HERE, {"x-amz-server-side-encryption": "AES256"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
    Broken(errors.UPLOAD_ENCRYPTION_DIFFERS, RIGHT_KEY),
    Broken(errors.ENTITY_TOO_LARGE, TOO_LARGE),
    Broken(errors.INCOMPLETE_BODY, SHORT),
    Broken(errors.CONTENT_SHA256_MISMATCH, WRONG_SHA),
    Broken(errors.BAD_CONTENT_MD5, WRONG_MD5),
    Broken(errors.BAD_CHECKSUM, {"x-amz-checksum-crc32": "AAAAAA=="}),
]
COPY_RULES = [
    Broken(errors.COPY_RANGE_FORM, {"x-amz-copy-source-range": "0-8"}),
    Broken(errors.NO_SUCH_KEY, {"x-amz-copy-source": f"{BUCKET}/nothing"}),
    Broken(errors.SSE_NOT_HERE, {"x-amz-server-side-encryption": "AES256"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
    Broken(errors.UPLOAD_ENCRYPTION_DIFFERS, RIGHT_KEY),
    Broken(errors.PRECONDITION_FAILED, {"x-amz-copy-source-if-match": "no"}),
    Broken(errors.COPY_RANGE_OUTSIDE, {"x-amz-copy-source-range": "bytes=100-200"}),
]
CREATE_RULES = [
    Broken(errors.KEY_TOO_LONG, {"key": "k" * 1025}),
    Broken(
        errors.CHECKSUM_TYPE_WITHOUT_ALGORITHM,
        {"x-amz-checksum-type": "COMPOSITE", "x-amz-checksum-algorithm": LEFT_OUT},
    ),
    Broken(errors.UNSUPPORTED_CHECKSUM, {"x-amz-checksum-algorithm": "CRC16"}),
    Broken(errors.METADATA_TOO_LARGE, {"x-amz-meta-n": "v" * 2048}),
    Broken(errors.SSE_C_NO_KEY, {SSE + "algorithm": "AES256", "x-amz-server-side-encryption": LEFT_OUT}),
    Broken(errors.SSE_UNKNOWN, {"x-amz-server-side-encryption": "ROT13"}),
    Broken(errors.INVALID_STORAGE_CLASS, {"x-amz-storage-class": "OUTPOSTS"}),
    Broken(errors.INVALID_TAG_KEY, {"x-amz-tagging": "=1"}),
    Broken(errors.UNKNOWN_LEGAL_HOLD, {"x-amz-object-lock-legal-hold": "MAYBE"}),
    Broken(errors.INVALID_CANNED_ACL, {"x-amz-acl": "mine"}),
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.ACL_NOT_SUPPORTED, {"x-amz-acl": "aws-exec-read"}),
    Broken(errors.LOCK_WITHOUT_CONFIGURATION, {"x-amz-object-lock-legal-hold": "ON"}),
]
GET_RULES = [
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.INVALID_VERSION_ID, {"?versionId": "no"}),
    Broken(errors.NO_SUCH_KEY, {"key": "nothing"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
    Broken(errors.SSE_C_NOT_APPLICABLE, RIGHT_KEY),
    Broken(errors.PRECONDITION_FAILED, {"if-match": "no"}),
    Broken(errors.RANGE_WITH_PART_NUMBER, {"range": "bytes=0-0", "?partNumber": "1"}),
    Broken(errors.INVALID_PART_NUMBER, {"?partNumber": "0", "range": LEFT_OUT}),
    Broken(errors.PART_NOT_SATISFIABLE, {"?partNumber": "7", "range": LEFT_OUT}),
    Broken(errors.INVALID_RANGE, {"range": "bytes=100-200"}),
]
LIST_RULES = [
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.NOT_AN_INTEGER, {"?max-parts": "many"}),
    Broken(errors.NO_SUCH_UPLOAD, {"?uploadId": "fakeid"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
]
SHORT_KEY = base64_of(b"short")
KEY_RULES = [
    Broken(errors.SSE_C_INSECURE, {"scheme": "http"}),
    Broken(errors.SSE_C_BLOCKED, {"bucket": "blocking"}),
    Broken(errors.SSE_C_WITH_SSE, {"x-amz-server-side-encryption": "AES256"}),
    Broken(errors.SSE_C_NO_ALGORITHM, {SSE + "algorithm": LEFT_OUT}),
    Broken(errors.SSE_C_NO_KEY, {SSE + "key": LEFT_OUT}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, {SSE + "key-md5": md5_base64(b"other")}),
    Broken(errors.SSE_C_ALGORITHM, {SSE + "algorithm": "KMS"}),
    Broken(errors.SSE_C_INVALID_KEY, {SSE + "key": SHORT_KEY, SSE + "key-md5": md5_base64(b"short")}),
    Broken(errors.SSE_C_NO_KEY_MD5, {SSE + "key-md5": LEFT_OUT}),
]
COMPLETE_RULES = [
    Broken(errors.HEADER_NOT_IMPLEMENTED, {"if-match": OTHER_ETAG, "if-none-match": "*"}),
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.NO_SUCH_UPLOAD, {"?uploadId": "fakeid"}),
    Broken(errors.SSE_NOT_HERE, {"x-amz-server-side-encryption": "AES256"}),
    Broken(errors.INVALID_OBJECT_SIZE, {"x-amz-mp-object-size": "big"}),
    Broken(errors.NEGATIVE_OBJECT_SIZE, {"x-amz-mp-object-size": "-1"}),
    Broken(errors.INVALID_CHECKSUM_VALUE, {"x-amz-checksum-sha256": "bad"}),
    Broken(errors.INVALID_CHECKSUM_TYPE, {"x-amz-checksum-type": "BOTH"}),
    Broken(errors.BAD_CONTENT_MD5, WRONG_MD5),
    Broken(errors.MALFORMED_XML, {"document": "<"}),
    Broken(errors.PART_NUMBER_TOO_SMALL, {"numbers": (0, 1)}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
    Broken(errors.SSE_C_NEEDED_TO_COMPLETE, RIGHT_KEY),
    Broken(errors.INVALID_PART_ORDER, {"numbers": (2, 1)}),
    Broken(errors.PARTS_NOT_CONSECUTIVE, {"numbers": (1, 3)}),
    Broken(errors.CHECKSUM_MODE_MISMATCH, {"x-amz-checksum-type": "FULL_OBJECT"}),
    Broken(errors.INVALID_PART, {"etag": OTHER_ETAG}),
    Broken(errors.BAD_PART_CHECKSUM, {"checksum": f"<ChecksumCRC32>{checksum_of('CRC32', b'x')}</ChecksumCRC32>"}),
    Broken(errors.PART_CHECKSUM_MISSING, {"checksum": ""}),
    Broken(errors.ENTITY_TOO_SMALL, {"numbers": (1, 2)}),
    Broken(errors.BAD_CHECKSUM, {"x-amz-checksum-sha256": sha256(b"other")}),
    Broken(errors.OBJECT_SIZE_MISMATCH, {"x-amz-mp-object-size": "99"}),
    Broken(errors.PRECONDITION_FAILED, {"if-match": OTHER_ETAG}),
]


def pairs(operation: str, rules: list[Broken]) -> list[Pair]:
    """Return every pair of rules that one request can break. ValueError: a rule is not declared for the operation."""
    ordered = sorted(rules, key=lambda rule: ORDERS[operation].rows.index(rule.row))
    return [
        made
        for place, first in enumerate(ordered)
        for later in ordered[place + 1 :]
        if (made := _pair(first, later)) is not None
    ]


def around_unsettled(operation: str, rules: list[Broken]) -> list[Pair]:
    """Return the pairs that show the place of each check that is assumed: with the nearest rule before and after it.

    Without those whose request says another length than it has, which no service is sent.
    """
    sendable = [rule for rule in rules if rule.sent not in (TOO_LARGE, SHORT)]
    every = pairs(operation, sendable)
    order = ORDERS[operation].rows
    found: dict[str, Pair] = {}
    for rule in sendable:
        if not re.search(r"\b(assumed|reported)\b", _check_of(operation, rule).source):
            continue
        before = [pair for pair in every if pair.id.endswith(f" before {rule.name}")]
        after = [pair for pair in every if pair.id.startswith(f"{rule.name} before ")]
        nearest = max(before, key=lambda pair: order.index(pair.row), default=None)
        found |= {pair.id: pair for pair in (nearest, *after[:1]) if pair is not None}
    return list(found.values())


def _check_of(operation: str, rule: Broken) -> Check:
    return next(check for check in ORDERS[operation].checks if rule.row in check.rows)


def _pair(first: Broken, later: Broken) -> Pair | None:
    """Return what breaks both rules, None if they need different values of one thing."""
    merged = {**later.sent, **first.sent}
    if any(merged[name] != value for name, value in later.sent.items()):
        return None
    # A second checksum header is an error of its own, and the framing of a trailer another body.
    if _checksums_in(merged) > max(1, _checksums_in(first.sent)):
        return None
    return Pair(merged, first.row, f"{first.name} before {later.name}")


def _checksums_in(sent: dict[str, Any]) -> int:
    return sum(name.startswith("x-amz-checksum-") and name != "x-amz-checksum-type" for name in sent)


@contextmanager
def refused_by(cos: Any, row: ErrorSpec) -> Iterator[None]:
    """Assert that the block is refused by this row of the error table, and that nothing changed."""
    with refused(cos, row.code, status=row.status) as answer:
        yield
    if not hasattr(cos, "described"):  # of a service that can only be asked, another wording breaks no promise
        for text in re.split(r"\{\w+\}", row.message):
            assert text in (answer["Error"].get("Message") or "")


def address_of(query: str, sent: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    """Return path, query and headers of a request to `bucket` and `key`, with what breaks its rules."""
    headers = {
        name: text for name, text in sent.items() if name not in OF_THE_ADDRESS | OF_THE_LIST and name[0] != QUERY
    }
    added = "".join(f"&{name[1:]}={text}" for name, text in sent.items() if name[0] == QUERY and text != LEFT_OUT)
    path = f"/{sent.get('bucket', BUCKET)}/{sent.get('key', KEY)}".rstrip("/")
    return path, (query + added).lstrip("&"), headers


def document_of(sent: dict[str, Any]) -> bytes:
    """Return the document of a Complete: of one right part, unless something is to be wrong.

    `document` is a whole other one; `numbers` those of the list; `etag` and `checksum` are of its first part.
    """
    if "document" in sent:
        return str(sent["document"]).encode()
    right = f"<ChecksumSHA256>{sha256(b'x')}</ChecksumSHA256>"
    first = (sent.get("etag", ETAG), sent.get("checksum", right))
    rows = [
        (number, *(first if place == 0 else (ETAG, right))) for place, number in enumerate(sent.get("numbers", (1,)))
    ]
    parts = "".join(f"<Part><PartNumber>{n}</PartNumber><ETag>{etag}</ETag>{more}</Part>" for n, etag, more in rows)
    return f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
