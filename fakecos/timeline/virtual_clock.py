"""When each request would have come, had everybody really slept: the virtual clock of a recording.

Each thread has a clock of its own, which shows the time that really passed and its pauses. A thread goes on after
another one where it can have waited for it: a request begins only after the answers that came before it about the same
upload or object, and after those whose attempts all came while its thread, which had asked before, asked nothing. So
Complete comes after the parts, and a part that another thread uploads does not wait for the pause of the first.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from fakecos.timeline.recording import CREATE, DELAY

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from fakecos.timeline.recording import Pause, Request

BEGIN, INSIDE, END, AFTER = range(4)
"""What happens at one moment, in this order."""
MAIN = "MainThread"
PAUSE = 3
"""How many places in the order a pause takes: so many that it can be read how long it was."""


class Span(NamedTuple):
    """From when to when, in seconds of the virtual clock, and as places in the order in which all really happened."""

    start: float
    end: float
    first: int
    last: int


class _Event(NamedTuple):
    time: float
    place: int
    step: int
    number: int


class _Answers:
    """The requests that were answered so far, asked for the last end of those that began at some time or later.

    With one that was repeated, and with all that its thread asks after a pause, the first attempt began it.
    """

    def __init__(self) -> None:
        self._found: list[tuple[float, float]] = []  # (when it began, its virtual end): the later, the earlier it ended

    def add(self, began: float, end: float) -> None:
        """Note one."""
        place = bisect_left(self._found, (began, end))
        if any(other >= end for _, other in self._found[place : place + 1]):
            return
        first = place
        while first and self._found[first - 1][1] <= end:
            first -= 1
        self._found[first:place] = [(began, end)]

    def last_end(self, since: float) -> float:
        """Return the last end."""
        place = bisect_left(self._found, (since,))
        return self._found[place][1] if place < len(self._found) else 0.0


class _Clocks:
    """The clocks of the threads while they go through what happened."""

    def __init__(self, requests: Sequence[Request], following: dict[int, int], zero: float) -> None:
        self._requests = requests
        self._zero = zero
        self._following = following
        self._ahead: dict[str, float] = {}  # of a thread: by how much its clock is ahead of what really passed
        self._due: dict[Hashable, float] = {}  # of a thread, or a request: when its pause is over
        self._asked: dict[str, tuple[int, float]] = {}  # of a thread: its last request, and when that was answered
        self._chains: dict[int, float] = {}  # of a request: when its first attempt really began
        self._paused: dict[str, float] = {}  # of a thread: when the request really began after which it paused
        self._answers = _Answers()
        self._ends: dict[Hashable, float] = {}  # of an upload, an object, a bucket: the last end
        self.starts: dict[int, float] = {}

    def begin(self, index: int, before: int | None) -> float:
        """Return when a request begins."""
        request = self._requests[index]
        time = request.started - self._zero
        self._chains[index] = time if before is None else self._chains.get(before, time)
        thread = request.thread
        last, silent_since = self._asked.get(thread, (None, float("-inf") if thread == MAIN else float("inf")))
        if last is None:  # most threads are started by the main one, which waits until they have ended
            self._ahead.setdefault(thread, self._ahead.get(MAIN, 0.0))
        waited_for = [self._ends.get(subject, 0.0) for subject in _waits_for(request)]
        shown = max(time + self._ahead.get(thread, 0.0), self._due.pop(thread, 0.0), *waited_for)
        shown = max(shown, self._answers.last_end(silent_since))
        due = self._due.pop(index, 0.0)
        if last == before or due <= shown:  # else it is a task of a loop: they share a thread, and pause by themselves
            self._ahead[thread] = max(shown, due) - time
        self.starts[index] = max(shown, due)
        return self.starts[index]

    def inside(self, index: int, time: float, seconds: float) -> float:
        """Return when a pause inside a request begins."""
        moment = self.starts[index] + time - (self._requests[index].started - self._zero)
        shown = max(moment, self._due.get((index, END), 0.0))
        self._due[index, END] = shown + seconds
        return shown

    def end(self, index: int) -> float:
        """Return when a request ends."""
        request = self._requests[index]
        plain = self.starts[index] + request.duration
        shown = max(plain, self._due.pop((index, END), 0.0))
        self._ahead[request.thread] = self._ahead.get(request.thread, 0.0) + shown - plain
        self._asked[request.thread] = index, request.started - self._zero + request.duration
        self._answers.add(min(self._chains[index], self._paused.get(request.thread, float("inf"))), shown)
        for subject in _ends_at(request):
            self._ends[subject] = max(shown, self._ends.get(subject, 0.0))
        return shown

    def after(self, owner: int | None, pause: Pause, time: float) -> float:
        """Return when a pause between requests begins."""
        thread = pause.thread
        shown = max(time + self._ahead.get(thread, 0.0), self._due.get(thread, 0.0))
        ends: Hashable = thread if owner is None else self._following.get(owner, thread)
        self._paused[thread] = self._chains.get(-1 if owner is None else owner, time)
        self._due[ends] = shown + pause.seconds
        return shown


def spans(
    requests: Sequence[Request], pauses: Sequence[Pause], of: Sequence[int | None], before: Sequence[int | None]
) -> tuple[list[Span], list[Span]]:
    """Return the spans of the requests, and of the pauses.

    `of` says which request each pause belongs to, `before` the earlier attempt of each request.
    """
    following = {attempt: place for place, attempt in enumerate(before) if attempt is not None}
    events = _events(requests, pauses, of)
    zero = events[0].time if events else 0.0
    clocks = _Clocks(requests, following, zero)
    found: list[Span] = [Span(0, 0, 0, 0)] * len(requests)
    slept: list[Span] = [Span(0, 0, 0, 0)] * len(pauses)
    begun: dict[int, int] = {}
    rank = 0
    for time, _, step, index in events:
        if step == BEGIN:
            clocks.begin(index, before[index])
            begun[index] = rank
        elif step == END:
            found[index] = Span(clocks.starts[index], clocks.end(index), begun[index], rank)
        else:
            pause, owner = pauses[index], of[index]
            if step == INSIDE and owner in begun:
                shown = clocks.inside(owner, time - zero, pause.seconds)
            else:
                shown = clocks.after(owner, pause, time - zero)
            slept[index] = Span(shown, shown + pause.seconds, rank, rank + PAUSE)
            rank += PAUSE
        rank += 1
    return found, slept


def _ends_at(request: Request) -> Iterator[Hashable]:
    """Yield what others wait for that ends with this request."""
    if request.upload_id is not None:
        yield "all of", request.upload_id
    if request.part_number is not None:
        yield "part", request.upload_id, request.part_number
    elif request.key is not None:
        yield "object", request.bucket, request.key
    if request.operation == CREATE:
        yield "begun", request.upload_id
    yield "all in" if request.key is not None else "bucket", request.bucket


def _waits_for(request: Request) -> Iterator[Hashable]:
    """Yield what has to have ended before this request begins."""
    yield "bucket", request.bucket
    if request.part_number is not None:
        yield "begun", request.upload_id
        yield "part", request.upload_id, request.part_number
        return
    if request.upload_id is not None and request.operation != CREATE:
        yield "all of", request.upload_id
    yield ("all in", request.bucket) if request.key is None else ("object", request.bucket, request.key)


def _events(requests: Sequence[Request], pauses: Sequence[Pause], of: Sequence[int | None]) -> list[_Event]:
    """Return what happened, in order: by time, and at the same time by the order in which answers came."""
    found = []
    for place, request in enumerate(requests):
        found.append(_Event(request.started, place, BEGIN, place))
        found.append(_Event(request.started + request.duration, place, END, place))
    for index, (pause, owner) in enumerate(zip(pauses, of, strict=True)):
        step = INSIDE if pause.why == DELAY else AFTER
        found.append(_Event(pause.started, -1 if owner is None else owner, step, index))
    return sorted(found)
