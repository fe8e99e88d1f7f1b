"""`cos.events`: which events are sent, to whom, and in which order."""

from __future__ import annotations

import json
import threading
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from fakecos import FakeCOS, UsageError
from fakecos.faults import Transport, When
from tests.notifications.conftest import QUEUE, configure, told

if TYPE_CHECKING:
    from fakecos import S3Event

TOPIC = "arn:aws:sns:us-east-1:123456789012:topic"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:resize"


def enable_versions(s3: Any, status: str = "Enabled") -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": status})


def put_rule(s3: Any, **actions: Any) -> None:
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, **actions}
    s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": [rule]})


def sequencer(event: S3Event) -> str:
    found: str = event.record["s3"]["object"]["sequencer"]
    return found


# --- which ----------------------------------------------------------------------------------------------------


def test_nothing_is_sent_without_a_configuration() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.client().put_object(Bucket="photos", Key="a")
        assert list(cos.events) == []


def test_each_key_of_delete_objects_sends_one_also_if_it_was_not_there(cos: FakeCOS, s3: Any) -> None:
    """Recorded aws-event-notifications 5."""
    cos.put_object("photos", "a")
    s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "a"}, {"Key": "b"}], "Quiet": True})
    s3.delete_object(Bucket="photos", Key="c")
    assert told(cos) == [("s3:ObjectRemoved:Delete", key) for key in "abc"]


def test_a_version_that_is_deleted_for_good_sends_delete_and_its_id(cos: FakeCOS, s3: Any) -> None:
    """Documented: aws-event-notifications 13."""
    enable_versions(s3)
    version = s3.put_object(Bucket="photos", Key="a")["VersionId"]
    marker = s3.delete_object(Bucket="photos", Key="a")["VersionId"]
    s3.delete_object(Bucket="photos", Key="a", VersionId=version)
    s3.delete_object(Bucket="photos", Key="a", VersionId=marker)
    assert [(event.name.removeprefix("s3:"), event.version_id) for event in cos.events] == [
        ("ObjectCreated:Put", version),
        ("ObjectRemoved:DeleteMarkerCreated", marker),
        ("ObjectRemoved:Delete", version),
        ("ObjectRemoved:Delete", marker),
    ]
    assert [event.record["s3"]["object"]["versionId"] for event in cos.events] == [version, marker, version, marker]


