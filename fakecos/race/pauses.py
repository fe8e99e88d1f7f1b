"""Pauses of the actors take no time: while one sleeps, the others may do anything, and the order says what.

`time.sleep` and `asyncio.sleep` move the clock of the actors on by what was asked, and return at once. So a lease that
runs out while its holder sleeps is tried without waiting for it. `time.time`, `time.monotonic` and `time.perf_counter`
show that clock; `datetime.now` is the test's: the clock of freezegun or time-machine moves on.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import clocks
from fakecos.explore.virtual_time import VirtualTime, real_sleep

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

    from fakecos.race.actors import Actors


class Pauses(VirtualTime):
    """The clock of one race. `tick` is called with the seconds that pass, `note` with who sleeps, and how long."""

    def __init__(self, actors: Actors, tick: Callable[[float], None], note: Callable[[int, float], None]) -> None:
        super().__init__(tick, _never, bool, moves_clocks=not clocks.is_set())
        self._actors = actors
        self._tick = tick
        self._note = note

    def _is_ours(self) -> bool:
        return self._actors.current() is not None

    def _pass(self, seconds: float) -> None:
        self.seconds += seconds
        self._tick(seconds)
        actor = self._actors.current()
        if actor is not None:
            self._note(actor, seconds)

    def _sleep(self) -> Callable[[float], None]:
        def sleep(seconds: float) -> None:
            if seconds > 0 and self._is_ours():
                self._pass(seconds)
                real_sleep(0)
            else:
                real_sleep(seconds)

        return sleep

    def _sleep_of_tasks(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def sleep(delay: float, result: Any = None) -> Any:
            if delay > 0 and self._is_ours():
                self._pass(delay)
                return await original(0, result)
            return await original(delay, result)

        return sleep

    def __enter__(self) -> Self:
        import time

        names: dict[Any, Any] = {time.sleep: self._sleep(), **self._clocks()}
        if "asyncio" in sys.modules:
            asyncio = sys.modules["asyncio"]
            names[asyncio.sleep] = self._sleep_of_tasks(asyncio.sleep)
        self._replace_everywhere(names)
        return self


def _never(_: str) -> None:
    raise AssertionError
