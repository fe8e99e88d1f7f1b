"""Which schedules are run, in which order: a plan, which knows nothing of how the code under test is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.explore.schedule import Entry
from fakecos.explore.seen import CRASH, CRASH_STORED
from fakecos.explore.sites import Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.explore.schedule import Schedule
    from fakecos.explore.seen import Failure, Seen
    from fakecos.explore.sites import Target

ALIKE_FROM = 5
"""From how many equal parts, or repetitions after a failure, only the first two and the last are tried."""


class Left(NamedTuple):
    """What a plan leaves out, and why."""

    sites: int
    why: str


def representatives(requests: Sequence[Seen]) -> tuple[list[Seen], list[Left]]:
    """Return the requests that are tried, and what is left out: of many equal parts all but the first two and the last.

    Parts are equal if they differ in their number alone: same operation, key, size and nth. That is sound for code that
    treats them in a loop; for other code `failures=` and `replay=` name a site.
    """
    groups: dict[tuple[object, ...], list[Seen]] = {}
    for seen in requests:
        if seen.target.part is not None:
            alike = (seen.target._replace(part=None), seen.size, seen.nth, seen.upload_id)
            groups.setdefault(alike, []).append(seen)
    skipped: set[tuple[Target, int]] = set()
    left = []
    for group in groups.values():
        if len(group) >= ALIKE_FROM:
            ordered = sorted(group, key=lambda seen: seen.target.part or 0)
            middle = ordered[2:-1]
            skipped |= {(seen.target, seen.nth) for seen in middle}
            numbers = f"{middle[0].target.part} to {middle[-1].target.part}"
            left.append(Left(len(middle), f"parts {numbers} of {group[0].target.operation} behave like part 2"))
    return [seen for seen in in_order(requests) if (seen.target, seen.nth) not in skipped], left


def in_order(requests: Sequence[Seen]) -> list[Seen]:
    """Return requests in an order that no thread decides: operations as they first came, then keys and parts."""
    places: dict[str, int] = {}
    for seen in requests:
        places.setdefault(seen.target.operation, len(places))

    def place(seen: Seen) -> tuple[int, str, str, int, str, int]:
        target = seen.target
        return (
            places[target.operation],
            target.bucket or "",
            target.key or "",
            target.part or 0,
            target.range or "",
            seen.nth,
        )

    return sorted(requests, key=place)


def entries(requests: Sequence[Seen], rows: Sequence[Failure], *, crashes: bool) -> Iterator[Entry]:
    """Yield each failure at each site."""
    for seen in requests:
        site = Site(seen.target, seen.nth)
        for row in rows:
            if row.is_for(seen):
                yield Entry(site, row.name)
        if crashes:
            yield Entry(site, CRASH)
            if seen.method not in {"GET", "HEAD"}:
                yield Entry(site, CRASH_STORED)


def next_entries(
    schedule: Schedule, requests: Sequence[Seen], faultless: Sequence[Seen], rows: Sequence[Failure], *, crashes: bool
) -> tuple[list[Entry], int, int]:
    """Return what may happen after the last failure of a schedule, and how many sites are left out for two reasons.

    A second failure is set at the sites that only this run has: retries, an Abort, whatever handles the failure. At the
    sites that a run without failures has too, which are `faultless`, a failure is tried by itself. Where the run raised
    there are none of these: what it asks then is asked on another way, such as by a `finally`. Of a request that is
    repeated five times or more, as by a loop that waits, the first two and the last are tried.
    """
    place = next((number for number, seen in enumerate(requests) if seen.failure == schedule[-1].failure), None)
    if place is None:
        return [], 0, 0
    later = requests[place + 1 :]
    usual = {(seen.target, seen.nth) for seen in faultless}
    fresh = [seen for seen in later if (seen.target, seen.nth) not in usual]
    tried = _few_of_each(fresh)
    return list(entries(tried, rows, crashes=crashes)), len(later) - len(fresh), len(fresh) - len(tried)


def _few_of_each(requests: Sequence[Seen]) -> list[Seen]:
    places: dict[Target, list[int]] = {}
    for place, seen in enumerate(requests):
        places.setdefault(seen.target, []).append(place)
    left = {place for found in places.values() if len(found) >= ALIKE_FROM for place in found[2:-1]}
    return [seen for place, seen in enumerate(requests) if place not in left]
