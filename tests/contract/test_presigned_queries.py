"""Headers that a signer moved into the query of a presigned URL: what S3 takes, ignores and refuses there."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
import requests
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from fakecos import FakeCOS
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.facts import presigned_query
from fakecos.facts.presigned_query import IGNORED, REFUSED, TAKEN
from fakecos.wire import service_model
from fakecos.wire.parse import parse
from tests.support.objects import stored_object
from tests.support.presigned import KEY_ID, PAIR, SECRET, V2, RawAnswer, send_to_url, signing_client

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY = "a.txt"
HOST = f"https://{BUCKET}.s3.us-east-1.amazonaws.com"
CUSTOMER = "x-amz-server-side-encryption-customer"
HELLO = "5d41402abc4b2a76b9719d911017c592"
MD5 = base64.b64encode(bytes.fromhex(HELLO)).decode()  # of hello
# What the JavaScript SDK v3 signs for an upload: the checksum of no body (aws-changes 8).
JAVASCRIPT = {"x-amz-checksum-crc32": "AAAAAA==", "x-amz-sdk-checksum-algorithm": "CRC32"}


@pytest.fixture(params=["verified", "any signature"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR if request.param == "verified" else None) as fake:
        fake.create_bucket(BUCKET)
        yield fake


def url_for(
    method: str, query: Mapping[str, str], signed: Mapping[str, str] | None = None, path: str = f"/{KEY}"
) -> str:
    """Return a URL with a query that is signed; `signed` are headers that are named as signed and may be moved too."""
    request = AWSRequest(method, HOST + path, headers=dict(signed or {}), params=dict(query))
    S3SigV4QueryAuth(Credentials(KEY_ID, SECRET), "s3", "us-east-1", expires=60).add_auth(request)
    return str(request.prepare().url)


def sent(
    cos: FakeCOS,
    method: str,
    query: Mapping[str, str],
    body: bytes = b"",
    signed: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    path: str = f"/{KEY}",
) -> RawAnswer:
    return send_to_url(cos, method, url_for(method, query, signed, path), headers, body)


# -- checksums ----------------------------------------------------------------------------------------------


def test_an_upload_by_a_url_of_the_javascript_sdk_has_the_checksum_of_s3(cos: FakeCOS) -> None:
    # recorded: aws-changes 8
    sent(cos, "PUT", {**JAVASCRIPT, "x-id": "PutObject"}, b"hello")
    stored = stored_object(cos, KEY)
    assert stored.checksum.algorithm.name == "CRC64NVME"
    assert stored.body == b"hello"


def test_a_checksum_in_the_query_cannot_be_changed() -> None:
    # recorded: aws-changes 8
    with FakeCOS(credentials=PAIR) as cos:
        cos.create_bucket(BUCKET)
        url = url_for("PUT", JAVASCRIPT).replace("AAAAAA", "BBBBBB")
        with refused(cos, "SignatureDoesNotMatch", status=403):
            send_to_url(cos, "PUT", url, body=b"hello")


def test_an_upload_in_parts_by_urls_of_the_javascript_sdk(cos: FakeCOS) -> None:
    # recorded of PutObject: aws-changes 8; of the others: assumed
    upload = cos.start_upload(BUCKET, KEY)
    named = {"uploadId": upload.upload_id}
    part = sent(cos, "PUT", {**named, "partNumber": "1", **JAVASCRIPT, "x-id": "UploadPart"}, b"hello")
    assert not [name for name in part.headers if name.startswith("x-amz-checksum") and name[15:] != "crc64nvme"]
    body = f"<Part><PartNumber>1</PartNumber><ETag>{part.headers['etag']}</ETag></Part>"
    body = f"<CompleteMultipartUpload>{body}</CompleteMultipartUpload>"
    sent(
        cos, "POST", {**named, "x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-type": "FULL_OBJECT"}, body.encode()
    )
    assert stored_object(cos, KEY).checksum.algorithm.name == "CRC64NVME"


def test_the_algorithm_of_an_upload_is_not_taken_from_the_query(cos: FakeCOS) -> None:
    # assumed, on the strict side: parts with a SHA256 do not fit the upload
    sent(cos, "POST", {"uploads": "", "x-amz-checksum-algorithm": "SHA256", "x-amz-checksum-type": "COMPOSITE"})
    (upload,) = cos.store.buckets[BUCKET].uploads.values()
    assert upload.algorithm is None


def test_a_copy_does_not_take_its_algorithm_from_the_query(cos: FakeCOS) -> None:
    # assumed; that the source is taken: aws-presigned 40
    cos.put_object(BUCKET, "source", b"hello")
    sent(cos, "PUT", {"x-amz-copy-source": f"{BUCKET}/source", "x-amz-checksum-algorithm": "SHA256"})
    assert stored_object(cos, KEY).checksum.algorithm.name == "CRC64NVME"


def test_a_checksum_that_is_named_as_signed_is_verified(cos: FakeCOS) -> None:
    # assumed: aws-changes 9
    moved = {"x-amz-checksum-crc32": "AAAAAA=="}
    with refused(cos, "BadDigest"):
        sent(cos, "PUT", moved, b"hello", signed=moved)


def test_a_document_needs_its_checksum_as_a_header(cos: FakeCOS) -> None:
    # assumed, as the query's is not used
    cos.put_object(BUCKET, KEY, b"hello")
    body = f"<Delete><Object><Key>{KEY}</Key></Object></Delete>".encode()
    with refused(cos, "InvalidRequest", status=400):
        sent(cos, "POST", {"delete": "", "x-amz-checksum-crc32": "ThaVGw=="}, body, path="/")


@pytest.mark.parametrize("mode", ["ENABLED", "enabled"])
def test_a_read_with_the_checksum_mode_in_the_query_has_no_checksum(cos: FakeCOS, mode: str) -> None:
    # public: aws-presigned 37
    cos.put_object(BUCKET, KEY, b"hello")
    answer = sent(cos, "GET", {"x-amz-checksum-mode": mode})
    assert not [name for name in answer.headers if name.startswith("x-amz-checksum")]
    url = signing_client(V2).generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": KEY, "ChecksumMode": mode})
    answer = send_to_url(cos, "GET", url)
    assert not [name for name in answer.headers if name.startswith("x-amz-checksum")]


# -- signed headers that stand in the query -----------------------------------------------------------------


MOVED = {
    "x-amz-meta-foo": "bar",
    "x-amz-server-side-encryption": "AES256",
    "x-amz-storage-class": "STANDARD_IA",
    "x-amz-tagging": "a=b",
}


def test_what_is_named_as_signed_is_taken_from_the_query(cos: FakeCOS) -> None:
    # recorded of encryption: aws-presigned 32; assumed of the others: aws-changes 9
    sent(cos, "PUT", MOVED, b"hello", signed=MOVED)
    stored = stored_object(cos, KEY)
    assert stored.attributes.metadata == {"foo": "bar"}
    assert stored.attributes.storage_class == "STANDARD_IA"
    assert stored.attributes.tags == {"a": "b"}


def test_it_may_be_sent_as_a_header_too(cos: FakeCOS) -> None:
    # recorded aws-presigned 32
    assert sent(cos, "PUT", MOVED, b"hello", signed=MOVED, headers=MOVED).status == 200


def test_another_value_in_the_header_breaks_the_signature() -> None:
    # assumed
    with FakeCOS(credentials=PAIR) as cos:
        cos.create_bucket(BUCKET)
        with refused(cos, "SignatureDoesNotMatch", status=403):
            sent(cos, "PUT", MOVED, b"hello", signed=MOVED, headers={"x-amz-meta-foo": "other"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("Content-MD5", MD5), ("Content-Type", "text/plain"), ("If-None-Match", "*"), ("Range", "bytes=0-1")],
)
def test_a_signed_header_of_http_must_be_sent(cos: FakeCOS, name: str, value: str) -> None:
    # recorded of Content-MD5: aws-presigned 32; the others assumed
    moved = {name: value}
    with refused(cos, "SignatureDoesNotMatch", status=403):
        sent(cos, "PUT", moved, b"hello", signed=moved)
    assert sent(cos, "PUT", moved, b"hello", signed=moved, headers=moved).status == 200


def test_a_key_of_the_customer_is_taken_where_it_is_named_as_signed(cos: FakeCOS) -> None:
    # assumed: aws-changes 9; the JavaScript SDK v2 writes the name of the last one so
    allow_sse_c(cos.client())
    key = b"k" * 32
    md5 = base64.b64encode(hashlib.md5(key, usedforsecurity=False).digest()).decode()
    moved = {
        f"{CUSTOMER}-algorithm": "AES256",
        f"{CUSTOMER}-key": base64.b64encode(key).decode(),
        f"{CUSTOMER}-key-MD5": md5,
    }
    sent(cos, "PUT", moved, b"hello", signed=moved)
    assert stored_object(cos, KEY).attributes.encryption.key_md5 == md5


# -- what only the query names ------------------------------------------------------------------------------


def test_metadata_and_acl_in_the_query_are_taken_in_lower_case(cos: FakeCOS) -> None:
    # public: aws-presigned 33
    cos.store.buckets[BUCKET].configurations.pop("OwnershipControls", None)
    moved = {"x-amz-meta-foo": "bar", "X-Amz-Meta-Other": "bar", "x-amz-acl": "bucket-owner-read"}
    sent(cos, "PUT", moved, b"hello")
    assert stored_object(cos, KEY).attributes.metadata == {"foo": "bar"}
    with refused(cos, "InvalidArgument", status=400):
        sent(cos, "PUT", {"x-amz-acl": "no-such-acl"}, b"other")
    sent(cos, "PUT", {"X-Amz-Acl": "no-such-acl"}, b"other")
    assert stored_object(cos, KEY).attributes.metadata == {}


IGNORED_ALONE = [
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
]


@pytest.mark.parametrize(("name", "value"), IGNORED_ALONE)
def test_what_the_query_alone_does_not_say(cos: FakeCOS, name: str, value: str) -> None:
    sent(cos, "PUT", {}, b"hello", path="/plain")
    sent(cos, "PUT", {name: value}, b"hello")
    plain, stored = stored_object(cos, "plain").attributes, stored_object(cos, KEY).attributes
    for attribute in ("content_headers", "metadata", "tags", "lock"):
        assert getattr(plain, attribute, None) == getattr(stored, attribute, None)
    assert plain.encryption.method == stored.encryption.method
    assert stored_object(cos, KEY).etag == stored_object(cos, "plain").etag


def test_the_expected_owner_is_judged(cos: FakeCOS) -> None:
    # public: aws-presigned 38
    owner = cos.store.buckets[BUCKET].account
    assert sent(cos, "PUT", {"x-amz-expected-bucket-owner": owner}, b"hello").status == 200
    with refused(cos, "AccessDenied", status=403):
        sent(cos, "PUT", {"x-amz-expected-bucket-owner": "999999999999"}, b"other")
    with refused(cos, "InvalidBucketOwnerAWSAccountID", status=400):
        sent(cos, "PUT", {"X-Amz-Expected-Bucket-Owner": owner}, b"other")


@pytest.mark.parametrize("name", ["x-amz-request-payer", "X-Amz-Request-Payer"])
def test_the_requester_pays_by_the_query(cos: FakeCOS, name: str) -> None:
    # recorded aws-presigned 12; in capitals public: aws-presigned 39
    sent(cos, "PUT", {name: "requester"}, b"hello")
    params = parse(service_model.load("aws"), "PutObject", BUCKET, KEY, {name: "requester"}, {})
    assert params["RequestPayer"] == "requester"


@pytest.mark.parametrize("name", ["x-amz-checksum-crc33", "X-Amz-Checksum-Crc33"])
def test_a_checksum_that_does_not_exist_is_refused(cos: FakeCOS, name: str) -> None:
    # public of headers; assumed of the query
    with refused(cos, "InvalidRequest", status=400):
        sent(cos, "PUT", {name: "AAAAAA=="}, b"hello")


def test_a_policy_sees_what_is_signed_as_a_header_and_not_what_only_the_query_names(cos: FakeCOS) -> None:
    # public: aws-presigned 42
    name = "x-amz-server-side-encryption"
    condition = {"Null": {f"s3:{name}": "true"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Condition": condition}
    policy = {"Version": "2012-10-17", "Statement": [{**statement, "Resource": f"arn:aws:s3:::{BUCKET}/*"}]}
    signing_client().put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))
    moved = {name: "AES256"}
    with refused(cos, "AccessDenied", status=403):
        sent(cos, "PUT", moved, b"hello")
    assert sent(cos, "PUT", moved, b"hello", signed=moved).status == 200
    assert sent(cos, "PUT", {}, b"hello", signed=moved, headers=moved).status == 200


class SignsDigest(S3SigV4QueryAuth):
    """A signer of the digest of `hello`."""

    def payload(self, request: AWSRequest) -> str:
        del request
        return hashlib.sha256(b"hello").hexdigest()


def test_a_digest_of_the_body_in_the_query_is_compared(cos: FakeCOS) -> None:
    # assumed: a signature covers the digest, so another body is not the one that was signed
    digest = hashlib.sha256(b"hello").hexdigest()
    request = AWSRequest("PUT", f"{HOST}/{KEY}", params={"X-Amz-Content-Sha256": digest})
    SignsDigest(Credentials(KEY_ID, SECRET), "s3", "us-east-1", expires=60).add_auth(request)
    url = str(request.prepare().url)
    with refused(cos, "XAmzContentSHA256Mismatch", status=400):
        send_to_url(cos, "PUT", url, body=b"other")
    assert send_to_url(cos, "PUT", url, body=b"hello").status == 200


# -- conditions ---------------------------------------------------------------------------------------------


PRECONDITION = "At least one of the pre-conditions you specified did not hold"


@pytest.mark.parametrize("name", ["If-None-Match", "if-none-match"])
def test_a_condition_of_a_write_is_obeyed(cos: FakeCOS, name: str) -> None:
    # recorded: aws-changes 10
    assert sent(cos, "PUT", {name: "*"}, b"hello").status == 200
    with refused(cos, "PreconditionFailed", PRECONDITION, 412, Condition="If-None-Match"):
        sent(cos, "PUT", {name: "*"}, b"other")


def test_a_condition_on_what_is_stored_is_obeyed(cos: FakeCOS) -> None:
    # recorded: aws-changes 10
    cos.put_object(BUCKET, KEY, b"hello")
    with refused(cos, "PreconditionFailed", PRECONDITION, 412, Condition="If-Match"):
        sent(cos, "PUT", {"If-Match": '"other"'}, b"other")
    assert sent(cos, "PUT", {"If-Match": f'"{HELLO}"'}, b"other").status == 200


def test_conditions_of_other_operations_are_obeyed(cos: FakeCOS) -> None:
    # assumed, as of PutObject
    cos.put_object(BUCKET, KEY, b"hello")
    with refused(cos, "PreconditionFailed", PRECONDITION, 412, Condition="If-Match"):
        sent(cos, "GET", {"If-Match": '"other"'})
    assert sent(cos, "GET", {"If-None-Match": f'"{HELLO}"'}).status == 304
    with refused(cos, "412", status=412):
        sent(cos, "HEAD", {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"})
    with refused(cos, "PreconditionFailed", status=412):
        sent(cos, "DELETE", {"If-Match": '"other"'})
    with refused(cos, "PreconditionFailed", status=412):
        sent(cos, "PUT", {"x-amz-copy-source": f"{BUCKET}/{KEY}", "If-None-Match": "*"})
    with refused(cos, "PreconditionFailed", status=412):
        moved = {"x-amz-copy-source": f"{BUCKET}/{KEY}", "x-amz-copy-source-if-match": '"other"'}
        sent(cos, "PUT", moved, path="/copy")
    upload = cos.start_upload(BUCKET, KEY)
    etag = sent(cos, "PUT", {"uploadId": upload.upload_id, "partNumber": "1"}, b"x").headers["etag"]
    body = f"<Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>"
    body = f"<CompleteMultipartUpload>{body}</CompleteMultipartUpload>"
    with refused(cos, "PreconditionFailed", status=412):
        sent(cos, "POST", {"uploadId": upload.upload_id, "If-None-Match": "*"}, body.encode())


# -- lengths ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Content-Length", "content-length", "X-Amz-Decoded-Content-Length"])
@pytest.mark.parametrize("value", ["9" * 5000, "-1", "many"])
def test_a_length_that_is_none_is_refused(cos: FakeCOS, name: str, value: str) -> None:
    # assumed: aws-changes 25
    with refused(cos, "MissingContentLength", status=411):
        sent(cos, "PUT", {name: value}, b"hello")


@pytest.mark.parametrize("name", ["x-amz-decoded-content-length", "partNumber", "x-amz-mp-object-size", "max-keys"])
def test_an_absurd_number_is_an_answer_over_a_socket_too(name: str) -> None:
    # assumed: aws-changes 25
    with FakeCOS(credentials=PAIR) as cos, cos.serve() as server:
        cos.create_bucket(BUCKET)
        request = AWSRequest("GET", f"{server.endpoint_url}/{BUCKET}", params={name: "9" * 5000, "list-type": "2"})
        S3SigV4QueryAuth(Credentials(KEY_ID, SECRET), "s3", "us-east-1", expires=60).add_auth(request)
        answer = requests.get(str(request.prepare().url), timeout=5)
        assert answer.status_code < 500
        assert answer.status_code >= 400 or name in {"partNumber", "x-amz-mp-object-size"}


def test_every_header_of_the_service_model_has_a_row() -> None:
    # a header that none of the rows names would be ignored by nobody's decision
    model = service_model.load("aws")
    shapes = {spec["input"] for spec in model.operations.values() if "input" in spec}
    names = {wire.lower() for shape in shapes for _, place, wire in model.members(shape).values() if place == "header"}
    assert not {name for name in names if presigned_query.row_of(name) is presigned_query.OTHER}


def test_each_row_says_what_becomes_of_a_name_and_how_that_is_known() -> None:
    for row in (*presigned_query.PARAMETERS, presigned_query.OTHER):
        assert {row.unsigned, row.signed, row.by_v2} <= {TAKEN, IGNORED, REFUSED}
        assert row.source.startswith(("recorded", "documented", "public", "assumed"))
        assert all(name == name.lower() for name in row.names)
        for name in row.names:
            assert presigned_query.row_of(name.rstrip("*")) is row or name.endswith("*")
