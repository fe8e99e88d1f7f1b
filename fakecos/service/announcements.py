"""Telling of what happened to objects: event notifications, and the handlers of a test."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fakecos.facts.services import dialects

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from fakecos.facts.services.dialect import Dialect
    from fakecos.model.change import Change
    from fakecos.notifications.notifier import Notifier
    from fakecos.service.call import Call
    from fakecos.service.events import Events
    from fakecos.service.journal import RecordedRequest
    from fakecos.service.pipeline import Pipeline


class Announcements:
    """Who is told of what happens to the objects of one fake. `report` is told what a handler raises."""

    def __init__(self, pipeline: Pipeline, dialect: Dialect | None) -> None:
        self.report: Callable[[Exception], None] = _raised
        self._pipeline = pipeline
        self._dialect = dialect or dialects.DEFAULT
        self._notifier: Notifier[Events] | None = None

    @property
    def notifier(self) -> Notifier[Events]:
        """Who hands events on, which is there from the first event or handler on."""
        if self._notifier is None:
            from fakecos.notifications.notifier import Notifier  # rarely needed
            from fakecos.service.events import Events

            listen = partial(setattr, self._pipeline, "notes_changes")
            self._notifier = Notifier(Events, self._report, listen, self._pipeline.destinations)
        return self._notifier

    def forget(self) -> None:
        """Forget what was sent; the handlers stay."""
        if self._notifier is not None:
            self._notifier.forget()

    def pass_time(self, now: dt.datetime) -> None:
        """Deliver what is late and due by now."""
        if self._notifier is not None:
            self._notifier.pass_time(now)

    def untold(self) -> list[str]:
        """Return what the test's author should hear at the end, a sentence each, and forget it."""
        return [] if self._notifier is None else self._notifier.untold()

    def unfired(self) -> list[str]:
        """Return what `inject_events` set and never happened, a sentence each."""
        return [] if self._notifier is None else self._notifier.unfired()

    def never_called(self, buckets: Iterable[str], requests: Iterable[RecordedRequest]) -> list[str]:
        """Return of which handlers the bucket was misspelt, a sentence each: as `Notifier.never_called` says."""
        if self._notifier is None:
            return []
        return self._notifier.never_called([*buckets], lambda: {request.bucket for request in requests})

    def rearm_lock(self) -> None:
        """Make its lock usable in a forked child."""
        if self._notifier is not None:
            self._notifier.rearm_lock()

    def _report(self, error: Exception) -> None:
        self.report(error)

    def announce(self, changes: Sequence[Change], call: Call | None = None, host_id: str | None = None) -> None:
        """Tell of what happened to objects by a request, or by S3 itself; no lock is held."""
        if not changes:
            return
        from fakecos.notifications.cause import Cause, by_itself

        ids = self._pipeline.ids
        if call is None:
            dialect, cause = self._dialect, by_itself(ids)
        else:
            dialect, cause = call.dialect, Cause(call.caller, call.request_id, host_id or ids.host_id())
        self.notifier.announce(changes, cause, self._pipeline.in_force(dialect)[1])


def _raised(error: Exception) -> None:
    raise error
