"""The quota of retries of a client: a new process has a full one, and each run of an exploration is one.

Source: `botocore.retries.quota.RetryQuota`, of which each client of the retry modes "standard" and "adaptive" has one.
It is spent by retries and filled by successes, so that after many runs with failures a client would not retry at all.
"""

from __future__ import annotations

import functools
import sys
import weakref
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MODULES = ("botocore.retries.quota", "ibm_botocore.retries.quota")


class FullQuotas:
    """Fills the quota of each client when it is first asked in a run; `end` puts everything back."""

    def __init__(self) -> None:
        self._asked: weakref.WeakSet[Any] = weakref.WeakSet()
        self._undo: dict[str, Callable[[], None]] = {}

    def begin_run(self) -> None:
        """Let every quota be full when it is asked next."""
        self._asked = weakref.WeakSet()
        for name in _MODULES:
            module = sys.modules.get(name)
            if module is not None and name not in self._undo:
                self._patch(name, module.RetryQuota)

    def end(self) -> None:
        """Put back what was replaced."""
        while self._undo:
            self._undo.popitem()[1]()

    def _patch(self, name: str, kind: Any) -> None:
        original = kind.acquire

        @functools.wraps(original)
        def acquire(quota: Any, capacity_amount: int) -> Any:
            if quota not in self._asked:
                self._asked.add(quota)
                quota._available_capacity = quota._max_capacity
            return original(quota, capacity_amount)

        kind.acquire = acquire
        self._undo[name] = lambda: setattr(kind, "acquire", original)
