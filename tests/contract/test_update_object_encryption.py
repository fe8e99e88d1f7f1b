"""UpdateObjectEncryption (documented: its page and the user guide; aws-changes 5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.update_object_encryption import KMS, KMS_KEY, OBJECT, encryption_of, refused_as, update
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.locks import COMPLIANCE, GOVERNANCE, LOCKED, put_legal_hold, put_locked, put_retention
from fakecos.contract.steps.messages import MALFORMED_XML, METHOD_NOT_ALLOWED, NO_SUCH_KEY
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from fakecos.facts import errors
from tests.support.access import set_policy
from tests.support.constants import EU_DE
from tests.support.payloads import V4
from tests.support.raw_requests import LEFT_OUT, send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than the operation")
NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


def update_raw(cos: FakeCOS, document: str, **headers: str) -> Any:
    body = document.encode()
    headers = {
        "content-md5": md5_base64(body),
        "authorization": V4,
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        **headers,
    }
    return send_raw(cos, "PUT", f"/{BUCKET}/key", "encryption", headers, body)


def asking(inner: str) -> str:
    return f"<ObjectEncryption {NAMESPACE}>{inner}</ObjectEncryption>"


def test_an_object_gets_a_key_and_is_otherwise_as_it_was(cos: FakeCOS, aws: Any) -> None:
    # documented: storage class, dates, ETag, checksum and metadata stay; the answer has no body
    aws.put_object(**OBJECT, Body=b"x", Metadata={"a": "b"}, Tagging="c=d", StorageClass="STANDARD_IA")
    before = aws.get_object(**OBJECT, ChecksumMode="ENABLED")
    cos.advance(days=1)
    answer = update(aws)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    after = aws.get_object(**OBJECT, ChecksumMode="ENABLED")
    assert after["Body"].read() == before["Body"].read()
    changed = {"Body", "ResponseMetadata", *KMS}
    kept = {name: value for name, value in before.items() if name not in changed}
    assert {name: after[name] for name in {*kept, *KMS}} == {**kept, **KMS}
    assert "BucketKeyEnabled" not in after  # documented: false unless it is asked for
    assert cos.bucket(BUCKET).objects["key"].encryption == "aws:kms"


@pytest.mark.parametrize(
    "inner",
    [
        *("", "<Nope/>", "<SSE-C/>", "<SSE-KMS/>", "<SSE-S3><x/></SSE-S3>"),
        f"<SSE-S3/><SSE-KMS><KMSKeyArn>{KMS_KEY}</KMSKeyArn></SSE-KMS>",
        f"<SSE-KMS><KMSKeyArn>{KMS_KEY}</KMSKeyArn><KMSKeyArn>{KMS_KEY}</KMSKeyArn></SSE-KMS>",
    ],
)
def test_a_document_of_another_form_comes_before_the_key(cos: FakeCOS, inner: str) -> None:
    # public: aws-measured 27
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        update_raw(cos, asking(inner))


ARN = "Requests modifying object encryption configuration to SSE-KMS require a"
FULL = "Invalid KMS Key ARN format. You must provide the full KMS Key ARN to make an UpdateObjectEncryption request"


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<SSE-S3/>", "Target encryption type 'SSE-S3' is not supported."),
        ("<SSE-KMS><KMSKeyArn/></SSE-KMS>", f"{ARN} target kms key arn."),
        (
            f"<SSE-KMS><KMSKeyArn>{KMS_KEY}</KMSKeyArn><BucketKeyEnabled>maybe</BucketKeyEnabled></SSE-KMS>",
            "BucketKeyEnabled must be 'true' or 'false'. Invalid value: maybe",
        ),
        *(
            (f"<SSE-KMS><KMSKeyArn>{arn}</KMSKeyArn></SSE-KMS>", f"{ARN} valid target kms key arn: {fault}")
            for arn, fault in (
                ("1234abcd", "Malformed ARN - doesn't start with 'arn:'"),
                ("arn:", "Malformed ARN - no AWS partition specified"),
                ("arn:aws:kms", "Malformed ARN - no service specified"),
                ("arn:aws:kms:", "Malformed ARN - no AWS region partition specified"),
                ("arn:aws:kms:us-east-1:", "Malformed ARN - no AWS account specified"),
                ("arn:aws:kms:us-east-1:111:", "Malformed ARN - no resource specified"),
                ("arn:aws:kms:us-east-1:111111111111:key/", "resource cannot be empty"),
            )
        ),
        *(
            (f"<SSE-KMS><KMSKeyArn>{arn}</KMSKeyArn></SSE-KMS>", FULL)
            for arn in (
                "arn:aws:kms:us-east-1:123456789012:alias/mine",
                KMS_KEY.replace("kms", "s3", 1),
                KMS_KEY + "/more",
                KMS_KEY + "a" * 2048,
            )
        ),
    ],
)
def test_a_document_that_asks_for_no_key_is_refused_after_the_object(
    cos: FakeCOS, aws: Any, inner: str, message: str
) -> None:
    # public: aws-measured 27; the length: the model
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key=f"{BUCKET}/key"):
        update_raw(cos, asking(inner))
    aws.put_object(**OBJECT)
    with refused(cos, "InvalidRequest", message, 400):
        update_raw(cos, asking(inner))


@pytest.mark.usefixtures("locked_bucket")
@pytest.mark.parametrize("lock", [GOVERNANCE, COMPLIANCE, "hold"])
def test_a_locked_object_until_its_lock_has_gone(cos: FakeCOS, aws: Any, lock: str) -> None:
    # documented
    put_locked(aws)
    until = cos.bucket(LOCKED).objects["key"].last_modified + dt.timedelta(days=1)
    if lock == "hold":
        put_legal_hold(aws, "ON")
    else:
        put_retention(aws, until, lock)
    of = {"Bucket": LOCKED, "Key": "key"}
    with refused_as(cos, errors.UPDATE_OF_LOCKED):
        update(aws, of=of)
    if lock == "hold":
        put_legal_hold(aws, "OFF")
    else:
        cos.advance(days=2)
    update(aws, of=of)
    assert encryption_of(aws, Bucket=LOCKED) == KMS


def test_the_document_is_one(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 20, where it needs no digest, though the model has httpChecksumRequired
    aws.put_object(**OBJECT)
    with refused(cos, "MissingRequestBodyError", "Request Body is empty"):
        update_raw(cos, "", **{"content-md5": LEFT_OUT})
    with refused(cos, "MalformedXML", MALFORMED_XML):
        update_raw(cos, "<Other/>")
    with refused(cos, "BadDigest"):
        update_raw(cos, asking("<SSE-S3/>"), **{"content-md5": md5_base64(b"other")})


def test_it_needs_two_permissions(cos: FakeCOS, alice: Any) -> None:
    # documented: s3:PutObject and s3:UpdateObjectEncryption, "Required permissions"
    everything = f"arn:aws:s3:::{BUCKET}/*"
    for only in ("s3:PutObject", "s3:UpdateObjectEncryption"):
        set_policy(cos, BUCKET, allow(only, everything))
        with refused(cos, "AccessDenied"):
            update(alice)
    set_policy(cos, BUCKET, allow(["s3:PutObject", "s3:UpdateObjectEncryption"], everything))
    update(alice)
    assert encryption_of(cos.client()) == KMS


def test_other_methods_of_the_resource(cos: FakeCOS) -> None:
    # public: measured on AWS in September 2026
    for method in ("GET", "POST"):
        with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, Method=method, ResourceType="OBJECT_ENCRYPTION"):
            send_raw(cos, method, f"/{BUCKET}/key", "encryption")


@pytest.mark.only_patch("the host says that it is COS")
@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
def test_cos_does_not_have_it(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # ibm-cos 10: refused (assumed)
    client = make_client(endpoint_url=EU_DE)
    cos.put_object(BUCKET, "key", b"x")
    with refused(cos, "NotImplemented", status=501):
        update(client)
