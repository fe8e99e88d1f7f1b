"""Requests that break two rules at once: which of the two errors is told.

docs/reference/order-of-checks.md has the whole order; here is a test for each pair that is proven (public: suites
that are run on AWS), and for the pairs of the assumed places that this project wants to keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.test_sse_c import CUSTOMER_KEY, KEY_MD5, SSE_C
from tests.support.constants import BUCKET, KEY
from tests.support.digests import base64_of, crc32, md5, md5_base64, sha256
from tests.support.payloads import V4
from tests.support.raw_requests import LEFT_OUT, send_raw
from tests.support.refusals import refused
from tests.support.uploads import complete_upload, completed_part, create_upload, upload_part, upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from fakecos.wire.messages import HttpResponse

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
PART_STEPS: list[tuple[str, dict[str, str], str, str]] = [
    # name, what breaks it, code, a piece of the message that tells it from other errors of the code
    ("malformed Content-MD5", BAD_MD5_FORM, "InvalidDigest", "was invalid"),
    ("malformed x-amz-content-sha256", BAD_SHA_FORM, "InvalidArgument", "x-amz-content-sha256 must be"),
    ("no length", NO_LENGTH, "MissingContentLength", "Content-Length"),
    ("unknown checksum header", UNKNOWN_CHECKSUM, INVALID, "The algorithm type"),
    ("unknown trailer", UNKNOWN_TRAILER, INVALID, "x-amz-trailer"),
    ("two checksums", TWO_CHECKSUMS, INVALID, "Expecting a single"),
    ("malformed checksum", BAD_VALUE, INVALID, "Value for x-amz-checksum-crc32"),
    ("another sdk algorithm", OTHER_SDK_NAME, INVALID, "Value for x-amz-sdk-checksum-algorithm"),
    ("malformed SSE-C", BAD_SSE_FORM, "InvalidArgument", "MD5 hash of the key"),
    ("key not asked for", NOT_ITS_KEY, INVALID, "initiate requested encryption"),
    ("too large", TOO_LARGE, "EntityTooLarge", "exceeds"),
    ("too short", SHORT, "IncompleteBody", "number of bytes"),
    ("wrong x-amz-content-sha256", WRONG_SHA, "XAmzContentSHA256Mismatch", "does not match"),
    ("wrong Content-MD5", WRONG_MD5, "BadDigest", "Content-MD5"),
    ("wrong checksum", WRONG_CHECKSUM, "BadDigest", "CRC32"),
]


def both(first: dict[str, str], second: dict[str, str]) -> dict[str, str] | None:
    """Return the headers that break both rules, None if they need different values of one header."""
    merged = {**second, **first}
    return merged if all(merged[name] == value for name, value in second.items()) else None


PAIRS = [
    pytest.param(merged, code, text, id=f"{name} before {later}")
    for place, (name, first, code, text) in enumerate(PART_STEPS)
    for later, second, _, _ in PART_STEPS[place + 1 :]
    if (merged := both(first, second)) is not None
    # A second checksum header is an error of its own, and the framing of a trailer another body.
    and sum(header.startswith("x-amz-checksum-") for header in merged) <= 1 + (name == "two checksums")
]


@pytest.mark.parametrize(("headers", "code", "text"), PAIRS)
def test_a_part_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, headers: dict[str, str], code: str, text: str
) -> None:
    """Source: public for form before body, sha256 before MD5 before checksum, and MD5 form before SSE-C."""
    upload_id = create_upload(aws)
    with refused(cos, code) as answer:
        upload_raw_part(cos, upload_id, b"x", headers)
    assert text in answer["Error"]["Message"]


@pytest.mark.parametrize("step", PART_STEPS, ids=[step[0] for step in PART_STEPS])
def test_an_unknown_upload_comes_before_every_header_of_a_part(cos: FakeCOS, step: Any) -> None:
    """Source: public for Content-MD5, checksums and SSE-C."""
    with refused(cos, "NoSuchUpload"):
        upload_raw_part(cos, "fakeid", b"x", step[1])


@pytest.mark.parametrize("step", PART_STEPS, ids=[step[0] for step in PART_STEPS])
def test_a_wrong_part_number_comes_before_every_header_of_a_part(cos: FakeCOS, aws: Any, step: Any) -> None:
    """Source: public for the digests; assumed for the others."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument") as answer:
        upload_raw_part(cos, upload_id, b"x", step[1], number="0")
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
COPY_STEPS: list[tuple[str, dict[str, str], str, str]] = [
    ("malformed range", {"x-amz-copy-source-range": "0-8"}, "InvalidArgument", "must be of the form"),
    ("no source", {"x-amz-copy-source": f"{BUCKET}/nothing"}, "NoSuchKey", "does not exist"),
    ("malformed SSE-C", BAD_SSE_FORM, "InvalidArgument", "MD5 hash of the key"),
    ("key not asked for", RIGHT_KEY, INVALID, "initiate requested encryption"),
    ("failed condition", {"x-amz-copy-source-if-match": "no"}, "PreconditionFailed", "did not hold"),
    ("range behind", {"x-amz-copy-source-range": "bytes=100-200"}, INVALID, "copy range is invalid"),
]
COPY_PAIRS = [
    pytest.param({**SOURCE, **merged}, code, text, id=f"{name} before {later}")
    for place, (name, first, code, text) in enumerate(COPY_STEPS)
    for later, second, _, _ in COPY_STEPS[place + 1 :]
    if (merged := both(first, second)) is not None
]


