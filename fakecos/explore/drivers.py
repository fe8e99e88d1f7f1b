"""How the code under test is called: functions here, and coroutine functions in the same way with `await`."""

from __future__ import annotations

import inspect
import itertools
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.clients.activation import clocks
from fakecos.clients.botocore.retry_quota import FullQuotas
from fakecos.explore import exceptions, explorer, leftovers
from fakecos.explore.endings import Stopped, TooMuch
from fakecos.explore.failures import OF_OTHERS
from fakecos.explore.returned import read_to_end, read_to_end_async
from fakecos.explore.run import Closed, Run
from fakecos.explore.state import capture
from fakecos.explore.threads import is_idle, is_of_pool, real_monotonic
from fakecos.explore.verdicts import CHECK, HANG, Result
from fakecos.explore.virtual_time import VirtualTime, real_sleep
from fakecos.facts.exceptions import UsageError
from fakecos.facts.ids import Ids
from fakecos.facts.transport import Transport
from fakecos.faults import store_changes
from fakecos.testing.budget import BudgetsOfRuns
from fakecos.timeline.recording import SLEEP

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Callable, Generator

    from fakecos.explore.exploration import Exploration
    from fakecos.explore.explorer import Step
    from fakecos.explore.run import Limits
    from fakecos.explore.schedule import Schedule
    from fakecos.model.snapshot import Snapshot
    from fakecos.service.events import Events
    from fakecos.service.journal import Journal, RecordedRequest
    from fakecos.service.service import Service

    Steps = Generator[Step, Result, Exploration]

_explorations = itertools.count(1)
"""Ids are the same in every run of one exploration, and others in the next: an upload id must never come again."""


class Outcome(NamedTuple):
    """What came of one run of the act, for `check`.

    - `returned`: what the act returned, None if it did not. `raised`: what it raised, or None.
    - `schedule`: what failed, as text; empty in the run without failures.
    - `requests`: those of the run, as RecordedRequest.
    - `crashed`: whether the process died in it.
    """

    returned: object
    raised: BaseException | None
    schedule: str
    requests: tuple[RecordedRequest, ...]
    crashed: bool


Outcome.__module__ = "fakecos"


class Quiet(NamedTuple):
    """When threads that the act leaves running count as idle: seconds without a request, and at most."""

    idle: float = 0.005
    at_most: float = 1.0


QUIET = Quiet()
ROUNDS = 50
"""How often tasks that the act left are given a turn before they are cancelled."""


