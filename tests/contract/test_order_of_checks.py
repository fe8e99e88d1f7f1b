"""Requests that break two rules at once: which of the two errors is told.

fakecos/facts/check_order has the whole order, of which docs/reference/order-of-checks.md is made. Rules are broken here
in pairs, and the one that is declared first must be answered; so the declaration, the page and the code stay one. Which
pairs are proven (public: suites that are run on AWS) the tests say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.broken_rules import (
    BAD_MD5_FORM,
    BAD_SSE_FORM,
    COMPLETE_RULES,
    COPY_RULES,
    CREATE_RULES,
    ETAG,
    GET_RULES,
    KEY_RULES,
    LIST_RULES,
    OTHER_ETAG,
    PART_RULES,
    RIGHT_KEY,
    SHORT,
    SSE,
    TOO_LARGE,
    WRONG_MD5,
    WRONG_SHA,
    Broken,
    Pair,
    address_of,
    document_of,
    pairs,
    refused_by,
)
from fakecos.contract.steps.digests import sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.facts import errors
from fakecos.facts.check_order import ORDERS
from tests.support.constants import RECORDED
from tests.support.digests import crc32
from tests.support.payloads import V4
from tests.support.raw_requests import send_raw
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from fakecos.wire.messages import HttpResponse

pytestmark = pytest.mark.as_of(RECORDED)  # today a new bucket blocks SSE-C (aws-changes 1)


INVALID = "InvalidRequest"
OF_PARTS = pytest.mark.parametrize("rule", PART_RULES, ids=[rule.name for rule in PART_RULES])


def signed(sent: dict[str, str]) -> dict[str, str]:
    """Return the headers of a part: a digest that is none is looked at where there is a signature."""
    return {**sent, "authorization": V4} if sent.get("x-amz-content-sha256") == "invalid" else sent


@pytest.mark.parametrize("pair", pairs("UploadPart", PART_RULES), ids=lambda pair: pair.id)
def test_a_part_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, aws: Any, pair: Pair) -> None:
    """Source: public for form before body, sha256 before MD5 before checksum, and MD5 form before SSE-C."""
    upload_id = create_upload(aws)
    with refused_by(cos, pair.row):
        upload_raw_part(cos, upload_id, b"x", signed(pair.sent))


@OF_PARTS
def test_an_unknown_upload_comes_before_every_header_of_a_part(cos: FakeCOS, rule: Broken) -> None:
    """Source: public for Content-MD5, checksums and SSE-C."""
    with refused(cos, "NoSuchUpload"):
        upload_raw_part(cos, "fakeid", b"x", signed(rule.sent))


@OF_PARTS
def test_a_wrong_part_number_comes_before_every_header_of_a_part(cos: FakeCOS, aws: Any, rule: Broken) -> None:
    """Source: public for the digests; assumed for the others."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument") as answer:
        upload_raw_part(cos, upload_id, b"x", signed(rule.sent), number="0")
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


@pytest.mark.parametrize("pair", pairs("UploadPartCopy", COPY_RULES), ids=lambda pair: pair.id)
def test_a_copied_part_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, aws: Any, pair: Pair) -> None:
    """Source: public for the range's form before all, the source before the upload's key, bounds after."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    upload_id = create_upload(aws)
    with refused_by(cos, pair.row):
        upload_raw_part(cos, upload_id, b"", {**SOURCE, **pair.sent})


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


@pytest.mark.parametrize("pair", pairs("CreateMultipartUpload", CREATE_RULES), ids=lambda pair: pair.id)
def test_a_create_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, pair: Pair) -> None:
    """Source: assumed: nothing was found about these pairs; the test keeps the page and the code together."""
    with refused_by(cos, pair.row):
        raw(cos, "POST", "uploads", pair.sent)


# --- the others -------------------------------------------------------------------------------------------


def raw(cos: FakeCOS, method: str, query: str, sent: dict[str, str], body: bytes = b"") -> HttpResponse:
    """Send a request to `bucket` and `key` with these headers, and these names of its query."""
    path, query, headers = address_of(query, sent)
    return send_raw(cos, method, path, query, headers, body, sent.get("scheme", "https"))


@pytest.mark.parametrize("pair", pairs("GetObject and HeadObject", GET_RULES), ids=lambda pair: pair.id)
def test_a_get_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, aws: Any, pair: Pair) -> None:
    """Source: public for the range with a part number; assumed for the others."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    with refused_by(cos, pair.row):
        raw(cos, "GET", "", pair.sent)


