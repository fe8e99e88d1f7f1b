import ibm_boto3
import pytest
from ibm_botocore.config import Config

ENDPOINT = "https://s3.eu-de.cloud-object-storage.appdomain.cloud"


@pytest.fixture
def cos_client(fakecos):
    fakecos.create_bucket("photos")
    return ibm_boto3.client(
        "s3",
        ibm_api_key_id="my-api-key",
        ibm_service_instance_id="my-instance",
        config=Config(signature_version="oauth", retries={"total_max_attempts": 1}),
        endpoint_url=ENDPOINT,
    )
