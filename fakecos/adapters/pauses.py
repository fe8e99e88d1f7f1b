"""Pauses that clients make between attempts: against a fake they need not be slept.

botocore pauses in three places, and each is a name in a module or class of its own; `time.sleep` of everybody else
stays what it is. Source: `endpoint` (between attempts, in all retry modes), `waiter` (between polls), and
`retries.bucket.TokenBucket` (adaptive mode: before an attempt, on a clock and a condition of its own). aiobotocore
pauses in the same places by `asyncio.sleep`, and by `anyio.sleep` where its session is httpx.
"""

from __future__ import annotations

import contextvars
import functools
import weakref
from threading import active_count
from typing import TYPE_CHECKING, Any

from fakecos.adapters import active

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.adapters.active import ActiveFake
    from fakecos.adapters.patches import Patches

# Of a thread, or of a task: a pause follows its answer in the same one.
_answered: contextvars.ContextVar[weakref.ref[ActiveFake] | None] = contextvars.ContextVar(
    "fakecos_answered", default=None
)


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


class PollingClock(Clock):
    """Stands for the module `time` where it is asked again and again whether something is there.

    What is waited for may be on its way in another thread, as an upload is that a transfer manager sends. Polls without
    any pause would be over before it arrives.
    """

    def sleep(self, seconds: float) -> None:
        """Sleep a hundredth if there are other threads, which then go on; all of it if pauses are real."""
        if are_slept():
            self._original.sleep(seconds)
        elif active_count() > 1:
            self._original.sleep(seconds / 100)


class AsyncClock:
    """Stands for the module `asyncio` in a module that pauses."""

    def __init__(self, original: ModuleType) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    async def sleep(self, delay: float) -> None:
        """Sleep only if no fake is active, or the one that answers wants it; let other tasks run in any case."""
        await self._original.sleep(delay if are_slept() else 0)


def answered_by(fake: ActiveFake) -> None:
    """Remember who answered an attached client in this thread or task: its next pause is that fake's matter."""
    _answered.set(weakref.ref(fake))


def are_slept() -> bool:
    """Whether pauses are real now."""
    fake = active.innermost()
    if fake is None:
        last = _answered.get()
        fake = None if last is None else last()
        if fake is None or not fake.is_active:
            return True
    return fake.real_backoff


def patch_time(module: ModuleType, patches: Patches) -> None:
    """Patch a module that says `time.sleep`."""
    patches.replace(module, "time", Clock)


def patch_polls(module: ModuleType, patches: Patches) -> None:
    """Patch a module that says `time.sleep` between polls."""
    patches.replace(module, "time", PollingClock)


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


def patch_asyncio(module: ModuleType, patches: Patches) -> None:
    """Patch a module of aiobotocore that says `asyncio.sleep`, and has a class that says `anyio.sleep`."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def _sleep(self: Any, sleep_amount: float) -> None:
            await original(self, sleep_amount if are_slept() else 0)

        return _sleep

    patches.replace(module, "asyncio", AsyncClock)
    for name in ("AnyioEndpoint", "AnyioWaiter"):
        if hasattr(module, name):  # since aiobotocore 3.10
            patches.replace(getattr(module, name), "_sleep", make)


def patch_async_bucket(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.retries.bucket` as botocore's."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def acquire(self: Any, amount: int = 1, block: bool = True) -> Any:  # noqa: FBT001, FBT002  its own
            if are_slept() or not block:
                return await original(self, amount, block)
            return True

        return acquire

    patches.replace(module.AsyncTokenBucket, "acquire", make)
