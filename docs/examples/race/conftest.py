import boto3
import pytest
from fakecos import FakeCOS


@pytest.fixture
def cos():
    with FakeCOS() as cos:
        cos.create_bucket("box")
        yield cos


@pytest.fixture
def s3(cos):
    return boto3.client("s3", "us-east-1")
