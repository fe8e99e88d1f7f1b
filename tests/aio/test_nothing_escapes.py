"""Nothing that aiobotocore sends leaves the process, and nothing is fetched in order to sign."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.facts.exceptions import EscapedRequestError, UnclaimedRequestError

aiobotocore = pytest.importorskip("aiobotocore")

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]

PHOTO = {"Bucket": "photos", "Key": "cat.jpg"}
KEYS = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "s"}


def session_of(backend: str) -> Any:
    if backend == "httpx":
        from aiobotocore.httpxsession import HttpxSession

        return HttpxSession(timeout=1)
    from aiobotocore.httpsession import AIOHTTPSession

    return AIOHTTPSession(timeout=1)


async def send(backend: str, url: str) -> None:
    from botocore.awsrequest import AWSPreparedRequest
    from botocore.compat import HTTPHeaders

    async with session_of(backend) as session:
        await session.send(AWSPreparedRequest("GET", url, HTTPHeaders(), None, False))


async def test_a_request_that_goes_round_the_hook_is_refused(cos: FakeCOS, backend: str) -> None:
    with pytest.raises(EscapedRequestError):
        await send(backend, "https://photos.s3.amazonaws.com/cat.jpg")
    with pytest.raises(UnclaimedRequestError):
        await send(backend, "https://example.com/")
    assert len(cos.errors) == 2
    cos.errors.clear()


async def test_instance_metadata_is_as_if_it_were_not_there(cos: FakeCOS, backend: str) -> None:
    from botocore.exceptions import ConnectTimeoutError

    with pytest.raises(ConnectTimeoutError):
        await send(backend, "http://169.254.169.254/latest/meta-data/")


async def test_another_service_is_refused_by_its_name(cos: FakeCOS, make: Make) -> None:
    async with make("sqs") as client:
        with pytest.raises(UsageError, match="sqs ListQueues: fakecos answers S3 only"):
            await client.list_queues()
    assert len(cos.errors) == 1
    cos.errors.clear()


async def test_a_service_that_may_pass_goes_to_the_network(
    make: Make, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders

    session = type(session_of(backend))
    seen: list[str] = []

    class Empty(AWSResponse):
        @property
        def content(self) -> Any:
            async def read() -> bytes:
                return b"{}"

            return read()

    async def answer(self: Any, request: Any) -> Any:
        seen.append(request.url)
        return Empty(request.url, 200, HTTPHeaders(), None)

    monkeypatch.setattr(session, "send", answer)
    with FakeCOS(passthrough=["sqs"]):
        async with make("sqs") as client:
            await client.list_queues()
    assert seen == ["https://sqs.us-east-1.amazonaws.com/"]


# --- who signs ------------------------------------------------------------------------------------------


async def test_a_client_made_before_without_credentials_can_sign(make: Make) -> None:
    async with make() as client, FakeCOS() as cos:
        cos.create_bucket("photos")
        await client.put_object(**PHOTO, Body=b"x")
        url = await client.generate_presigned_url("get_object", Params=PHOTO)
        assert "FAKECOSACCESSKEY" in url


async def test_credentials_that_are_fetched_are_not_fetched(make: Make) -> None:
    from aiobotocore.credentials import AioRefreshableCredentials

    async def refresh() -> dict[str, Any]:
        pytest.fail("a role was assumed")

    expired = dt.datetime.now(dt.timezone.utc) - dt.timedelta(hours=1)
    async with make(**KEYS) as client:
        own = AioRefreshableCredentials("role", "s", "t", expired, refresh, "assume-role")
        client._request_signer._credentials = own
        async with FakeCOS() as cos:
            cos.create_bucket("photos")
            await client.put_object(**PHOTO, Body=b"x")
        cos = FakeCOS()
        cos.create_bucket("photos")
        cos.attach(client)
        await client.put_object(**PHOTO, Body=b"x")
        cos.stop()
        assert client._request_signer._credentials is own


async def test_the_environment_is_hermetic(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "of-the-developer")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://elsewhere.example")
    async with FakeCOS(), make(region_name=None) as client:
        assert client.meta.endpoint_url == "https://s3.amazonaws.com"
        assert client.meta.region_name == "us-east-1"
        assert (await client._get_credentials().get_frozen_credentials()).access_key == "FAKECOSACCESSKEY"
