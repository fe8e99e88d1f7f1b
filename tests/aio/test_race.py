"""Races of aiobotocore: its requests wait at the gate without stopping the event loop."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from fakecos import FakeCOS

pytest.importorskip("aiobotocore")

from aiobotocore.session import get_session  # type: ignore[import-not-found,unused-ignore]


def test_a_lost_update_is_found_between_tasks_of_one_client() -> None:
    """Source: issue 15, section 1: actors are functions or coroutine functions."""

    async def main(cos: FakeCOS) -> list[tuple[str, str]]:
        async with get_session().create_client("s3", region_name="us-east-1") as s3:

            async def add(amount: int) -> None:
                answer = await s3.get_object(Bucket="box", Key="count")
                count = int(await answer["Body"].read())
                await asyncio.sleep(3600)
                await s3.put_object(Bucket="box", Key="count", Body=str(count + amount).encode())

            async def deliver() -> None:
                await add(5)

            async def sell() -> None:
                await add(-3)

            race = await cos.race_async(deliver, sell, raise_findings=False)
        return [(finding.kind, finding.schedule) for finding in race.findings]

    with FakeCOS() as cos:
        cos.create_bucket("box")
        cos.put_object("box", "count", "0")
        assert asyncio.run(main(cos)) == [("lost-update", "0110")]


def test_pauses_between_different_requests_are_no_polling() -> None:
    """An actor that asks the same again after pauses waits for the others; who asks for something else does not."""

    async def main(cos: FakeCOS) -> list[str]:
        async with get_session().create_client("s3", region_name="us-east-1") as s3:

            async def walks() -> None:
                for key in "abcdef":
                    await asyncio.sleep(1)
                    await s3.put_object(Bucket="box", Key=key, Body=b"x")

            async def lists() -> None:
                await s3.list_objects_v2(Bucket="box")

            race = await cos.race_async(walks, lists, check=lambda *_: None)
        return sorted(race.schedules)

    with FakeCOS() as cos:
        cos.create_bucket("box")
        orders = asyncio.run(main(cos))
    assert orders == sorted("0" * before + "1" + "0" * (6 - before) for before in range(7))


def test_requests_that_one_task_gathers_are_put_into_one_order() -> None:
    async def main(cos: FakeCOS) -> list[str]:
        async with get_session().create_client("s3", region_name="us-east-1") as s3:

            async def put(key: str) -> Any:
                return await s3.put_object(Bucket="box", Key=key, Body=b"x")

            async def several() -> None:
                await asyncio.gather(put("b"), put("a"), put("c"))

            async def one() -> None:
                await put("a")

            race = await cos.race_async(several, one)
        return [text for actor, text in race.results[0].requests if actor == 0]

    with FakeCOS() as cos:
        cos.create_bucket("box")
        assert asyncio.run(main(cos)) == [f"PutObject box/{key} 200" for key in "abc"]


def test_s3fs_is_raced_through_the_event_loop_that_its_actors_share() -> None:
    s3fs = pytest.importorskip("s3fs")
    with FakeCOS() as cos:
        cos.create_bucket("box")
        cos.put_object("box", "count", "0")
        fs = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)

        def deliver() -> None:
            fs.pipe("box/count", str(int(fs.cat("box/count")) + 5).encode())

        def sell() -> None:
            fs.pipe("box/count", str(int(fs.cat("box/count")) - 3).encode())

        race = cos.race(deliver, sell, raise_findings=False)
    assert [finding.kind for finding in race.findings] == ["lost-update"]
