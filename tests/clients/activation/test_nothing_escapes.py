"""Nothing escapes (law 9): S3 is never sent, other services are refused by name, credential fetchers give up."""
# ruff: noqa: PT012  the block of the fake is what raises

# ruff: noqa: PT012  the block of the fake is what raises

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import boto3
import botocore.exceptions
import pytest
from boto3.s3 import transfer
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session
from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher

from fakecos import EscapedRequestError, FakeCOS, UnclaimedRequestError, UsageError
from fakecos.clients.streams import WholeBody

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSFER: Any = transfer
SIGNED = "AWS4-HMAC-SHA256 Credential=A/20261122/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def send(url: str, **headers: str) -> Any:
    """Send a request by hand, at the network layer of botocore."""
    return URLLib3Session(timeout=1).send(AWSRequest("GET", url, headers).prepare())


def test_another_service_is_refused_by_name_and_operation() -> None:
    with pytest.raises(UnclaimedRequestError, match=r'^sqs ListQueues: .*passthrough=\["sqs"\]'), FakeCOS():
        boto3.client("sqs").list_queues()


def test_a_service_is_named_as_boto3_names_it() -> None:
    with (
        pytest.raises(UnclaimedRequestError, match=r"^ses ListIdentities"),
        FakeCOS(),
    ):  # its endpoint prefix is "email"
        boto3.client("ses").list_identities()


def test_s3_control_is_not_s3() -> None:
    with pytest.raises(UnclaimedRequestError, match=r"^s3control ListAccessPoints"), FakeCOS():
        boto3.client("s3control").list_access_points(AccountId="123456789012")


@pytest.mark.parametrize("name", ["ses", "email", "SES"])
def test_a_service_that_may_pass_reaches_the_network_layer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def answer(self: object, request: Any) -> AWSResponse:
        sent.append(request.url)
        result = b"<ListIdentitiesResult><Identities/></ListIdentitiesResult>"
        body = b"<ListIdentitiesResponse>" + result + b"</ListIdentitiesResponse>"
        return AWSResponse(request.url, 200, HTTPHeaders(), WholeBody(body))

    monkeypatch.setattr(URLLib3Session, "send", answer)
    with FakeCOS(passthrough=[name]):
        boto3.client("ses").list_identities()
    assert sent == ["https://email.us-east-1.amazonaws.com/"]


def test_a_service_answered_by_somebody_elses_before_send_handler_is_theirs() -> None:
    def answer(request: Any, **_: object) -> AWSResponse:
        return AWSResponse(request.url, 200, HTTPHeaders(), WholeBody(b'{"QueueUrls": ["theirs"]}'))

    with FakeCOS():
        client = boto3.client("sqs")
        client.meta.events.register("before-send.sqs", answer)
        assert client.list_queues()["QueueUrls"] == ["theirs"]


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("https://photos.s3.amazonaws.com/key", {}),
        ("https://s3.eu-west-1.amazonaws.com/", {}),
        ("https://s3-eu-west-1.amazonaws.com/", {}),
        ("https://photos.s3.dualstack.eu-west-1.amazonaws.com/", {}),
        ("https://photos.s3-accelerate.amazonaws.com/", {}),
        ("https://door-123456789012.s3-accesspoint.us-west-2.amazonaws.com/", {}),
        ("https://m.accesspoint.s3-global.amazonaws.com/", {}),
        ("https://b--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com/?session", {}),
        ("https://s3.us-south.cloud-object-storage.appdomain.cloud/", {}),
        ("https://s3.private.us-south.cloud-object-storage.appdomain.cloud/", {}),
        ("https://s3-api.us-geo.objectstorage.softlayer.net/", {}),
        ("http://127.0.0.1:9000/photos", {"Authorization": SIGNED.format("s3")}),
        ("http://127.0.0.1:9000/photos", {"Authorization": "AWS A:sig"}),
        ("http://127.0.0.1:9000/photos?X-Amz-Credential=A%2F20261122%2Fus-east-1%2Fs3%2Faws4_request", {}),
    ],
)
def test_an_s3_request_past_the_hook_is_stopped(url: str, headers: dict[str, str]) -> None:
    with pytest.raises(EscapedRequestError, match="past the hook"), FakeCOS():
        send(url, **headers)


@pytest.mark.parametrize(
    ("url", "headers", "name"),
    [
        ("https://s3tables.us-east-1.amazonaws.com/", {}, "s3tables.us-east-1.amazonaws.com"),
        ("https://123456789012.s3-control.us-east-1.amazonaws.com/", {}, "123456789012.s3-control"),
        ("https://search.example/", {"Authorization": SIGNED.format("es")}, "es"),
        ("https://example.org/", {}, "example.org"),
    ],
)
def test_any_other_request_by_hand_is_refused(url: str, headers: dict[str, str], name: str) -> None:
    with pytest.raises(UnclaimedRequestError, match=f"^{name}"), FakeCOS():
        send(url, **headers)


@pytest.mark.loopback
def test_a_loopback_address_may_be_reached() -> None:
    with FakeCOS(), pytest.raises(botocore.exceptions.EndpointConnectionError):
        send("http://127.0.0.1:1/")


