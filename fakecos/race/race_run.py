"""One run of the actors: their requests go through the gate one at a time, and what each of them did is noted.

A run stands around the pipeline in place of the ordinary fault injection, which it also is.
"""

from __future__ import annotations

import contextvars
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fakecos.explore.endings import Stopped
from fakecos.explore.request_notes import seen_of
from fakecos.explore.seen import NO_ANSWER
from fakecos.explore.sites import target_of
from fakecos.facts.errors import S3Error
from fakecos.facts.exceptions import UsageError
from fakecos.facts.transport import Transport, TransportFault
from fakecos.faults.injection import FaultInjection, Injection
from fakecos.faults.matching import request_of
from fakecos.faults.schedule import Fault, Frequency
from fakecos.race.asked import Asked
from fakecos.race.conflicts import touched
from fakecos.race.gate import task_gate, thread_gate
from fakecos.race.orders import Step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from fakecos.explore.sites import Target
    from fakecos.faults.matching import Matcher, Request
    from fakecos.race.actors import Actors
    from fakecos.race.asked import Failing
    from fakecos.race.gate import Gate
    from fakecos.race.orders import Order
    from fakecos.service.call import Answer, Call
    from fakecos.service.service import Service
    from fakecos.wire.messages import HttpRequest

MOST_REQUESTS = 1000
"""How many requests one actor may make in a run."""
NOBODY = (
    "A request came from a thread that belongs to none of the actors of cos.race. An actor may start threads and tasks "
    "of its own; one that uses a pool of threads which others use too cannot be told from them. Make the pool inside "
    "the actor. Of a client in another process, or not of Python: serve the fake once for each actor, and pass "
    "servers=[...]."
)
BLOCKS = (
    "A client that is not asynchronous asked inside a coroutine. It stops the event loop, and no other actor goes on. "
    "Use aiobotocore, or await asyncio.to_thread(...), or cos.race(...) with functions."
)
_ANY: Matcher = None  # type: ignore[assignment]  # a run matches by itself
_admitted: contextvars.ContextVar[bool] = contextvars.ContextVar("fakecos_admitted", default=False)


class RaceRun(FaultInjection):
    """The requests of one run. `asked` are those that were made, in order, and `steps` the same for the search."""

    def __init__(
        self,
        service: Service,
        gate: Gate,
        order: Order,
        actors: Actors,
        tick: Callable[[float], None],
        failing: Sequence[Failing],
        ports: dict[int, int],
        *,
        is_async: bool,
    ) -> None:
        super().__init__(service, tick)
        self._gate = gate
        self._order = order
        self._actors = actors
        self._failing = failing
        self._ports = ports
        self._is_async = is_async
        self._numbers: dict[int, int] = {}
        self._before: dict[int, str] = {}
        self._has_paused: set[int] = set()
        self.asked: list[Asked] = []
        self.steps: list[Step] = []
        self.happened: list[Failing] = []
        self.storm: int | None = None
        """The actor that did not stop asking."""

    # --- the gate -----------------------------------------------------------------------------------------

    def answer(self, call: Call) -> Answer:
        """Let a call through when it is its turn, and answer it. Raises what fails, and Stopped."""
        actor = self._actor_of(call)
        request = request_of(call)
        target = target_of(request)
        if not _admitted.get():
            if self._is_async and asyncio_is_running():
                raise UsageError(BLOCKS)
            name = name_of(target)
            self._note_pause(actor, name)
            is_simple = threading.current_thread() in self._mains and not self._ports
            if not thread_gate(self._gate, actor, name, is_simple=is_simple):
                self._refuse()
        return self._answer(call, request, actor, target)

    @asynccontextmanager
    async def admit(self, request: HttpRequest) -> AsyncIterator[None]:
        """Wait at the gate in a task of an event loop; what is asked inside goes through without waiting."""
        actor = self._actors.current()
        if actor is None:
            raise UsageError(NOBODY)
        name = f"{request.method} {request.path}?{request.query}"
        self._note_pause(actor, name)
        if not await task_gate(self._gate, actor, name):
            raise ended_task()
        token = _admitted.set(True)
        try:
            yield
        finally:
            _admitted.reset(token)

    def pause(self, actor: int) -> None:
        """Note that an actor sleeps."""
        self._has_paused.add(actor)

    def _note_pause(self, actor: int, name: str) -> None:
        is_repeated = actor in self._has_paused and self._before.get(actor) == name
        self._gate.pause(actor, is_repeated=is_repeated)
        self._has_paused.discard(actor)
        self._before[actor] = name

    def _actor_of(self, call: Call) -> int:
        found = self._actors.current()
        if found is None and self._ports:
            found = self._ports.get(port_of(call.request.host))
        if found is None:
            raise UsageError(NOBODY)
        return found

    def _refuse(self) -> None:
        """End a request of a run that is over: uncatchably in the thread of an actor."""
        if threading.current_thread() in self._mains:
            raise Stopped
        raise TransportFault(Transport.RESET if self._ports else Transport.CONNECT)

    # --- the answer ---------------------------------------------------------------------------------------

    def _answer(self, call: Call, request: Request, actor: int, target: Target) -> Answer:
        nth = self._numbers[actor] = self._numbers.get(actor, 0) + 1
        if nth > MOST_REQUESTS:
            self.storm = actor
            self._gate.close()
            self._refuse()
        seen = seen_of(call, request, target, nth, ())
        step = Step(actor, touched(request, call), self._gate.ready)
        failing = next((found for found in self._failing if found.is_at(actor, nth, target)), None)
        status, size, code = NO_ANSWER, 0, None
        try:
            answer = super().answer(call) if failing is None else self._fail(call, failing)
            status, size, code = answer[0], len(answer[2]), call.refused
        except S3Error as refusal:
            status, code = refusal.status, refusal.code
            raise
        finally:
            failure = None if failing is None else failing.row.name
            seen = seen._replace(status=status, answer_size=size)
            self.asked.append(Asked(actor, name_of(target), status, code, failure, seen))
            self.steps.append(step)
            self._order.took(step)
            self._gate.progress(actor)
        return answer

    def _fail(self, call: Call, failing: Failing) -> Answer:
        if failing.row.make is None:
            return super().answer(call)
        outcome, when = failing.row.make(failing.seen)
        fault = Fault(_ANY, Frequency(1, 0, 1, None), when, [outcome], failing.row.name)
        try:
            return Injection(self, self._service, call, fault, outcome).answer()
        finally:
            if fault.hits and failing not in self.happened:
                self.happened.append(failing)

    @property
    def _mains(self) -> frozenset[threading.Thread]:
        return self._actors.mains


def asyncio_is_running() -> bool:
    """Whether an event loop of asyncio runs in this thread."""
    from asyncio import get_running_loop

    try:
        get_running_loop()
    except RuntimeError:
        return False
    return True


def ended_task() -> BaseException:
    """Return what ends a task whose run is over."""
    from asyncio import CancelledError

    return CancelledError("the run of this race is over")


def name_of(target: Target) -> str:
    """Return how a request is written in a report."""
    text = target.operation
    place = "/".join(part for part in (target.bucket, target.key) if part is not None)
    text += f" {place}" if place else ""
    text += f" part {target.part}" if target.part is not None else ""
    return text + (f" bytes {target.range}" if target.range is not None else "")


def port_of(host: str) -> int:
    """Return the port that a Host header names, 0 if it names none."""
    number = host.rpartition(":")[2]
    return int(number) if number.isdecimal() and len(number) <= len("65535") else 0
