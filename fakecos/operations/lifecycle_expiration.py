"""What lifecycle rules do when time passes: S3 does it once a day, fakecos when its clock is moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.change import changed
from fakecos.model.clock import instant
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.object import NULL_VERSION
from fakecos.model.replication import is_waiting
from fakecos.operations.context import rules_of
from fakecos.operations.object_lock import is_protected
from fakecos.operations.server_access_logs.log_fields import ABORT, note_changes, note_lifecycle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fakecos.facts.ids import Ids
    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.model.lifecycle import Lifecycle
    from fakecos.model.object import StoredObject
    from fakecos.model.store import Store

DELETED = "LifecycleExpiration:Delete"


def run(store: Store, ids: Ids, now: dt.datetime, changes: list[Change]) -> None:
    """Abort the uploads, expire the objects, delete the versions and change the classes whose time has come.

    What happens to objects is added to `changes`.
    """
    made: list[Change] = []
    with store.lock:
        for bucket in store.buckets.values():
            lifecycle = bucket.lifecycle
            if lifecycle is None:
                continue
            for upload in list(bucket.uploads.values()):
                due = lifecycle.abort(upload)
                if due is not None and due.time <= now:
                    bucket.abort(upload)
                    note_lifecycle(store, ids, bucket, ABORT, lifecycle.acts(due.time), upload.key)
            for stored in list(bucket.objects.values()):
                due = lifecycle.expiry(stored)
                if due is not None and due.time <= now and not is_kept(bucket, stored):
                    made.append(expire(bucket, stored, ids, lifecycle.acts(due.time)))
            for key in list(bucket.versions.keys):
                made += delete_noncurrent(bucket, lifecycle, key, now)
                made += delete_lone_marker(bucket, lifecycle, key, now)
            if any(rule.transitions or rule.noncurrent_transitions for rule in lifecycle.rules):
                made += move(bucket, lifecycle, now)
    note_changes(store, ids, made)
    changes += made


def is_kept(bucket: Bucket, stored: StoredObject) -> bool:
    """Whether an object may not go: it is still to be replicated, or COS retains or holds it and no version would stay.

    Documented: a lifecycle waits until an object was replicated (aws-replication 9). Nothing deletes what COS holds;
    that lifecycle rules respect that too: assumed.
    """
    if is_waiting(stored):
        return True
    return bool(bucket.rules) and rules_of(bucket.rules).is_protected(stored, instant())


def expire(bucket: Bucket, stored: StoredObject, ids: Ids, when: dt.datetime) -> Change:
    """Delete an object, or make a delete marker its newest version (documented).

    The marker dates from the day when the rule acted, not from the day to which the clock was moved. Its id looks like
    that of the version which it hides, since no request says which service it is (assumed).
    """
    if bucket.versioning is None:
        bucket.remove(stored.key)
        return changed(bucket, DELETED, stored, time=when)
    moment = max(when, stored.last_modified)
    version = ids.version_id_like(stored.version_id, moment) if bucket.makes_versions else NULL_VERSION
    marker = DeleteMarker(stored.key, version, moment)
    bucket.mark_deleted(marker, by_lifecycle=True)
    return changed(bucket, "LifecycleExpiration:DeleteMarkerCreated", marker, time=moment)


def move(bucket: Bucket, lifecycle: Lifecycle, now: dt.datetime) -> Iterator[Change]:
    """Bring objects and noncurrent versions into the storage classes that are due; Last-Modified stays (documented)."""
    for stored in list(bucket.objects.values()):
        yield from _move(bucket, lifecycle, stored, lifecycle.move(stored, now))
    for key in list(bucket.versions.keys):
        versions = list(bucket.versions_of(key))
        for newer, version in enumerate(versions[1:]):
            if not version.is_delete_marker:
                since = versions[newer].last_modified  # it stopped being the newest when the next one came
                found = lifecycle.move(version, now, (since, newer))
                yield from _move(bucket, lifecycle, version, found)


def _move(
    bucket: Bucket, lifecycle: Lifecycle, stored: StoredObject, found: tuple[dt.datetime, str] | None
) -> Iterator[Change]:
    if found is not None and not is_waiting(stored):
        due, storage_class = found
        time = lifecycle.acts(due)
        attributes = stored.attributes.changed(storage_class=storage_class, moved=time, restore=None)
        moved = stored.changed(attributes=attributes)
        bucket.replace(moved)
        data = {"transitionEventData": {"destinationStorageClass": storage_class}}
        yield changed(bucket, "LifecycleTransition", moved, time=time, lifecycleEventData=data)


def delete_noncurrent(bucket: Bucket, lifecycle: Lifecycle, key: str, now: dt.datetime) -> Iterator[Change]:
    """Delete the versions that stopped being the newest long enough ago; what is locked stays (documented)."""
    versions = list(bucket.versions_of(key))
    for newer, version in enumerate(versions[1:]):
        since = versions[newer].last_modified  # it stopped being the newest when the next one came
        due = lifecycle.noncurrent_expiry(version, since, newer)
        if due is not None and due.time <= now and not is_waiting(version) and not is_protected(version, instant()):
            bucket.remove_version(key, version.version_id)
            yield changed(bucket, DELETED, version, time=lifecycle.acts(due.time))


def delete_lone_marker(bucket: Bucket, lifecycle: Lifecycle, key: str, now: dt.datetime) -> Iterator[Change]:
    """Delete a delete marker that hides no version any more (documented: expired object delete marker)."""
    versions = list(bucket.versions_of(key))
    if len(versions) == 1 and versions[0].is_delete_marker:
        due = lifecycle.marker_expiry(versions[0])
        if due is not None and due.time <= now:
            bucket.remove_version(key, versions[0].version_id)
            yield changed(bucket, DELETED, versions[0], time=lifecycle.acts(due.time))
