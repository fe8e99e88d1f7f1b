"""One run of the code under test: what it asks is noted, and the failures of its schedule happen.

A run stands around the pipeline in place of the ordinary fault injection, which it also is: faults that the code under
test sets itself happen as ever.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from fakecos.explore import failures
from fakecos.explore.denied_key import perform_without_last_key
from fakecos.explore.endings import Crash, TooMuch
from fakecos.explore.request_notes import seen_of
from fakecos.explore.seen import CRASH, CRASH_STORED, ONE_KEY_REFUSED, STORING, Seen
from fakecos.explore.sites import EVERY, Naming, Site, target_of
from fakecos.explore.threads import real_monotonic
from fakecos.facts.errors import S3Error
from fakecos.facts.transport import Transport, TransportFault
from fakecos.faults.injection import FaultInjection, Injection
from fakecos.faults.matching import request_of
from fakecos.faults.schedule import Fault, Frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.explore.schedule import Entry, Schedule
    from fakecos.explore.sites import Target
    from fakecos.explore.state import Place
    from fakecos.faults.matching import Matcher
    from fakecos.model.object import StoredObject
    from fakecos.service.call import Answer, Call
    from fakecos.service.service import Service

STORM = 100
"""How many requests for one target a run may make: our own choice. Ten rounds of a client that tries ten times are no
storm."""
STORM_OF_ALL = 5000
"""How many requests a run may make in all, if that is more than twenty times those of the run without failures."""
GRACE = 100
"""How many waits an act may make that was ended, before it is ended once more."""
VERIFIED = frozenset({"CRC32", "SHA1", "SHA256"})
"""The algorithms whose checksums of a whole object botocore compares by itself, without awscrt."""
_ANY: Matcher = None  # type: ignore[assignment]  # a run matches by itself


class Limits(NamedTuple):
    """What ends a run: `requests` for one target, those `in_all`, and seconds of virtual time.

    Also `waits` without a request between them, if they took more than `silence` seconds of virtual time.
    """

    requests: int = STORM
    in_all: int = STORM_OF_ALL
    virtual_seconds: float = 24 * 3600.0
    waits: int = 5000
    silence: float = 600.0


class Run(FaultInjection):
    """The requests of one call of the code under test, and what happens to them.

    - `requests`: what came, in order; `happened`: the entries of the schedule that happened.
    - `crashed`: whether the process is dead. `stopped`: why a limit ended the run, or None.
    """

    def __init__(
        self,
        service: Service,
        schedule: Schedule,
        limits: Limits,
        tick: Callable[[float], None],
        thread: int,
        before: Collection[Place] = (),
        strangers: Collection[threading.Thread] = (),
    ) -> None:
        super().__init__(service, tick)
        self._before = before
        self._strangers = strangers
        self.refused = Transport.CONNECT
        """What a request of a run that is over meets. Over a socket it is there already: its connection breaks."""
        self._schedule = schedule
        self._limits = limits
        self._thread = thread
        self._numbers: Counter[Target] = Counter()
        self.requests: list[Seen] = []
        self.happened: list[Entry] = []
        self.crashed = False
        self.stopped: TooMuch | None = None
        self.is_over = False
        self.note_request: Callable[[], None] = _nothing
        self._in_flight = 0
        self._waits = 0
        self._asked_at = 0.0
        self._last = real_monotonic()
        self.stored: dict[Place, list[StoredObject]] = {}

    def answer(self, call: Call) -> Answer:
        """Answer a call: by what the schedule says, else as ever. Raises what fails, and Stopped."""
        place = self._begin(call)
        seen = self.requests[place]
        entry = self._scheduled(seen)
        try:
            answer = super().answer(call) if entry is None else self._happen(entry, call, place)
        except S3Error as refusal:
            self._change(place, status=refusal.status)
            raise
        finally:
            with self.lock:
                self._in_flight -= 1
                self._last = real_monotonic()
        self._change(place, status=answer[0], answer_size=len(answer[2]), is_verifiable=self._is_verifiable(seen))
        if not self._schedule and seen.target.operation in STORING:
            self._keep_stored(seen.target)
        return answer

    def _keep_stored(self, target: Target) -> None:
        """Keep what stands under a key now: a run with failures may end after any step of this one."""
        place = target.bucket or "", target.key or ""
        found = self._stored_at(place)
        if found is not None:
            self.stored.setdefault(place, []).append(found)

    def _is_verifiable(self, seen: Seen) -> bool:
        found = None if seen.reads is None else self._stored_at(seen.reads)
        checksum = None if found is None else found.checksum
        return checksum is not None and checksum.parts is None and checksum.algorithm.name in VERIFIED

    def _begin(self, call: Call) -> int:
        """Note a request and return its place; raises what ends it where the run is over."""
        with self.lock:
            self._require_alive()
        self.note_request()
        request = request_of(call)
        target = target_of(request)
        with self.lock:
            self._require_alive()
            self._numbers[target] += 1
            nth = self._numbers[target]
            if nth > self._limits.requests:
                self.stopped = TooMuch("retry-storm", f"asked {nth} times, and did not stop: {_shown(target)}")
                self._end()
            if len(self.requests) >= self._limits.in_all:
                self.stopped = TooMuch("retry-storm", f"made {len(self.requests):,} requests, and did not stop")
                self._end()
            self.requests.append(seen_of(call, request, target, nth, self._before))
            self._in_flight += 1
            self._waits, self._asked_at = 0, self.virtual_seconds
            return len(self.requests) - 1

    def _change(self, place: int, **values: object) -> None:
        with self.lock:
            self.requests[place] = self.requests[place]._replace(**values)  # type: ignore[arg-type]

    def _require_alive(self) -> None:
        if self.is_over or (self._strangers and threading.current_thread() in self._strangers):
            raise TransportFault(self.refused)
        if self.crashed or self.stopped is not None:
            self._end()

    def _end(self) -> None:
        """End the request of a run that is over: uncatchably where that does no harm."""
        if threading.get_ident() == self._thread:
            raise Crash if self.stopped is None else self.stopped
        raise TransportFault(self.refused)

    def _scheduled(self, seen: Seen) -> Entry | None:
        for entry in self._schedule:
            site = entry.site
            row = failures.TABLE.get(entry.failure)
            if row is not None and row.for_all and entry in self.happened and row.is_for(seen):
                return entry
            if not site.target.covers(seen.target):
                continue
            lasts = site.nth == EVERY or (row is not None and row.for_good and seen.nth >= site.nth)
            if seen.nth == site.nth or lasts:
                return entry
        return None

    def _happen(self, entry: Entry, call: Call, place: int) -> Answer:
        if entry.failure in {CRASH, CRASH_STORED}:
            if entry.failure == CRASH_STORED:
                self._quietly(call)
            self._note(entry, place)
            self.crashed = True
            self._end()
        if entry.failure == ONE_KEY_REFUSED:
            self._note(entry, place)
            return perform_without_last_key(self._service, call)
        row = failures.TABLE[entry.failure]
        if "if-none-match" in self.requests[place].conditions and row.name == "412" and self._holds(call):
            return super().answer(call)  # it is there already, by the code's own doing: nobody else can be first
        assert row.make is not None
        outcome, when = row.make(self.requests[place])
        fault = Fault(_ANY, Frequency(1, 0, 1, None), when, [outcome], row.name)
        try:
            return Injection(self, self._service, call, fault, outcome).answer()
        finally:
            if fault.hits:
                self._note(entry, place)

    def _holds(self, call: Call) -> bool:
        """Whether there is an object under the request's own key."""
        request = request_of(call)
        return self._stored_at((request.bucket or "", request.key or "")) is not None

    def _stored_at(self, place: Place) -> StoredObject | None:
        """Return the current object of a place, None if there is none."""
        bucket = self._service.store.buckets.get(place[0])
        return None if bucket is None else bucket.objects.get(place[1])

    def _quietly(self, call: Call) -> None:
        """Let S3 do what was asked; what it answers reaches nobody."""
        with contextlib.suppress(S3Error):
            self._service.perform(call)

    def _note(self, entry: Entry, place: int) -> None:
        with self.lock:
            if entry not in self.happened:
                self.happened.append(entry)
        self._change(place, failure=entry.failure)

    def end_hanging(self, text: str) -> None:
        """End a run that can never end."""
        self.stopped = TooMuch("hang", text)
        self._end()

    def is_idle(self, seconds: float) -> bool:
        """Whether no request is on its way, and none was for so long."""
        return self._in_flight == 0 and real_monotonic() - self._last > seconds

    def wait(self, seconds: float) -> None:
        """Let virtual time pass; a run that takes too much of it ends."""
        super().wait(seconds)
        self._waits += 1
        if self.stopped is None:
            if self.virtual_seconds > self._limits.virtual_seconds:
                hours = self.virtual_seconds / 3600
                self.stopped = TooMuch("hang", f"still at it after {hours:,.0f} hours of virtual time")
            elif self._waits > self._limits.waits and self.virtual_seconds - self._asked_at > self._limits.silence:
                self.stopped = TooMuch("hang", f"waited {self._waits:,} times in a row, and asked for nothing")
            else:
                return
            self._waits = 0
            self._end()
        elif self._waits > GRACE:  # what was to end goes on all the same
            self._waits = 0
            self._end()


class Closed(FaultInjection):
    """Stands around the pipeline after an exploration that left threads running: these reach nothing any more."""

    def __init__(
        self, service: Service, tick: Callable[[float], None], strangers: Collection[threading.Thread]
    ) -> None:
        super().__init__(service, tick)
        self._strangers = strangers

    def answer(self, call: Call) -> Answer:
        """Answer a call as ever, but for one of those threads."""
        if threading.current_thread() in self._strangers:
            raise TransportFault(Transport.CONNECT)
        return super().answer(call)


def _shown(target: Target) -> str:
    return Site(target, 0).text(Naming()).removesuffix("#*")


def _nothing() -> None:
    pass
