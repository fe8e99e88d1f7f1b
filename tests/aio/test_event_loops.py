"""Event loops, one after the other: a client and a body may go from one to the next, since nothing is connected."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("aiobotocore")

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


async def put(client: Any, key: str) -> None:
    await client.put_object(Bucket="photos", Key=key, Body=key.encode())


async def read(body: Any) -> bytes:
    got: bytes = await body.read()
    return got


def test_a_client_is_used_in_two_event_loops(cos: FakeCOS, make: Callable[..., Any]) -> None:
    stack = AsyncExitStack()
    client = asyncio.run(stack.enter_async_context(make()))
    asyncio.run(put(client, "a"))
    asyncio.run(put(client, "b"))
    body = asyncio.run(client.get_object(Bucket="photos", Key="a"))["Body"]
    assert asyncio.run(read(body)) == b"a"
    asyncio.run(stack.aclose())
    assert list(cos.bucket("photos").objects) == ["a", "b"]


def test_each_event_loop_has_a_client_of_its_own(cos: FakeCOS, make: Callable[..., Any]) -> None:
    async def once(key: str) -> None:
        async with make() as client:
            await put(client, key)

    for key in ("a", "b"):
        asyncio.run(once(key))
    assert list(cos.bucket("photos").objects) == ["a", "b"]


def test_a_retry_is_made_in_the_second_event_loop_too(cos: FakeCOS, make: Callable[..., Any]) -> None:
    stack = AsyncExitStack()
    client = asyncio.run(stack.enter_async_context(make()))
    for key in ("a", "b"):
        busy = cos.inject("PutObject", error="SlowDown", times=2)
        asyncio.run(put(client, key))
        assert busy.hits == 2
    asyncio.run(stack.aclose())
