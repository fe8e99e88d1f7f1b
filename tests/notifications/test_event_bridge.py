"""The events of EventBridge, member by member and in order, as the published and the recorded ones are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS
from fakecos.facts import event_bridge
from fakecos.facts.event_types import BY_NAME, NEVER

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHED = json.loads((Path(__file__).parents[2] / "docs/facts/samples/event_bridge.json").read_text())
DAY = "2026-07-20"
"""A day on which events had the version of the published ones."""
BEFORE = "2026-03-31"
"""A day on which they had none, as the recorded ones."""
FORMS = {
    "id": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "account": r"\d{12}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "region": r"[a-z]{2}-[a-z]+-\d",
    "etag": r"[0-9a-f]{32}",
    "version-id": r"[A-Za-z0-9._]{32}",
    "sequencer": r"[0-9A-Fa-f]{16,18}",
    "request-id": r"[0-9A-Z]{16}",
    "requester": r"\d{12}",
    "source-ip-address": r"[\d.]+",
    "restore-expiry-time": r"\d{4}-\d\d-\d\dT00:00:00Z",
}
FREE = {"name", "key", "size"}


def shape(value: Any, name: str = "") -> Any:
    """Return the members, each with how its value looks; equal for two events of the same kind."""
    if isinstance(value, dict):
        return [(member, shape(each, member)) for member, each in value.items()]
    if name == "resources":
        assert re.fullmatch(r"arn:aws:s3:::[a-z0-9-]+", value[0])
        return len(value)
    if name in FORMS and value != "s3.amazonaws.com":
        assert re.fullmatch(FORMS[name], value), f"{name}: {value}"
        return FORMS[name]
    return type(value).__name__ if name in FREE else value


def do_put(s3: Any, cos: FakeCOS) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"hello", StorageClass="GLACIER")


def do_delete(s3: Any, cos: FakeCOS) -> None:
    do_put(s3, cos)
    s3.delete_object(Bucket="photos", Key="a")


def do_expire(s3: Any, cos: FakeCOS) -> None:
    do_put(s3, cos)
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": [rule]})
    cos.advance(days=3)


def do_restore(s3: Any, cos: FakeCOS) -> None:
    do_put(s3, cos)
    s3.restore_object(Bucket="photos", Key="a", RestoreRequest={"Days": 1})


def do_finish_restore(s3: Any, cos: FakeCOS) -> None:
    do_restore(s3, cos)
    cos.advance(hours=13)


def do_annotate(s3: Any, cos: FakeCOS) -> None:
    do_put(s3, cos)
    s3.put_object_annotation(
        Bucket="photos", Key="a", AnnotationName="my-annotation", AnnotationPayload=b"a note of 24 characters."
    )


def do_remove_annotation(s3: Any, cos: FakeCOS) -> None:
    do_annotate(s3, cos)
    s3.delete_object_annotation(Bucket="photos", Key="a", AnnotationName="my-annotation")


def do_acl(s3: Any, cos: FakeCOS) -> None:
    do_put(s3, cos)
    s3.put_object_acl(Bucket="photos", Key="a", ACL="public-read")


DOING = (do_put, do_delete, do_expire, do_finish_restore, do_annotate, do_remove_annotation)


def told(as_of: str, act: Callable[[Any, FakeCOS], None], *, versions: bool) -> Any:
    """Return the last event for EventBridge after an act."""
    with FakeCOS(as_of=as_of) as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        if versions:
            s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
        s3.delete_public_access_block(Bucket="photos")
        s3.put_bucket_ownership_controls(
            Bucket="photos", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
        )
        s3.put_bucket_notification_configuration(
            Bucket="photos", NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        act(s3, cos)
        event = cos.events[-1]
        assert event.destination == "arn:aws:events:us-east-1:123456789012:event-bus/default"
        assert event.record is event.document
        return event.document


@pytest.mark.parametrize(
    ("sample", "act"), list(zip(PUBLISHED, DOING, strict=True)), ids=[each["detail-type"] for each in PUBLISHED]
)
def test_an_event_is_as_the_published_one(sample: Any, act: Callable[[Any, FakeCOS], None]) -> None:
    # documented: aws-event-notifications 23
    assert shape(told(DAY, act, versions=True)) == shape(sample)


RECORDED = [
    (do_put, "Object Created", ["key", "size", "etag", "sequencer"], ["reason"]),
    (do_delete, "Object Deleted", ["key", "sequencer"], ["reason", "deletion-type"]),
    (do_acl, "Object ACL Updated", ["key", "etag"], []),
    (do_restore, "Object Restore Initiated", ["key", "size", "etag"], ["source-storage-class"]),
]


@pytest.mark.parametrize(("act", "named", "members", "more"), RECORDED, ids=[each[1] for each in RECORDED])
def test_an_event_has_the_members_of_the_recorded_one(
    act: Callable[[Any, FakeCOS], None], named: str, members: list[str], more: list[str]
) -> None:
    # recorded aws-bucket-configuration 71, 72
    event = told(BEFORE, act, versions=False)
    assert event["detail-type"] == named
    detail = event["detail"]
    assert list(detail["object"]) == members
    usual = ["version", "bucket", "object", "request-id", "requester", "source-ip-address"]
    assert list(detail) == [*usual, *more]
    assert (detail.get("reason"), detail.get("deletion-type"), detail.get("source-storage-class")) == {
        "Object Created": ("PutObject", None, None),
        "Object Deleted": ("DeleteObject", "Permanently Deleted", None),
        "Object ACL Updated": (None, None, None),
        "Object Restore Initiated": (None, None, "GLACIER"),
    }[named]


@pytest.mark.parametrize(
    ("as_of", "version"), [(BEFORE, None), ("2026-06-20", "1.0"), (DAY, "1.1"), ("2026-10-09", "1.2")]
)
def test_the_version_is_that_of_the_day(as_of: str, version: str | None) -> None:
    # recorded aws-bucket-configuration 71; documented and public: aws-event-notifications 24
    assert told(as_of, do_put, versions=False)["detail"].get("event-version") == version


def test_the_key_is_not_encoded_and_every_event_is_sent() -> None:
    # documented: aws-event-notifications 23
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        entry = {"QueueArn": "arn:aws:sqs:us-east-1:123456789012:q", "Events": ["s3:ObjectRemoved:*"]}
        document = {"EventBridgeConfiguration": {}, "QueueConfigurations": [entry]}
        s3.put_bucket_notification_configuration(
            Bucket="photos", NotificationConfiguration=document, SkipDestinationValidation=True
        )
        s3.put_object(Bucket="photos", Key="red flower+ü.jpg", Body=b"1")
        s3.put_object_tagging(Bucket="photos", Key="red flower+ü.jpg", Tagging={"TagSet": []})
        s3.delete_object(Bucket="photos", Key="red flower+ü.jpg")
        bus = [event.document for event in cos.events if ":events:" in event.destination]
    assert [event["detail-type"] for event in bus] == ["Object Created", "Object Tags Added", "Object Deleted"]
    assert {event["detail"]["object"]["key"] for event in bus} == {"red flower+ü.jpg"}
    assert len({event["id"] for event in bus}) == 3


def test_every_type_that_arises_has_a_name_there_but_replication() -> None:
    # documented: aws-event-notifications 23
    missing = {name for name in BY_NAME if name not in event_bridge.ROWS}
    assert missing == {name for name in BY_NAME if name.startswith(("Replication:", "ReducedRedundancy"))}
    assert set(event_bridge.ROWS) <= set(BY_NAME)
    assert BY_NAME["ReducedRedundancyLostObject"].arises.startswith(NEVER)
