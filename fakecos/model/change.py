"""What happened to an object, noted under the store's lock when it happens: event notifications are made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.model.clock import millisecond
from fakecos.model.object import NULL_VERSION

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject

NOTIFICATION = "NotificationConfiguration"
"""The kind of configuration that says who is told."""
EMPTY_MD5 = "d41d8cd98f00b204e9800998ecf8427e"
"""The ETag that messages give a delete marker (public: aws-event-notifications 11)."""


TEST = "TestEvent"
"""The event by which S3 tries a destination (documented: aws-event-notifications 22)."""


class Change(NamedTuple):
    """One thing that happened to an object.

    - `event`: the type of the event, without `s3:`.
    - `bucket`, and `configuration`: the bucket's notification configuration at that moment, None without one.
    - `key`, `size`, `etag` and `version_id` of the object or version; None is what it does not have.
    - `sequencer`: orders the writes of a key, and `time`: when, to the millisecond.
    - `data`: what else the message of this type says, by the names of its members.
    - `storage_class`: of the object or version, None for what was deleted.
    """

    event: str
    bucket: Bucket
    configuration: Mapping[str, Any] | None
    key: str
    size: int | None
    etag: str | None
    version_id: str | None
    sequencer: str
    time: dt.datetime
    data: Mapping[str, Any]
    storage_class: str | None = None


def changed(
    bucket: Bucket,
    event: str,
    version: StoredObject | DeleteMarker,
    *,
    time: dt.datetime | None = None,
    **data: Any,
) -> Change:
    """Note what happened to a version that is there, or that just went; its sequencer is that of its own write."""
    return Change(
        event,
        bucket,
        bucket.configurations.get(NOTIFICATION),
        version.key,
        None if version.is_delete_marker else version.size,
        EMPTY_MD5 if version.is_delete_marker else version.etag,
        None if version.version_id == NULL_VERSION else version.version_id,
        bucket.sequencer(version.write),
        millisecond() if time is None else time,
        data,
        None if version.is_delete_marker else version.attributes.storage_class,
    )


def removed(bucket: Bucket, event: str, key: str, version_id: str | None) -> Change:
    """Note that an object or a version was deleted for good, or asked to be though it is not there."""
    return Change(
        event,
        bucket,
        bucket.configurations.get(NOTIFICATION),
        key,
        None,
        None,
        None if version_id == NULL_VERSION else version_id,
        bucket.sequencer(bucket.count_removal()),
        millisecond(),
        {},
    )


def tested(bucket: Bucket, destination: str, configuration_id: str) -> Change:
    """Note that a destination is tried: no object changed, so it has no key."""
    data = {"destination": destination, "configuration_id": configuration_id}
    return Change(TEST, bucket, None, "", None, None, None, "", millisecond(), data)
