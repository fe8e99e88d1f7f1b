"""A bucket: its objects, its uploads, and a count of the writes of each key."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, Any

from fakecos.model.clock import instant
from fakecos.model.object import NULL_VERSION
from fakecos.model.ordered import OrderedKeys
from fakecos.model.principal import canonical_id_of
from fakecos.model.upload import EndedUpload
from fakecos.model.versions import ENABLED, Versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.model.acl import Acl
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.lifecycle import Lifecycle
    from fakecos.model.object import StoredObject
    from fakecos.model.retention import Protection
    from fakecos.model.upload import MultipartUpload


BUCKET_OWNER_ENFORCED = "BucketOwnerEnforced"  # documented: the default since April 2023
OBJECT_WRITER = "ObjectWriter"  # documented: what a bucket without ownership controls has
MAX_ENDED = 10_000  # ended uploads that are remembered for longer than S3 itself does
ENDED_DAY = dt.timedelta(days=1)  # for how long S3 knows an ended upload (public: aws-changes 7)
WRITE_BITS = 32  # of a sequencer: the count of writes
OWNERSHIP = "OwnershipControls"
OWNED_BY_BUCKET: dict[str, Any] = {"Rules": [{"ObjectOwnership": BUCKET_OWNER_ENFORCED}]}
"""The ownership controls of a new bucket: one document that all share, so that it is known at a glance."""
POLICY = "Policy"
PUBLIC_ACCESS_BLOCK = "PublicAccessBlockConfiguration"
TAGGING = "Tagging"
# What a new bucket has, and loses when it is deleted (recorded aws-bucket-configuration 23, 25).
BLOCK_ALL = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


class Bucket:
    """One bucket. Every change goes through a method here, so that the count of writes is never forgotten.

    - `name`, `region`, and `account`, the 12 digits of the owner's account id.
    - `created`: when, to the second.
    - `location`: the LocationConstraint of CreateBucket as it was given (recorded aws-bucket-configuration 2:
      `EU` stays `EU`), None for us-east-1.
    - `acl`: its Acl; None is `private`.
    - `objects`: key to StoredObject, in the order of S3's lists (by the bytes of UTF-8): the current ones, so no key
      whose newest version is a delete marker.
    - `versioning`: None as long as it was never configured, then `Enabled` or `Suspended`.
    - `versions`: every version of every key as Versions; empty as long as versioning was never configured.
    - `blocks_sse_c`: whether it was made when new buckets blocked keys of the customer; its configuration of
      encryption may say otherwise.
    - `configurations`: kind to document, as the service model names it; of a kind that has ids, id to document. One
      that is not set, or was deleted, is absent. Documents are replaced, never changed: snapshots share them.
    - `uploads`: upload id to MultipartUpload; only those that are open.
    - `ended`: upload id to what is remembered of an upload after Complete or Abort, in the order in which they ended.
      Beyond `MAX_ENDED` of them those go that ended more than a day ago.
    - `lifecycle`: its Lifecycle configuration, or None.
    - `instance`: the service instance of IBM's that it belongs to, None for one that any may list.
    - `protection`: what IBM's immutable storage promises of its objects, as Protection, or None.
    - `key_protect`: CRN of the root key in IBM's Key Protect, or None.
    """

    __slots__ = (
        "_last_write",
        "_opened",
        "_upload_order",
        "_writes",
        "account",
        "acl",
        "blocks_sse_c",
        "configurations",
        "created",
        "ended",
        "instance",
        "key_protect",
        "lifecycle",
        "location",
        "name",
        "objects",
        "protection",
        "region",
        "rules",
        "uploads",
        "versioning",
        "versions",
    )

    def __init__(self, name: str, region: str, location: str | None, created: dt.datetime, account: str) -> None:
        self.name = name
        self.region = region
        self.location = location
        self.created = created
        self.account = account
        self.acl: Acl | None = None
        self.blocks_sse_c = False
        self.objects: OrderedKeys[StoredObject] = OrderedKeys()
        self.uploads: dict[str, MultipartUpload] = {}
        self.ended: dict[str, EndedUpload] = {}
        self.lifecycle: Lifecycle | None = None
        self.instance: str | None = None
        self.protection: Protection | None = None
        self.rules: tuple[str, ...] = ()  # those of the service that protects it, if one does: whichever client asks
        self.key_protect: str | None = None
        self.versioning: str | None = None
        self.versions = Versions()
        self.configurations: dict[str, Any] = {
            OWNERSHIP: OWNED_BY_BUCKET,
            PUBLIC_ACCESS_BLOCK: BLOCK_ALL,
        }
        self._upload_order: list[tuple[str, float, str]] = []
        self._opened = 0
        self._writes = 0
        self._last_write: dict[str, int] = {}

    @property
    def owner_id(self) -> str:
        """The canonical id of the account that it belongs to."""
        return canonical_id_of(self.account)

    # --- configurations --------------------------------------------------------------------------

    def configure(self, kind: str, document: Any) -> None:
        """Set a configuration; None or an empty dict takes it away."""
        if document:
            self.configurations[kind] = document
        else:
            self.configurations.pop(kind, None)

    @property
    def ownership(self) -> str:
        """The bucket's Object Ownership; without ownership controls ACLs count, as with ObjectWriter (documented)."""
        document = self.configurations.get(OWNERSHIP)
        return OBJECT_WRITER if document is None else str(document["Rules"][0]["ObjectOwnership"])

    @ownership.setter
    def ownership(self, value: str) -> None:
        self.configure(OWNERSHIP, {"Rules": [{"ObjectOwnership": value}]})

    @property
    def tags(self) -> dict[str, str]:
        """The bucket's own tags."""
        document = self.configurations.get(TAGGING, {"TagSet": ()})
        return {tag["Key"]: tag["Value"] for tag in document["TagSet"]}

    @tags.setter
    def tags(self, value: dict[str, str]) -> None:
        tag_set = [{"Key": key, "Value": text} for key, text in value.items()]
        self.configure(TAGGING, {"TagSet": tag_set} if tag_set else None)

    # --- objects ---------------------------------------------------------------------------------

    def put(self, stored: StoredObject) -> None:
        """Store an object as the current one of its key. What it replaces stays a version, if the ids differ."""
        if self.versioning is not None:
            self.versions.add(stored)
        self.objects[stored.key] = stored
        self._count_write(stored.key)
        stored.write = self._writes

    def replace(self, stored: StoredObject) -> None:
        """Put a changed object (other tags, another lock, ...) where the version with its id is; it is no write."""
        if self.versioning is not None:
            self.versions.replace(stored)
        current = self.objects.get(stored.key)
        if current is not None and current.version_id == stored.version_id:
            self.objects[stored.key] = stored

    def remove(self, key: str) -> StoredObject | None:
        """Delete an object of a bucket without versions if it is there, and return it."""
        stored = self.objects.pop(key, None)
        if stored is not None:
            self._count_write(key)
        return stored

    def mark_deleted(self, marker: DeleteMarker) -> None:
        """Make a delete marker the newest version of its key."""
        self.versions.add(marker)
        self.objects.pop(marker.key, None)
        self._count_write(marker.key)
        marker.write = self._writes

    def remove_version(self, key: str, version_id: str) -> StoredObject | DeleteMarker | None:
        """Delete one version, which is there, for good, and return it; the one before it may become the current one."""
        if self.versioning is None:
            return self.remove(key)
        removed = self.versions.remove(key, version_id)
        newest = self.versions.newest(key)
        if newest is None or newest.is_delete_marker:
            self.objects.pop(key, None)
        else:
            self.objects[key] = newest
        self._count_write(key)
        return removed

    def version(self, key: str, version_id: str) -> StoredObject | DeleteMarker | None:
        """Return one version of a key, None if there is none of that id."""
        if self.versioning is not None:
            return self.versions.get(key, version_id)
        return self.objects.get(key) if version_id == NULL_VERSION else None

    def newest(self, key: str) -> StoredObject | DeleteMarker | None:
        """Return what a request without a version id is about."""
        return self.objects.get(key) or self.versions.newest(key)

    def versions_of(self, key: str, before: int | None = None) -> Iterator[StoredObject | DeleteMarker]:
        """Yield the versions of a key, the newest first; only those that are older than the place in time `before`."""
        if self.versioning is not None:
            yield from self.versions.of(key, before)
        elif key in self.objects:
            yield self.objects[key]

    def set_versioning(self, status: str) -> None:
        """Enable or suspend versioning. What is there at the first time becomes versions with the id `null`."""
        if self.versioning is None:
            for stored in self.objects.values():
                self.versions.add(stored)
        self.versioning = status

    def stored(self) -> Iterator[StoredObject]:
        """Yield every stored object: all versions that are no delete markers."""
        if self.versioning is None:
            yield from self.objects.values()
            return
        for versions in self.versions.keys.values():
            for version in versions.values():
                if not version.is_delete_marker:
                    yield version

    @property
    def makes_versions(self) -> bool:
        """Whether what is stored now gets a version id of its own."""
        return self.versioning == ENABLED

    def written_since(self, upload: MultipartUpload) -> bool:
        """Whether the upload's key was written or deleted after the upload was created."""
        return self._last_write.get(upload.key, 0) > upload.initiated_at_write

    def is_last_write(self, ended: EndedUpload) -> bool:
        """Whether the object that an upload became is still the one of its key."""
        return self._last_write.get(ended.key) == ended.write

    def count_removal(self) -> int:
        """Count a removal that is announced, also where nothing was there, and return its number."""
        self._writes += 1
        return self._writes

    def sequencer(self, write: int) -> str:
        """Return what orders the writes of a key in messages of events: hexadecimal digits that grow with each write.

        That they look so is recorded (aws-event-notifications 9); that they go on where the clock goes back: assumed.
        """
        return f"{(int(self.created.timestamp()) << WRITE_BITS) + write:018X}"

    def _count_write(self, key: str) -> None:
        self._writes += 1
        self._last_write[key] = self._writes

    # --- uploads ---------------------------------------------------------------------------------

    def open(self, upload: MultipartUpload) -> None:
        """Add an upload that was just created."""
        upload.initiated_at_write = self._writes
        upload.sequence = self._opened
        self._opened += 1
        self.uploads[upload.upload_id] = upload
        insort(self._upload_order, (upload.key, upload.sequence, upload.upload_id))

    def abort(self, upload: MultipartUpload) -> None:
        """End an upload and let go of its parts."""
        self._end(upload, EndedUpload(upload))

    def complete(
        self, upload: MultipartUpload, stored: StoredObject, parts: list[dict[str, Any]], answer: Mapping[str, object]
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
        while len(self.ended) > MAX_ENDED:
            oldest = next(iter(self.ended))
            if ended.ended - self.ended[oldest].ended < ENDED_DAY:
                break
            del self.ended[oldest]

    def ended_lately(self, upload_id: str, key: str) -> bool:
        """Whether an upload of this key was aborted or completed less than a day ago."""
        ended = self.ended.get(upload_id)
        return ended is not None and ended.key == key and instant() - ended.ended < ENDED_DAY

    def sequence_of(self, upload_id: str, key: str) -> int | None:
        """Return the place in time of an upload of this key, open or ended, or None if there was none."""
        upload = self.uploads.get(upload_id) or self.ended.get(upload_id)
        return upload.sequence if upload is not None and upload.key == key else None

    def uploads_before(self, key: str) -> int:
        """Return the place of the first upload whose key is `key` or after it."""
        return bisect_left(self._upload_order, (key,))

    def uploads_after(self, key: str, sequence: int | None) -> int:
        """Return the place after an upload in the order of listing; without a sequence, after its key."""
        return bisect_right(self._upload_order, (key, float("inf") if sequence is None else sequence, "\U0010ffff"))

    def upload_at(self, place: int) -> MultipartUpload | None:
        """Return the upload at a place of the listing's order (key, then time of creation)."""
        if place >= len(self._upload_order):
            return None
        return self.uploads[self._upload_order[place][2]]

    def uploads_after_prefix(self, prefix: str) -> int:
        """Return the place after all uploads whose key starts with `prefix`."""
        length = len(prefix)
        return bisect_right(self._upload_order, prefix, key=lambda entry: entry[0][:length])

    @property
    def is_empty(self) -> bool:
        """Whether DeleteBucket may delete it: neither objects nor versions nor delete markers (documented)."""
        return not self.objects and not self.versions.keys

    def __repr__(self) -> str:
        return f"<Bucket {self.name!r}: {len(self.objects)} objects, {len(self.uploads)} open uploads>"
