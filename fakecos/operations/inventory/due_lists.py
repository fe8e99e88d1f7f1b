"""When the lists of an inventory are due, and their writing as time passes (aws-logs-and-inventory 18)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.model.inventory import Schedule
from fakecos.operations import lifecycle_expiration
from fakecos.operations.inventory import inventory_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.ids import Ids
    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.model.store import Store
    from fakecos.operations.written_by_s3 import ContextOf

INVENTORY = "InventoryConfiguration"
HOUR = 1
"""When lists are made, in hours of UTC (reported)."""
DAY = dt.timedelta(days=1)
SUNDAY = 6
WEEKLY = "Weekly"
MOST = 31
"""How many lists of one inventory are written at once, when time passes by more: the last ones."""


class Due(NamedTuple):
    """A list to be made: when, of which bucket, by which configuration."""

    time: dt.datetime
    bucket: str
    name: str


def run(store: Store, ids: Ids, now: dt.datetime, context_of: ContextOf, changes: list[Change]) -> None:
    """Write the lists that are due, one after the other; lifecycle rules act before each, as they do on its day.

    What the rules do to objects is added to `changes`.
    """
    with store.lock:
        found = [each for bucket in store.buckets.values() for each in _due(store, bucket, now)]
        for each in sorted(found):
            lifecycle_expiration.run(store, ids, each.time, changes)
            source = store.buckets[each.bucket]
            inventory_list.write(store, source, source.configurations[INVENTORY][each.name], each.time, context_of)


def _due(store: Store, bucket: Bucket, now: dt.datetime) -> list[Due]:
    """Return the lists of a bucket that are due, and remember until when there are."""
    documents: Mapping[str, Any] = bucket.configurations.get(INVENTORY, {})
    found, kept = [], {}
    for name, schedule in bucket.inventories.items():
        document = documents.get(name)
        if document is None:
            continue
        enabled = document["IsEnabled"] is True
        times = times_of(schedule, now, weekly=document["Schedule"]["Frequency"] == WEEKLY) if enabled else []
        if len(times) > MOST:
            what = f"inventory {name} of the bucket {bucket.name}"
            store.not_written(what, f"time passed by {len(times):,} lists at once, of which the last {MOST} are there")
        found += [Due(time, bucket.name, name) for time in times[-MOST:]]
        kept[name] = Schedule(max(now, schedule.until), schedule.has_begun or bool(times))
    bucket.inventories = kept
    return found


def times_of(schedule: Schedule, now: dt.datetime, *, weekly: bool) -> list[dt.datetime]:
    """Return when lists are made between the end of a schedule and now: each day, or first soon and then on Sundays."""
    time = schedule.until.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if time <= schedule.until:
        time += DAY
    times: list[dt.datetime] = []
    while time <= now:
        is_first = not schedule.has_begun and not times
        if not weekly or is_first or time.weekday() == SUNDAY:
            times.append(time)
        time += DAY
    return times
