"""Which of two errors is told, where no table of rules has the pair: addresses, access, numbers, what an upload wants.

`assumed` throughout, unless stated otherwise: fakecos/facts/check_order says where each check stands.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import ErrorAnswer
from fakecos.contract.promise import Service, case, cases, promise
from fakecos.contract.steps.broken_rules import BAD_SSE_FORM, ETAG, OTHER_ETAG, WRONG_MD5, WRONG_SHA
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.digests import checksum_of, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.policies import OBJECTS, deny, put_policy
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

ELSEWHERE = f"/elsewhere/{KEY}"
CUSTOMER_KEY: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32}


# --- every request --------------------------------------------------------------------------------------------


@promise
def a_key_that_is_not_utf_8_is_told_before_the_copy_source_and_the_bucket(cos: Service, send: ByHand) -> None:
    """Source: assumed."""
    with refused(cos, "InvalidURI", status=400):
        send("GET", "/elsewhere/%ff", "", {"x-amz-copy-source": f"{BUCKET}/{KEY}"})


@promise
def an_unknown_upload_and_its_number_are_told_before_what_the_caller_may_not_do(cos: Service, aws: Any) -> None:
    """Source: public for callers without a name; where a policy denies: assumed to be alike."""
    upload_id = create_upload(aws)
    put_policy(aws, deny("s3:PutObject", OBJECTS))
    with refused(cos, "NoSuchUpload", status=404):
        upload_part(aws, "none")
    with refused(cos, "InvalidArgument", status=400) as answer:
        upload_part(aws, upload_id, number=0)
    assert answer["Error"]["ArgumentName"] == "partNumber"
    with refused(cos, "AccessDenied", status=403):
        upload_part(aws, upload_id)


@promise
def a_copy_source_of_what_is_no_copy_is_told_before_the_bucket(cos: Service, send: ByHand) -> None:
    """Source: assumed; that it is refused is public."""
    with refused(cos, "InvalidArgument", status=400) as answer:
        send("GET", ELSEWHERE, "", {"x-amz-copy-source": f"{BUCKET}/{KEY}"})
    assert answer["Error"]["ArgumentName"] == "x-amz-copy-source"


@promise
def a_header_that_cannot_be_chosen_is_told_before_the_bucket(cos: Service, send: ByHand) -> None:
    """Source: assumed; that it is refused is public."""
    with refused(cos, "InvalidArgument", status=400):
        send("GET", ELSEWHERE, "response-etag=x")


@promise
def the_body_of_a_copy_is_told_before_the_bucket(cos: Service, send: ByHand) -> None:
    """Source: assumed; that it is refused is public."""
    with refused(cos, "InvalidRequest", status=400):
        send("PUT", ELSEWHERE, "partNumber=1&uploadId=x", {"x-amz-copy-source": f"{BUCKET}/{KEY}"}, b"body")


@promise
def that_a_url_has_expired_is_told_before_its_signature(cos: Service, send: ByHand) -> None:
    """Source: assumed; that either is refused: recorded aws-presigned 6 to 16."""
    url = re.sub(r"=\d{8}T", "=20200101T", send.url_for("GET", f"/{BUCKET}/{KEY}", {}))
    url = re.sub(r"%2F\d{8}%2F", "%2F20200101%2F", url)
    with refused(cos, "AccessDenied", status=403):
        send.url("GET", url)


@promise
def what_a_caller_may_not_do_is_told_before_how_it_asks(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    resource = f"arn:aws:s3:::{BUCKET}/*"
    denied = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": resource}
    aws.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [denied]}))
    with refused(cos, "AccessDenied", status=403):
        aws.put_object(Bucket=BUCKET, Key=KEY, StorageClass="OUTPOSTS")


# --- parts ----------------------------------------------------------------------------------------------------


@promise
@cases(
    ("query", "code"), [("partNumber=1", "InvalidArgument"), ("uploadId=x", "MethodNotAllowed")], ids=["part", "upload"]
)
def half_of_what_names_a_part_is_told_before_the_bucket(cos: Service, send: ByHand, query: str, code: str) -> None:
    """Source: assumed; that each is refused is public."""
    with refused(cos, code):
        send("PUT", ELSEWHERE, query, {}, b"x")


@promise
@cases(
    "sent",
    [{"x-amz-server-side-encryption": "AES256"}, BAD_SSE_FORM, {"x-amz-checksum-crc16": "AAA="}, WRONG_SHA, WRONG_MD5],
    ids=["SSE", "SSE-C", "checksum", "SHA-256", "MD5"],
)
def the_number_of_a_part_is_told_before_its_headers(cos: Service, send: ByHand, aws: Any, sent: dict[str, str]) -> None:
    """Source: public for the digests; assumed for the others."""
    query = f"partNumber=0&uploadId={create_upload(aws)}"
    with refused(cos, "InvalidArgument", status=400) as answer:
        send("PUT", f"/{BUCKET}/{KEY}", query, sent, b"x")
    assert answer["Error"]["ArgumentName"] == "partNumber"


@promise
@cases("sent", [BAD_SSE_FORM, WRONG_MD5], ids=["SSE-C", "MD5"])
def frames_of_what_is_unsigned_are_told_early(cos: Service, send: ByHand, aws: Any, sent: dict[str, str]) -> None:
    """Source: assumed: before SSE-C and the body; that they are refused is public."""
    framed = {"content-encoding": "aws-chunked", "x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
    query = f"partNumber=1&uploadId={create_upload(aws)}"
    with refused(cos, "InvalidArgument", status=400):
        send("PUT", f"/{BUCKET}/{KEY}", query, {**framed, **sent}, b"x")


@promise
def the_algorithm_of_an_upload_comes_after_its_key_and_before_the_body(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: assumed; that each is refused: recorded aws-multipart 31, 47."""
    allow_sse_c(aws)
    query = f"partNumber=1&uploadId={create_upload(aws, ChecksumAlgorithm='SHA256', **CUSTOMER_KEY)}"
    other = {"x-amz-checksum-crc32": checksum_of("CRC32", b"x")}
    with refused(cos, "InvalidRequest", status=400) as answer:
        send("PUT", f"/{BUCKET}/{KEY}", query, other, b"x")
    assert "encryption" in answer["Error"]["Message"]
    query = f"partNumber=1&uploadId={create_upload(aws, ChecksumAlgorithm='SHA256')}"
    for wrong in (WRONG_SHA, WRONG_MD5):
        with refused(cos, "InvalidRequest", status=400) as answer:
            send("PUT", f"/{BUCKET}/{KEY}", query, {**other, **wrong}, b"x")
        assert "Checksum Type mismatch" in answer["Error"]["Message"]


