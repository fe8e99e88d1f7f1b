"""Put, Get and DeleteBucketReplication: judged, kept and returned. What they do: test_replication.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of
from tests.support.constants import BUCKET
from tests.support.messages import MALFORMED_XML
from tests.support.refusals import refused
from tests.support.versions import enable_versioning
from tests.support.service_models import model

if TYPE_CHECKING:
    from fakecos import FakeCOS

ROLE = "arn:aws:iam::123456789012:role/replicate"
TARGET = "arn:aws:s3:::copies"
RULE: dict[str, Any] = {
    "ID": "one",
    "Priority": 1,
    "Filter": {"Prefix": "a"},
    "Status": "Enabled",
    "Destination": {"Bucket": TARGET},
    "DeleteMarkerReplication": {"Status": "Disabled"},
}
OLD: dict[str, Any] = {"ID": "old", "Prefix": "a", "Status": "Enabled", "Destination": {"Bucket": TARGET}}
REFER = " Please refer to S3 Developer Guide for more information."
SCHEMA = "must be specified for this version of Cross Region Replication configuration schema." + REFER


@pytest.fixture(autouse=True)
def _versioned(aws: Any) -> None:
    """Both buckets keep versions."""
    aws.create_bucket(Bucket="copies")
    for name in (BUCKET, "copies"):
        enable_versioning(aws, name)


def put_replication(client: Any, *rules: dict[str, Any]) -> Any:
    return client.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={"Role": ROLE, "Rules": list(rules)})


def without(name: str) -> dict[str, Any]:
    return {member: value for member, value in RULE.items() if member != name}


@pytest.mark.parametrize("rule", [RULE, OLD], ids=["with a filter", "older"])
def test_rules_come_back_as_they_were_put(aws: Any, rule: dict[str, Any]) -> None:
    answer = put_replication(aws, rule)
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert members_of(aws.get_bucket_replication(Bucket=BUCKET)) == {
        "ReplicationConfiguration": {"Role": ROLE, "Rules": [rule]}
    }


def test_a_rule_without_an_id_gets_one(aws: Any) -> None:
    # documented
    put_replication(aws, without("ID"))
    (rule,) = aws.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"]
    assert rule["ID"]


def test_deleting_succeeds_twice(cos: FakeCOS, aws: Any) -> None:
    # the error: public
    put_replication(aws, RULE)
    assert [http_status(aws.delete_bucket_replication(Bucket=BUCKET)) for _ in range(2)] == [204, 204]
    message = "The replication configuration was not found"
    with refused(cos, "ReplicationConfigurationNotFoundError", message, 404, BucketName=BUCKET):
        aws.get_bucket_replication(Bucket=BUCKET)


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


@pytest.mark.parametrize("arn", ["arn:aws:s3:::nowhere", "copies"])
def test_the_destination_is_a_bucket(cos: FakeCOS, aws: Any, arn: str) -> None:
    # public
    with refused(cos, "InvalidRequest", "Destination bucket must exist.", 400):
        put_replication(aws, {**RULE, "Destination": {"Bucket": arn}})


def test_ibm_names_a_bucket_by_its_crn(make_client: Any) -> None:
    # documented by IBM
    crn = "crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:copies"
    client = make_client("ibm")
    rule = {**without("Destination"), "Destination": {"Bucket": crn}}
    client.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={"Rules": [rule]})
    shown = client.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"]
    assert shown[0]["Destination"] == {"Bucket": crn}


TAG = {"Key": "a", "Value": "b"}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (without("DeleteMarkerReplication"), f"DeleteMarkerReplication {SCHEMA}"),
        (without("Priority"), f"Priority {SCHEMA}"),
        (
            {**RULE, "Filter": {"Tag": TAG}, "DeleteMarkerReplication": {"Status": "Enabled"}},
            f"Delete marker replication is not supported if any Tag filter is specified.{REFER}",
        ),
    ],
)
def test_what_a_rule_with_a_filter_needs(cos: FakeCOS, aws: Any, rule: dict[str, Any], message: str) -> None:
    # public
    with refused(cos, "InvalidRequest", message, 400):
        put_replication(aws, rule)


def test_ids_and_priorities_differ(cos: FakeCOS, aws: Any) -> None:
    # documented; the words: public, and assumed
    with refused(cos, "InvalidArgument", "Rule Id must be unique", 400, ArgumentName="ID", ArgumentValue="one"):
        put_replication(aws, RULE, {**RULE, "Priority": 2})
    with refused(cos, "InvalidRequest", "Found duplicate priority 1", 400):
        put_replication(aws, RULE, {**RULE, "ID": "two"})


@pytest.mark.parametrize(
    "rule",
    [
        {**RULE, "Status": "On"},
        {**RULE, "Prefix": ""},
        {**RULE, "Filter": {"Prefix": "a", "Tag": TAG}},
        {**RULE, "Filter": {"And": {"Prefix": "a"}}},
        {**RULE, "Priority": -1},
        {**RULE, "SourceSelectionCriteria": {"ReplicaModifications": {"Status": "On"}}},
        *(
            {**RULE, "Destination": {"Bucket": TARGET, **more}}
            for more in (
                {"StorageClass": "COLD"},
                {"Account": "222222222222", "AccessControlTranslation": {"Owner": "Source"}},
                {"AccessControlTranslation": {"Owner": "Destination"}},
                {"ReplicationTime": {"Status": "On", "Time": {"Minutes": 15}}},
                {"ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 5}}},
                {"Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 5}}},
            )
        ),
    ],
    ids=str,
)
def test_a_rule_of_a_wrong_form(cos: FakeCOS, aws: Any, rule: dict[str, Any]) -> None:
    # assumed; the values are documented
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_replication(aws, rule)


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


@pytest.mark.parametrize(
    "conditions",
    [
        {"Prefix": "a", "Not": {"Prefix": "a/tmp/"}},
        {"Not": {"Prefix": "tmp/", "Tag": TAG}},
        {"Not": {}},
        {"Not": {"Or": {}}},
        {"And": {"Not": {"Prefix": "a/tmp/"}}},
        {"And": {"Prefix": "a", "Not": {}}},
    ],
    ids=str,
)
def test_a_filter_leaves_objects_out_in_one_way(
    with_not: None, cos: FakeCOS, aws: Any, conditions: dict[str, Any]
) -> None:
    # documented: exactly one Prefix, Tag, or Or; the code is assumed
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_replication(aws, {**RULE, "Filter": conditions})


def test_delete_markers_and_tags_that_leave_objects_out(with_not: None, cos: FakeCOS, aws: Any) -> None:
    # assumed, as for tags that choose objects
    rule = {**RULE, "Filter": {"Not": {"Tag": TAG}}, "DeleteMarkerReplication": {"Status": "Enabled"}}
    message = f"Delete marker replication is not supported if any Tag filter is specified.{REFER}"
    with refused(cos, "InvalidRequest", message, 400):
        put_replication(aws, rule)


def test_how_a_rule_copies_is_kept(aws: Any) -> None:
    # documented
    after = {"Minutes": 15}
    copies = {
        "StorageClass": "GLACIER_IR",
        "Account": "222222222222",
        "AccessControlTranslation": {"Owner": "Destination"},
        "ReplicationTime": {"Status": "Enabled", "Time": after},
        "Metrics": {"Status": "Enabled", "EventThreshold": after},
    }
    rule = {
        **RULE,
        "Filter": {"And": {"Prefix": "a", "Tags": [TAG]}},
        "SourceSelectionCriteria": {"ReplicaModifications": {"Status": "Enabled"}},
        "Destination": {"Bucket": TARGET, **copies},
    }
    put_replication(aws, rule)
    assert aws.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"] == [rule]
