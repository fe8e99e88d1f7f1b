"""Handlers: functions of a test that are called with the messages of events, as S3 invokes functions of Lambda."""

from __future__ import annotations

import copy
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos import urls
from fakecos.facts.exceptions import UsageError
from fakecos.misnamed import Named
from fakecos.notifications.matching import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fakecos.model.change import Change

    Message = dict[str, Any]

CONFIGURATION_ID = "cos.on_event"
"""The configurationId of the messages that handlers are given, as no configuration asked for them."""
MOST = 16
"""How many handlers may follow from each other: AWS Lambda stops a function that invokes itself through S3 after about
16 invocations (documented: "Use Lambda recursive loop detection to prevent infinite loops")."""


class EventHandler(Named):
    """A function that is called for events: what `cos.on_event` returned.

    `hits`: how often it was called. `bucket`: of which bucket it is told, None of all. `cancel()` ends that.
    """

    __module__ = "fakecos"

    def __init__(
        self,
        function: Callable[..., object],
        events: tuple[str, ...],
        bucket: str | None,
        prefix: str,
        suffix: str,
        remove: Callable[[EventHandler], None],
        *,
        has_context: bool,
    ) -> None:
        self._function = function
        self._events = events
        self.bucket = bucket
        self._limits = prefix, suffix
        self._remove = remove
        self._has_context = has_context
        self.hits = 0

    def cancel(self) -> None:
        """Call the function no more. Done again, it does nothing."""
        self._remove(self)

    def wants(self, change: Change) -> bool:
        """Whether it is to be called for a change."""
        return self.bucket in {None, change.bucket.name} and matches(change, self._events, *self._limits)

    def call(self, message: Message) -> None:
        """Call the function. Raises what it raises."""
        self.hits += 1
        if self._has_context:
            self._function(message, None)
        else:
            self._function(message)

    def __repr__(self) -> str:
        name = getattr(self._function, "__name__", None) or repr(self._function)
        of = "" if self.bucket is None else f" of {self.bucket}"
        return f"<EventHandler {name} for {', '.join(self._events)}{of}: {self.hits} hits>"


class Due(NamedTuple):
    """A call that is to be made. `depth` counts the handlers from which it follows, with its own."""

    handler: EventHandler
    message: Message
    what: str
    depth: int


class Calls(threading.local):
    """The calls of one thread: a handler may cause events itself, whose handlers are called after it."""

    def __init__(self) -> None:
        self.due: deque[Due] = deque()
        self.depth = 0

    def make(self, wanted: Iterable[tuple[EventHandler, Message]], report: Callable[[Exception], None]) -> None:
        """Call handlers, or inside of one, let them be called after it; `report` is given what they raise.

        S3 does not wait for who is told, so nothing of that reaches whoever caused the event.
        """
        depth = self.depth + 1
        for handler, message in wanted:
            self.due.append(Due(handler, copy.deepcopy(message), _what(message), depth))
        if self.depth:
            return
        try:
            while self.due:
                self._call(self.due.popleft(), report)
        finally:
            self.depth = 0
            self.due.clear()

    def _call(self, due: Due, report: Callable[[Exception], None]) -> None:
        if due.depth > MOST:
            self.due.clear()
            report(_loop(due))
            return
        self.depth = due.depth
        try:
            due.handler.call(due.message)
        except Exception as error:  # noqa: BLE001  the fake raises it when it stops
            notes = [*getattr(error, "__notes__", ()), f"raised by {due.handler!r}, called for {due.what}"]
            error.__notes__ = notes  # type: ignore[attr-defined,unused-ignore]  # Python 3.11 shows them
            report(error)


def _what(message: Message) -> str:
    record = message["Records"][0]
    return f"s3:{record['eventName']} of {record['s3']['bucket']['name']}/{record['s3']['object']['key']}"


def _loop(due: Due) -> UsageError:
    text = (
        f"{due.handler!r} causes itself: {due.what} follows from a handler, that from another, and so on, "
        f"{MOST} times. Nobody was told of it any more. On AWS too a function that writes where it listens invokes "
        "itself, until Lambda stops it. Let it write to another bucket, or under another prefix than it is told of. "
        f"See {urls.page('how-to/events', 'a-handler-that-causes-itself')}"
    )
    return UsageError(text)
