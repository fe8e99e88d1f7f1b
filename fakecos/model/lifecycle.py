"""A bucket's lifecycle rules: what expires, changes its storage class, or is aborted, and when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload


class Due(NamedTuple):
    """When a rule acts, at midnight UTC, and the id of the rule."""

    time: dt.datetime
    rule_id: str


# How far down a storage class is: a rule only moves objects down (documented: the waterfall model). IBM's two archives
# are of one depth, as nothing goes from one to the other (documented).
DEPTHS = {
    "STANDARD_IA": 1,
    "INTELLIGENT_TIERING": 2,
    "ONEZONE_IA": 3,
    "GLACIER_IR": 4,
    "GLACIER": 5,
    "ACCELERATED": 5,
    "DEEP_ARCHIVE": 6,
}


class Transition(NamedTuple):
    """A move to another storage class, after days or on a date.

    `least` is the size in bytes that an object must have; `newer` the number of noncurrent versions that are left where
    they are. `at_once`: with 0 days it is due when the object is stored, not at the next midnight.
    """

    storage_class: str
    days: int | None = None
    date: dt.datetime | None = None
    least: int = 0
    newer: int = 0
    at_once: bool = False

    def due(self, since: dt.datetime) -> dt.datetime | None:
        """Return when an object is moved whose days are counted from `since`."""
        if self.days is None:
            return self.date
        return since if self.at_once and self.days == 0 else midnight_after(since, self.days)


class LifecycleRule(NamedTuple):
    """One rule. Sizes are in bytes, both exclusive; what a rule does not say is None.

    `days`, `date` and `expired_marker` are those of Expiration, `abort_days` is DaysAfterInitiation, `noncurrent_days`
    and `newer_noncurrent`, the number of noncurrent versions to keep, are those of NoncurrentVersionExpiration.
    `since`: what is older is not moved by the rule.
    """

    id: str
    enabled: bool
    prefix: str
    tags: Mapping[str, str]
    greater_than: int | None
    less_than: int | None
    days: int | None
    date: dt.datetime | None
    abort_days: int | None
    noncurrent_days: int | None
    newer_noncurrent: int
    expired_marker: bool
    transitions: Sequence[Transition] = ()
    noncurrent_transitions: Sequence[Transition] = ()
    since: dt.datetime | None = None

    def covers(self, stored: StoredObject) -> bool:
        """Whether the rule is about this object (recorded aws-bucket-configuration 33, 34)."""
        return (
            stored.key.startswith(self.prefix)
            and (self.greater_than is None or stored.size > self.greater_than)
            and (self.less_than is None or stored.size < self.less_than)
            and all(stored.attributes.tags.get(name) == value for name, value in self.tags.items())
        )

    def expires(self, stored: StoredObject) -> dt.datetime | None:
        """Return when the rule expires this object, None if never."""
        if not self.enabled or not self.covers(stored):
            return None
        return self.date if self.days is None else midnight_after(stored.last_modified, self.days)

    def covers_version(self, version: StoredObject | DeleteMarker) -> bool:
        """Whether the rule is about this version. A delete marker has no tags and no size (assumed for the size)."""
        if not version.is_delete_marker:
            return self.covers(version)
        filters = (self.tags, self.greater_than, self.less_than)
        return version.key.startswith(self.prefix) and filters == ({}, None, None)

    def expires_noncurrent(
        self, version: StoredObject | DeleteMarker, since: dt.datetime, newer: int
    ) -> dt.datetime | None:
        """Return when the rule deletes a version that is not the newest since then; `newer` others are younger."""
        if not self.enabled or self.noncurrent_days is None or newer < self.newer_noncurrent:
            return None
        return midnight_after(since, self.noncurrent_days) if self.covers_version(version) else None

    def expires_marker(self, marker: StoredObject | DeleteMarker) -> dt.datetime | None:
        """Return when the rule deletes a delete marker that hides nothing any more.

        With ExpiredObjectDeleteMarker as soon as may be; with Days or Date when the marker is of that age (documented).
        """
        if not self.enabled or not self.covers_version(marker):
            return None
        if self.expired_marker:
            return midnight_after(marker.last_modified, 0)
        return self.date if self.days is None else midnight_after(marker.last_modified, self.days)

    def moves(
        self, stored: StoredObject, now: dt.datetime, noncurrent: tuple[dt.datetime, int] | None = None
    ) -> Iterator[tuple[int, dt.datetime, str]]:
        """Yield depth, time and storage class of each transition of the object that is due by now.

        `noncurrent`: since when a version is not the newest, and how many others are younger.
        """
        since, newer = noncurrent or (stored.last_modified, 0)
        is_late = self.since is not None and stored.last_modified < self.since
        if not self.enabled or is_late or not self.covers(stored):
            return
        for transition in self.transitions if noncurrent is None else self.noncurrent_transitions:
            time = transition.due(since)
            if time is not None and time <= now and stored.size >= transition.least and newer >= transition.newer:
                yield DEPTHS[transition.storage_class], time, transition.storage_class

    def aborts(self, upload: MultipartUpload) -> dt.datetime | None:
        """Return when the rule aborts this upload, None if never. Such a rule has a prefix alone (public)."""
        if not self.enabled or self.abort_days is None or not upload.key.startswith(self.prefix):
            return None
        return midnight_after(upload.initiated, self.abort_days)


class Lifecycle(NamedTuple):
    """A bucket's lifecycle configuration: never changed, only replaced.

    `document` is the list of rules as GetBucketLifecycleConfiguration answers it, `rules` what they mean.
    `minimum` is TransitionDefaultMinimumObjectSize, `put` when it was put: the rules act on what was there before, and
    not earlier than that.
    """

    document: Sequence[Mapping[str, Any]]
    rules: Sequence[LifecycleRule]
    minimum: str
    put: dt.datetime

    def acts(self, due: dt.datetime) -> dt.datetime:
        """Return when the rules act on what is due then: no rule acts before it was put."""
        return max(due, self.put)

    def expiry(self, stored: StoredObject) -> Due | None:
        """Return when the object expires: of several rules the first in time wins (documented, lifecycle conflicts)."""
        return _first((rule.expires(stored), rule.id) for rule in self.rules)

    def noncurrent_expiry(self, version: StoredObject | DeleteMarker, since: dt.datetime, newer: int) -> Due | None:
        """Return when a version that is not the newest is deleted; `since` and `newer` as in the rules."""
        return _first((rule.expires_noncurrent(version, since, newer), rule.id) for rule in self.rules)

    def marker_expiry(self, marker: StoredObject | DeleteMarker) -> Due | None:
        """Return when a delete marker is deleted that stands alone."""
        return _first((rule.expires_marker(marker), rule.id) for rule in self.rules)

    def move(
        self, stored: StoredObject, now: dt.datetime, noncurrent: tuple[dt.datetime, int] | None = None
    ) -> tuple[dt.datetime, str] | None:
        """Return when the object came to the lowest class that is due by now; None if it stays where it is."""
        due = [move for rule in self.rules for move in rule.moves(stored, now, noncurrent)]
        depth, time, storage_class = max(due, key=lambda move: move[0], default=(0, now, ""))
        return (time, storage_class) if depth > DEPTHS.get(stored.attributes.storage_class, 0) else None

    def abort(self, upload: MultipartUpload) -> Due | None:
        """Return when the upload is aborted unless it ends before."""
        return _first((rule.aborts(upload), rule.id) for rule in self.rules)


def midnight_after(moment: dt.datetime, days: int) -> dt.datetime | None:
    """Return the midnight UTC after `moment` plus `days`; None beyond the last day of the calendar.

    Documented: "rounding the resulting time to the next day midnight UTC". What falls on midnight exactly waits
    for the next one (assumed: the words taken literally).
    """
    try:
        return (moment + dt.timedelta(days=days + 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    except OverflowError:
        return None


def _first(times: Iterable[tuple[dt.datetime | None, str]]) -> Due | None:
    """Return the first in time; of several at one time the first of the document's rules (public)."""
    due = (Due(time, rule_id) for time, rule_id in times if time is not None)
    return min(due, key=lambda found: found.time, default=None)
