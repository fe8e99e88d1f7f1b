"""Nothing is fetched in order to sign: roles are not assumed, and API keys are not sent to IAM (wire 3)."""

from __future__ import annotations

import copy
import datetime as dt
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import ibm_botocore.credentials
import pytest
from ibm_botocore.config import Config

from fakecos import FakeCOS
from tests.support.constants import EU_DE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

API_KEY = {
    "ibm_api_key_id": "own-api-key",
    "ibm_service_instance_id": "own-instance",
    "config": Config(signature_version="oauth"),
    "endpoint_url": EU_DE,
}
TOKENS: Any = ibm_botocore.credentials.DefaultTokenManager


@contextmanager
def active(_: object) -> Iterator[FakeCOS]:
    with FakeCOS() as cos:
        yield cos


@contextmanager
def attached(client: Any) -> Iterator[FakeCOS]:
    cos = FakeCOS()
    cos.attach(client)
    yield cos
    cos.stop()


@pytest.fixture(params=[active, attached], ids=["active", "attached"])
def fake_for(request: pytest.FixtureRequest) -> Callable[[Any], Any]:
    """Let a fake answer a client: as the active one, or only that client."""
    answering: Callable[[Any], Any] = request.param
    return answering


def authorization(client: Any) -> list[str]:
    """Return the Authorization headers of the client's requests from now on, in a list that grows."""
    seen: list[str] = []

    def look(request: Any, **_: object) -> None:
        value = request.headers["Authorization"]
        seen.append(value.decode() if isinstance(value, bytes) else value)

    client.meta.events.register("before-send.s3", look)
    return seen


def forbidden() -> dict[str, str]:
    message = "the credentials were refreshed"
    raise AssertionError(message)


def credentials_of(package: ModuleType) -> Any:
    return sys.modules[f"{package.__name__.replace('boto3', 'botocore')}.credentials"]


def client_with(package: ModuleType, credentials: Any) -> Any:
    core = sys.modules[credentials_of(package).__name__.replace("credentials", "session")].Session()
    core._credentials = credentials
    return package.Session(botocore_session=core, region_name="us-east-1").client("s3")


