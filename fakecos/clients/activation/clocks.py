"""The clocks that tests set: freezegun and time-machine, moved on; and a ticking one of our own if there is none.

The fake reads the time late and keeps none, so whoever sets the clock of the process sets the fake's, and with it
the client's signing. Neither package has a public way to ask which of its clocks is active: that is asked here only.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from typing import Any

from fakecos.facts.exceptions import UsageError

_FREEZEGUN = "freezegun.api"
_TRAVELLERS = ("traveller_stack", "coordinates_stack")  # time-machine 3, and 2


def move(delta: dt.timedelta) -> bool:
    """Move the active clock on; False if the test has set none.

    With both packages active it is freezegun's, which stands above: it replaces the names that time-machine changes.
    """
    frozen = getattr(sys.modules.get(_FREEZEGUN), "freeze_factories", None)
    if frozen:
        if delta:  # a clock that steps at each look takes no time for one step
            frozen[-1].tick(delta)
        return True
    travellers = _travellers()
    if travellers:
        travellers[-1].shift(delta)
        return True
    return False


def _travellers() -> Any:
    module = sys.modules.get("time_machine")
    return next((found for name in _TRAVELLERS if (found := getattr(module, name, None))), None)


def is_set() -> bool:
    """Whether the test has set a clock."""
    return move(dt.timedelta())


def real_time() -> float:
    """Return the time of the world in seconds, whatever clock the test has set."""
    if _travellers():  # first: time-machine changes what freezegun has kept
        return float(sys.modules["time_machine"].escape_hatch.time.time())
    frozen = sys.modules.get(_FREEZEGUN)
    return float(time.time() if frozen is None else frozen.real_time())


def let_pass(seconds: float) -> None:
    """Move the active clock on by seconds, if the test has set one."""
    move(dt.timedelta(seconds=seconds))


class Clock:
    """What one fake does about time: it moves the test's clock on, or starts a ticking freezer of its own."""

    __slots__ = ("_factory", "_freezer")

    def __init__(self) -> None:
        self._freezer: Any = None
        self._factory: Any = None

    @property
    def is_ours(self) -> bool:
        """Whether it took the real time, and has not given it back."""
        return self._freezer is not None

    def advance(self, delta: dt.timedelta) -> None:
        """Let `delta` pass. UsageError: it is negative, or no clock is set and freezegun is not installed."""
        if delta < dt.timedelta():
            message = f"cos.advance() goes forward only, not by {delta.total_seconds():g} seconds."
            raise UsageError(message)
        if not move(delta) and delta:
            self._start(delta)

    def _start(self, delta: dt.timedelta) -> None:
        """Set the clock of the process.

        Two keep the real time: an asyncio loop, or its timeouts would all be over, and what pytest measures.
        """
        try:
            from freezegun import freeze_time
        except ModuleNotFoundError as error:
            if error.name != "freezegun":
                raise
            message = (
                "cos.advance() sets the clock of the process by freezegun: pip install 'fakecos[freezegun]'. "
                "Or set the clock by time-machine in the test, and cos.advance() moves that on."
            )
            raise UsageError(message) from None
        future = dt.datetime.now(dt.timezone.utc) + delta
        freezer = freeze_time(future, tick=True, real_asyncio=True, ignore=["_pytest.timing"])
        depth = len(sys.modules[_FREEZEGUN].freeze_factories)
        try:
            self._freezer = freezer
            self._factory = freezer.start()
        except BaseException:  # Ctrl-C too
            self._factory = next(iter(sys.modules[_FREEZEGUN].freeze_factories[depth:]), None)
            self.stop()
            raise

    def stop(self) -> UsageError | None:
        """Give the real time back if it was taken; return an error for the author of the test, if there is a reason."""
        if self._freezer is not None and not any(freezer is self._freezer for freezer, _ in _to_stop):
            _to_stop.append((self._freezer, self._factory))
        left = _stop_freezers()
        self._freezer = self._factory = None  # last: what is broken off before can be stopped again
        if not left:
            return None
        return UsageError(
            "The fake stopped while a freezer was active that was started after cos.advance(): freezegun stops in the "
            "reverse order only. Stop that freezer first, or start it before cos.advance()."
        )


_to_stop: list[tuple[Any, Any]] = []


def _stop_freezers() -> int:
    """Stop our freezers, the innermost first, and return how many cannot be stopped yet.

    One that lies below a test's own goes on with the real time, and is stopped together with the next fake.
    """
    freezegun = sys.modules.get(_FREEZEGUN)
    while _to_stop and freezegun is not None:
        freezer, factory = _to_stop[-1]
        if any(other is factory for other in freezegun.freeze_factories):  # else it is stopped, or never began
            if freezegun.freeze_factories[-1] is not factory:
                factory.move_to(freezegun.real_datetime.now(dt.timezone.utc))
                break
            freezer.stop()
        _to_stop.pop()
    return len(_to_stop)