@pytest.mark.parametrize(("headers", "code", "text"), COPY_PAIRS)
def test_a_copied_part_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, aws: Any, headers: dict[str, str], code: str, text: str
) -> None:
    """Source: public for the range's form before all, the source before the upload's key, bounds after."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    upload_id = create_upload(aws)
    with refused(cos, code) as answer:
        upload_raw_part(cos, upload_id, b"", headers)
    assert text in answer["Error"]["Message"]


@pytest.mark.parametrize(("upload", "code"), [("fakeid", "NoSuchUpload"), (None, "InvalidArgument")])
@pytest.mark.parametrize("step", COPY_STEPS, ids=[step[0] for step in COPY_STEPS])
def test_upload_and_number_come_before_the_headers_of_a_copy(
    cos: FakeCOS, aws: Any, step: Any, upload: str | None, code: str
) -> None:
    """Source: public."""
    upload_id = upload or create_upload(aws)
    with refused(cos, code) as answer:
        upload_raw_part(cos, upload_id, b"", {**SOURCE, **step[1]}, number="0")
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

CREATE_STEPS: list[tuple[str, dict[str, str], str]] = [
    ("type without algorithm", {"x-amz-checksum-type": "COMPOSITE"}, INVALID),
    ("metadata too large", {"x-amz-meta-n": "v" * 2048}, "MetadataTooLarge"),
    ("malformed SSE-C", {SSE + "algorithm": "AES256"}, "InvalidArgument"),
    ("unknown storage class", {"x-amz-storage-class": "OUTPOSTS"}, "InvalidStorageClass"),
    ("a wrong tag", {"x-amz-tagging": "=1"}, "InvalidTag"),
]
CREATE_PAIRS = [
    pytest.param({**second, **first}, code, id=f"{name} before {later}")
    for place, (name, first, code) in enumerate(CREATE_STEPS)
    for later, second, _ in CREATE_STEPS[place + 1 :]
]


@pytest.mark.parametrize(("headers", "code"), CREATE_PAIRS)
def test_a_create_that_breaks_two_rules_is_refused_for_the_first(
    cos: FakeCOS, headers: dict[str, str], code: str
) -> None:
    """Source: assumed: nothing was found about these pairs; the test keeps the page and the code together."""
    with refused(cos, code):
        send_raw(cos, "POST", f"/{BUCKET}/{KEY}", "uploads", headers)
