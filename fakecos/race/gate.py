"""The gate in front of the service: each request waits there, and one goes through at a time.

An actor runs until its next request and waits at the gate, or ends, or waits for something else: a lock that another
actor holds, a queue. When nobody runs any more, the order says who goes. So the code between two requests of one actor
is never interrupted, and a run is the same each time.

An actor in one thread is at rest when that thread stands at the gate. One with more threads, or whose requests come
from an event loop in another thread, is at rest when none of its threads has done anything for a moment: `watch` looks.
Of several requests of one actor that wait, the one whose name comes first goes: an actor's own threads are put into one
fixed order, and their other orders are not tried.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.explore.threads import is_idle, real_monotonic, used_by, used_by_others

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.race.actors import Actors
    from fakecos.race.orders import Order

NEW, RUNNING, WAITING, BLOCKED, ENDED = "new", "running", "waiting", "blocked", "ended"
LOOK = 0.0005
"""Seconds between two looks at actors with several threads."""
LOOKS = 4
"""How many looks in a row must find that nothing goes on."""
SLOW_LOOK = 0.002
SLOW_LOOKS = 10
"""The same where each actor has one thread, which says itself when it comes to the gate: it is long enough for one that
waits for the interpreter's lock, which looks at it every 5 milliseconds."""
DEADLOCK_AFTER = 3.0
"""Seconds for which all actors wait for each other, and none for the gate, until that counts as a deadlock."""
HANG_AFTER = 60.0
"""Seconds for which an actor may use the processor without a request."""
OVERDUE_AFTER = 5.0
"""Seconds after which a request to a server goes through though some thread of the process works: which threads are of
an actor nobody knows there, and a client waits for a minute at most."""
POLLS = 3
"""How often an actor may ask the same again after a pause, until somebody else has done something."""


class Arrival(NamedTuple):
    """A request at the gate: its name, by which those of one actor are put in order, and what lets it go on."""

    name: str
    go: Callable[[], None]


