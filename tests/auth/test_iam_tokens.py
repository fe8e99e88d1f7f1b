"""Tokens of IBM's IAM as ibm_boto3 fetches, renews and uses them (ibm-cos 5)."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import ibm_botocore.credentials
import pytest
from freezegun import freeze_time
from ibm_botocore.exceptions import ClientError, CredentialRetrievalError

from fakecos import FakeCOS, UsageError
from tests.auth.conftest import manager_of, operations
from tests.support.constants import EU_DE

if TYPE_CHECKING:
    from collections.abc import Callable

CREDENTIALS: Any = ibm_botocore.credentials


def test_a_token_is_fetched_once_and_signs_every_request(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    client = make_client()
    client.put_object(Bucket="photos", Key="a", Body=b"hello")
    assert client.get_object(Bucket="photos", Key="a")["Body"].read() == b"hello"
    assert operations(cos) == ["IAMToken", "PutObject", "GetObject"]


def test_the_journal_shows_no_secret(cos: FakeCOS, make_client: Callable[..., Any], clock: Any) -> None:
    client = make_client()
    client.list_buckets()
    clock.tick(3601)
    client.list_buckets()
    first, _, second, _ = cos.journal
    assert (first.status, first.bucket, first.error) == (200, None, None)
    assert dict(first.parameters) == {
        "grant_type": "urn:ibm:params:oauth:grant-type:apikey",
        "response_type": "cloud_iam",
        "apikey": "(redacted)",
    }
    assert dict(second.parameters) == {
        "grant_type": "refresh_token",
        "response_type": "cloud_iam",
        "refresh_token": "(redacted)",
    }
    assert "own-api-key" not in repr(list(cos.journal))


# ibm-cos 5.5: a thread renews it when a quarter of its life is left
@pytest.mark.parametrize(("seconds", "tokens"), [(0, 1), (2690, 1), (2710, 2), (3599, 2), (3600, 2), (90_000, 2)])
def test_a_token_is_renewed_by_the_frozen_clock(
    cos: FakeCOS, make_client: Callable[..., Any], clock: Any, seconds: int, tokens: int
) -> None:
    client = make_client()
    client.list_buckets()
    clock.tick(seconds)
    client.list_buckets()
    assert operations(cos).count("IAMToken") == tokens


def test_advance_renews_it_too(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    client = make_client()
    client.list_buckets()
    cos.advance(hours=2)
    client.list_buckets()
    assert operations(cos) == ["IAMToken", "ListBuckets", "IAMToken", "ListBuckets"]


def test_no_thread_is_started(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    before = threading.active_count()
    make_client().list_buckets()
    assert threading.active_count() == before


def test_another_endpoint_for_tokens_is_answered_too(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    client = make_client(ibm_auth_endpoint="https://tokens.example.com/oidc/own?tenant=1")
    assert client.list_buckets()["Buckets"]
    assert operations(cos) == ["IAMToken", "ListBuckets"]


def test_a_proxy_is_not_asked_for_a_token(cos: FakeCOS) -> None:
    import ibm_boto3
    from ibm_botocore.config import Config

    config = Config(signature_version="oauth", proxies={"https": "http://proxy.example.com:8080"})
    client = ibm_boto3.client(
        "s3", ibm_api_key_id="own", ibm_service_instance_id="own", endpoint_url=EU_DE, config=config
    )
    assert client.list_buckets()["Buckets"]


def test_threads_share_one_token(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    client = make_client()
    threads = [threading.Thread(target=client.list_buckets) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert operations(cos).count("IAMToken") == 1
    assert operations(cos).count("ListBuckets") == 8


def end_of(manager: Any) -> Any:
    """Return when the token of a manager ends, as lithops finds it out."""
    return manager._expiry_time


class TestAManagerMadeBefore:
    """With a real token, or none: the fake neither uses nor loses it."""

    def real(self, client: Any) -> Any:
        manager = manager_of(client)
        manager._set_cache_token("real-token", "real-refresh-token", "Bearer", 3600)
        return manager

    def test_a_real_token_is_not_used_and_still_there_afterwards(self, make_client: Callable[..., Any]) -> None:
        client = make_client()
        manager = self.real(client)
        seen: list[str] = []
        client.meta.events.register(
            "before-send.s3", lambda request, **_: seen.append(request.headers["Authorization"])
        )
        with FakeCOS() as cos:
            client.list_buckets()
            assert dict(cos.journal[0].parameters)["grant_type"] == "urn:ibm:params:oauth:grant-type:apikey"
        assert seen
        assert "real-token" not in str(seen)
        assert (manager._token, manager._refresh_token) == ("real-token", "real-refresh-token")
        assert manager.get_token() == "real-token"

    def test_it_is_not_renewed_meanwhile(self, make_client: Callable[..., Any]) -> None:
        manager = self.real(make_client())
        with FakeCOS() as cos, freeze_time("2040-01-01"):
            assert manager._refresh() is None
            assert not len(cos.journal)

    def test_it_tells_when_a_token_of_the_fake_ends(self, make_client: Callable[..., Any], clock: Any) -> None:
        manager = manager_of(make_client())
        with FakeCOS():
            assert end_of(manager) is None
            manager.get_token()
            left = end_of(manager) - datetime.now(timezone.utc)
            assert left == timedelta(hours=1)
        assert end_of(manager) is None
        assert "_expiry_time" not in vars(CREDENTIALS.DefaultTokenManager)

    def test_it_keeps_the_end_of_a_real_token(self, make_client: Callable[..., Any], clock: Any) -> None:
        manager = self.real(make_client())
        end = manager._expiry_time
        with FakeCOS():
            clock.tick(60)
            manager.get_token()
            assert manager._expiry_time == end
        assert manager._expiry_time == end

    def test_no_token_of_a_fake_is_left_behind(self, make_client: Callable[..., Any]) -> None:
        client = make_client()
        with FakeCOS():
            client.list_buckets()
        assert manager_of(client)._get_cache_token() is None
        assert manager_of(client)._background_thread is None

    def test_each_fake_gives_its_own(self, make_client: Callable[..., Any]) -> None:
        client = make_client()
        outer = FakeCOS()
        with outer:
            client.list_buckets()
            with FakeCOS() as inner:
                client.list_buckets()
                assert operations(inner) == ["IAMToken", "ListBuckets"]
            client.list_buckets()
            assert operations(outer) == ["IAMToken", "ListBuckets", "ListBuckets"]
        with outer:
            client.list_buckets()
            assert operations(outer) == ["IAMToken", "ListBuckets"]

    def test_an_attached_client_asks_its_own_fake(self, make_client: Callable[..., Any], clock: Any) -> None:
        client, cos = make_client(), FakeCOS()
        self.real(client)
        cos.attach(client)
        with FakeCOS() as other:
            client.list_buckets()
            assert not len(other.journal)
        clock.tick(4000)
        client.list_buckets()
        assert operations(cos) == ["IAMToken", "ListBuckets", "IAMToken", "ListBuckets"]
        cos.stop()
        assert manager_of(client)._token == "real-token"

    def test_a_function_of_ones_own_is_asked(self, cos: FakeCOS, make_client: Callable[..., Any]) -> None:
        def own() -> dict[str, Any]:
            return {"access_token": "of-the-test", "token_type": "Bearer", "expires_in": 3600}

        client = make_client()
        manager_of(client).auth_function = own
        assert client.list_buckets()["Buckets"]
        assert operations(cos) == ["ListBuckets"]

    def test_a_delegated_token_is_given(self, cos: FakeCOS) -> None:
        manager = CREDENTIALS.DelegatedTokenManager("own-api-key", receiver_client_ids="key-protect")
        assert manager.get_token().count(".") == 2
        assert cos.journal[0].parameters["response_type"] == "delegated_refresh_token"


class TestValidKeys:
    """Of a fake that was told them."""

    def test_a_valid_key_gets_a_token(self, make_client: Callable[..., Any]) -> None:
        for valid in ("own-api-key", ["another", "own-api-key"]):
            with FakeCOS(credentials={"ibm_api_key_id": valid}):
                make_client().list_buckets()

    def test_another_key_does_not(self, make_client: Callable[..., Any]) -> None:
        client = make_client()
        with FakeCOS(credentials={"ibm_api_key_id": "another"}) as cos:
            with pytest.raises(CredentialRetrievalError, match=r"HttpCode\(400\).*could not be found.*BXNIM0415E"):
                client.create_bucket(Bucket="photos")
            assert [(exchange.operation, exchange.status, exchange.error) for exchange in cos.journal] == [
                ("IAMToken", 400, "BXNIM0415E")
            ] * 3  # ibm-cos 5.3: three attempts
            assert not cos.store.buckets

    def test_a_token_that_nobody_gave_is_refused(self, make_client: Callable[..., Any]) -> None:
        client = make_client()
        manager_of(client).auth_function = lambda: {"access_token": "x", "token_type": "Bearer", "expires_in": 3600}
        with FakeCOS(credentials={"ibm_api_key_id": "own-api-key"}) as cos:
            with pytest.raises(ClientError) as caught:
                client.create_bucket(Bucket="photos")
            assert not cos.store.buckets
        assert caught.value.response["Error"] == {"Code": "AccessDenied", "Message": "Access Denied"} | {
            name: value for name, value in caught.value.response["Error"].items() if name not in {"Code", "Message"}
        }
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403

    @pytest.mark.parametrize("credentials", [{}, "own-api-key", ["own-api-key"]])
    def test_anything_else_is_a_mistake(self, credentials: object) -> None:
        with pytest.raises(UsageError, match="ibm_api_key_id"):
            FakeCOS(credentials=credentials)  # type: ignore[arg-type]


def test_an_expired_token_is_refused_by_the_clock(cos: FakeCOS, make_client: Callable[..., Any], clock: Any) -> None:
    # what users of IBM's SDKs have reported (public)
    client = make_client()
    client.list_buckets()
    kept = client._request_signer._credentials.token_manager.get_token()
    client._request_signer._credentials.token_manager = Held(kept)
    client.list_buckets()
    clock.tick(3600)
    with pytest.raises(ClientError, match="AccessDenied") as caught:
        client.put_object(Bucket="photos", Key="a", Body=b"x")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert not cos.store.buckets["photos"].objects


class Held(CREDENTIALS.TokenManager):  # type: ignore[misc,unused-ignore]
    """A token manager of the user's own, which never renews."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_token(self) -> str:
        return self.token
