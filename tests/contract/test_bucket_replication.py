"""Put, Get and DeleteBucketReplication: judged, kept and returned. What they do: test_replication.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.bucket_replication import RULE, TAG, TARGET, put_replication
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning
from tests.support.service_models import model

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.fixture(autouse=True)
def _versioned(aws: Any) -> None:
    """Both buckets keep versions."""
    aws.create_bucket(Bucket="copies")
    for name in (BUCKET, "copies"):
        enable_versioning(aws, name)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (BUCKET, "Versioning must be 'Enabled' on the bucket to apply a replication configuration"),
        ("copies", "Destination bucket must have versioning enabled."),
    ],
)
def test_both_buckets_keep_versions(cos: FakeCOS, aws: Any, name: str, message: str) -> None:
    # public
    cos.store.buckets[name].set_versioning("Suspended")
    with refused(cos, "InvalidRequest", message, 400):
        put_replication(aws, RULE)


@pytest.fixture
def with_not() -> None:
    """Leave out what clients cannot send whose botocore is older than 1.44.8."""
    if "Not" not in model("aws").shape_for("ReplicationRuleFilter").members:
        pytest.skip("this client's model has no Not")


@pytest.mark.parametrize(
    "conditions",
    [
        {"Not": {"Prefix": "tmp/"}},
        {"Not": {"Tag": TAG}},
        {"Not": {"Or": {"Prefixes": ["tmp/", "old/"], "Tags": [TAG]}}},
        {"And": {"Prefix": "a", "Not": {"Prefix": "a/tmp/"}}},
    ],
    ids=str,
)
def test_a_filter_leaves_objects_out(with_not: None, aws: Any, conditions: dict[str, Any]) -> None:
    # documented: exactly one Prefix, Tag, And, or Not
    key = {"ReplicaKmsKeyID": "key", "UseSourceMultiRegionKey": {"Status": "Enabled"}}
    destination = {"Bucket": TARGET, "EncryptionConfiguration": key}
    criteria = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
    rule = {**RULE, "Filter": conditions, "Destination": destination, "SourceSelectionCriteria": criteria}
    put_replication(aws, rule)
    assert aws.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"] == [rule]
