"""Runs of a race: each from the same state and with the same ids, in threads or in the tasks of one event loop."""

from __future__ import annotations

import contextvars
import itertools
import threading
import time
from typing import TYPE_CHECKING

from fakecos.clients.botocore.retry_quota import FullQuotas
from fakecos.explore import exceptions
from fakecos.explore.endings import Stopped
from fakecos.explore.returned import read_to_end, read_to_end_async
from fakecos.explore.state import capture
from fakecos.facts.ids import Ids
from fakecos.race.actors import Actors
from fakecos.race.gate import LOOKS, Gate
from fakecos.race.pauses import Pauses
from fakecos.race.race_run import RaceRun
from fakecos.race.results import Result
from fakecos.testing.budget import BudgetsOfRuns
from fakecos.timeline.recording import SLEEP

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence

    from typing_extensions import Self

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.race.results import Wanted
    from fakecos.service.service import Service
    from fakecos.timeline.recording import Recording

_races = itertools.count(1)
"""Ids are the same in every run of one race, and others in the next: an upload id must never come again."""
ENDS_WITHIN = 2.0
"""Seconds that the threads of a run that was ended have to end."""
IDLE_LOOK = 0.0005
"""Seconds between two looks at an event loop in which nothing goes on."""


class Runs:
    """Does runs. `functions` are the actors, `ports` says which server is whose."""

    def __init__(
        self,
        service: Service,
        active: ActiveService,
        functions: Sequence[Callable[[], object]],
        ports: dict[int, int],
        tick: Callable[[float], None],
    ) -> None:
        self._service = service
        self._active = active
        self._functions = functions
        self._ports = ports
        self._tick = tick
        self._before, self._journal, self._events = service.snapshot(), service.journal, service.notifier.events
        self._ids = service.pipeline.ids
        self._seed = f"race {next(_races)}"
        self._quotas = FullQuotas()
        self._budgets = BudgetsOfRuns(service)
        self._actors = Actors()
        self._run: RaceRun | None = None
        self._gate: Gate | None = None
        self._pauses = Pauses(self._actors, tick, self._note_pause)
        self._returned: list[object] = []
        self._raised: list[BaseException | None] = []
        self.stuck = False
        """Whether threads of a run did not end, so that there can be no other."""

    # --- before and after all -----------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._actors.__enter__()
        self._pauses.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave what was stored before, and the journal of before: what comes of a race depends on the order."""
        self._pauses.__exit__()
        self._actors.__exit__()
        self._quotas.end()
        self._budgets.end()
        service = self._service
        service.wrapper, self._active.gate = None, None
        service.restore(self._before)
        service.go_on_with(self._journal)
        service.notifier.events = self._events
        service.pipeline.ids = self._ids

    def owns(self, thread: threading.Thread | None) -> bool:
        """Whether a thread was started by an actor."""
        return self._actors.owns(thread)

    def is_running(self) -> bool:
        """Whether a run goes on."""
        return self._run is not None

    # --- one run ------------------------------------------------------------------------------------------

    def execute(self, wanted: Wanted) -> Result:
        """Run functions, each in a thread of its own."""
        threads: dict[int, threading.Thread] = {}
        gate, run = self._begin(wanted, lambda actor: threads[actor].start(), is_async=False)
        for actor in wanted.actors:
            thread = threads[actor] = threading.Thread(
                target=self._act, args=(actor, gate), name=f"actor {actor}", daemon=True
            )
            self._actors.own(thread, actor)
        try:
            gate.start()
            gate.watch()
        finally:  # also of who gave up: no request waits for a run that is over
            gate.close()
        for thread in threads.values():
            if thread.ident is not None:
                thread.join(ENDS_WITHIN)
                self.stuck = self.stuck or thread.is_alive()
        return self._finish(wanted, gate, run)

    def _act(self, actor: int, gate: Gate) -> None:
        self._actors.begin(actor, is_thread=True)
        try:
            self._returned[actor] = read_to_end(self._functions[actor]())
        except BaseException as error:  # noqa: BLE001 - what an actor raises is judged by who reads the result
            self._raised[actor] = as_raised(error)
        finally:
            gate.end(actor)

    async def execute_async(self, wanted: Wanted) -> Result:
        """Run coroutine functions, each in a task of its own."""
        import asyncio

        loop = asyncio.get_running_loop()
        tasks: dict[int, asyncio.Task[None]] = {}

        def start(actor: int) -> None:
            context = contextvars.copy_context()
            context.run(self._actors.begin, actor, is_thread=False)
            tasks[actor] = context.run(loop.create_task, self._act_async(actor, gate))

        gate, run = self._begin(wanted, start, is_async=True)
        try:
            gate.start()
            await self._watch(gate, loop)
        finally:
            gate.close()
        if tasks:
            await asyncio.wait(tasks.values(), timeout=ENDS_WITHIN)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        return self._finish(wanted, gate, run)

    async def _act_async(self, actor: int, gate: Gate) -> None:
        import asyncio

        try:
            self._returned[actor] = await read_to_end_async(await self._functions[actor]())  # type: ignore[misc]
        except (Exception, asyncio.CancelledError, Stopped, SystemExit) as error:  # noqa: BLE001 - judged later
            self._raised[actor] = as_raised(error)
        finally:
            gate.end(actor)

    async def _watch(self, gate: Gate, loop: asyncio.AbstractEventLoop) -> None:
        """Let the tasks run until they all wait, then let the next one go; until the run is over."""
        import asyncio

        looks = 0
        while not gate.over.is_set():
            await asyncio.sleep(0)
            if getattr(loop, "_ready", None):
                looks = 0
                continue
            looks += 1
            if gate.all_wait() or looks >= LOOKS:
                looks = 0 if gate.settle() else looks
                gate.end_if_stuck()
            else:
                await asyncio.sleep(IDLE_LOOK)

    def _begin(self, wanted: Wanted, start: Callable[[int], None], *, is_async: bool) -> tuple[Gate, RaceRun]:
        service = self._service
        service.restore(self._before)
        service.pipeline.ids = Ids(self._seed)
        self._quotas.begin_run()
        self._budgets.begin_run()
        self._returned = [None] * len(self._functions)
        self._raised = [None] * len(self._functions)
        self._actors.begin_run()
        gate = Gate(len(self._functions), wanted.actors, start, wanted.order, self._actors, is_served=bool(self._ports))
        run = RaceRun(
            service, gate, wanted.order, self._actors, self._tick, wanted.failing, self._ports, is_async=is_async
        )
        service.wrapper, self._run, self._gate = run, run, gate
        self._active.gate = run.admit
        return gate, run

    def _finish(self, wanted: Wanted, gate: Gate, run: RaceRun) -> Result:
        service = self._service
        service.wrapper, self._run, self._gate = None, None, None
        self._active.gate = None
        over = self._budgets.end_run()
        for error in self._raised:
            if error is not None and exceptions.is_ours(error):
                raise error
        return Result(
            frozenset(wanted.actors),
            tuple(self._returned),
            tuple(self._raised),
            tuple(asked.actor for asked in run.asked),
            tuple(run.asked),
            tuple(run.steps),
            capture(service.store),
            gate.deadlock,
            run.storm,
            len(run.happened),
            gate.has_blocked,
            tuple(service.journal),
            in_turn(service.journal.recording(asks_why=False)),
            over,
        )

    def _note_pause(self, actor: int, seconds: float) -> None:
        if self._run is not None:
            self._run.pause(actor)
            self._service.journal.pause(seconds, SLEEP, time.perf_counter() - seconds)


def in_turn(recording: Recording) -> Recording:
    """Return what a timeline of an order is drawn from: a request has no length, most of which is waiting its turn."""
    requests = [
        request._replace(started=request.started + request.duration, duration=0.0)  # type: ignore[attr-defined]
        for request in recording.requests
    ]
    return recording._replace(requests=requests, by_thread=True)


def as_raised(error: BaseException) -> BaseException | None:
    """Return what counts as raised: a program that exits with 0 ended well."""
    return exceptions.failed_exit(error) if isinstance(error, SystemExit) else error
