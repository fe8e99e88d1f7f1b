"""The journal as trace events: the JSON that Perfetto, chrome://tracing and speedscope read.

Source: "Trace Event Format" of the Chromium project, the document that describes the format; what the events here are
called stands there.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fakecos.service.journal import RecordedRequest

PROCESS = 1
NANOSECONDS = 1_000_000_000
STANDING = 1000
"""Nanoseconds that a request takes while the clock stands still, so that requests are seen one after the other."""
BACK = 1.0
AHEAD = 10 * 365 * 86400.0
"""Seconds by which a clock that is set back, or ahead, is another: no time passed. Frozen clocks count from 1970."""
REFUSAL = 400
CREATE = "CreateMultipartUpload"
ENDS = {"CompleteMultipartUpload": "completed", "AbortMultipartUpload": "aborted"}


class Timed(NamedTuple):
    """A request with its place in the trace: nanoseconds from the beginning, and the row that shows it."""

    request: RecordedRequest
    start: int
    end: int
    row: int = 0


def as_json(requests: Iterable[RecordedRequest]) -> str:
    """Return requests, in the order of a journal, as a trace."""
    timed, rows = _in_rows(_times(list(requests)))
    events = [*_names(rows)]
    timely = [*_slices(timed), *_uploads(timed), *_retries(timed), *_bytes_in_flight(timed)]
    events += sorted(timely, key=lambda event: float(event["ts"]))
    trace = {"traceEvents": events, "displayTimeUnit": "ms", "otherData": {"version": f"fakecos {_version()}"}}
    return json.dumps(trace)


def _version() -> str:
    try:
        return version("fakecos")
    except PackageNotFoundError:
        return "(not installed)"


# --- times and rows -------------------------------------------------------------------------------------------


def _times(requests: Sequence[RecordedRequest]) -> list[Timed]:
    """Return when each request was, on one clock that never goes back, whatever was done to that of the test."""
    timed: list[Timed] = []
    shift = latest = 0
    before = 0.0
    for request in requests:
        seconds = request.duration if 0 <= request.duration < AHEAD else 0.0
        now = request.started + seconds
        duration = round(seconds * NANOSECONDS)
        if not timed or not before - BACK <= now <= before + AHEAD:
            shift = latest + duration - round(now * NANOSECONDS)
        before = now
        end = round(now * NANOSECONDS) + shift
        if not duration:
            end, duration = max(end, latest + STANDING), STANDING
        latest = max(latest, end)
        timed.append(Timed(request, end - duration, end))
    first = min((each.start for each in timed), default=0)
    return [each._replace(start=each.start - first, end=each.end - first) for each in timed]


def _in_rows(timed: Sequence[Timed]) -> tuple[list[Timed], list[str]]:
    """Return the requests with their rows, and what each row is called.

    A row shows one thread. Requests of a thread that overlap have rows of their own, such as those of a server or of
    tasks: what overlaps in one row must be one inside of the other.
    """
    rows: list[str] = []
    ends: list[int] = []
    of_thread: dict[str, list[int]] = {}
    placed = []
    for each in sorted(timed, key=lambda each: each.start):
        known = of_thread.setdefault(each.request.thread, [])
        row = next((row for row in known if ends[row] <= each.start), None)
        if row is None:
            row = len(rows)
            known.append(row)
            name = each.request.thread or "requests"
            rows.append(name if len(known) == 1 else f"{name} ({len(known)})")
            ends.append(0)
        ends[row] = each.end
        placed.append(each._replace(row=row + 1))
    return placed, rows


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


def _slices(timed: Iterable[Timed]) -> Iterator[dict[str, Any]]:
    """Yield each request (ph X), and where a fault happened (ph i)."""
    for each in timed:
        request = each.request
        colour = {} if request.status and request.status < REFUSAL else {"cname": "terrible"}
        duration = (each.end - each.start) / 1000
        yield _event(
            "X", request.operation, each.start, each.row, "request", dur=duration, args=_args(request), **colour
        )
        if request.fault is not None:
            yield _event("i", f"fault: {_text(request.fault)}", each.end, each.row, "fault", s="t")


def _args(request: RecordedRequest) -> dict[str, Any]:
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


def _uploads(timed: Sequence[Timed]) -> Iterator[dict[str, Any]]:
    """Yield each upload from its creation to its end, with its parts on the way (ph b, n, e)."""
    of_upload: dict[str, list[Timed]] = {}
    for each in timed:
        if each.request.upload_id:
            of_upload.setdefault(each.request.upload_id, []).append(each)
    creates = [each for each in timed if each.request.operation == CREATE and _is_done(each)]
    for upload_id, came in of_upload.items():
        first = came[0]
        place = (first.request.bucket, first.request.key)
        own = [each for each in creates if (each.request.bucket, each.request.key) == place and each.end <= first.start]
        begin = own[0] if own else first  # which answer named an upload is not written down: the oldest that fits
        creates = [each for each in creates if each is not begin]
        last = next((each for each in came if each.request.operation in ENDS and _is_done(each)), None)
        state = "left open" if last is None else ENDS[last.request.operation]
        name, row = _text(f"upload {first.request.location}"), begin.row
        common = {"id": _text(upload_id)}
        end = max(each.end for each in timed) if last is None else last.end
        yield _event("b", name, begin.start, row, "upload", **common, args={"upload_id": _text(upload_id)})
        for each in came:
            request = each.request
            if request.part_number and each.end <= end:
                what = f"part {_text(request.part_number)}"
                yield _event("n", what, each.end, row, "upload", **common, args={"status": request.status})
        yield _event("e", name, end, row, "upload", **common, args={"state": state})


def _is_done(each: Timed) -> bool:
    return 0 < each.request.status < REFUSAL and each.request.error is None


def _retries(timed: Iterable[Timed]) -> Iterator[dict[str, Any]]:
    """Yield an arrow from each attempt of a client to the next (ph s, f)."""
    before: dict[tuple[str | None, ...], Timed] = {}
    number = 0
    for each in timed:
        request = each.request
        target = (request.operation, request.bucket, request.key, request.upload_id, request.part_number)
        earlier = before.get(target)
        if earlier is not None and request.attempt == earlier.request.attempt + 1:
            number += 1
            yield _event("s", "retry", earlier.start, earlier.row, "retry", id=number)
            yield _event("f", "retry", each.start, each.row, "retry", id=number, bp="e")
        before[target] = each


def _bytes_in_flight(timed: Iterable[Timed]) -> Iterator[dict[str, Any]]:
    """Yield how many bytes the requests have that are on their way, whenever that changes (ph C)."""
    changes: dict[int, tuple[int, int]] = {}
    for each in timed:
        for at, sign in ((each.start, 1), (each.end, -1)):
            sent, received = changes.get(at, (0, 0))
            changes[at] = sent + sign * each.request.bytes_sent, received + sign * each.request.bytes_received
    sent = received = 0
    for at in sorted(changes):
        sent, received = sent + changes[at][0], received + changes[at][1]
        yield _event("C", "bytes in flight", at, 0, "bytes", args={"sent": sent, "received": received})


def _text(text: str) -> str:
    """Return a text that every reader of JSON takes: without halves of characters, as a key may have them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
