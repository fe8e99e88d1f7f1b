"""The journal and the events by the control door: filters, pages, and waiting until enough came."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.support.control import ControlClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS, Server

pytestmark = pytest.mark.loopback
QUEUE = "arn:aws:sqs:us-east-1:123456789012:uploads"


def fill(s3: Any) -> str:
    """Send some requests of several kinds, and return the id of an upload."""
    s3.put_object(Bucket="photos", Key="a.jpg", Body=b"12")
    with pytest.raises(ClientError):
        s3.get_object(Bucket="photos", Key="b.jpg")
    with pytest.raises(ClientError):
        s3.get_object(Bucket="films", Key="a.jpg")
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="c.zip")["UploadId"]
    for number in (1, 2, 3):
        s3.upload_part(Bucket="photos", Key="c.zip", UploadId=upload_id, PartNumber=number, Body=b"part")
    return str(upload_id)


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 7),
    ({"operation": "UploadPart"}, 3),
    ({"operation": "upload_part", "part_number": 2}, 1),
    ({"bucket": "films"}, 1),
    ({"key": "*.jpg"}, 3),
    ({"key": "a.jpg", "bucket": "photos"}, 1),
    ({"status": 404}, 2),
    ({"status": "4xx"}, 2),
    ({"status": "2xx"}, 5),
    ({"code": "NoSuchKey"}, 1),
    ({"fault": "false"}, 7),
    ({"fault": "true"}, 0),
]


def test_it_has_the_requests_that_are_of_all_that_is_asked(control: ControlClient, s3: Any) -> None:
    upload_id = fill(s3)
    for query, count in [*FILTERS, ({"upload_id": upload_id}, 3)]:
        found = control.ask("GET", "/v1/journal", **query).json
        assert (found["count"], len(found["requests"]), found["total"]) == (count, count, 7), query
    first = control.ask("GET", "/v1/journal").json["requests"][0]
    shown = {name: first[name] for name in ("operation", "bucket", "key", "status", "error", "attempt", "bytes_sent")}
    assert list(shown.values()) == ["PutObject", "photos", "a.jpg", 200, None, 1, 2]
    assert {name: first["parameters"][name] for name in ("Bucket", "Key", "Body")} == {
        "Bucket": "photos",
        "Key": "a.jpg",
        "Body": 2,
    }


def test_it_is_read_in_pages(control: ControlClient, s3: Any) -> None:
    fill(s3)
    seen: list[str] = []
    last: dict[str, Any] = {}
    while (page := control.ask("GET", "/v1/journal", limit=3, **last).json)["requests"]:
        seen += [each["operation"] for each in page["requests"]]
        last = {"after": page["last"]}
    assert seen == ["PutObject", "GetObject", "GetObject", "CreateMultipartUpload", *["UploadPart"] * 3]
    assert page["last"] == last["after"]
    control.ask("POST", "/v1/reset")
    forgotten = control.ask("GET", "/v1/journal", **last)
    assert forgotten.status == 422
    assert "emptied by a reset" in forgotten.json["error"]["hint"]


def test_a_customers_key_is_not_shown(cos: FakeCOS, control: ControlClient, s3: Any) -> None:
    # law 9
    cos.create_bucket("secrets", sse_c="allowed")
    key = "k" * 32
    s3.put_object(Bucket="secrets", Key="a", Body=b"1", SSECustomerAlgorithm="AES256", SSECustomerKey=key)
    assert control.ask("GET", "/v1/journal").json["requests"][0]["parameters"]["SSECustomerKey"] == "(redacted)"


def test_it_waits_until_enough_came(control: ControlClient, s3: Any) -> None:
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="c.zip")["UploadId"]
    answers: list[Any] = []
    ask = threading.Thread(
        target=lambda: answers.append(control.ask("GET", "/v1/journal", operation="UploadPart", count=3, wait=20))
    )
    ask.start()
    for number in (1, 2, 3):
        assert answers == []
        s3.upload_part(Bucket="photos", Key="c.zip", UploadId=upload_id, PartNumber=number, Body=b"part")
    ask.join(20)
    assert answers[0].status == 200
    assert [each["part_number"] for each in answers[0].json["requests"]] == [1, 2, 3]


@pytest.mark.parametrize("wait", [{"wait": 0.05}, {}])
def test_who_waits_in_vain_has_what_came(control: ControlClient, s3: Any, wait: dict[str, float]) -> None:
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    answer = control.ask("GET", "/v1/journal", operation="PutObject", count=2, **wait)
    assert answer.status == 409
    assert answer.json["count"] == 1
    assert answer.json["error"]["message"].startswith("1 of 2 requests came in 0")
    assert answer.json["error"]["hint"] == "what came at all: PutObject (1)"


def test_who_waits_is_let_go_when_the_server_stops(cos: FakeCOS) -> None:
    ended: list[Exception] = []
    server = cos.serve(environment=False, control=True)
    assert server.control_url is not None
    control = ControlClient(server.control_url)

    def wait() -> None:
        try:
            control.ask("GET", "/v1/journal", count=1, wait=600)
        except OSError as error:
            ended.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while control.ask("GET", "/v1/health").status != 200:
        pass
    server.stop()
    waiting.join(20)
    assert not waiting.is_alive()
    assert len(ended) == 1
    assert cos.errors == []


WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"operation": "UploadPrt"}, 422, 'did you mean "UploadPart"?'),
    ({"opration": "UploadPart"}, 400, '"operation"'),
    ({"status": "teapot"}, 400, ""),
    ({"count": 0}, 400, ""),
    ({"wait": "nan"}, 400, ""),
    ({"wait": 601}, 400, ""),
    ({"limit": "1.5"}, 400, ""),
    ({"fault": "yes"}, 400, ""),
]


@pytest.mark.parametrize(("query", "status", "hint"), WRONG)
def test_a_filter_that_is_none_is_refused(
    control: ControlClient, query: dict[str, Any], status: int, hint: str
) -> None:
    answer = control.ask("GET", "/v1/journal", **query)
    assert answer.status == status
    assert hint in answer.json["error"]["hint"]


def test_a_parameter_is_given_once(control: ControlClient) -> None:
    answer = control.send("GET", "/v1/journal?count=1&count=2")
    assert (answer.status, answer.json["error"]["message"]) == (400, "count is given twice")


@pytest.fixture
def notified(cos: FakeCOS, s3: Any) -> Callable[[str], object]:
    """Return what stores an object of which the bucket tells a queue."""
    cos.create_destination(QUEUE)
    configuration = {"QueueConfigurations": [{"Id": "q", "QueueArn": QUEUE, "Events": ["s3:ObjectCreated:*"]}]}
    s3.put_bucket_notification_configuration(Bucket="photos", NotificationConfiguration=configuration)
    return lambda key: s3.put_object(Bucket="photos", Key=key, Body=b"1")


def test_events_are_what_s3_would_have_sent(control: ControlClient, notified: Callable[[str], object]) -> None:
    notified("a.jpg")
    found = control.ask("GET", "/v1/events", name="s3:ObjectCreated:*", bucket="photos", key="*.jpg").json
    assert found["count"] == 1
    event = found["events"][0]
    assert (event["name"], event["key"], event["destination"]) == ("s3:ObjectCreated:Put", "a.jpg", QUEUE)
    assert event["document"]["Records"][0]["s3"]["object"]["key"] == "a.jpg"
    assert control.ask("GET", "/v1/events", name="s3:ObjectRemoved:*").json == {"events": [], "count": 0}
    assert control.ask("GET", "/v1/events", name="s3:ObjectCreated:*", count=2, wait=0.05).status == 409
    assert control.ask("GET", "/v1/events", name="s3:ObjectMade").status == 422


def test_it_waits_for_events_too(server: Server, control: ControlClient, notified: Callable[[str], object]) -> None:
    assert server.control_url is not None
    timer = threading.Timer(0.05, notified, ("b.jpg",))
    timer.start()
    answer = control.ask("GET", "/v1/events", key="b.jpg", wait=20)
    timer.join()
    assert (answer.status, answer.json["count"]) == (200, 1)
