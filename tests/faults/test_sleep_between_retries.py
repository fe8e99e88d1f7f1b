"""Clients do not sleep between attempts while a fake answers, in any retry mode; everybody else does."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Callable

MODES = ["legacy", "standard", "adaptive"]


@pytest.mark.parametrize("mode", MODES)
def test_ten_retried_503s_take_milliseconds(
    cos: FakeCOS, make_client: Callable[..., Any], package: str, mode: str
) -> None:
    client = make_client(package, config={"retries": {"mode": mode, "total_max_attempts": 11}})
    fault = cos.inject("PutObject", error="SlowDown", times=10)
    start = time.perf_counter()
    client.put_object(Bucket="photos", Key="a", Body=b"x")
    assert time.perf_counter() - start < 9  # slept, it is at least 10 s in each mode
    assert fault.hits == 10


def test_adaptive_mode_does_not_hang_on_a_frozen_clock(
    cos: FakeCOS, make_client: Callable[..., Any], package: str
) -> None:
    client = make_client(package, config={"retries": {"mode": "adaptive", "total_max_attempts": 4}})
    cos.inject("PutObject", error="SlowDown", times=3)
    with freeze_time("2026-01-02"):
        client.put_object(Bucket="photos", Key="a", Body=b"x")


def test_waiters_do_not_sleep(cos: FakeCOS, client: Any) -> None:
    cos.inject("HeadObject", error="NoSuchKey", times=5)
    cos.put_object("photos", "a", b"x")
    start = time.perf_counter()
    client.get_waiter("object_exists").wait(Bucket="photos", Key="a")
    assert time.perf_counter() - start < 20  # slept, it is 25 s


def test_a_waiter_gives_another_thread_time_for_its_upload(cos: FakeCOS, client: Any) -> None:
    began = threading.Event()

    def upload_slowly() -> None:
        began.wait(10)
        time.sleep(0.3)  # as long as a large upload takes: twenty polls without a pause are over before
        cos.put_object("photos", "late", b"x")

    uploading = threading.Thread(target=upload_slowly)
    uploading.start()
    client.meta.events.register("before-send.s3.HeadObject", lambda **_: began.set())
    client.get_waiter("object_exists").wait(Bucket="photos", Key="late")
    uploading.join()


def test_an_attached_client_does_not_sleep_either() -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    client = cos.client()
    cos.inject("ListBuckets", error="SlowDown", times=2)
    slept: list[float] = []
    import botocore.endpoint

    endpoint: Any = botocore.endpoint
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(endpoint.time, "_original", Recording(time, slept))
        client.list_buckets()
    assert slept == []
    cos.stop()
    assert endpoint.time is time


class Recording:
    """The module `time`, whose `sleep` is written down and not slept."""

    def __init__(self, original: Any, slept: list[float]) -> None:
        self._original = original
        self.sleep = slept.append

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


@pytest.mark.parametrize("mode", MODES)
def test_sleep_between_retries_keeps_the_pauses(monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    import boto3
    import botocore.endpoint
    from botocore.config import Config

    slept: list[float] = []
    monkeypatch.setattr(botocore.endpoint, "time", Recording(time, slept))
    with FakeCOS(sleep_between_retries=True) as cos:
        retries: Any = {"mode": mode, "total_max_attempts": 3}
        client = boto3.client("s3", config=Config(retries=retries))
        cos.inject("ListBuckets", error="InternalError", times=2)
        client.list_buckets()
    assert len(slept) == 2


def test_everybody_elses_sleep_is_real(cos: FakeCOS) -> None:
    start = time.perf_counter()
    time.sleep(0.01)
    assert time.perf_counter() - start >= 0.01


def test_nothing_is_left_behind() -> None:
    import botocore.endpoint
    import botocore.retries.bucket
    import botocore.waiter
    import ibm_botocore.retries.bucket
    import ibm_botocore.waiter

    modules: list[Any] = [botocore.endpoint, botocore.waiter, ibm_botocore.waiter]
    buckets: list[Any] = [botocore.retries.bucket.TokenBucket, ibm_botocore.retries.bucket.TokenBucket]
    acquire = [bucket.acquire for bucket in buckets]
    with FakeCOS():
        assert all(module.time is not time for module in modules)
    assert all(module.time is time for module in modules)
    assert [bucket.acquire for bucket in buckets] == acquire
