"""Put and GetBucketLogging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.bucket_logging import put_logging
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

DELIVERY = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}


def test_grants_are_kept_as_given(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 53
    cos.create_bucket("logs")
    grants = [{"Grantee": DELIVERY, "Permission": "WRITE"}, {"Grantee": DELIVERY, "Permission": "READ_ACP"}]
    answer = put_logging(aws, TargetGrants=grants)
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert members_of(aws.get_bucket_logging(Bucket=BUCKET)) == {
        "LoggingEnabled": {"TargetBucket": "logs", "TargetGrants": grants, "TargetPrefix": "log"}
    }


def test_an_empty_status_ends_logging(cos: FakeCOS, aws: Any) -> None:
    # documented
    assert members_of(aws.get_bucket_logging(Bucket=BUCKET)) == {}
    cos.create_bucket("logs")
    put_logging(aws, TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "EventTime"}})
    aws.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus={})
    assert members_of(aws.get_bucket_logging(Bucket=BUCKET)) == {}


def test_a_target_in_another_region(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 54, with its misspelt code and its blank
    cos.create_bucket("logs", "eu-west-1")
    message = "Cross S3 location logging not allowed. "
    with refused(cos, "CrossLocationLoggingProhibitted", message, 403, TargetBucketLocation="eu-west-1"):
        put_logging(aws)


def test_a_target_elsewhere_is_told_beside_a_source_outside_us_east_1(cos: FakeCOS, make_client: Any) -> None:
    # public: an answer of AWS
    cos.create_bucket("far-away", "eu-west-1")
    cos.create_bucket("logs", "us-west-2")
    where = {"SourceBucketLocation": "eu-west-1", "TargetBucketLocation": "us-west-2"}
    status = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "log"}}
    with refused(cos, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", 403, **where):
        make_client(AWS, region_name="eu-west-1").put_bucket_logging(Bucket="far-away", BucketLoggingStatus=status)


def test_a_target_of_another_account(cos: FakeCOS, aws: Any) -> None:
    # documented rule; the words: public
    cos.create_bucket("logs")
    cos.store.buckets["logs"].account = "999999999999"
    message = "The owner for the bucket to be logged and the target bucket must be the same."
    with refused(cos, "InvalidTargetBucketForLogging", message, 400, TargetBucket="logs"):
        put_logging(aws)


@pytest.mark.parametrize(
    "more",
    [
        {"TargetGrants": [{"Grantee": DELIVERY, "Permission": "LOG"}]},
        {"TargetGrants": [{"Grantee": {**DELIVERY, "Type": "Groups"}, "Permission": "WRITE"}]},
        {"TargetObjectKeyFormat": {}},
        {"TargetObjectKeyFormat": {"PartitionedPrefix": {"PartitionDateSource": "Never"}}},
    ],
    ids=str,
)
def test_a_wrong_value_is_malformed(cos: FakeCOS, aws: Any, more: dict[str, Any]) -> None:
    # assumed
    cos.create_bucket("logs")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_logging(aws, **more)