def test_the_message_leaves_the_query_out_since_it_may_hold_a_signature() -> None:
    with pytest.raises(EscapedRequestError) as caught, FakeCOS():
        send("https://s3.amazonaws.com/photos/key?X-Amz-Signature=secret")
    assert "secret" not in str(caught.value)


def test_the_instance_metadata_fetcher_gives_up_at_once() -> None:
    with FakeCOS(keep_environment=True):
        fetcher = InstanceMetadataFetcher(env={}, num_attempts=1)
        assert fetcher.retrieve_iam_role_credentials() == {}


def test_the_container_metadata_fetcher_gives_up_at_once() -> None:
    def sleep(seconds: float) -> None:
        pytest.fail(f"slept {seconds} s")

    began = time.monotonic()
    with FakeCOS(), pytest.raises(botocore.exceptions.CredentialRetrievalError, match="refused by fakecos"):
        ContainerMetadataFetcher(sleep=sleep).retrieve_uri("/role")
    assert time.monotonic() - began < 1


class TestCrt:
    """boto3's CRT transfer ignores the endpoint (wire 7); awscrt is not needed to show what is done about it."""

    def test_transfers_take_the_classic_path(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(transfer, "_should_use_crt", lambda config: True)  # noqa: ARG005
        config = transfer.TransferConfig(preferred_transfer_client="crt")
        with FakeCOS():
            assert not TRANSFER._should_use_crt(config)
        assert TRANSFER._should_use_crt(config)
        with FakeCOS() as cos:
            client = boto3.client("s3")
        cos.attach(client)
        assert not TRANSFER._should_use_crt(config)
        cos.detach(client)
        assert TRANSFER._should_use_crt(config)

    def test_a_crt_that_is_asked_for_and_not_installed_is_still_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(transfer, "HAS_CRT", False)
        with FakeCOS(), pytest.raises(botocore.exceptions.MissingDependencyException):
            TRANSFER._should_use_crt(transfer.TransferConfig(preferred_transfer_client="crt"))

    def test_a_crt_transfer_made_by_hand_is_refused(self, run_program: Callable[..., str]) -> None:
        run_program("""
            import sys, types
            crt = types.ModuleType("s3transfer.crt")
            class CRTTransferManager:
                def _submit_transfer(self, kind): return kind
            crt.CRTTransferManager = CRTTransferManager
            sys.modules |= {"s3transfer": types.ModuleType("s3transfer"), "s3transfer.crt": crt}
            from fakecos import EscapedRequestError, FakeCOS
            try:
                with FakeCOS():
                    CRTTransferManager()._submit_transfer("put_object")
            except EscapedRequestError:
                assert CRTTransferManager()._submit_transfer("put_object") == "put_object"
            else:
                raise SystemExit("it was let through")
        """)


class TestToldAgain:
    """Code under test may swallow what it is told: it is raised again when the fake stops."""

    def test_what_was_swallowed_is_raised_at_the_end(self) -> None:
        swallowed: list[Exception] = []

        def swallow() -> None:
            try:
                boto3.client("sqs").list_queues()
            except Exception as error:  # noqa: BLE001
                swallowed.append(error)

        with pytest.raises(UnclaimedRequestError) as caught, FakeCOS():
            swallow()
        assert caught.value is swallowed[0]

    def test_more_than_one_is_noted_on_the_first(self) -> None:
        cos = FakeCOS().start()
        for name in ("sqs", "sns"):
            with pytest.raises(UnclaimedRequestError):
                getattr(boto3.client(name), "list_queues" if name == "sqs" else "list_topics")()
        with pytest.raises(UnclaimedRequestError, match=r"^sqs") as caught:
            cos.stop()
        assert "sns ListTopics" in caught.value.__notes__[0]  # type: ignore[attr-defined,unused-ignore]

    def test_an_exception_on_its_way_is_not_hidden(self) -> None:
        with pytest.raises(ZeroDivisionError), FakeCOS():
            with pytest.raises(UnclaimedRequestError):
                boto3.client("sqs").list_queues()
            raise ZeroDivisionError
        cos = FakeCOS().start()
        with pytest.raises(ZeroDivisionError):
            try:
                cos._active.record(UsageError("told"))
                raise ZeroDivisionError
            finally:
                cos.stop()

    def test_it_can_be_forgiven(self) -> None:
        with FakeCOS() as cos:
            with pytest.raises(UnclaimedRequestError):
                boto3.client("sqs").list_queues()
            cos.errors.clear()

    def test_it_is_told_once(self) -> None:
        cos = FakeCOS()
        with pytest.raises(UsageError), cos:
            cos._active.record(UsageError("told"))
        with cos:
            assert cos.errors == []

    def test_it_comes_from_threads_too(self) -> None:
        with pytest.raises(UnclaimedRequestError), FakeCOS(), ThreadPoolExecutor() as pool:
            client = boto3.client("sqs")
            pool.submit(client.list_queues)

    def test_a_bug_in_the_service_is_not_swallowed_either(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cos = FakeCOS()
        monkeypatch.setattr(cos._service, "perform", lambda _: 1 // 0)
        with pytest.raises(ZeroDivisionError), cos, contextlib.suppress(ZeroDivisionError):
            boto3.client("s3").list_buckets()
