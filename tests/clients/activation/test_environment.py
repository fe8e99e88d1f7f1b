"""The hermetic environment and the default sessions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

OWN = {
    "AWS_ACCESS_KEY_ID": "AKIAOWN",
    "AWS_SECRET_ACCESS_KEY": "own",
    "AWS_SESSION_TOKEN": "own",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_PROFILE": "work",
    "AWS_ENDPOINT_URL": "http://own.example",
    "AWS_ENDPOINT_URL_S3": "http://own.example",
    "AWS_CA_BUNDLE": "/own/bundle.pem",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/own",
    "AWS_WEB_IDENTITY_TOKEN_FILE": "/own/token",
    "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/own",
    "IBM_API_KEY_ID": "own",
}


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's machine."""
    config = tmp_path / "config"
    config.write_text("[profile work]\nregion = ap-south-1\nendpoint_url = http://own.example\n")
    for name, value in {**OWN, "AWS_CONFIG_FILE": str(config)}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("own_environment")
def test_nothing_of_the_developer_reaches_a_client(package: ModuleType) -> None:
    before = dict(os.environ)
    with FakeCOS():
        client = package.client("s3")
        assert client.meta.region_name == "us-east-1"
        assert "own.example" not in client.meta.endpoint_url
        credentials = client._get_credentials() if hasattr(client, "_get_credentials") else None
        assert credentials is None or credentials.access_key != "AKIAOWN"
        assert not [name for name, value in os.environ.items() if value in OWN.values()]
        client.list_buckets()
    assert dict(os.environ) == before


@pytest.mark.usefixtures("own_environment")
def test_code_that_reads_the_files_of_aws_itself_finds_none() -> None:
    """Source: dvc-s3 3.3 asks whether AWS_CONFIG_FILE exists, and then hands it to `load_config` of botocore."""
    with FakeCOS():
        files = [Path(os.environ[name]) for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")]
        assert not [file for file in files if file.exists()]
        assert boto3.Session().available_profiles == []


@pytest.mark.usefixtures("own_environment")
def test_keep_environment_keeps_it() -> None:
    before = dict(os.environ)
    with FakeCOS(keep_environment=True):
        assert dict(os.environ) == before
        assert boto3.client("s3").meta.region_name == "eu-central-1"


def test_variables_that_the_code_under_test_changes_are_put_back() -> None:
    with FakeCOS():
        os.environ["AWS_PROFILE"] = "left behind"
        del os.environ["AWS_REGION"]
    assert "AWS_PROFILE" not in os.environ
    assert "AWS_REGION" not in os.environ


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_addresses_and_keys_that_the_code_under_test_sets_are_gone(order: tuple[int, int]) -> None:
    before = dict(os.environ)
    fakes = [FakeCOS().start()]
    os.environ["AWS_ENDPOINT_URL_S3"] = "http://outer.example"
    os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://outer.example"
    fakes.append(FakeCOS().start())
    assert "AWS_ENDPOINT_URL_S3" not in os.environ
    os.environ["AWS_ENDPOINT_URL_S3"] = "http://inner.example"
    os.environ["AWS_ENDPOINT_URL_STS"] = "http://inner.example"
    os.environ["IBM_API_KEY_ID"] = "of the test"
    fakes[order[0]].stop()
    if order == (1, 0):
        assert os.environ["AWS_ENDPOINT_URL_S3"] == "http://outer.example"
        assert "AWS_ENDPOINT_URL_STS" not in os.environ
    fakes[order[1]].stop()
    assert dict(os.environ) == before


@pytest.mark.usefixtures("own_environment")
def test_the_developers_own_addresses_come_back_whatever_the_code_under_test_set() -> None:
    before = dict(os.environ)
    with FakeCOS(), FakeCOS():
        os.environ["AWS_ENDPOINT_URL_S3"] = "http://test.example"
        os.environ["AWS_ENDPOINT_URL_STS"] = "http://test.example"
    assert dict(os.environ) == before


def test_the_region_that_a_test_sets_while_active_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeCOS():
        assert boto3.client("s3").meta.region_name == "us-east-1"
        with monkeypatch.context() as patch:
            patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
            assert boto3.client("s3").meta.region_name == "eu-west-1"


def test_credentials_that_a_test_sets_while_active_are_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeCOS(), monkeypatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "ACCESSKEYOFTHETEST")
        assert "ACCESSKEYOFTHETEST" in boto3.client("s3").generate_presigned_url("list_buckets")
    with FakeCOS():
        assert "ACCESSKEYOFTHETEST" not in boto3.client("s3").generate_presigned_url("list_buckets")


def test_the_default_session_comes_back_and_no_dummy_survives(package: ModuleType) -> None:
    package.setup_default_session(region_name="eu-west-3")
    own = package.DEFAULT_SESSION
    with FakeCOS():
        package.client("s3").list_buckets()
        assert package.DEFAULT_SESSION is not own
    assert package.DEFAULT_SESSION is own
    assert own.get_credentials() is None


def test_a_default_session_that_was_not_there_is_not_there_again(package: ModuleType) -> None:
    with FakeCOS():
        package.client("s3")
        assert package.DEFAULT_SESSION is not None
    assert package.DEFAULT_SESSION is None
    assert package.Session().get_credentials() is None


def test_models_are_loaded_once_for_all_fakes(package: ModuleType) -> None:
    sessions = []
    for _ in range(2):
        with FakeCOS():
            package.client("s3")
            sessions.append(package.DEFAULT_SESSION)
    assert sessions[0] is sessions[1]


def test_a_handler_registered_on_the_default_session_ends_with_the_fake() -> None:
    seen: list[str] = []

    def listen(event_name: str, **_: object) -> None:
        seen.append(event_name)

    with FakeCOS():
        boto3.client("s3")
        assert boto3.DEFAULT_SESSION is not None
        boto3.DEFAULT_SESSION.events.register("before-call.s3", listen)
        boto3.client("s3").list_buckets()
    assert len(seen) == 1
    with FakeCOS():
        boto3.client("s3").list_buckets()
    assert len(seen) == 1


class TestClientsMadeBefore:
    """They sign, answered or not, whatever they lacked; and lack it again afterwards."""

    def test_without_credentials_can_sign(self, new_client: Callable[..., Any]) -> None:
        client = new_client()
        with FakeCOS():
            assert client.list_buckets()["Buckets"] == []
            assert "Signature" in client.generate_presigned_url("list_buckets")
        with pytest.raises(Exception, match="Unable to locate credentials"):
            client.list_buckets()

    def test_unsigned_stays_unsigned(self, package: ModuleType, new_client: Callable[..., Any]) -> None:
        core = __import__("botocore" if package is boto3 else "ibm_botocore")
        config = __import__(f"{core.__name__}.config").config.Config(signature_version=core.UNSIGNED)
        sent = []
        with FakeCOS():
            client = new_client(config=config)
            client.meta.events.register_last("before-send.s3", lambda request, **_: sent.append(dict(request.headers)))
            with pytest.raises(Exception, match="AccessDenied"):
                client.list_buckets()
        assert "Authorization" not in sent[0]

    def test_with_an_endpoint_and_a_profile_are_answered(self, new_client: Callable[..., Any]) -> None:
        client = new_client(endpoint_url="http://minio.example:9000", aws_access_key_id="a", aws_secret_access_key="b")
        with FakeCOS() as cos:
            cos.create_bucket("photos")
            assert [bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == ["photos"]
