"""Presigned URLs by hand: what S3 takes from their query, ignores there and refuses.

`public`: suites that are run on AWS. Each name that a query may have: fakecos/facts/presigned_query.py.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.messages import PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload

if TYPE_CHECKING:
    from fakecos.contract.by_hand import Answer, ByHand

KEY = "a.txt"
PATH = f"/{BUCKET}/{KEY}"
OBJECT = {"Bucket": BUCKET, "Key": KEY}
CUSTOMER = "x-amz-server-side-encryption-customer"
HELLO = "5d41402abc4b2a76b9719d911017c592"
MD5 = base64.b64encode(bytes.fromhex(HELLO)).decode()  # of hello
# What the JavaScript SDK v3 signs for an upload: the checksum of no body (aws-changes 8).
JAVASCRIPT = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-sdk-checksum-algorithm": "CRC32"}


def stored(aws: Any, key: str = KEY) -> dict[str, Any]:
    """Return what HeadObject says."""
    return dict(aws.head_object(Bucket=BUCKET, Key=key, ChecksumMode="ENABLED"))


def list_of_one(part: Answer) -> bytes:
    """Return the document of Complete that lists one part."""
    item = f"<Part><PartNumber>1</PartNumber><ETag>{part.headers['etag']}</ETag></Part>"
    return f"<CompleteMultipartUpload>{item}</CompleteMultipartUpload>".encode()


# -- checksums ----------------------------------------------------------------------------------------------


@promise
def an_upload_by_a_url_of_the_javascript_sdk_has_the_checksum_of_s3(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-changes 8."""
    send.presigned("PUT", PATH, {**JAVASCRIPT, "x-id": "PutObject"}, b"hello")
    assert stored(aws)["ChecksumCRC64NVME"]
    assert aws.get_object(**OBJECT)["Body"].read() == b"hello"


