import json

import boto3
import pytest
from botocore.exceptions import ClientError
from fakecos import FakeCOS
from moto import mock_aws

BESIDE = {"core": {"passthrough": {"services": ["s3"]}}}
QUEUE = "arn:aws:sqs:us-east-1:123456789012:uploads"


def notify(**configuration):
    boto3.client("s3").put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=configuration)


def received(queue):
    answer = boto3.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


@mock_aws(config=BESIDE)
def test_an_upload_arrives_in_the_queue():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        queue = boto3.client("sqs").create_queue(QueueName="uploads")["QueueUrl"]
        notify(QueueConfigurations=[{"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}])
        boto3.client("s3").put_object(Bucket="photos", Key="red flower.jpg", Body=b"holiday")
        test, created = received(queue)
    assert test["Event"] == "s3:TestEvent"
    assert created["Records"][0]["s3"]["object"]["key"] == "red+flower.jpg"


@mock_aws(config=BESIDE)
def test_a_queue_that_moto_does_not_have():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        with pytest.raises(ClientError, match="Unable to validate the following destination"):
            notify(QueueConfigurations=[{"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}])


def test_without_moto():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.create_destination(QUEUE)
        notify(QueueConfigurations=[{"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}])
        with pytest.raises(ClientError, match="Unable to validate the following destination"):
            notify(QueueConfigurations=[{"QueueArn": f"{QUEUE}-eu", "Events": ["s3:ObjectCreated:*"]}])


def test_events_for_eventbridge():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        notify(EventBridgeConfiguration={})
        boto3.client("s3").put_object(Bucket="photos", Key="red flower.jpg", Body=b"holiday")
        event = cos.events[-1].document
    assert (event["source"], event["detail-type"]) == ("aws.s3", "Object Created")
    assert event["detail"]["object"]["key"] == "red flower.jpg"


@pytest.fixture
def cos():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        notify(QueueConfigurations=[{"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}])
        yield cos


def keys(cos):
    return [event.key for event in cos.events if event.name == "s3:ObjectCreated:Put"]


def put(*names):
    for name in names:
        boto3.client("s3").put_object(Bucket="photos", Key=name, Body=b"holiday")


def test_an_event_comes_twice(cos):
    cos.inject_events("s3:ObjectCreated:*", copies=2)
    put("a.jpg", "b.jpg")
    assert keys(cos) == ["a.jpg", "a.jpg", "b.jpg"]


def test_an_event_is_late(cos):
    cos.inject_events("s3:ObjectCreated:*", delay=60)
    put("a.jpg", "b.jpg")
    assert keys(cos) == ["b.jpg"]
    cos.advance(minutes=1)
    assert keys(cos) == ["b.jpg", "a.jpg"]


def test_events_come_in_another_order(cos):
    cos.inject_events("s3:ObjectCreated:*", hold=True, times=None)
    put("a.jpg", "b.jpg", "c.jpg")
    assert keys(cos) == []
    cos.deliver_events(order="reversed")
    assert keys(cos) == ["c.jpg", "b.jpg", "a.jpg"]