class Gate:
    """The actors of one run, and who of them goes when."""

    def __init__(
        self,
        count: int,
        taking_part: Collection[int],
        start: Callable[[int], None],
        order: Order,
        actors: Actors,
        *,
        is_served: bool,
    ) -> None:
        self._is_served = is_served
        self._start = start
        self._order = order
        self._actors = actors
        self._lock = threading.Lock()
        self._states = [NEW if actor in taking_part else ENDED for actor in range(count)]
        self._arrivals: list[list[Arrival]] = [[] for _ in range(count)]
        self._is_simple = [True] * count
        """Whether each request of an actor came from the thread in which it was begun."""
        self._polls = [0] * count
        self._changed_at = real_monotonic()
        self._seen = -1
        self._last: int | None = None
        self._activity = 0
        self.ready: frozenset[int] = frozenset()
        """Who could have gone when the present one was chosen."""
        self.over = threading.Event()
        self.is_closed = False
        """Whether the run was ended: whoever comes now is refused."""
        self.deadlock: tuple[int, ...] = ()
        """The actors that wait for each other."""
        self.has_blocked = False
        """Whether an actor ever waited for something else than the gate."""

    # --- called by the actors -----------------------------------------------------------------------------

    def arrive(self, actor: int, name: str, go: Callable[[], None], *, is_simple: bool) -> bool:
        """Note a request at the gate; False if the run was ended, and it may not go on."""
        with self._lock:
            if self.is_closed:
                return False
            self._activity += 1
            self._arrivals[actor].append(Arrival(name, go))
            self._is_simple[actor] = self._is_simple[actor] and is_simple
            if self._is_simple[actor] and not self._actors.has_threads(actor):
                self._states[actor] = WAITING
                self._next()
            return True

    def end(self, actor: int) -> None:
        """Note that an actor has ended."""
        with self._lock:
            self._activity += 1
            self._states[actor] = ENDED
            self._next()

    def pause(self, actor: int, *, is_repeated: bool) -> None:
        """Note that an actor asks the same again after a pause, or that it asks something else."""
        self._polls[actor] = self._polls[actor] + 1 if is_repeated else 0

    def progress(self, actor: int) -> None:
        """Note that an actor has done something that others may have waited for."""
        self._activity += 1
        for other in range(len(self._polls)):
            if other != actor:
                self._polls[other] = 0

    # --- who goes -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Let the first one go."""
        with self._lock:
            self._next()

    def _next(self) -> None:
        """Let somebody go, if nobody runs and somebody can."""
        if self.is_closed or RUNNING in self._states:
            return
        ready = [actor for actor, state in enumerate(self._states) if state in {NEW, WAITING}]
        fresh = [actor for actor in ready if self._polls[actor] < POLLS]
        if not ready:
            if all(state == ENDED for state in self._states):
                self.over.set()
            return
        self.ready = frozenset(fresh or ready)
        self._activity += 1
        chosen = self._order.choose(self.ready, self._last)
        self._last = chosen
        is_new = self._states[chosen] == NEW
        self._states[chosen] = RUNNING
        if is_new:
            self._start(chosen)
            return
        arrivals = self._arrivals[chosen]
        arrivals.sort(key=lambda arrival: arrival.name)
        arrivals.pop(0).go()

    # --- called by who watches ----------------------------------------------------------------------------

    def watch(self) -> None:
        """Watch until the run is over: see who waits for something else, and end what can never end."""
        looks = 0
        before: list[object] | None = None
        while not self.over.wait(LOOK if self._needs_looks() else SLOW_LOOK):
            if self._has_changed():
                looks, before = 0, None
                continue
            used = self._used()
            is_busy, before = used != before, used
            if is_busy and not self._is_overdue():
                looks = 0
                self.end_if_stuck(HANG_AFTER)
            else:
                looks += 1
                if looks >= (LOOKS if self._needs_looks() else SLOW_LOOKS) and not self.settle():
                    self.end_if_stuck()

    def _used(self) -> list[object]:
        """Return what differs if a thread of an actor has worked since, or could if a processor were free."""
        if self._is_served:
            return used_by_others()
        used: list[object] = []
        for actor, state in enumerate(self._states):
            threads = self._actors.threads(actor)
            used += [used_by(thread) for thread in threads if not is_idle(thread)]
            if state == RUNNING and not threads:
                used.append(object())  # its thread is about to begin
        return used

    def _is_overdue(self) -> bool:
        """Whether a request to a server has waited for so long that who works is not waited for."""
        waited = real_monotonic() - self._changed_at
        return self._is_served and waited > OVERDUE_AFTER and any(self._arrivals)

    def _has_changed(self) -> bool:
        """Whether anything was done since the last look."""
        if self._activity == self._seen:
            return False
        self._seen, self._changed_at = self._activity, real_monotonic()
        return True

    def all_wait(self) -> bool:
        """Whether each actor that has not ended has a request at the gate."""
        return all(
            state in {NEW, ENDED} or arrivals for state, arrivals in zip(self._states, self._arrivals, strict=True)
        )

    def settle(self) -> bool:
        """Note that nobody runs: who has a request at the gate waits there, everybody else for something else.

        Returns whether somebody goes on, or something was done since the last look.
        """
        with self._lock:
            if self._activity != self._seen:
                return True
            for actor, state in enumerate(self._states):
                if state in {RUNNING, BLOCKED}:
                    self._states[actor] = WAITING if self._arrivals[actor] else BLOCKED
                    self.has_blocked = self.has_blocked or not (self._arrivals[actor] or self._is_served)
            self._next()
            return RUNNING in self._states

    def end_if_stuck(self, seconds: float | None = None) -> None:
        """End the run if nothing was done for so long, None: for as long as counts as a deadlock."""
        patience = DEADLOCK_AFTER if seconds is None else seconds
        if not self._has_changed() and real_monotonic() - self._changed_at > patience:
            self.close(is_deadlock=True)

    def close(self, *, is_deadlock: bool = False) -> None:
        """End the run: whoever waits here goes on, and is refused."""
        with self._lock:
            if is_deadlock:
                self.deadlock = tuple(actor for actor, state in enumerate(self._states) if state != ENDED)
            self.is_closed = True
            waiting = [arrival for arrivals in self._arrivals for arrival in arrivals]
            for arrivals in self._arrivals:
                arrivals.clear()
        for arrival in waiting:
            arrival.go()
        self.over.set()

    def _needs_looks(self) -> bool:
        if self._is_served:
            return False
        return not all(self._is_simple) or any(
            self._actors.has_threads(actor) for actor, state in enumerate(self._states) if state == RUNNING
        )


def thread_gate(gate: Gate, actor: int, name: str, *, is_simple: bool) -> bool:
    """Wait at the gate in a thread; False if the run was ended."""
    turn = threading.Lock()
    turn.acquire()
    if not gate.arrive(actor, name, turn.release, is_simple=is_simple):
        return False
    turn.acquire()
    return not gate.is_closed


async def task_gate(gate: Gate, actor: int, name: str) -> bool:
    """Wait at the gate in a task, and let the others of its event loop go on; False if the run was ended."""
    import asyncio

    loop = asyncio.get_running_loop()
    turn: asyncio.Future[None] = loop.create_future()

    def go() -> None:
        loop.call_soon_threadsafe(_set, turn)

    if not gate.arrive(actor, name, go, is_simple=False):
        return False
    await turn
    return not gate.is_closed


def _set(turn: Any) -> None:
    if not turn.done():
        turn.set_result(None)
