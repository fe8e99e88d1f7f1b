import boto3
from botocore.exceptions import EndpointConnectionError
from fakecos import FakeCOS
from fakecos.faults import Transport


def is_there(endpoint_url):
    try:
        boto3.client("s3", endpoint_url=endpoint_url).list_buckets()
    except EndpointConnectionError:
        return False
    return True


@FakeCOS()
def test_any_endpoint_is_answered():
    assert is_there("http://nobody.example")


def test_an_endpoint_that_nobody_serves():
    with FakeCOS() as cos:
        fault = cos.inject("ListBuckets", transport=Transport.DNS, times=None)
        assert not is_there("http://nobody.example")
        assert fault.hits
