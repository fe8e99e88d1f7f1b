"""`cos.on_event`: handlers are called as S3 invokes functions: after the answer, with the message, and alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError
from fakecos.notifications.handlers import MOST
from tests.notifications.conftest import told

Message = dict[str, Any]


@pytest.fixture
def cos() -> Any:
    """A fake with two buckets, neither of which has a configuration."""
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        fake.create_bucket("thumbs")
        yield fake


def key_of(message: Message) -> str:
    found: str = message["Records"][0]["s3"]["object"]["key"]
    return found


# --- who is called --------------------------------------------------------------------------------------------


def test_a_handler_needs_no_configuration(cos: FakeCOS, s3: Any) -> None:
    messages: list[Message] = []
    handler = cos.on_event("s3:ObjectCreated:*", messages.append)
    s3.put_object(Bucket="photos", Key="a b.jpg")
    s3.delete_object(Bucket="photos", Key="a b.jpg")
    assert [key_of(message) for message in messages] == ["a+b.jpg"]
    assert handler.hits == 1
    assert list(cos.events) == []  # of configurations


def test_a_decorator_leaves_the_function_as_it_is(cos: FakeCOS, s3: Any) -> None:
    keys = []

    @cos.on_event("s3:ObjectCreated:Put", bucket="photos", prefix="in/", suffix=".jpg")
    def note(event: Message) -> str:
        keys.append(key_of(event))
        return "noted"

    for bucket, key in (("photos", "in/a.jpg"), ("photos", "in/a.png"), ("photos", "a.jpg"), ("thumbs", "in/a.jpg")):
        s3.put_object(Bucket=bucket, Key=key)
    assert keys == ["in/a.jpg"]
    assert note({"Records": [{"s3": {"object": {"key": "b"}}}]}) == "noted"


def test_a_function_of_lambda_is_given_a_context_too(cos: FakeCOS, s3: Any) -> None:
    calls = []

    def lambda_handler(event: Message, context: object) -> None:
        calls.append((key_of(event), context))

    cos.on_event(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], lambda_handler)
    s3.put_object(Bucket="photos", Key="a")
    s3.delete_object(Bucket="photos", Key="a")
    assert calls == [("a", None), ("a", None)]


def test_a_cancelled_handler_is_called_no_more(cos: FakeCOS, s3: Any) -> None:
    handler = cos.on_event("s3:ObjectCreated:*", lambda _: None)
    s3.put_object(Bucket="photos", Key="a")
    handler.cancel()
    handler.cancel()
    s3.put_object(Bucket="photos", Key="a")
    assert handler.hits == 1
    assert repr(handler) == "<EventHandler <lambda> for s3:ObjectCreated:*: 1 hits>"


def test_handlers_and_destinations_get_messages_of_their_own(cos: FakeCOS, s3: Any) -> None:
    """What a handler does to its message is nobody else's business."""
    seen = []

    def spoil(event: Message) -> None:
        event["Records"].clear()

    cos.on_event("s3:ObjectCreated:*", spoil)
    cos.on_event("s3:ObjectCreated:*", lambda event: seen.append(len(event["Records"])))
    s3.put_object(Bucket="photos", Key="a")
    assert seen == [1]


def test_handlers_stay_when_the_fake_is_reset_or_restored(cos: FakeCOS, s3: Any) -> None:
    before = cos.snapshot()
    handler = cos.on_event("s3:ObjectCreated:*", lambda _: None)
    cos.restore(before)
    s3.put_object(Bucket="photos", Key="a")
    cos.reset()
    cos.create_bucket("photos")
    s3.put_object(Bucket="photos", Key="a")
    assert handler.hits == 2


def test_handlers_are_called_for_what_time_brings(cos: FakeCOS, s3: Any) -> None:
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    s3.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": [rule]})
    gone: list[str] = []
    cos.on_event("s3:LifecycleExpiration:*", lambda event: gone.append(key_of(event)))
    s3.put_object(Bucket="photos", Key="a")
    assert gone == []
    cos.advance(days=3)
    assert gone == ["a"]


def test_a_client_of_ibm_causes_no_events(cos: FakeCOS) -> None:
    """Documented: COS has no such configuration."""
    ibm_boto3 = pytest.importorskip("ibm_boto3")
    handler = cos.on_event("s3:ObjectCreated:*", lambda _: None)
    ibm_boto3.client("s3", endpoint_url="https://s3.eu-de.cloud-object-storage.appdomain.cloud").put_object(
        Bucket="photos", Key="a"
    )
    assert handler.hits == 0


