"""A bucket, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError
from fakecos.misnamed import Named
from fakecos.model.summary import LOOKED_AT
from fakecos.testing.text import count, nearest
from fakecos.testing.views.lookup import Lookup
from fakecos.testing.views.objects import ObjectView, versions_of
from fakecos.testing.views.uploads import UploadView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store
    from fakecos.testing.views.objects import DeleteMarkerView


class BucketView(Named):
    """The bucket `name` of the fake that handed it out, as it is now.

    UsageError: its bucket is not there (any more).
    """

    __module__ = "fakecos"

    __slots__ = ("_store", "name")

    def __init__(self, store: Callable[[], Store], name: str) -> None:
        self._store = store
        self.name = name

    @property
    def region(self) -> str:
        """Its region, such as `us-east-1`."""
        return self._bucket().region

    @property
    def created(self) -> dt.datetime:
        """When it was created, to the second."""
        return self._bucket().created

    @property
    def objects(self) -> Mapping[str, ObjectView]:
        """Key to ObjectView, in the order of S3's lists."""
        bucket = self._bucket()
        return Lookup("object", bucket.objects, lambda stored: ObjectView(bucket, stored))

    @property
    def versions(self) -> Mapping[str, tuple[ObjectView | DeleteMarkerView, ...]]:
        """Key to its versions, the newest first, delete markers too.

        It has more keys than `objects`: those whose newest version is a delete marker.
        """
        bucket = self._bucket()
        held = bucket.objects if bucket.versioning is None else bucket.versions.keys
        keys = {key: key for key in list(held)}
        return Lookup("object", keys, lambda key: versions_of(bucket, key))

    @property
    def versioning(self) -> str | None:
        """`Enabled` or `Suspended`, None as long as versioning was never configured."""
        return self._bucket().versioning

    @property
    def uploads(self) -> Mapping[str, UploadView]:
        """Upload id to UploadView, in order of key and time; only those that are open."""
        bucket = self._bucket()
        with self._store().lock:
            uploads = sorted(bucket.uploads.values(), key=lambda upload: (upload.key, upload.sequence))
        held = {upload.upload_id: upload for upload in uploads}
        return Lookup("open upload", held, lambda upload: UploadView(bucket, upload))

    @property
    def billed_bytes(self) -> int:
        """Bytes that S3 would charge for: all versions of objects, and parts of uploads that are open."""
        bucket = self._bucket()
        with self._store().lock:
            uploads = sum(upload.size for upload in bucket.uploads.values())
            return uploads + sum(stored.size for stored in bucket.stored())

    def _bucket(self) -> Bucket:
        buckets = self._store().buckets
        found = buckets.get(self.name)
        if found is None:
            message = f"There is no bucket {self.name!r}; {nearest(self.name, buckets, 'buckets')}."
            raise UsageError(message)
        return found

    if not TYPE_CHECKING:  # a type checker is to refuse it, as it does without this

        def __getitem__(self, key: object) -> None:
            __tracebackhide__ = True
            message = f"A bucket has objects, and uploads: cos.bucket({self.name!r}).objects[{key!r}]."
            raise UsageError(message)

    def __repr__(self) -> str:
        bucket = self._store().buckets.get(self.name)
        if bucket is None:
            return f"<Bucket {self.name}: not there>"
        objects, uploads = count(len(bucket.objects), "object"), count(len(bucket.uploads), "open upload")
        large = len(bucket.objects) > LOOKED_AT or len(bucket.versions.keys) > LOOKED_AT
        billed = "" if large else f", {self.billed_bytes:,} bytes billed"
        return f"<Bucket {self.name}: {objects}, {uploads}{billed}>"
