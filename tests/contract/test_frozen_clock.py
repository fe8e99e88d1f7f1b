"""The clock is read late, so that freezegun and time-machine rule it, and no order hangs on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import freezegun
import pytest
import time_machine

from tests.contract.parts import BUCKET, KEY, finish, named, send, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import FakeCOS

MOMENT = dt.datetime(2024, 2, 29, 12, 30, 45, 678_900, tzinfo=dt.timezone.utc)
SECOND = MOMENT.replace(microsecond=0)


def _freezegun() -> Any:
    return freezegun.freeze_time(MOMENT)


def _time_machine() -> Any:
    return time_machine.travel(MOMENT, tick=False)


@pytest.fixture(params=[_freezegun, _time_machine])
def _frozen(request: pytest.FixtureRequest, client: Any) -> Iterator[None]:
    with request.param():
        yield


pytestmark = [pytest.mark.usefixtures("_frozen"), pytest.mark.limits(min_part_size=1)]


def upload(client: Any, *bodies: bytes, key: str = KEY) -> Any:
    upload_id = start(client, key)
    parts = [named(number, send(client, upload_id, body, number, key)) for number, body in enumerate(bodies, 1)]
    return finish(client, upload_id, *parts, key=key)


def test_every_time_is_the_frozen_one_to_the_second(client: Any) -> None:
    """Source: recorded aws-listing 22, 23: whole seconds."""
    upload_id = start(client)
    part = send(client, upload_id)
    (listed_upload,) = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    (listed_part,) = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
    finish(client, upload_id, named(1, part))
    head = client.head_object(Bucket=BUCKET, Key=KEY)
    (listed,) = client.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert listed_upload["Initiated"] == SECOND
    assert listed_part["LastModified"] == SECOND
    assert head["LastModified"] == SECOND
    assert listed["LastModified"] == SECOND
    assert head["ResponseMetadata"]["HTTPHeaders"]["date"] == "Thu, 29 Feb 2024 12:30:45 GMT"


def test_uploads_of_one_moment_are_listed_in_the_order_of_creation(client: Any) -> None:
    """Source: recorded aws-multipart 57: by time of creation, which is counted and not measured."""
    created = [start(client) for _ in range(10)]
    listed = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    assert [item["UploadId"] for item in listed] == created


def test_the_last_write_of_one_moment_wins(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"first")
    upload(client, b"second")
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"third")
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"third"


def test_a_clock_that_goes_back_changes_no_order(client: Any) -> None:
    """A test may travel: what was created later stays later."""
    first = start(client)
    with time_machine.travel(MOMENT - dt.timedelta(days=365), tick=False):
        second = start(client)
    listed = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    assert [item["UploadId"] for item in listed] == [first, second]


def test_retries_do_not_sleep(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    """A clock that stands still would make a client wait for ever, if it measured; the fake never sleeps."""
    client = make_client(config={"retries": {"total_max_attempts": 3, "mode": "standard"}})
    attempts = []

    def count(request: Any, **_: Any) -> None:
        attempts.append(request)

    client.meta.events.register("before-send.s3.UploadPart", count)
    send(client, start(client))
    assert len(attempts) == 1
