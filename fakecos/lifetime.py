"""When a fake is on: its start and its end, what is raised then, and the time that passes meanwhile."""

from __future__ import annotations

import warnings
from contextlib import ExitStack
from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.clients.activation import activation, clocks
from fakecos.facts.exceptions import FakecosWarning, UnfiredFaultError, UnimplementedOperationWarning, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.service.service import Service

CALLER = 6
"""How far above the warning the test's author stands, who called `stop`, or left a `with` block."""


class Lifetime:
    """Start and end of one fake. Its servers and clients keep it on too; whoever has these lets go of them first.

    An exception may come at any point, as Ctrl-C does. So it counts as started before anything is switched on, and
    until everything is off.
    """

    def __init__(self, active: ActiveService, service: Service) -> None:
        self._active = active
        self._service = service
        self._clock = clocks.Clock()
        self._was_started = False

    @property
    def text(self) -> str:
        """Whether it is on, in a word or two."""
        if self._active.is_active:
            return "active"
        return "stopped" if self._was_started else "not started"

    def start(self, face: object) -> None:
        """Switch it on once more; the first time `face` becomes the current fake, and what an earlier start left goes.

        UsageError: another fake that answers S3 first is active.
        """
        active = self._active
        entered = active.entered
        if entered == 0:
            if self._was_started:
                self._service.reset()
                active.errors = []
            active.begin_in_this_process()
            active.entered = 1
            activation.start(active)
            active.face = face
            self._was_started = True
        active.entered = entered + 1

    @property
    def entered(self) -> int:
        """How often it was started and not stopped."""
        return self._active.entered

    def back_to(self, entered: int) -> None:
        """Undo a start that did not succeed, or of which the caller was never told."""
        try:
            self._back_to(entered)
        except BaseException:
            self._back_to(entered)  # what was broken off here is finished
            raise

    def _back_to(self, entered: int) -> None:
        if entered == 0:
            self._off()
        self._active.entered = entered

    def leave(self) -> bool:
        """Undo one start, and return whether it is over now. UsageError: it is not active."""
        active = self._active
        if not active.is_active and not self._clock.is_ours:
            message = "FakeCOS.stop() without start(): it is not active."
            raise UsageError(message)
        if active.entered > 1:
            active.entered -= 1
            return False
        return True

    def end(self, let_go: Callable[[ExitStack], None], error: BaseException | None) -> None:
        """Let go of what keeps it on, switch it off, and raise what was recorded.

        `let_go` is given a stack for its steps. Nothing recorded is raised while another exception is on its way,
        which it would hide. If this is broken off, it is finished before the exception goes on; `leave` and `end` may
        follow all the same.
        """
        try:
            self._end(let_go)
        except BaseException:
            self._end(let_go)
            raise
        if error is None:
            self._report()

    def _end(self, let_go: Callable[[ExitStack], None]) -> None:
        with ExitStack() as steps:  # each is tried though another failed, the last one first
            steps.callback(self._off)
            steps.callback(self._stop_clock)
            let_go(steps)

    def _off(self) -> None:
        """Switch it off; nothing happens if it is."""
        active = self._active
        active.face = None
        activation.stop(active)
        self._service.forget_signing_keys()
        active.entered = 0  # last: what is broken off before can be stopped again

    def _stop_clock(self) -> None:
        out_of_order = self._clock.stop()
        if out_of_order is not None:
            self._active.record(out_of_order)

    def _report(self) -> None:
        """Warn of operations that fakecos does not have, and raise what was recorded and what never happened.

        A fault that happened less often than it was to is a warning.
        """
        unfinished: Warning | None = None
        if self._service.wrapper is not None:  # faults were set
            from fakecos.faults.api import InjectedFaults

            unfired = InjectedFaults(self._service).unfired_error()
            if unfired is not None:
                self._active.record(unfired)
            unfinished = InjectedFaults(self._service).unfinished_warning()
        forgotten, self._active.not_begun = self._active.not_begun, []
        stories = [story for _, story in forgotten]
        stories += self._service.announcements.never_called(self._service.store.buckets, self._service.journal)
        for story in stories:
            self._active.record(UsageError(story))
        lost = self._service.announcements.untold()
        if unfired_events := self._service.announcements.unfired():
            self._active.record(UnfiredFaultError("\n".join(unfired_events)))
        try:
            if unfinished is not None:
                warnings.warn(unfinished, stacklevel=CALLER)
            if lost:
                warnings.warn("\n".join(lost), FakecosWarning, stacklevel=CALLER)
            if (last := self._service.last_warning) is not None:
                warnings.warn(last, stacklevel=CALLER)
            if self._service.unimplemented:
                names = ", ".join(sorted(self._service.unimplemented))
                message = (
                    f"answered 501 NotImplemented, since fakecos does not have it: {names}. "
                    f"What it has: {urls.page('reference/operations')}"
                )
                warnings.warn(message, UnimplementedOperationWarning, stacklevel=CALLER)
        finally:
            self._raise_recorded()

    def _raise_recorded(self) -> None:
        if not self._active.errors:
            return
        first, *others = self._active.errors
        self._active.errors = []
        if others:  # Python 3.11 shows notes below the traceback
            notes = [f"fakecos also reported: {type(other).__name__}: {other}" for other in others]
            first.__notes__ = [*getattr(first, "__notes__", ()), *notes]  # type: ignore[attr-defined,unused-ignore]
        raise first

    def advance(self, delta: dt.timedelta) -> None:
        """Let time pass, and let S3 do what falls due. UsageError: as `FakeCOS.advance` says."""
        if not self._active.is_active:
            message = "cos.advance() would move the clock of the process for good: start the fake first."
            raise UsageError(message)
        self._clock.advance(delta)
        self._service.pass_time()