def test_a_failed_request_sends_nothing(cos: FakeCOS, s3: Any) -> None:
    """Documented: aws-event-notifications 13."""
    with pytest.raises(ClientError, match="BadDigest"):
        s3.put_object(Bucket="photos", Key="a", Body=b"x", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA==")
    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.put_object_tagging(Bucket="photos", Key="a", Tagging={"TagSet": []})
    assert list(cos.events) == []


def test_a_key_of_delete_objects_that_is_refused_sends_nothing(cos: FakeCOS, s3: Any) -> None:
    cos.put_object("photos", "a")
    cos.put_object("photos", "b")
    objects = [{"Key": "a", "ETag": '"0"'}, {"Key": "b"}]
    answer = s3.delete_objects(Bucket="photos", Delete={"Objects": objects})
    assert [each["Key"] for each in answer["Errors"]] == ["a"]
    assert told(cos) == [("s3:ObjectRemoved:Delete", "b")]


def test_a_request_whose_answer_is_lost_sends_its_event(cos: FakeCOS, s3: Any) -> None:
    cos.inject("PutObject", transport=Transport.READ_TIMEOUT, when=When.STORED)
    no_retries = cos.client(config=_once())
    with pytest.raises(ReadTimeoutError):
        no_retries.put_object(Bucket="photos", Key="a")
    assert told(cos) == [("s3:ObjectCreated:Put", "a")]


def _once() -> Any:
    from botocore.config import Config

    return Config(retries={"max_attempts": 0})


def test_what_is_arranged_by_hand_sends_nothing(cos: FakeCOS) -> None:
    cos.put_object("photos", "a")
    assert list(cos.events) == []


def test_an_acl_that_stays_the_same_sends_nothing(cos: FakeCOS, s3: Any) -> None:
    """Recorded aws-event-notifications 7: private, public-read, a grant, a document."""
    s3.delete_bucket_ownership_controls(Bucket="photos")
    s3.delete_public_access_block(Bucket="photos")
    s3.put_object(Bucket="photos", Key="a")
    named = {"Bucket": "photos", "Key": "a"}
    s3.put_object_acl(**named, ACL="private")
    assert told(cos) == [("s3:ObjectCreated:Put", "a")]
    cos.events.clear()
    s3.put_object_acl(**named, ACL="public-read")
    s3.put_object_acl(**named, ACL="public-read")
    s3.put_object_acl(**named, GrantRead='uri="http://acs.amazonaws.com/groups/s3/LogDelivery"')
    assert told(cos) == 2 * [("s3:ObjectAcl:Put", "a")]


def test_annotations_and_retention_send_events(cos: FakeCOS, s3: Any) -> None:
    """Documented, and public: aws-event-notifications 19, 20."""
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    configure(s3, "s3:ObjectRetention:Put", "s3:ObjectAnnotation:*", bucket="locked")
    s3.put_object(Bucket="locked", Key="a")
    named = {"Bucket": "locked", "Key": "a"}
    s3.put_object_annotation(**named, AnnotationName="note", AnnotationPayload=b"text")
    s3.delete_object_annotation(**named, AnnotationName="note")
    s3.put_object_retention(**named, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": "2100-01-01T00:00:00Z"})
    put, delete, retention = (event.record for event in cos.events)
    assert put["s3"]["objectAnnotation"].keys() == {"name", "size", "eTag"}
    assert delete["s3"]["objectAnnotation"] == {"name": "note"}
    assert retention["objectRetentionEventData"] == {
        "mode": "GOVERNANCE",
        "retainUntilDate": "2100-01-01T00:00:00.000Z",
    }


def test_a_type_of_later_is_not_supported_before_its_day() -> None:
    with FakeCOS(as_of="2026-09-07") as cos:
        cos.create_bucket("photos")
        with pytest.raises(ClientError, match="The event is not supported for notifications"):
            configure(cos.client(), "s3:ObjectRetention:Put")
        assert cos.client().get_bucket_notification_configuration(Bucket="photos").keys() == {"ResponseMetadata"}


# --- as time passes -------------------------------------------------------------------------------------------


def test_a_restore_sends_post_then_completed_then_delete(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"x", StorageClass="GLACIER")
    s3.restore_object(Bucket="photos", Key="a", RestoreRequest={"Days": 1})
    assert told(cos)[-1] == ("s3:ObjectRestore:Post", "a")
    cos.advance(hours=1)
    assert told(cos)[-1] == ("s3:ObjectRestore:Post", "a")
    cos.advance(hours=6)
    cos.advance()
    assert told(cos)[-1] == ("s3:ObjectRestore:Completed", "a")
    cos.advance(days=3)
    cos.advance(days=3)
    assert [name for name, _ in told(cos)] == [
        "s3:ObjectCreated:Put",
        *("s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete"),
    ]
    about = cos.events[2].record["glacierEventData"]["restoreEventData"]
    assert about["lifecycleRestoreStorageClass"] == "GLACIER"
    assert cos.events[2].record["eventTime"] < about["lifecycleRestorationExpiryTime"]
    assert len({sequencer(event) for event in cos.events}) == 1  # public: aws-event-notifications 12
    assert "glacierEventData" not in cos.events[3].record  # documented: only of Completed


def test_a_restore_that_is_extended_completes_once(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"x", StorageClass="GLACIER")
    for _ in range(2):
        s3.restore_object(Bucket="photos", Key="a", RestoreRequest={"Days": 2})
        cos.advance(hours=12)
    assert [name for name, _ in told(cos)].count("s3:ObjectRestore:Completed") == 1


def test_a_lifecycle_sends_expiration_and_transition_and_no_removal(cos: FakeCOS, s3: Any) -> None:
    """Documented: aws-event-notifications 13, 14."""
    put_rule(s3, Expiration={"Days": 60}, Transitions=[{"Days": 30, "StorageClass": "GLACIER"}])
    s3.put_object(Bucket="photos", Key="a", Body=bytes(200_000))
    cos.advance(days=40)
    cos.advance(days=40)
    assert told(cos)[1:] == [("s3:LifecycleTransition", "a"), ("s3:LifecycleExpiration:Delete", "a")]
    moved = cos.events[1].record
    assert moved["lifecycleEventData"] == {"transitionEventData": {"destinationStorageClass": "GLACIER"}}
    assert moved["userIdentity"] == {"principalId": "s3.amazonaws.com"}
    assert cos.events[1].time < cos.events[2].time


def test_a_lifecycle_with_versions_sends_marker_and_then_delete(cos: FakeCOS, s3: Any) -> None:
    enable_versions(s3)
    put_rule(s3, Expiration={"Days": 10}, NoncurrentVersionExpiration={"NoncurrentDays": 10})
    version = s3.put_object(Bucket="photos", Key="a")["VersionId"]
    cos.advance(days=12)
    (marker,) = s3.list_object_versions(Bucket="photos")["DeleteMarkers"]
    cos.advance(days=12)
    found = [(event.name, event.version_id) for event in cos.events][1:3]
    assert found == [
        ("s3:LifecycleExpiration:DeleteMarkerCreated", marker["VersionId"]),
        ("s3:LifecycleExpiration:Delete", version),
    ]
    assert cos.events[1].record["eventTime"].endswith("T00:00:00.000Z")


def test_a_rule_that_is_put_later_does_nothing_before_that(cos: FakeCOS, s3: Any) -> None:
    # because: a consumer that sorts by eventTime would see a deletion before its rule, and before later writes
    enable_versions(s3)
    s3.put_object(Bucket="photos", Key="old")
    cos.advance(days=30)
    put = s3.put_object(Bucket="photos", Key="new")["ResponseMetadata"]["HTTPHeaders"]["date"]
    put_rule(s3, Expiration={"Days": 1})
    cos.advance(days=3)
    expired = [event for event in cos.events if event.name == "s3:LifecycleExpiration:DeleteMarkerCreated"]
    assert [event.key for event in expired] == ["old", "new"]
    markers = s3.list_object_versions(Bucket="photos")["DeleteMarkers"]
    assert min(marker["LastModified"] for marker in markers) >= parsedate_to_datetime(put)
    assert min(event.time for event in expired) >= parsedate_to_datetime(put)


# --- to whom --------------------------------------------------------------------------------------------------


def test_every_kind_of_destination_gets_its_own_message(cos: FakeCOS, s3: Any) -> None:
    document = {
        "TopicConfigurations": [{"Id": "t", "TopicArn": TOPIC, "Events": ["s3:ObjectCreated:Put"]}],
        "QueueConfigurations": [{"Id": "q", "QueueArn": QUEUE, "Events": ["s3:ObjectCreated:Copy"]}],
        "LambdaFunctionConfigurations": [
            {"Id": "l", "LambdaFunctionArn": FUNCTION, "Events": ["s3:ObjectRemoved:*", "s3:ObjectTagging:Put"]}
        ],
    }
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration=document, SkipDestinationValidation=True
    )
    s3.put_object(Bucket="photos", Key="a")
    s3.copy_object(Bucket="photos", Key="b", CopySource="photos/a")
    s3.put_object_tagging(Bucket="photos", Key="b", Tagging={"TagSet": []})
    s3.delete_object(Bucket="photos", Key="a")
    assert [(event.destination, event.configuration_id) for event in cos.events] == [
        *((TOPIC, "t"), (QUEUE, "q"), (FUNCTION, "l"), (FUNCTION, "l")),
    ]
    assert {event.record["s3"]["configurationId"] for event in cos.events} == {"t", "q", "l"}


@pytest.mark.parametrize(
    ("rules", "key", "is_sent"),
    [
        ({"prefix": "in/"}, "in/a.zip", True),
        ({"PREFIX": "in/", "Suffix": ".zip"}, "in/a.zip", True),
        ({"prefix": "in/", "suffix": ".zip"}, "in/a.ZIP", False),
        ({"prefix": "in/"}, "out/in/a", False),
        ({"suffix": ".zip"}, "a.zip/b", False),
        ({"prefix": "my+photos/"}, "my photos/a", True),  # documented: aws-event-notifications 21
        ({"prefix": "a%2Bb/"}, "a+b/c", True),
        ({"prefix": "*"}, "a", False),
    ],
)
def test_a_filter_is_for_the_key_as_it_is(
    cos: FakeCOS, s3: Any, *, rules: dict[str, str], key: str, is_sent: bool
) -> None:
    configure(s3, "s3:ObjectCreated:*", **rules)
    s3.put_object(Bucket="photos", Key=key)
    assert told(cos) == ([("s3:ObjectCreated:Put", key)] if is_sent else [])


def test_the_configuration_of_that_moment_counts(cos: FakeCOS, s3: Any) -> None:
    s3.put_object(Bucket="photos", Key="a")
    s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration={})
    s3.put_object(Bucket="photos", Key="b")
    assert told(cos) == [("s3:ObjectCreated:Put", "a")]


