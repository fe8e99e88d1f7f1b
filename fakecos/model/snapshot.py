"""What is stored at one moment, to be put back later: containers are copied, objects, parts and their bytes are not.

That is right as long as an object, a part and their attributes are replaced and never changed.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from fakecos.misnamed import Named
from fakecos.model.ordered import OrderedKeys
from fakecos.model.versions import Versions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store
    from fakecos.model.upload import MultipartUpload


class Snapshot(NamedTuple):
    """What `cos.snapshot()` keeps for `cos.restore()`; nothing in it is for reading or changing."""

    store: Store
    access_points: Mapping[str, str]
    taken: dt.datetime
    destinations: Mapping[str, None]

    def __repr__(self) -> str:
        from fakecos.model.summary import text_of  # for a person only: start-up is a budget

        return f"<Snapshot: {text_of(self.store)}>"


if not TYPE_CHECKING:
    Snapshot.__getattr__ = Named.__getattr__  # a NamedTuple has no other base
Snapshot.__module__ = "fakecos"  # not in its body, where a type checker takes it for a field


def copied(store: Store) -> Store:
    """Return a store of its own with the same contents; time grows with the number of objects, not their bytes."""
    with store.lock:
        made = copy(store)
        for name, bucket in store.buckets.items():
            made.buckets[name] = _bucket(bucket)
    return made


def put_off(store: Store, delay: dt.timedelta) -> None:
    """Let what is to be replicated wait as long from now on as it had to when the snapshot was taken.

    Else a run that begins late would find replicas that an earlier one did not (law 13).
    """
    for bucket in store.buckets.values():
        bucket.pending = [pending._replace(due=pending.due + delay) for pending in bucket.pending]


def _bucket(bucket: Bucket) -> Bucket:
    made = copy(bucket)
    for name in type(bucket).__slots__:
        value = getattr(made, name)
        if isinstance(value, (dict, list, OrderedKeys, Versions)):
            setattr(made, name, copy(value))
    made.uploads = {upload_id: _upload(upload) for upload_id, upload in bucket.uploads.items()}
    return made


def _upload(upload: MultipartUpload) -> MultipartUpload:
    made = copy(upload)
    made.parts = dict(upload.parts)
    return made
