"""The requests as trace events: the JSON that Perfetto, chrome://tracing and speedscope read.

Source: "Trace Event Format" of the Chromium project, the document that describes the format; what the events here are
called stands there. They stand on the virtual clock, as in the page of a timeline.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.timeline.attempts import belongs_to, earlier_attempts
from fakecos.timeline.lanes import LEFT_OPEN, by_subject
from fakecos.timeline.recording import DELAY
from fakecos.timeline.steady_clock import steady
from fakecos.timeline.virtual_clock import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fakecos.timeline.lanes import Lane
    from fakecos.timeline.recording import Recording, Request
    from fakecos.timeline.virtual_clock import Span

PROCESS = 1
NANOSECONDS = 1_000_000_000
REFUSAL = 400
GREY, RED = "grey", "terrible"
"""Colours by the names that chrome://tracing has for them."""


class Timed(NamedTuple):
    """A request, or a pause, with its place in the trace: nanoseconds from the beginning, and the row that shows it."""

    place: int
    thread: str
    start: int
    end: int
    row: int = 0


def as_json(recording: Recording) -> str:
    """Return what came as a trace."""
    recording = steady(recording)
    requests, pauses = recording.requests, recording.pauses
    before, of = earlier_attempts(requests), belongs_to(pauses, requests, recording.earlier)
    found, slept = spans(requests, pauses, of, before)
    between = [place for place, pause in enumerate(pauses) if of[place] is not None and pause.why != DELAY]
    items = [_timed(place, request.thread, found[place]) for place, request in enumerate(requests)]
    items += [_timed(len(requests) + place, pauses[place].thread, slept[place]) for place in between]
    placed, rows = _in_rows(items)
    timed = placed[: len(requests)]
    inside = [
        _timed(len(requests) + place, pause.thread, slept[place], timed[owner].row)
        for place, pause in enumerate(pauses)
        if (owner := of[place]) is not None and pause.why == DELAY
    ]
    lanes = [lane for lane in by_subject(recording, found, before) if lane.kind == "upload"]
    timely = [
        *_slices(requests, timed),
        *_pauses(recording, [*placed[len(requests) :], *inside]),
        *_uploads(requests, lanes, timed),
        *_retries(before, timed),
        *_bytes_in_flight(requests, timed),
    ]
    events = [*_names(rows), *sorted(timely, key=lambda event: float(event["ts"]))]
    trace = {"traceEvents": events, "displayTimeUnit": "ms", "otherData": {"version": f"fakecos {_version()}"}}
    return json.dumps(trace)


def _version() -> str:
    try:
        return version("fakecos")
    except PackageNotFoundError:
        return "(not installed)"


def _timed(place: int, thread: str, span: Span, row: int = 0) -> Timed:
    return Timed(place, thread, round(span.start * NANOSECONDS), round(span.end * NANOSECONDS), row)


def _in_rows(items: Sequence[Timed]) -> tuple[list[Timed], list[str]]:
    """Return the requests and pauses with their rows, by their places, and what each row is called.

    A row shows one thread. What overlaps in a thread has rows of its own, such as requests of a server or of tasks: in
    one row it would have to be one inside of the other.
    """
    rows: list[str] = []
    ends: list[int] = []
    of_thread: dict[str, list[int]] = {}
    placed = []
    for each in sorted(items, key=lambda each: (each.start, each.end, each.place)):
        known = of_thread.setdefault(each.thread, [])
        row = next((row for row in known if ends[row] <= each.start), None)
        if row is None:
            row = len(rows)
            known.append(row)
            name = each.thread or "requests"
            rows.append(name if len(known) == 1 else f"{name} ({len(known)})")
            ends.append(0)
        ends[row] = each.end
        placed.append(each._replace(row=row + 1))
    return sorted(placed), rows


def _event(kind: str, name: str, nanoseconds: int, row: int, category: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "cat": category,
        "ph": kind,
        "ts": nanoseconds / 1000,
        "pid": PROCESS,
        "tid": row,
        **more,
    }


# --- the events -----------------------------------------------------------------------------------------------