@promise
def a_checksum_in_the_query_cannot_be_changed(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-changes 8."""
    url = send.url_for("PUT", PATH, JAVASCRIPT).replace("AAAAAA", "BBBBBB")
    with refused(cos, "SignatureDoesNotMatch", status=403):
        send.url("PUT", url, body=b"hello")


@promise
def an_upload_in_parts_by_urls_of_the_javascript_sdk(send: ByHand, aws: Any) -> None:
    """Source: recorded of PutObject: aws-changes 8; of the others: assumed."""
    named = {"uploadId": create_upload(aws, key=KEY)}
    part = send.presigned("PUT", PATH, {**named, "partNumber": "1", **JAVASCRIPT, "x-id": "UploadPart"}, b"hello")
    assert not [name for name in part.headers if name.startswith("x-amz-checksum") and name[15:] != "crc64nvme"]
    kind = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-type": "FULL_OBJECT"}
    send.presigned("POST", PATH, {**named, **kind}, list_of_one(part))
    assert stored(aws)["ChecksumCRC64NVME"]


@promise
def the_algorithm_of_an_upload_is_not_taken_from_the_query(send: ByHand, aws: Any) -> None:
    """Source: assumed, on the strict side: parts with a SHA256 do not fit the upload."""
    query = {"uploads": "", "x-amz-checksum-algorithm": "SHA256", "x-amz-checksum-type": "COMPOSITE"}
    send.presigned("POST", PATH, query)
    (upload,) = aws.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    assert upload.get("ChecksumAlgorithm") != "SHA256"


@promise
def a_copy_does_not_take_its_algorithm_from_the_query(send: ByHand, aws: Any) -> None:
    """Source: assumed; that the source is taken: aws-presigned 40."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"hello")
    send.presigned("PUT", PATH, {"x-amz-copy-source": f"{BUCKET}/source", "x-amz-checksum-algorithm": "SHA256"})
    assert "ChecksumSHA256" not in stored(aws)


@promise
def a_checksum_that_is_named_as_signed_is_verified(cos: Service, send: ByHand) -> None:
    """Source: assumed: aws-changes 9."""
    moved = {"x-amz-checksum-crc32": "AAAAAA=="}
    with refused(cos, "BadDigest"):
        send.presigned("PUT", PATH, moved, b"hello", signed=moved)


@promise
def a_document_needs_its_checksum_as_a_header(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: assumed, as the query's is not used."""
    aws.put_object(**OBJECT, Body=b"hello")
    body = f"<Delete><Object><Key>{KEY}</Key></Object></Delete>".encode()
    with refused(cos, "InvalidRequest", status=400):
        send.presigned("POST", f"/{BUCKET}", {"delete": "", "x-amz-checksum-crc32": "ThaVGw=="}, body)


@promise
@cases("mode", ["ENABLED", "enabled"])
def a_read_with_the_checksum_mode_in_the_query_has_no_checksum(send: ByHand, aws: Any, mode: str) -> None:
    """Source: public: aws-presigned 37."""
    aws.put_object(**OBJECT, Body=b"hello")
    answer = send.presigned("GET", PATH, {"x-amz-checksum-mode": mode})
    assert not [name for name in answer.headers if name.startswith("x-amz-checksum")]


@promise
@cases("name", ["x-amz-checksum-crc33", "X-Amz-Checksum-Crc33"])
def a_checksum_that_does_not_exist_is_refused(cos: Service, send: ByHand, name: str) -> None:
    """Source: public of headers; assumed of the query."""
    with refused(cos, "InvalidRequest", status=400):
        send.presigned("PUT", PATH, {name: "AAAAAA=="}, b"hello")


# -- signed headers that stand in the query -----------------------------------------------------------------


MOVED = {
    "x-amz-meta-foo": "bar",
    "x-amz-server-side-encryption": "AES256",
    "x-amz-storage-class": "STANDARD_IA",
    "x-amz-tagging": "a=b",
}


@promise
def what_is_named_as_signed_is_taken_from_the_query(send: ByHand, aws: Any) -> None:
    """Source: recorded of encryption: aws-presigned 32; assumed of the others: aws-changes 9."""
    send.presigned("PUT", PATH, MOVED, b"hello", signed=MOVED)
    assert stored(aws)["Metadata"] == {"foo": "bar"}
    assert stored(aws)["StorageClass"] == "STANDARD_IA"
    assert aws.get_object_tagging(**OBJECT)["TagSet"] == [{"Key": "a", "Value": "b"}]


@promise
def it_may_be_sent_as_a_header_too(send: ByHand) -> None:
    """Source: recorded aws-presigned 32."""
    assert send.presigned("PUT", PATH, MOVED, b"hello", signed=MOVED, headers=MOVED).status == 200


@promise
def another_value_in_the_header_breaks_the_signature(cos: Service, send: ByHand) -> None:
    """Source: assumed."""
    with refused(cos, "SignatureDoesNotMatch", status=403):
        send.presigned("PUT", PATH, MOVED, b"hello", signed=MOVED, headers={"x-amz-meta-foo": "other"})


@promise
@cases(
    ("name", "value"),
    [("Content-MD5", MD5), ("Content-Type", "text/plain"), ("If-None-Match", "*"), ("Range", "bytes=0-1")],
)
def a_signed_header_of_http_must_be_sent(cos: Service, send: ByHand, name: str, value: str) -> None:
    """Source: recorded of Content-MD5: aws-presigned 32; the others assumed."""
    moved = {name: value}
    with refused(cos, "SignatureDoesNotMatch", status=403):
        send.presigned("PUT", PATH, moved, b"hello", signed=moved)
    assert send.presigned("PUT", PATH, moved, b"hello", signed=moved, headers=moved).status == 200


# -- what only the query names ------------------------------------------------------------------------------


@promise
def metadata_and_acl_in_the_query_are_taken_in_lower_case(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public: aws-presigned 33."""
    aws.put_bucket_ownership_controls(
        Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    )
    moved = {"x-amz-meta-foo": "bar", "X-Amz-Meta-Other": "bar", "x-amz-acl": "bucket-owner-read"}
    send.presigned("PUT", PATH, moved, b"hello")
    assert stored(aws)["Metadata"] == {"foo": "bar"}
    with refused(cos, "InvalidArgument", status=400):
        send.presigned("PUT", PATH, {"x-amz-acl": "no-such-acl"}, b"other")
    send.presigned("PUT", PATH, {"X-Amz-Acl": "no-such-acl"}, b"other")
    assert stored(aws)["Metadata"] == {}


@promise
@cases(
    ("name", "value"),
    [
        ("x-amz-tagging", "a=b"),  # public: aws-presigned 34
        ("x-amz-server-side-encryption", "aws:kms"),  # public: aws-presigned 35
        (f"{CUSTOMER}-algorithm", "AES256"),
        ("x-amz-object-lock-mode", "GOVERNANCE"),  # public: aws-presigned 36
        ("x-amz-object-lock-legal-hold", "ON"),
        ("cache-control", "no-store"),  # public: aws-presigned 41
        ("content-type", "text/plain"),  # assumed, as the rest
        ("content-md5", "AAAA"),
        ("content-encoding", "aws-chunked"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
        ("x-amz-decoded-content-length", "3"),
        ("content-length", "3"),
    ],
)
def what_the_query_alone_does_not_say(send: ByHand, aws: Any, name: str, value: str) -> None:
    """Source: public: aws-presigned 34, 35, 36, 41; the others assumed."""
    send.presigned("PUT", f"/{BUCKET}/plain", {}, b"hello")
    send.presigned("PUT", PATH, {name: value}, b"hello")
    plain, other = stored(aws, "plain"), stored(aws)
    for headers in (plain, other):
        headers.pop("LastModified")
        headers.pop("ResponseMetadata")
    assert plain == other
    assert not aws.get_object_tagging(**OBJECT)["TagSet"]


@promise
def the_expected_owner_is_judged(cos: Service, send: ByHand) -> None:
    """Source: public: aws-presigned 38."""
    with refused(cos, "AccessDenied", status=403):
        send.presigned("PUT", PATH, {"x-amz-expected-bucket-owner": "999999999999"}, b"other")
    with refused(cos, "InvalidBucketOwnerAWSAccountID", status=400):
        send.presigned("PUT", PATH, {"X-Amz-Expected-Bucket-Owner": "123456789012"}, b"other")


@promise
def a_policy_sees_what_is_signed_as_a_header_and_not_what_only_the_query_names(
    cos: Service, send: ByHand, aws: Any
) -> None:
    """Source: public: aws-presigned 42."""
    name = "x-amz-server-side-encryption"
    condition = {"Null": {f"s3:{name}": "true"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Condition": condition}
    policy = {"Version": "2012-10-17", "Statement": [{**statement, "Resource": f"arn:aws:s3:::{BUCKET}/*"}]}
    aws.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))
    moved = {name: "AES256"}
    with refused(cos, "AccessDenied", status=403):
        send.presigned("PUT", PATH, moved, b"hello")
    assert send.presigned("PUT", PATH, moved, b"hello", signed=moved).status == 200
    assert send.presigned("PUT", PATH, {}, b"hello", signed=moved, headers=moved).status == 200


@promise
def a_digest_of_the_body_in_the_query_is_compared(cos: Service, send: ByHand) -> None:
    """Source: assumed: a signature covers the digest, so another body is not the one that was signed."""
    digest = hashlib.sha256(b"hello").hexdigest()
    url = send.url_for("PUT", PATH, {"X-Amz-Content-Sha256": digest}, payload=digest)
    with refused(cos, "XAmzContentSHA256Mismatch", status=400):
        send.url("PUT", url, body=b"other")
    assert send.url("PUT", url, body=b"hello").status == 200


# -- conditions ---------------------------------------------------------------------------------------------


@promise
@cases("name", ["If-None-Match", "if-none-match"])
def a_condition_of_a_write_is_obeyed(cos: Service, send: ByHand, name: str) -> None:
    """Source: recorded aws-changes 10."""
    assert send.presigned("PUT", PATH, {name: "*"}, b"hello").status == 200
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        send.presigned("PUT", PATH, {name: "*"}, b"other")


@promise
def a_condition_on_what_is_stored_is_obeyed(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: recorded aws-changes 10."""
    aws.put_object(**OBJECT, Body=b"hello")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        send.presigned("PUT", PATH, {"If-Match": '"other"'}, b"other")
    assert send.presigned("PUT", PATH, {"If-Match": f'"{HELLO}"'}, b"other").status == 200


@promise
@cases(
    ("method", "query", "code"),
    [
        ("GET", {"If-Match": '"other"'}, "PreconditionFailed"),
        ("GET", {"If-None-Match": f'"{HELLO}"'}, "304"),
        ("HEAD", {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, "412"),
        ("DELETE", {"If-Match": '"other"'}, "PreconditionFailed"),
        ("PUT", {"x-amz-copy-source": f"{BUCKET}/{KEY}", "If-None-Match": "*"}, "PreconditionFailed"),
        (
            "PUT",
            {"x-amz-copy-source": f"{BUCKET}/{KEY}", "x-amz-copy-source-if-match": '"other"'},
            "PreconditionFailed",
        ),
    ],
    ids=["read if match", "read if none match", "head if unmodified", "delete", "copy", "source of a copy"],
)
def conditions_of_other_operations_are_obeyed(
    cos: Service, send: ByHand, aws: Any, method: str, query: dict[str, str], code: str
) -> None:
    """Source: assumed, as of PutObject."""
    aws.put_object(**OBJECT, Body=b"hello")
    with refused(cos, code, status=304 if code == "304" else 412):
        send.presigned(method, PATH, query)


@promise
def a_condition_of_complete_in_the_query_is_obeyed(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: assumed, as of PutObject."""
    aws.put_object(**OBJECT, Body=b"hello")
    named = {"uploadId": create_upload(aws, key=KEY)}
    part = send.presigned("PUT", PATH, {**named, "partNumber": "1"}, b"x")
    with refused(cos, "PreconditionFailed", status=412):
        send.presigned("POST", PATH, {**named, "If-None-Match": "*"}, list_of_one(part))


# -- lengths ------------------------------------------------------------------------------------------------


@promise
@cases("name", ["Content-Length", "content-length", "X-Amz-Decoded-Content-Length"])
@cases("value", ["9" * 5000, "-1", "many"])
def a_length_that_is_none_is_refused(cos: Service, send: ByHand, name: str, value: str) -> None:
    """Source: assumed: aws-changes 25."""
    with refused(cos, "MissingContentLength", status=411):
        send.presigned("PUT", PATH, {name: value}, b"hello")
