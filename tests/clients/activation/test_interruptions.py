"""Ctrl-C, or the signal of a time-out, while a fake starts or stops: nothing stays patched, and all can be stopped.

Source: our own promise (docs/explanation/decisions/clients.md). A process of its own interrupts each
scenario of `tests/support/interruptions.py` before the lines of fakecos in turn, and compares with the state before.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import botocore.endpoint
import pytest

from fakecos import FakeCOS, UsageError
from fakecos.clients.activation.patches import Patches
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

FEW, MANY = 211, 29
SCENARIOS = ("again", "nested", "attached", "served", "advanced", "awaited", "decorated", "decorated_class")


def _interrupt(step: int, *scenarios: str) -> None:
    command = [sys.executable, "-m", "tests.support.interruptions", str(step), *scenarios]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_an_interruption_at_some_points_leaves_nothing() -> None:
    _interrupt(FEW, "plain", *SCENARIOS)


@pytest.mark.slow
def test_an_interruption_at_every_third_point_of_start_and_stop_leaves_nothing() -> None:
    _interrupt(3, "plain")


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_interruption_at_many_points_leaves_nothing(scenario: str) -> None:
    _interrupt(MANY, scenario)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_real_signals_of_a_timer_leave_nothing(run_program: Callable[..., str]) -> None:
    printed = run_program("""
        import signal
        import boto3, botocore.endpoint
        from fakecos import FakeCOS

        class TimeOut(Exception):
            pass

        def fire(*_):
            raise TimeOut

        original = vars(botocore.endpoint.Endpoint)["_send"]
        signal.signal(signal.SIGALRM, fire)
        FakeCOS().start().stop()
        fired = 0
        for microseconds in range(5, 400, 3):
            cos = FakeCOS()
            try:
                signal.setitimer(signal.ITIMER_REAL, microseconds / 1_000_000)
                cos.start()
                cos.stop()
                signal.setitimer(signal.ITIMER_REAL, 0)
            except TimeOut:
                fired += 1
            if cos.is_active:
                cos.stop()
            assert vars(botocore.endpoint.Endpoint)["_send"] is original, microseconds
        print("fired" if fired else "never")
    """)
    assert printed == "fired\n"


class _Closable(type):
    """A class whose attributes cannot be set while it is closed."""

    closed = False

    def __setattr__(cls, name: str, value: object) -> None:
        if cls.closed and name != "closed":
            raise RuntimeError(name)
        super().__setattr__(name, value)


def test_what_cannot_be_put_back_does_not_keep_the_rest_patched() -> None:
    class First:
        word = "first"

    class Closed(metaclass=_Closable):
        word = "closed"

    class Last:
        word = "last"

    patches = Patches()
    for owner in (First, Closed, Last):
        patches.replace(owner, "word", lambda _: "patched")
    Closed.closed = True
    with pytest.raises(RuntimeError, match="word"):
        patches.undo()
    assert (First.word, Closed.word, Last.word) == ("first", "patched", "last")
    Closed.closed = False
    patches.undo()
    patches.undo()
    assert Closed.word == "closed"


def test_an_end_that_fails_is_an_end_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cos, original = FakeCOS().start(), vars(botocore.endpoint.Endpoint)["_send"]
    broken = [RuntimeError("once")]
    detach_all = cos._clients.detach_all

    def fail() -> None:
        if broken:
            raise broken.pop()
        detach_all()

    monkeypatch.setattr(cos._clients, "detach_all", fail)
    with pytest.raises(RuntimeError, match="once"):
        cos.stop()
    assert not cos.is_active
    assert vars(botocore.endpoint.Endpoint)["_send"] is not original
    with pytest.raises(UsageError, match="it is not active"):
        cos.stop()