def _names(rows: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what process and threads are called (ph M)."""
    yield _event("M", "process_name", 0, 0, "__metadata", args={"name": "S3 (fakecos)"})
    for row, name in enumerate(rows, 1):
        yield _event("M", "thread_name", 0, row, "__metadata", args={"name": _text(name)})
        yield _event("M", "thread_sort_index", 0, row, "__metadata", args={"sort_index": row})


def _slices(requests: Sequence[Request], timed: Iterable[Timed]) -> Iterator[dict[str, Any]]:
    """Yield each request (ph X), and where a fault happened (ph i)."""
    for each in timed:
        request = requests[each.place]
        colour = {} if request.status and request.status < REFUSAL else {"cname": RED}
        yield _slice(request.operation, each, "request", _args(request), **colour)
        if request.fault is not None:
            yield _event("i", f"fault: {_text(request.fault)}", each.end, each.row, "fault", s="t")


def _pauses(recording: Recording, timed: Iterable[Timed]) -> Iterator[dict[str, Any]]:
    """Yield each pause (ph X)."""
    for each in timed:
        pause = recording.pauses[each.place - len(recording.requests)]
        yield _slice(pause.why, each, "pause", {"seconds": pause.seconds}, cname=GREY)


def _slice(name: str, timed: Timed, category: str, args: dict[str, Any], **more: Any) -> dict[str, Any]:
    duration = (timed.end - timed.start) / 1000
    return _event("X", name, timed.start, timed.row, category, dur=duration, args=args, **more)


def _args(request: Request) -> dict[str, Any]:
    given = {
        "operation": request.operation,
        "bucket": request.bucket,
        "key": request.key,
        "status": request.status or "no answer",
        "error": request.error,
        "attempt": request.attempt,
        "part_number": request.part_number,
        "upload_id": request.upload_id,
        "bytes_sent": request.bytes_sent,
        "bytes_received": request.bytes_received,
        "fault": request.fault,
        "request_id": request.request_id,
        "time": request.time.isoformat(),
    }
    texts = {name: _text(value) for name, value in given.items() if isinstance(value, str)}
    return {name: texts.get(name, value) for name, value in given.items() if value is not None}


def _uploads(requests: Sequence[Request], lanes: Iterable[Lane], timed: Sequence[Timed]) -> Iterator[dict[str, Any]]:
    """Yield each upload from its first request to its last, with its parts on the way (ph b, n, e)."""
    latest = max((each.end for each in timed), default=0)
    for lane in lanes:
        came = [timed[place] for place in lane.requests]
        name, row = _text(f"upload {lane.bucket}/{lane.key}"), came[0].row
        upload_id = _text(lane.upload_id)
        end = latest if lane.state == LEFT_OPEN else max(each.end for each in came)
        start = min(each.start for each in came)
        yield _event("b", name, start, row, "upload", id=upload_id, args={"upload_id": upload_id})
        for each in came:
            request = requests[each.place]
            if request.part_number:
                part = f"part {_text(request.part_number)}"
                yield _event("n", part, each.end, row, "upload", id=upload_id, args={"status": request.status})
        yield _event("e", name, end, row, "upload", id=upload_id, args={"state": lane.state})


def _retries(before: Iterable[int | None], timed: Sequence[Timed]) -> Iterator[dict[str, Any]]:
    """Yield an arrow from each attempt of a client to the next (ph s, f)."""
    for number, (earlier, each) in enumerate(zip(before, timed, strict=True), 1):
        if earlier is not None:
            first = timed[earlier]
            yield _event("s", "retry", first.start, first.row, "retry", id=number)
            yield _event("f", "retry", each.start, each.row, "retry", id=number, bp="e")


def _bytes_in_flight(requests: Sequence[Request], timed: Iterable[Timed]) -> Iterator[dict[str, Any]]:
    """Yield how many bytes the requests have that are on their way, whenever that changes (ph C)."""
    changes: dict[int, tuple[int, int]] = {}
    for each in timed:
        for at, sign in ((each.start, 1), (each.end, -1)):
            sent, received = changes.get(at, (0, 0))
            request = requests[each.place]
            changes[at] = sent + sign * request.bytes_sent, received + sign * request.bytes_received
    sent = received = 0
    for at in sorted(changes):
        sent, received = sent + changes[at][0], received + changes[at][1]
        yield _event("C", "bytes in flight", at, 0, "bytes", args={"sent": sent, "received": received})


def _text(text: str) -> str:
    """Return a text that every reader of JSON takes: without halves of characters, as a key may have them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
