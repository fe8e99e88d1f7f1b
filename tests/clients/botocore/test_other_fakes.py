"""moto beside fakecos: which queues, topics and functions there are is asked of it, and events are sent there."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

import botocore.session
import pytest

from fakecos import FakeCOS, FakecosWarning
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

moto = pytest.importorskip("moto")
mock_aws: Any = getattr(moto, "mock_aws", None)
pytest.importorskip("moto.core.models")
pytestmark = pytest.mark.skipif(mock_aws is None, reason="moto 4 has no mock of all services")

BESIDE = {"core": {"passthrough": {"services": ["s3"]}}}
UNABLE = "Unable to validate the following destination configurations"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:uploads"
TOPIC = "arn:aws:sns:us-east-1:123456789012:uploads"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:uploads"
CREATED = ["s3:ObjectCreated:*"]
NOT_ALLOWED = "Permissions on the destination {} do not allow S3 to publish notifications from this bucket"


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with mock_aws(config=BESIDE), FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos


SESSION = botocore.session.Session()
"""Made after moto was imported, whose handler is one of every session from then on."""


@lru_cache
def client(service: str, region_name: str = "us-east-1") -> Any:
    """Return a client for all tests: to make one takes longer than a test."""
    make: Any = SESSION.create_client
    return make(service, region_name=region_name, aws_access_key_id="a", aws_secret_access_key="b")


def notify(**document: Any) -> None:
    client("s3").put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=document)


def notify_queue(arn: str = QUEUE) -> None:
    notify(QueueConfigurations=[{"Id": "q", "QueueArn": arn, "Events": CREATED}])


def notify_topic(arn: str = TOPIC) -> None:
    notify(TopicConfigurations=[{"Id": "t", "TopicArn": arn, "Events": CREATED}])


def notify_function(arn: str = FUNCTION) -> None:
    notify(LambdaFunctionConfigurations=[{"Id": "f", "LambdaFunctionArn": arn, "Events": CREATED}])


def policy(action: str, arn: str, source: str = "arn:aws:s3:::photos", **statement: Any) -> str:
    """Return the policy of AWS's page on permissions for destinations (documented)."""
    conditions = {"ArnLike": {"aws:SourceArn": source}, "StringEquals": {"aws:SourceAccount": "123456789012"}}
    principal = {"Service": "s3.amazonaws.com"}
    allow = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": arn, "Condition": conditions}
    return json.dumps({"Version": "2012-10-17", "Statement": [{**allow, **statement}]})


def new_queue(name: str = "uploads", **attributes: str) -> str:
    url: str = client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return url


def new_topic() -> None:
    client("sns").create_topic(Name="uploads")


def new_function() -> None:
    role = client("iam").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    code = {"ImageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/uploads:1"}
    client("lambda").create_function(FunctionName="uploads", Role=role, Code=code, PackageType="Image")


def test_a_queue_that_moto_does_not_have_is_refused_and_the_nearest_one_named(cos: FakeCOS) -> None:
    # recorded aws-bucket-configuration 67
    new_queue("uploads-eu")
    with refused(
        cos, "InvalidArgument", UNABLE, 400, ArgumentName1=QUEUE, ArgumentValue1="The destination queue does not exist"
    ):
        notify_queue()
    assert "has only uploads-eu in us-east-1 of 123456789012; did you mean uploads-eu?" in cos.journal.explanations[-1]
    new_queue()
    notify_queue()


def test_a_topic_that_moto_does_not_have_is_refused(cos: FakeCOS) -> None:
    # as a queue, recorded aws-bucket-configuration 67; of a topic: assumed
    with refused(
        cos, "InvalidArgument", UNABLE, 400, ArgumentName1=TOPIC, ArgumentValue1="The destination topic does not exist"
    ):
        notify_topic()
    assert "has no topic in us-east-1 of 123456789012: create it there first." in cos.journal.explanations[-1]
    new_topic()
    notify_topic()


