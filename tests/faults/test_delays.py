"""Delays on a virtual clock: nothing sleeps, and a wait beyond the client's read timeout raises it."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.objects import put_object
from fakecos.faults import Delay, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

DAY = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc)


@pytest.fixture(autouse=True)
def _nothing_sleeps() -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < 9  # slept, it is 10 s; a busy machine may take a few for a first client


@pytest.fixture
def patient(make_client: Callable[..., Any], package: str) -> Any:
    """A client that tries once and waits ten seconds for an answer."""
    return make_client(package, config={"read_timeout": 10, "retries": {"total_max_attempts": 1}})


def test_time_passes_on_the_virtual_clock_alone(cos: FakeCOS, patient: Any) -> None:
    fault = cos.inject("PutObject", delay=10)
    put_object(patient, Key="a", Body=b"hello")
    assert (cos.virtual_seconds, fault.hits) == (10, 1)


def test_the_read_timeout_of_every_client_is_its_own(cos: FakeCOS, client: Any, exceptions: ModuleType) -> None:
    cos.inject("PutObject", outcomes=[Delay(60), Delay(60.1)])
    put_object(client, Key="a", Body=b"hello")  # the default is 60
    with pytest.raises(exceptions.ReadTimeoutError):
        put_object(client, Key="a", Body=b"hello")


@pytest.mark.parametrize(("when", "stored"), [(None, False), (When.STORED, True)], ids=["before", "stored"])
def test_a_wait_beyond_the_read_timeout(
    cos: FakeCOS, patient: Any, exceptions: ModuleType, when: When | None, stored: bool
) -> None:
    cos.inject("PutObject", delay=11, when=when)
    with pytest.raises(exceptions.ReadTimeoutError):
        put_object(patient, Key="a", Body=b"hello")
    assert ("a" in cos.store.buckets["photos"].objects) is stored
    assert cos.virtual_seconds == 10


def test_bandwidth_counts_both_bodies(cos: FakeCOS, patient: Any) -> None:
    cos.inject(["PutObject", "GetObject"], delay=Delay(bytes_per_second=100), times=2)
    put_object(patient, Body=b"x" * 1000, Key="a")
    assert cos.virtual_seconds == 10
    assert patient.get_object(Bucket="photos", Key="a")["Body"].read() == b"x" * 1000
    assert cos.virtual_seconds == 20


def test_a_stall_of_the_request(cos: FakeCOS, patient: Any, exceptions: ModuleType) -> None:
    cos.inject("PutObject", delay=Delay(stall_after=3))
    with pytest.raises(exceptions.ReadTimeoutError):
        put_object(patient, Key="a", Body=b"hello")
    assert not cos.store.buckets["photos"].objects


def test_a_stall_that_ends_in_time(cos: FakeCOS, patient: Any) -> None:
    cos.inject(["PutObject", "GetObject"], delay=Delay(9, stall_after=3), times=2)
    put_object(patient, Key="a", Body=b"hello")
    assert patient.get_object(Bucket="photos", Key="a")["Body"].read() == b"hello"
    assert cos.virtual_seconds == 18


def test_a_stall_of_the_answer(cos: FakeCOS, patient: Any, exceptions: ModuleType) -> None:
    put_object(patient, Key="a", Body=b"hello")
    cos.inject("GetObject", delay=Delay(stall_after=3))
    body = patient.get_object(Bucket="photos", Key="a")["Body"]
    assert body.read(3) == b"hel"
    with pytest.raises(exceptions.ReadTimeoutError):
        body.read(1)
    assert cos.virtual_seconds == 10


@pytest.mark.parametrize("delay", [Delay(stall_after=6), Delay(1, stall_after=6)], ids=repr)
@pytest.mark.parametrize("operation", ["PutObject", "GetObject"])
def test_a_body_that_is_too_short_does_not_stall(cos: FakeCOS, aws: Any, operation: str, delay: Delay) -> None:
    cos.put_object("photos", "a", b"hello")
    fault = cos.inject(operation, delay=delay)
    if operation == "PutObject":
        put_object(aws, Key="a", Body=b"hello")
    else:
        aws.get_object(Bucket="photos", Key="a")
    assert fault.hits == 0
    assert fault.reasons_missed[0].endswith("had only 5 bytes")
    fault.cancel()


def test_a_stall_for_ever_of_a_client_that_waits_for_ever_is_told(
    cos: FakeCOS, make_client: Callable[..., Any]
) -> None:
    client = make_client(config={"retries": {"total_max_attempts": 1}})
    client._endpoint.http_session._timeout = None
    cos.inject("PutObject", delay=Delay(stall_after=0))
    with pytest.raises(UsageError, match="wait for ever"):
        put_object(client, Key="a", Body=b"hello")
    cos.errors.clear()
    cos.unfired_faults()[0].cancel()


def test_a_frozen_clock_sees_the_delay(cos: FakeCOS, aws: Any) -> None:
    with freeze_time(DAY) as frozen:
        cos.inject("PutObject", delay=30)
        put_object(aws, Key="a", Body=b"hello")
        assert frozen() == DAY.replace(tzinfo=None) + dt.timedelta(seconds=30)
        assert cos.store.buckets["photos"].objects["a"].last_modified == DAY + dt.timedelta(seconds=30)


@pytest.mark.parametrize(
    "keywords",
    [
        {},
        {"seconds": -1},
        {"bytes_per_second": 0},
        {"seconds": 1, "bytes_per_second": 1},
        {"stall_after": -1},
        {"stall_after": 1, "bytes_per_second": 1},
    ],
    ids=str,
)
def test_delays_that_make_no_sense(keywords: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="Delay"):
        Delay(**keywords)
