"""Virtual time for the code under test: what sleeps, or waits with a time-out, takes no real time.

While an exploration runs, `time.sleep`, waits of `threading` and what is built on them (Event, Condition, Queue,
Future, join), and the timers of asyncio's selector loops pass on a clock that jumps. `time.monotonic`, `time.time` and
`time.perf_counter` show it, so that a deadline comes when it should. Everything is put back exactly.

The clock jumps when the code under test can do nothing else: all its threads wait, or nothing has used the processor
for a moment. Then the wait that ends first ends. That is how a simulation of discrete events goes on.

It is for the threads of the act alone: the one that calls it, those that were started meanwhile, those that ask S3, and
those in which an event loop runs already, such as that of fsspec: other threads give them work to do.
Other threads sleep really, and see the real time. Not covered: event loops that are not asyncio's own (uvloop), waits
in extension modules, and `datetime.now`, which is the test's: the clock of freezegun or time-machine moves on with each
jump.
"""

from __future__ import annotations

import selectors
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from fakecos.explore.threads import TASKS, event_loops, is_idle, is_running, real_monotonic

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

real_sleep = time.sleep
_processor_time = time.process_time

SLICE = 0.005
"""Seconds between two looks whether anything goes on."""
SHORT = 0.0005
"""The same where every thread of the act waits here, and only has to look once more itself."""
POLLS = 2
"""How often each of them must have looked before the clock jumps: one look may have begun before."""
LOOKS = 3
"""How many looks in a row must find that no thread runs, so that those that we cannot see into count as waiting."""
LOOKS_BLIND = 50
"""The same where the system does not say which thread runs, and only processor time is known."""
BUSY = 0.1
"""The share of a slice from which the processor counts as used."""
HANGS_AFTER = 3.0
"""Seconds of real time after which a wait without an end counts as one that never ends, if nothing goes on."""
HANGS_AT_ONCE_AFTER = 0.2
"""The same where every thread of the act waits so, and nobody is left who could end it."""
ENDLESS = 10 * 365 * 24 * 3600.0
"""A time-out from which a wait counts as one without an end, as s3transfer's of 2**63 seconds."""
CLOCKS = ("monotonic", "time", "perf_counter")
CLOCKS_NS = ("monotonic_ns", "time_ns", "perf_counter_ns")
OURS = "fakecos."


class Waiter:
    """Somebody who waits: which thread, until when, and how often it has looked whether its wait is over."""

    __slots__ = ("deadline", "ident", "polls")

    def __init__(self, ident: int, deadline: float) -> None:
        self.ident = ident
        self.deadline = deadline
        self.polls = 0