@pytest.mark.parametrize("pair", pairs("ListParts", LIST_RULES), ids=lambda pair: pair.id)
def test_a_list_of_parts_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, aws: Any, pair: Pair) -> None:
    """Source: public for the paging before the upload; assumed for the others."""
    upload_id = create_upload(aws)
    with refused_by(cos, pair.row):
        raw(cos, "GET", "", {"?uploadId": upload_id, **pair.sent})


UPLOADS_RULES = [
    Broken(errors.NO_SUCH_BUCKET, {"bucket": "elsewhere"}),
    Broken(errors.NOT_AN_INTEGER, {"?max-uploads": "many"}),
    Broken(errors.INVALID_ENCODING, {"?encoding-type": "rot13"}),
]


@pytest.mark.parametrize("pair", pairs("ListMultipartUploads", UPLOADS_RULES), ids=lambda pair: pair.id)
def test_a_list_of_uploads_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, pair: Pair) -> None:
    """Source: public; the bucket: assumed."""
    with refused_by(cos, pair.row):
        raw(cos, "GET", "uploads", {"key": "", **pair.sent})


def test_of_an_abort_the_bucket_comes_before_the_upload(cos: FakeCOS) -> None:
    """Source: public."""
    first, later = errors.NO_SUCH_BUCKET, errors.NO_SUCH_UPLOAD
    assert ORDERS["AbortMultipartUpload"].rows.index(first) < ORDERS["AbortMultipartUpload"].rows.index(later)
    with refused_by(cos, first):
        raw(cos, "DELETE", "uploadId=fakeid", {"bucket": "elsewhere"})
    with refused_by(cos, later):
        raw(cos, "DELETE", "uploadId=fakeid", {})


@pytest.mark.parametrize("operation", [("PUT", ""), ("POST", "uploads")], ids=["PutObject", "CreateMultipartUpload"])
@pytest.mark.parametrize("pair", pairs("The headers of SSE-C", KEY_RULES), ids=lambda pair: pair.id)
def test_headers_of_sse_c_that_break_two_rules_are_refused_for_the_first(
    cos: FakeCOS, operation: tuple[str, str], pair: Pair
) -> None:
    """Source: recorded aws-multipart 48; public for most of the places; aws-changes 1."""
    cos.create_bucket("blocking", sse_c="blocked")
    with refused_by(cos, pair.row):
        raw(cos, *operation, {**RIGHT_KEY, **pair.sent})


# --- every pair of a Complete -----------------------------------------------------------------------------


@pytest.mark.parametrize("pair", pairs("CompleteMultipartUpload", COMPLETE_RULES), ids=lambda pair: pair.id)
def test_a_complete_that_breaks_two_rules_is_refused_for_the_first(cos: FakeCOS, aws: Any, pair: Pair) -> None:
    """Source: public for most; the page says which place is assumed."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"there before")
    upload_id = create_upload(aws, ChecksumAlgorithm=COMPOSITE)
    for number in (1, 2, 3):
        upload_part(aws, upload_id, b"x", number, ChecksumAlgorithm=COMPOSITE)
    with refused_by(cos, pair.row):
        raw(cos, "POST", "", {"?uploadId": upload_id, **pair.sent}, document_of(pair.sent))


def test_every_order_that_is_declared_is_broken_in_pairs() -> None:
    """What has no pair here is said to be so: signatures, regions and access have tests of their own."""
    tried = {
        *("CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload", "AbortMultipartUpload"),
        *("ListParts", "ListMultipartUploads", "GetObject and HeadObject", "The headers of SSE-C"),
    }
    assert ORDERS.keys() - tried == {"Every request"}, "see test_signatures_in_headers.py and test_bucket_regions.py"
    assert tried <= ORDERS.keys()
