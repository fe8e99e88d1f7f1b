"""What happens to restored copies as time passes: they are there, and later gone. The clock alone decides when.

Nothing is stored for it (`model.restore`); it is noted, so that it can be announced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.change import changed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.model.store import Store


def run(store: Store, now: dt.datetime, changes: list[Change]) -> None:
    """Note the copies that were done, and those that went, since this was last asked."""
    with store.lock:
        for bucket in store.buckets.values():
            changes += noted(bucket, store.passed, now)
        store.passed = max(store.passed, now)


def noted(bucket: Bucket, since: dt.datetime, now: dt.datetime) -> Iterator[Change]:
    """Yield what happened to the copies of a bucket."""
    for stored in bucket.stored():
        restore = stored.attributes.restore
        if restore is None:
            continue
        if since < restore.ready <= now:
            about = {
                "lifecycleRestorationExpiryTime": restore.expires,
                "lifecycleRestoreStorageClass": stored.attributes.storage_class,
            }
            data = {"restoreEventData": about}
            yield changed(bucket, "ObjectRestore:Completed", stored, time=restore.ready, glacierEventData=data)
        if since < restore.expires <= now:
            yield changed(bucket, "ObjectRestore:Delete", stored, time=restore.expires)
