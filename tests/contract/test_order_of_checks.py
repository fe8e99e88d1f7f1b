"""Requests that break two rules at once: which of the two errors is told.

fakecos/facts/check_order has the whole order, of which docs/reference/order-of-checks.md is made. Rules are broken here
in pairs, and the one that is declared first must be answered; so the declaration, the page and the code stay one. Which
pairs are proven (public: suites that are run on AWS) the tests say.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from fakecos.contract.promises.sse_c import CUSTOMER_KEY, KEY_MD5, SSE_C
from fakecos.contract.steps.digests import base64_of, md5, md5_base64, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.facts import errors
from fakecos.facts.check_order import ORDERS
from tests.support.constants import RECORDED
from tests.support.digests import crc32
from tests.support.payloads import V4
from tests.support.raw_requests import LEFT_OUT, send_raw
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS
    from fakecos.facts.errors import ErrorSpec
    from fakecos.wire.messages import HttpResponse

pytestmark = pytest.mark.as_of(RECORDED)  # today a new bucket blocks SSE-C (aws-changes 1)

SSE = "x-amz-server-side-encryption-customer-"
RIGHT_KEY = {SSE + "algorithm": "AES256", SSE + "key": base64_of(CUSTOMER_KEY), SSE + "key-md5": KEY_MD5}

# One broken rule each: the headers that break it, and what is told of it.
BAD_SHA_FORM = {"x-amz-content-sha256": "invalid", "authorization": V4}
NO_LENGTH = {"content-length": LEFT_OUT}
UNKNOWN_CHECKSUM = {"x-amz-checksum-crc16": "AAA="}
UNKNOWN_TRAILER = {"x-amz-trailer": "x-amz-checksum-sha3"}
TWO_CHECKSUMS = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-sha256": sha256(b"x")}
BAD_VALUE = {"x-amz-checksum-crc32": "bad"}
OTHER_SDK_NAME = {"x-amz-sdk-checksum-algorithm": "SHA1", "x-amz-checksum-crc32": crc32(b"x")}
BAD_MD5_FORM = {"content-md5": "MTIz"}
BAD_SSE_FORM = {**RIGHT_KEY, SSE + "key-md5": md5_base64(b"other")}
NOT_ITS_KEY = RIGHT_KEY
TOO_LARGE = {"content-length": str(6 * 1024**3)}
SHORT = {"content-length": "2"}
WRONG_SHA = {"x-amz-content-sha256": "0" * 64}
WRONG_MD5 = {"content-md5": md5_base64(b"other")}
WRONG_CHECKSUM = {"x-amz-checksum-crc32": "AAAAAA=="}

INVALID = "InvalidRequest"


class Broken(NamedTuple):
    """One broken rule: the row of the error table that answers it, and what of a request breaks it, by name."""

    row: ErrorSpec
    sent: dict[str, Any]

    @property
    def name(self) -> str:
        return next(name for name, row in vars(errors).items() if row is self.row)


def both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any] | None:
    """Return what breaks both rules, None if they need different values of one thing."""
    merged = {**second, **first}
    return merged if all(merged[name] == value for name, value in second.items()) else None


def checksums_in(sent: dict[str, Any]) -> int:
    return sum(name.startswith("x-amz-checksum-") and name != "x-amz-checksum-type" for name in sent)


def in_order(operation: str, rules: list[Broken]) -> list[Broken]:
    """Return broken rules as the declared order of the operation has them. ValueError: one is not declared."""
    return sorted(rules, key=lambda rule: ORDERS[operation].rows.index(rule.row))


def pairs(operation: str, rules: list[Broken]) -> list[Any]:
    """Return every pair of rules that one request can break, with the row of the one that is declared first."""
    ordered = in_order(operation, rules)
    return [
        pytest.param(merged, first.row, id=f"{first.name} before {later.name}")
        for place, first in enumerate(ordered)
        for later in ordered[place + 1 :]
        if (merged := both(first.sent, later.sent)) is not None
        # A second checksum header is an error of its own, and the framing of a trailer another body.
        and checksums_in(merged) <= max(1, checksums_in(first.sent))
    ]


@contextmanager
def refused_by(cos: FakeCOS, row: ErrorSpec) -> Iterator[None]:
    """Assert that the block is refused by this row of the error table, and that nothing changed."""
    with refused(cos, row.code, status=row.status) as answer:
        yield
    for text in re.split(r"\{\w+\}", row.message):
        assert text in (answer["Error"]["Message"] or "")


PART_RULES = [
    Broken(errors.INVALID_DIGEST, BAD_MD5_FORM),
    Broken(errors.CONTENT_SHA256_INVALID, BAD_SHA_FORM),
    Broken(errors.MISSING_CONTENT_LENGTH, NO_LENGTH),
    Broken(errors.UNKNOWN_CHECKSUM_HEADER, UNKNOWN_CHECKSUM),
    Broken(errors.TRAILER_NOT_SUPPORTED, UNKNOWN_TRAILER),
    Broken(errors.SEVERAL_CHECKSUMS, TWO_CHECKSUMS),
    Broken(errors.INVALID_CHECKSUM_VALUE, BAD_VALUE),
    Broken(
        errors.SDK_CHECKSUM_WITHOUT_VALUE, {"x-amz-sdk-checksum-algorithm": "CRC32C", "x-amz-checksum-crc32": LEFT_OUT}
    ),
    Broken(errors.SDK_CHECKSUM_DIFFERS, OTHER_SDK_NAME),
    Broken(errors.SSE_NOT_HERE, {"x-amz-server-side-encryption": "AES256"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
    Broken(errors.UPLOAD_ENCRYPTION_DIFFERS, NOT_ITS_KEY),
    Broken(errors.ENTITY_TOO_LARGE, TOO_LARGE),
    Broken(errors.INCOMPLETE_BODY, SHORT),
    Broken(errors.CONTENT_SHA256_MISMATCH, WRONG_SHA),
    Broken(errors.BAD_CONTENT_MD5, WRONG_MD5),
    Broken(errors.BAD_CHECKSUM, WRONG_CHECKSUM),
]
OF_PARTS = pytest.mark.parametrize("rule", PART_RULES, ids=[rule.name for rule in PART_RULES])


@pytest.mark.parametrize(("headers", "row"), pairs("UploadPart", PART_RULES))
def test_a_part_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, headers: dict[str, str], row: ErrorSpec
) -> None:
    """Source: public for form before body, sha256 before MD5 before checksum, and MD5 form before SSE-C."""
    upload_id = create_upload(aws)
    with refused_by(cos, row):
        upload_raw_part(cos, upload_id, b"x", headers)


@OF_PARTS
def test_an_unknown_upload_comes_before_every_header_of_a_part(cos: FakeCOS, rule: Broken) -> None:
    """Source: public for Content-MD5, checksums and SSE-C."""
    with refused(cos, "NoSuchUpload"):
        upload_raw_part(cos, "fakeid", b"x", rule.sent)


@OF_PARTS
def test_a_wrong_part_number_comes_before_every_header_of_a_part(cos: FakeCOS, aws: Any, rule: Broken) -> None:
    """Source: public for the digests; assumed for the others."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument") as answer:
        upload_raw_part(cos, upload_id, b"x", rule.sent, number="0")
    assert answer["Error"]["ArgumentName"] == "partNumber"


