"""The clock is read late, so that freezegun and time-machine rule it, and no order hangs on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import freezegun
import pytest
import time_machine
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.only_patch("urllib3 speaks no TLS at a time long ago")
MOMENT = dt.datetime(2024, 2, 29, 12, 30, 45, 678_900, tzinfo=dt.timezone.utc)
SECOND = MOMENT.replace(microsecond=0)
EARLIER = MOMENT - dt.timedelta(days=365)


def _freezegun(moment: dt.datetime) -> AbstractContextManager[Any]:
    return freezegun.freeze_time(moment)


def _time_machine(moment: dt.datetime) -> AbstractContextManager[Any]:
    return time_machine.travel(moment, tick=False)


FREEZERS = pytest.mark.parametrize("freeze", [_freezegun, _time_machine])


@FREEZERS
def test_every_time_is_the_frozen_one_to_the_second(client: Any, dialect: str, freeze: Callable[..., Any]) -> None:
    """Source: recorded aws-listing 22, 23: whole seconds; of COS ibm-cos 11: milliseconds, but in HTTP's own dates."""
    stored = MOMENT.replace(microsecond=678_000) if dialect == "ibm" else SECOND
    with freeze(MOMENT):
        upload_id = create_upload(client)
        part = upload_part(client, upload_id)
        (listed_upload,) = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
        (listed_part,) = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
        complete_upload(client, upload_id, completed_part(1, part))
        head = client.head_object(Bucket=BUCKET, Key=KEY)
        (listed,) = client.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert listed_upload["Initiated"] == stored
    assert listed_part["LastModified"] == stored
    assert head["LastModified"] == SECOND
    assert listed["LastModified"] == stored
    assert head["ResponseMetadata"]["HTTPHeaders"]["date"] == "Thu, 29 Feb 2024 12:30:45 GMT"


@FREEZERS
def test_uploads_of_one_moment_are_listed_in_the_order_of_creation(client: Any, freeze: Callable[..., Any]) -> None:
    """Source: recorded aws-multipart 57: by time of creation, which is counted and not measured."""
    with freeze(MOMENT):
        created = [create_upload(client) for _ in range(10)]
        listed = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    assert [item["UploadId"] for item in listed] == created


@FREEZERS
def test_the_last_write_of_one_moment_wins(client: Any, freeze: Callable[..., Any]) -> None:
    with freeze(MOMENT):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"first")
        upload_id = create_upload(client)
        complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"second")))
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"third")
        assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"third"


@FREEZERS
def test_a_clock_that_goes_back_changes_no_order(client: Any, freeze: Callable[..., Any]) -> None:
    """A test may travel: what was created later stays later."""
    with freeze(MOMENT):
        first = create_upload(client)
    with freeze(EARLIER):
        second = create_upload(client)
    listed = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    assert [item["UploadId"] for item in listed] == [first, second]


@pytest.mark.only_boto3("its answer is one of botocore's, made by hand")
@FREEZERS
def test_a_client_tries_again_while_the_clock_stands_still(
    make_client: Callable[..., Any], dialect: str, freeze: Callable[..., Any]
) -> None:
    client = make_client(dialect, config={"retries": {"total_max_attempts": 3}})
    attempts = []

    def busy(request: Any, **_: Any) -> Any:
        attempts.append(request)
        return AWSResponse(request.url, 503, HTTPHeaders(), _Empty()) if len(attempts) == 1 else None

    client.meta.events.register("before-send.s3.UploadPart", busy)
    with freeze(MOMENT):
        upload_part(client, create_upload(client))
    assert len(attempts) == 2


class _Empty:
    """The raw stream of an answer without a body."""

    def stream(self) -> list[bytes]:
        return [b""]
