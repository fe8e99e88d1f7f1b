import boto3
import pytest
from botocore.exceptions import ClientError
from fakecos import Limits

pytestmark = pytest.mark.fakecos(limits=Limits(max_part_size=1000))


def upload_part(body):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="photos")
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="a")["UploadId"]
    upload = {"Bucket": "photos", "Key": "a", "UploadId": upload_id}
    try:
        s3.upload_part(**upload, PartNumber=1, Body=body)
    finally:
        s3.abort_multipart_upload(**upload)


def test_a_part_that_is_too_large():
    with pytest.raises(ClientError, match="EntityTooLarge"):
        upload_part(b"1" * 1001)


@pytest.mark.fakecos(limits=Limits(max_part_size=2000))
def test_the_nearest_marker_wins():
    upload_part(b"1" * 1001)
