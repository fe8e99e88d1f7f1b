"""Clients that a fake makes stay bound to it: after it has stopped they raise UsageError, and reach nobody."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

STOPPED = r"not active any more.*never reaches the real S3"
MAKERS: dict[str, Callable[[FakeCOS], Any]] = {
    "client": lambda cos: cos.client(),
    "client of another region": lambda cos: cos.client(region_name="eu-west-1"),
    "client of an endpoint": lambda cos: cos.client(
        endpoint_url="https://s3.us-south.cloud-object-storage.appdomain.cloud"
    ),
    "resource": lambda cos: cos.resource().meta.client,
    "account": lambda cos: cos.account("222222222222").client(),
    "keys of its own": lambda cos: cos.client(aws_access_key_id="OWN", aws_secret_access_key="secret"),
}


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Callable[[FakeCOS], Any]:
    """Each way to get a client from a fake."""
    return MAKERS[request.param]


def test_the_client_of_a_stopped_fake_raises_usage_error(make: Callable[[FakeCOS], Any]) -> None:
    with FakeCOS() as cos:
        client = make(cos)
        client.list_buckets()
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()
    assert cos.errors == []
    assert cos.request_count == 1


def test_so_does_a_client_that_a_fake_made_which_was_never_started(make: Callable[[FakeCOS], Any]) -> None:
    cos = FakeCOS()
    client = make(cos)
    client.list_buckets()
    cos.stop()
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()


def test_a_client_works_again_when_its_fake_starts_again(make: Callable[[FakeCOS], Any]) -> None:
    with FakeCOS() as cos:
        client = make(cos)
    with cos:
        client.list_buckets()
        assert cos.request_count == 1
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()
    cos.attach(client)
    client.list_buckets()
    cos.detach(client)
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()


def test_no_other_fake_answers_the_client_of_one_that_has_stopped(make: Callable[[FakeCOS], Any]) -> None:
    with FakeCOS() as cos:
        client = make(cos)
    with FakeCOS() as other, pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()
    assert other.request_count == 0


def test_a_resource_and_what_it_hands_out_raise_usage_error() -> None:
    with FakeCOS() as cos:
        bucket = cos.resource().Bucket("photos")
        bucket.create()
    with pytest.raises(UsageError, match=STOPPED):
        bucket.put_object(Key="a", Body=b"x")
    with pytest.raises(UsageError, match=STOPPED):
        list(bucket.objects.all())


def test_the_client_of_a_user_raises_usage_error() -> None:
    with FakeCOS() as cos:
        client = cos.account("222222222222").user("alice").client()
        with pytest.raises(ClientError, match="AccessDenied"):
            client.list_buckets()
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()


def test_a_client_of_another_service_sends_nothing_either() -> None:
    with FakeCOS(passthrough=["sts"]) as cos:
        client = cos.client("sts")
    with pytest.raises(UsageError, match=STOPPED):
        client.get_caller_identity()
    with cos.serve(), pytest.raises(UsageError, match=STOPPED):
        client.get_caller_identity()


def test_a_client_is_answered_as_long_as_its_fake_is_served() -> None:
    with FakeCOS() as cos:
        client = cos.client()
    with cos.serve(environment=False):
        assert client.list_buckets()["Buckets"] == []
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()


def test_the_first_attempt_raises_whatever_the_retries(make: Callable[[FakeCOS], Any]) -> None:
    with FakeCOS(sleep_between_retries=True) as cos:
        client = make(cos)
    attempts: list[object] = []
    client.meta.events.register("before-send.s3", lambda request, **_: attempts.append(request))
    with pytest.raises(UsageError, match=STOPPED):
        client.list_buckets()
    assert len(attempts) == 1


@pytest.mark.parametrize("preferred", ["auto", "crt"])
def test_a_transfer_does_not_go_round_through_the_crt_client(monkeypatch: pytest.MonkeyPatch, preferred: str) -> None:
    # because: it would ignore everything that stands on the client, and reach the real S3
    def create(client: Any, config: object) -> None:
        client._get_credentials()
        pytest.fail("a transfer of the CRT was about to be made")

    with FakeCOS() as cos:
        client = cos.client()
        assert client._get_credentials().access_key == "FAKECOSACCESSKEY"
    transfer = sys.modules["boto3.s3.transfer"]
    monkeypatch.setattr(transfer, "_should_use_crt", lambda _: True)
    monkeypatch.setattr(transfer, "create_crt_transfer_manager", create, raising=False)
    config = TransferConfig(preferred_transfer_client=preferred)
    with pytest.raises(UsageError, match=STOPPED):
        client.upload_fileobj(io.BytesIO(b"x"), "photos", "a", Config=config)


def test_a_client_of_your_own_is_as_it_was(new_client: Callable[..., Any]) -> None:
    with FakeCOS() as cos:
        cos.client()
        client = new_client()
        client.list_buckets()
    assert "_send" not in vars(client._endpoint)
    assert "_send" not in vars(boto3.Session().client("s3", region_name="us-east-1")._endpoint)