def test_a_function_that_moto_does_not_have_is_refused(cos: FakeCOS) -> None:
    # recorded aws-bucket-configuration 69
    said = f"Not authorized to invoke function [{FUNCTION}]"
    with refused(cos, "InvalidArgument", UNABLE, 400, ArgumentName1=f"{FUNCTION}, null", ArgumentValue1=said):
        notify_function()
    new_function()
    notify_function()


def test_a_queue_of_another_account_is_looked_for_there(cos: FakeCOS) -> None:
    # documented: a queue of another account needs a policy, and nothing else
    new_queue()
    arn = QUEUE.replace("123456789012", "999999999999")
    with refused(
        cos, "InvalidArgument", UNABLE, 400, ArgumentName1=arn, ArgumentValue1="The destination queue does not exist"
    ):
        notify_queue(arn)


@pytest.mark.parametrize(
    "altered",
    [
        {"source": "arn:aws:s3:::videos"},
        {"Principal": {"Service": "sns.amazonaws.com"}},
        {"Action": "sqs:ReceiveMessage"},
        {"Resource": QUEUE + "x"},
        {"Effect": "Deny"},
        {"Condition": {"StringEquals": {"aws:SourceAccount": "999999999999"}}},
        {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
    ],
    ids=str,
)
def test_a_policy_that_does_not_let_s3_send_is_refused(cos: FakeCOS, altered: dict[str, Any]) -> None:
    # documented: S3 verifies that it may publish; the words: public
    url = new_queue(Policy=policy("sqs:SendMessage", QUEUE))
    notify_queue()
    client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy("sqs:SendMessage", QUEUE, **altered)})
    told = {"ArgumentName1": QUEUE, "ArgumentValue1": NOT_ALLOWED.format("queue")}
    with refused(cos, "InvalidArgument", UNABLE, 400, **told):
        notify_queue()
    assert "its policy does not let s3.amazonaws.com do sqs:SendMessage for photos" in cos.journal.explanations[-1]


def test_a_deny_beside_an_allow_wins(cos: FakeCOS) -> None:
    # documented: an explicit deny wins
    statements = [json.loads(policy("SQS:*", QUEUE, **more))["Statement"][0] for more in ({}, {"Effect": "Deny"})]
    new_queue(Policy=json.dumps({"Statement": statements}))
    told = {"ArgumentName1": QUEUE, "ArgumentValue1": NOT_ALLOWED.format("queue")}
    with refused(cos, "InvalidArgument", UNABLE, 400, **told):
        notify_queue()


def test_a_function_that_another_bucket_may_invoke_is_refused(cos: FakeCOS) -> None:
    # documented: S3 verifies that the permissions of the function let it invoke it; the words: recorded, as above
    new_function()
    permission = {"Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "FunctionName": "uploads"}
    client("lambda").add_permission(StatementId="videos", SourceArn="arn:aws:s3:::videos", **permission)
    said = f"Not authorized to invoke function [{FUNCTION}]"
    with refused(cos, "InvalidArgument", UNABLE, 400, ArgumentName1=f"{FUNCTION}, null", ArgumentValue1=said):
        notify_function()
    client("lambda").add_permission(StatementId="photos", SourceArn="arn:aws:s3:::photos", **permission)
    notify_function()


@pytest.mark.parametrize(
    ("make", "put"), [(new_queue, notify_queue), (new_topic, notify_topic), (new_function, notify_function)]
)
def test_a_destination_without_a_policy_is_taken_with_a_notice(cos: FakeCOS, make: Any, put: Any) -> None:
    # our own choice: S3 refuses it; few tests give moto's queues a policy (operations.md of the decisions)
    make()
    put()
    assert [notice.split(",")[0] for notice in cos.store.notices] == [
        "would be refused by S3: PutBucketNotificationConfiguration"
    ]


def test_moto_is_not_asked_without_validation(cos: FakeCOS) -> None:
    # recorded aws-bucket-configuration 67
    client("s3").put_bucket_notification_configuration(
        Bucket="photos",
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": QUEUE, "Events": CREATED}]},
        SkipDestinationValidation=True,
    )
    assert cos.journal[-1].status == 200


def test_a_service_that_moto_lets_pass_is_not_asked() -> None:
    # our own choice: nobody beside fakecos knows of queues then
    config = {"core": {"passthrough": {"services": ["s3", "sqs"]}}}
    with mock_aws(config=config), FakeCOS() as cos:
        cos.create_bucket("photos")
        notify_queue()
        assert cos.journal[-1].status == 200


# --- what is sent -----------------------------------------------------------------------------------------


def put(key: str = "red flower.jpg") -> None:
    client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")


def received(url: str) -> list[Any]:
    messages = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(message["Body"]) for message in messages]


