"""When a fake is on: its start and its end, what is raised then, and the time that passes meanwhile."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.clients.activation import activation, clocks
from fakecos.facts.exceptions import UnimplementedOperationWarning, UsageError
from fakecos.model.clock import now

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.clients.activation.active_service import ActiveService
    from fakecos.service.service import Service

CALLER = 6
"""How far above the warning the test's author stands, who called `stop`, or left a `with` block."""


class Lifetime:
    """Start and end of one fake. Its servers and clients keep it on too; whoever has these lets go of them first."""

    def __init__(self, active: ActiveService, service: Service) -> None:
        self._active = active
        self._service = service
        self._clock = clocks.Clock()
        self._was_started = False

    def start(self, face: object) -> None:
        """Switch it on once more; the first time `face` becomes the current fake, and what an earlier start left goes.

        UsageError: another fake that answers S3 first is active.
        """
        active = self._active
        if active.entered == 0:
            if self._was_started:
                self._service.reset()
                active.errors = []
            active.begin_in_this_process()
            activation.start(active)
            active.face = face
            self._was_started = True
        active.entered += 1

    def leave(self) -> bool:
        """Undo one start, and return whether it is over now. UsageError: it is not active."""
        active = self._active
        if not active.is_active:
            message = "FakeCOS.stop() without start(): it is not active."
            raise UsageError(message)
        if active.entered > 1:
            active.entered -= 1
            return False
        return True

    def end(self, error: BaseException | None) -> None:
        """Switch it off, and raise what was recorded; unless another exception is on its way, which it would hide."""
        active = self._active
        if active.entered:
            active.entered = 0
            active.face = None
            activation.stop(active)
        out_of_order = self._clock.stop()
        if out_of_order is not None:
            active.record(out_of_order)
        if error is None:
            self._report()

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
        try:
            if unfinished is not None:
                warnings.warn(unfinished, stacklevel=CALLER)
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
        from fakecos.operations import lifecycle_expiration  # rarely needed

        lifecycle_expiration.run(self._service.store, self._service.ids, now())
