"""Two fakes side by side: a client bound to one fake needs no global patch."""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING, Any

import boto3
import botocore.endpoint
import pytest

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


ENDPOINTS: Any = botocore.endpoint
ENDPOINT: Any = ENDPOINTS.Endpoint


def names(client: Any) -> list[str]:
    return [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]


def test_each_client_talks_to_its_own_fake(new_client: Callable[..., Any]) -> None:
    before = ENDPOINT._send
    east, west = FakeCOS(), FakeCOS()
    east.create_bucket("in-the-east")
    west.create_bucket("in-the-west")
    one, other = new_client(), new_client()
    east.attach(one)
    west.attach(other)
    assert names(one) == ["in-the-east"]
    assert names(other) == ["in-the-west"]
    assert ENDPOINT._send is before
    with FakeCOS():
        assert names(one) == ["in-the-east"]
    east.stop()
    west.detach(other)
    for client in (one, other):
        assert "_send" not in vars(client._endpoint)
        assert client._request_signer._credentials is None


def test_a_client_with_credentials_keeps_its_own(new_client: Callable[..., Any]) -> None:
    client = new_client(aws_access_key_id="OWN", aws_secret_access_key="own")
    cos = FakeCOS()
    cos.attach(client)
    assert "OWN" in client.generate_presigned_url("list_buckets")
    cos.detach(client)
    assert client._request_signer._credentials.access_key == "OWN"


def test_a_resource_can_be_attached() -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    resource = boto3.Session().resource("s3", region_name="us-east-1")
    cos.attach(resource)
    assert [bucket.name for bucket in resource.buckets.all()] == ["photos"]
    cos.stop()


def test_attaching_again_changes_nothing_and_to_another_fake_is_told(new_client: Callable[..., Any]) -> None:
    client, cos = new_client(), FakeCOS()
    cos.attach(client)
    cos.attach(client)
    with pytest.raises(UsageError, match="another fake"):
        FakeCOS().attach(client)
    cos.detach(client)
    with pytest.raises(UsageError, match="not attached"):
        cos.detach(client)


@pytest.mark.parametrize("wrong", [object(), "client"])
def test_only_s3_clients_can_be_attached(wrong: object) -> None:
    with pytest.raises(UsageError, match="Only S3 clients"):
        FakeCOS().attach(wrong)
    with FakeCOS() as cos, pytest.raises(UsageError, match="Only S3 clients"):
        cos.attach(boto3.client("sqs"))


def test_stop_detaches_and_tells(new_client: Callable[..., Any]) -> None:
    cos = FakeCOS()
    client = new_client()
    cos.attach(client)
    cos._active.record(UsageError("told"))
    with pytest.raises(UsageError, match="told"):
        cos.stop()
    assert "_send" not in vars(client._endpoint)


def test_the_client_of_a_fake_that_is_not_active_is_attached() -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    assert names(cos.client()) == ["photos"]
    assert [bucket.name for bucket in cos.resource().buckets.all()] == ["photos"]
    assert cos.client(region_name="eu-west-1").meta.region_name == "eu-west-1"
    cos.stop()


def test_the_client_of_an_active_fake_follows_the_innermost() -> None:
    with FakeCOS() as outer:
        client = outer.client()
        with FakeCOS() as inner:
            inner.create_bucket("inner")
            assert names(client) == ["inner"]
        assert names(client) == []
    with FakeCOS(keep_environment=True) as cos:
        assert names(cos.client()) == []


def test_a_fake_that_is_dropped_with_its_client_leaves_no_patch_on() -> None:
    def dropped() -> None:
        cos = FakeCOS()
        cos.create_bucket("photos")
        assert names(cos.client()) == ["photos"]
        assert ENDPOINTS.time is not time

    dropped()
    gc.collect()
    with FakeCOS():
        pass
    assert ENDPOINTS.time is time
    assert [finder for finder in sys.meta_path if type(finder).__module__.startswith("fakecos.")] == []


def test_the_patches_stay_on_for_an_attached_client_while_others_come_and_go() -> None:
    cos = FakeCOS()
    client = cos.client()
    with FakeCOS():
        pass
    gc.collect()
    cos.inject("ListBuckets", error="SlowDown", times=2)
    assert names(client) == []
    assert ENDPOINTS.time is not time
    cos.stop()
    assert ENDPOINTS.time is time
