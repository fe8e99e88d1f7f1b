"""What a store holds, in a few words: for reprs, which never raise, and never look at all of a large store."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store

LOOKED_AT = 10_000
"""How many buckets are counted, and how many objects of all of them are added up."""
WAIT = 0.2
"""For how many seconds a repr waits for a thread that changes the store."""
_KILO = 1000


class BucketSummary(NamedTuple):
    """What one bucket holds; `size` is None where there are too many objects to add up."""

    name: str
    region: str
    objects: int
    size: int | None
    uploads: int


class StoreSummary(NamedTuple):
    """What a store holds; `size` is None where there are too many objects to add up."""

    buckets: tuple[BucketSummary, ...]
    objects: int
    size: int | None
    uploads: int

    def __str__(self) -> str:
        size = f" ({size_text(self.size)})" if self.size is not None and self.objects else ""
        uploads = f", {counted(self.uploads, 'open upload')}" if self.uploads else ""
        return f"{counted(len(self.buckets), 'bucket')}, {counted(self.objects, 'object')}{size}{uploads}"


def summary_of(store: Store) -> StoreSummary | None:
    """Return what a store holds, None while another thread keeps it busy."""
    lock = store.lock
    if not lock.acquire(timeout=WAIT):
        return None
    try:
        buckets: list[BucketSummary] = []
        left = LOOKED_AT
        for bucket in islice(store.buckets.values(), LOOKED_AT):
            left -= len(bucket.objects)
            buckets.append(_of_bucket(bucket, adds_up=left >= 0))
    finally:
        lock.release()
    sizes = [bucket.size for bucket in buckets if bucket.size is not None]
    return StoreSummary(
        tuple(buckets),
        sum(bucket.objects for bucket in buckets),
        sum(sizes) if len(sizes) == len(buckets) else None,
        sum(bucket.uploads for bucket in buckets),
    )


def _of_bucket(bucket: Bucket, *, adds_up: bool) -> BucketSummary:
    size = sum(stored.size for stored in bucket.objects.values()) if adds_up else None
    return BucketSummary(bucket.name, bucket.region, len(bucket.objects), size, len(bucket.uploads))


def text_of(store: Store) -> str:
    """Return what a store holds in words, for a repr."""
    summary = summary_of(store)
    return "busy in another thread" if summary is None else str(summary)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def size_text(size: int | None) -> str:
    """Return a number of bytes as a person says it: `3.2 MB`; "" where they were not added up."""
    if size is None:
        return ""
    if size < _KILO:
        return counted(size, "byte")
    scaled, units = size / _KILO, iter(("kB", "MB", "GB", "TB"))
    unit = next(units)
    while scaled >= _KILO and (larger := next(units, None)) is not None:
        scaled, unit = scaled / _KILO, larger
    return f"{scaled:.1f} {unit}"
