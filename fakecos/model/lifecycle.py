"""A bucket's lifecycle rules: which objects expire and which uploads are aborted, and when.

Only what a test can notice is acted on: Expiration, NoncurrentVersionExpiration and AbortIncompleteMultipartUpload.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.model.versions import DeleteMarker


class Due(NamedTuple):
    """When a rule acts, at midnight UTC, and the id of the rule."""

    time: dt.datetime
    rule_id: str


class LifecycleRule(NamedTuple):
    """One rule. Sizes are in bytes, both exclusive; what a rule does not say is None.

    `days`, `date` and `expired_marker` are those of Expiration, `abort_days` is DaysAfterInitiation, `noncurrent_days`
    and `newer_noncurrent`, the number of noncurrent versions to keep, are those of NoncurrentVersionExpiration.
    """

    id: str
    enabled: bool
    prefix: str = ""
    tags: Mapping[str, str] = {}
    greater_than: int | None = None
    less_than: int | None = None
    days: int | None = None
    date: dt.datetime | None = None
    abort_days: int | None = None
    noncurrent_days: int | None = None
    newer_noncurrent: int = 0
    expired_marker: bool = False

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
            return self.covers(version)  # type: ignore[arg-type]  # not a marker
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
        """Return when the rule deletes a delete marker behind which nothing is left.

        With ExpiredObjectDeleteMarker as soon as may be; with Days or Date when the marker is of that age (documented).
        """
        if not self.enabled or not self.covers_version(marker):
            return None
        if self.expired_marker:
            return midnight_after(marker.last_modified, 0)
        return self.date if self.days is None else midnight_after(marker.last_modified, self.days)

    def aborts(self, upload: MultipartUpload) -> dt.datetime | None:
        """Return when the rule aborts this upload, None if never. Such a rule has a prefix alone (public)."""
        if not self.enabled or self.abort_days is None or not upload.key.startswith(self.prefix):
            return None
        return midnight_after(upload.initiated, self.abort_days)


class Lifecycle(NamedTuple):
    """A bucket's lifecycle configuration: never changed, only replaced.

    `document` is the list of rules as GetBucketLifecycleConfiguration answers it, `rules` what they mean.
    `minimum` is TransitionDefaultMinimumObjectSize.
    """

    document: Sequence[Mapping[str, Any]]
    rules: Sequence[LifecycleRule]
    minimum: str

    def expiry(self, stored: StoredObject) -> Due | None:
        """Return when the object expires: of several rules the first in time wins (documented, lifecycle conflicts)."""
        return _first((rule.expires(stored), rule.id) for rule in self.rules)

    def noncurrent_expiry(self, version: StoredObject | DeleteMarker, since: dt.datetime, newer: int) -> Due | None:
        """Return when a version that is not the newest is deleted; `since` and `newer` as in the rules."""
        return _first((rule.expires_noncurrent(version, since, newer), rule.id) for rule in self.rules)

    def marker_expiry(self, marker: StoredObject | DeleteMarker) -> Due | None:
        """Return when a delete marker is deleted that stands alone."""
        return _first((rule.expires_marker(marker), rule.id) for rule in self.rules)

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
    return min((Due(time, rule_id) for time, rule_id in times if time is not None), default=None)
