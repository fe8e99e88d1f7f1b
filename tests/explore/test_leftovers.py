"""What a run leaves behind ends in its own run, and nobody is told of it a thousand times."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS


class File:
    """Writes when it is closed, or deleted: as files do that buffer."""

    def __init__(self, s3: Any) -> None:
        self.s3 = s3
        self.is_closed = False
        self.me = self  # a cycle, which only the collector ends

    def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            self.s3.put_object(Bucket=BUCKET, Key="late", Body=b"late")

    def __del__(self) -> None:
        self.close()


def test_an_object_that_is_deleted_asks_in_its_own_run(cos: FakeCOS, s3: Any) -> None:
    """Source: cloudpathlib 0.26, whose paths upload once more when they are deleted."""

    def act() -> None:
        file = File(s3)
        s3.head_bucket(Bucket=BUCKET)
        file.close()

    found = cos.explore(act, raise_findings=False, crashes=False)
    asked = {run.schedule: [line.split()[0] for line in run.requests] for run in found.results}
    assert asked["HeadBucket#1=AccessDenied"] == ["HeadBucket", "PutObject"]
    assert all(operations.count("HeadBucket") >= 1 for operations in asked.values())
    assert asked["PutObject#1=AccessDenied"] == ["HeadBucket", "PutObject"]


def test_nothing_is_printed_of_what_the_act_leaves(
    cos: FakeCOS, s3: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Source: our own choice: in a thousand runs many tasks and objects end with an exception."""
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)

    async def put() -> None:
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"a")

    async def act() -> None:
        File(s3)
        await asyncio.wait([asyncio.ensure_future(put())])

    asyncio.run(cos.explore_async(act, raise_findings=False))
    assert not told
    assert "never retrieved" not in caplog.text
    assert sys.unraisablehook == told.append


def test_what_the_collector_set_aside_is_given_back(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: the process is as before. Python 3.12 begins with objects that it set aside itself."""
    before = gc.get_freeze_count()
    cos.explore(lambda: s3.put_object(Bucket=BUCKET, Key="a", Body=b"a") and None)
    assert gc.get_freeze_count() == before


def test_who_repeats_a_run_still_sees_its_variables(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13: a run is repeated under a debugger."""

    def act() -> None:
        seen = "by the debugger"
        s3.put_object(Bucket=BUCKET, Key=seen[:1], Body=b"a")

    with pytest.raises(Exception, match="AccessDenied") as caught:
        cos.explore(act, replay="PutObject#1=AccessDenied")
    assert any(entry.frame.f_locals.get("seen") for entry in caught.traceback)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that runs in a thread of its own, as that of fsspec does."""
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever, daemon=True)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join()
    made.close()


def test_an_event_loop_that_ran_before_works_for_the_act(
    cos: FakeCOS, s3: Any, loop: asyncio.AbstractEventLoop
) -> None:
    """Source: s3fs: each call gives work to such a loop, and waits for it second by second."""

    async def put(done: threading.Event) -> None:
        sum(range(2_000_000))  # it works for a while before it asks
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"a")
        done.set()

    def act() -> None:
        done = threading.Event()
        future = asyncio.run_coroutine_threadsafe(put(done), loop)
        while not future.done():
            done.wait(1)
        future.result()

    found = cos.explore(act, failures=["SlowDown", "AccessDenied"])
    assert found.sites == ["PutObject#1"]


def test_what_waits_in_a_process_that_died_is_no_hang(cos: FakeCOS, s3: Any) -> None:
    """Source: aioboto3 15.5: its uploaders wait for work when one of them died."""

    async def put() -> None:
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"a")

    async def act() -> None:
        task = asyncio.ensure_future(put())
        done = asyncio.Event()
        task.add_done_callback(lambda task: None if task.exception() else done.set())
        await done.wait()

    found = asyncio.run(cos.explore_async(act, failures=[]))
    assert not found.findings
    assert [run.ended for run in found.results] == ["died", "died"]
