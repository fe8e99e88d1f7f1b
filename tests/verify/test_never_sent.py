"""What could harm an account, or is somebody else's, is not sent; and what an account lacks is not asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.comparison.exchange import Exchange
from fakecos.contract.asking import Asking
from fakecos.contract.bucket_names import BucketNames, NotAsked
from fakecos.contract.needs import lacking, needs_of
from fakecos.contract.not_asked import require_safe
from tests.verify.conftest import FAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from tests.verify.conftest import Done

NAMES = BucketNames("fakecos-verify", "0123abcd0001")
OWN = NAMES.there("photos")
KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
MY_KEY = "arn:aws:kms:eu-west-1:999988887777:key/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"


def policy(**members: Any) -> str:
    statement = {"Effect": "Deny", "Principal": "*", "Resource": f"arn:aws:s3:::{OWN}", **members}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


RETAINED = {"Mode": "COMPLIANCE", "RetainUntilDate": "2030-01-01"}
NEVER: list[tuple[str, dict[str, Any]]] = [
    ("ListBuckets", {}),
    ("ListDirectoryBuckets", {}),
    ("PutObject", {"Bucket": OWN, "ObjectLockMode": "COMPLIANCE"}),
    ("CreateMultipartUpload", {"Bucket": OWN, "ObjectLockMode": "COMPLIANCE"}),
    ("PutObjectRetention", {"Bucket": OWN, "Retention": RETAINED}),
    (
        "PutObjectLockConfiguration",
        {"Bucket": OWN, "ObjectLockConfiguration": {"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}}}},
    ),
    ("PutBucketProtectionConfiguration", {"Bucket": OWN, "ProtectionConfiguration": {"Status": "Retention"}}),
    ("PutObject", {"Bucket": OWN, "RetentionPeriod": 60}),
    ("CreateBucketMetadataTableConfiguration", {"Bucket": OWN}),
    ("RestoreObject", {"Bucket": OWN, "RestoreRequest": {"GlacierJobParameters": {"Tier": "Expedited"}}}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(Action="*")}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(Action="S3:*")}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(Action=["s3:GetObject", "s3:Delete*"])}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(Action="s3:putbucketpolic?")}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(NotAction="s3:GetObject")}),
    ("GetObject", {"Bucket": "holidays", "Key": "key"}),
    ("GetObject", {"Bucket": "fakecos-verify-notes", "Key": OWN}),
    ("CreateBucket", {"Bucket": "fakecos-verify-0123abcd0002-photos"}),
]
SENT: list[tuple[str, dict[str, Any]]] = [
    ("PutObject", {"Bucket": OWN, "ObjectLockMode": "GOVERNANCE"}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(Action="s3:DeleteObject")}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(Action="s3:DeleteBucket", Effect="Allow")}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": policy(NotAction=["s3:*"])}),
    ("PutBucketPolicy", {"Bucket": OWN, "Policy": "no policy"}),
    ("RestoreObject", {"Bucket": OWN, "RestoreRequest": {"GlacierJobParameters": {"Tier": "Standard"}}}),
    ("PutBucketRequestPayment", {"Bucket": OWN, "RequestPaymentConfiguration": {"Payer": "Requester"}}),
]


@pytest.mark.parametrize(("operation", "params"), NEVER)
def test_what_harms_is_never_sent(operation: str, params: dict[str, Any]) -> None:
    with pytest.raises(NotAsked):
        require_safe(operation, params, NAMES)


@pytest.mark.parametrize(("operation", "params"), SENT)
def test_what_ends_with_the_bucket_is_sent(operation: str, params: dict[str, Any]) -> None:
    require_safe(operation, params, NAMES)


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.amazonaws.com/holidays/key",
        f"https://s3.amazonaws.com/holidays/{OWN}/key",
        f"https://s3.amazonaws.com/holidays?prefix={OWN}",
        f"https://holidays.s3.amazonaws.com/{OWN[:-7]}",
        "https://s3.amazonaws.com/",
        "https://s3.amazonaws.com/fakecos-verify-notes/key",
    ],
)
def test_a_request_for_no_bucket_of_the_run_is_not_sent(url: str) -> None:
    with pytest.raises(NotAsked):
        NAMES.require_own(url)


@pytest.mark.parametrize("url", [f"https://{OWN}.s3.amazonaws.com/key", f"http://localhost:9000/{OWN}?versions"])
def test_a_request_for_a_bucket_of_the_run_is_sent(url: str) -> None:
    NAMES.require_own(url)


@pytest.mark.parametrize(
    "source",
    ["with.dots/key", "Upper/key", "/with.dots/key", "arn:aws:s3:us-east-1:123456789012:accesspoint/mine/object/key"],
)
def test_nothing_is_copied_from_what_is_no_bucket_of_the_run(source: str) -> None:
    with pytest.raises(NotAsked):
        NAMES.source_there(source)


@pytest.mark.parametrize(
    ("source", "there"), [("photos/a/b", f"{OWN}/a/b"), ("/photos/a", f"/{OWN}/a"), ("nothing", "nothing"), ("/", "/")]
)
def test_a_source_has_the_name_that_its_bucket_has_there(source: str, there: str) -> None:
    assert NAMES.source_there(source) == there


@pytest.mark.loopback
@pytest.mark.slow
def test_what_is_never_sent_is_not_run_and_the_service_hears_nothing_of_it(
    store: FakeCOS, tls_url: str, command: Callable[..., Done]
) -> None:
    done = command("--endpoint-url", tls_url, *FAST, "--only", "object_lock.*", "--only", "bucket_ownership")
    reasons = {case["why"] for case in done.json["promises"] if case["outcome"] == "not run"}
    assert done.code == 0
    assert reasons == {
        "nobody could delete what is retained in COMPLIANCE mode",
        "it makes something public for a moment: --public asks for it too",
    }
    assert "COMPLIANCE" not in str([request.parameters for request in store.journal])
    assert "public-read" not in str([request.parameters for request in store.journal])
    assert "not run:\n" in done.out


ALLOW = {"Effect": "Allow", "Principal": "*"}
SOMEBODY = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:user/alice"}}
QUEUE = {"QueueConfigurations": [{"QueueArn": "arn:aws:sqs:us-east-1:123456789012:q", "Events": ["s3:*"]}]}
NEEDS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("PutObject", {"Key": "a"}, set()),
    ("PutObject", {"ACL": "private"}, {"ACLs"}),
    ("PutObject", {"ACL": "public-read"}, {"ACLs", "something public for a moment"}),
    ("PutBucketPolicy", {"Policy": policy(**ALLOW)}, {"something public for a moment"}),
    ("PutBucketPolicy", {"Policy": policy(**SOMEBODY)}, {"users or accounts that a policy names"}),
    (
        "PutBucketAcl",
        {"GrantRead": "uri=http://acs.amazonaws.com/groups/global/AllUsers"},
        {"ACLs", "something public for a moment"},
    ),
    ("GetObject", {"VersionId": "a"}, {"versioning"}),
    ("PutObjectLegalHold", {}, {"Object Lock"}),
    ("PutObject", {"SSECustomerAlgorithm": "AES256"}, {"SSE-C"}),
    ("PutObject", {"ServerSideEncryption": "aws:kms"}, {"SSE-KMS"}),
    (
        "PutObject",
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN},
        {"SSE-KMS", "a KMS key of the account"},
    ),
    (
        "PutBucketNotificationConfiguration",
        {"NotificationConfiguration": QUEUE},
        {"a queue, topic, function or event bus of the account"},
    ),
    (
        "PutBucketNotificationConfiguration",
        {"NotificationConfiguration": {"EventBridgeConfiguration": {}}},
        {"a queue, topic, function or event bus of the account"},
    ),
    ("PutBucketNotificationConfiguration", {"NotificationConfiguration": {}}, set()),
    (
        "PutBucketReplication",
        {"ReplicationConfiguration": {"Role": "arn:aws:iam::123456789012:role/replicate"}},
        {"an IAM role of the account"},
    ),
]


@pytest.mark.parametrize(("operation", "params", "needed"), NEEDS)
def test_what_a_request_needs_is_seen_by_its_parameters(
    operation: str, params: dict[str, Any], needed: set[str]
) -> None:
    assert needs_of(Exchange(operation, params, status=200)) == needed


def test_a_refused_request_needs_nothing_of_the_account() -> None:
    exchange = Exchange("PutBucketNotificationConfiguration", {"NotificationConfiguration": QUEUE}, status=400)
    assert needs_of(exchange) == set()


AWS_ASKED = Asking(None, "us-east-1", "fakecos-verify")
OTHER = Asking("https://s3.example.com", "us-east-1", "fakecos-verify")


@pytest.mark.parametrize(("operation", "params", "needed"), [row for row in NEEDS if " of the account" in str(row[2])])
def test_what_is_of_an_account_is_not_asked_for_at_aws_alone(
    operation: str, params: dict[str, Any], needed: set[str]
) -> None:
    exchange = Exchange(operation, params, status=200)
    assert needed
    assert "it needs " in str(lacking([exchange], AWS_ASKED))
    assert lacking([exchange], OTHER) is None


def test_a_key_of_the_account_stands_in_the_place_of_the_one_that_is_named() -> None:
    exchange = Exchange("PutObject", {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN}, status=200)
    assert lacking([exchange], AWS_ASKED) == "it needs a KMS key of the account: --kms-key ARN names one"
    assert lacking([exchange], Asking(None, "us-east-1", "fakecos-verify", kms_key=MY_KEY)) is None
    names = BucketNames("fakecos-verify", "0123abcd0001", MY_KEY)
    assert names.params_there({"SSEKMSKeyId": KEY_ARN, "Key": "key"}) == {"SSEKMSKeyId": MY_KEY, "Key": "key"}
    assert names.here({"SSEKMSKeyId": MY_KEY}) == {"SSEKMSKeyId": KEY_ARN}
    assert names.here(b"<KMSMasterKeyID>%s</KMSMasterKeyID>" % MY_KEY.encode()) == (
        b"<KMSMasterKeyID>%s</KMSMasterKeyID>" % KEY_ARN.encode()
    )


def test_a_feature_that_is_left_out_is_not_asked_for() -> None:
    exchange = Exchange("PutObjectLegalHold", {}, status=200)
    asking = Asking("https://s3.example.com", "us-east-1", "fakecos-verify", without=frozenset({"Object Lock"}))
    assert lacking([exchange], asking) == "it needs Object Lock, which --without leaves out"
