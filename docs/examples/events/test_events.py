import boto3
import pytest
import thumbnails

QUEUE = "arn:aws:sqs:us-east-1:123456789012:uploads"


@pytest.fixture
def photos(fakecos):
    """Two buckets: of pictures, and of small ones."""
    fakecos.create_bucket("photos-small")
    return fakecos.create_bucket("photos")


def test_an_upload_makes_a_small_picture(fakecos, photos):
    fakecos.on_event("s3:ObjectCreated:*", thumbnails.handler, bucket="photos", suffix=".jpg")
    boto3.client("s3").put_object(Bucket="photos", Key="summer 2026/beach.jpg", Body=b"p" * 1000)
    fakecos.assert_object("photos-small", "summer 2026/beach.jpg", body=b"p" * 100)


def test_what_is_deleted_is_noted(fakecos, photos):
    deleted = []

    @fakecos.on_event(["s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"], bucket="photos")
    def note(event):
        deleted.append(event["Records"][0]["eventName"])

    boto3.client("s3").delete_object(Bucket="photos", Key="beach.jpg")
    assert deleted == ["ObjectRemoved:Delete"]


def test_what_is_sent_to_the_queue(fakecos, photos):
    configure(boto3.client("s3"))
    boto3.client("s3").put_object(Bucket="photos", Key="in/a b.jpg", Body=b"holiday")
    boto3.client("s3").put_object(Bucket="photos", Key="out/a b.jpg", Body=b"holiday")
    test, event = fakecos.events  # S3 tries a queue when it is configured
    assert test.name == "s3:TestEvent"
    assert (event.name, event.key, event.destination) == ("s3:ObjectCreated:Put", "in/a b.jpg", QUEUE)
    assert event.record["s3"]["object"]["key"] == "in/a+b.jpg"
    assert event.record["s3"]["object"]["size"] == 7


def configure(s3):
    """Set up what the infrastructure does elsewhere: uploads below in/ are told to a queue."""
    rule = {"Name": "prefix", "Value": "in/"}
    s3.put_bucket_notification_configuration(
        Bucket="photos",
        NotificationConfiguration={
            "QueueConfigurations": [
                {"QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": [rule]}}}
            ]
        },
    )


def test_the_handler_runs_when_time_brings_the_event(fakecos, photos):
    restored = []
    fakecos.on_event("s3:ObjectRestore:Completed", restored.append)
    s3 = boto3.client("s3")
    s3.put_object(Bucket="photos", Key="a.raw", Body=b"raw", StorageClass="GLACIER")
    s3.restore_object(Bucket="photos", Key="a.raw", RestoreRequest={"Days": 2})
    assert restored == []
    fakecos.advance(hours=6)
    restore = restored[0]["Records"][0]["glacierEventData"]["restoreEventData"]
    assert restore["lifecycleRestoreStorageClass"] == "GLACIER"
