"""A program: it interrupts the start and the end of fakes at each point in turn, and says what was left behind.

    python -m tests.support.interruptions STEP SCENARIO...

It raises KeyboardInterrupt, as Ctrl-C does and the signals of time-outs, before the first line of fakecos in the
scenario, before line 1 + STEP in another run of it, and so on. At most one `stop` may follow, and none where a start
was interrupted. It ends with status 1 and the point that left something.
"""

from __future__ import annotations

import os
import sys
import threading
import unittest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp.connector  # noqa: F401  so that it is there to be patched
import boto3
import botocore.endpoint
import botocore.httpsession
import freezegun.api
import httpx  # noqa: F401
import ibm_boto3  # noqa: F401
import urllib3.connectionpool

import fakecos
from fakecos import FakeCOS
from fakecos.clients.activation import activation, active, masking

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

HERE = str(Path(fakecos.__file__).parent)
CLIENT = boto3.client("s3", region_name="us-east-1", aws_access_key_id="own", aws_secret_access_key="own")
SWITCHES = (activation._while_active, activation._while_answering, activation._while_sharing)


class Points:
    """Counts the lines of fakecos that run in this thread, and interrupts before the one whose number is `at`."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.count = 0
        self.place = ""

    def trace(self, frame: FrameType, event: str, _: object) -> Any:
        """Count one event of a frame of fakecos."""
        if not frame.f_code.co_filename.startswith(HERE):
            return None
        if event in {"call", "line"}:
            self.count += 1
            if self.count == self.at:
                self.place = f"{frame.f_code.co_filename[len(HERE) + 1 :]}:{frame.f_lineno}"
                raise KeyboardInterrupt
        return self.trace


# --- what is looked at ----------------------------------------------------------------------------------


class Name(NamedTuple):
    """An attribute that fakes change."""

    owner: Any
    name: str


def watched() -> list[Name]:
    """Return what the patches change, and the most important by hand, should the patches miss one."""
    with FakeCOS():
        found = [Name(patch.owner, patch.name) for switch in SWITCHES for patch in switch.patches._patches.values()]
    by_hand = [
        Name(botocore.endpoint.Endpoint, "_send"),
        Name(botocore.httpsession.URLLib3Session, "send"),
        Name(urllib3.connectionpool.HTTPConnectionPool, "_make_request"),
    ]
    assert all(any(name == other for other in found) for name in by_hand)
    return [*found, Name(sys.modules["datetime"], "datetime"), Name(sys.modules["time"], "time")]


def state(names: list[Name]) -> dict[str, Any]:
    """Return everything that must be as before."""
    locks: list[Any] = [activation._lock, *(switch.patches._lock for switch in SWITCHES)]
    return {
        **{f"{owner.__name__}.{name}": vars(owner).get(name) for owner, name in names},
        "environment": dict(os.environ),
        "default session": boto3.DEFAULT_SESSION,
        "finders": list(sys.meta_path),
        "fakes": active.fakes,
        "client": (vars(CLIENT._endpoint).get("_send"), CLIENT._request_signer._credentials),
        "freezers": list(freezegun.api.freeze_factories),
        "threads": [thread.name for thread in threading.enumerate()],
        "masks": (list(masking._overlays._overlays), dict(masking._by_fake)),
        "locks": [lock._is_owned() for lock in locks],
        "holders": [switch._is_held() for switch in SWITCHES],
    }


# --- what is interrupted --------------------------------------------------------------------------------


class Run:
    """One run of a scenario: its fakes, and those whose start came back, which may be stopped once more."""

    def __init__(self) -> None:
        self.cos = FakeCOS()
        self.inner = FakeCOS()
        self.begun: list[FakeCOS] = []


def plain(run: Run) -> None:
    """`start` and `stop`."""
    run.cos.start()
    run.begun.append(run.cos)
    run.cos.stop()


def again(run: Run) -> None:
    """A fake that was on before, and is started twice."""
    run.cos.start()
    run.begun.append(run.cos)
    run.cos.stop()
    run.begun.clear()
    with run.cos:
        run.begun.append(run.cos)
        with run.cos:
            pass


def nested(run: Run) -> None:
    """One fake in another, stopped out of order."""
    run.cos.start()
    run.begun.append(run.cos)
    run.inner.start()
    run.begun.append(run.inner)
    run.cos.stop()
    run.inner.stop()


def attached(run: Run) -> None:
    """A client that is attached, to a fake that is not active and to one that is."""
    run.cos.attach(CLIENT)
    run.begun.append(run.cos)
    run.cos.detach(CLIENT)
    with run.cos:
        run.cos.attach(CLIENT)


def served(run: Run) -> None:
    """A server, by itself and beside an active fake."""
    server = run.cos.serve()
    run.begun.append(run.cos)
    server.stop()
    with run.inner:
        run.begun.append(run.inner)
        run.inner.serve(environment=False)


def advanced(run: Run) -> None:
    """A clock that was moved on."""
    with run.cos:
        run.begun.append(run.cos)
        run.cos.advance(days=1)


def awaited(run: Run) -> None:
    """`async with`."""

    async def main() -> None:
        async with run.cos:
            run.begun.append(run.cos)

    _drive(main())


def decorated(_: Run) -> None:
    """Functions of each kind: nobody has their fakes, so that nothing may be left at all."""

    @FakeCOS()
    def function() -> None:
        pass

    @FakeCOS()
    async def coroutine() -> None:
        pass

    @FakeCOS()
    def generator() -> Any:
        yield

    function()
    _drive(coroutine())
    list(generator())


def decorated_class(run: Run) -> None:
    """A test class of unittest, and one of pytest whose tear-down is called."""

    @FakeCOS()
    class Case(unittest.TestCase):
        def test_one(self) -> None:
            pass

    @FakeCOS()
    class TestSome:
        def setup_method(self) -> None:
            pass

    Case("test_one").run(unittest.TestResult())
    some = TestSome()
    some.setup_method()
    run.begun.append(active.fakes[-1].face)  # type: ignore[arg-type]
    some.teardown_method()  # type: ignore[attr-defined]


def _drive(coroutine: Any) -> None:
    try:
        coroutine.send(None)
    except StopIteration:
        pass
    finally:
        coroutine.close()


SCENARIOS: dict[str, Callable[[Run], None]] = {
    scenario.__name__: scenario
    for scenario in (plain, again, nested, attached, served, advanced, awaited, decorated, decorated_class)
}


def play(scenario: Callable[[Run], None], at: int) -> tuple[Points, Run]:
    """Run a scenario, and interrupt it at a point."""
    run, points = Run(), Points(at)
    sys.settrace(points.trace)
    try:
        scenario(run)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    return points, run


def leftovers(before: dict[str, Any], names: list[Name]) -> dict[str, Any]:
    """Return what is not as before."""
    after = state(names)
    return {name: after[name] for name in before if after[name] != before[name]}


def interrupt(scenario: Callable[[Run], None], step: int) -> str | None:
    """Interrupt a scenario at its points; return what was left behind, and where."""
    names = watched()
    play(scenario, 0)  # what is made once for the process is made now
    before = state(names)
    total = play(scenario, 0)[0].count
    assert total > 1000
    assert not leftovers(before, names)
    for at in range(1, total + 1, step):
        points, run = play(scenario, at)
        for fake in run.begun:
            if fake.is_active:
                fake.stop()
        left = leftovers(before, names)
        with FakeCOS():
            works = active.fakes and vars(botocore.endpoint.Endpoint)["_send"] is not before["Endpoint._send"]
        left |= leftovers(before, names)
        if left or not works:
            return f"{scenario.__name__}, point {at} of {total}, {points.place}: {left or 'a later start does nothing'}"
    return None


if __name__ == "__main__":
    found = [interrupt(SCENARIOS[name], int(sys.argv[1])) for name in sys.argv[2:]]
    sys.exit("\n".join(filter(None, found)) or None)
