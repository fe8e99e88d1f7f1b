import boto3
import pytest
from fakecos import FakeCOS


@pytest.fixture
def store():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        yield cos


@pytest.mark.fakecos(open_uploads="error", autouse=False)
def test_nothing_is_left_open(store):
    boto3.client("s3").put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    assert store.request_count == 1