def test_the_bucket_comes_before_the_upload(cos: FakeCOS) -> None:
    """Source: public."""
    with refused(cos, "NoSuchBucket"):
        send_raw(cos, "PUT", f"/elsewhere/{KEY}", "partNumber=0&uploadId=fakeid", BAD_MD5_FORM, b"x")


def test_the_algorithm_of_the_upload_comes_after_its_key(cos: FakeCOS, aws: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256", **SSE_C)
    with refused(cos, INVALID) as answer:
        upload_raw_part(cos, upload_id, b"x", {"x-amz-checksum-crc32": crc32(b"x")})
    assert "initiate requested encryption" in answer["Error"]["Message"]


@pytest.mark.parametrize("body", [TOO_LARGE, SHORT, WRONG_SHA, WRONG_MD5])
def test_the_algorithm_of_the_upload_comes_before_the_body(cos: FakeCOS, aws: Any, body: dict[str, str]) -> None:
    """Source: assumed: the headers are known before the body."""
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    with refused(cos, INVALID) as answer:
        upload_raw_part(cos, upload_id, b"x", {**body, "x-amz-checksum-crc32": crc32(b"x")})
    assert "Checksum Type mismatch" in answer["Error"]["Message"]


# --- UploadPartCopy ---------------------------------------------------------------------------------------

SOURCE = {"x-amz-copy-source": f"{BUCKET}/source"}
COPY_RULES = [
    Broken(errors.COPY_RANGE_FORM, {"x-amz-copy-source-range": "0-8"}),
    Broken(errors.NO_SUCH_KEY, {"x-amz-copy-source": f"{BUCKET}/nothing"}),
    Broken(errors.SSE_NOT_HERE, {"x-amz-server-side-encryption": "AES256"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
    Broken(errors.UPLOAD_ENCRYPTION_DIFFERS, RIGHT_KEY),
    Broken(errors.PRECONDITION_FAILED, {"x-amz-copy-source-if-match": "no"}),
    Broken(errors.COPY_RANGE_OUTSIDE, {"x-amz-copy-source-range": "bytes=100-200"}),
]


@pytest.mark.parametrize(("headers", "row"), pairs("UploadPartCopy", COPY_RULES))
def test_a_copied_part_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, headers: dict[str, str], row: ErrorSpec
) -> None:
    """Source: public for the range's form before all, the source before the upload's key, bounds after."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    upload_id = create_upload(aws)
    with refused_by(cos, row):
        upload_raw_part(cos, upload_id, b"", {**SOURCE, **headers})


@pytest.mark.parametrize(("upload", "code"), [("fakeid", "NoSuchUpload"), (None, "InvalidArgument")])
@pytest.mark.parametrize("rule", COPY_RULES, ids=[rule.name for rule in COPY_RULES])
def test_upload_and_number_come_before_the_headers_of_a_copy(
    cos: FakeCOS, aws: Any, rule: Broken, upload: str | None, code: str
) -> None:
    """Source: public."""
    upload_id = upload or create_upload(aws)
    with refused(cos, code) as answer:
        upload_raw_part(cos, upload_id, b"", {**SOURCE, **rule.sent}, number="0")
    assert upload is not None or answer["Error"]["ArgumentName"] == "partNumber"


# --- Complete ---------------------------------------------------------------------------------------------

ETAG = md5(b"x")
OTHER_ETAG = md5(b"other")
COMPOSITE = "SHA256"


@pytest.fixture
def composite(aws: Any) -> tuple[str, list[dict[str, Any]]]:
    """A COMPOSITE SHA256 upload with two small parts, so that every later rule can be broken."""
    upload_id = create_upload(aws, ChecksumAlgorithm=COMPOSITE)
    parts = [
        completed_part(number, upload_part(aws, upload_id, b"x", number, ChecksumAlgorithm=COMPOSITE), checksums=True)
        for number in (1, 2)
    ]
    return upload_id, parts


def bare(part: dict[str, Any]) -> dict[str, Any]:
    return {"PartNumber": part["PartNumber"], "ETag": part["ETag"]}


LATER: dict[str, dict[str, Any]] = {
    "wrong object checksum": {"ChecksumSHA256": sha256(b"other")},
    "another size": {"MpuObjectSize": 99},
    "a failing If-Match": {"IfMatch": OTHER_ETAG},
}


@pytest.mark.parametrize("later", LATER)
def test_the_order_of_the_list_comes_first(cos: FakeCOS, aws: Any, composite: Any, later: str) -> None:
    """Source: public (also before a missing part)."""
    upload_id, (one, two) = composite
    missing = {**two, "PartNumber": 7}
    with refused(cos, "InvalidPartOrder"):
        complete_upload(aws, upload_id, missing, one, **LATER[later])


@pytest.mark.parametrize("later", LATER)
def test_a_wrong_etag_comes_before_the_rest(cos: FakeCOS, aws: Any, composite: Any, later: str) -> None:
    """Source: public: also before a missing part checksum, and before parts that are too small."""
    upload_id, (one, two) = composite
    with refused(cos, "InvalidPart"):
        complete_upload(aws, upload_id, {**bare(one), "ETag": OTHER_ETAG}, two, **LATER[later])


def test_a_missing_part_comes_before_a_failing_condition(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    upload_part(aws, upload_id)
    with refused(cos, "InvalidPart"):
        complete_upload(aws, upload_id, {"PartNumber": 2, "ETag": ETAG}, IfMatch=OTHER_ETAG)


@pytest.mark.parametrize("later", [*LATER, "another algorithm"])
def test_a_missing_part_checksum_comes_before_sizes_and_conditions(
    cos: FakeCOS, aws: Any, composite: Any, later: str
) -> None:
    """Source: public: before If-Match, parts that are too small, and another algorithm's object checksum."""
    upload_id, (one, two) = composite
    more = LATER.get(later, {"ChecksumCRC32": crc32(b"other")})
    with refused(cos, INVALID) as answer:
        complete_upload(aws, upload_id, bare(one), two, **more)
    assert "It was missing for part 1" in answer["Error"]["Message"]


@pytest.mark.parametrize("later", LATER)
def test_a_small_part_comes_before_checksum_size_and_conditions(
    cos: FakeCOS, aws: Any, composite: Any, later: str
) -> None:
    """Source: public for size and If-Match; the checksum: assumed."""
    upload_id, parts = composite
    with refused(cos, "EntityTooSmall"):
        complete_upload(aws, upload_id, *parts, **LATER[later])


@pytest.mark.parametrize("later", ["another size", "a failing If-Match"])
def test_a_wrong_object_checksum_comes_before_size_and_conditions(
    cos: FakeCOS, aws: Any, composite: Any, later: str
) -> None:
    """Source: public for the size."""
    upload_id, (one, _) = composite
    with refused(cos, "BadDigest"):
        complete_upload(aws, upload_id, one, **LATER["wrong object checksum"], **LATER[later])


def test_another_size_comes_before_a_failing_condition(cos: FakeCOS, aws: Any, composite: Any) -> None:
    """Source: public."""
    upload_id, (one, _) = composite
    with refused(cos, INVALID) as answer:
        complete_upload(aws, upload_id, one, **LATER["another size"], **LATER["a failing If-Match"])
    assert "x-amz-mp-object-size" in answer["Error"]["Message"]


def complete(cos: FakeCOS, upload_id: str, body: bytes, headers: dict[str, str]) -> HttpResponse:
    return send_raw(cos, "POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", headers, body)


def test_both_conditions_come_before_the_upload_and_the_document(cos: FakeCOS) -> None:
    """Source: public: first of all."""
    with refused(cos, "NotImplemented"):
        complete(cos, "fakeid", b"<", {"if-match": ETAG, "if-none-match": "*"})


ONE = b"<Part><PartNumber>%d</PartNumber><ETag>" + ETAG.encode() + b"</ETag></Part>"


def document(*numbers: int) -> bytes:
    inner = b"".join(ONE % number for number in numbers)
    return b"<CompleteMultipartUpload>" + inner + b"</CompleteMultipartUpload>"


def test_the_document_comes_before_the_customer_key(cos: FakeCOS, aws: Any) -> None:
    """Source: assumed; that the headers of SSE-C come after the list is public."""
    upload_id = create_upload(aws, **SSE_C)
    with refused(cos, "MalformedXML"):
        complete(cos, upload_id, b"<", BAD_SSE_FORM)


def test_the_numbers_of_the_list_come_before_the_customer_key(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws, **SSE_C)
    with refused(cos, "InvalidArgument") as answer:
        complete(cos, upload_id, document(0), {**RIGHT_KEY, SSE + "algorithm": "KMS"})
    assert answer["Error"]["Message"] == "PartNumber must be >= 1"


def test_too_many_parts_come_before_their_numbers(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument") as answer:
        complete(cos, upload_id, document(*[0] * 10_001), {})
    assert answer["Error"]["ArgumentName"] == "CompleteMultipartUpload"


def test_the_customer_key_comes_before_the_order_of_the_list(cos: FakeCOS, aws: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(aws)
    upload_part(aws, upload_id)
    with refused(cos, INVALID) as answer:
        complete(cos, upload_id, document(2, 1), RIGHT_KEY)
    assert "Correct SSE-C request parameters" in answer["Error"]["Message"]


def test_the_form_of_a_repeated_document_is_judged_before_the_repetition(cos: FakeCOS, aws: Any) -> None:
    """Source: public: malformed XML is the same error as on an open upload."""
    upload_id = create_upload(aws)
    complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id)))
    for body in (b"<", document(), document(1).replace(b"1</Part", b"one</Part")):
        with refused(cos, "MalformedXML"):
            complete(cos, upload_id, body, {})


# --- Create -----------------------------------------------------------------------------------------------

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
    Broken(errors.ACL_NOT_SUPPORTED, {"x-amz-acl": "public-read"}),
    Broken(errors.LOCK_WITHOUT_CONFIGURATION, {"x-amz-object-lock-legal-hold": "ON"}),
]


