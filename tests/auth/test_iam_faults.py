"""IAM fails on purpose: with its own errors, with those of a proxy, and with a connection that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
from ibm_botocore.exceptions import CredentialRetrievalError

from fakecos import FakeCOS, UnfiredFaultError, UsageError
from fakecos.faults import Delay, Http, Transport, When, iam_error
from tests.auth.conftest import operations

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (iam_error("BXNIM0415E"), r"HttpCode\(400\).*Provided API key could not be found.*BXNIM0415E"),
        (iam_error("BXNIM0513E", "Locked.", status=401), r"HttpCode\(401\).*Locked.*BXNIM0513E"),
        (Http(429, b"{}"), r"HttpCode\(429\)"),
        (Http(503, b"{}"), r"HttpCode\(503\)"),
    ],
    ids=repr,
)
def test_an_error_that_stays_reaches_the_caller(
    cos: FakeCOS, make_client: Callable[..., Any], answer: Http, text: str
) -> None:
    fault = cos.inject("IAMToken", http=answer, times=3)
    with pytest.raises(CredentialRetrievalError, match=text):
        make_client().put_object(Bucket="photos", Key="a", Body=b"x")
    assert fault.hits == 3  # ibm-cos 5.3: three attempts, here without a pause
    assert operations(cos) == ["IAMToken"] * 3
    assert not cos.store.buckets["photos"].objects


def test_an_error_that_passes_is_tried_again(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    cos.inject("IAMToken", outcomes=[Http(503), Transport.RESET])
    make_client().put_object(Bucket="photos", Key="a", Body=b"x")
    assert [exchange.status for exchange in cos.journal] == [503, 0, 200, 200]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Transport.READ_TIMEOUT, requests.exceptions.ReadTimeout),
        (Transport.CONNECT_TIMEOUT, requests.exceptions.ConnectTimeout),
        (Transport.DNS, requests.exceptions.ConnectionError),
        (Transport.TLS, requests.exceptions.SSLError),
    ],
)
def test_a_connection_that_fails_is_what_requests_raises(
    cos: FakeCOS, make_client: Callable[..., Any], kind: Transport, expected: type[Exception]
) -> None:
    cos.inject("IAMToken", transport=kind, times=3)
    with pytest.raises(expected):
        make_client().list_buckets()


def test_a_late_answer_is_a_timeout(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # ibm-cos 5.3: it waits five seconds
    cos.inject("IAMToken", delay=Delay(6), times=3)
    with pytest.raises(requests.exceptions.ReadTimeout):
        make_client().list_buckets()


def test_a_renewal_that_fails_is_forgiven_while_the_token_is_good(
    cos: FakeCOS, make_client: Callable[..., Any], clock: Any
) -> None:
    client = make_client()
    client.list_buckets()
    fault = cos.inject("IAMToken", http=Http(500, b"{}"), times=None)
    clock.tick(2800)
    client.list_buckets()
    clock.tick(1000)
    with pytest.raises(CredentialRetrievalError):
        client.list_buckets()
    assert fault.hits == 4


def test_a_lost_answer(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    cos.inject("IAMToken", transport=Transport.CLOSED, when=When.STORED)
    make_client().list_buckets()
    assert operations(cos) == ["IAMToken", "IAMToken", "ListBuckets"]


def test_a_fault_for_any_operation_is_for_s3(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    fault = cos.inject("*", http=Http(403))
    with pytest.raises(Exception, match="403"):
        make_client().list_buckets()
    assert operations(cos) == ["IAMToken", "ListBuckets"]
    assert fault.hits == 1


def test_one_that_never_happened_is_told() -> None:
    with pytest.raises(UnfiredFaultError, match=r"iam_error\('BXNIM0415E'\)"), FakeCOS() as cos:
        cos.inject("IAMToken", http=iam_error("BXNIM0415E"))


@pytest.mark.parametrize(
    "given",
    [
        {"error": "SlowDown"},
        {"http": Http(500), "bucket": "photos"},
        {"transport": Transport.RESET, "when": When.after_bytes(1)},
    ],
)
def test_what_is_s3s_alone_is_a_mistake(cos: FakeCOS, given: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="IAM"):
        cos.inject("IAMToken", **given)


def test_an_unknown_code_needs_its_words() -> None:
    with pytest.raises(UsageError, match="BXNIM0415E"):
        iam_error("BXNIM0415")


def test_a_status_is_no_code_of_iam() -> None:
    with pytest.raises(UsageError, match="the code is not known, so give message= and status="):
        iam_error(500)  # type: ignore[arg-type]
