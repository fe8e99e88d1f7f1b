"""Put and GetBucketLogging."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused


def put_logging(client: Any, target: str = "logs", **more: Any) -> Any:
    enabled = {"TargetBucket": target, "TargetPrefix": "log", **more}
    return client.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus={"LoggingEnabled": enabled})


@promise
def a_target_that_is_not_there(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 54."""
    message = "The target bucket for logging does not exist"
    with refused(cos, "InvalidTargetBucketForLogging", message, 400, TargetBucket="logs"):
        put_logging(aws)


DELIVERY = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}


@promise
def grants_are_kept_as_given(aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 53."""
    aws.create_bucket(Bucket="logs")
    grants = [{"Grantee": DELIVERY, "Permission": "WRITE"}, {"Grantee": DELIVERY, "Permission": "READ_ACP"}]
    answer = put_logging(aws, TargetGrants=grants)
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert members_of(aws.get_bucket_logging(Bucket=BUCKET)) == {
        "LoggingEnabled": {"TargetBucket": "logs", "TargetGrants": grants, "TargetPrefix": "log"}
    }


@promise
def an_empty_status_ends_logging(aws: Any) -> None:
    """Source: documented."""
    assert members_of(aws.get_bucket_logging(Bucket=BUCKET)) == {}
    aws.create_bucket(Bucket="logs")
    put_logging(aws, TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "EventTime"}})
    aws.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus={})
    assert members_of(aws.get_bucket_logging(Bucket=BUCKET)) == {}


@promise
def a_target_in_another_region(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 54, with its misspelt code and its blank."""
    aws.create_bucket(Bucket="logs", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    message = "Cross S3 location logging not allowed. "
    with refused(cos, "CrossLocationLoggingProhibitted", message, 403, TargetBucketLocation="eu-west-1"):
        put_logging(aws)


@promise
def a_target_elsewhere_is_told_beside_a_source_outside_us_east_1(cos: Service, aws: Any, make_client: Any) -> None:
    """Source: public: an answer of AWS."""
    aws.create_bucket(Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    aws.create_bucket(Bucket="logs", CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    where = {"SourceBucketLocation": "eu-west-1", "TargetBucketLocation": "us-west-2"}
    status = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "log"}}
    with refused(cos, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", 403, **where):
        make_client(AWS, region_name="eu-west-1").put_bucket_logging(Bucket="far-away", BucketLoggingStatus=status)


@promise
@cases(
    "more",
    [
        {"TargetGrants": [{"Grantee": DELIVERY, "Permission": "LOG"}]},
        {"TargetGrants": [{"Grantee": {**DELIVERY, "Type": "Groups"}, "Permission": "WRITE"}]},
        {"TargetObjectKeyFormat": {}},
        {"TargetObjectKeyFormat": {"PartitionedPrefix": {"PartitionDateSource": "Never"}}},
    ],
    ids=str,
)
def a_wrong_value_is_malformed(cos: Service, aws: Any, more: dict[str, Any]) -> None:
    """Source: assumed."""
    aws.create_bucket(Bucket="logs")
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_logging(aws, **more)