def test_a_served_fake_calls_handlers_too(cos: FakeCOS) -> None:
    boto3 = pytest.importorskip("boto3")
    keys: list[str] = []
    cos.on_event("s3:ObjectCreated:*", lambda event: keys.append(key_of(event)))
    with cos.serve() as server:
        boto3.client("s3", endpoint_url=server.endpoint_url).put_object(Bucket="photos", Key="a")
    assert keys == ["a"]


# --- when -----------------------------------------------------------------------------------------------------


def test_a_handler_runs_after_the_answer_and_may_ask_s3(cos: FakeCOS, s3: Any) -> None:
    seen: list[Any] = []

    @cos.on_event("s3:ObjectCreated:*", bucket="photos")
    def copy(event: Message) -> None:
        seen.append([request.operation for request in cos.journal])
        s3.copy_object(Bucket="thumbs", Key=key_of(event), CopySource=f"photos/{key_of(event)}")

    s3.put_object(Bucket="photos", Key="a", Body=b"x")
    assert seen == [["PutObject"]]
    assert cos.bucket("thumbs").objects["a"].body == b"x"


def test_what_follows_from_a_handler_comes_after_it(cos: FakeCOS, s3: Any) -> None:
    order = []

    @cos.on_event("s3:ObjectCreated:*", bucket="photos")
    def first(event: Message) -> None:
        order.append("first begins")
        s3.put_object(Bucket="thumbs", Key="t")
        order.append("first ends")

    cos.on_event("s3:ObjectCreated:*", lambda _: order.append("second"), bucket="photos")
    cos.on_event("s3:ObjectCreated:*", lambda _: order.append("thumb"), bucket="thumbs")
    s3.put_object(Bucket="photos", Key="a")
    assert order == ["first begins", "first ends", "second", "thumb"]


def test_a_handler_holds_no_lock(cos: FakeCOS, s3: Any) -> None:
    """Another thread may ask while it runs."""
    answered = []

    @cos.on_event("s3:ObjectCreated:*", bucket="photos")
    def wait(event: Message) -> None:
        thread = threading.Thread(target=lambda: answered.append(s3.put_object(Bucket="thumbs", Key="t")))
        thread.start()
        thread.join(10)

    s3.put_object(Bucket="photos", Key="a")
    assert len(answered) == 1


# --- what goes wrong ------------------------------------------------------------------------------------------


def test_what_a_handler_raises_reaches_the_test_and_not_the_client() -> None:
    called: list[Message] = []
    cos = FakeCOS().start()
    cos.create_bucket("photos")

    @cos.on_event("s3:ObjectCreated:*")
    def check(event: Message) -> None:
        raise AssertionError(key_of(event))

    cos.on_event("s3:ObjectCreated:*", called.append)
    cos.client().put_object(Bucket="photos", Key="a")
    assert [str(error) for error in cos.errors] == ["a"]
    with pytest.raises(AssertionError) as caught:
        cos.stop()
    assert len(called) == 1
    assert getattr(caught.value, "__notes__", [""])[-1].endswith("called for s3:ObjectCreated:Put of photos/a")


def test_an_error_of_s3_in_a_handler_does_not_reach_the_client(cos: FakeCOS, s3: Any) -> None:
    cos.on_event("s3:ObjectCreated:*", lambda _: s3.get_object(Bucket="photos", Key="none"))
    s3.put_object(Bucket="photos", Key="a")
    (error,) = cos.errors
    assert isinstance(error, ClientError)
    cos.errors.clear()


