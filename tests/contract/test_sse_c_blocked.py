"""SSE-C in new buckets, as S3 is since April 2026: blocked for what is stored, until the bucket allows it.

Source of all of it: aws-changes 1. Before that day: test_sse_c and its like, which have the day of the recording.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError
from fakecos.contract.promises.sse_c_blocked import AES, SSE_C, allow, blocking, put_encryption, rule_of
from fakecos.contract.steps.digests import base64_of, md5_base64
from fakecos.contract.steps.names import AWS, BUCKET, KEY
from fakecos.contract.steps.refused import refused
from tests.support.access import client_for
from tests.support.constants import RECORDED
from tests.support.presigned import form_body, post_form
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Callable
PREFIX = "x-amz-server-side-encryption-customer-"
ROOT = "arn:aws:iam::123456789012:root"


def words(action: str, key: str = KEY, user: str = ROOT) -> str:
    return (
        f'User: {user} is not authorized to perform: s3:{action} on resource: "arn:aws:s3:::{BUCKET}/{key}" because '
        "this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys "
        "(SSE-C). Please specify a different server-side encryption type."
    )


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.only_patch("a form goes to the usual host")
def test_a_browsers_form_is_refused(cos: FakeCOS, aws: Any) -> None:
    fields = {
        f"{PREFIX}algorithm": "AES256",
        f"{PREFIX}key": base64_of(b"k" * 32),
        f"{PREFIX}key-MD5": md5_base64(b"k" * 32),
    }
    conditions = [{name: value} for name, value in fields.items()]
    made = aws.generate_presigned_post(BUCKET, KEY, Fields=dict(fields), Conditions=conditions)
    with refused(cos, "AccessDenied", words("PostObject"), 403):
        post_form(cos, made["url"], form_body(made["fields"]))
    allow(aws)
    assert post_form(cos, made["url"], form_body(made["fields"])).status == 204
    assert cos.bucket(BUCKET).objects[KEY].encryption == "SSE-C"


@pytest.mark.parametrize(
    "headers",
    [
        {f"{PREFIX}algorithm": "AES256", f"{PREFIX}key": "a2tra2s=", f"{PREFIX}key-md5": "1B2M2Y8AsgTpgAmY7PhCfg=="},
        {f"{PREFIX}algorithm": "AES256"},
        {f"{PREFIX}key": "a2tra2s="},
        {f"{PREFIX}key-md5": "1B2M2Y8AsgTpgAmY7PhCfg=="},
        {f"{PREFIX}algorithm": "KMS", f"{PREFIX}key": "no base64"},
    ],
    ids=["another key's MD5", "no key", "no algorithm", "only the MD5", "nothing right"],
)
def test_the_key_is_not_looked_at(cos: FakeCOS, headers: dict[str, str]) -> None:
    with refused(cos, "AccessDenied", words("PutObject"), 403):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", headers, b"1")


def test_a_user_is_named_and_another_account_is_not_told_why(cos: FakeCOS, aws: Any) -> None:
    alice, other = cos.account("123456789012").user("alice"), cos.account("222222222222")
    everyone = {"Effect": "Allow", "Principal": {"AWS": [alice.arn, other.arn]}, "Action": "s3:PutObject"}
    policy = {"Version": "2012-10-17", "Statement": [{**everyone, "Resource": f"arn:aws:s3:::{BUCKET}/*"}]}
    aws.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))
    with refused(cos, "AccessDenied", words("PutObject", user=alice.arn), 403):
        client_for(alice).put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
    with refused(cos, "AccessDenied", "Access Denied", 403):
        client_for(other).put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)


def test_the_source_of_a_copy_may_be_in_a_bucket_that_blocks(cos: FakeCOS, aws: Any) -> None:
    allow(aws)
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"gold", **SSE_C)
    put_encryption(aws, {**AES, **blocking("SSE-C")})
    cos.create_bucket("allowing", sse_c="allowed")
    source = {f"CopySource{name}": value for name, value in SSE_C.items()}
    aws.copy_object(Bucket="allowing", Key=KEY, CopySource={"Bucket": BUCKET, "Key": KEY}, **source, **SSE_C)


@pytest.mark.parametrize("region", ["me-south-1", "me-central-1"])
def test_two_regions_were_left_out(cos: FakeCOS, make_client: Callable[..., Any], region: str) -> None:
    # documented: aws-changes 1
    client = make_client(AWS, region_name=region)
    client.create_bucket(Bucket="by-request", CreateBucketConfiguration={"LocationConstraint": region})
    cos.create_bucket("by-hand", region)
    for bucket in ("by-request", "by-hand"):
        assert rule_of(client, bucket) == AES
        client.put_object(Bucket=bucket, Key=KEY, Body=b"1", **SSE_C)


@pytest.mark.as_of("2026-04-05")
def test_the_day_before_nothing_is_blocked(aws: Any) -> None:
    aws.create_bucket(Bucket="made-by-request")
    for bucket in (BUCKET, "made-by-request"):
        assert rule_of(aws, bucket) == AES
        aws.put_object(Bucket=bucket, Key=KEY, Body=b"1", **SSE_C)


@pytest.mark.as_of("2026-04-06")
def test_on_the_day_itself_it_is(cos: FakeCOS, aws: Any) -> None:
    with refused(cos, "AccessDenied", words("PutObject"), 403):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)


def test_cos_takes_it_whoever_made_the_bucket(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # ibm-cos 4.1; its service model knows no BlockedEncryptionTypes
    client = make_client("ibm")
    client.create_bucket(Bucket="on-cos", CreateBucketConfiguration={"LocationConstraint": "us-south-standard"})
    for bucket in (BUCKET, "on-cos"):
        client.put_object(Bucket=bucket, Key=KEY, Body=b"1", **SSE_C)
    assert cos.bucket("on-cos").objects[KEY].encryption == "SSE-C"


# --- by hand --------------------------------------------------------------------------------------------


def test_a_bucket_is_made_as_the_test_wants_it(cos: FakeCOS, aws: Any) -> None:
    cos.create_bucket("allowing", sse_c="allowed")
    cos.account("222222222222").create_bucket("of-another", sse_c="allowed")
    cos.put_object("allowing", KEY, b"1", SSECustomerKey="k" * 32)
    cos.put_object("of-another", KEY, b"1", SSECustomerKey="k" * 32)
    assert rule_of(aws, "allowing") == {**AES, **blocking("NONE")}
    old = FakeCOS(as_of=RECORDED)
    old.create_bucket("blocking", sse_c="blocked")
    with pytest.raises(UsageError, match="since its encryption configuration says so"):
        old.put_object("blocking", KEY, b"1", SSECustomerKey="k" * 32)


@pytest.mark.parametrize("value", ["yes", "ALLOWED", True, ["allowed"]])
def test_another_word_is_told_which_there_are(cos: FakeCOS, value: Any) -> None:
    with pytest.raises(UsageError, match='it is "allowed" or "blocked", or None'):
        cos.create_bucket("other", sse_c=value)
    assert "other" not in cos.store.buckets


WAYS_ON = (
    "every new bucket of S3 does since 2026-04-06",
    'PutBucketEncryption with BlockedEncryptionTypes={"EncryptionType": ["NONE"]}',
    f'cos.create_bucket("{BUCKET}", sse_c="allowed")',
    'FakeCOS(as_of="2026-04-05")',
)


def test_who_reads_a_failure_learns_the_date_and_the_three_ways_on(cos: FakeCOS, aws: Any) -> None:
    with pytest.raises(ClientError) as caught:
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
    assert caught.value.response["Error"]["Message"] == words("PutObject")  # S3's own words, and no others
    with pytest.raises(AssertionError) as failed:
        cos.assert_object(BUCKET, KEY, body=b"1")
    with pytest.raises(UsageError) as by_hand:
        cos.put_object(BUCKET, KEY, b"1", SSECustomerKey="k" * 32)
    for text in (str(cos.journal), str(failed.value), str(by_hand.value)):
        assert all(way in text for way in WAYS_ON), text
    assert len(cos.journal.explanations) == 1


def test_a_block_that_the_test_set_itself_is_not_laid_on_the_date(cos: FakeCOS, aws: Any) -> None:
    put_encryption(aws, {**AES, **blocking("SSE-C")})
    with refused(cos, "AccessDenied", words("PutObject"), 403):
        aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"1", **SSE_C)
    assert "since its encryption configuration says so" in str(cos.journal)
    assert "2026" not in cos.journal.explanations[0]
