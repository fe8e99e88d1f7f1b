"""Browsers' forms that are refused, signed by SigV4."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.forms import BOUNDARY, CONTENT_TYPE, POLICY, Form
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.promises.browser_forms import KEY, post
from fakecos.contract.steps.messages import PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

FIELD = "Bucket POST must contain a field named '{}'.  If it is specified, please check the order of the fields."
FAILED = "Invalid according to Policy: Policy Condition failed: "
ONE_FILE = "POST requires exactly one file upload per request."
MALFORMED = "The body of your POST request is not well-formed multipart/form-data."
ALGORITHM, CREDENTIAL, DATE, SIGNATURE = "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"


def post_body(send: ByHand, body: bytes, content_type: str = CONTENT_TYPE) -> Any:
    """Send any body as a form, unsigned."""
    headers = {"content-type": content_type, "content-length": str(len(body))}
    return send.url("POST", send.url_of(BUCKET), headers, body)


# --- conditions -----------------------------------------------------------------------------------------


@promise
@cases("target", ["http://example.com", "HTTP://localhost", ""])
def a_value_that_starts_otherwise(cos: Service, send: ByHand, target: str) -> None:
    """Source: recorded aws-presigned 25."""
    starts = ["starts-with", "$success_action_redirect", "http://localhost"]
    with refused(cos, "AccessDenied", FAILED + json.dumps(starts), 403):
        post(send, conditions=[starts], success_action_redirect=target)


@promise
def a_value_that_is_another_one(cos: Service, send: ByHand) -> None:
    """Source: public."""
    wanted = [{"Content-Type": "text/plain"}]
    for fields in ({"Content-Type": "image/png"}, {}):
        with refused(cos, "AccessDenied", FAILED + '["eq", "$Content-Type", "text/plain"]', 403):
            post(send, conditions=wanted, **fields)


@promise
def another_key_than_was_signed(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "AccessDenied", FAILED + '["eq", "$key", "cat.jpg"]', 403):
        send.form(BUCKET, Form({"key": "dog.jpg"}, conditions=[{"key": KEY}]))


@promise
def a_field_that_names_another_bucket(cos: Service, send: ByHand) -> None:
    """Source: assumed: the condition is about the bucket that is asked, and the field has to fit it too."""
    with refused(cos, "AccessDenied", status=403):
        send.form(BUCKET, Form({"key": KEY}, put_in={"bucket": "other"}))


@promise
@cases("name", ["Content-Type", "x-amz-meta-foo", "success_action_status", "acl"])
def a_field_without_a_condition(cos: Service, send: ByHand, name: str) -> None:
    """Source: public."""
    with refused(cos, "AccessDenied", f"Invalid according to Policy: Extra input fields: {name.lower()}", 403):
        send.form(BUCKET, Form({"key": KEY}, put_in={name: "201"}))


@promise
@cases(
    "condition",
    [
        ["starts-with", "$Content-Type", ""],  # a field that is not there, whatever it may be
        ["eq", "$Content-Type", ""],
        ["eq", "key", "cat.jpg"],  # without its dollar sign
        ["content-length-range", "test", "10"],
    ],
    ids=str,
)
def a_condition_that_no_form_meets(cos: Service, send: ByHand, condition: list[str]) -> None:
    """Source: public: answers of AWS; of the second it is assumed."""
    with refused(cos, "AccessDenied", FAILED + json.dumps(condition), 403):
        post(send, conditions=[condition])


@promise
@cases(
    ("limits", "code", "fields"),
    [
        ((6, 10), "EntityTooSmall", {"ProposedSize": "5", "MinSizeAllowed": "6"}),
        ((1, 4), "EntityTooLarge", {"ProposedSize": "5", "MaxSizeAllowed": "4"}),
    ],
)
def a_size_outside_of_the_range(
    cos: Service, send: ByHand, limits: tuple[int, int], code: str, fields: dict[str, str]
) -> None:
    """Source: documented; the fields: public."""
    with refused(cos, code, status=400, **fields):
        post(send, conditions=[["content-length-range", *limits]])


# --- fields ---------------------------------------------------------------------------------------------


@promise
def a_field_for_a_checksum_that_s3_does_not_have(cos: Service, send: ByHand) -> None:
    """Source: public."""
    message = "The algorithm type you specified in x-amz-checksum- header is invalid."
    with refused(cos, "InvalidRequest", message, 400):
        post(send, **{"x-amz-checksum-crc16": "AAA="})


@promise
def an_unknown_storage_class(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 21."""
    message = "The storage class you specified is not valid"
    with refused(cos, "InvalidStorageClass", message, 400, StorageClassRequested="FakeClass"):
        post(send, **{"x-amz-storage-class": "FakeClass"})