def test_a_handler_that_causes_itself_is_stopped_and_explained(cos: FakeCOS, s3: Any) -> None:
    """Documented: Lambda stops such a loop after about 16 invocations."""

    @cos.on_event("s3:ObjectCreated:*", bucket="photos")
    def again(event: Message) -> None:
        s3.put_object(Bucket="photos", Key="b")

    s3.put_object(Bucket="photos", Key="a")
    assert cos.journal.counts["PutObject"] == MOST + 1
    (error,) = cos.errors
    assert isinstance(error, UsageError)
    assert "again for s3:ObjectCreated:* of photos: 16 hits> causes itself" in str(error)
    assert "another bucket, or under another prefix" in str(error)
    cos.errors.clear()
    s3.put_object(Bucket="photos", Key="c")
    assert cos.journal.counts["PutObject"] == 2 * (MOST + 1)
    cos.errors.clear()


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("s3:ObjectCreate:Put", "did you mean s3:ObjectCreated:Put?"),
        ("ObjectCreated:*", "write 's3:ObjectCreated:*'"),
        ("s3:ObjectCreated", "did you mean s3:ObjectCreated:*?"),
        ("s3:*", "S3 has no wildcard 's3:*' for all types"),
        ("s3:TestEvent", "it can be neither configured nor asked for"),
        ("s3:IntelligentTiering", "so the handler would never be called"),
        ("s3:ReducedRedundancyLostObject", "never sends s3:ReducedRedundancyLostObject (no object is lost)"),
        ([], "name a type of event"),
        (["s3:ObjectCreated:*", "s3:Nothing"], "S3 has no type of event 's3:Nothing'"),
        (3, "named by text"),
        (len, 'as in @cos.on_event("s3:ObjectCreated:*")'),
    ],
)
def test_a_type_that_is_none_is_refused(cos: FakeCOS, event: Any, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        cos.on_event(event, lambda _: None)
    assert says in str(caught.value)


async def _awaited(event: Message) -> None: ...


@pytest.mark.parametrize(
    ("arguments", "keywords", "says"),
    [
        ((5,), {}, "a handler is a function that takes the message"),
        ((lambda: None,), {}, "it is called as def handler(event), or def handler(event, context)."),
        ((_awaited,), {}, "a coroutine function is not awaited here"),
        ((print,), {"bucket": 3}, 'such as bucket="photos"'),
        ((print,), {"prefix": None}, 'such as prefix="incoming/"'),
        ((print,), {"sufix": ".jpg"}, "did you mean suffix?"),
    ],
)
def test_a_handler_that_cannot_be_called_is_refused(cos: FakeCOS, arguments: Any, keywords: Any, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        cos.on_event("s3:ObjectCreated:*", *arguments, **keywords)
    assert says in str(caught.value)


def test_a_type_of_later_is_refused_before_its_day() -> None:
    with FakeCOS(as_of="2026-06-15") as cos, pytest.raises(UsageError, match="since 2026-06-16"):
        cos.on_event("s3:ObjectAnnotation:*", print)


@pytest.mark.parametrize(
    "ask",
    [
        lambda cos: cos.on_event("s3:ObjectCreated:*", print),
        lambda cos: cos.inject_events("s3:ObjectCreated:*", copies=2),
        lambda cos: cos.create_destination("arn:aws:sqs:us-east-1:123456789012:uploads"),
    ],
    ids=["on_event", "inject_events", "create_destination"],
)
def test_a_fake_of_cos_has_no_events(ask: Any) -> None:
    with FakeCOS(dialect="ibm") as cos, pytest.raises(UsageError, match="IBM COS sends no event notifications"):
        ask(cos)


# --- explorations and races -----------------------------------------------------------------------------------


def test_an_exploration_calls_handlers_in_each_run_and_keeps_the_events_of_the_run_without_failures(
    cos: FakeCOS, s3: Any
) -> None:
    queue = {"QueueArn": "arn:aws:sqs:us-east-1:123456789012:q", "Events": ["s3:ObjectCreated:*"]}
    document = {"QueueConfigurations": [queue]}
    s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=document)
    handler = cos.on_event(
        "s3:ObjectCreated:*", lambda event: s3.put_object(Bucket="thumbs", Key=key_of(event)), bucket="photos"
    )
    report = cos.explore(lambda: s3.put_object(Bucket="photos", Key="a", Body=b"x") and None, raise_findings=False)
    assert report.runs > 1
    assert handler.hits > 1
    assert told(cos) == [("s3:ObjectCreated:Put", "a")]
    assert cos.errors == []


def test_a_race_leaves_the_events_of_before(cos: FakeCOS, s3: Any) -> None:
    handler = cos.on_event("s3:ObjectCreated:*", lambda _: None)

    def write() -> None:
        s3.put_object(Bucket="photos", Key="a", Body=b"x")

    cos.race(write, write)
    assert handler.hits > 2
    assert list(cos.events) == []


# --- a bucket that is misspelt ----------------------------------------------------------------------------------


def test_a_handler_of_a_misspelt_bucket_is_told_when_the_fake_stops() -> None:
    cos = FakeCOS().start()
    cos.on_event("s3:ObjectCreated:*", print, bucket="phto")
    cos.create_bucket("photos")
    cos.client().put_object(Bucket="photos", Key="a")
    with pytest.raises(UsageError, match=r"bucket='phto'\): the handler was never called, .*did you mean photos\?"):
        cos.stop()


def test_one_of_a_bucket_that_may_come_or_that_went_is_right() -> None:
    # as with a fault for such a bucket, nothing is said before the end: a bucket may be made later
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.on_event("s3:ObjectCreated:*", print, bucket="another")  # like none that is there
        cos.on_event("s3:ObjectCreated:*", print, bucket="phtos").cancel()
        cos.on_event("s3:ObjectCreated:*", print, bucket="photos2")
        s3 = cos.client()
        s3.create_bucket(Bucket="photos2")
        s3.delete_bucket(Bucket="photos2")
    assert cos.errors == []
