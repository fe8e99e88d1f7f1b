"""Which requests are attempts of one: a client says the number of each attempt, and not which one it repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.timeline.recording import CREATE, DELAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.timeline.recording import Pause, Request


def earlier_attempts(requests: Sequence[Request]) -> list[int | None]:
    """Return for each request the place of the attempt before it; None for a first one, or where it is not kept.

    It is the last attempt of that number for the same thing, of the same thread if there is one.
    """
    open_: dict[tuple[object, ...], list[int]] = {}
    found: list[int | None] = []
    for place, request in enumerate(requests):
        wanted = open_.get((*_what(request), request.attempt - 1), [])
        same = [other for other in wanted if requests[other].thread == request.thread] or wanted
        before = same[-1] if same and request.attempt > 1 else None
        if before is not None:
            wanted.remove(before)
        found.append(before)
        open_.setdefault((*_what(request), request.attempt), []).append(place)
    return found


def _what(request: Request) -> tuple[object, ...]:
    upload = None if request.operation == CREATE else request.upload_id  # each answer to Create has an id of its own
    return request.operation, request.bucket, request.key, upload, request.part_number


def belongs_to(pauses: Sequence[Pause], requests: Sequence[Request], earlier: int) -> list[int | None]:
    """Return for each pause the place of the request that it comes after, or is inside of; None for none.

    `earlier` requests are not kept.
    """
    by_thread: dict[str, list[int]] = {}
    for place, request in enumerate(requests):
        by_thread.setdefault(request.thread, []).append(place)
    found = []
    for pause in pauses:
        border = pause.after - earlier
        places = by_thread.get(pause.thread, [])
        if pause.why == DELAY:
            found.append(next((place for place in places if place >= border), None))
        else:
            found.append(next((place for place in reversed(places) if place < border), None))
    return found
