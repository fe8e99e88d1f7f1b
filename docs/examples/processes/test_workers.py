import boto3
import pytest


@pytest.mark.parametrize("key", ["a", "b", "c", "d"])
def test_upload(fakecos, key):
    photos = fakecos.create_bucket("photos")
    boto3.client("s3").put_object(Bucket="photos", Key=key, Body=b"holiday")
    assert list(photos.objects) == [key]
