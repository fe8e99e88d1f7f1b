"""What COS says of replication that failed, and that versioning stays while a bucket is replicated."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.replication import SOON

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
    """Source: ibm-cos 13.1."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    found = failures(client)
    assert found == {"Name": BUCKET, "MaxKeys": 1000, "IsTruncated": False, "KeyCount": 0}


@pytest.mark.usefixtures("replicated")
def test_it_is_replicated_and_says_no_status(cos: FakeCOS, clock: Any, client: Any) -> None:
    """Source: aws-replication 22, 25."""
    put = client.put_object(Bucket=BUCKET, Key="key", Body=b"x", Metadata={"a": "b"}, Tagging="a=1", ACL="public-read")
    cos.advance(seconds=SOON)
    there = [client.head_object(Bucket=name, Key="key") for name in (BUCKET, "replicas")]
    for each in there:
        assert "ReplicationStatus" not in each
        assert (each["VersionId"], each["Metadata"]) == (put["VersionId"], {"a": "b"})
    assert there[0]["LastModified"] == there[1]["LastModified"]
    assert cos.bucket("replicas").objects["key"].tags == {"a": "1"}
    assert len(client.get_object_acl(Bucket="replicas", Key="key")["Grants"]) == 1  # its ACL is its own
    assert cos.bucket(BUCKET).objects["key"].replication_status == "COMPLETED"
    client.put_object_tagging(Bucket=BUCKET, Key="key", Tagging={"TagSet": [{"Key": "a", "Value": "2"}]})
    cos.advance(seconds=SOON)
    assert cos.bucket("replicas").objects["key"].tags == {"a": "2"}


@pytest.mark.usefixtures("replicated")
def test_one_rule_acts_for_an_object(cos: FakeCOS, clock: Any, client: Any) -> None:
    """Source: aws-replication 22: IBM's own example."""
    client.create_bucket(Bucket="acme")
    versioning(client, "Enabled", "acme")
    acme = {"Tag": {"Key": "Client", "Value": "ACME"}}
    to = {"Bucket": DESTINATION.replace("replicas", "acme")}
    higher = {**RULE, "ID": "acme", "Priority": 20, "Filter": acme, "Destination": to}
    client.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={"Rules": [RULE, higher]})
    client.put_object(Bucket=BUCKET, Key="baz.pdf", Body=b"")
    client.put_object(Bucket=BUCKET, Key="acme.pdf", Body=b"", Tagging="Client=ACME")
    cos.advance(seconds=SOON)
    assert (list(cos.bucket("replicas").objects), list(cos.bucket("acme").objects)) == (["baz.pdf"], ["acme.pdf"])


@pytest.mark.usefixtures("replicated")
def test_keys_of_the_customer_and_archives_are_not_replicated(cos: FakeCOS, clock: Any, client: Any) -> None:
    """Source: aws-replication 23."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"", SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    client.put_object(Bucket=BUCKET, Key="cold", Body=b"", StorageClass="GLACIER")
    cos.advance(seconds=SOON)
    assert list(cos.bucket("replicas").objects) == []


@pytest.mark.usefixtures("replicated")
def test_what_failed_for_hours_is_listed_until_it_succeeds(cos: FakeCOS, clock: Any, client: Any) -> None:
    """Source: aws-replication 24; ibm-cos 13.1; after how many attempts it is listed: assumed."""
    versioning(client, "Suspended", "replicas")
    put = [client.put_object(Bucket=BUCKET, Key=key, Body=b"") for key in ("first", "second")]
    cos.advance(hours=2, minutes=59)
    assert failures(client)["KeyCount"] == 0
    cos.advance(hours=1)
    found = failures(client)
    assert found["KeyCount"] == 2
    assert [line["Key"] for line in found["Contents"]] == ["first", "second"]
    line = found["Contents"][0]
    assert (line["VersionId"], line["SyncType"]) == (put[0]["VersionId"], "content")
    assert line["LastSyncAttempted"] - line["FirstSyncAttempted"] == dt.timedelta(hours=3)
    page = failures(client, MaxKeys=1)
    assert (page["IsTruncated"], page["KeyCount"]) == (True, 1)
    rest = failures(client, ContinuationToken=page["NextContinuationToken"])
    assert [line["Key"] for line in rest["Contents"]] == ["second"]
    assert failures(client, FirstSyncAttemptedBefore="1")["KeyCount"] == 0
    versioning(client, "Enabled", "replicas")
    client.put_bucket_replication_reattempt(Bucket=BUCKET)
    cos.advance(days=1)
    assert (failures(client)["KeyCount"], list(cos.bucket("replicas").objects)) == (0, ["first", "second"])


@pytest.mark.usefixtures("replicated")
def test_after_thirty_days_it_is_given_up(cos: FakeCOS, clock: Any, client: Any) -> None:
    """Source: aws-replication 24."""
    versioning(client, "Suspended", "replicas")
    client.put_object(Bucket=BUCKET, Key="key", Body=b"")
    cos.advance(days=30)
    assert failures(client)["KeyCount"] == 1
    cos.advance(days=1)
    assert failures(client)["KeyCount"] == 0
    assert cos.bucket(BUCKET).objects["key"].replication_status == "FAILED"


def test_what_was_asked_for_is_answered(client: Any) -> None:
    """Source: sdk's model."""
    found = failures(client, MaxKeys=7, EncodingType="url", FirstSyncAttemptedBefore="1767225600000")
    assert (found["MaxKeys"], found["EncodingType"]) == (7, "url")
    assert found["FirstSyncAttemptedBefore"] == "1767225600000"
    assert failures(client, MaxKeys=5000)["MaxKeys"] == 1000
    assert "ContinuationToken" not in failures(client, ContinuationToken="")


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