@promise
@cases(
    ("first", "later", "code"),
    [
        ({"x-amz-checksum-crc32": "bad"}, {"x-amz-storage-class": "OUTPOSTS"}, "InvalidRequest"),
        ({"x-amz-storage-class": "OUTPOSTS"}, WRONG_MD5, "InvalidStorageClass"),
        ({"x-amz-storage-class": "OUTPOSTS"}, {"if-none-match": "*"}, "InvalidStorageClass"),
        (WRONG_MD5, {"if-none-match": "*"}, "BadDigest"),
    ],
    ids=["checksum", "class", "class and condition", "body and condition"],
)
def of_a_put_attributes_come_after_checksums_and_conditions_last(
    cos: Service, send: ByHand, aws: Any, first: dict[str, str], later: dict[str, str], code: str
) -> None:
    """Source: assumed."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"there before")
    with refused(cos, code, status=400):
        send("PUT", f"/{BUCKET}/{KEY}", "", {**first, **later}, b"x")


# --- Complete -------------------------------------------------------------------------------------------------


@promise
def gaps_in_a_composite_list_are_an_invalid_request(cos: Service, aws: Any) -> None:
    """Source: assumed; AWS is reported to answer 500 InternalError, which a client would send again."""
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    parts = [
        completed_part(number, upload_part(aws, upload_id, b"x", number, ChecksumAlgorithm="SHA256"), checksums=True)
        for number in (1, 3)
    ]
    with refused(cos, "InvalidRequest", status=400):
        complete_upload(aws, upload_id, *parts)


@promise
def a_part_that_was_never_uploaded_is_told_before_a_wrong_checksum(cos: Service, aws: Any) -> None:
    """Source: assumed; AWS is reported to answer BadDigest to this one pair."""
    upload_id = create_upload(aws, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    upload_part(aws, upload_id, b"x", ChecksumAlgorithm="CRC32")
    with refused(cos, "InvalidPart", status=400):
        complete_upload(aws, upload_id, {"PartNumber": 2, "ETag": OTHER_ETAG}, ChecksumCRC32="AAAAAA==")


@promise
@cases("later", ["checksum", "size", "condition"])
def a_small_part_is_told_before_the_checksum_of_the_object(cos: Service, aws: Any, later: str) -> None:
    """Source: public for size and If-Match; the checksum: assumed."""
    asked: dict[str, dict[str, Any]] = {"checksum": {"ChecksumSHA256": sha256(b"other")}, "size": {"MpuObjectSize": 99}}
    upload_id = create_upload(aws, ChecksumAlgorithm="SHA256")
    parts = [
        completed_part(number, upload_part(aws, upload_id, b"x", number, ChecksumAlgorithm="SHA256"), checksums=True)
        for number in (1, 2)
    ]
    with refused(cos, "EntityTooSmall", status=400):
        complete_upload(aws, upload_id, *parts, **asked.get(later, {"IfMatch": ETAG}))


# --- other operations -----------------------------------------------------------------------------------------

COPY = {"x-amz-copy-source": f"{BUCKET}/nothing"}
NO_DIRECTIVE = {"x-amz-metadata-directive": "KEEP"}
NO_CLASS = {"x-amz-storage-class": "OUTPOSTS"}
NO_ATTRIBUTES = {"x-amz-object-attributes": "Colour"}
SOME_SIZE = {"x-amz-object-attributes": "ObjectSize"}


@promise
@cases(
    ("method", "path", "query", "headers", "code"),
    [
        case("PUT", ELSEWHERE, "", {**COPY, **NO_DIRECTIVE}, "NoSuchBucket", id="copy: bucket before directive"),
        case(
            "PUT", KEY, "", {**COPY, **NO_DIRECTIVE, **NO_CLASS}, "InvalidArgument", id="copy: directive before class"
        ),
        case("PUT", KEY, "", {**COPY, **NO_CLASS}, "InvalidStorageClass", id="copy: class before source"),
        case("PUT", KEY, "", {**COPY, "x-amz-acl": "mine"}, "InvalidArgument", id="copy: ACL before source"),
        case("GET", ELSEWHERE, "attributes", NO_ATTRIBUTES, "InvalidArgument", id="attributes: names before bucket"),
        case("GET", KEY, "attributes&versionId=no", SOME_SIZE, "InvalidArgument", id="attributes: version before key"),
        case(
            *("DELETE", KEY, "versionId=no", {"x-amz-if-match-size": "1"}, "NotImplemented"),
            id="delete: condition before version",
        ),
    ],
)
def each_operation_is_judged_in_the_order_of_its_list(
    cos: Service, send: ByHand, method: str, path: str, query: str, headers: dict[str, str], code: str
) -> None:
    """Source: assumed: docs/reference/order-of-checks.md, the other operations."""
    with refused(cos, code):
        send(method, path if path == ELSEWHERE else f"/{BUCKET}/{path}".rstrip("/"), query, headers)


@promise
@cases(
    ("query", "first"),
    [
        ("list-type=2&encoding-type=no&continuation-token=no", "encoding-type"),
        ("list-type=2&continuation-token=no&max-keys=-1", "continuation-token"),
    ],
    ids=["encoding before token", "token before number"],
)
def a_list_of_keys_is_judged_in_the_order_of_its_list(cos: Service, send: ByHand, query: str, first: str) -> None:
    """Source: assumed: docs/reference/order-of-checks.md, the other operations."""
    with refused(cos, "InvalidArgument", status=400) as answer:
        send("GET", f"/{BUCKET}", query)
    assert answer["Error"]["ArgumentName"] == first


@promise
def another_region_is_told_before_what_the_request_asks(send: ByHand, make_client: Any) -> None:
    """Source: assumed; that it is told: documented, recorded aws-presigned 31."""
    named = {"Bucket": BUCKET, "Key": KEY, "PartNumber": 0}
    far = make_client(region_name="eu-west-1", config={"signature_version": "s3v4"})
    with raises(ErrorAnswer) as caught:
        send.url("GET", far.generate_presigned_url("get_object", Params=named))
    assert caught.value.response["Error"]["Code"] in {"PermanentRedirect", "AuthorizationQueryParametersError"}
