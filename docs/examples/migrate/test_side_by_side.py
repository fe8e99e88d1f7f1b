import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from fakecos import FakeCOS
from moto import mock_aws
from requests_of_s3 import BUCKET, REFUSED

pytestmark = pytest.mark.fakecos(open_uploads="ignore", autouse=False)  # they are left open on purpose
SSE_C_ALLOWED = {
    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
    "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
}


def client():
    s3 = boto3.client("s3", region_name="us-east-1", config=Config(retries={"total_max_attempts": 1}))
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [SSE_C_ALLOWED]})
    return s3


@pytest.mark.parametrize("request_of_s3", REFUSED, ids=lambda request: request.__name__)
@FakeCOS()
def test_fakecos_refuses_as_s3_does(request_of_s3):
    with pytest.raises(ClientError) as refusal:
        request_of_s3(client())
    assert refusal.value.response["Error"]["Code"] == REFUSED[request_of_s3]


@pytest.mark.parametrize("request_of_s3", REFUSED, ids=lambda request: request.__name__)
@mock_aws
def test_moto_answers_200(request_of_s3):
    request_of_s3(client())
