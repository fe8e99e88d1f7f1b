"""One call of aiobotocore: on a null answer at its hook and on fakecos, in turn. Run where aiobotocore is installed.

The null answer is the one that fakecos gave to the same call, and it lets other tasks have one turn, as a network does.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

if __name__ == "__main__":
    ROOT = Path(__file__).parent.parent.parent
    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from tests.benchmarks.table import Line, at_most, show

KIB, MIB = 1024, 1024 * 1024
PART = {"Bucket": "bench", "Key": "part", "PartNumber": 1}
TARGET = 1.3


class Null:
    """A hook that gives the same answer again and again."""

    def __init__(self, endpoint: Any) -> None:
        self.ours = endpoint._send
        self._known: tuple[int, dict[str, str], bytes] | None = None
        self.md5 = False

    async def record(self, request: Any) -> Any:
        """Keep the answer that fakecos gives."""
        answer = await self.ours(request)
        self._known = (answer.status_code, dict(answer.headers), await answer.content)
        return answer

    async def play(self, request: Any) -> Any:
        """Answer with what was kept."""
        from aiobotocore.awsrequest import AioAWSResponse

        assert self._known is not None
        await asyncio.sleep(0)
        if self.md5:  # what no honest answer to a part can leave out
            hashlib.md5(request.body._raw.read(), usedforsecurity=False).digest()
        status, headers, body = self._known
        return AioAWSResponse(request.url, status, dict(headers), Raw(body))


class Raw:
    """The least that aiobotocore asks of an answer that is read at once."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def read(self) -> bytes:
        """Return the body."""
        return self._body


async def measure(rounds: int) -> list[Line]:
    """Time both in turn, for parts of two sizes."""
    from aiobotocore.session import get_session

    from fakecos import FakeCOS

    cos = FakeCOS()
    cos.create_bucket("bench")
    keys = {"aws_access_key_id": "AKIDBENCH", "aws_secret_access_key": "bench", "region_name": "us-east-1"}
    session = get_session()
    async with session.create_client("s3", **keys) as floor, session.create_client("s3", **keys) as ours:
        for client in (floor, ours):
            cos.attach(client)
        upload = (await ours.create_multipart_upload(Bucket="bench", Key="part"))["UploadId"]
        null = Null(floor._endpoint)
        lines = []
        for what, size, target in (
            ("upload_part 1 KiB", KIB, TARGET),
            ("upload_part 5 MiB, beside MD5", 5 * MIB, None),
        ):
            body = os.urandom(size)
            floor._endpoint._send = null.record
            await floor.upload_part(**PART, UploadId=upload, Body=body)
            floor._endpoint._send = null.play
            null.md5 = target is None
            share = rounds if target else rounds // 10
            low, mine = await timed([floor, ours], share, {**PART, "UploadId": upload, "Body": body})
            ratio = median(m / f for f, m in zip(low, mine, strict=True))
            beside = f"null {median(low) * 1e6:,.0f} us, fakecos {median(mine) * 1e6:,.0f} us"
            line = Line(f"aiobotocore {what}", f"{ratio:.2f}x", beside=beside)
            lines.append(at_most(line.what, ratio, target, "x", beside) if target else line)
        floor._endpoint._send = null.ours
        cos.stop()
    return lines


async def timed(clients: list[Any], rounds: int, part: dict[str, Any]) -> list[list[float]]:
    """Upload the part by each client in turn, and return the seconds of each."""
    times: list[list[float]] = [[] for _ in clients]
    for number in range(rounds + 10):
        for client, kept in zip(clients, times, strict=True):
            start = time.perf_counter()
            await client.upload_part(**part)
            if number >= 10:  # the first ones load what is loaded late
                kept.append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    show(f"aiobotocore (load {load})", asyncio.run(measure(100 if "--fast" in sys.argv else 600)))
