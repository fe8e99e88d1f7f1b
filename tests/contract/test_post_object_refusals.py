"""Browsers' forms that are refused: facts 25 to 30 of aws-presigned, and what public suites report of AWS."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.contract.test_post_object import presigned, upload
from tests.support.presigned import (
    BOUNDARY,
    KEY_ID,
    MISMATCH,
    PAIR,
    SECRET,
    V2,
    V4,
    form_body,
    post_form,
    send_to_url,
    signing_client,
    without_request_ids,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = f"https://{BUCKET}.s3.amazonaws.com/"
FIELD = "Bucket POST must contain a field named '{}'.  If it is specified, please check the order of the fields."
FAILED = "Invalid according to Policy: Policy Condition failed: "
ONE_FILE = "POST requires exactly one file upload per request."
MALFORMED = "The body of your POST request is not well-formed multipart/form-data."


@pytest.fixture(params=["verified", "not verified"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR if request.param == "verified" else None) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.fixture
def strict() -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR) as fake:
        fake.create_bucket(BUCKET)
        yield fake


@pytest.mark.parametrize("target", ["http://example.com", "HTTP://localhost", ""])
def test_a_value_that_starts_otherwise(cos: FakeCOS, target: str) -> None:
    # recorded aws-presigned 25
    starts = [["starts-with", "$success_action_redirect", "http://localhost"]]
    message = FAILED + '["starts-with", "$success_action_redirect", "http://localhost"]'
    with refused(cos, "AccessDenied", message, 403):
        upload(cos, presigned(conditions=starts, success_action_redirect=target))


def test_a_value_that_is_another_one(cos: FakeCOS) -> None:
    # public
    made = presigned(conditions=[{"Content-Type": "text/plain"}], **{"Content-Type": "image/png"})
    with refused(cos, "AccessDenied", FAILED + '["eq", "$Content-Type", "text/plain"]', 403):
        upload(cos, made)
    del made["fields"]["Content-Type"]
    with refused(cos, "AccessDenied", FAILED + '["eq", "$Content-Type", "text/plain"]', 403):
        upload(cos, made)


def test_a_field_does_not_stand_for_the_bucket(cos: FakeCOS) -> None:
    # public
    cos.create_bucket("other")
    made = presigned(bucket=BUCKET)
    made["url"] = "https://other.s3.amazonaws.com/"
    with refused(cos, "AccessDenied", f'{FAILED}["eq", "$bucket", "{BUCKET}"]', 403):
        upload(cos, made)
    assert not cos.store.buckets["other"].objects
    made["url"] = URL
    assert upload(cos, made).status == 204


def test_a_field_that_names_another_bucket(cos: FakeCOS) -> None:
    # assumed
    made = presigned()
    made["fields"]["bucket"] = "other"
    with refused(cos, "AccessDenied", f'{FAILED}["eq", "$bucket", "{BUCKET}"]', 403):
        upload(cos, made)
    assert not cos.store.buckets[BUCKET].objects


def test_another_bucket_and_another_key(cos: FakeCOS) -> None:
    # public
    cos.create_bucket("other")
    made = presigned()
    with refused(cos, "AccessDenied", f'{FAILED}["eq", "$bucket", "{BUCKET}"]', 403):
        post_form(cos, "https://other.s3.amazonaws.com/", form_body(made["fields"]))
    made["fields"]["key"] = "dog.jpg"
    with refused(cos, "AccessDenied", FAILED + '["eq", "$key", "cat.jpg"]', 403):
        upload(cos, made)


@pytest.mark.parametrize("name", ["Content-Type", "x-amz-meta-foo", "success_action_status", "acl"])
def test_a_field_without_a_condition(cos: FakeCOS, name: str) -> None:
    # public
    made = presigned()
    made["fields"][name] = "201"
    with refused(cos, "AccessDenied", f"Invalid according to Policy: Extra input fields: {name.lower()}", 403):
        upload(cos, made)


def test_a_field_for_a_checksum_that_s3_does_not_have(cos: FakeCOS) -> None:
    # public
    message = "The algorithm type you specified in x-amz-checksum- header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        upload(cos, presigned(**{"x-amz-checksum-crc16": "AAA="}))
    assert not cos.store.buckets[BUCKET].objects


@pytest.mark.parametrize("version", [V2, V4])
def test_a_policy_that_has_expired(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 26
    with freeze_time("2026-05-04T10:30:00Z") as clock:
        made = presigned(version=version)
        clock.tick(3600)
        assert upload(cos, made).status == 204
        clock.tick(1)
        with refused(cos, "AccessDenied", "Invalid according to Policy: Policy expired.", 403):
            upload(cos, made)


@pytest.mark.parametrize("version", [V2, V4])
def test_a_policy_that_was_altered(cos: FakeCOS, version: str) -> None:
    # recorded aws-presigned 27
    made = presigned(version=version)
    policy = made["fields"]["policy"] = made["fields"]["policy"][:-2]
    with refused(cos, "SignatureDoesNotMatch", status=403) as answer:
        upload(cos, made)
    assert without_request_ids(answer["Error"]) == {
        "Code": "SignatureDoesNotMatch",
        "Message": MISMATCH,
        "AWSAccessKeyId": made["fields"].get("AWSAccessKeyId") or made["fields"]["x-amz-credential"].split("/")[0],
        "StringToSign": policy,
        "SignatureProvided": made["fields"].get("signature") or made["fields"]["x-amz-signature"],
        "StringToSignBytes": policy.encode().hex(" "),
    }


@pytest.mark.parametrize("version", [V2, V4])
def test_a_wrong_signature_and_an_unknown_key(strict: FakeCOS, version: str) -> None:
    # documented, public
    made = presigned(version=version)
    name = "signature" if version == V2 else "x-amz-signature"
    with refused(strict, "SignatureDoesNotMatch", status=403):
        post_form(strict, URL, form_body({**made["fields"], name: "wrong"}))
    unknown = {field: value.replace(KEY_ID, "AKIAUNKNOWN") for field, value in made["fields"].items()}
    with refused(strict, "InvalidAccessKeyId", status=403, AWSAccessKeyId="AKIAUNKNOWN"):
        post_form(strict, URL, form_body(unknown))


@pytest.mark.parametrize("version", [V2, V4])
def test_a_token_that_belongs_to_no_key(strict: FakeCOS, version: str) -> None:
    # public
    made = presigned(version=version, **{"x-amz-security-token": "token"})
    with refused(strict, "InvalidToken", status=400, **{"Token-0": "token"}):
        upload(strict, made)


@pytest.mark.parametrize(("left_out", "told"), [("signature", "Signature"), ("AWSAccessKeyId", "AWSAccessKeyId")])
def test_a_field_of_version_2_is_missing(cos: FakeCOS, left_out: str, told: str) -> None:
    # recorded aws-presigned 28
    made = presigned(version=V2)
    del made["fields"][left_out]
    with refused(cos, "InvalidArgument", FIELD.format(told), 400, ArgumentName=told, ArgumentValue=None):
        upload(cos, made)


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        (("x-amz-algorithm", "x-amz-credential"), "X-Amz-Algorithm"),
        (("x-amz-credential",), "X-Amz-Credential"),
        (("x-amz-date",), "X-Amz-Date"),
        (("x-amz-signature",), "X-Amz-Signature"),
        (("policy",), "policy"),
        (("key",), "key"),
    ],
)
def test_a_field_of_version_4_is_missing(cos: FakeCOS, left_out: tuple[str, ...], told: str) -> None:
    # recorded aws-presigned 29; key and policy: public
    made = presigned()
    for name in left_out:
        del made["fields"][name]
    with refused(cos, "InvalidArgument", FIELD.format(told), 400, ArgumentName=told, ArgumentValue=None):
        upload(cos, made)


def test_a_policy_that_nobody_signed(cos: FakeCOS) -> None:
    # recorded aws-presigned 29
    fields = {name: value for name, value in presigned()["fields"].items() if name in {"key", "policy"}}
    with refused(cos, "AccessDenied", "Access Denied", 403):
        post_form(cos, URL, form_body(fields))


@pytest.mark.parametrize(
    ("credential", "message"),
    [
        ("AKIA/20260504/us-east-1/execute-api/aws4_request",
         'incorrect service "execute-api". This endpoint belongs to "s3".'),
        ("/20260504/us-east-1/s3/aws4_request",
         "a non-empty Access Key (AKID) must be provided in the credential."),
        ("AKIA", 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'),
    ],
)  # fmt: skip
def test_a_malformed_credential(cos: FakeCOS, credential: str, message: str) -> None:
    # public
    made = presigned()
    made["fields"]["x-amz-credential"] = credential
    fields = {"ArgumentName": "X-Amz-Credential", "ArgumentValue": credential}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        upload(cos, made)


def test_a_form_that_was_signed_for_another_region(cos: FakeCOS) -> None:
    # public: an answer of AWS
    cos.create_bucket("over-there", region="us-west-1")
    made = signing_client(V4).generate_presigned_post("over-there", "cat.jpg")
    fields = {"ArgumentName": "X-Amz-Credential", "ArgumentValue": made["fields"]["x-amz-credential"]}
    message = "the region 'us-east-1' is wrong; expecting 'us-west-1'"
    with refused(cos, "InvalidArgument", message, 400, **fields, Region="us-west-1"):
        upload(cos, made)
    upload(cos, signing_client(V2).generate_presigned_post("over-there", "cat.jpg"))  # which is for no region


def test_another_algorithm(cos: FakeCOS) -> None:
    # assumed
    made = presigned()
    made["fields"]["x-amz-algorithm"] = "AWS4-HMAC-SHA1"
    with refused(cos, "InvalidArgument", status=400):
        upload(cos, made)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_is_no_form(cos: FakeCOS, content_type: str) -> None:
    # recorded aws-presigned 30
    message = "At least one of the pre-conditions you specified did not hold"
    condition = "Bucket POST must be of the enclosure-type multipart/form-data"
    with refused(cos, "PreconditionFailed", message, 412, Condition=condition):
        send_to_url(cos, "POST", URL, {"content-type": content_type}, b"hello")


TWICE = form_body({"key": "a"}, after=form_body({}).removesuffix(f"--{BOUNDARY}--\r\n".encode()))


@pytest.mark.parametrize(("body", "count"), [(form_body({"key": "a"}, file=None), "0"), (TWICE, "2")])
def test_there_is_just_one_file(cos: FakeCOS, body: bytes, count: str) -> None:
    """One is public, two are assumed."""
    with refused(cos, "InvalidArgument", ONE_FILE, 400, ArgumentName="file", ArgumentValue=count):
        post_form(cos, URL, body)


def test_a_part_without_a_name_is_no_file(cos: FakeCOS) -> None:
    # public
    body = f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--{BOUNDARY}--\r\n".encode()
    with refused(cos, "InvalidArgument", ONE_FILE, 400, ArgumentName="file", ArgumentValue="0"):
        post_form(cos, URL, body)


NOT_UTF8 = form_body({"key": "a"}).replace(b"\r\n\r\na", b"\r\n\r\n\xff")


@pytest.mark.parametrize("body", [b"", b"data", form_body({"key": "a"})[:-30], NOT_UTF8])
def test_a_malformed_body(cos: FakeCOS, body: bytes) -> None:
    # documented
    with refused(cos, "MalformedPOSTRequest", MALFORMED, 400):
        post_form(cos, URL, body)


@pytest.mark.parametrize("content_type", ["multipart/form-data", 'multipart/form-data; boundary=""'])
def test_a_form_without_a_boundary(cos: FakeCOS, content_type: str) -> None:
    # public
    with refused(cos, "MalformedPOSTRequest", MALFORMED, 400):
        send_to_url(cos, "POST", URL, {"content-type": content_type}, b"data")


def test_fields_may_have_20_kilobytes(cos: FakeCOS) -> None:
    # documented; the words and the field: public
    message = "Your POST request fields preceeding the upload file was too large."
    with refused(cos, "MaxPostPreDataLengthExceeded", message, 400, MaxPostPreDataLengthBytes="20480"):
        post_form(cos, URL, form_body({"key": "a" * 20_480}))


@pytest.mark.parametrize(
    ("limits", "code", "fields"),
    [
        ((6, 10), "EntityTooSmall", {"ProposedSize": "5", "MinSizeAllowed": "6"}),
        ((1, 4), "EntityTooLarge", {"ProposedSize": "5", "MaxSizeAllowed": "4"}),
    ],
)
def test_a_size_outside_of_the_range(cos: FakeCOS, limits: tuple[int, int], code: str, fields: dict[str, str]) -> None:
    # documented; the fields: public
    with refused(cos, code, status=400, **fields):
        upload(cos, presigned(conditions=[["content-length-range", *limits]]))


def signed(policy: bytes | str) -> dict[str, str]:
    """Return the fields of a form with any policy, signed by SigV2."""
    text = base64.b64encode(policy).decode() if isinstance(policy, bytes) else policy
    signature = base64.b64encode(hmac.digest(SECRET.encode(), text.encode(), hashlib.sha1)).decode()
    return {"key": "cat.jpg", "AWSAccessKeyId": KEY_ID, "policy": text, "signature": signature}


GOOD: dict[str, Any] = {
    "expiration": "2100-01-01T00:00:00.000Z",
    "conditions": [{"bucket": BUCKET}, {"key": "cat.jpg"}],
}


def with_condition(condition: Any) -> bytes:
    return json.dumps({**GOOD, "conditions": [*GOOD["conditions"], condition]}).encode()


SIMPLE = "Invalid Simple-Condition: "
POLICIES = [
    (b"{", "Invalid JSON."),
    (b"[]", "Invalid JSON."),
    (b"[" * 5000, "Invalid JSON."),  # too deep for a reader
    (b'{"conditions": []}', "Policy missing expiration."),
    (b'{"Expiration": "2100-01-01T00:00:00Z", "conditions": []}', "Policy missing expiration."),
    (b'{"expiration": "soon", "conditions": []}', "Invalid 'expiration' value: 'soon'"),
    (b'{"expiration": "2026-99-01T00:00:00Z"}', "Invalid 'expiration' value: '2026-99-01T00:00:00Z'"),
    (b'{"expiration": "2100-01-01T00:00:00Z"}', "Policy missing conditions."),
    (b'{"expiration": "2100-01-01T00:00:00Z", "conditions": []}', "Policy missing conditions."),
    (b'{"expiration": "2100-01-01T00:00:00Z", "conditions": {}}', "Invalid 'conditions' value: must be a List."),
    (with_condition(["eq", "$key", "\ud800"]), "Invalid JSON."),  # half a character (assumed)
    (with_condition("text"), "Invalid condition test: must be a List or Object."),
    (with_condition([]), "Invalid Condition: missing operation identifier."),
    (with_condition(["unknown-op", "$key", "a"]), "Invalid Condition: unknown operation 'unknown-op'."),
    (with_condition(["eq", "$key"]), "Invalid Eq: wrong number of arguments."),
    (with_condition(["starts-with", "$key", "a", "b"]), "Invalid starts-with: wrong number of arguments."),
    (with_condition(["content-length-range", 0]), "Invalid content-length-range: wrong number of arguments."),
    (with_condition(["content-length-range", -1, 1]), "Invalid content-length-range: a size is a number of bytes."),
    (with_condition(["content-length-range", 0, 512.0]), "Invalid JSON."),
    (with_condition(["content-length-range", 12, False]), "Invalid JSON."),
    (with_condition(["eq", "$key", True]), "Invalid JSON."),
    (with_condition(["eq", False, "a"]), "Invalid JSON."),
    (with_condition({"a": None}), "Invalid JSON."),
    (b'{"Version": "2012-10-17", "Id": "a", "Statement": []}', "Unexpected: 'statement'"),
    (json.dumps({**GOOD, "Extra": 1}).encode(), "Unexpected: 'extra'"),
    (with_condition({"a": "b", "c": "d"}), SIMPLE + "Simple-Conditions must have exactly one property specified."),
    (with_condition({"a": 1}), SIMPLE + "value must be a string."),
]


@pytest.mark.parametrize(("policy", "reason"), POLICIES)
def test_a_policy_that_is_none(cos: FakeCOS, policy: bytes, reason: str) -> None:
    # public, but for the one that says how a size is written: assumed
    with refused(cos, "InvalidPolicyDocument", f"Invalid Policy: {reason}", 400):
        post_form(cos, URL, form_body(signed(policy)))
    assert not cos.store.buckets[BUCKET].objects


@pytest.mark.parametrize(
    "condition",
    [
        ["starts-with", "$Content-Type", ""],  # a field that is not there, whatever it may be
        ["eq", "$Content-Type", ""],
        ["eq", "key", "cat.jpg"],  # without its dollar sign
        ["content-length-range", "test", "10"],
    ],
)
def test_a_condition_that_no_form_meets(cos: FakeCOS, condition: list[str]) -> None:
    # public: answers of AWS; of the second it is assumed
    with refused(cos, "AccessDenied", FAILED + json.dumps(condition), 403):
        post_form(cos, URL, form_body(signed(with_condition(condition))))
    assert not cos.store.buckets[BUCKET].objects


def test_a_signed_policy_that_is_no_base64(strict: FakeCOS) -> None:
    # public
    with refused(strict, "InvalidPolicyDocument", "Invalid Policy: invalid Base64 encoding.", 400):
        post_form(strict, URL, form_body(signed("%%%")))
    with refused(strict, "InvalidPolicyDocument", "Invalid Policy: invalid Base64 encoding.", 400):
        post_form(strict, URL, form_body(signed("p\u00e9licy")))
    with refused(strict, "InvalidPolicyDocument", "Invalid Policy: Expecting '{' but found End-of-Input", 400):
        post_form(strict, URL, form_body(signed(b"")))


def test_the_bucket_must_be_in_the_policy(cos: FakeCOS) -> None:
    # public
    policy = json.dumps({**GOOD, "conditions": [{"key": "cat.jpg"}]}).encode()
    with refused(cos, "AccessDenied", "Invalid according to Policy: Extra input fields: bucket", 403):
        post_form(cos, URL, form_body(signed(policy)))


def test_a_bucket_that_is_not_there(cos: FakeCOS) -> None:
    policy = json.dumps({**GOOD, "conditions": [["starts-with", "$bucket", ""], {"key": "cat.jpg"}]}).encode()
    with refused(cos, "NoSuchBucket", status=404, BucketName="nowhere"):
        post_form(cos, "https://nowhere.s3.amazonaws.com/", form_body(signed(policy)))
