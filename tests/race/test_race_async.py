"""Actors that are coroutine functions, in tasks of one event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, RaceError, UsageError
from tests.race.programs import BUCKET, read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Actor = Callable[[], Coroutine[Any, Any, object]]


def adds(s3: Any, amount: int, pause: float = 0) -> Actor:
    """An actor that asks in threads, since boto3 would stop the event loop."""

    async def add() -> None:
        count = int(await asyncio.to_thread(read, s3, "count"))
        await asyncio.sleep(pause)
        await asyncio.to_thread(write, s3, "count", str(count + amount))

    return add


def test_a_lost_update_is_found_among_tasks(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, "count", "0")
    with pytest.raises(RaceError) as raised:
        asyncio.run(cos.race_async(adds(s3, 5, pause=3600), adds(s3, -3)))
    (finding,) = raised.value.race.findings
    assert (finding.kind, finding.schedule) == ("lost-update", "0110")


def test_tasks_that_share_a_lock_wait_for_it(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, "count", "0")

    async def both() -> list[str]:
        lock = asyncio.Lock()

        def locked(actor: Actor) -> Actor:
            async def run() -> None:
                async with lock:
                    await actor()

            return run

        return (await cos.race_async(locked(adds(s3, 5)), locked(adds(s3, -3)))).schedules

    assert sorted(asyncio.run(both())) == ["0011", "1100"]


def test_an_actor_that_stops_the_event_loop_is_told(cos: FakeCOS, s3: Any) -> None:
    async def blocks() -> None:
        write(s3, "k", "1")

    with pytest.raises(UsageError, match="It stops the event loop"):
        asyncio.run(cos.race_async(blocks, blocks))
    cos.errors.clear()


def test_functions_are_for_race(cos: FakeCOS, s3: Any) -> None:
    def function() -> None:
        write(s3, "k", "1")

    with pytest.raises(UsageError, match=r"function is no coroutine function: write cos\.race"):
        asyncio.run(cos.race_async(function, function))  # type: ignore[arg-type]


def test_actors_with_event_loops_of_their_own_are_raced_in_threads(cos: FakeCOS, s3: Any) -> None:
    cos.put_object(BUCKET, "count", "0")

    def deliver() -> None:
        asyncio.run(adds(s3, 5)())

    def sell() -> None:
        asyncio.run(adds(s3, -3)())

    race = cos.race(deliver, sell, raise_findings=False)
    assert [(finding.kind, finding.schedule) for finding in race.findings] == [("lost-update", "0110")]
