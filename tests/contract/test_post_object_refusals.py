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
    KEY_ID,
    MISMATCH,
    PAIR,
    SECRET,
    V2,
    V4,
    form_body,
    post_form,
    signing_client,
    without_request_ids,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = f"https://{BUCKET}.s3.amazonaws.com/"
FIELD = "Bucket POST must contain a field named '{}'.  If it is specified, please check the order of the fields."
FAILED = "Invalid according to Policy: Policy Condition failed: "


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


def test_another_bucket_and_another_key(cos: FakeCOS) -> None:
    # public
    cos.create_bucket("other")
    made = presigned()
    with refused(cos, "AccessDenied", f'{FAILED}["eq", "$bucket", "{BUCKET}"]', 403):
        post_form(cos, "https://other.s3.amazonaws.com/", form_body(made["fields"]))
    made["fields"]["key"] = "dog.jpg"
    with refused(cos, "AccessDenied", FAILED + '["eq", "$key", "cat.jpg"]', 403):
        upload(cos, made)


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


def test_a_form_that_was_signed_for_another_region(cos: FakeCOS) -> None:
    # public: an answer of AWS
    cos.create_bucket("over-there", region="us-west-1")
    made = signing_client(V4).generate_presigned_post("over-there", "cat.jpg")
    fields = {"ArgumentName": "X-Amz-Credential", "ArgumentValue": made["fields"]["x-amz-credential"]}
    message = "the region 'us-east-1' is wrong; expecting 'us-west-1'"
    with refused(cos, "InvalidArgument", message, 400, **fields, Region="us-west-1"):
        upload(cos, made)
    upload(cos, signing_client(V2).generate_presigned_post("over-there", "cat.jpg"))  # which is for no region


def signed(policy: bytes | str) -> dict[str, str]:
    """Return the fields of a form with any policy, signed by SigV2."""
    text = base64.b64encode(policy).decode() if isinstance(policy, bytes) else policy
    signature = base64.b64encode(hmac.digest(SECRET.encode(), text.encode(), hashlib.sha1)).decode()
    return {"key": "cat.jpg", "AWSAccessKeyId": KEY_ID, "policy": text, "signature": signature}


GOOD: dict[str, Any] = {
    "expiration": "2100-01-01T00:00:00.000Z",
    "conditions": [{"bucket": BUCKET}, {"key": "cat.jpg"}],
}


def test_a_signed_policy_that_is_no_base64(strict: FakeCOS) -> None:
    # public
    with refused(strict, "InvalidPolicyDocument", "Invalid Policy: invalid Base64 encoding.", 400):
        post_form(strict, URL, form_body(signed("%%%")))
    with refused(strict, "InvalidPolicyDocument", "Invalid Policy: invalid Base64 encoding.", 400):
        post_form(strict, URL, form_body(signed("p\u00e9licy")))
    with refused(strict, "InvalidPolicyDocument", "Invalid Policy: Expecting '{' but found End-of-Input", 400):
        post_form(strict, URL, form_body(signed(b"")))


def test_a_bucket_that_is_not_there(cos: FakeCOS) -> None:
    policy = json.dumps({**GOOD, "conditions": [["starts-with", "$bucket", ""], {"key": "cat.jpg"}]}).encode()
    with refused(cos, "NoSuchBucket", status=404, BucketName="nowhere"):
        post_form(cos, "https://nowhere.s3.amazonaws.com/", form_body(signed(policy)))
