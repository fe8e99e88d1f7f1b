"""A bucket: its objects, its uploads, and a count of the writes of each key."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, Any

from fakecos.model.ordered import OrderedKeys
from fakecos.model.upload import EndedUpload

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.model.lifecycle import Lifecycle
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload


BUCKET_OWNER_ENFORCED = "BucketOwnerEnforced"  # documented: the default since April 2023


class Bucket:
    """One bucket. Every change goes through a method here, so that the count of writes is never forgotten.

    - `name`, `region`, and `account`, the 12 digits of the owner's account id.
    - `created`: when, to the second.
    - `location`: the LocationConstraint of CreateBucket as it was given (recorded aws-bucket-configuration 2:
      `EU` stays `EU`), None for us-east-1.
    - `ownership`: the value of x-amz-object-ownership.
    - `objects`: key to StoredObject, in the order of S3's lists (by the bytes of UTF-8).
    - `uploads`: upload id to MultipartUpload; only those that are open.
    - `ended`: upload id to what is remembered of an upload after Complete or Abort.
    - `lifecycle`: its Lifecycle configuration, or None.
    """

    __slots__ = (
        "_last_write",
        "_upload_order",
        "_writes",
        "account",
        "created",
        "ended",
        "lifecycle",
        "location",
        "name",
        "objects",
        "ownership",
        "region",
        "tags",
        "uploads",
    )

    def __init__(self, name: str, region: str, location: str | None, created: dt.datetime, account: str) -> None:
        self.name = name
        self.region = region
        self.location = location
        self.created = created
        self.account = account
        self.ownership = BUCKET_OWNER_ENFORCED
        self.tags: dict[str, str] = {}
        self.objects: OrderedKeys[StoredObject] = OrderedKeys()
        self.uploads: dict[str, MultipartUpload] = {}
        self.ended: dict[str, EndedUpload] = {}
        self.lifecycle: Lifecycle | None = None
        self._upload_order: list[tuple[str, float, str]] = []
        self._writes = 0
        self._last_write: dict[str, int] = {}

    # --- objects ---------------------------------------------------------------------------------

    def put(self, stored: StoredObject) -> None:
        """Store an object, replacing the one of its key."""
        self.objects[stored.key] = stored
        self._count_write(stored.key)

    def remove(self, key: str) -> StoredObject | None:
        """Delete an object if it is there, and return it."""
        stored = self.objects.pop(key, None)
        if stored is not None:
            self._count_write(key)
        return stored

    def written_since(self, upload: MultipartUpload) -> bool:
        """Whether the upload's key was written or deleted after the upload was created."""
        return self._last_write.get(upload.key, 0) > upload.initiated_at_write

    def is_last_write(self, ended: EndedUpload) -> bool:
        """Whether the object that an upload became is still the one of its key."""
        return self._last_write.get(ended.key) == ended.write

    def _count_write(self, key: str) -> None:
        self._writes += 1
        self._last_write[key] = self._writes

    # --- uploads ---------------------------------------------------------------------------------

    def open(self, upload: MultipartUpload) -> None:
        """Add an upload that was just created."""
        upload.initiated_at_write = self._writes
        upload.sequence = len(self.uploads) + len(self.ended)
        self.uploads[upload.upload_id] = upload
        insort(self._upload_order, (upload.key, upload.sequence, upload.upload_id))

    def abort(self, upload: MultipartUpload) -> None:
        """End an upload and let go of its parts."""
        self._end(upload, EndedUpload(upload))

    def complete(
        self, upload: MultipartUpload, stored: StoredObject, parts: list[dict[str, Any]], answer: dict[str, object]
    ) -> None:
        """Put the object that an upload became, and end the upload."""
        ended = EndedUpload(upload, parts, answer)
        self._end(upload, ended)
        self.put(stored)
        ended.write = self._writes

    def _end(self, upload: MultipartUpload, ended: EndedUpload) -> None:
        del self.uploads[upload.upload_id]
        place = bisect_right(self._upload_order, (upload.key, upload.sequence, upload.upload_id))
        del self._upload_order[place - 1]
        self.ended[upload.upload_id] = ended

    def sequence_of(self, upload_id: str, key: str) -> int | None:
        """Return the place in time of an upload of this key, open or ended, or None if there was none."""
        upload = self.uploads.get(upload_id) or self.ended.get(upload_id)
        return upload.sequence if upload is not None and upload.key == key else None

    def uploads_before(self, key: str) -> int:
        """Return the place of the first upload whose key is `key` or behind it."""
        return bisect_left(self._upload_order, (key,))

    def uploads_after(self, key: str, sequence: int | None) -> int:
        """Return the place behind an upload in the order of listing; without a sequence, behind its key."""
        return bisect_right(self._upload_order, (key, float("inf") if sequence is None else sequence, "\U0010ffff"))

    def upload_at(self, place: int) -> MultipartUpload | None:
        """Return the upload at a place of the listing's order (key, then time of creation)."""
        if place >= len(self._upload_order):
            return None
        return self.uploads[self._upload_order[place][2]]

    def uploads_after_prefix(self, prefix: str) -> int:
        """Return the place behind all uploads whose key starts with `prefix`."""
        length = len(prefix)
        return bisect_right(self._upload_order, prefix, key=lambda entry: entry[0][:length])

    @property
    def is_empty(self) -> bool:
        """Whether DeleteBucket may delete it."""
        return not self.objects

    def __repr__(self) -> str:
        return f"<Bucket {self.name!r}: {len(self.objects)} objects, {len(self.uploads)} open uploads>"
