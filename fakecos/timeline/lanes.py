"""Which requests stand in one lane: those of an upload, of an object, of a bucket, or of a thread.

What overlaps in time stands in rows of its own. The attempts of one request stay in one row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.timeline.recording import ABORT, COMPLETE, UPLOADS_PART, went_well

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakecos.timeline.recording import OpenUpload, Recording, Request
    from fakecos.timeline.virtual_clock import Span

KEYS_SHOWN = 60
"""With more keys that are in no upload, those of a bucket share a lane: our own choice."""
LEFT_OPEN, COMPLETED, ABORTED, ENDED, REFUSED = "left open", "completed", "aborted", "ended", "refused"


class Lane(NamedTuple):
    """Requests in one lane, by their places. `rows` says in which row each stands.

    - `kind`: "upload", "object", "bucket", "service" or "thread". `upload_id`, and how it ended: `state`, both "" else.
    - `parts`: how many there are, and `size` their bytes: of those that are stored if the upload is still open.
    """

    kind: str
    bucket: str
    key: str
    upload_id: str
    state: str
    requests: Sequence[int]
    rows: Sequence[int]
    parts: int = 0
    size: int = 0


def by_subject(recording: Recording, spans: Sequence[Span], before: Sequence[int | None]) -> list[Lane]:
    """Return a lane for each upload, and lanes for all other requests, in the order in which they began."""
    requests = recording.requests
    uploads = _uploads_of(requests, before)
    known = None if recording.open_uploads is None else {each.upload_id: each for each in recording.open_uploads}
    others = [place for place, upload in enumerate(uploads) if upload is None]
    by_bucket = len({(requests[place].bucket, requests[place].key) for place in others}) > KEYS_SHOWN
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, upload in enumerate(uploads):
        request = requests[place]
        other = ("other", request.bucket or "", "" if by_bucket else request.key or "")
        groups.setdefault(("upload", upload) if upload is not None else other, []).append(place)
    made = []
    for (kind, *_), places in sorted(groups.items(), key=lambda item: min(spans[place].first for place in item[1])):
        rows = rows_of(places, spans, before)
        first = requests[places[0]]
        if kind == "upload":
            made.append(_upload(uploads[places[0]] or "", [requests[place] for place in places], known, places, rows))
        else:
            named = "bucket" if by_bucket or not first.key else "object"
            key = "" if by_bucket else first.key or ""
            made.append(Lane(named if first.bucket else "service", first.bucket or "", key, "", "", places, rows))
    return made


def by_thread(requests: Sequence[Request], spans: Sequence[Span], before: Sequence[int | None]) -> list[Lane]:
    """Return a lane for each thread, in the order in which they first asked."""
    groups: dict[str, list[int]] = {}
    for place in sorted(range(len(requests)), key=lambda place: spans[place].first):
        groups.setdefault(requests[place].thread, []).append(place)
    return [Lane("thread", "", name, "", "", places, rows_of(places, spans, before)) for name, places in groups.items()]


def _uploads_of(requests: Sequence[Request], before: Sequence[int | None]) -> list[str | None]:
    """Return the upload id of each request; attempts that never got one stand with the attempt that did."""
    found = [request.upload_id for request in requests]
    for place in reversed(range(len(requests))):
        earlier = before[place]
        if earlier is not None and found[earlier] is None:
            found[earlier] = found[place]
    return found


def _upload(
    upload_id: str,
    requests: Sequence[Request],
    known: Mapping[str, OpenUpload] | None,
    places: Sequence[int],
    rows: Sequence[int],
) -> Lane:
    sizes = {request.part_number: request.bytes_sent for request in requests if _is_part(request)}
    parts, size = len(sizes), sum(sizes.values())
    state = _state(upload_id, requests, known)
    if state == LEFT_OPEN and known is not None:
        parts, size = len(known[upload_id].parts), sum(size for _, size in known[upload_id].parts)
    first = requests[0]
    return Lane("upload", first.bucket or "", first.key or "", upload_id, state, places, rows, parts, size)


def _is_part(request: Request) -> bool:
    return request.operation in UPLOADS_PART and went_well(request)


def _state(upload_id: str, requests: Sequence[Request], known: Mapping[str, OpenUpload] | None) -> str:
    """Return how an upload ended: what is stored says whether it is open, or else its requests."""
    if known is not None and upload_id in known:
        return LEFT_OPEN
    ended = [request.operation for request in requests if went_well(request)]
    if COMPLETE in ended:
        return COMPLETED
    if ABORT in ended:
        return ABORTED
    if not ended and all(request.error == "NoSuchUpload" for request in requests):
        return REFUSED
    return LEFT_OPEN if known is None else ENDED


def rows_of(places: Sequence[int], spans: Sequence[Span], before: Sequence[int | None]) -> list[int]:
    """Return the row of each request: the first that is free from its first attempt to its last."""
    chain: dict[int, int] = {}
    ends: dict[int, tuple[int, float]] = {}
    for place in sorted(places, key=lambda place: spans[place].first):
        earlier = before[place]
        first = chain.get(earlier, place) if earlier is not None else place
        chain[place] = first
        last, end = ends.get(first, (0, 0.0))
        ends[first] = max(last, spans[place].last), max(end, spans[place].end)
    free: list[tuple[int, float]] = []
    row: dict[int, int] = {}
    for first in sorted(ends, key=lambda place: spans[place].first):
        begun, start = spans[first].first, spans[first].start
        found = next((number for number, (last, end) in enumerate(free) if last < begun and end <= start), len(free))
        free[found : found + 1] = [ends[first]]
        row[first] = found
    return [row[chain[place]] for place in places]
