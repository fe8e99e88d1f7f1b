import boto3
import pytest
from fakecos import FakeCOS, UsageError
from moto import mock_aws


@mock_aws(config={"core": {"passthrough": {"services": ["s3"]}}})
def test_a_message_for_each_upload():
    with FakeCOS() as cos:
        photos = cos.create_bucket("photos")
        boto3.client("s3").put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
        queue = boto3.client("sqs").create_queue(QueueName="uploads")["QueueUrl"]
        boto3.client("sqs").send_message(QueueUrl=queue, MessageBody="photos/a.jpg")
    assert photos.objects["a.jpg"].body == b"holiday"


def test_moto_may_not_answer_s3():
    with mock_aws(), pytest.raises(UsageError, match="passthrough"):
        FakeCOS().start()