@pytest.mark.parametrize(("sent", "row"), pairs("CreateMultipartUpload", CREATE_RULES))
def test_a_create_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, sent: dict[str, str], row: ErrorSpec
) -> None:
    """Source: assumed: nothing was found about these pairs; the test keeps the page and the code together."""
    with refused_by(cos, row):
        raw(cos, "POST", "uploads", sent)


# --- the others -------------------------------------------------------------------------------------------

QUERY = "?"
"""How a name begins that is of the query, and not of a header."""


def raw(cos: FakeCOS, method: str, query: str, sent: dict[str, str], body: bytes = b"") -> HttpResponse:
    """Send a request to `bucket` and `key` with these headers, and these names of its query."""
    headers = {
        name: text for name, text in sent.items() if name not in {"bucket", "key", "scheme"} and name[0] != QUERY
    }
    added = "".join(f"&{name[1:]}={text}" for name, text in sent.items() if name[0] == QUERY and text != LEFT_OUT)
    path = f"/{sent.get('bucket', BUCKET)}/{sent.get('key', KEY)}".rstrip("/")
    return send_raw(cos, method, path, (query + added).lstrip("&"), headers, body, sent.get("scheme", "https"))


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


@pytest.mark.parametrize(("sent", "row"), pairs("GetObject and HeadObject", GET_RULES))
def test_a_get_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, sent: dict[str, str], row: ErrorSpec
) -> None:
    """Source: public for the range with a part number; assumed for the others."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    with refused_by(cos, row):
        raw(cos, "GET", "", sent)


LIST_RULES = [
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.NOT_AN_INTEGER, {"?max-parts": "many"}),
    Broken(errors.NO_SUCH_UPLOAD, {"?uploadId": "fakeid"}),
    Broken(errors.SSE_C_KEY_MD5_MISMATCH, BAD_SSE_FORM),
]


@pytest.mark.parametrize(("sent", "row"), pairs("ListParts", LIST_RULES))
def test_a_list_of_parts_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, sent: dict[str, str], row: ErrorSpec
) -> None:
    """Source: public for the paging before the upload; assumed for the others."""
    upload_id = create_upload(aws)
    with refused_by(cos, row):
        raw(cos, "GET", "", {"?uploadId": upload_id, **sent})


UPLOADS_RULES = [
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.NOT_AN_INTEGER, {"?max-uploads": "many"}),
    Broken(errors.INVALID_ENCODING, {"?encoding-type": "rot13"}),
]


@pytest.mark.parametrize(("sent", "row"), pairs("ListMultipartUploads", UPLOADS_RULES))
def test_a_list_of_uploads_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, sent: dict[str, str], row: ErrorSpec
) -> None:
    """Source: public; the bucket: assumed."""
    with refused_by(cos, row):
        raw(cos, "GET", "uploads", {"key": "", **sent})


def test_of_an_abort_the_bucket_comes_before_the_upload(cos: FakeCOS) -> None:
    """Source: public."""
    first, later = in_order(
        "AbortMultipartUpload", [Broken(errors.NO_SUCH_UPLOAD, {}), Broken(errors.NO_SUCH_BUCKET, {})]
    )
    assert (first.row, later.row) == (errors.NO_SUCH_BUCKET, errors.NO_SUCH_UPLOAD)
    with refused_by(cos, first.row):
        raw(cos, "DELETE", "uploadId=fakeid", {"bucket": "elsewhere"})
    with refused_by(cos, later.row):
        raw(cos, "DELETE", "uploadId=fakeid", {})


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


@pytest.mark.parametrize("operation", [("PUT", ""), ("POST", "uploads")], ids=["PutObject", "CreateMultipartUpload"])
@pytest.mark.parametrize(("sent", "row"), pairs("The headers of SSE-C", KEY_RULES))
def test_headers_of_sse_c_that_break_two_rules_are_refused_for_the_first(
    cos: FakeCOS, operation: tuple[str, str], sent: dict[str, str], row: ErrorSpec
) -> None:
    """Source: recorded aws-multipart 48; public for most of the places; aws-changes 1."""
    cos.create_bucket("blocking", sse_c="blocked")
    with refused_by(cos, row):
        raw(cos, *operation, {**RIGHT_KEY, **sent})


# --- every pair of a Complete -----------------------------------------------------------------------------

# Names that are no header: the numbers of the list, the first ETag, the first checksum, and a whole other document.
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
    Broken(errors.BAD_PART_CHECKSUM, {"checksum": f"<ChecksumCRC32>{crc32(b'x')}</ChecksumCRC32>"}),
    Broken(errors.PART_CHECKSUM_MISSING, {"checksum": ""}),
    Broken(errors.ENTITY_TOO_SMALL, {"numbers": (1, 2)}),
    Broken(errors.BAD_CHECKSUM, {"x-amz-checksum-sha256": sha256(b"other")}),
    Broken(errors.OBJECT_SIZE_MISMATCH, {"x-amz-mp-object-size": "99"}),
    Broken(errors.PRECONDITION_FAILED, {"if-match": OTHER_ETAG}),
]
OF_THE_LIST = ("numbers", "etag", "checksum", "document")


def listed(sent: dict[str, Any]) -> bytes:
    """Return the document of a Complete: of one right part, unless something is to be wrong."""
    if "document" in sent:
        return str(sent["document"]).encode()
    right = f"<ChecksumSHA256>{sha256(b'x')}</ChecksumSHA256>"
    first = (sent.get("etag", ETAG), sent.get("checksum", right))
    rows = [
        (number, *(first if place == 0 else (ETAG, right))) for place, number in enumerate(sent.get("numbers", (1,)))
    ]
    parts = "".join(f"<Part><PartNumber>{n}</PartNumber><ETag>{etag}</ETag>{more}</Part>" for n, etag, more in rows)
    return f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()


@pytest.mark.parametrize(("sent", "row"), pairs("CompleteMultipartUpload", COMPLETE_RULES))
def test_a_complete_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, sent: dict[str, Any], row: ErrorSpec
) -> None:
    """Source: public for most; the page says which place is assumed."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"there before")
    upload_id = create_upload(aws, ChecksumAlgorithm=COMPOSITE)
    for number in (1, 2, 3):
        upload_part(aws, upload_id, b"x", number, ChecksumAlgorithm=COMPOSITE)
    others = {name: value for name, value in sent.items() if name not in OF_THE_LIST}
    with refused_by(cos, row):
        raw(cos, "POST", "", {"?uploadId": upload_id, **others}, listed(sent))


def test_every_order_that_is_declared_is_broken_in_pairs() -> None:
    """What has no pair here is said to be so: signatures, regions and access have tests of their own."""
    tried = {
        *("CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload", "AbortMultipartUpload"),
        *("ListParts", "ListMultipartUploads", "GetObject and HeadObject", "The headers of SSE-C"),
    }
    assert ORDERS.keys() - tried == {"Every request"}, "see test_signatures_in_headers.py and test_bucket_regions.py"
    assert tried <= ORDERS.keys()
