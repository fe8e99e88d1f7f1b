"""aiobotocore does not sleep between attempts and polls, unless it is asked to; everybody else sleeps as always."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS

aiobotocore = pytest.importorskip("aiobotocore")

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]

PHOTO = {"Bucket": "photos", "Key": "cat.jpg"}
MODES = ["legacy", "standard", "adaptive"]


async def put_often(client: Any) -> None:
    await client.put_object(**PHOTO, Body=b"x")


@pytest.mark.parametrize("mode", MODES)
async def test_ten_retries_take_no_time(cos: FakeCOS, make: Make, mode: str) -> None:
    cos.inject("PutObject", error="SlowDown", times=10)
    async with make(config={"retries": {"mode": mode, "total_max_attempts": 11}}) as client:
        start = time.monotonic()
        await put_often(client)
        if mode == "adaptive":  # the rate limiter is on now
            for _ in range(20):
                await put_often(client)
        assert time.monotonic() - start < 5
    assert len(cos.journal) >= 11


async def test_a_waiter_does_not_sleep_and_lets_others_run(cos: FakeCOS, make: Make) -> None:
    async with make() as client:
        waiting = asyncio.create_task(client.get_waiter("object_exists").wait(**PHOTO))
        for _ in range(5):
            await asyncio.sleep(0)
        await client.put_object(**PHOTO, Body=b"x")
        await asyncio.wait_for(waiting, 5)


async def test_a_waiter_gives_another_task_time_for_its_upload(cos: FakeCOS, make: Make) -> None:
    async def upload_slowly() -> None:
        await asyncio.sleep(0.3)
        cos.put_object("photos", "late", b"x")

    async with make() as client:
        uploading = asyncio.create_task(upload_slowly())
        await client.get_waiter("object_exists").wait(Bucket="photos", Key="late")
        await uploading


async def test_an_attached_client_does_not_sleep(make: Make) -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    cos.inject("PutObject", error="SlowDown", times=3)
    async with make(aws_access_key_id="AKIA", aws_secret_access_key="s") as client:
        cos.attach(client)
        start = time.monotonic()
        await put_often(client)
        assert time.monotonic() - start < 2
        cos.stop()


@pytest.mark.parametrize("mode", MODES)
async def test_retries_sleep_if_asked_to(make: Make, backend: str, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    module = pytest.importorskip("anyio") if backend == "httpx" else asyncio
    sleep = module.sleep

    async def remember(delay: float) -> None:
        slept.append(delay)
        await sleep(0)

    with FakeCOS(sleep_between_retries=True) as cos:
        cos.create_bucket("photos")
        cos.inject("PutObject", error="SlowDown", times=2)
        async with make(config={"retries": {"mode": mode, "total_max_attempts": 4}}) as client:
            monkeypatch.setattr(module, "sleep", remember)
            await put_often(client)
    assert len([delay for delay in slept if delay > 0]) == 2


async def test_everybody_else_sleeps(cos: FakeCOS) -> None:
    start = time.monotonic()
    await asyncio.sleep(0.05)
    assert time.monotonic() - start >= 0.045
