import boto3
import pytest


@pytest.fixture(scope="module")
def arranged(fakecos):
    fakecos.create_bucket("photos")
    for number in range(1000):
        fakecos.put_object("photos", f"2026/{number:04}.jpg", b"holiday")
    return fakecos.snapshot()


@pytest.fixture(autouse=True)
def as_arranged(fakecos, arranged):
    fakecos.restore(arranged)


def test_delete(fakecos):
    boto3.client("s3").delete_object(Bucket="photos", Key="2026/0000.jpg")
    assert len(fakecos.bucket("photos").objects) == 999


def test_put(fakecos):
    boto3.client("s3").put_object(Bucket="photos", Key="2027/0000.jpg", Body=b"snow")
    assert len(fakecos.bucket("photos").objects) == 1001
