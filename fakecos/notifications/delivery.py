"""How events arrive: at once and in order, or, as a test says, twice, late, or in another order.

S3 promises neither: events are delivered at least once, and in no order (documented, "Amazon S3 Event Notifications").
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.event_types import PREFIX
from fakecos.misnamed import Named
from fakecos.notifications.matching import matches

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from fakecos.model.change import Change

    HandOver = Callable[[], None]
    """Gives the messages of one event to everybody who is told of it."""

SHOWN = 5


class Which(NamedTuple):
    """Which events: their types, the bucket (None: every one), and how the key begins and ends."""

    events: tuple[str, ...]
    bucket: str | None
    prefix: str
    suffix: str

    def fits(self, change: Change) -> bool:
        """Whether an event is one of them."""
        return self.bucket in {None, change.bucket.name} and matches(change, self.events, self.prefix, self.suffix)


class EventFault(Named):
    """What `FakeCOS.inject_events` set: events that arrive twice, late, or when the test says so.

    - `hits`: how often it happened.
    - `seen`: how many events came that it is for, hit or not.
    """

    __module__ = "fakecos"

    def __init__(
        self, which: Which, times: int | None, copies: int, delay: dt.timedelta | None, written: str, *, hold: bool
    ) -> None:
        self.which = which
        self.times = times
        self.copies = copies
        self.delay = delay
        self.hold = hold
        self.hits = 0
        self.seen = 0
        self.is_cancelled = False
        self.written = written

    def cancel(self) -> None:
        """Let every further event arrive as usual; what is held already stays held."""
        self.is_cancelled = True

    def takes(self, change: Change) -> bool:
        """Count an event that this is for, and return whether it happens to it; the caller holds the lock."""
        if self.is_cancelled or not self.which.fits(change):
            return False
        self.seen += 1
        if self.times is not None and self.hits >= self.times:
            return False
        self.hits += 1
        return True

    def __repr__(self) -> str:
        return f"<EventFault {self.written}: {self.hits} hits>"


class Held(NamedTuple):
    """An event that was not delivered yet. `due`: when it will be as time passes; None: when the test says so."""

    due: dt.datetime | None
    text: str
    hand_over: HandOver


class Delivery:
    """What a test said of how events arrive, and the events that are held for it."""

    def __init__(self) -> None:
        self.faults: list[EventFault] = []
        self.held: list[Held] = []
        self._lock = threading.Lock()

    def take(self, change: Change, hand_over: HandOver) -> int:
        """Return how often an event arrives now, as the first fault says that is for it; 0 if it is held."""
        with self._lock:
            fault = next((fault for fault in self.faults if fault.takes(change)), None)
            if fault is not None and (fault.hold or fault.delay is not None):
                due = None if fault.delay is None else change.time + fault.delay
                self.held.append(Held(due, text_of(change), hand_over))
                return 0
        return 1 if fault is None else fault.copies

    def pass_time(self, now: dt.datetime) -> None:
        """Deliver what is late, as far as it is due, in the order of its time."""
        with self._lock:
            due = sorted((each.due, n) for n, each in enumerate(self.held) if each.due is not None and each.due <= now)
            found = [self.held[place] for _, place in due]
            places = {place for _, place in due}
            self.held = [each for place, each in enumerate(self.held) if place not in places]
        _hand_over(found)

    def deliver(self, arranged: Callable[[Sequence[Held]], Iterable[Held]]) -> int:
        """Deliver everything that is held, as `arranged` orders it, and return how many these are.

        If that raises, all stay held.
        """
        with self._lock:
            found = list(arranged(self.held))
            self.held = []
        _hand_over(found)
        return len(found)

    def unfired(self) -> list[EventFault]:
        """Return the faults that never happened and were not cancelled."""
        return [fault for fault in self.faults if not fault.hits and not fault.is_cancelled]


def text_of(change: Change) -> str:
    """Return how a person finds an event."""
    return f"{PREFIX}{change.event} of {change.bucket.name}/{change.key}"


def story_of(held: Sequence[str]) -> str:
    """Return the sentence for events that were held and never delivered."""
    more = f" and {len(held) - SHOWN} more" if len(held) > SHOWN else ""
    events = "1 event was" if len(held) == 1 else f"{len(held)} events were"
    return (
        f"{events} held and never delivered: {', '.join(held[:SHOWN])}{more}. cos.deliver_events() delivers them, and "
        "cos.advance() those with a delay."
    )


def _hand_over(found: Iterable[Held]) -> None:
    for each in found:
        each.hand_over()