def test_a_queue_gets_the_test_message_and_each_event(cos: FakeCOS) -> None:
    # documented: aws-event-notifications 13 and 22
    url = new_queue()
    notify_queue()
    put()
    assert received(url) == [event.document for event in cos.events]
    assert [event.name for event in cos.events] == ["s3:TestEvent", "s3:ObjectCreated:Put"]
    assert cos.events[1].record["s3"]["object"]["key"] == "red+flower.jpg"


def test_a_topic_hands_each_event_on(cos: FakeCOS) -> None:
    # recorded aws-bucket-configuration 70: the subject
    url = new_queue("subscribed")
    new_topic()
    client("sns").subscribe(TopicArn=TOPIC, Protocol="sqs", Endpoint=QUEUE.replace("uploads", "subscribed"))
    notify_topic()
    put()
    found = received(url)
    assert [json.loads(each["Message"]) for each in found] == [event.document for event in cos.events]
    assert [(each["Subject"], each["TopicArn"]) for each in found] == [("Amazon S3 Notification", TOPIC)] * 2


def calls_of(service: str, operation: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return what moto's backend is asked, which has neither Docker nor jsonpath_ng here."""
    from moto.awslambda.models import LambdaBackend
    from moto.events.models import EventsBackend

    asked: list[dict[str, Any]] = []

    def ask(self: Any, *args: Any, **named: Any) -> Any:
        asked.append({"args": args, **named})
        return [{"EventId": "1"}] if operation == "put_events" else b""

    monkeypatch.setattr({"lambda": LambdaBackend, "events": EventsBackend}[service], operation, ask)
    return asked


def test_a_function_is_invoked_with_each_event(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    # documented: a function is only asked for its permissions, so it gets no test message
    new_function()
    notify_function()
    asked = calls_of("lambda", "invoke", monkeypatch)
    put()
    (event,) = cos.events
    assert len(asked) == 1
    assert json.loads(next(one for one in asked[0]["args"] if b"Records" in str(one).encode())) == event.document


def test_eventbridge_gets_each_event_of_the_bucket(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    # documented: aws-event-notifications 23
    asked = calls_of("events", "put_events", monkeypatch)
    notify(EventBridgeConfiguration={})
    put()
    client("s3").delete_object(Bucket="photos", Key="red flower.jpg")
    entries = [entry for call in asked for entry in call["args"][0]]
    assert [entry["DetailType"] for entry in entries] == ["Object Created", "Object Deleted"]
    assert [json.loads(entry["Detail"]) for entry in entries] == [event.document["detail"] for event in cos.events]
    assert entries[0]["Source"] == "aws.s3"
    assert entries[0]["Resources"] == ["arn:aws:s3:::photos"]


def test_events_go_to_the_account_and_the_region_of_the_arn(cos: FakeCOS) -> None:
    # documented: a queue may be of another account
    there = client("sqs", region_name="eu-west-1")
    there.meta.events.register(
        "before-call", lambda params, **_: params["headers"].update({"x-moto-account-id": "999999999999"})
    )
    url = there.create_queue(QueueName="theirs")["QueueUrl"]
    cos.create_bucket("videos", region="eu-west-1")
    s3 = client("s3", region_name="eu-west-1")
    entry = {"QueueArn": "arn:aws:sqs:eu-west-1:999999999999:theirs", "Events": CREATED}
    s3.put_bucket_notification_configuration(
        Bucket="videos", NotificationConfiguration={"QueueConfigurations": [entry]}
    )
    s3.put_object(Bucket="videos", Key="a", Body=b"1")
    messages = there.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert len(messages) == 2


def test_an_event_arrives_in_moto_twice_late_or_in_another_order_too(cos: FakeCOS) -> None:
    # documented: at least once, and in no order
    url = new_queue()
    notify_queue()
    received(url)
    cos.inject_events(copies=2, prefix="a")
    cos.inject_events(hold=True, times=2)
    for key in ("a", "b", "c"):
        put(key)
    cos.deliver_events("reversed")
    assert [each["Records"][0]["s3"]["object"]["key"] for each in received(url)] == ["a", "a", "c", "b"]


def test_what_moto_does_not_take_is_told_when_the_fake_stops() -> None:
    # our own choice: as on S3, the request succeeded
    with mock_aws(config=BESIDE):
        fake = FakeCOS().start()
        fake.create_bucket("photos")
        url = new_queue()
        notify_queue()
        client("sqs").delete_queue(QueueUrl=url)
        put()
        assert fake.journal[-1].status == 200
        assert len(fake.events) == 2
        said = f"s3:ObjectCreated:Put of photos/red flower.jpg was not delivered to {QUEUE}: QueueDoesNotExist: .*"
        with pytest.warns(FakecosWarning, match=said):
            fake.stop()


def test_a_module_that_moto_lacks_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # because: "No module named 'jsonpath_ng'" says to nobody that it is moto's
    monkeypatch.setitem(sys.modules, "jsonpath_ng", None)
    with mock_aws(config=BESIDE):
        fake = FakeCOS().start()
        fake.create_bucket("photos")
        events = client("events")
        events.put_rule(Name="all", EventPattern='{"source": ["aws.s3"]}')
        events.put_targets(Rule="all", Targets=[{"Id": "1", "Arn": QUEUE}])
        notify(EventBridgeConfiguration={})
        put()
        with pytest.warns(FakecosWarning, match=r"ModuleNotFoundError: .* pip install 'moto\[events\]'"):
            fake.stop()


def test_without_a_fake_beside_it_nothing_is_sent_and_nothing_told() -> None:
    # our own choice: `cos.events` has them
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        notify_queue()
        notify(EventBridgeConfiguration={})
        put()
        assert len(cos.events) == 2


def test_an_endpoint_that_is_not_this_machine_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    # law 9: nothing escapes, also where a service may pass
    with FakeCOS(passthrough=["sqs", "events"]) as cos:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", "https://sqs.example.com")
        cos.create_bucket("photos")
        notify_queue()
        put()
        assert [event.name for event in cos.events] == ["s3:TestEvent", "s3:ObjectCreated:Put"]


class OneQueue(BaseHTTPRequestHandler):
    """A server that has one queue, `uploads`, and nothing else of SQS."""

    sent: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].partition(".")[2]
        status, answer = 200, {"QueueUrl": f"http://{self.headers['Host']}/123456789012/uploads"}
        if asked.get("QueueName", "uploads") != "uploads":
            status, answer = 400, {"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no such queue"}
        elif operation == "SendMessage":
            self.sent.append(json.loads(asked["MessageBody"]))
            md5 = hashlib.md5(asked["MessageBody"].encode()).hexdigest()  # noqa: S324  as SQS answers
            answer = {"MessageId": "1", "MD5OfMessageBody": md5}
        body = json.dumps({"QueueUrls": []} if operation == "ListQueues" else answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.mark.loopback
def test_a_server_on_this_machine_is_asked_and_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # our own choice: any fake of the service will do
    server = ThreadingHTTPServer(("127.0.0.1", 0), OneQueue)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with FakeCOS(passthrough=["sqs"]) as cos:
            monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", f"http://127.0.0.1:{server.server_port}")
            cos.create_bucket("photos")
            told = {"ArgumentName1": f"{QUEUE}-eu", "ArgumentValue1": "The destination queue does not exist"}
            with refused(cos, "InvalidArgument", UNABLE, 400, **told):
                notify_queue(f"{QUEUE}-eu")
            notify_queue()
            put()
            assert [event.document for event in cos.events] == OneQueue.sent
            assert len(OneQueue.sent) == 2
    finally:
        server.shutdown()
        server.server_close()
