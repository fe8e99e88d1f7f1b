"""moto beside fakecos: which queues, topics and functions there are, is asked of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import FakeCOS
from tests.support.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

moto = pytest.importorskip("moto")
mock_aws = getattr(moto, "mock_aws", None)
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


def notify(**document: Any) -> None:
    boto3.client("s3").put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=document)


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
    url: str = boto3.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return url


def new_topic() -> None:
    boto3.client("sns").create_topic(Name="uploads")


def new_function() -> None:
    role = boto3.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    code = {"ImageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/uploads:1"}
    boto3.client("lambda").create_function(FunctionName="uploads", Role=role, Code=code, PackageType="Image")


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
    boto3.client("sqs").set_queue_attributes(
        QueueUrl=url, Attributes={"Policy": policy("sqs:SendMessage", QUEUE, **altered)}
    )
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
    client = boto3.client("lambda")
    permission = {"Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "FunctionName": "uploads"}
    client.add_permission(StatementId="videos", SourceArn="arn:aws:s3:::videos", **permission)
    said = f"Not authorized to invoke function [{FUNCTION}]"
    with refused(cos, "InvalidArgument", UNABLE, 400, ArgumentName1=f"{FUNCTION}, null", ArgumentValue1=said):
        notify_function()
    client.add_permission(StatementId="photos", SourceArn="arn:aws:s3:::photos", **permission)
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
    boto3.client("s3").put_bucket_notification_configuration(
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
