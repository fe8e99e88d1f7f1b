"""Never more than so many requests a second, by all threads together; and a service that asks for less gets less."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.asking import Asking
from fakecos.contract.instances import instances_of
from fakecos.contract.pace import Pace
from fakecos.contract.promise import Promise, marks_of
from fakecos.contract.real_service import RealService
from fakecos.contract.verification import verify

if TYPE_CHECKING:
    from fakecos import FakeCOS


class Clock:
    """Seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_each_request_waits_for_its_turn() -> None:
    clock = Clock()
    pace = Pace(4, clock, clock.sleep)
    sent = []
    for _ in range(9):
        pace.wait()
        sent.append(clock.now)
    assert sent == [100 + number / 4 for number in range(9)]
    assert pace.requests == 9


def test_after_a_rest_there_is_no_burst() -> None:
    clock = Clock()
    pace = Pace(2, clock, clock.sleep)
    pace.wait()
    clock.now += 60
    sent = []
    for _ in range(3):
        pace.wait()
        sent.append(clock.now)
    assert sent == [160.0, 160.5, 161.0]


def test_threads_share_it() -> None:
    slept: list[float] = []
    pace = Pace(10, lambda: 100.0, slept.append)  # the time does not pass, so that each turn is the one after the last

    def send() -> None:
        for _ in range(5):
            pace.wait()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slept) == pytest.approx([number / 10 for number in range(1, 20)])


def one_put(aws: Any) -> None:
    aws.put_object(Bucket="photos", Key="key", Body=b"x")


@pytest.mark.loopback
@pytest.mark.parametrize(("times", "outcome", "waits"), [(2, "same", [2.0, 4.0]), (None, "differs", [2.0, 4.0])])
def test_a_case_that_is_told_to_slow_down_is_tried_three_times(
    store: FakeCOS, url: str, session: Any, times: int | None, outcome: str, waits: list[float]
) -> None:
    clock = Clock()
    service = RealService(session, Asking(url, "us-east-1", "fakecos-verify"), Pace(10_000, clock, clock.sleep))
    store.inject("PutObject", error="SlowDown", times=times)
    (result,) = verify(service, instances_of(Promise("test.one_put", one_put, marks_of(one_put))))
    assert result.outcome == outcome
    assert [seconds for seconds in clock.slept if seconds >= 1] == waits
    assert not store.store.buckets


def settles(aws: Any) -> None:
    aws.put_bucket_tagging(Bucket="photos", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    aws.put_object(Bucket="photos", Key="key", Body=b"x")
    aws.delete_bucket_tagging(Bucket="photos")


@pytest.mark.loopback
def test_after_a_change_of_a_bucket_it_waits_as_long_as_it_is_told(url: str, session: Any) -> None:
    clock = Clock()
    asking = Asking(url, "us-east-1", "fakecos-verify", settle=3.0)
    service = RealService(session, asking, Pace(10_000, clock, clock.sleep))
    (result,) = verify(service, instances_of(Promise("test.settles", settles, marks_of(settles))))
    assert result.outcome == "same"
    assert [seconds for seconds in clock.slept if seconds >= 1] == [3.0, 3.0]
