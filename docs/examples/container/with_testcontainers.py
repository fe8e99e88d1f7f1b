"""A fake in a container of its own, for tests that run on the host. Not run where fakecos is tested: see the page."""

import time
import urllib.request

import boto3
import pytest
from testcontainers.core.container import DockerContainer

ADDRESS = "http://127.0.0.1:9000"


def wait_until_it_answers(seconds=30):
    end = time.monotonic() + seconds
    while not answers():
        assert time.monotonic() < end, f"nobody answers at {ADDRESS}"
        time.sleep(0.1)


def answers():
    try:
        urllib.request.urlopen(ADDRESS, timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def s3():
    # The host's own network, so that its 127.0.0.1 is the container's: on Linux, and where Docker Desktop allows it.
    with DockerContainer("fakecos-server").with_kwargs(network_mode="host"):
        wait_until_it_answers()
        yield boto3.client("s3", endpoint_url=ADDRESS, aws_access_key_id="dummy", aws_secret_access_key="dummy")


def test_an_upload(s3):
    s3.create_bucket(Bucket="photos")
    s3.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    assert s3.get_object(Bucket="photos", Key="a.jpg")["Body"].read() == b"holiday"
