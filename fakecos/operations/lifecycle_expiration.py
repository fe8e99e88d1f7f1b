"""What lifecycle rules do when time passes: S3 does it once a day, fakecos when its clock is moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.clock import instant
from fakecos.model.delete_marker import DeleteMarker
from fakecos.model.object import NULL_VERSION
from fakecos.model.replication import is_waiting
from fakecos.operations.context import rules_of
from fakecos.operations.object_lock import is_protected

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
            for stored in list(bucket.objects.values()):
                due = lifecycle.expiry(stored)
                if due is not None and due.time <= now and not is_kept(bucket, stored):
                    expire(bucket, stored, ids, due.time)
            for key in list(bucket.versions.keys):
                delete_noncurrent(bucket, lifecycle, key, now)
                delete_lone_marker(bucket, lifecycle, key, now)
            if any(rule.transitions or rule.noncurrent_transitions for rule in lifecycle.rules):
                move(bucket, lifecycle, now)


def is_kept(bucket: Bucket, stored: StoredObject) -> bool:
    """Whether an object may not go: it is still to be replicated, or COS retains or holds it and no version would stay.

    Documented: a lifecycle waits until an object was replicated (aws-replication 9). Nothing deletes what COS holds;
    that lifecycle rules respect that too: assumed.
    """
    if is_waiting(stored):
        return True
    return bool(bucket.rules) and rules_of(bucket.rules).is_protected(stored, instant())


def expire(bucket: Bucket, stored: StoredObject, ids: Ids, when: dt.datetime) -> None:
    """Delete an object, or make a delete marker its newest version (documented).

    The marker dates from the day when the rule acted, not from the day to which the clock was moved. Its id looks like
    that of the version which it hides, since no request says which service it is (assumed).
    """
    if bucket.versioning is None:
        bucket.remove(stored.key)
        return
    moment = max(when, stored.last_modified)
    version = ids.version_id_like(stored.version_id, moment) if bucket.makes_versions else NULL_VERSION
    bucket.mark_deleted(DeleteMarker(stored.key, version, moment), by_lifecycle=True)


def move(bucket: Bucket, lifecycle: Lifecycle, now: dt.datetime) -> None:
    """Bring objects and noncurrent versions into the storage classes that are due; Last-Modified stays (documented)."""
    for stored in list(bucket.objects.values()):
        _move(bucket, stored, lifecycle.move(stored, now))
    for key in list(bucket.versions.keys):
        versions = list(bucket.versions_of(key))
        for newer, version in enumerate(versions[1:]):
            if not version.is_delete_marker:
                since = versions[newer].last_modified  # it stopped being the newest when the next one came
                found = lifecycle.move(version, now, (since, newer))
                _move(bucket, version, found)


def _move(bucket: Bucket, stored: StoredObject, found: tuple[dt.datetime, str] | None) -> None:
    if found is not None and not is_waiting(stored):
        time, storage_class = found
        attributes = stored.attributes.changed(storage_class=storage_class, moved=time, restore=None)
        bucket.replace(stored.changed(attributes=attributes))


def delete_noncurrent(bucket: Bucket, lifecycle: Lifecycle, key: str, now: dt.datetime) -> None:
    """Delete the versions that stopped being the newest long enough ago; what is locked stays (documented)."""
    versions = list(bucket.versions_of(key))
    for newer, version in enumerate(versions[1:]):
        since = versions[newer].last_modified  # it stopped being the newest when the next one came
        due = lifecycle.noncurrent_expiry(version, since, newer)
        if due is not None and due.time <= now and not is_waiting(version) and not is_protected(version, instant()):
            bucket.remove_version(key, version.version_id)


def delete_lone_marker(bucket: Bucket, lifecycle: Lifecycle, key: str, now: dt.datetime) -> None:
    """Delete a delete marker that hides no version any more (documented: expired object delete marker)."""
    versions = list(bucket.versions_of(key))
    if len(versions) == 1 and versions[0].is_delete_marker:
        due = lifecycle.marker_expiry(versions[0])
        if due is not None and due.time <= now:
            bucket.remove_version(key, versions[0].version_id)
