"""A signature against the clock: presigned URLs expire, and a request may not be signed far from now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest
import time_machine
from botocore.config import Config
from freezegun import freeze_time

from fakecos import FakeCOS
from tests.support.payloads import DAY, V4
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from collections.abc import Iterator

UTC = dt.timezone.utc
START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
SKEWED = "The difference between the request time and the current time is too large."


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        fake.put_object("photos", "a", b"holiday")
        yield fake


def presigned(version: str) -> tuple[str, str]:
    """Return path and query of a URL that is good for a minute."""
    client = boto3.client("s3", config=Config(signature_version=version, s3={"addressing_style": "path"}))
    url = urlsplit(client.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "a"}, ExpiresIn=60))
    return url.path, url.query


@pytest.mark.parametrize(("version", "fields"), [("s3v4", {"X-Amz-Expires": "60"}), ("s3", {})], ids=["SigV4", "SigV2"])
@pytest.mark.parametrize("set_clock", [freeze_time, time_machine.travel], ids=["freezegun", "time-machine"])
def test_a_presigned_url_expires_by_the_clock(
    cos: FakeCOS, set_clock: Any, version: str, fields: dict[str, str]
) -> None:
    # recorded aws-presigned 7, 8
    with set_clock(START, tick=False):
        path, query = presigned(version)
        cos.advance(seconds=60)
        assert send_raw(cos, "GET", path, query).status == 200
        cos.advance(seconds=1)
        with pytest.raises(ErrorAnswer) as caught:
            send_raw(cos, "GET", path, query)
    error = caught.value.response["Error"]
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    del error["RequestId"], error["HostId"]
    assert error == {
        "Code": "AccessDenied",
        "Message": "Request has expired",
        **fields,
        "Expires": "2026-05-04T10:31:00Z",
        "ServerTime": "2026-05-04T10:31:01Z",
    }


@pytest.mark.parametrize("minutes", [-15, 0, 15])
def test_a_signature_may_be_fifteen_minutes_off(cos: FakeCOS, minutes: int) -> None:
    with freeze_time(START + dt.timedelta(minutes=minutes)):
        assert send_raw(cos, "GET", "/photos/a", headers=signed(START)).status == 200


@pytest.mark.parametrize("seconds", [-901, 901])
def test_a_signature_further_off_is_refused(cos: FakeCOS, seconds: int) -> None:
    # documented
    time = START + dt.timedelta(seconds=seconds)
    with freeze_time(time), pytest.raises(ErrorAnswer) as caught:
        send_raw(cos, "GET", "/photos/a", headers=signed(START))
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == ("RequestTimeTooSkewed", SKEWED)
    assert (error["RequestTime"], error["ServerTime"]) == ("20260504T103000Z", time.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert error["MaxAllowedSkewMilliseconds"] == "900000"


def signed(moment: dt.datetime) -> dict[str, str]:
    return {
        "x-amz-date": moment.strftime("%Y%m%dT%H%M%SZ"),
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        "authorization": V4.replace(DAY, f"{moment:%Y%m%d}"),
    }


@pytest.mark.parametrize("date", ["", "yesterday", "20261304T103000Z", "2026-05-04T10:30:0Z"])
def test_what_is_no_date_is_refused(cos: FakeCOS, date: str) -> None:
    # public
    headers = {**signed(START), "x-amz-date": date}
    with pytest.raises(ErrorAnswer) as caught:
        send_raw(cos, "GET", "/photos/a", headers=headers)
    error = caught.value.response["Error"]
    assert error["Code"] == "AccessDenied"
    assert error["Message"] == "AWS authentication requires a valid Date or x-amz-date header"


def test_a_client_is_in_time_wherever_the_clock_stands(cos: FakeCOS) -> None:
    client = boto3.client("s3")
    for year in (1999, 2026, 2100):
        with freeze_time(f"{year}-05-04"):
            assert client.head_object(Bucket="photos", Key="a")["ContentLength"] == 7
    cos.advance(days=8)
    assert client.head_object(Bucket="photos", Key="a")["ContentLength"] == 7
