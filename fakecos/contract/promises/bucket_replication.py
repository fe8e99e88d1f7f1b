"""Put, Get and DeleteBucketReplication: judged, kept and returned. What they do: test_replication.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, before_each, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

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


@before_each
def _versioned(own: Any) -> None:
    """Both buckets keep versions."""
    own.create_bucket(Bucket="copies")
    for name in (BUCKET, "copies"):
        enable_versioning(own, name)


def put_replication(client: Any, *rules: dict[str, Any]) -> Any:
    return client.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={"Role": ROLE, "Rules": list(rules)})


def without(name: str) -> dict[str, Any]:
    return {member: value for member, value in RULE.items() if member != name}


@promise
@cases("rule", [RULE, OLD], ids=["with a filter", "older"])
def rules_come_back_as_they_were_put(aws: Any, rule: dict[str, Any]) -> None:
    answer = put_replication(aws, rule)
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert members_of(aws.get_bucket_replication(Bucket=BUCKET)) == {
        "ReplicationConfiguration": {"Role": ROLE, "Rules": [rule]}
    }


@promise
def a_rule_without_an_id_gets_one(aws: Any) -> None:
    """Source: documented."""
    put_replication(aws, without("ID"))
    (rule,) = aws.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"]
    assert rule["ID"]


@promise
def deleting_succeeds_twice(cos: Service, aws: Any) -> None:
    """Source: public."""
    put_replication(aws, RULE)
    assert [http_status(aws.delete_bucket_replication(Bucket=BUCKET)) for _ in range(2)] == [204, 204]
    message = "The replication configuration was not found"
    with refused(cos, "ReplicationConfigurationNotFoundError", message, 404, BucketName=BUCKET):
        aws.get_bucket_replication(Bucket=BUCKET)


@promise
@cases("arn", ["arn:aws:s3:::nowhere", "copies"])
def the_destination_is_a_bucket(cos: Service, aws: Any, arn: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidRequest", "Destination bucket must exist.", 400):
        put_replication(aws, {**RULE, "Destination": {"Bucket": arn}})


@promise
def ibm_names_a_bucket_by_its_crn(make_client: Any) -> None:
    """Source: documented by IBM."""
    crn = "crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:copies"
    client = make_client("ibm")
    rule = {**without("Destination"), "Destination": {"Bucket": crn}}
    client.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={"Rules": [rule]})
    shown = client.get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]["Rules"]
    assert shown[0]["Destination"] == {"Bucket": crn}


TAG = {"Key": "a", "Value": "b"}


@promise
@cases(
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
def what_a_rule_with_a_filter_needs(cos: Service, aws: Any, rule: dict[str, Any], message: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidRequest", message, 400):
        put_replication(aws, rule)


@promise
def ids_and_priorities_differ(cos: Service, aws: Any) -> None:
    """Source: documented; the words: public, and assumed."""
    with refused(cos, "InvalidArgument", "Rule Id must be unique", 400, ArgumentName="ID", ArgumentValue="one"):
        put_replication(aws, RULE, {**RULE, "Priority": 2})
    with refused(cos, "InvalidRequest", "Found duplicate priority 1", 400):
        put_replication(aws, RULE, {**RULE, "ID": "two"})


@promise
@cases(
    "rule",
    [
        {**RULE, "Status": "On"},
        {**RULE, "Prefix": ""},
        {**RULE, "Filter": {"Prefix": "a", "Tag": TAG}},
        {**RULE, "Filter": {"And": {"Prefix": "a"}}},
        {**RULE, "Filter": {"Prefix": "a" * 1025}},
        {**RULE, "Filter": {"Tag": {"Key": "k" * 129, "Value": ""}}},
        {**RULE, "Filter": {"And": {"Prefix": "a", "Tags": [{"Key": "k", "Value": "v" * 257}]}}},
        {**OLD, "SourceSelectionCriteria": {"ReplicaModifications": {"Status": "Enabled"}}},
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
def a_rule_of_a_wrong_form(cos: Service, aws: Any, rule: dict[str, Any]) -> None:
    """Source: assumed; the values are documented."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_replication(aws, rule)


@promise
def how_a_rule_copies_is_kept(aws: Any) -> None:
    """Source: documented."""
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


def put_filter(send: ByHand, filter_: str, markers: str = "Disabled") -> None:
    """Put a rule with a filter that older clients do not know, to a bucket whose name none can have."""
    rule = (
        f"<Rule><ID>one</ID><Priority>1</Priority><Filter>{filter_}</Filter><Status>Enabled</Status>"
        f"<DeleteMarkerReplication><Status>{markers}</Status></DeleteMarkerReplication>"
        "<Destination><Bucket>arn:aws:s3:::x</Bucket></Destination></Rule>"
    )
    body = f"<ReplicationConfiguration><Role>{ROLE}</Role>{rule}</ReplicationConfiguration>".encode()
    send("PUT", f"/{BUCKET}", "replication", {"content-md5": md5_base64(body)}, body)


OLD_FILES, OF_TAG = "<Prefix>old/</Prefix>", "<Tag><Key>a</Key><Value>b</Value></Tag>"


@promise
@cases(
    "wrong",
    [
        f"<Prefix>a</Prefix><Not>{OLD_FILES}</Not>",
        f"<Not>{OLD_FILES}{OF_TAG}</Not>",
        "<Not></Not>",
        "<Not><Or></Or></Not>",
        f"<And><Not>{OLD_FILES}</Not></And>",
        "<And><Prefix>a</Prefix><Not></Not></And>",
    ],
)
def a_filter_leaves_objects_out_in_one_way(cos: Service, send: ByHand, wrong: str) -> None:
    """Source: documented: exactly one Prefix, Tag, or Or; the code: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_filter(send, wrong)


@promise
def delete_markers_and_tags_that_leave_objects_out(cos: Service, send: ByHand) -> None:
    """Source: assumed, as for tags that choose objects."""
    message = f"Delete marker replication is not supported if any Tag filter is specified.{REFER}"
    with refused(cos, "InvalidRequest", message, 400):
        put_filter(send, f"<Not>{OF_TAG}</Not>", "Enabled")
