"""How fast a service is asked: never more than so many requests a second, by all threads together."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Pace:
    """Lets each request wait for its turn. `requests`: how many had one.

    - `rate`: requests a second. `clock`, `sleep`: seconds that only grow, and what lets them pass.
    """

    def __init__(
        self,
        rate: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.requests = 0
        self.sleep = sleep
        self._between = 1 / rate
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, _: str = "") -> None:
        """Return when the next request may be sent."""
        with self._lock:
            self.requests += 1
            now = self._clock()
            turn = max(self._next, now)
            self._next = turn + self._between
        if turn > now:
            self.sleep(turn - now)
