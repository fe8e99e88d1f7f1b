"""What lifecycle rules do when time passes: S3 does it once a day, fakecos when its clock is moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.clock import instant
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.object import NULL_VERSION
from fakecos.operations.context import rules_of
from fakecos.operations.object_lock import is_protected
from fakecos.operations.server_access_logs.log_fields import ABORT, EXPIRE, MARK, TRANSITIONS, note_lifecycle

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.facts.ids import Ids
    from fakecos.model.bucket import Bucket
    from fakecos.model.lifecycle import Lifecycle
    from fakecos.model.object import StoredObject
    from fakecos.model.store import Store


def run(store: Store, ids: Ids, now: dt.datetime) -> None:
    """Abort the uploads, expire the objects, delete the versions and change the classes whose time has come."""
    with store.lock:
        for bucket in store.buckets.values():
            lifecycle = bucket.lifecycle
            if lifecycle is None:
                continue
            for upload in list(bucket.uploads.values()):
                due = lifecycle.abort(upload)
                if due is not None and due.time <= now:
                    bucket.abort(upload)
                    note_lifecycle(store, ids, bucket, ABORT, due.time, upload.key)
            for stored in list(bucket.objects.values()):
                due = lifecycle.expiry(stored)
                if due is not None and due.time <= now and not is_kept(bucket, stored):
                    expire(store, bucket, stored, ids, due.time)
            for key in list(bucket.versions.keys):
                delete_noncurrent(store, ids, bucket, lifecycle, key, now)
                delete_lone_marker(store, ids, bucket, lifecycle, key, now)
            if any(rule.transitions or rule.noncurrent_transitions for rule in lifecycle.rules):
                move(store, ids, bucket, lifecycle, now)


def is_kept(bucket: Bucket, stored: StoredObject) -> bool:
    """Whether an object may not go, as no version of it would stay: COS retains or holds it.

    Documented: nothing deletes it; that lifecycle rules respect that too: assumed.
    """
    return bool(bucket.rules) and rules_of(bucket.rules).is_protected(stored, instant())


def expire(store: Store, bucket: Bucket, stored: StoredObject, ids: Ids, when: dt.datetime) -> None:
    """Delete an object, or make a delete marker its newest version (documented).

    The marker dates from the day when the rule acted, not from the day to which the clock was moved. Its id looks like
    that of the version which it hides, since no request says which service it is (assumed).
    """
    if bucket.versioning is None:
        bucket.remove(stored.key)
        note_lifecycle(store, ids, bucket, EXPIRE, when, stored.key, stored.size)
        return
    moment = max(when, stored.last_modified)
    version = ids.version_id_like(stored.version_id, moment) if bucket.makes_versions else NULL_VERSION
    bucket.mark_deleted(DeleteMarker(stored.key, version, moment))
    note_lifecycle(store, ids, bucket, MARK, moment, stored.key, None, version)


def move(store: Store, ids: Ids, bucket: Bucket, lifecycle: Lifecycle, now: dt.datetime) -> None:
    """Bring objects and noncurrent versions into the storage classes that are due; Last-Modified stays (documented)."""
    for stored in list(bucket.objects.values()):
        _move(store, ids, bucket, stored, lifecycle.move(stored, now))
    for key in list(bucket.versions.keys):
        versions = list(bucket.versions_of(key))
        for newer, version in enumerate(versions[1:]):
            if not version.is_delete_marker:
                since = versions[newer].last_modified  # it stopped being the newest when the next one came
                found = lifecycle.move(version, now, (since, newer))
                _move(store, ids, bucket, version, found)


def _move(store: Store, ids: Ids, bucket: Bucket, stored: StoredObject, found: tuple[dt.datetime, str] | None) -> None:
    if found is not None:
        time, storage_class = found
        attributes = stored.attributes.changed(storage_class=storage_class, moved=time, restore=None)
        bucket.replace(stored.changed(attributes=attributes))
        if storage_class in TRANSITIONS:
            version = _version_id(stored.version_id)
            note_lifecycle(store, ids, bucket, TRANSITIONS[storage_class], time, stored.key, stored.size, version)


def _version_id(version: str) -> str | None:
    """Return what a record says of a version: nothing of the one that is called `null` (assumed)."""
    return None if version == NULL_VERSION else version


def delete_noncurrent(store: Store, ids: Ids, bucket: Bucket, lifecycle: Lifecycle, key: str, now: dt.datetime) -> None:
    """Delete the versions that stopped being the newest long enough ago; what is locked stays (documented)."""
    versions = list(bucket.versions_of(key))
    for newer, version in enumerate(versions[1:]):
        since = versions[newer].last_modified  # it stopped being the newest when the next one came
        due = lifecycle.noncurrent_expiry(version, since, newer)
        if due is not None and due.time <= now and not is_protected(version, instant()):
            bucket.remove_version(key, version.version_id)
            size = None if version.is_delete_marker else version.size
            note_lifecycle(store, ids, bucket, EXPIRE, due.time, key, size, version.version_id)


def delete_lone_marker(
    store: Store, ids: Ids, bucket: Bucket, lifecycle: Lifecycle, key: str, now: dt.datetime
) -> None:
    """Delete a delete marker that hides no version any more (documented: expired object delete marker)."""
    versions = list(bucket.versions_of(key))
    if len(versions) == 1 and versions[0].is_delete_marker:
        due = lifecycle.marker_expiry(versions[0])
        if due is not None and due.time <= now:
            bucket.remove_version(key, versions[0].version_id)
            note_lifecycle(store, ids, bucket, EXPIRE, due.time, key, None, versions[0].version_id)
