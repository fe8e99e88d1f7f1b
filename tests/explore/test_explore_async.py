"""Explorations of coroutine functions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import ExplorationError, UsageError
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fakecos import FakeCOS, Outcome


async def put(s3: Any, key: str) -> None:
    """Put an object from a thread of the loop."""
    await asyncio.to_thread(s3.put_object, Bucket=BUCKET, Key=key, Body=key.encode())


def test_coroutine_functions_are_explored(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md."""

    async def act() -> None:
        await put(s3, "a")

    found = asyncio.run(cos.explore_async(act))
    assert found.sites == ["PutObject#1"]
    assert found.runs > 10


def test_findings_raise(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md."""

    async def act() -> None:
        await asyncio.gather(put(s3, "a"), put(s3, "b"), return_exceptions=True)

    with pytest.raises(ExplorationError, match="silent-loss"):
        asyncio.run(cos.explore_async(act))


def test_recover_and_check_are_called(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md: act and recover are coroutine functions."""
    recovered: list[bool] = []
    checked: list[str] = []

    async def act() -> None:
        await put(s3, "a")

    async def recover() -> None:
        recovered.append(True)
        await put(s3, "a")

    def check(_: object, outcome: Outcome) -> None:
        checked.append(outcome.schedule)

    asyncio.run(cos.explore_async(act, recover=recover, check=check, failures=["AccessDenied"]))
    assert len(recovered) == 3
    assert "PutObject#1=AccessDenied" in checked


def test_a_function_that_is_no_coroutine_function_is_for_explore(cos: FakeCOS) -> None:
    """Source: our own promise."""
    with pytest.raises(UsageError, match=r"nothing to wait for: write cos\.explore"):
        asyncio.run(cos.explore_async(dict))  # type: ignore[arg-type]


def test_sleeps_take_virtual_time(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: asyncio.sleep."""
    waited: list[float] = []

    async def act() -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.sleep(3600)
        await put(s3, "a")
        waited.append(loop.time() - began)

    asyncio.run(cos.explore_async(act, failures=["AccessDenied"]))
    assert min(waited) >= 3600


def test_a_future_that_nobody_sets_is_a_hang(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: a run that never ends is a finding."""

    async def act() -> None:
        done = asyncio.get_running_loop().create_future()
        try:
            await put(s3, "a")
        except Exception:  # noqa: BLE001
            await done

    found = asyncio.run(cos.explore_async(act, failures=["AccessDenied"], raise_findings=False))
    assert [finding.kind for finding in found.findings] == ["hang"]


@pytest.mark.slow
def test_tasks_that_are_left_are_reported_and_cannot_reach_the_next_run(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1."""
    kept: list[asyncio.Task[None]] = []

    async def late() -> None:
        await asyncio.get_running_loop().create_future()
        await put(s3, "late")

    async def act() -> None:
        kept.append(asyncio.get_running_loop().create_task(late(), name="straggler"))
        await put(s3, "a")

    found = asyncio.run(cos.explore_async(act, failures=["AccessDenied"]))
    assert any("straggler" in line for line in found.covered)
    assert all(task.cancelled() for task in kept)
    assert list(cos.bucket(BUCKET).objects) == ["a"]


def test_an_asynchronous_generator_is_read_to_its_end(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: who reads it gets what fails then."""
    cos.put_object(BUCKET, "a", b"one")

    async def lines() -> AsyncIterator[bytes]:
        try:
            answer = await asyncio.to_thread(s3.get_object, Bucket=BUCKET, Key="a")
        except Exception:  # noqa: BLE001
            return
        yield answer["Body"].read()

    async def act() -> AsyncIterator[bytes]:
        return lines()

    found = asyncio.run(cos.explore_async(act, failures=["AccessDenied"], raise_findings=False))
    assert [finding.kind for finding in found.findings] == ["corrupt-read"]


def test_asyncio_run_inside_a_function_is_explored_too(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: many programs start their loop themselves."""

    async def main() -> None:
        await asyncio.sleep(60)
        await put(s3, "a")

    found = cos.explore(lambda: asyncio.run(main()))
    assert found.sites == ["PutObject#1"]
