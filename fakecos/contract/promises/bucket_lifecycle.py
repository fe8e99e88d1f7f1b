"""Put, Get and DeleteBucketLifecycleConfiguration, and what other answers say of the rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

RULE = {"ID": "week", "Filter": {"Prefix": ""}, "Status": "Enabled", "Expiration": {"Days": 7}}
NEWER = {"NewerNoncurrentVersions": 1}
ABORT = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}
MINIMUM = "x-amz-transition-default-minimum-object-size"
MIDNIGHT = dt.datetime(2026, 5, 4, tzinfo=dt.timezone.utc)


def rule(**changes: Any) -> dict[str, Any]:
    """Return RULE with other members; None takes one away."""
    return {name: value for name, value in {**RULE, **changes}.items() if value is not None}


def put_lifecycle(client: Any, *rules: dict[str, Any], **more: Any) -> Any:
    return client.put_bucket_lifecycle_configuration(
        Bucket=BUCKET, LifecycleConfiguration={"Rules": list(rules)}, **more
    )


def rules_of(client: Any) -> Any:
    return client.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]


# --- put, get, delete -----------------------------------------------------------------------------------


@promise
def a_configuration_comes_back_as_it_was_put(client: Any, dialect: str) -> None:
    """Source: recorded aws-bucket-configuration 27."""
    answer = put_lifecycle(client, RULE)
    assert http_status(answer) == 200
    answer = client.get_bucket_lifecycle_configuration(Bucket=BUCKET)
    minimum = {"TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"} if dialect == AWS else {}
    assert members_of(answer) == {"Rules": [RULE], **minimum}
    assert (MINIMUM in specific_headers(answer)) == (dialect == AWS)


@promise
def none_was_put(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 27."""
    message = "The lifecycle configuration does not exist"
    with refused(cos, "NoSuchLifecycleConfiguration", message, 404, BucketName=BUCKET):
        client.get_bucket_lifecycle_configuration(Bucket=BUCKET)


