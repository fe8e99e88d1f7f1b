"""Faults: which requests fail, how often, and what was counted. What then happens stands in `strikes`.

A fake has no Faults until the first one is set, so that a fake without any pays nothing.
"""

from __future__ import annotations

import threading
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts.iam import OPERATION as IAM_TOKEN
from fakecos.faults.outcomes import Delay, InRequest

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Container, Mapping, Sequence

    from fakecos.faults.corruption import Corrupt
    from fakecos.faults.outcomes import Outcome, When
    from fakecos.service.call import Call


class Request(NamedTuple):
    """A request as the predicate `where` sees it.

    `operation` is the name in the service model; `part_number` is None if the query has none; `attempt` counts the
    attempts of a client from 1; `headers` have lower-case names; `size` is the length that the headers promise for
    the body without its framing, None if they do not say.
    """

    operation: str
    bucket: str | None
    key: str | None
    upload_id: str | None
    part_number: int | None
    attempt: int
    method: str
    headers: Mapping[str, str]
    size: int | None


class Which(NamedTuple):
    """The requests that a fault is for; None in a field is any."""

    operations: frozenset[str] | None
    bucket: str | None
    key: str | None
    upload_id: str | None
    part_number: Container[int] | None
    attempt: Container[int] | None
    where: Callable[[Request], bool] | None

    def takes(self, request: Request) -> bool:
        """Whether a request is one of these."""
        return (
            (self.operations is None or request.operation in self.operations)
            and (self.bucket is None or fnmatchcase(request.bucket or "", self.bucket))
            and (self.key is None or (request.key is not None and fnmatchcase(request.key, self.key)))
            and (self.upload_id is None or request.upload_id == self.upload_id)
            and (self.part_number is None or request.part_number in self.part_number)
            and (self.attempt is None or request.attempt in self.attempt)
            and (self.where is None or bool(self.where(request)))
        )


class Often(NamedTuple):
    """How often a fault happens among the requests that it is for.

    The first `after` pass, then every `every`-th is hit until it was `times` (None: no end); with a `probability`
    each of those only by chance.
    """

    times: int | None
    after: int
    every: int
    chance: tuple[float, random.Random] | None


class Fault:
    """A fault that was set with `FakeCOS.inject`.

    - `hits`: how often it happened.
    - `seen`: how many requests came that it is for, hit or not.
    """

    def __init__(
        self, which: Which, often: Often, when: When, outcomes: Sequence[Outcome | None], written: str
    ) -> None:
        self.which = which
        self.often = often
        self.when = when
        self.outcomes = outcomes
        self.hits = 0
        self.seen = 0
        self.unfit: list[str] = []
        self.is_cancelled = False
        self._taken = 0
        self._place = 0
        self._written = written

    def cancel(self) -> None:
        """Let no further request fail; a fault that was cancelled need not have happened."""
        self.is_cancelled = True

    def take(self, request: Request) -> Outcome | None:
        """Count a request that this fault is for, and return what happens to it; the caller holds the lock."""
        self.seen += 1
        behind = self.seen - 1 - self.often.after
        if behind < 0 or behind % self.often.every:
            return None
        if self.often.chance is not None:
            probability, source = self.often.chance
            if source.random() >= probability:
                return None
        if self.often.times is not None and self._place >= self.often.times * len(self.outcomes):
            return None
        outcome = self.outcomes[self._place % len(self.outcomes)]
        unfit = None if outcome is None else unfit_for(outcome, self.when, request)
        if unfit is not None:
            self.note(unfit)
            return None
        self._place += 1
        return outcome

    def give_back(self) -> None:
        """Take it that nothing happened to the request that was taken last; the caller holds the lock."""
        self._place -= 1

    def note(self, reason: str) -> None:
        """Remember why a request that the fault is for was not hit: it is told if none ever is."""
        if reason not in self.unfit:
            self.unfit.append(reason)

    def __repr__(self) -> str:
        return f"<Fault {self._written}: {self.hits} hits>"

    @property
    def written(self) -> str:
        """The call that set it."""
        return self._written


def unfit_for(outcome: Outcome, when: When, request: Request) -> str | None:
    """Say why an outcome cannot happen to a request, or None: a body has too few bytes, or no such trailer."""
    size = request.size
    if when.moment == "after_bytes" and size is not None and size < when.size:
        return f"the body had only {size} bytes"
    if isinstance(outcome, InRequest):
        return _unfit_corruption(outcome.corrupt, request)
    if isinstance(outcome, Delay) and outcome.stall_after is not None and size and size < outcome.stall_after:
        return f"the body had only {size} bytes"
    return None


def _unfit_corruption(corrupt: Corrupt, request: Request) -> str | None:
    if not corrupt.applies_to(request.size):
        return f"the body had only {request.size} bytes"
    if corrupt.kind == "trailer" and "x-amz-trailer" not in request.headers:
        return "the request announced no trailer"
    framed = request.headers.get("x-amz-content-sha256", "").startswith("STREAMING-")
    encoded = "aws-chunked" in request.headers.get("content-encoding", "")
    if corrupt.kind == "framing" and not framed and not encoded:
        return "the body was not aws-chunked"
    return None


class Faults:
    """All faults of one fake, in the order in which they were set: the first that takes a request has it alone.

    `waited` counts the seconds of virtual time that delays took; `tick` is told each wait.
    """

    def __init__(self, tick: Callable[[float], None]) -> None:
        self.all: list[Fault] = []
        self.waited = 0.0
        self._tick = tick
        self.rearm_lock()

    def rearm_lock(self) -> None:
        """Make a new lock, for a forked child."""
        self.lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Set one more."""
        self.all.append(fault)

    def hit(self, call: Call) -> tuple[Fault, Outcome] | None:
        """Return the fault that takes a request, and what happens; None lets it pass."""
        request: Request | None = None
        for fault in self.all:
            operations = fault.which.operations
            if fault.is_cancelled or (operations is not None and call.operation not in operations):
                continue
            if operations is None and call.operation == IAM_TOKEN:
                continue  # any operation of S3 is meant
            if request is None:
                request = request_of(call)
            if fault.which.takes(request):
                with self.lock:
                    outcome = fault.take(request)
                if outcome is not None:
                    return fault, outcome
        return None

    def unfired(self) -> list[Fault]:
        """Return the faults that never happened and were not cancelled."""
        return [fault for fault in self.all if not fault.hits and not fault.is_cancelled]

    def wait(self, seconds: float) -> None:
        """Let virtual time pass."""
        self.waited += seconds
        self._tick(seconds)


def request_of(call: Call) -> Request:
    """Return what a predicate sees of a call."""
    place = call.address
    number = call.query.get("partNumber", "")
    return Request(
        call.operation,
        place.bucket if place else None,
        place.key if place else None,
        call.query.get("uploadId"),
        int(number) if number.isdecimal() else None,
        call.attempt,
        call.request.method,
        call.request.headers,
        _size(call),
    )


def _size(call: Call) -> int | None:
    headers = call.request.headers
    for name in ("x-amz-decoded-content-length", "content-length"):
        text = headers.get(name, "")
        if text.isdecimal():
            return int(text)
    return None if "transfer-encoding" in headers else 0
