"""What events tell of replication: a replica that was stored, and what failed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from tests.support.replication import COPIES, SOON, replicate, rule, versioned

if TYPE_CHECKING:
    from collections.abc import Iterator

START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.timezone.utc)
QUEUE = "arn:aws:sqs:us-east-1:123456789012:queue"
METRICS: dict[str, Any] = {"Metrics": {"Status": "Enabled"}}


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with freeze_time(START), FakeCOS() as fake:
        yield fake


@pytest.fixture
def aws(cos: FakeCOS) -> Any:
    """A client; two buckets with versions send everything to a queue."""
    client = boto3.client("s3", region_name="us-east-1")
    versioned(client, BUCKET, COPIES)
    events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:Replication:*"]
    for name in (BUCKET, COPIES):
        told = {"QueueConfigurations": [{"Id": name, "QueueArn": QUEUE, "Events": events}]}
        client.put_bucket_notification_configuration(
            Bucket=name, NotificationConfiguration=told, SkipDestinationValidation=True
        )
    return client


def test_a_replica_is_created_at_its_destination(cos: FakeCOS, aws: Any) -> None:
    # reported: aws-replication 16
    replicate(aws, rule())
    version = aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")["VersionId"]
    cos.advance(seconds=SOON)
    assert [(event.name, event.bucket) for event in cos.events] == [
        ("s3:ObjectCreated:Put", BUCKET),
        ("s3:ObjectCreated:Put", COPIES),
    ]
    record = cos.events[1].record
    assert record["s3"]["object"]["versionId"] == version
    assert record["userIdentity"] == {"principalId": "s3.amazonaws.com"}
    assert record["eventTime"] == "2026-05-04T10:30:05.000Z"


@pytest.mark.parametrize("destination", [METRICS, {}], ids=["with metrics", "without"])
def test_a_failure_is_told_where_the_rule_has_metrics(cos: FakeCOS, aws: Any, destination: dict[str, Any]) -> None:
    # documented: aws-replication 19, the message to the letter
    replicate(aws, rule(ID="all", Destination=destination))
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    aws.put_bucket_versioning(Bucket=COPIES, VersioningConfiguration={"Status": "Suspended"})
    cos.advance(seconds=SOON)
    told = cos.events.filter("s3:Replication:*")
    if not destination:
        assert list(told) == []
        return
    (event,) = told
    record = event.record
    assert record["replicationEventData"] == {
        "replicationRuleId": "all",
        "destinationBucket": f"arn:aws:s3:::{COPIES}",
        "s3Operation": "OBJECT_PUT",
        "requestTime": "2026-05-04T10:30:00.000Z",
        "failureReason": "DstBucketUnversioned",
    }
    assert record["requestParameters"] == {"sourceIPAddress": "s3.amazonaws.com"}


def test_a_marker_that_was_replicated_leaves_the_sources_as_it_is(cos: FakeCOS, aws: Any) -> None:
    # assumed: nothing is told of a replicated marker
    replicate(aws, rule(DeleteMarkerReplication={"Status": "Enabled"}))
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    aws.delete_object(Bucket=BUCKET, Key="key")
    cos.advance(seconds=SOON)
    assert [event.name for event in cos.events.filter(bucket=COPIES)] == ["s3:ObjectCreated:Put"]
    here, there = (cos.store.buckets[name].newest("key") for name in (BUCKET, COPIES))
    assert here is not there