class TestRefreshableCredentials:
    """Of a client that was made before."""

    def expired(self, package: ModuleType) -> Any:
        past = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
        return credentials_of(package).RefreshableCredentials("OWN", "own", "own", past, forbidden, "assume-role")

    def test_are_not_refreshed(self, package: ModuleType, fake_for: Callable[[Any], Any]) -> None:
        own = self.expired(package)
        client = client_with(package, own)
        seen = authorization(client)
        with fake_for(client) as cos:
            cos.create_bucket("photos")
            assert [bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == ["photos"]
            assert "OWN" not in client.generate_presigned_url("list_buckets")
        assert "FAKECOSACCESSKEY" in seen[0]
        assert client._request_signer._credentials is own
        with pytest.raises(AssertionError, match="refreshed"):
            client.list_buckets()

    def test_that_were_never_there_are_not_fetched(self, package: ModuleType, fake_for: Callable[[Any], Any]) -> None:
        client = client_with(package, credentials_of(package).DeferredRefreshableCredentials(forbidden, "sso"))
        with fake_for(client):
            assert client.list_buckets()["Buckets"] == []

    def test_of_a_role_in_a_profile_are_not_asked_for(
        self, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, fake_for: Callable[[Any], Any]
    ) -> None:
        config = tmp_path / "config"
        config.write_text(
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/own\nsource_profile = source\n"
            "[profile source]\naws_access_key_id = OWN\naws_secret_access_key = own\n"
        )
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        client = boto3.Session(region_name="us-east-1").client("s3")
        with fake_for(client):
            assert client.list_buckets()["Buckets"] == []

    def test_of_another_service_that_may_pass_stay_its_own(self) -> None:
        client = boto3.Session(region_name="us-east-1").client("sqs")
        client._request_signer._credentials = self.expired(boto3)
        with FakeCOS(passthrough=["sqs"]), pytest.raises(AssertionError, match="refreshed"):
            client.list_queues()


def test_static_keys_sign_themselves(package: ModuleType, fake_for: Callable[[Any], Any]) -> None:
    client = package.Session().client("s3", "us-east-1", aws_access_key_id="OWN", aws_secret_access_key="own")
    seen = authorization(client)
    with fake_for(client):
        client.list_buckets()
    assert "Credential=OWN/" in seen[0]


class TestApiKey:
    """An IBM account: `ibm_boto3` posts it by `requests`, below every hook of botocore. The rest: tests/auth."""

    def test_gets_a_token_of_the_fake(self, fake_for: Callable[[Any], Any]) -> None:
        client = ibm_boto3.Session().client("s3", **API_KEY)
        seen = authorization(client)
        with fake_for(client) as cos:
            client.create_bucket(Bucket="photos")
            client.put_object(Bucket="photos", Key="a", Body=b"bytes")
            assert client.get_object(Bucket="photos", Key="a")["Body"].read() == b"bytes"
            assert cos.journal.counts["IAMToken"] == 1
        assert {value.partition(" ")[0] for value in seen} == {"Bearer"}
        assert len(set(seen)) == 1
        manager = client._request_signer._credentials.token_manager
        assert manager._get_cache_token() is None
        assert manager._background_thread is None

    def test_is_not_sent_by_a_client_made_while_active(self) -> None:
        with FakeCOS():
            assert ibm_boto3.client("s3", **API_KEY).list_buckets()["Buckets"] == []

    def test_goes_its_way_again_afterwards(self, fake_for: Callable[[Any], Any]) -> None:
        copy.copy(TOKENS("another-api-key"))  # copying leaves a note of Python's own on the class
        before = dict(vars(TOKENS))
        client = ibm_boto3.Session().client("s3", **API_KEY)
        own = client._request_signer._credentials
        with fake_for(client):
            client.list_buckets()
        assert dict(vars(TOKENS)) == before
        assert client._request_signer._credentials is own

        def own_token() -> dict[str, Any]:
            return {"access_token": "own-token", "token_type": "Bearer", "expires_in": 3600}

        own.token_manager.auth_function = own_token
        assert own.token_manager.get_token() == "own-token"
        own.token_manager.stop_refresh_thread()

    def test_is_not_sent_by_the_thread_that_renews_a_token(self) -> None:
        manager = TOKENS("own-api-key", auth_function=forbidden)
        with FakeCOS():
            assert manager._refresh() is None
        with pytest.raises(AssertionError, match="refreshed"):
            manager._refresh()

    def test_a_token_manager_of_ones_own_is_asked(self, fake_for: Callable[[Any], Any]) -> None:
        class Own(ibm_botocore.credentials.TokenManager):  # type: ignore[misc,unused-ignore]
            def get_token(self) -> str:
                return "of-the-test"

            def set_from_config(self, config: object) -> None: ...

        keywords = {"config": API_KEY["config"], "endpoint_url": EU_DE, "token_manager": Own()}
        client = ibm_boto3.Session().client("s3", **keywords)
        seen = authorization(client)
        with fake_for(client):
            client.list_buckets(IBMServiceInstanceId="own")
        assert seen == ["Bearer of-the-test"]


def test_a_package_imported_while_active_sends_no_api_key(run_program: Callable[..., str]) -> None:
    run_program(f"""
        from fakecos import FakeCOS
        with FakeCOS():
            import ibm_boto3
            from ibm_botocore.config import Config
            from ibm_botocore.credentials import DefaultTokenManager
            client = ibm_boto3.client("s3", ibm_api_key_id="own", ibm_service_instance_id="own",
                                      config=Config(signature_version="oauth"), endpoint_url="{EU_DE}")
            assert client.list_buckets()["Buckets"] == []
            assert DefaultTokenManager.get_token.__wrapped__
        assert not hasattr(DefaultTokenManager.get_token, "__wrapped__")
    """)
