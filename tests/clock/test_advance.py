"""Time: freezegun and time-machine rule the fake, and `cos.advance` lets time pass (issue: lifecycle with it)."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import sys
import time
from typing import TYPE_CHECKING, Any

import boto3
import freezegun
import ibm_boto3
import pytest
import time_machine
from freezegun import freeze_time

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UTC = dt.timezone.utc
START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
WEEK = {"Status": "Enabled", "Filter": {"Prefix": ""}, "ID": "week"}
ABORT = {**WEEK, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}
EXPIRE = {**WEEK, "Expiration": {"Days": 7}}


def now() -> dt.datetime:
    return dt.datetime.now(UTC)


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with FakeCOS() as fake:
        fake.create_bucket("photos")
        yield fake


def put_rules(client: Any, *rules: dict[str, Any]) -> None:
    client.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": list(rules)})


def start_upload(client: Any, key: str = "a.zip") -> str:
    return str(client.create_multipart_upload(Bucket="photos", Key=key)["UploadId"])


@pytest.fixture(params=["freezegun", "freezegun ticking", "time-machine", "time-machine standing"])
def set_clock(request: pytest.FixtureRequest) -> Callable[[dt.datetime], Any]:
    """Return what sets the clock of the process for a block."""
    package, _, way = request.param.partition(" ")
    if package == "freezegun":
        return lambda moment: freeze_time(moment, tick=way == "ticking")
    return lambda moment: time_machine.travel(moment, tick=way != "standing")


# --- who sets the clock ---------------------------------------------------------------------------------


def test_whoever_sets_the_clock_sets_what_is_stored(cos: FakeCOS, set_clock: Callable[[dt.datetime], Any]) -> None:
    with set_clock(START):
        client = boto3.client("s3")
        start_upload(client)
        answer = client.put_object(Bucket="photos", Key="a", Body=b"1")
        head = client.head_object(Bucket="photos", Key="a")
    bucket = cos.store.buckets["photos"]
    (upload,) = bucket.uploads.values()
    assert upload.initiated == bucket.objects["a"].last_modified == head["LastModified"] == START
    assert answer["ResponseMetadata"]["HTTPHeaders"]["date"] == "Mon, 04 May 2026 10:30:00 GMT"
    assert cos.journal[-1].time == START


@pytest.mark.parametrize("package", [boto3, ibm_boto3], ids=["boto3", "ibm_boto3"])
def test_the_client_signs_with_the_same_clock(
    cos: FakeCOS, set_clock: Callable[[dt.datetime], Any], package: Any
) -> None:
    seen: list[str] = []
    client = package.client("s3")
    client.meta.events.register(
        "before-send.s3", lambda request, **_: seen.append(_text(request.headers["X-Amz-Date"]))
    )
    with set_clock(START):
        client.list_buckets()
        cos.advance(days=8)
        client.list_buckets()
    assert [stamp[:13] for stamp in seen] == ["20260504T1030", "20260512T1030"]


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode()


# --- advance --------------------------------------------------------------------------------------------


def test_it_moves_the_active_clock(cos: FakeCOS, set_clock: Callable[[dt.datetime], Any]) -> None:
    with set_clock(START):
        cos.advance(days=1, hours=2, minutes=3, seconds=4)
        moved = now() - START
    expected = dt.timedelta(days=1, hours=2, minutes=3, seconds=4)
    assert expected <= moved < expected + dt.timedelta(seconds=5)
    assert abs(now() - START) > dt.timedelta(seconds=5)


def test_it_moves_the_innermost_of_two_freezers(cos: FakeCOS) -> None:
    with freeze_time(START), freeze_time(START + dt.timedelta(days=100)) as inner:
        cos.advance(days=1)
        assert inner().date() == now().date() == dt.date(2026, 8, 13)


def test_without_a_clock_it_starts_a_ticking_one_and_gives_the_real_time_back(cos: FakeCOS) -> None:
    before = now()
    cos.advance(days=8)
    cos.advance(days=1)
    first = now()
    assert dt.timedelta(days=9) <= first - before < dt.timedelta(days=9, seconds=5)
    assert now() > first
    assert time.time() > before.timestamp() + 9 * 86400 - 1
    cos.stop()
    assert now() - before < dt.timedelta(seconds=5)
    assert not freezegun.api.freeze_factories
    cos.start()


def test_without_freezegun_the_message_says_what_to_install(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    before = now()
    for name in [name for name in sys.modules if name.partition(".")[0] == "freezegun"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "freezegun", None)
    with pytest.raises(UsageError, match=re.escape("pip install 'fakecos[freezegun]'")):
        cos.advance(days=8)
    cos.advance()  # what is due now needs no clock
    assert now() - before < dt.timedelta(seconds=5)


def test_without_freezegun_time_machine_is_moved_on(cos: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(START, tick=False):
        for name in [name for name in sys.modules if name.partition(".")[0] == "freezegun"]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "freezegun", None)
        cos.advance(days=8)
        assert now() == START + dt.timedelta(days=8)


def test_a_failing_block_gives_the_real_time_back() -> None:
    before = now()

    def fail() -> None:
        with FakeCOS() as cos:
            cos.advance(days=8)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert now() - before < dt.timedelta(seconds=5)


def test_an_attached_client_will_do() -> None:
    cos = FakeCOS()
    client = cos.client()
    before = now()
    cos.advance(days=8)
    client.create_bucket(Bucket="photos")
    assert cos.store.buckets["photos"].created > before + dt.timedelta(days=7)
    cos.stop()
    assert now() - before < dt.timedelta(seconds=5)


def test_nested_fakes_share_the_clock(cos: FakeCOS) -> None:
    before = now()
    with FakeCOS() as inner:
        inner.advance(days=1)
        cos.advance(days=1)
        assert now() - before >= dt.timedelta(days=2)
    assert now() - before < dt.timedelta(seconds=5)


def test_timeouts_of_asyncio_keep_the_real_time() -> None:
    async def work() -> float:
        async with FakeCOS() as cos:
            loop = asyncio.get_running_loop()
            begin = loop.time()
            cos.advance(days=8)
            await asyncio.wait_for(asyncio.sleep(0.001), timeout=5)
            return loop.time() - begin

    assert asyncio.run(work()) < 5


def test_a_freezer_started_after_it_must_be_stopped_before_the_fake() -> None:
    before = now()
    freezer = freeze_time(START)
    cos = FakeCOS().start()
    cos.advance(days=8)
    freezer.start()
    with pytest.raises(UsageError, match="Stop that freezer first"):
        cos.stop()
    assert now() == START
    freezer.stop()
    assert dt.timedelta() <= now() - before < dt.timedelta(seconds=5)
    with FakeCOS():
        pass
    assert not freezegun.api.freeze_factories
    assert type(now()) is dt.datetime


def test_the_future_only(cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match="forward only"):
        cos.advance(days=-1)


def test_a_fake_that_is_off_does_not_touch_the_clock() -> None:
    cos = FakeCOS()
    with pytest.raises(UsageError, match="start the fake first"):
        cos.advance(days=1)
    with cos:
        pass
    with pytest.raises(UsageError, match="start the fake first"):
        cos.advance()


# --- what falls due -------------------------------------------------------------------------------------


def test_an_upload_that_s3_aborts(cos: FakeCOS, set_clock: Callable[[dt.datetime], Any]) -> None:
    with set_clock(START):
        client = boto3.client("s3")
        put_rules(client, ABORT)
        upload_id = start_upload(client)
        cos.advance(days=7)
        part = {"Bucket": "photos", "Key": "a.zip", "UploadId": upload_id, "PartNumber": 1, "Body": b"1"}
        client.upload_part(**part)
        cos.advance(days=1)
        with pytest.raises(client.exceptions.NoSuchUpload):
            client.upload_part(**part)
        assert "Uploads" not in client.list_multipart_uploads(Bucket="photos")
    assert not cos.store.billed_bytes


def test_an_object_that_expires(cos: FakeCOS) -> None:
    client = boto3.client("s3")
    put_rules(client, {**EXPIRE, "Filter": {"Prefix": "logs/"}})
    for key in ("logs/a", "a"):
        client.put_object(Bucket="photos", Key=key, Body=b"1")
    cos.advance(days=9)
    assert [item["Key"] for item in client.list_objects_v2(Bucket="photos")["Contents"]] == ["a"]


@pytest.mark.parametrize(
    ("stored", "due"),
    [
        ("2026-05-04 10:30:00", "2026-05-12 00:00:00"),
        ("2026-05-04 23:59:59", "2026-05-12 00:00:00"),
        ("2026-05-04 00:00:00", "2026-05-12 00:00:00"),
        ("2026-12-31 00:00:01", "2027-01-08 00:00:00"),
    ],
)
def test_times_are_rounded_up_to_midnight(cos: FakeCOS, stored: str, due: str) -> None:
    # documented: "rounding the resulting time to the next day midnight UTC"; midnight itself: assumed
    client = boto3.client("s3")
    put_rules(client, EXPIRE)
    with freeze_time(stored):
        client.put_object(Bucket="photos", Key="a", Body=b"1")
    with freeze_time(dt.datetime.fromisoformat(due) - dt.timedelta(seconds=1)):
        cos.advance()
        assert "a" in cos.store.buckets["photos"].objects
        cos.advance(seconds=1)
        assert "a" not in cos.store.buckets["photos"].objects


def test_a_date_is_for_all_objects_and_goes_on(cos: FakeCOS) -> None:
    # documented: lifecycle actions with a date go on after it has passed
    client = boto3.client("s3")
    objects = cos.store.buckets["photos"].objects
    with freeze_time("2026-05-04 10:30:00"):
        put_rules(client, {**WEEK, "Expiration": {"Date": dt.datetime(2026, 5, 6, tzinfo=UTC)}})
        client.put_object(Bucket="photos", Key="a", Body=b"1")
        cos.advance(days=1)
        assert "a" in objects
        cos.advance(days=1)
        assert not objects
        client.put_object(Bucket="photos", Key="b", Body=b"1")
        cos.advance()
        assert not objects


def test_rules_that_are_off_or_were_deleted_do_nothing(cos: FakeCOS) -> None:
    client = boto3.client("s3")
    put_rules(client, {**EXPIRE, "Status": "Disabled"}, {**ABORT, "ID": "2", "Status": "Disabled"})
    start_upload(client)
    client.put_object(Bucket="photos", Key="a", Body=b"1")
    cos.advance(days=100)
    put_rules(client, EXPIRE)
    client.delete_bucket_lifecycle(Bucket="photos")
    cos.advance(days=100)
    assert (len(cos.store.buckets["photos"].objects), len(cos.store.buckets["photos"].uploads)) == (1, 1)


def test_a_completed_upload_is_not_aborted(cos: FakeCOS) -> None:
    client = boto3.client("s3")
    put_rules(client, ABORT)
    upload_id = start_upload(client)
    upload = {"Bucket": "photos", "Key": "a.zip", "UploadId": upload_id}
    etag = client.upload_part(**upload, PartNumber=1, Body=b"1")["ETag"]
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
    cos.advance(days=100)
    assert cos.store.buckets["photos"].objects["a.zip"].body == b"1"
