"""What compares the doors (tests/support/both_doors.py) finds what differs, and lists what may.

`pytest tests/contract --door both` sends the whole contract suite through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from botocore.exceptions import ClientError
from ibm_botocore.client import Config

from fakecos import FakeCOS
from fakecos.contract.steps.names import BUCKET
from fakecos.serving import connection
from fakecos.serving.answer_form import usual_answer
from fakecos.serving.listener import Listener
from fakecos.wire.messages import HttpResponse, RawBody
from tests.support.both_doors import FAILS, REASONS, SKIPS, TOGETHER, BothDoors
from tests.support.constants import US_SOUTH
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.serving.request_head import RequestHead
    from fakecos.wire.messages import HttpRequest

pytestmark = pytest.mark.loopback
PUT = f"PUT https://{BUCKET}.s3.amazonaws.com/key?"


@pytest.fixture
def both() -> Iterator[BothDoors]:
    """What compares; every fake of the test is watched."""
    doors = BothDoors()
    with doors.watching():
        yield doors
    doors.close()


@pytest.fixture
def cos(both: BothDoors) -> Iterator[FakeCOS]:
    """A fake with one bucket and two objects."""
    with FakeCOS() as fake:
        fake.create_bucket(BUCKET)
        fake.put_object(BUCKET, "key", b"value")
        yield fake


@pytest.fixture
def s3(cos: FakeCOS) -> Any:
    """A client."""
    return boto3.client("s3")


def test_equal_answers_are_no_difference(both: BothDoors, s3: Any) -> None:
    s3.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    s3.get_object(Bucket=BUCKET, Key="key")
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="key")  # its id is random, and the same by both doors
    s3.upload_part(Bucket=BUCKET, Key="key", UploadId=upload["UploadId"], PartNumber=1, Body=b"1")
    with pytest.raises(ClientError):
        s3.get_object(Bucket=BUCKET, Key="missing")
    assert both.compared == 5
    assert both.take() == []
    assert both.skipped == []


def test_each_request_happens_once(cos: FakeCOS, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=BUCKET, Key="key", Body=b"2")
    assert len(cos.bucket(BUCKET).versions["key"]) == 2
    assert len(cos.journal) == 2


# --- a difference that is planted is found ----------------------------------------------------------------------------


def change_heads(monkeypatch: pytest.MonkeyPatch, part: bytes, other: bytes) -> None:
    """Let the socket have another part in the head of each answer."""

    def changed(response: HttpResponse, method: str) -> list[bytes | memoryview]:
        head, *body = usual_answer(response, method) or [b""]
        return [bytes(head).replace(part, other, 1), *body]

    monkeypatch.setattr(connection, "usual_answer", changed)


def test_another_status_is_found(both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    change_heads(monkeypatch, b" 200 OK", b" 201 Created")
    s3.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    (found,) = both.take()
    assert (found.kind, found.in_process, found.over_socket) == ("status", 200, 201)
    assert str(found) == f"{PUT}: status\n  in process 200\n  by socket  201"


@pytest.mark.parametrize(
    ("headers", "value"),
    [(b"X-Amz-Extra: 1\r\n", ["1"]), (b"X-Amz-Extra: 1\r\nx-amz-extra: 2\r\n", ["1", "2"])],
    ids=["one more", "one that comes twice"],
)
def test_another_header_is_found(
    both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch, headers: bytes, value: list[str]
) -> None:
    change_heads(monkeypatch, b"\r\n\r\n", b"\r\n" + headers + b"\r\n")
    s3.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    (found,) = both.take()
    assert (found.kind, found.name, found.in_process, found.over_socket) == ("header", "x-amz-extra", None, value)


@pytest.mark.parametrize("name", ["etag", "date", "x-amz-request-id", "x-amz-id-2"])
def test_a_header_that_is_random_or_of_the_time_is_compared_too(
    both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    answer = Listener.answer

    def changed(self: Listener, request: HttpRequest) -> HttpResponse:
        response = answer(self, request)
        (shown,) = (key for key in response.headers if key.lower() == name)
        response.headers[shown] = "changed"
        return response

    monkeypatch.setattr(Listener, "answer", changed)
    s3.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    (found,) = both.take()
    assert (found.kind, found.name, found.over_socket) == ("header", name, ["changed"])


def test_another_body_is_found(both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Listener.answer

    def changed(self: Listener, request: HttpRequest) -> HttpResponse:
        response = answer(self, request)
        return HttpResponse(response.status, response.headers, b"".join(response.chunks()).swapcase())

    monkeypatch.setattr(Listener, "answer", changed)
    s3.get_object(Bucket=BUCKET, Key="key")
    (found,) = both.take()
    assert (found.kind, found.in_process, found.over_socket) == ("body", b"value", b"VALUE")


def test_another_change_of_the_store_is_found(both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Listener.answer

    def changed(self: Listener, request: HttpRequest) -> HttpResponse:
        response = answer(self, request)
        self._fake.service.store.buckets[BUCKET].versioning = "Enabled"  # type: ignore[attr-defined]
        return response

    monkeypatch.setattr(Listener, "answer", changed)
    s3.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    assert [found.kind for found in both.take()] == ["stored"]


def test_another_line_of_the_journal_is_found(both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    request_of = connection.Connection._request

    def changed(self: connection.Connection, head: RequestHead, body: Any) -> HttpRequest | None:
        request = request_of(self, head, body)
        assert request is not None
        request.headers = {**request.headers, "amz-sdk-request": "attempt=7"}
        return request

    monkeypatch.setattr(connection.Connection, "_request", changed)
    s3.get_object(Bucket=BUCKET, Key="key")
    assert [found.kind for found in both.take()] == ["journal"]


def test_an_answer_that_does_not_come_is_found(both: BothDoors, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> HttpResponse:
        message = "a bug"
        raise RuntimeError(message)

    monkeypatch.setattr(Listener, "answer", broken)
    s3.get_object(Bucket=BUCKET, Key="key")
    first, *_ = both.take()
    assert (first.kind, str(first.over_socket)) == ("error", "a bug")


# --- what may differ -------------------------------------------------------------------------------------------------


def test_each_reason_covers_a_difference_that_there_is(both: BothDoors, s3: Any) -> None:
    with pytest.raises(ClientError):
        s3.head_object(Bucket=BUCKET, Key="missing")
    with pytest.raises(ClientError):  # refused before its body comes, so that the connection ends
        s3.put_object(Bucket="missing", Key="key", Body=b"1" * 2_000_000)
    unused = [reason.why for reason in REASONS if not any(map(reason.covers, both.differences))]
    assert unused == []
    assert both.take() == []


def test_each_request_that_goes_through_one_door_only_is_listed_with_why(both: BothDoors, cos: FakeCOS) -> None:
    boto3.client("s3", endpoint_url="https://gate.example/mount").head_bucket(Bucket=BUCKET)
    for headers in ({"x-amz-meta-a": "1\n 2"}, {"content-length": "one"}, {"x-amz-meta-a": " 1"}):
        with pytest.raises(ErrorAnswer):
            send_raw(cos, "PUT", "/missing/key", headers=headers)
    with pytest.raises(ErrorAnswer):
        send_raw(cos, "PUT", "/missing/key", headers={"content-length": "2"}, body=b"1")
    oauth = Config(signature_version="oauth")  # with a token of IBM's IAM
    ibm = ibm_boto3.client("s3", ibm_api_key_id="key", config=oauth, endpoint_url=US_SOUTH)
    ibm.head_bucket(Bucket=BUCKET)
    cos.inject("GetObject", error="SlowDown")
    with pytest.raises(ErrorAnswer):
        send_raw(cos, "GET", f"/{BUCKET}/key")
    assert {skipped.why for skipped in both.skipped} == {*(skip.why for skip in SKIPS), FAILS}
    assert both.take() == []


def test_requests_at_the_same_time_are_not_compared(both: BothDoors, cos: FakeCOS) -> None:
    class Meanwhile(RawBody):
        """A body during whose reading another request comes."""

        def read(self) -> bytes:
            send_raw(cos, "GET", f"/{BUCKET}/key")
            return b"1"

    send_raw(cos, "PUT", f"/{BUCKET}/other", headers={"content-length": "1"}, body=Meanwhile())
    assert both.take() == []
    assert {skipped.why for skipped in both.skipped} == {TOGETHER}
