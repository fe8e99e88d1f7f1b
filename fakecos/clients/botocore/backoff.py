"""The back-off of clients between attempts: against a fake nobody needs to sleep.

botocore sleeps in three places, and each is a name in a module or class of its own; `time.sleep` of everybody else
stays what it is. Source: `endpoint` (between attempts, in all retry modes), `waiter` (between polls), and
`retries.bucket.TokenBucket` (adaptive mode: before an attempt, on a clock and a condition of its own). aiobotocore
sleeps in the same places by `asyncio.sleep`, and by `anyio.sleep` where its session is httpx.

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
from fakecos.clients.base import Adapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Patches

_PACKAGES = ("botocore", "ibm_botocore")
LONGEST_POLL_SLEEP = 0.1
"""Seconds that a waiter really sleeps at most between two polls, while others may do what it waits for: our own choice.
Its 20 polls are then two seconds, in which an upload by another thread comes to its end."""

# Of a thread, or of a task: a client sleeps in the one in which it was answered.
_answered: contextvars.ContextVar[weakref.ref[ActiveFake] | None] = contextvars.ContextVar(
    "fakecos_answered", default=None
)


class TimeWithoutSleep:
    """Stands for the module `time` in a module that sleeps between attempts."""

    def __init__(self, original: ModuleType) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def sleep(self, seconds: float) -> None:
        """Sleep only if no fake is active, or the one that answers says so; else the fake notes it."""
        fake = who_lets_go_on()
        if fake is None:
            self._original.sleep(seconds)
        else:
            fake.note_pause(seconds, is_poll=False)


class TimeOfWaiters(TimeWithoutSleep):
    """Stands for the module `time` in the module of the waiters."""

    def sleep(self, seconds: float) -> None:
        """Sleep as `seconds_of_poll` says."""
        self._original.sleep(seconds_of_poll(seconds, others=threading.active_count() > 1))


class AsyncioWithoutSleep:
    """Stands for the module `asyncio` in a module that sleeps between attempts."""

    def __init__(self, original: ModuleType) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    async def sleep(self, delay: float) -> None:
        """Sleep only if no fake is active, or the one that answers says so; let other tasks run in any case."""
        await self._original.sleep(seconds_of_back_off(delay))


class AsyncioOfWaiters(AsyncioWithoutSleep):
    """Stands for the module `asyncio` in the module of the waiters."""

    async def sleep(self, delay: float) -> None:
        """Sleep as `seconds_of_poll` says."""
        await self._original.sleep(seconds_of_poll(delay, others=_others_run()))


def note_answer(fake: ActiveFake) -> None:
    """Remember who answered an attached client in this thread or task: that fake says whether it sleeps next."""
    _answered.set(weakref.ref(fake))


def who_lets_go_on() -> ActiveFake | None:
    """Return the fake that lets clients go on without a sleep, None if they sleep now."""
    fake = active.innermost()
    if fake is None:
        last = _answered.get()
        fake = None if last is None else last()
        if fake is None or not fake.is_active:
            return None
    return None if fake.sleep_between_retries else fake


def must_sleep() -> bool:
    """Whether clients sleep now."""
    return who_lets_go_on() is None


def seconds_of_back_off(seconds: float) -> float:
    """Return how long a client sleeps between attempts."""
    fake = who_lets_go_on()
    if fake is None:
        return seconds
    fake.note_pause(seconds, is_poll=False)
    return 0


def seconds_of_poll(seconds: float, *, others: bool) -> float:
    """Return how long a waiter sleeps; `others`: there are other threads or tasks, which may do what it waits for."""
    fake = who_lets_go_on()
    if fake is None:
        return seconds
    fake.note_pause(seconds, is_poll=True)
    return min(seconds, LONGEST_POLL_SLEEP) if others else 0


def _others_run() -> bool:
    """Whether another task or thread may go on while this task sleeps; of trio's tasks nobody can ask: they may."""
    import asyncio  # those who come here have it

    try:
        return len(asyncio.all_tasks()) > 1 or threading.active_count() > 1
    except RuntimeError:
        return True


def patch_time(module: ModuleType, patches: Patches) -> None:
    """Patch a module that says `time.sleep`."""
    patches.replace(module, "time", TimeWithoutSleep)


def patch_bucket(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.retries.bucket`: an attempt need not wait until the rate limiter has a token for it."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def acquire(self: Any, amount: int = 1, block: bool = True) -> Any:  # noqa: FBT001, FBT002  botocore's own
            if must_sleep() or not block:
                return original(self, amount, block)
            return True

        return acquire

    patches.replace(module.TokenBucket, "acquire", make)


def patch_waiter(module: ModuleType, patches: Patches) -> None:
    """Patch a module of waiters that says `time.sleep`."""
    patches.replace(module, "time", TimeOfWaiters)


def patch_asyncio(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.endpoint`, which says `asyncio.sleep`, and has a class that says `anyio.sleep`."""
    patches.replace(module, "asyncio", AsyncioWithoutSleep)
    _patch_anyio(module, "AnyioEndpoint", seconds_of_back_off, patches)


def patch_async_waiter(module: ModuleType, patches: Patches) -> None:
    """Patch `aiobotocore.waiter` as its endpoint."""
    patches.replace(module, "asyncio", AsyncioOfWaiters)
    _patch_anyio(module, "AnyioWaiter", lambda delay: seconds_of_poll(delay, others=_others_run()), patches)


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
            if must_sleep() or not block:
                return await original(self, amount, block)
            return True

        return acquire

    patches.replace(module.AsyncTokenBucket, "acquire", make)


ADAPTER = Adapter(
    while_answering={
        **{f"{name}.endpoint": patch_time for name in _PACKAGES},
        **{f"{name}.waiter": patch_waiter for name in _PACKAGES},
        **{f"{name}.retries.bucket": patch_bucket for name in _PACKAGES},
        "ibm_botocore.credentials": patch_time,
        "aiobotocore.endpoint": patch_asyncio,
        "aiobotocore.waiter": patch_async_waiter,
        "aiobotocore.retries.bucket": patch_async_bucket,
    }
)
