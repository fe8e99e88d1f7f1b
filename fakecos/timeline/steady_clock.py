"""A recording on one clock that never goes back, whatever the test did to its own: it may have frozen it, or set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from typing import Any

    from fakecos.timeline.recording import Recording, Request

STANDING = 1e-6
"""Seconds that a request takes while the clock stands still, so that requests are seen one after the other."""
BACK = 1.0
AHEAD = 10 * 365 * 86400.0
"""Seconds by which a clock that is set back, or ahead, is another: no time passed. Frozen clocks count from 1970."""


class SteadyRequest(NamedTuple):
    """A request whose `started` and `duration` are those of the steady clock."""

    time: dt.datetime
    operation: str
    bucket: str | None
    key: str | None
    upload_id: str | None
    part_number: str | None
    status: int
    error: str | None
    request_id: str
    attempt: int
    parameters: Mapping[str, Any]
    fault: str | None
    started: float
    duration: float
    thread: str
    bytes_sent: int
    bytes_received: int
    location: str


def steady(recording: Recording) -> Recording:
    """Return the same on a clock that begins near 0."""
    requests: list[SteadyRequest] = []
    shifts: list[float] = []
    shift = latest = before = 0.0
    for request in recording.requests:
        duration = request.duration if 0 <= request.duration < AHEAD else 0.0
        now = request.started + duration
        if not requests or not before - BACK <= now <= before + AHEAD:
            shift = latest + duration - now
        before = now
        end = now + shift
        if not duration:
            end, duration = max(end, latest + STANDING), STANDING
        latest = max(latest, end)
        shifts.append(shift)
        requests.append(_with_times(request, end - duration, duration))
    pauses = []
    for pause in recording.pauses:
        place = min(max(pause.after - recording.earlier - 1, 0), len(shifts) - 1)
        pauses.append(pause._replace(started=pause.started + shifts[place]) if shifts else pause)
    return recording._replace(requests=requests, pauses=pauses)


def _with_times(request: Request, started: float, duration: float) -> SteadyRequest:
    given = {name: getattr(request, name) for name in SteadyRequest._fields}
    return SteadyRequest(**{**given, "started": started, "duration": duration})