class Executor:
    """Does what an explorer's steps say: each run from the same state, with the same ids, and its own journal."""

    def __init__(
        self,
        service: Service,
        act: Callable[[], object],
        recover: Callable[[], object] | None,
        check: Callable[[Outcome], object] | None,
        tick: Callable[[float], None],
        limits: Limits,
        *,
        is_real: bool,
    ) -> None:
        self._service = service
        self._act = act
        self._recover = recover or act
        self._check = check
        self._tick = tick
        self._limits = limits
        self._before = service.snapshot()
        self._state = capture(service.store)
        self._ids = service.pipeline.ids
        self.run: Run | None = None
        """The one that is going on."""
        self.time: VirtualTime | None = None
        if not is_real:
            self.time = VirtualTime(self._wait, self._hang, self._is_busy, moves_clocks=not clocks.is_set())
        self.left_running: set[str] = set()
        self._seed = f"exploration {next(_explorations)}"
        self.text: Callable[[Schedule], str] = str
        self._changed = 0
        self._quotas = FullQuotas()
        self._budgets = BudgetsOfRuns(service)
        self._task: Task[object] | None = None
        self._after: tuple[Snapshot, Journal, Events] | None = None
        self._report = service.announcements.report
        self._threads: set[threading.Thread] = set()
        self._outside = set(threading.enumerate())
        self._strangers: set[threading.Thread] = set()
        """Threads that a run which is over left behind."""
        self.keeps_frames = False
        self.refused = Transport.CONNECT
        self._garbage = leftovers.Garbage()

    # --- time ---------------------------------------------------------------------------------------------

    def _wait(self, seconds: float) -> None:
        if self.run is None:
            return
        begun = time.perf_counter() - (0 if clocks.is_set() else seconds)
        self._service.journal.pause(seconds, SLEEP, begun)
        try:
            self.run.wait(seconds)
        except Stopped:
            if self._task is None:
                raise
            self._task.cancel()  # this is the event loop itself, which has to go on

    def _hang(self, text: str) -> None:
        if self.run is None:
            return
        if self._task is None:
            self.run.end_hanging(text)
        else:  # this is the event loop itself, which has to go on
            self.run.stopped = TooMuch(HANG, text)
            self._task.cancel()

    def _is_busy(self) -> bool:
        return self.run is not None and not self.run.is_idle(0)

    # --- one step -----------------------------------------------------------------------------------------

    def execute(self, step: Step) -> Result:
        """Do one step of functions."""
        if step.what == explorer.CHECKED:
            return self._checked(step)
        self._begin(step)
        returned: object = None
        raised: BaseException | None = None
        try:
            if step.what != explorer.OTHERS_ALONE:
                returned = read_to_end(self._function(step)())
        except Exception as error:
            if exceptions.is_ours(error):
                raise
            raised = error
        except (Stopped, SystemExit) as error:
            raised = exceptions.failed_exit(error)
        finally:
            self._let_go(raised)
            self._quieten()
        return self._finish(step, returned, raised)

    async def execute_async(self, step: Step) -> Result:
        """Do one step of coroutine functions."""
        import asyncio

        if step.what == explorer.CHECKED:
            return self._checked(step)
        self._begin(step)
        tasks = asyncio.all_tasks()
        returned: object = None
        raised: BaseException | None = None
        try:
            if step.what != explorer.OTHERS_ALONE:
                self._task = asyncio.ensure_future(_awaitable(self._function(step)()))
                returned = await read_to_end_async(await self._task)
        except Exception as error:
            if exceptions.is_ours(error):
                raise
            raised = error
        except (Stopped, SystemExit) as error:
            raised = exceptions.failed_exit(error)
        except asyncio.CancelledError:
            if self.run is None or self.run.stopped is None:
                raise  # somebody else's
        finally:
            self._task = None
            await self._end_tasks(asyncio.all_tasks() - tasks)
            self._let_go(raised)
            self._quieten()
        return self._finish(step, returned, raised)

    def _function(self, step: Step) -> Callable[[], object]:
        return self._recover if step.what == explorer.RECOVER else self._act

    def _begin(self, step: Step) -> None:
        service = self._service
        if step.what != explorer.RECOVER:
            service.restore(self._before)
            service.pipeline.ids = Ids(self._seed)
        schedule = step.schedule if step.what == explorer.ACT else ()
        # What a handler of events raises because of a failure, the service that invokes it would meet, and not the act.
        service.announcements.report = _unheard if schedule else self._report
        before = self._state.objects.keys()
        self._strangers = {thread for thread in self._strangers if thread.is_alive() and not is_idle(thread)}
        me = threading.get_ident()
        self.run = Run(service, schedule, self._limits, self._tick, me, before, self._strangers)
        self.run.refused = self.refused
        if self.time is not None:
            self.run.note_request = self.time.note_request
        comes_first = step.what in {explorer.OTHERS_FIRST, explorer.OTHERS_ALONE}
        self._changed = self._change(step.of) if comes_first else 0
        self._quotas.begin_run()
        self._budgets.begin_run()
        service.wrapper = self.run
        self._threads = set(threading.enumerate())

    def _finish(self, step: Step, returned: object, raised: BaseException | None) -> Result:
        run, service = self.run, self._service
        assert run is not None
        if step.what == explorer.OTHERS_LAST:
            self._changed = self._change(step.of)
        service.wrapper, self.run = None, None
        is_faultless = step.what == explorer.ACT and not step.schedule
        over = self._budgets.end_run(is_kept=is_faultless)
        if over is not None and is_faultless:
            raise over
        if over is not None and run.stopped is None:
            run.stopped = TooMuch(CHECK, exceptions.describe(over))
        if is_faultless:
            self._after = service.snapshot(), service.journal, service.notifier.events
            self._limits = self._limits._replace(in_all=max(self._limits.in_all, 20 * len(run.requests)))
        return Result(
            step.schedule,
            returned,
            raised,
            run.crashed,
            None if run.stopped is None else (run.stopped.kind, run.stopped.text),
            tuple(run.requests),
            len(run.happened) if step.what == explorer.ACT else self._changed,
            capture(service.store),
            run.virtual_seconds,
            self._state,
            run.stored,
            tuple(service.journal),
            service.journal.recording(asks_why=False),
        )

    def _change(self, of: Result | None) -> int:
        """Do by hand what somebody else did in a run; return how many objects were there to be changed."""
        assert of is not None
        service = self._service
        found = 0
        for seen in of.requests:
            state = OF_OTHERS.get(seen.failure or "")
            place = seen.reads or (seen.target.bucket or "", seen.target.key or "")
            if state is not None:
                found += store_changes.change_object(state, service.context(place[0]), *place) is None
        return found

    def _checked(self, step: Step) -> Result:
        """Ask the test's check about a result; what it raises is in what is returned."""
        result = step.of
        assert result is not None
        assert self._check is not None
        outcome = Outcome(
            result.returned, result.raised, self.text(step.schedule), tuple(result.journal), result.crashed
        )
        try:
            self._check(outcome)
        except AssertionError as error:
            return result._replace(raised=error)
        return result._replace(raised=None)

    # --- what the act leaves behind -----------------------------------------------------------------------

    def _let_go(self, raised: BaseException | None) -> None:
        """Let objects that the act left end now, in their own run: some ask S3 once more when they are deleted.

        An exception holds the variables of all functions that it came through; whoever repeats a run may look at them.
        """
        if not self.keeps_frames:
            leftovers.clear(raised)
        self._garbage.collect()

    def _quieten(self) -> None:
        """Wait for the threads that the act left, as long as they do something; what they ask later is refused."""
        run = self.run
        assert run is not None
        ends = real_monotonic() + QUIET.at_most
        while self._left_threads() and real_monotonic() < ends and not run.is_idle(QUIET.idle):
            real_sleep(QUIET.idle / 5)
        run.is_over = True
        ends = real_monotonic() + QUIET.at_most
        while any(not is_idle(thread) for thread in self._left_threads() if is_of_pool(thread)):
            if real_monotonic() > ends:
                break
            real_sleep(QUIET.idle / 5)  # what ends its work now serves the next run
        left = {thread for thread in self._left_threads() if not is_idle(thread)}
        if self.refused is Transport.CONNECT:
            self.left_running |= {thread.name for thread in left}
        if self.time is not None:  # else these may be the threads of a server
            self._strangers |= left
            self.time.forget(left)

    def owns(self, thread: threading.Thread | None) -> bool:
        """Whether a thread was started by the act."""
        return thread is not None and thread not in self._outside

    def is_running(self) -> bool:
        """Whether the act is being called, or has just ended."""
        return self.run is not None

    def _left_threads(self) -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread not in self._threads and thread.is_alive()]

    async def _end_tasks(self, tasks: set[Task[object]]) -> None:
        """Let the tasks that the act left come to their end, and cancel what waits for something else."""
        import asyncio

        for _ in range(ROUNDS):
            if all(task.done() for task in tasks):
                return
            await asyncio.sleep(0)
        left = [task for task in tasks if not task.done()]
        self.left_running |= {task.get_name() for task in left}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    # --- the whole ----------------------------------------------------------------------------------------

    def end(self) -> None:
        """Leave what the run without failures left: its store and its journal."""
        self._quotas.end()
        self._budgets.end()
        self._garbage.end()
        service = self._service
        service.wrapper = None
        if self._after is not None:
            snapshot, journal, events = self._after
            service.restore(snapshot)
            service.go_on_with(journal)
            service.notifier.events = events
        service.pipeline.ids = self._ids
        service.announcements.report = self._report
        left = {thread for thread in self._strangers if thread.is_alive()}
        if left:
            service.wrapper = Closed(service, self._tick, left)


def _unheard(error: Exception) -> None:
    """Take what a handler of events raised, and tell nobody."""


def _awaitable(returned: Any) -> Any:
    if not inspect.isawaitable(returned):
        message = f"The act returned {returned!r}, and nothing to wait for: write cos.explore(...)."
        raise UsageError(message)
    return returned
