import boto3
import pytest


def start(bucket, key):
    return boto3.client("s3").create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]


@pytest.mark.fakecos(open_uploads="ignore")
def test_start(fakecos):
    fakecos.create_bucket("photos")
    upload_id = start("photos", "a.jpg")
    fakecos.assert_upload_open("photos", "a.jpg", upload_id=upload_id)
