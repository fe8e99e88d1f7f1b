"""Events that arrive twice, late, or in another order, as a test says; and the message that tries a destination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, FakecosWarning, UnfiredFaultError, UsageError
from fakecos.contract.steps.refused import refused
from tests.notifications.conftest import QUEUE, told

if TYPE_CHECKING:
    from collections.abc import Callable

CREATED = "s3:ObjectCreated:Put"
TOPIC = QUEUE.replace("sqs", "sns")


def put(s3: Any, *keys: str) -> None:
    for key in keys:
        s3.put_object(Bucket="photos", Key=key, Body=b"1")


def keys(cos: FakeCOS) -> list[str]:
    return [event.key for event in cos.events]


# --- twice, late, out of order: documented, at least once and in no order (aws-event-notifications 25) ---


def test_an_event_arrives_as_often_as_it_is_said(cos: FakeCOS, s3: Any) -> None:
    fault = cos.inject_events("s3:ObjectCreated:*", copies=3)
    put(s3, "a", "b")
    assert keys(cos) == ["a", "a", "a", "b"]
    assert cos.events[0] == cos.events[1]
    assert (fault.hits, fault.seen) == (1, 2)


def test_a_late_event_arrives_when_its_time_has_passed(cos: FakeCOS, s3: Any) -> None:
    cos.inject_events(CREATED, prefix="a", delay=60)
    cos.inject_events(CREATED, prefix="b", delay=20)
    put(s3, "a", "b", "c")
    assert keys(cos) == ["c"]
    happened = cos.events[0].time
    cos.advance(seconds=30)
    assert keys(cos) == ["c", "b"]
    cos.advance(seconds=60)
    assert keys(cos) == ["c", "b", "a"]
    assert abs((cos.events[-1].time - happened).total_seconds()) < 20  # its own time stays when it happened


def test_late_events_that_are_due_together_arrive_by_their_times(cos: FakeCOS, s3: Any) -> None:
    cos.inject_events(CREATED, prefix="a", delay=60)
    cos.inject_events(CREATED, prefix="b", delay=20)
    put(s3, "a", "b")
    cos.advance(hours=1)
    assert keys(cos) == ["b", "a"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("sent", ["a", "b", "c"]),
        ("reversed", ["c", "b", "a"]),
        ([2, 0, 1], ["c", "a", "b"]),
        ((0, 1, 2), ["a", "b", "c"]),
    ],
)
def test_held_events_arrive_in_the_order_that_is_said(cos: FakeCOS, s3: Any, order: Any, expected: list[str]) -> None:
    cos.inject_events(hold=True, times=None)
    put(s3, "a", "b", "c")
    cos.advance(days=1)
    assert keys(cos) == []
    assert cos.deliver_events(order) == 3
    assert keys(cos) == expected
    assert cos.deliver_events() == 0


def test_a_shuffled_order_is_the_same_with_the_same_seed(cos: FakeCOS, s3: Any) -> None:
    found = []
    cos.inject_events(hold=True, times=None)
    for _ in range(2):
        put(s3, *"abcdefgh")
        cos.deliver_events("shuffled", seed=7)
        found.append(keys(cos)[-8:])
    assert found[0] == found[1] != sorted(found[0])


def test_it_happens_to_the_events_that_are_named_and_no_others(cos: FakeCOS, s3: Any) -> None:
    fault = cos.inject_events("s3:ObjectRemoved:*", bucket="photos", prefix="a", suffix=".jpg", hold=True, times=None)
    put(s3, "a.jpg")
    for key in ("a.jpg", "a.png", "b.jpg"):
        s3.delete_object(Bucket="photos", Key=key)
    assert keys(cos) == ["a.jpg", "a.png", "b.jpg"]
    assert told(cos)[0][0] == CREATED
    assert (fault.hits, fault.seen) == (1, 1)
    cos.deliver_events()


def test_the_messages_of_one_event_stay_together(cos: FakeCOS, s3: Any) -> None:
    entries = {
        "QueueConfigurations": [{"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}],
        "EventBridgeConfiguration": {},
    }
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration=entries, SkipDestinationValidation=True
    )
    cos.inject_events(copies=2)
    put(s3, "a")
    assert [event.destination.split(":")[2] for event in cos.events] == ["sqs", "events", "sqs", "events"]


def test_handlers_are_called_twice_late_and_in_another_order_too(cos: FakeCOS, s3: Any) -> None:
    came: list[str] = []
    cos.on_event("s3:ObjectCreated:*", lambda message: came.append(message["Records"][0]["s3"]["object"]["key"]))
    cos.inject_events(prefix="a", copies=2)
    cos.inject_events(prefix="b", delay=60)
    cos.inject_events(prefix="c", hold=True, times=None)
    put(s3, "a", "b", "c1", "c2", "d")
    assert came == ["a", "a", "d"]
    cos.advance(minutes=2)
    assert came == ["a", "a", "d", "b"]
    cos.deliver_events("reversed")
    assert came == ["a", "a", "d", "b", "c2", "c1"] == keys(cos)


def test_what_is_cancelled_happens_no_more(cos: FakeCOS, s3: Any) -> None:
    fault = cos.inject_events(copies=2, times=None)
    put(s3, "a")
    fault.cancel()
    put(s3, "b")
    assert keys(cos) == ["a", "a", "b"]
    assert repr(fault) == "<EventFault inject_events(times=None, copies=2): 1 hits>"


# --- what is told at the end ------------------------------------------------------------------------------


def with_fake(act: Callable[[FakeCOS, Any], None]) -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        s3 = cos.client()
        s3.put_bucket_notification_configuration(
            Bucket="photos", NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        act(cos, s3)


def test_events_that_never_arrived_are_told_when_the_fake_stops() -> None:
    def act(cos: FakeCOS, s3: Any) -> None:
        cos.inject_events(hold=True, times=None)
        put(s3, *"abcdefg")

    said = "7 events were held and never delivered: s3:ObjectCreated:Put of photos/a, .* and 2 more"
    with pytest.warns(FakecosWarning, match=said):
        with_fake(act)


def test_events_that_were_held_at_a_reset_are_told_too() -> None:
    def act(cos: FakeCOS, s3: Any) -> None:
        cos.inject_events(delay=5)
        put(s3, "a")
        cos.reset()

    with pytest.warns(FakecosWarning, match="1 event was held and never delivered: s3:ObjectCreated:Put of photos/a"):
        with_fake(act)


def test_what_never_happened_fails_the_test() -> None:
    def act(cos: FakeCOS, s3: Any) -> None:
        cos.inject_events("s3:ObjectRemoved:*", copies=2)
        cos.inject_events("s3:ObjectAcl:Put", copies=2).cancel()
        put(s3, "a")

    with pytest.raises(UnfiredFaultError) as told:
        with_fake(act)
    assert str(told.value) == (
        "inject_events('s3:ObjectRemoved:*', copies=2) never happened. Events that came: s3:ObjectCreated:Put (1). "
        "Fix the test, or call cancel() on it if it need not happen."
    )


def test_where_no_event_arises_it_says_what_is_missing() -> None:
    fake = FakeCOS().start()
    fake.create_bucket("photos")
    fake.inject_events(copies=2)
    put(fake.client(), "a")
    with pytest.raises(UnfiredFaultError, match="An event arises where a bucket has a notification configuration"):
        fake.stop()


# --- mistakes ---------------------------------------------------------------------------------------------

MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({}, "give one of copies=2, delay=60 and hold=True; this has none of them"),
    ({"copies": 2, "hold": True}, "this has copies= and hold="),
    ({"copies": 0}, "copies=0 is how often an event arrives: 2 or more"),
    ({"copies": "2"}, "copies='2' is how often"),
    ({"delay": -1}, "delay=-1 is not a number of seconds, more than 0"),
    ({"delay": "1m"}, "delay='1m' is not a number of seconds"),
    ({"delay": float("nan")}, "is not a number of seconds"),
    ({"hold": 1}, "hold=1 is not True or False"),
    ({"hold": True, "times": 0}, "times=0 is a number from 1 up, or None for every one"),
    ({"hold": True, "bucket": 5}, "bucket=5 is not text"),
    ({"hold": True, "prefix": None}, "prefix=None is not text"),
    ({"hold": True, "event": "s3:ObjectCreate:*"}, "did you mean s3:ObjectCreated:*?"),
    ({"hold": True, "event": "ObjectCreated:Put"}, "did you mean s3:ObjectCreated:Put?"),
    ({"hold": True, "event": []}, 'the event is a name such as "s3:ObjectCreated:*"'),
    ({"hold": True, "event": None}, 'the event is a name such as "s3:ObjectCreated:*"'),
]


@pytest.mark.parametrize(("given", "said"), MISTAKES, ids=[str(given) for given, _ in MISTAKES])
def test_a_mistake_is_explained_and_nothing_is_set(cos: FakeCOS, s3: Any, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as told:
        cos.inject_events(**given)
    assert said in str(told.value)
    put(s3, "a")
    assert keys(cos) == ["a"]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("reverse", "did you mean reversed?"),
        (None, "an order is 'sent', 'reversed', 'shuffled', or a list of places"),
        ([0], "2 events are held, so that is each of [0, 1], once. 0: s3:ObjectCreated:Put of photos/a; 1:"),
        ([1, 1], "2 events are held"),
        ([0, 2], "2 events are held"),
        (["a", 0], "2 events are held"),
    ],
    ids=str,
)
def test_an_order_that_is_none_is_explained_and_all_stay_held(cos: FakeCOS, s3: Any, order: Any, said: str) -> None:
    cos.inject_events(hold=True, times=None)
    put(s3, "a", "b")
    with pytest.raises(UsageError) as told:
        cos.deliver_events(order)
    assert said in str(told.value)
    assert cos.deliver_events() == 2


# --- the test message: documented, aws-event-notifications 22 and 25 ---------------------------------------


def tries(cos: FakeCOS) -> list[str]:
    return [event.destination for event in cos.events if event.name == "s3:TestEvent"]


def test_each_queue_and_topic_is_tried_once_and_no_function(cos: FakeCOS, s3: Any) -> None:
    document = {
        "TopicConfigurations": [{"Id": "t", "TopicArn": TOPIC, "Events": ["s3:ObjectAcl:Put"]}],
        "QueueConfigurations": [
            {"Id": "q", "QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]},
            {"Id": "q2", "QueueArn": QUEUE, "Events": ["s3:ObjectRemoved:*"]},
        ],
        "LambdaFunctionConfigurations": [
            {
                "LambdaFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                "Events": ["s3:ObjectTagging:*"],
            }
        ],
        "EventBridgeConfiguration": {},
    }
    answer = s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=document)
    assert tries(cos) == [TOPIC, QUEUE]
    event = cos.events[0]
    assert list(event.document) == ["Service", "Event", "Time", "Bucket", "RequestId", "HostId"]
    assert event.document == {
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": event.document["Time"],
        "Bucket": "photos",
        "RequestId": answer["ResponseMetadata"]["RequestId"],
        "HostId": answer["ResponseMetadata"]["HostId"],
    }
    assert event.document["Time"].endswith("Z")
    assert (event.bucket, event.key, event.version_id, event.configuration_id) == ("photos", "", None, "t")


def test_a_refused_configuration_tries_nobody(cos: FakeCOS, s3: Any) -> None:
    # law 1: a refused request changes nothing
    other = QUEUE.replace("123456789012", "999999999999")
    entries = [
        {"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]},
        {"QueueArn": other, "Events": ["s3:ObjectRemoved:*"]},
    ]
    with refused(cos, "InvalidArgument"):
        s3.put_bucket_notification_configuration(
            Bucket="photos", NotificationConfiguration={"QueueConfigurations": entries}
        )
    assert tries(cos) == []


def test_without_validation_and_without_destinations_nobody_is_tried(cos: FakeCOS, s3: Any) -> None:
    # assumed: the test message is the validation
    entry = {"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration={"QueueConfigurations": [entry]}, SkipDestinationValidation=True
    )
    s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration={})
    assert tries(cos) == []


def test_a_test_message_is_neither_held_nor_doubled(cos: FakeCOS, s3: Any) -> None:
    # our own choice: it says that the configuration was taken
    cos.inject_events(hold=True, times=None).cancel()
    cos.inject_events(copies=2, times=None).cancel()
    fault = cos.inject_events(copies=2, times=None)
    entry = {"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}
    s3.put_bucket_notification_configuration(
        Bucket="photos", NotificationConfiguration={"QueueConfigurations": [entry]}
    )
    assert tries(cos) == [QUEUE]
    fault.cancel()
