"""Pauses that clients make between attempts: against a fake they need not be slept.

botocore pauses in three places, and each is a name in a module or class of its own; `time.sleep` of everybody else
stays what it is. Source: `endpoint` (between attempts, in all retry modes), `waiter` (between polls), and
`retries.bucket.TokenBucket` (adaptive mode: before an attempt, on a clock and a condition of its own).
"""

from __future__ import annotations

import functools
import threading
import weakref
from typing import TYPE_CHECKING, Any

from fakecos.adapters import active

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.adapters.active import ActiveFake
    from fakecos.adapters.patches import Patches

_answered = threading.local()


class Clock:
    """Stands for the module `time` in a module that pauses."""

    def __init__(self, original: ModuleType) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def sleep(self, seconds: float) -> None:
        """Sleep only if no fake is active, or the one that answers wants it."""
        if are_slept():
            self._original.sleep(seconds)


def answered_by(fake: ActiveFake) -> None:
    """Remember who answered an attached client on this thread: its next pause is that fake's matter."""
    _answered.by = weakref.ref(fake)


def are_slept() -> bool:
    """Whether pauses are real now."""
    fake = active.innermost()
    if fake is None:
        last = getattr(_answered, "by", None)
        fake = None if last is None else last()
        if fake is None or not fake.is_active:
            return True
    return fake.real_backoff


def patch_time(module: ModuleType, patches: Patches) -> None:
    """Patch a module that says `time.sleep`."""
    patches.replace(module, "time", Clock)


def patch_bucket(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.retries.bucket`: an attempt need not wait until the rate limiter has a token for it."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def acquire(self: Any, amount: int = 1, block: bool = True) -> Any:  # noqa: FBT001, FBT002  botocore's own
            if are_slept() or not block:
                return original(self, amount, block)
            return True

        return acquire

    patches.replace(module.TokenBucket, "acquire", make)