def test_the_tags_of_aws_services_are_in_the_message_and_no_others(cos: FakeCOS, s3: Any) -> None:
    """Documented: aws-event-notifications 18."""
    cos.store.buckets["photos"].tags = {"aws:cloudformation:stack-name": "shop", "team": "a"}
    s3.put_object(Bucket="photos", Key="a")
    assert cos.events[0].record["s3"]["bucket"]["awsGeneratedTags"] == {"aws:cloudformation:stack-name": "shop"}


def test_users_and_other_accounts_are_named_by_their_ids(cos: FakeCOS, s3: Any) -> None:
    """Documented: IAM identifiers. The same principal has the same id, another one another."""
    alice = cos.account("123456789012").user("alice")
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::photos/*",
    }
    s3.delete_public_access_block(Bucket="photos")
    s3.put_bucket_policy(Bucket="photos", Policy=json.dumps({"Version": "2012-10-17", "Statement": [allow]}))
    for client in (s3, alice.client(), alice.client(), cos.account("123456789012").user("bob").client()):
        client.put_object(Bucket="photos", Key="a")
    root, first, second, bob = (event.record["userIdentity"]["principalId"] for event in cos.events)
    assert root == "AWS:123456789012"
    assert first == second != bob
    assert first.startswith("AWS:AIDA")


# --- in which order -------------------------------------------------------------------------------------------


def test_sequencers_grow_with_each_write_of_a_key(cos: FakeCOS, s3: Any) -> None:
    """Documented: aws-event-notifications 13. Of one length, they are compared as texts."""
    enable_versions(s3)
    for _ in range(20):
        s3.put_object(Bucket="photos", Key="a")
        s3.delete_object(Bucket="photos", Key="a")
    found = [sequencer(event) for event in cos.events]
    assert found == sorted(set(found))
    assert {len(each) for each in found} == {18}


def test_sequencers_have_the_order_in_which_writes_took_effect(cos: FakeCOS) -> None:
    clients = [cos.client() for _ in range(4)]

    def write(number: int) -> None:
        for turn in range(25):
            clients[number].put_object(Bucket="photos", Key="a", Body=f"{number} {turn}".encode())

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = max(cos.events, key=sequencer)
    assert len({sequencer(event) for event in cos.events}) == 100
    assert last.record["s3"]["object"]["eTag"] == cos.bucket("photos").objects["a"].etag


# --- looking --------------------------------------------------------------------------------------------------


def test_events_are_filtered_shown_and_cleared(cos: FakeCOS, s3: Any) -> None:
    for key in ("in/a.jpg", "in/b.png"):
        s3.put_object(Bucket="photos", Key=key)
    s3.delete_object(Bucket="photos", Key="in/a.jpg")
    assert [event.key for event in cos.events.filter("s3:ObjectCreated:*", key="*.jpg")] == ["in/a.jpg"]
    assert len(cos.events.filter("s3:ObjectRemoved:Delete", bucket="photos", destination=QUEUE)) == 1
    assert len(cos.events.filter(bucket="others")) == 0
    lines = cos.events.table(width=120).splitlines()
    assert lines[0].split() == ["#", "time", "event", "where", "destination", "configuration"]
    assert lines[3].split()[2:] == ["s3:ObjectRemoved:Delete", "photos/in/a.jpg", "sqs", "queue", "all"]
    assert repr(cos.events) == "<Events: 3 events: s3:ObjectCreated:Put 2, s3:ObjectRemoved:Delete 1>"
    assert str(cos.events[0]) == f"s3:ObjectCreated:Put photos/in/a.jpg -> {QUEUE}"
    assert cos.events.table(1, width=120).splitlines()[0] == "(2 earlier events are not shown)"
    cos.events.clear()
    assert (str(cos.events), len(cos.bucket("photos").objects)) == ("(no events)", 1)


def test_a_reset_forgets_events_and_a_restore_too(cos: FakeCOS, s3: Any) -> None:
    before = cos.snapshot()
    s3.put_object(Bucket="photos", Key="a")
    cos.restore(before)
    assert list(cos.events) == []
    s3.put_object(Bucket="photos", Key="a")
    assert len(cos.events) == 1  # the configuration was restored with the bucket
    cos.reset()
    assert list(cos.events) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda events: events.filter("s3:ObjectCreate:Put"), "did you mean s3:ObjectCreated:Put?"),
        (lambda events: events.filter("ObjectRemoved:*"), "write 's3:ObjectRemoved:*'"),
        (lambda events: events.filter(bucket=3), 'such as bucket="photos"'),
        (lambda events: events.filter(name="s3:*"), "name each family"),
        (lambda events: events.filter(keys="a"), "there is no keyword 'keys'; did you mean key?"),
        (lambda events: events["s3:ObjectCreated:*"], "cos.events.filter('s3:ObjectCreated:*')"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(cos: FakeCOS, wrong: Any, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        wrong(cos.events)
    assert says in str(caught.value)