@promise
@cases(
    ("left_out", "told"),
    [
        ((ALGORITHM, CREDENTIAL), "X-Amz-Algorithm"),
        ((CREDENTIAL,), "X-Amz-Credential"),
        ((DATE,), "X-Amz-Date"),
        ((SIGNATURE,), "X-Amz-Signature"),
        (("key",), "key"),
    ],
    ids=str,
)
def a_field_that_is_missing(cos: Service, send: ByHand, left_out: tuple[str, ...], told: str) -> None:
    """Source: recorded aws-presigned 29; the key: public."""
    with refused(cos, "InvalidArgument", FIELD.format(told), 400, ArgumentName=told, ArgumentValue=None):
        send.form(BUCKET, Form({"key": KEY}, left_out=left_out))


@promise
@cases(
    ("left_out", "told"),
    [
        ((SIGNATURE, ALGORITHM), "X-Amz-Signature"),
        ((SIGNATURE, CREDENTIAL, DATE), "X-Amz-Signature"),
        ((CREDENTIAL, DATE), "X-Amz-Credential"),
        ((ALGORITHM, DATE), "X-Amz-Algorithm"),
    ],
    ids=str,
)
def of_several_missing_fields_the_first_is_told(
    cos: Service, send: ByHand, left_out: tuple[str, ...], told: str
) -> None:
    """Source: assumed: signature, algorithm, credential, date."""
    with refused(cos, "InvalidArgument", FIELD.format(told), 400, ArgumentName=told, ArgumentValue=None):
        send.form(BUCKET, Form({"key": KEY}, left_out=left_out))


@promise
def a_signature_without_a_policy(cos: Service, send: ByHand) -> None:
    """Source: public: it is refused; the words: assumed."""
    with refused(cos, "InvalidArgument", FIELD.format(POLICY), 400, ArgumentName=POLICY, ArgumentValue=None):
        send.form(BUCKET, Form({"key": KEY}, left_out=[POLICY]))


