"""The messages of events, member by member, as the published and the recorded ones are (aws-event-notifications)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from fakecos import FakeCOS
from fakecos.facts import dates
from fakecos.facts.event_types import BY_NAME
from fakecos.model.change import changed
from fakecos.notifications.cause import by_itself
from fakecos.notifications.message import message
from tests.notifications.conftest import EVERY_TYPE, configure

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = json.loads((Path(__file__).parents[2] / "docs/facts/samples/event_notifications.json").read_text())
RECORDS = [sample for sample in SAMPLES if "record" in sample]
BEFORE = "2026-06-15"
"""The last day on which each type had a version of its own, as the published messages have them."""
FORMS = {
    "eventTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "lifecycleRestorationExpiryTime": r"\d{4}-\d\d-\d\dT00:00:00\.000Z",
    "requestTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "x-amz-request-id": r"[0-9A-F]{16}|[0-9a-f-]{36}",
    "x-amz-id-2": r"[A-Za-z0-9+/]{64,}={0,2}",
    "principalId": r"(AWS:|AmazonCustomer:)?[A-Z0-9a-z]{12,}|s3\.amazonaws\.com",
    "sourceIPAddress": r"127\.0\.0\.1|s3\.amazonaws\.com",
    "sequencer": r"[0-9A-F]{18}",
    "eTag": r"[0-9a-f]{32}(-\d+)?",
    "versionId": r"[A-Za-z0-9._]{32}",
    "arn": r"arn:aws:s3:::[a-z0-9-]+",
    "awsRegion": r"us-(east|west)-\d",
}
"""How a value looks; of a member that is not here only its type is compared."""


def shape(value: Any, name: str = "") -> Any:
    """Return the members of a message, each with how its value looks; equal for two messages of the same kind."""
    if isinstance(value, dict):
        return {member: shape(each, member) for member, each in value.items()}
    if name in FORMS:
        assert re.fullmatch(FORMS[name], value), f"{name}: {value}"
        return FORMS[name]
    return value if name in {"eventVersion", "eventSource", "eventName", "s3SchemaVersion"} else type(value).__name__


def do_put(s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"something")


def do_copy(s3: Any) -> None:
    do_put(s3)
    s3.copy_object(Bucket="photos", Key="b", CopySource="photos/a")


def do_complete(s3: Any) -> None:
    named = {"Bucket": "photos", "Key": "a"}
    named["UploadId"] = s3.create_multipart_upload(**named)["UploadId"]
    etag = s3.upload_part(**named, PartNumber=1, Body=b"something")["ETag"]
    s3.complete_multipart_upload(**named, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})


def do_delete(s3: Any) -> None:
    do_put(s3)
    s3.delete_object(Bucket="photos", Key="a")


def do_put_tags(s3: Any) -> None:
    do_put(s3)
    s3.put_object_tagging(Bucket="photos", Key="a", Tagging={"TagSet": [{"Key": "k", "Value": "v"}]})


def do_delete_tags(s3: Any) -> None:
    do_put(s3)
    s3.delete_object_tagging(Bucket="photos", Key="a")


def do_put_acl(s3: Any) -> None:
    s3.delete_bucket_ownership_controls(Bucket="photos")
    s3.delete_public_access_block(Bucket="photos")
    do_put(s3)
    s3.put_object_acl(Bucket="photos", Key="a", ACL="public-read")


def do_restore(s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"something", StorageClass="GLACIER")
    s3.restore_object(Bucket="photos", Key="a", RestoreRequest={"Days": 1})


def do_expire(s3: Any) -> None:
    rule: dict[str, Any] = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}}
    days = {"Expiration": {"Days": 1}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
    s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": [{**rule, **days}]})
    do_put(s3)


DONE: dict[str, Callable[[Any], None]] = {
    "ObjectCreated:Put": do_put,
    "ObjectCreated:Copy": do_copy,
    "ObjectCreated:CompleteMultipartUpload": do_complete,
    "ObjectRemoved:Delete": do_delete,
    "ObjectRemoved:DeleteMarkerCreated": do_delete,
    "ObjectTagging:Put": do_put_tags,
    "ObjectTagging:Delete": do_delete_tags,
    "ObjectAcl:Put": do_put_acl,
    "ObjectRestore:Post": do_restore,
    "ObjectRestore:Completed": do_restore,
    "LifecycleExpiration:Delete": do_expire,
}


def name_of(sample: dict[str, Any]) -> str:
    return f"{sample['record']['eventName']}, fact {sample['fact']}{', with versions' if sample['versions'] else ''}"


@pytest.mark.parametrize("sample", [each for each in RECORDS if each["record"]["eventName"] in DONE], ids=name_of)
def test_a_message_has_the_members_of_the_one_that_was_published_and_no_others(sample: dict[str, Any]) -> None:
    expected = sample["record"]
    with FakeCOS(as_of=BEFORE) as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        types = [name for name in EVERY_TYPE if "Annotation" not in name and "Retention" not in name]
        configure(s3, *types, id="testConfigRule")
        if sample["versions"]:
            s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
        DONE[expected["eventName"]](s3)
        cos.advance(days=2)
        cos.advance(days=3)
        event = next(each for each in cos.events if each.name == f"s3:{expected['eventName']}")
    assert list(event.document) == ["Records"]
    assert len(event.document["Records"]) == 1
    assert shape(event.record) == shape(expected)
    assert json.loads(json.dumps(event.document)) == event.document


@pytest.mark.parametrize("sample", [each for each in RECORDS if each["record"]["eventName"] not in DONE], ids=name_of)
def test_what_is_announced_by_hand_has_the_members_of_the_published_message(sample: dict[str, Any]) -> None:
    """Of Intelligent-Tiering nothing happens here, and replication has tests of its own: only the form is compared."""
    expected = sample["record"]
    members = expected.keys() & {"replicationEventData", "intelligentTieringEventData"}
    data = {name: expected[name] for name in members}
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        if sample["versions"]:
            s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
        do_put(s3)
        bucket = cos.store.buckets["photos"]
        change = changed(bucket, expected["eventName"], bucket.objects["a"], **data)
        made = message(change, by_itself(cos._service.ids), "testConfigRule", frozenset())
    assert shape(made["Records"][0]) == shape(expected)


def test_every_published_message_is_compared() -> None:
    assert {sample["record"]["eventName"] for sample in RECORDS} <= BY_NAME.keys()
    assert DONE.keys() <= {sample["record"]["eventName"] for sample in RECORDS}


def test_a_form_sends_post_and_not_put(cos: FakeCOS, s3: Any) -> None:
    form = s3.generate_presigned_post("photos", "a b.txt")
    requests.post(form["url"], data=form["fields"], files={"file": b"x"}, timeout=5)
    assert [event.name for event in cos.events] == ["s3:ObjectCreated:Post"]
    assert cos.events[0].record["s3"]["object"]["key"] == "a+b.txt"
    assert cos.events[0].record["userIdentity"] == {"principalId": "AWS:123456789012"}


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("red flower.jpg", "red+flower.jpg"),  # documented: aws-event-notifications 13
        ("a@b", "a%40b"),  # recorded aws-event-notifications 9
        ("testupload/dir1/testfile.txt", "testupload/dir1/testfile.txt"),
        ("a+b&c=d%", "a%2Bb%26c%3Dd%25"),
        ("ü/日", "%C3%BC/%E6%97%A5"),
    ],
)
def test_a_key_is_encoded_as_in_a_form(cos: FakeCOS, s3: Any, key: str, written: str) -> None:
    s3.put_object(Bucket="photos", Key=key)
    assert cos.events[0].key == key
    assert cos.events[0].record["s3"]["object"]["key"] == written


def test_the_ids_are_those_of_the_answer(cos: FakeCOS, s3: Any) -> None:
    answer = s3.put_object(Bucket="photos", Key="a")["ResponseMetadata"]["HTTPHeaders"]
    names = ("x-amz-request-id", "x-amz-id-2")
    assert cos.events[0].record["responseElements"] == {name: answer[name] for name in names}


@pytest.mark.parametrize(
    ("as_of", "versions"),
    [
        (BEFORE, ("2.1", "2.3")),
        (dates.ANNOTATIONS.day, ("2.4", "2.4")),
        (dates.BUCKET_TAGS_IN_EVENTS.day, ("2.5", "2.5")),
        (dates.RETENTION_EVENTS.day, ("2.6", "2.6")),
        (None, ("2.6", "2.6")),
    ],
)
def test_all_types_have_one_version_since_june_2026(as_of: Any, versions: tuple[str, str]) -> None:
    """Documented: aws-event-notifications 18."""
    with FakeCOS(as_of=as_of) as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        configure(s3, "s3:ObjectCreated:*", "s3:ObjectTagging:*")
        do_put_tags(s3)
        assert tuple(event.record["eventVersion"] for event in cos.events) == versions
