"""Pauses that clients make between attempts: against a fake they need not be slept.

botocore pauses in three places, and each is a name in a module or class of its own; `time.sleep` of everybody else
stays what it is. Source: `endpoint` (between attempts, in all retry modes), `waiter` (between polls), and
`retries.bucket.TokenBucket` (adaptive mode: before an attempt, on a clock and a condition of its own). aiobotocore
pauses in the same places by `asyncio.sleep`, and by `anyio.sleep` where its session is httpx.

Between attempts nobody gets anything by waiting. A waiter waits for what another thread or task does: it gives them
time.
"""

from __future__ import annotations

import contextvars
import functools
import threading
import weakref
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches

PATIENCE = 0.1
"""Seconds that a waiter really sleeps at most between two polls, while others may do what it waits for: our own choice.
Its 20 polls are then two seconds, in which an upload by another thread comes to its end."""

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


class PollClock(Clock):
    """Stands for the module `time` in the module of the waiters."""

    def sleep(self, seconds: float) -> None:
        """Sleep as `of_poll` says."""
        self._original.sleep(of_poll(seconds, others=threading.active_count() > 1))


class AsyncClock:
    """Stands for the module `asyncio` in a module that pauses."""

    def __init__(self, original: ModuleType) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    async def sleep(self, delay: float) -> None:
        """Sleep only if no fake is active, or the one that answers wants it; let other tasks run in any case."""
        await self._original.sleep(delay if are_slept() else 0)


class AsyncPollClock(AsyncClock):
    """Stands for the module `asyncio` in the module of the waiters."""

    async def sleep(self, delay: float) -> None:
        """Sleep as `of_poll` says."""
        await self._original.sleep(of_poll(delay, others=_others_run()))


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
    return fake.sleep_between_retries


def of_poll(seconds: float, *, others: bool) -> float:
    """Return how long a waiter sleeps; `others`: there are other threads or tasks, which may do what it waits for."""
    if are_slept():
        return seconds
    return min(seconds, PATIENCE) if others else 0


def _others_run() -> bool:
    """Whether another task or thread may go on while this task sleeps; of trio's tasks nobody can ask: they may."""
    import asyncio  # those who come here have it

    try:
        return len(asyncio.all_tasks()) > 1 or threading.active_count() > 1
    except RuntimeError:
        return True


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


def patch_waiter(module: ModuleType, patches: Patches) -> None:
    """Patch a module of waiters that says `time.sleep`."""
    patches.replace(module, "time", PollClock)


def patch_asyncio(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.endpoint`, which says `asyncio.sleep`, and has a class that says `anyio.sleep`."""
    patches.replace(module, "asyncio", AsyncClock)
    _patch_anyio(module, "AnyioEndpoint", lambda delay: delay if are_slept() else 0, patches)


def patch_async_waiter(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.waiter` as its endpoint."""
    patches.replace(module, "asyncio", AsyncPollClock)
    _patch_anyio(module, "AnyioWaiter", lambda delay: of_poll(delay, others=_others_run()), patches)


def _patch_anyio(module: ModuleType, name: str, shorten: Callable[[float], float], patches: Patches) -> None:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        async def _sleep(self: Any, sleep_amount: float) -> None:
            await original(self, shorten(sleep_amount))

        return _sleep

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