@promise
def deleting_succeeds_whether_there_is_one_or_not(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 27."""
    assert http_status(client.delete_bucket_lifecycle(Bucket=BUCKET)) == 204
    put_lifecycle(client, RULE)
    answer = client.delete_bucket_lifecycle(Bucket=BUCKET)
    assert (http_status(answer), members_of(answer)) == (204, {})
    with refused(cos, "NoSuchLifecycleConfiguration"):
        client.get_bucket_lifecycle_configuration(Bucket=BUCKET)


@promise
@cases("operation", ["get_bucket_lifecycle_configuration", "delete_bucket_lifecycle"])
def a_bucket_that_is_not_there(cos: Service, client: Any, operation: str) -> None:
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        getattr(client, operation)(Bucket="no-such-bucket")


@promise
def a_rule_without_an_id_gets_one(client: Any) -> None:
    """Source: documented: S3 makes a unique one."""
    put_lifecycle(client, rule(ID=None), rule(ID=None))
    first, second = rules_of(client)
    assert first["ID"] != second["ID"]
    assert first == rule(ID=first["ID"])


@promise
def what_is_not_acted_on_is_kept(client: Any) -> None:
    kept = [
        rule(ID="a", Expiration=None, Transitions=[{"Days": 30, "StorageClass": "GLACIER"}]),
        rule(ID="b", Filter={}, Expiration={"ExpiredObjectDeleteMarker": True}),
        rule(ID="c", Status="Disabled", Expiration={"Date": MIDNIGHT}),
        rule(ID="d", Filter={"And": {"Prefix": "logs/", "Tags": [{"Key": "a", "Value": "b"}]}}),
        rule(ID="e", Filter={"ObjectSizeGreaterThan": 20}, NoncurrentVersionExpiration={"NoncurrentDays": 1}),
        rule(ID="f", Expiration=None, **ABORT),
    ]
    put_lifecycle(client, *kept)
    assert rules_of(client) == kept


@promise
def rules_with_prefixes_of_their_own(make_client: Any) -> None:
    # the older form, which IBM's model does not have
    client = make_client(AWS)
    old = rule(Filter=None, Prefix="logs/")
    put_lifecycle(client, old)
    assert rules_of(client) == [old]


@promise
def the_smallest_size_of_transitions_is_kept(aws: Any) -> None:
    put_lifecycle(aws, RULE, TransitionDefaultMinimumObjectSize="varies_by_storage_class")
    answer = aws.get_bucket_lifecycle_configuration(Bucket=BUCKET)
    assert answer["TransitionDefaultMinimumObjectSize"] == "varies_by_storage_class"


@promise
def a_date_that_is_not_midnight(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 29."""
    with refused(
        cos,
        "InvalidArgument",
        "'Date' must be at midnight GMT",
        400,
        ArgumentName="Date",
        ArgumentValue="2026-05-04T10:00:00.000Z",
    ):
        put_lifecycle(client, rule(Expiration={"Date": MIDNIGHT + dt.timedelta(hours=10)}))


@promise
def a_tag_named_twice(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 29."""
    tags = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
    with refused(cos, "InvalidRequest", "Duplicate Tag Keys are not allowed.", 400):
        put_lifecycle(client, rule(Filter={"And": {"Tags": tags}}))


@promise
@cases(
    ("rules", "code", "message"),
    [
        ([rule(Expiration=None)], "InvalidRequest", "At least one action needs to be specified in a rule"),
        (
            [rule(Filter={"Tag": {"Key": "a", "Value": "b"}}, Expiration=None, **ABORT)],
            "InvalidRequest",
            "AbortIncompleteMultipartUpload cannot be specified with Tags.",
        ),
        (
            [rule(Filter={"ObjectSizeLessThan": 9}, Expiration=None, **ABORT)],
            "InvalidRequest",
            "AbortIncompleteMultipartUpload cannot be specified with Object Size.",
        ),
        (
            [rule(ID="old", Filter=None, Prefix=""), RULE],
            "InvalidRequest",
            "Filter element can only be used in Lifecycle V2.",
        ),
        (
            [RULE, rule(ID="old", Filter=None, Prefix="")],
            "InvalidRequest",
            "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
        ),
        (
            [rule(ID="a", Filter=None, Prefix=""), rule(ID="b", Filter=None, Prefix="a")],
            "InvalidRequest",
            "Found overlapping prefixes '' and 'a' for same action type 'Expiration'",
        ),
        (
            [rule(Filter=None, Prefix="", NoncurrentVersionExpiration={"NoncurrentDays": 1, **NEWER})],
            "InvalidRequest",
            "NewerNoncurrentVersions element can only be used in Lifecycle V2.",
        ),
        (
            [rule(Filter={"ObjectSizeLessThan": 0})],
            "InvalidRequest",
            "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
        ),
        (
            [rule(Filter={"And": {"ObjectSizeLessThan": 9, "ObjectSizeGreaterThan": 9}})],
            "InvalidRequest",
            "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
        ),
        (
            [rule(Filter={"ObjectSizeLessThan": 9}, Expiration={"ExpiredObjectDeleteMarker": False})],
            "InvalidRequest",
            "ExpiredObjectDeleteMarker cannot be specified with Object Size.",
        ),
        (
            [rule(Filter={"Tag": {"Key": "a", "Value": "b"}}, Expiration={"ExpiredObjectDeleteMarker": True})],
            "InvalidRequest",
            "ExpiredObjectDeleteMarker cannot be specified with Tags.",
        ),
        (
            [rule(Expiration={"Days": 0})],
            "InvalidArgument",
            "'Days' for Expiration action must be a positive integer",
        ),
        (
            [rule(Expiration=None, AbortIncompleteMultipartUpload={"DaysAfterInitiation": -1})],
            "InvalidArgument",
            "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
        ),
        ([rule(ID="x" * 256)], "InvalidArgument", "ID length should not exceed allowed limit of 255"),
        ([RULE, RULE], "InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule"),
    ],
)
def rules_that_cannot_be(cos: Service, aws: Any, rules: list[dict[str, Any]], code: str, message: str) -> None:
    """Source: public; of tags beside a marker, the words: assumed."""
    with refused(cos, code, message, 400, **_argument(code, rules[0])):
        put_lifecycle(aws, *rules)


def _argument(code: str, first: dict[str, Any]) -> dict[str, Any]:
    if code == "InvalidRequest":
        return {}
    if first.get("Expiration") == {"Days": 0}:
        return {"ArgumentName": "Days", "ArgumentValue": "0"}
    if "AbortIncompleteMultipartUpload" in first:
        return {"ArgumentName": "DaysAfterInitiation", "ArgumentValue": "-1"}
    return {"ArgumentName": "ID", "ArgumentValue": first["ID"]}


@promise
@cases("rules", [[], [rule(ID=None)] * 1001], ids=["none", "1001"])
def too_few_and_too_many_rules(cos: Service, aws: Any, rules: list[dict[str, Any]]) -> None:
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_lifecycle(aws, *rules)


@promise
def an_unknown_smallest_size(cos: Service, aws: Any) -> None:
    with refused(cos, "InvalidRequest", "Invalid TransitionDefaultMinimumObjectSize found: 1K", 400):
        put_lifecycle(aws, RULE, TransitionDefaultMinimumObjectSize="1K")


@promise
def a_refused_configuration_leaves_the_earlier_one(cos: Service, client: Any) -> None:
    put_lifecycle(client, RULE)
    with refused(cos, "InvalidArgument"):
        put_lifecycle(client, rule(ID="other", Expiration={"Days": 0}))
    assert rules_of(client) == [RULE]


@promise
def a_read_by_version_does_not_say(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 31."""
    put_lifecycle(client, RULE)
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    assert "Expiration" not in client.head_object(Bucket=BUCKET, Key="key", VersionId="null")


def expires(client: Any, body: bytes = b"1", tags: str = "") -> str | None:
    """Return the id of the rule that the new object expires by."""
    text = client.put_object(Bucket=BUCKET, Key="key", Body=body, Tagging=tags).get("Expiration")
    return None if text is None else str(text).partition('rule-id="')[2].rstrip('"')


@promise
def sizes_decide(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 33."""
    put_lifecycle(
        client,
        rule(ID="large", Filter={"ObjectSizeGreaterThan": 20}),
        rule(ID="small", Filter={"ObjectSizeLessThan": 10}),
    )
    assert [expires(client, bytes(size)) for size in (22, 5, 15, 20, 10)] == ["large", "small", None, None, None]


@promise
def tags_decide(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 34."""
    one, two = {"Key": "one", "Value": "yes"}, {"Key": "two", "Value": "yes"}
    put_lifecycle(client, rule(ID="a", Filter={"Tag": one}), rule(ID="b", Filter={"And": {"Tags": [one, two]}}))
    tagged = ("one=yes&two=no", "one=yes", "two=yes", "")
    assert [expires(client, tags=tags) for tags in tagged] == ["a", "a", None, None]


@promise
def the_first_in_time_decides_and_its_id_is_encoded(client: Any) -> None:
    """Source: documented: lifecycle conflicts; "The value of the rule-id is URL-encoded"."""
    put_lifecycle(client, RULE, rule(ID="two days", Expiration={"Days": 2}))
    assert expires(client) == "two%20days"


@promise
def of_two_at_one_time_the_first_in_the_document_is_told(client: Any) -> None:
    """Source: public."""
    put_lifecycle(client, RULE, rule(ID="another", Filter={"Prefix": "k"}))
    assert expires(client) == "week"


@promise
def rules_that_say_nothing_of_an_object(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 35 for the first."""
    put_lifecycle(
        client,
        rule(ID="marker", Expiration={"ExpiredObjectDeleteMarker": True}),
        rule(ID="off", Status="Disabled"),
        rule(ID="elsewhere", Filter={"Prefix": "logs/"}),
        rule(ID="uploads", Expiration=None, **ABORT),
        rule(ID="never", Expiration={"Days": 2147483647}),
    )
    assert expires(client) is None


@promise
@cases(
    ("within", "message"),
    [
        ({"Prefix": "a" * 1025}, "The maximum size of a prefix is 1024"),
        ({"Prefix": "\u65e5" * 342}, "The maximum size of a prefix is 1024"),
        ({"Tag": {"Key": "k" * 129, "Value": ""}}, "A Tag's Key must be a length between 1 and 128"),
        ({"Tag": {"Key": "k", "Value": "v" * 257}}, "A Tag's Value must be a length between 0 and 256"),
        (
            {"And": {"Prefix": "a", "Tags": [{"Key": "k" * 129, "Value": ""}]}},
            "A Tag's Key must be a length between 1 and 128",
        ),
        ({"And": {"Prefix": "a" * 1025, "ObjectSizeGreaterThan": 1}}, "The maximum size of a prefix is 1024"),
    ],
)
def a_filter_names_nothing_longer_than_a_key_or_a_tag(
    cos: Service, client: Any, within: dict[str, Any], message: str
) -> None:
    """Source: public: aws-changes 22; that bytes count: measured on AWS by others."""
    with refused(cos, "InvalidRequest", message, 400):
        put_lifecycle(client, rule(Filter=within))


@promise
def the_longest_prefix_and_tag_of_a_filter(client: Any) -> None:
    """Source: public: aws-changes 22."""
    put_lifecycle(client, rule(Filter={"Prefix": "a" * 1024}))
    put_lifecycle(client, rule(Filter={"Tag": {"Key": "k" * 128, "Value": "v" * 256}}))


@promise
def it_dies_with_the_bucket(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 28."""
    put_lifecycle(client, RULE)
    client.delete_bucket(Bucket=BUCKET)
    client.create_bucket(Bucket=BUCKET)
    with refused(cos, "NoSuchLifecycleConfiguration"):
        client.get_bucket_lifecycle_configuration(Bucket=BUCKET)


@promise
@cases(
    "wrong",
    [
        rule(ID=None, Filter=None),
        rule(Filter=None),
        rule(Expiration=None, NoncurrentVersionExpiration={}),
        rule(Filter={"And": {"Prefix": "test"}, "Prefix": ""}),
        rule(Filter={"ObjectSizeGreaterThan": 500, "Prefix": ""}),
        rule(Expiration={"Days": 7, "ExpiredObjectDeleteMarker": True}),
        rule(Prefix=""),
        rule(Status="enabled"),
        rule(Expiration={}),
        rule(Expiration={"Days": 7, "Date": MIDNIGHT}),
        rule(Expiration=None, AbortIncompleteMultipartUpload={}),
        rule(Filter={"ObjectSizeGreaterThan": -1}),
        rule(Filter={"And": {"Prefix": "logs/"}}),
    ],
    ids=str,
)
def a_rule_of_a_wrong_form(cos: Service, aws: Any, wrong: dict[str, Any]) -> None:
    """Source: recorded aws-bucket-configuration 29 for the first six; the others: assumed."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_lifecycle(aws, wrong)


@promise
@cases("member", ["NoncurrentDays", "NewerNoncurrentVersions"])
def numbers_below_one_are_refused(cos: Service, aws: Any, member: str) -> None:
    """Source: public for Days of the other actions; for these: assumed."""
    message = f"'{member}' for NoncurrentVersionExpiration action must be a positive integer"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=member, ArgumentValue="0"):
        put_lifecycle(aws, rule(Expiration=None, NoncurrentVersionExpiration={"NoncurrentDays": 1, member: 0}))


@promise
@cases(
    ("name", "action"),
    [
        ("NoncurrentVersionExpiration", {"NoncurrentDays": 1}),
        ("NoncurrentVersionTransition", {"NoncurrentDays": 1, "StorageClass": "GLACIER"}),
    ],
)
def no_more_than_100_newer_versions_are_kept(cos: Service, aws: Any, name: str, action: dict[str, Any]) -> None:
    """Source: documented; the words: assumed."""
    more = {**action, "NewerNoncurrentVersions": 101}
    given = {name: more} if name.endswith("Expiration") else {f"{name}s": [more]}
    message = f"'NewerNoncurrentVersions' for {name} action must be between 1 and 100"
    fields = {"ArgumentName": "NewerNoncurrentVersions", "ArgumentValue": "101"}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        put_lifecycle(aws, rule(Expiration=None, **given))


@promise
@cases("text", ["2030-01-01T00:00:00", "2030-01-01T00:00:00.000Z", "2030-01-01T02:00:00+02:00"])
def a_date_is_in_utc_also_without_an_offset(send: ByHand, aws: Any, text: str) -> None:
    """Source: assumed."""
    body = (
        "<LifecycleConfiguration><Rule><ID>one</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>"
        f"<Expiration><Date>{text}</Date></Expiration></Rule></LifecycleConfiguration>"
    ).encode()
    send("PUT", f"/{BUCKET}", "lifecycle", {"content-md5": md5_base64(body)}, body)
    assert rules_of(aws)[0]["Expiration"] == {"Date": dt.datetime(2030, 1, 1, tzinfo=dt.timezone.utc)}
