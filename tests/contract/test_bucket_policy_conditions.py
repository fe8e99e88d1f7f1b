"""Conditions of a bucket's policy: operators, keys, and what cannot be evaluated.

Source: documented, condition operators, and condition keys of Amazon S3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import ALL_USERS, allow, deny
from fakecos.model.store import ACCOUNT
from tests.support.access import ONCE, client_for, set_policy
from tests.support.presigned import send_to_url

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = f"arn:aws:s3:::{BUCKET}"
RESOURCES = [WHOLE, f"{WHOLE}/*"]
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
KEY = {"Bucket": BUCKET, "Key": "key"}


@pytest.fixture
def may(cos: FakeCOS, alice: Any) -> Callable[..., bool]:
    """Whether alice may do something under a condition."""

    def ask(condition: dict[str, Any], call: str = "get_object", **params: Any) -> bool:
        set_policy(cos, BUCKET, allow("s3:*", RESOURCES, {"AWS": ALICE}, Condition=condition))
        try:
            getattr(alice, call)(Bucket=BUCKET, **(params or {"Key": "key"}))
        except alice.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "AccessDenied":
                raise
            return False
        return True

    return ask


TAG = "s3:ExistingObjectTag/team"
NONE = "s3:ExistingObjectTag/none"


@pytest.mark.parametrize(
    ("operator", "key", "value", "expected"),
    [
        ("StringEquals", TAG, "red", True),
        ("StringEquals", TAG, ["blue", "red"], True),
        ("StringEquals", TAG, "Red", False),
        ("StringEquals", NONE, "red", False),
        ("StringEqualsIfExists", NONE, "red", True),
        ("StringEqualsIfExists", TAG, "blue", False),
        ("StringNotEquals", TAG, "red", False),
        ("StringNotEquals", TAG, ["blue", "red"], False),
        ("StringNotEquals", NONE, "red", True),
        ("StringEqualsIgnoreCase", TAG, "RED", True),
        ("StringNotEqualsIgnoreCase", TAG, "RED", False),
        ("StringLike", TAG, "r*", True),
        ("StringLike", TAG, "r?", False),
        ("StringNotLike", TAG, "r*", False),
        ("Null", TAG, "false", True),
        ("Null", NONE, True, True),
        ("Null", TAG, "true", False),
        ("Bool", "aws:SecureTransport", "true", True),
        ("Bool", "aws:SecureTransport", False, False),
        ("IpAddress", "aws:SourceIp", "127.0.0.0/8", True),
        ("IpAddress", "aws:SourceIp", ["192.0.2.0/24", "2001:db8::/32"], False),
        ("NotIpAddress", "aws:SourceIp", "192.0.2.0/24", True),
        ("ArnEquals", "aws:PrincipalArn", ALICE, True),
        ("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{ACCOUNT}:user/*", True),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*", False),
        ("ArnNotLike", "aws:PrincipalArn", f"arn:aws:iam::{OTHER}:*", True),
        ("ArnNotEquals", "aws:PrincipalArn", ALICE, False),
        ("ArnNotEquals", "aws:PrincipalArn", f"arn:aws:iam::{OTHER}:root", True),
        ("StringEquals", "aws:PrincipalAccount", ACCOUNT, True),
        ("StringEquals", "s3:ResourceAccount", OTHER, False),
        ("StringEquals", "AWS:username", "alice", True),
        ("StringEquals", "aws:PrincipalType", "User", True),
        ("StringEquals", "aws:userid", "x", False),
        ("StringEquals", "aws:SourceVpc", "vpc-1", False),
        ("StringEquals", "aws:RequestedRegion", "us-east-1", True),
        ("StringLike", "aws:UserAgent", "Boto3*", True),
        ("StringLike", "aws:Referer", "http://www.example.com/*", False),
        ("StringEquals", "s3:signatureversion", "AWS4-HMAC-SHA256", True),
        ("StringEquals", "s3:authType", "REST-HEADER", True),
        ("Bool", "aws:ViaAWSService", "false", True),
        ("Bool", "aws:PrincipalIsAWSService", "false", True),
        ("ForAllValues:StringEquals", NONE, "red", True),
        ("ForAnyValue:StringEquals", NONE, "red", False),
        ("ForAnyValue:StringNotEquals", NONE, "red", False),
        ("ForAnyValue:StringLike", TAG, ["r*", "b*"], True),
    ],
)
def test_an_operator_judges_a_key(
    may: Callable[..., bool], operator: str, key: str, value: Any, *, expected: bool
) -> None:
    assert may({operator: {key: value}}) is expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("DateLessThan", "2026-06-01T00:00:00Z", True),
        ("DateLessThanEquals", "2026-05-04T10:30:00Z", True),
        ("DateEquals", "2026-05-04T10:30:00Z", True),
        ("DateNotEquals", "2026-05-04T10:30:00Z", False),
        ("DateGreaterThan", "2026-05-04", True),
        ("DateGreaterThanEquals", "2027-01-01T00:00:00+00:00", False),
        ("DateGreaterThan", "1577836800", True),
    ],
)
def test_time_is_that_of_the_clock(may: Callable[..., bool], operator: str, value: str, *, expected: bool) -> None:
    with freeze_time("2026-05-04T10:30:00"):
        assert may({operator: {"aws:CurrentTime": value}}) is expected
        assert may({operator: {"aws:EpochTime": value}}) is expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("NumericEquals", 10, True),
        ("NumericNotEquals", "10", False),
        ("NumericLessThan", "10", False),
        ("NumericLessThanEquals", "10", True),
        ("NumericGreaterThan", 9.5, True),
        ("NumericGreaterThanEquals", ["11", "10"], True),
    ],
)
def test_numbers_are_compared(may: Callable[..., bool], operator: str, value: Any, *, expected: bool) -> None:
    assert may({operator: {"s3:max-keys": value}}, "list_objects_v2", MaxKeys=10) is expected


@pytest.mark.parametrize(
    ("call", "params", "key", "value"),
    [
        ("list_objects_v2", {"Prefix": "home/alice/"}, "s3:prefix", "home/alice/"),
        ("list_objects", {"Delimiter": "/"}, "s3:delimiter", "/"),
        ("put_object", {"Key": "k", "ACL": "bucket-owner-full-control"}, "s3:x-amz-acl", "bucket-owner-full-control"),
        ("put_object", {"Key": "k", "ServerSideEncryption": "AES256"}, "s3:x-amz-server-side-encryption", "AES256"),
        ("put_object", {"Key": "k", "StorageClass": "GLACIER"}, "s3:x-amz-storage-class", "GLACIER"),
        ("put_object", {"Key": "k", "Tagging": "a=1"}, "s3:RequestObjectTag/a", "1"),
        ("put_object", {"Key": "k", "IfNoneMatch": "*"}, "s3:if-none-match", "*"),
        ("get_object", {"Key": "key", "VersionId": "null"}, "s3:VersionId", "null"),
        (
            "put_object",
            {"Key": "k", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "my-key"},
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "my-key",
        ),
    ],
)
def test_a_parameter_is_a_key(
    may: Callable[..., bool], call: str, params: dict[str, Any], key: str, value: str
) -> None:
    assert may({"StringEquals": {key: value}}, call, **params)
    assert not may({"StringEquals": {key: "another"}}, call, **params)


def test_the_keys_of_a_request_s_tags_are_several(may: Callable[..., bool]) -> None:
    condition = {"ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": ["a", "b"]}}
    assert may(condition, "put_object", Key="k", Tagging="a=1&b=2")
    assert not may(condition, "put_object", Key="k", Tagging="a=1&c=2")
    assert may({"ForAnyValue:StringEquals": {"s3:RequestObjectTagKeys": "c"}}, "put_object", Key="k", Tagging="a=1&c=2")


def test_all_conditions_must_hold(may: Callable[..., bool]) -> None:
    red, secure = {"StringEquals": {TAG: "red"}}, {"Bool": {"aws:SecureTransport": "true"}}
    assert may({**red, **secure})
    assert not may({**red, "Bool": {"aws:SecureTransport": "false"}})
    assert not may({"StringEquals": {TAG: "red", NONE: "red"}})


def test_plain_http_may_be_denied(cos: FakeCOS, alice: Any, make_client: Any) -> None:
    # documented by AWS: the example that every bucket has
    insecure = deny("s3:*", RESOURCES, Condition={"Bool": {"aws:SecureTransport": "false"}})
    set_policy(cos, BUCKET, insecure)
    assert make_client().get_object(**KEY)
    with pytest.raises(Exception, match="explicit deny"):
        make_client(endpoint_url="http://s3.us-east-1.amazonaws.com", config=ONCE_CONFIG).get_object(**KEY)


def test_older_versions_of_tls_may_be_denied(may: Callable[..., bool], cos: FakeCOS, make_client: Any) -> None:
    # documented: S3 takes none below 1.2; which of 1.2 and 1.3 a client would speak, nothing here says
    assert not may({"NumericLessThan": {"s3:TlsVersion": "1.2"}})
    assert may({"NumericGreaterThanEquals": {"s3:TlsVersion": 1.2}})
    assert may({"Null": {"s3:TlsVersion": "false"}})
    old = deny("s3:*", RESOURCES, Condition={"NumericLessThan": {"s3:TlsVersion": ["1.2"]}})
    set_policy(cos, BUCKET, old)
    cos.put_object(BUCKET, "key", b"1")
    assert make_client(endpoint_url="http://s3.us-east-1.amazonaws.com", config=ONCE_CONFIG).get_object(**KEY)
    strict = deny("s3:*", RESOURCES, Condition={"NumericLessThanIfExists": {"s3:TlsVersion": "1.2"}})
    set_policy(cos, BUCKET, strict)
    with pytest.raises(Exception, match="explicit deny"):
        make_client(endpoint_url="http://s3.us-east-1.amazonaws.com", config=ONCE_CONFIG).get_object(**KEY)


def test_old_presigned_urls_may_be_denied(cos: FakeCOS, make_client: Any) -> None:
    # documented: the example of a policy that lets presigned URLs live for ten minutes
    cos.put_object(BUCKET, "key", b"1")
    old = deny("s3:*", RESOURCES, Condition={"NumericGreaterThan": {"s3:signatureAge": 600_000}})
    set_policy(cos, BUCKET, old)
    client = make_client(config={**ONCE_CONFIG, "signature_version": "s3v4"})
    of_version_2 = make_client(config={**ONCE_CONFIG, "signature_version": "s3"})
    with freeze_time("2026-11-29T12:00:00Z") as clock:
        url = client.generate_presigned_url("get_object", Params=KEY, ExpiresIn=3600)
        another = of_version_2.generate_presigned_url("get_object", Params=KEY, ExpiresIn=3600)
        clock.tick(600)
        assert send_to_url(cos, "GET", url).status == 200
        clock.tick(1)
        with pytest.raises(Exception, match="AccessDenied"):
            send_to_url(cos, "GET", url)
        assert send_to_url(cos, "GET", another).status == 200  # documented: of version 2 the age is always 0
        assert client.get_object(**KEY)["Body"].read() == b"1"  # signed now


ONCE_CONFIG = {"retries": ONCE}


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ({"StringSounds": {TAG: "red"}}, "StringSounds"),
        ({"BinaryEquals": {TAG: "red"}}, "BinaryEquals"),
        ({"StringEquals": {"s3:TlsVersion": "1.2"}}, "may be 1.2 or 1.3"),
        ({"NumericLessThan": {"s3:signatureAge": 600_000}}, "may be absent or "),
        ({"StringLike": {TAG: "${aws:PrincipalTag/team}"}}, "aws:PrincipalTag/team"),
        ({"StringEquals": {TAG: "${saml:sub}"}}, "saml:sub"),
        ({"StringEqualsIgnoreCase": {TAG: "${aws username}"}}, "aws username"),
    ],
)
def test_what_cannot_be_evaluated_is_told_to_the_test(condition: dict[str, Any], named: str) -> None:
    # a condition that silently held, or silently did not, would make the test say something untrue
    cos = FakeCOS().start()
    cos.create_bucket(BUCKET)
    cos.put_object(BUCKET, "key", b"1", Tagging="team=red")
    alice = client_for(cos.account(ACCOUNT).user("alice"))
    set_policy(cos, BUCKET, allow("s3:*", RESOURCES, {"AWS": ALICE}, Condition=condition))
    with pytest.raises(UsageError, match=named):
        alice.get_object(**KEY)
    with pytest.raises(UsageError, match=named):
        cos.stop()


@pytest.mark.parametrize("value", ["many", "", "nan", "9" * 400])
def test_a_value_that_is_no_number_passes_no_test(cos: FakeCOS, alice: Any, value: str) -> None:
    """Source: assumed; what the request itself deserves is never said to who is not allowed."""
    condition = {"NumericLessThanEquals": {"s3:max-keys": 10}}
    set_policy(cos, BUCKET, allow("s3:*", RESOURCES, {"AWS": ALICE}, Condition=condition))
    with (
        before_signing(alice, query={"max-keys": value}),
        pytest.raises(alice.exceptions.ClientError, match="AccessDenied"),
    ):
        alice.list_objects(Bucket=BUCKET, MaxKeys=1)


GRANT = f"uri={ALL_USERS}"
COPY = {"Key": "copy", "CopySource": f"{BUCKET}/key"}
PUT: dict[str, Any] = {"Key": "new", "Body": b"1"}
LOCKED_UNTIL = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": "2099-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("key", "value", "call", "params"),
    [
        ("s3:delimiter", "/", "list_objects_v2", {"Delimiter": "/"}),
        ("s3:prefix", "a", "list_objects", {"Prefix": "a"}),
        ("s3:if-match", "etag", "put_object", {**PUT, "IfMatch": "etag"}),
        ("s3:if-none-match", "*", "put_object", {**PUT, "IfNoneMatch": "*"}),
        ("s3:object-lock-legal-hold", "ON", "put_object", {**PUT, "ObjectLockLegalHoldStatus": "ON"}),
        ("s3:object-lock-mode", "GOVERNANCE", "put_object", {**PUT, **LOCKED_UNTIL}),
        ("s3:x-amz-copy-source", f"{BUCKET}/key", "copy_object", COPY),
        ("s3:x-amz-metadata-directive", "REPLACE", "copy_object", {**COPY, "MetadataDirective": "REPLACE"}),
        ("s3:x-amz-acl", "private", "put_object", {**PUT, "ACL": "private"}),
        ("s3:x-amz-grant-full-control", GRANT, "put_object", {**PUT, "GrantFullControl": GRANT}),
        ("s3:x-amz-grant-read", GRANT, "put_object", {**PUT, "GrantRead": GRANT}),
        ("s3:x-amz-grant-read-acp", GRANT, "put_object", {**PUT, "GrantReadACP": GRANT}),
        ("s3:x-amz-grant-write", GRANT, "put_bucket_acl", {"GrantWrite": GRANT}),
        ("s3:x-amz-grant-write-acp", GRANT, "put_object", {**PUT, "GrantWriteACP": GRANT}),
        ("s3:x-amz-server-side-encryption", "AES256", "put_object", {**PUT, "ServerSideEncryption": "AES256"}),
        ("s3:x-amz-storage-class", "GLACIER", "put_object", {**PUT, "StorageClass": "GLACIER"}),
        ("s3:x-amz-website-redirect-location", "/a", "put_object", {**PUT, "WebsiteRedirectLocation": "/a"}),
    ],
)
def test_a_key_is_a_parameter_of_the_request(
    cos: FakeCOS, alice: Any, key: str, value: str, call: str, params: dict[str, Any]
) -> None:
    # documented by AWS: condition keys of Amazon S3
    def answer(wanted: str) -> str:
        allowed, denied = (make("s3:*", RESOURCES, {"AWS": ALICE}) for make in (allow, deny))
        set_policy(cos, BUCKET, allowed, {**denied, "Condition": {"StringEquals": {key: wanted}}})
        try:
            getattr(alice, call)(Bucket=BUCKET, **params)
        except alice.exceptions.ClientError as error:
            return str(error.response["Error"]["Code"])
        return ""

    assert answer(value) == "AccessDenied"
    assert answer(f"{value}x") != "AccessDenied"
