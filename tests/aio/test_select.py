"""S3 Select through aiobotocore: its stream is read event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.faults import Transport, When

# aiobotocore reads events by a method that only aiohttp has (source: its eventstream).
pytestmark = pytest.mark.parametrize("backend", ["aiohttp"])
aiobotocore = pytest.importorskip("aiobotocore")
pytest.importorskip("sqlglot")

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

ROWS = b"a,b\n" * 100_000


async def select(client: Any, expression: str = "SELECT * FROM S3Object") -> Any:
    answer = await client.select_object_content(
        Bucket="photos",
        Key="table",
        ExpressionType="SQL",
        Expression=expression,
        InputSerialization={"CSV": {}},
        OutputSerialization={"CSV": {}},
    )
    return answer["Payload"]


async def test_all_events_arrive(cos: FakeCOS, once: Callable[..., Any]) -> None:
    cos.put_object("photos", "table", ROWS)
    async with once() as client:
        events = [event async for event in await select(client)]
    assert b"".join(event["Records"]["Payload"] for event in events if "Records" in event) == ROWS
    assert events[-1] == {"End": {}}


async def test_an_error_arrives_in_the_stream(cos: FakeCOS, once: Callable[..., Any]) -> None:
    cos.put_object("photos", "table", b"1\n" * 50_000 + b"x\n")
    async with once() as client:
        events = await select(client, "SELECT CAST(_1 AS INT) FROM S3Object")
        with pytest.raises(Exception, match="CastFailed"):
            _ = [event async for event in events]


async def test_the_stream_breaks_off(cos: FakeCOS, once: Callable[..., Any]) -> None:
    cos.put_object("photos", "table", ROWS)
    cos.inject("SelectObjectContent", transport=Transport.RESET, when=When.after_answer_bytes(250_000))
    found = []
    async with once() as client:
        events = await select(client)
        with pytest.raises(Exception) as caught:  # noqa: PT011, PT012  which one, and after what, is the question
            async for event in events:
                found.append(event)  # noqa: PERF401  until it breaks off
    assert type(caught.value).__name__ in {"ClientPayloadError", "ResponseStreamingError"}
    assert [next(iter(event)) for event in found[:2]] == ["Records", "Cont"]
    assert {"End": {}} not in found