@promise
def a_policy_that_nobody_signed(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 29."""
    unsigned = (ALGORITHM, CREDENTIAL, DATE, SIGNATURE, "x-amz-security-token")
    with refused(cos, "AccessDenied", status=403):
        send.form(BUCKET, Form({"key": KEY}, left_out=unsigned))


@promise
@cases(
    ("credential", "message"),
    [
        (
            "AKIA/20260504/us-east-1/execute-api/aws4_request",
            'incorrect service "execute-api". This endpoint belongs to "s3".',
        ),
        (
            "/20260504/us-east-1/s3/aws4_request",
            "a non-empty Access Key (AKID) must be provided in the credential.",
        ),
        ("AKIA", 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'),
    ],
)
def a_malformed_credential(cos: Service, send: ByHand, credential: str, message: str) -> None:
    """Source: public."""
    fields = {"ArgumentName": "X-Amz-Credential", "ArgumentValue": credential}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        send.form(BUCKET, Form({"key": KEY}, put_in={CREDENTIAL: credential}))


@promise
def another_algorithm(cos: Service, send: ByHand) -> None:
    """Source: assumed."""
    with refused(cos, "InvalidArgument", status=400):
        send.form(BUCKET, Form({"key": KEY}, put_in={ALGORITHM: "AWS4-HMAC-SHA1"}))


@promise
def another_policy_than_was_signed(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 27."""
    with refused(cos, "SignatureDoesNotMatch", status=403):
        send.form(BUCKET, Form({"key": KEY}, put_in={POLICY: "wrong"}))


# --- the body -------------------------------------------------------------------------------------------


@promise
@cases("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def what_is_no_form(cos: Service, send: ByHand, content_type: str) -> None:
    """Source: recorded aws-presigned 30."""
    condition = "Bucket POST must be of the enclosure-type multipart/form-data"
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition=condition):
        post_body(send, b"hello", content_type)


def part(head: str, value: str) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data{head}\r\n\r\n{value}\r\n".encode()


KEY_PART, FILE_PART = part('; name="key"', "a"), part('; name="file"; filename="cat.jpg"', "hello")
END = f"--{BOUNDARY}--\r\n".encode()


@promise
@cases(
    ("body", "count"),
    [(KEY_PART + END, "0"), (KEY_PART + FILE_PART + FILE_PART + END, "2"), (part("", "value") + END, "0")],
    ids=["none", "two", "a part without a name"],
)
def there_is_just_one_file(cos: Service, send: ByHand, body: bytes, count: str) -> None:
    """Source: public of none; of two: assumed."""
    with refused(cos, "InvalidArgument", ONE_FILE, 400, ArgumentName="file", ArgumentValue=count):
        post_body(send, body)


@promise
@cases(
    "body",
    [b"", b"data", KEY_PART + FILE_PART, (KEY_PART + FILE_PART + END).replace(b"\r\n\r\na", b"\r\n\r\n\xff")],
    ids=["nothing", "no part", "without an end", "no UTF-8"],
)
def a_malformed_body(cos: Service, send: ByHand, body: bytes) -> None:
    """Source: documented."""
    with refused(cos, "MalformedPOSTRequest", MALFORMED, 400):
        post_body(send, body)


@promise
@cases("content_type", ["multipart/form-data", 'multipart/form-data; boundary=""'])
def a_form_without_a_boundary(cos: Service, send: ByHand, content_type: str) -> None:
    """Source: public."""
    with refused(cos, "MalformedPOSTRequest", MALFORMED, 400):
        post_body(send, b"data", content_type)


@promise
def fields_may_have_20_kilobytes(cos: Service, send: ByHand) -> None:
    """Source: documented; the words and the field: public."""
    message = "Your POST request fields preceeding the upload file was too large."
    with refused(cos, "MaxPostPreDataLengthExceeded", message, 400, MaxPostPreDataLengthBytes="20480"):
        send.form(BUCKET, Form({"key": "a" * 20_480}))


# --- the policy -----------------------------------------------------------------------------------------

LATER = '"expiration": "2100-01-01T00:00:00Z"'
SIMPLE = "Invalid Simple-Condition: "


@promise
@cases(
    ("policy", "reason"),
    [
        (b"{", "Invalid JSON."),
        (b"[]", "Invalid JSON."),
        (b"[" * 5000, "Invalid JSON."),  # too deep for a reader
        (b'{"conditions": []}', "Policy missing expiration."),
        (b'{"Expiration": "2100-01-01T00:00:00Z", "conditions": []}', "Policy missing expiration."),
        (b'{"expiration": "soon", "conditions": []}', "Invalid 'expiration' value: 'soon'"),
        (b'{"expiration": "2026-99-01T00:00:00Z"}', "Invalid 'expiration' value: '2026-99-01T00:00:00Z'"),
        (f"{{{LATER}}}".encode(), "Policy missing conditions."),
        (f'{{{LATER}, "conditions": {{}}}}'.encode(), "Invalid 'conditions' value: must be a List."),
        (b'{"Version": "2012-10-17", "Id": "a", "Statement": []}', "Unexpected: 'statement'"),
    ],
)
def a_policy_that_is_none(cos: Service, send: ByHand, policy: bytes, reason: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidPolicyDocument", f"Invalid Policy: {reason}", 400):
        send.form(BUCKET, Form({"key": KEY}, policy=policy))


@promise
def a_policy_without_any_condition(cos: Service, send: ByHand) -> None:
    """Source: public: 400; the words: assumed."""
    with refused(cos, "InvalidPolicyDocument", "Invalid Policy: Policy missing conditions.", 400):
        send.form(BUCKET, Form({"key": KEY}, policy=f'{{{LATER}, "conditions": []}}'.encode()))


@promise
def of_several_unknown_members_the_last_is_told(cos: Service, send: ByHand) -> None:
    """Source: assumed: one is shown by a report, and it was the last."""
    policy = f'{{"Version": "1", {LATER}, "conditions": [], "Statement": []}}'.encode()
    with refused(cos, "InvalidPolicyDocument", "Invalid Policy: Unexpected: 'statement'", 400):
        send.form(BUCKET, Form({"key": KEY}, policy=policy))


@promise
@cases(
    ("condition", "reason"),
    [
        ("text", "Invalid condition test: must be a List or Object."),
        ([], "Invalid Condition: missing operation identifier."),
        (["unknown-op", "$key", "a"], "Invalid Condition: unknown operation 'unknown-op'."),
        (["eq", "$key"], "Invalid Eq: wrong number of arguments."),
        (["starts-with", "$key", "a", "b"], "Invalid starts-with: wrong number of arguments."),
        (["content-length-range", 0], "Invalid content-length-range: wrong number of arguments."),
        (["content-length-range", 0, 512.0], "Invalid JSON."),
        (["content-length-range", 12, False], "Invalid JSON."),
        (["eq", "$key", True], "Invalid JSON."),
        (["eq", False, "a"], "Invalid JSON."),
        ({"a": None}, "Invalid JSON."),
        ({"a": "b", "c": "d"}, SIMPLE + "Simple-Conditions must have exactly one property specified."),
        ({"a": 1}, SIMPLE + "value must be a string."),
    ],
    ids=[str(number) for number in range(13)],
)
def a_condition_that_is_none(cos: Service, send: ByHand, condition: Any, reason: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidPolicyDocument", f"Invalid Policy: {reason}", 400):
        post(send, conditions=[condition])


@promise
@cases("condition", [["content-length-range", -1, 1], ["content-length-range", 0, -1]], ids=str)
def a_negative_size(cos: Service, send: ByHand, condition: Any) -> None:
    """Source: assumed."""
    message = "Invalid Policy: Invalid content-length-range: a size is a number of bytes."
    with refused(cos, "InvalidPolicyDocument", message, 400):
        post(send, conditions=[condition])


@promise
def half_a_character_is_no_text(cos: Service, send: ByHand) -> None:
    """Source: assumed."""
    with refused(cos, "InvalidPolicyDocument", "Invalid Policy: Invalid JSON.", 400):
        post(send, conditions=[["eq", "$key", "\ud800"]])


@promise
def an_empty_policy(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "InvalidPolicyDocument", "Invalid Policy: Expecting '{' but found End-of-Input", 400):
        send.form(BUCKET, Form({"key": KEY}, policy=b""))


@promise
def the_bucket_must_be_in_the_policy(cos: Service, send: ByHand) -> None:
    """Source: public."""
    policy = f'{{{LATER}, "conditions": [["starts-with", "$key", ""], ["starts-with", "$x-amz-algorithm", ""], '
    policy += '["starts-with", "$x-amz-credential", ""], ["starts-with", "$x-amz-date", ""]]}'
    with refused(cos, "AccessDenied", "Invalid according to Policy: Extra input fields: bucket", 403):
        send.form(BUCKET, Form({"key": KEY}, policy=policy.encode()))


@promise
def a_policy_that_has_expired(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-presigned 26."""
    policy = b'{"expiration": "2020-01-01T00:00:00Z", "conditions": [["starts-with", "$key", ""]]}'
    with refused(cos, "AccessDenied", "Invalid according to Policy: Policy expired.", 403):
        send.form(BUCKET, Form({"key": KEY}, policy=policy))
