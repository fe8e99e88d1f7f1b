import boto3
import pytest
from fakecos import FakeCOS


@pytest.fixture
def real_client():
    """A client of the real service: here a second fake stands for it, so that the example needs no account."""
    with FakeCOS().serve(tls=True, environment=False) as server:
        yield boto3.session.Session(
            aws_access_key_id="AKIAEXAMPLEEXAMPLE", aws_secret_access_key="secret", region_name="us-east-1"
        ).client("s3", endpoint_url=server.endpoint_url, verify=server.ca_bundle)
