import pytest
import requests
from conftest import ENDPOINT
from fakecos.faults import Http, Transport, iam_error
from freezegun import freeze_time
from ibm_botocore.exceptions import CredentialRetrievalError


def test_the_token_is_fetched_first(fakecos, cos_client):
    cos_client.put_object(Bucket="photos", Key="a", Body=b"1")
    assert [exchange.operation for exchange in fakecos.journal] == ["IAMToken", "PutObject"]


def test_a_wrong_api_key(fakecos, cos_client):
    fakecos.inject("IAMToken", http=iam_error("BXNIM0415E"), times=3)
    with pytest.raises(CredentialRetrievalError, match="Provided API key could not be found"):
        cos_client.put_object(Bucket="photos", Key="a", Body=b"1")
    fakecos.assert_no_object("photos", "a")


@pytest.mark.fakecos(credentials={"ibm_api_key_id": "another-api-key"})
def test_an_api_key_that_is_not_valid(cos_client):
    with pytest.raises(CredentialRetrievalError, match="BXNIM0415E"):
        cos_client.put_object(Bucket="photos", Key="a", Body=b"1")


def test_iam_is_in_trouble_for_a_moment(fakecos, cos_client):
    fakecos.inject("IAMToken", outcomes=[Http(429), Http(503)])
    cos_client.put_object(Bucket="photos", Key="a", Body=b"1")
    assert [exchange.status for exchange in fakecos.journal] == [429, 503, 200, 200]


def test_iam_cannot_be_reached(fakecos, cos_client):
    fakecos.inject("IAMToken", transport=Transport.CONNECT_TIMEOUT, times=3)
    with pytest.raises(requests.ConnectTimeout):
        cos_client.put_object(Bucket="photos", Key="a", Body=b"1")


@freeze_time("2026-05-04 10:30:00")
def test_a_token_is_renewed_in_time(fakecos, cos_client):
    cos_client.list_buckets()
    fakecos.advance(minutes=50)
    cos_client.list_buckets()
    assert fakecos.journal.counts["IAMToken"] == 2


@freeze_time("2026-05-04 10:30:00")
def test_a_token_that_has_expired_is_refused(fakecos):
    form = {"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": "my-api-key"}
    token = requests.post("https://iam.cloud.ibm.com/identity/token", data=form, timeout=5).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}", "ibm-service-instance-id": "my-instance"}
    assert requests.get(ENDPOINT, headers=headers, timeout=5).status_code == 200
    fakecos.advance(hours=1)
    late = requests.get(ENDPOINT, headers=headers, timeout=5)
    assert (late.status_code, "AccessDenied" in late.text) == (403, True)
