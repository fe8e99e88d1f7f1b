"""Time in an exploration: what waits takes none, in the right order, and the clocks of everybody else stay real."""

from __future__ import annotations

import asyncio
import concurrent.futures
import queue
import selectors
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.explore.virtual_time import VirtualTime
from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import FakeCOS

LONG = 10_000.0
"""Seconds that no test waits really."""
PLACES = [
    (time, "sleep"),
    (time, "monotonic"),
    (time, "time"),
    (time, "perf_counter"),
    (time, "monotonic_ns"),
    (threading.Condition, "wait"),
    (threading.Thread, "join"),
    (selectors.SelectSelector, "select"),
    (selectors.DefaultSelector, "select"),
]


@pytest.fixture
def passed() -> Iterator[list[float]]:
    """Virtual time, and the seconds that passed in it."""
    waits: list[float] = []
    hangs: list[str] = []

    def hang(text: str) -> None:
        hangs.append(text)
        raise TimeoutError(text)

    with VirtualTime(waits.append, hang, lambda: False, moves_clocks=True) as clock:
        clock.note_request()
        yield waits


def slept() -> None:
    """Sleep."""
    time.sleep(LONG)


def event() -> None:
    """Wait for what never comes."""
    assert not threading.Event().wait(LONG)


def condition() -> None:
    """Wait for what nobody tells."""
    one = threading.Condition()
    with one:
        assert not one.wait(LONG)


def queue_get() -> None:
    """Wait for an item."""
    with pytest.raises(queue.Empty):
        queue.Queue().get(timeout=LONG)


def future_result() -> None:
    """Wait for a future that nobody works on."""
    with pytest.raises(concurrent.futures.TimeoutError):
        concurrent.futures.Future().result(timeout=LONG)


def joined() -> None:
    """Wait for a thread that waits longer."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    thread.join(LONG)
    assert thread.is_alive()
    done.set()
    thread.join()


def asyncio_sleep() -> None:
    """Sleep in an event loop."""
    asyncio.run(asyncio.sleep(LONG))


def asyncio_wait_for() -> None:
    """Wait for a future of asyncio."""

    async def main() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.get_running_loop().create_future(), LONG)

    asyncio.run(main())


WAITS = [slept, event, condition, queue_get, future_result, joined, asyncio_sleep, asyncio_wait_for]


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.__name__)
def test_a_wait_takes_virtual_time_alone(passed: list[float], wait: Callable[[], None]) -> None:
    """Source: issue 13, section 1: sleeping code must not make it slow."""
    before, monotonic = time.time(), time.monotonic()
    wait()
    assert sum(passed) == pytest.approx(LONG, rel=0.001)
    assert time.time() - before >= LONG
    assert time.monotonic() - monotonic >= LONG


def test_what_ends_first_ends_first(passed: list[float]) -> None:
    """Source: our own promise: as in a simulation of discrete events."""
    order: list[str] = []

    def after(seconds: float, name: str) -> None:
        time.sleep(seconds)
        order.append(name)

    threads = [threading.Thread(target=after, args=(n * 100.0, f"{n}")) for n in (3, 1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["1", "2", "3"]
    assert sum(passed) == pytest.approx(300)


def test_who_is_woken_works_before_any_time_passes(passed: list[float]) -> None:
    """Source: our own promise: work takes no virtual time."""
    inbox: queue.Queue[int] = queue.Queue()
    outbox: queue.Queue[int] = queue.Queue()

    def double() -> None:
        while True:
            number = inbox.get()
            if not number:
                return
            outbox.put(2 * number)

    thread = threading.Thread(target=double)
    thread.start()
    for number in range(1, 30):
        inbox.put(number)
        assert outbox.get(timeout=5) == 2 * number
    inbox.put(0)
    thread.join()
    assert not passed


def test_a_deadline_comes_when_it_should(passed: list[float]) -> None:
    """Source: our own promise."""
    tries, deadline = 0, time.monotonic() + 60
    while time.monotonic() < deadline:
        tries += 1
        time.sleep(10)
    assert tries == 6
    assert passed


def test_everything_is_put_back_exactly() -> None:
    """Source: issue 13, section 1: exactly undone."""
    before = [vars(owner).get(name) for owner, name in PLACES]
    with VirtualTime(lambda _: None, lambda _: None, lambda: False, moves_clocks=True):
        assert [vars(owner).get(name) for owner, name in PLACES] != before
    assert [vars(owner).get(name) for owner, name in PLACES] == before


def test_everything_is_put_back_after_an_exception(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1."""
    before = [vars(owner).get(name) for owner, name in PLACES]
    with pytest.raises(KeyboardInterrupt):
        cos.explore(lambda: interrupt(s3))
    assert [vars(owner).get(name) for owner, name in PLACES] == before
    assert threading.excepthook is not None
    s3.put_object(Bucket=BUCKET, Key="k", Body=b"the fake goes on")


def interrupt(s3: Any) -> None:
    """Do what a person does by Ctrl-C."""
    s3.list_objects_v2(Bucket=BUCKET)
    raise KeyboardInterrupt


def test_other_threads_have_real_time() -> None:
    """Source: issue 13, section 1: the code under test alone."""
    begin, end = threading.Event(), threading.Event()
    seen: list[float] = []

    def other() -> None:
        begin.wait(30)
        first = time.monotonic()
        time.sleep(0.01)
        seen.append(time.monotonic() - first)
        end.set()

    thread = threading.Thread(target=other)
    thread.start()
    with VirtualTime(lambda _: None, lambda _: None, lambda: False, moves_clocks=True) as clock:
        clock.note_request()
        time.sleep(LONG)
        begin.set()
        while not end.is_set():
            pass
        time.sleep(LONG)
    thread.join()
    assert 0.005 < seen[0] < LONG / 2


def test_a_wait_that_nobody_can_end_is_a_hang() -> None:
    """Source: issue 13, section 1: a run that never ends is a finding."""
    said: list[str] = []

    def hang(text: str) -> None:
        said.append(text)
        raise TimeoutError(text)

    with VirtualTime(lambda _: None, hang, lambda: False, moves_clocks=True) as clock:
        clock.note_request()
        with pytest.raises(TimeoutError):
            queue.Queue().get()
    assert "no thread is left that could end it" in said[0]


def test_real_sleep_can_be_kept(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: `sleep="real"` keeps them."""
    original = time.sleep

    def act() -> bool:
        s3.put_object(Bucket=BUCKET, Key="k", Body=b"x")
        return time.sleep is original

    assert cos.explore(act, sleep="real", failures=["AccessDenied"], crashes=False).runs == 1


def test_the_sleeps_of_code_under_test_are_virtual(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1."""
    slept_for: list[float] = []

    def act() -> None:
        began = time.monotonic()
        time.sleep(LONG)
        s3.put_object(Bucket=BUCKET, Key="k", Body=b"x")
        slept_for.append(time.monotonic() - began)

    cos.explore(act, failures=["AccessDenied"])
    assert min(slept_for) >= LONG