class VirtualTime:
    """The clock of one exploration, and what puts it in the place of the real one.

    `wait` is called with the seconds that pass; what it raises ends the run. `hang` is called with a sentence when a
    wait can never end; `is_busy` says whether a request is being answered.
    """

    def __init__(
        self,
        wait: Callable[[float], None],
        hang: Callable[[str], None],
        is_busy: Callable[[], bool],
        *,
        moves_clocks: bool,
    ) -> None:
        self._wait = wait
        self._hang = hang
        self._is_busy = is_busy
        self._moves_clocks = moves_clocks
        self._before: set[threading.Thread] = set()
        self._asked: set[int] = set()
        self._waiting: list[Waiter] = []
        self._lock = threading.Lock()
        self._undo: list[Callable[[], None]] = []
        self.seconds = 0.0

    # --- whose time it is ---------------------------------------------------------------------------------

    def note_request(self) -> None:
        """Note that the current thread asks S3: it is one of the act's."""
        self._asked.add(threading.get_ident())

    def forget(self, threads: set[threading.Thread]) -> None:
        """Leave out threads that go on after their run: nobody waits for them any more."""
        self._before |= threads
        self._asked -= {thread.ident or 0 for thread in threads}

    def _is_ours(self) -> bool:
        ident = threading.get_ident()
        return ident in self._asked or threading.current_thread() not in self._before

    def _threads(self) -> list[threading.Thread]:
        """Return the threads of the act that live."""
        return [thread for thread in threading.enumerate() if thread.ident in self._asked or thread not in self._before]

    def _idents(self) -> set[int | None]:
        """Return the threads of the act that work, or could: those of a pool that has no work do not."""
        return {thread.ident for thread in self._threads() if not is_idle(thread)}

    # --- waiting ------------------------------------------------------------------------------------------

    def until(self, is_over: Callable[[float], bool], timeout: float | None, what: str) -> bool:
        """Wait until something is so, or `timeout` seconds have passed; return whether it is.

        `is_over` is given the real seconds that it may wait itself.
        """
        if is_over(0):
            return True
        if timeout is not None and timeout <= 0:
            return False
        endless = timeout is None or timeout >= ENDLESS
        waiter = Waiter(threading.get_ident(), float("inf") if endless else self.seconds + (timeout or 0))
        with self._lock:
            self._waiting.append(waiter)
        try:
            return self._look(is_over, waiter, what)
        finally:
            with self._lock:
                self._waiting.remove(waiter)

    def _look(self, is_over: Callable[[float], bool], me: Waiter, what: str) -> bool:
        idle, since = 0, real_monotonic()
        seen: dict[Waiter, int] = {}
        while self.seconds < me.deadline:
            all_wait = self._all_wait()
            used = _processor_time()
            if is_over(0 if all_wait else SLICE):
                return True
            me.polls += 1
            now = self._polls()
            if now.keys() != seen.keys() or self._is_busy() or (not all_wait and self._anybody_runs(used)):
                idle, since, seen = 0, real_monotonic(), now
                if len(now) > 1 or not all_wait:
                    continue
            idle += 1
            if not self._is_settled(me, idle, now, seen, all_wait=all_wait):
                if all_wait:
                    real_sleep(SHORT)
            elif self._is_hopeless(me, since):
                self._hang(f"{what} never ends: no thread is left that could end it")
                return is_over(0)  # an event loop has to go on, to end its tasks
        return is_over(0)

    def _is_settled(
        self, me: Waiter, idle: int, now: dict[Waiter, int], seen: dict[Waiter, int], *, all_wait: bool
    ) -> bool:
        """Whether it is sure that nobody works: whoever was woken would know it by now."""
        if not all_wait:
            return idle >= (LOOKS if TASKS else LOOKS_BLIND)
        if any(now[other] < polls + POLLS for other, polls in seen.items() if other is not me):
            return False
        return idle >= LOOKS or len(self._threads()) <= len(now)  # a thread of a pool may have got work just now

    def _is_hopeless(self, me: Waiter, since: float) -> bool:
        """Let time pass if this wait ends first; return whether none has an end, for long enough."""
        if me.deadline != float("inf") and self._is_next(me):
            self._jump(me.deadline)
            return False
        if me.deadline == float("inf") and self._is_endless() and real_monotonic() - since > self._patience():
            return True
        real_sleep(SHORT)
        return False

    def _polls(self) -> dict[Waiter, int]:
        """Return who waits, and how often each has looked."""
        with self._lock:
            return {waiter: waiter.polls for waiter in self._waiting}

    def _anybody_runs(self, used: float) -> bool:
        """Whether a thread of the act that does not wait here runs, or could if the processor were free."""
        if not TASKS:
            return _processor_time() - used > SLICE * BUSY
        waiting = self._waiting_idents()
        return any(thread.ident not in waiting and is_running(thread) for thread in self._threads())

    def _waiting_idents(self) -> set[int | None]:
        with self._lock:
            return {waiter.ident for waiter in self._waiting}

    def _all_wait(self) -> bool:
        """Whether every thread of the act waits here, so that nothing can happen before the next deadline."""
        return not self._is_busy() and self._idents() <= self._waiting_idents()

    def _is_endless(self) -> bool:
        """Whether no wait has an end."""
        with self._lock:
            return all(waiter.deadline == float("inf") for waiter in self._waiting)

    def _patience(self) -> float:
        """Return after how many seconds a wait without an end never ends: soon, where nobody is left to end it."""
        return HANGS_AT_ONCE_AFTER if self._idents() <= self._waiting_idents() else HANGS_AFTER

    def _is_next(self, me: Waiter) -> bool:
        with self._lock:
            return min(self._waiting, key=lambda waiter: waiter.deadline) is me

    def _jump(self, deadline: float) -> None:
        with self._lock:
            passed, self.seconds = deadline - self.seconds, deadline
        self._wait(passed)

    # --- in the place of the real one ---------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._before = set(threading.enumerate()) - {threading.current_thread()}
        self._asked |= event_loops()
        self._replace_everywhere({time.sleep: self._sleep(), **self._clocks()})
        self._replace(threading.Condition, "wait", self._condition_wait())
        self._replace(threading.Thread, "join", self._join(threading.Thread.join))
        for name in ("SelectSelector", "PollSelector", "EpollSelector", "DevpollSelector", "KqueueSelector"):
            kind = getattr(selectors, name, None)
            if kind is not None:
                self._replace(kind, "select", self._select(kind.select))
        return self

    def _clocks(self) -> dict[Any, Any]:
        """Return the clocks of `time`, and what stands in their place; none where the test's own clock does that."""
        if not self._moves_clocks:
            return {}
        found = {getattr(time, name): self._clock(getattr(time, name), 1) for name in CLOCKS}
        return found | {getattr(time, name): self._clock(getattr(time, name), 1_000_000_000) for name in CLOCKS_NS}

    def __exit__(self, *_: object) -> None:
        while self._undo:
            self._undo.pop()()

    def _replace(self, owner: Any, name: str, made: object) -> None:
        original = vars(owner).get(name)
        setattr(owner, name, made)
        self._undo.append(lambda: delattr(owner, name) if original is None else setattr(owner, name, original))

    def _replace_everywhere(self, names: dict[Any, Any]) -> None:
        """Replace functions of `time` in every module that has them under any name."""
        wanted = {id(function): made for function, made in names.items()}
        for module in list(sys.modules.values()):
            name = getattr(module, "__name__", "")
            if not isinstance(name, str) or name.startswith(OURS):
                continue
            for attribute, value in list(getattr(module, "__dict__", {}).items()):
                made = wanted.get(id(value))
                if made is not None:
                    self._replace(module, attribute, made)

    def _sleep(self) -> Callable[[float], None]:
        def sleep(seconds: float) -> None:
            if not self._is_ours() or seconds < 0:
                real_sleep(seconds)
                return
            self.until(_let_others, float(seconds), "time.sleep")

        return sleep

    def _clock(self, original: Callable[[], Any], unit: int) -> Callable[[], Any]:
        def clock() -> Any:
            passed = self.seconds * unit if self._is_ours() else 0
            return original() + (passed if unit == 1 else int(passed))

        return clock

    def _condition_wait(self) -> Callable[..., bool]:
        original = threading.Condition.wait

        def wait(condition: Any, timeout: float | None = None) -> bool:
            if not self._is_ours():
                return original(condition, timeout)
            if not condition._is_owned():
                message = "cannot wait on un-acquired lock"
                raise RuntimeError(message)
            waiter = threading.Lock()
            waiter.acquire()
            condition._waiters.append(waiter)
            saved = condition._release_save()
            has = False
            try:
                has = self.until(
                    lambda seconds: _acquired(waiter, seconds),
                    timeout,
                    "a wait of threading (Event, Condition, Queue, Future, ...)",
                )
            finally:
                condition._acquire_restore(saved)
                if not has and waiter in condition._waiters:
                    condition._waiters.remove(waiter)
            return has

        return wait

    def _join(self, original: Callable[..., None]) -> Callable[..., None]:
        def join(thread: threading.Thread, timeout: float | None = None) -> None:
            if not self._is_ours() or not thread.is_alive() or thread is threading.current_thread():
                original(thread, timeout)
                return

            def is_over(seconds: float) -> bool:
                original(thread, seconds)
                return not thread.is_alive()

            self.until(is_over, timeout, "Thread.join")

        return join

    def _select(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def select(selector: Any, timeout: float | None = None) -> Any:
            asyncio = sys.modules.get("asyncio")
            loop = None if asyncio is None else asyncio._get_running_loop()
            if not self._is_ours() or getattr(loop, "_selector", None) is not selector or timeout == 0:
                return original(selector, timeout)
            events: list[Any] = []

            def is_over(seconds: float) -> bool:
                events[:] = original(selector, seconds)
                return bool(events)

            self.until(is_over, timeout, "the event loop")
            return events

        return select


def _let_others(seconds: float) -> bool:
    """Give other threads a turn; a sleep is over at its deadline only."""
    real_sleep(seconds)
    return False


def _acquired(lock: threading.Lock, seconds: float) -> bool:
    return lock.acquire(timeout=seconds) if seconds else lock.acquire(blocking=False)
