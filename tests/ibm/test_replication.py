"""What COS says of replication that failed, and that versioning stays while a bucket is replicated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_headers, http_status
from tests.support.constants import AWS, BUCKET
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

HEADER = "x-ibm-replication-reattempt-scheduled-time"
DESTINATION = "crn:v1:bluemix:public:cloud-object-storage:global:a/abc:def:bucket:replicas"
RULE = {
    "ID": "all",
    "Priority": 1,
    "Status": "Enabled",
    "Filter": {"Prefix": ""},
    "DeleteMarkerReplication": {"Status": "Disabled"},
    "Destination": {"Bucket": DESTINATION},
}


def versioning(client: Any, status: str, bucket: str = BUCKET) -> Any:
    return client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})


@pytest.fixture
def replicated(client: Any) -> None:
    client.create_bucket(Bucket="replicas")
    versioning(client, "Enabled", "replicas")
    versioning(client, "Enabled")
    client.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={"Rules": [RULE]})


def failures(client: Any, **asked: Any) -> dict[str, Any]:
    answer = client.list_bucket_replication_failures(Bucket=BUCKET, **asked)
    return dict(answer["ListReplicationFailureResult"])


@pytest.mark.usefixtures("replicated")
def test_nothing_failed(client: Any) -> None:
    """Source: ibm-cos 13.1; nothing fails as nothing is copied."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    found = failures(client)
    assert found == {"Name": BUCKET, "MaxKeys": 1000, "IsTruncated": False, "KeyCount": 0}


def test_what_was_asked_for_is_answered(client: Any) -> None:
    """Source: sdk's model."""
    found = failures(client, MaxKeys=7, EncodingType="url", FirstSyncAttemptedBefore="1767225600000")
    assert (found["MaxKeys"], found["EncodingType"]) == (7, "url")
    assert found["FirstSyncAttemptedBefore"] == "1767225600000"
    assert failures(client, MaxKeys=5000)["MaxKeys"] == 1000
    assert "ContinuationToken" not in failures(client, ContinuationToken="")


@pytest.mark.parametrize(
    "wrong",
    [{"MaxKeys": -1}, {"EncodingType": "gzip"}, {"FirstSyncAttemptedBefore": "today"}, {"ContinuationToken": "x"}],
    ids=str,
)
def test_what_is_wrong_is_refused(cos: FakeCOS, client: Any, wrong: dict[str, Any]) -> None:
    """Source: assumed, as for other lists."""
    with refused(cos, "InvalidArgument", status=400):
        failures(client, **wrong)


def test_a_new_attempt_is_promised(clock: Any, client: Any) -> None:
    """Source: aws-changes 29; the form of the time, and that it is midnight: assumed."""
    answer = client.put_bucket_replication_reattempt(Bucket=BUCKET)
    assert http_status(answer) == 204
    assert http_headers(answer)[HEADER] == "Tue, 05 May 2026 00:00:00 GMT"


def test_both_need_the_bucket(cos: FakeCOS, client: Any) -> None:
    for ask in (client.list_bucket_replication_failures, client.put_bucket_replication_reattempt):
        with refused(cos, "NoSuchBucket", status=404):
            ask(Bucket="nowhere")


@pytest.mark.usefixtures("replicated")
@pytest.mark.parametrize("service", ["ibm", AWS])
def test_versioning_of_a_replicated_bucket_is_not_suspended(cos: FakeCOS, make_client: Any, service: str) -> None:
    """Source: public, an answer of AWS; documented by IBM: an error, ibm-cos 13.3."""
    client = make_client(service)
    words = (
        "A replication configuration is present on this bucket, so you cannot change the versioning state. To change "
        "the versioning state, first delete the replication configuration."
    )
    with refused(cos, "InvalidBucketState", words, 409):
        versioning(client, "Suspended")
    versioning(client, "Enabled")
    client.delete_bucket_replication(Bucket=BUCKET)
    versioning(client, "Suspended")
