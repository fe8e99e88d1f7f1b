"""An object and its parts, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fakecos.facts.exceptions import UsageError
from fakecos.misnamed import Named
from fakecos.model.object import NULL_VERSION
from fakecos.model.synthetic_body import SyntheticBody
from fakecos.testing.text import count
from fakecos.testing.views.lookup import Lookup

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.attributes import Attributes
    from fakecos.model.bucket import Bucket
    from fakecos.model.content import Content
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.part import CompletedPart

BYTES = (bytes, bytearray, memoryview)
BODIES = (*BYTES, SyntheticBody)


class Carried(Named):
    """What an object carries besides its bytes, or an open upload will give to its object."""

    __slots__ = ()

    @property
    def _attributes(self) -> Attributes:
        raise NotImplementedError

    @property
    def headers(self) -> dict[str, str]:
        """System headers by the names of the service model, such as `ContentType` and `CacheControl`."""
        return dict(self._attributes.headers)

    @property
    def content_type(self) -> str:
        """The Content-Type; S3's own default if the client gave none."""
        return self._attributes.headers.get("ContentType", "")

    @property
    def metadata(self) -> dict[str, str]:
        """User metadata; names in lower case, without `x-amz-meta-`."""
        return dict(self._attributes.metadata)

    @property
    def tags(self) -> dict[str, str]:
        """Tags: name to value."""
        return dict(self._attributes.tags)

    @property
    def storage_class(self) -> str:
        """The storage class, such as `STANDARD`."""
        return self._attributes.storage_class

    @property
    def encryption(self) -> str:
        """`AES256`, `aws:kms`, `aws:kms:dsse`, or `SSE-C`."""
        return self._attributes.encryption.method

    @property
    def sse_c_key_md5(self) -> str | None:
        """The MD5 of the customer's key, in base64; None without SSE-C. The key itself is never kept."""
        return self._attributes.encryption.key_md5


class PartView(Named):
    """A part of an upload, or of an object that was uploaded in parts.

    - `number`; `location`: bucket and key, as `photos/a.jpg`.
    - `content`: the bytes as they are held; `body` has them as one piece.
    - `etag`: without quotes.
    - `last_modified`: when the part was uploaded, to the second; of a part of an object, when that was completed.
    - `checksums`: algorithm name to base64 value; empty if no checksum is kept.
    - `sse_c_key_md5`: the MD5 of the customer's key, in base64; None without SSE-C.

    Two are equal if they have the same number and hold the same. A part equals bytes if these are its body.
    pytest shows what differs.
    """

    __module__ = "fakecos"

    __slots__ = ("checksums", "content", "etag", "last_modified", "location", "number", "sse_c_key_md5")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self,
        location: str,
        number: int,
        content: Content,
        etag: str,
        last_modified: dt.datetime,
        checksums: dict[str, str],
        sse_c_key_md5: str | None,
    ) -> None:
        self.location = location
        self.number = number
        self.content = content
        self.etag = etag
        self.last_modified = last_modified
        self.checksums = checksums
        self.sse_c_key_md5 = sse_c_key_md5

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.content.size

    @property
    def body(self) -> bytes:
        """The bytes."""
        return self.content.read()

    def __eq__(self, other: object) -> bool:
        return _equal(self, other) if isinstance(other, (type(self), *BODIES)) else NotImplemented

    def __repr__(self) -> str:
        checksum = "".join(f", {name} {value}" for name, value in self.checksums.items())
        return f"<Part {self.number} of {self.location}: {count(self.size, 'byte')}, etag {self.etag}{checksum}>"


class ObjectView(Carried):
    """A stored object, or one of its versions; `is_delete_marker` is False.

    Two are equal if they hold the same, whatever their buckets, keys and times. An object equals bytes if these are
    its body. pytest shows what differs.
    """

    __module__ = "fakecos"

    __slots__ = ("_held", "_stored", "bucket")
    __hash__ = None  # type: ignore[assignment]

    is_delete_marker: Literal[False] = False

    def __init__(self, held: Bucket, stored: StoredObject) -> None:
        self.bucket = held.name
        self._held = held
        self._stored = stored

    @property
    def _attributes(self) -> Attributes:
        return self._stored.attributes

    @property
    def key(self) -> str:
        """Its key."""
        return self._stored.key

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self._stored.size

    @property
    def body(self) -> bytes:
        """All bytes, joined on each call when there are several parts."""
        return self._stored.body

    @property
    def content(self) -> Content:
        """The bytes as they are held, to be read in pieces."""
        return self._stored.content

    @property
    def etag(self) -> str:
        """The ETag without quotes."""
        return self._stored.etag

    @property
    def last_modified(self) -> dt.datetime:
        """When it was stored, to the second."""
        return self._stored.last_modified

    @property
    def checksums(self) -> dict[str, str]:
        """Algorithm name to value, as `{"CRC32": "..."}`; a COMPOSITE value has `-N` at its end."""
        checksum = self._stored.checksum
        return {checksum.algorithm.name: checksum.text} if checksum else {}

    @property
    def checksum_type(self) -> str | None:
        """COMPOSITE or FULL_OBJECT, None without a checksum."""
        return self._stored.checksum.type if self._stored.checksum else None

    @property
    def is_multipart(self) -> bool:
        """Whether it was uploaded in parts."""
        return self._stored.is_multipart

    @property
    def parts(self) -> Mapping[int, PartView]:
        """Part number to PartView; empty unless it was uploaded in parts."""
        return Lookup("part", {part.number: part for part in self._stored.parts}, self._part)

    @property
    def annotations(self) -> dict[str, bytes]:
        """Annotations: name to text, in UTF-8 as it was put."""
        return {name: each.content.read() for name, each in self._stored.annotations.items()}

    @property
    def version_id(self) -> str:
        """The id of this version; `null` unless it was stored while the bucket's versioning was enabled."""
        return self._stored.version_id

    @property
    def replication_status(self) -> str | None:
        """`PENDING`, `COMPLETED`, `FAILED` or `REPLICA`, also on COS, which does not tell it; None without a rule."""
        status = self._stored.replication
        return None if status is None else status.text

    @property
    def versions(self) -> tuple[ObjectView | DeleteMarkerView, ...]:
        """The versions of its key, the newest first, delete markers too; in a bucket without versions there is one."""
        return versions_of(self._held, self.key)

    if not TYPE_CHECKING:  # a type checker is to refuse it, as it does without this

        def __getitem__(self, name: object) -> None:
            __tracebackhide__ = True
            message = f"An object is no answer of a client: write .body, .etag, .metadata, ... for [{name!r}]."
            raise UsageError(message)

    def _part(self, part: CompletedPart) -> PartView:
        stored = self._stored
        return PartView(
            f"{self.bucket}/{self.key}",
            part.number,
            stored.content.slice(part.offset, part.offset + part.size - 1),
            part.etag,
            stored.last_modified,
            {stored.checksum.algorithm.name: part.checksum} if stored.checksum and part.checksum else {},
            self.sse_c_key_md5,
        )

    def __eq__(self, other: object) -> bool:
        return _equal(self, other) if isinstance(other, (type(self), *BODIES)) else NotImplemented

    def __repr__(self) -> str:
        parts = f" in {count(len(self._stored.parts), 'part')}" if self.is_multipart else ""
        checksum = "".join(f", {name} {value} {self.checksum_type}" for name, value in self.checksums.items())
        version = "" if self.version_id == NULL_VERSION else f", version {self.version_id}"
        size = count(self.size, "byte")
        return f"<Object {self.bucket}/{self.key}: {size}{parts}, etag {self.etag}{checksum}{version}>"


class DeleteMarkerView(Named):
    """A delete marker: what a delete leaves behind in a bucket with versions; `is_delete_marker` is True.

    - `bucket`, `key` and `version_id`.
    - `last_modified`: when it was made, to the second.

    Two are equal if they are the same version of the same key.
    """

    __module__ = "fakecos"

    __slots__ = ("bucket", "key", "last_modified", "version_id")
    __hash__ = None  # type: ignore[assignment]

    is_delete_marker: Literal[True] = True

    def __init__(self, bucket: str, marker: DeleteMarker) -> None:
        self.bucket = bucket
        self.key = marker.key
        self.version_id = marker.version_id
        self.last_modified = marker.last_modified

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DeleteMarkerView):
            return NotImplemented
        return (self.bucket, self.key, self.version_id) == (other.bucket, other.key, other.version_id)

    def __repr__(self) -> str:
        return f"<DeleteMarker {self.bucket}/{self.key}, version {self.version_id}>"


def versions_of(held: Bucket, key: str) -> tuple[ObjectView | DeleteMarkerView, ...]:
    """Return a view of each version of a key, the newest first."""
    return tuple(
        DeleteMarkerView(held.name, version) if version.is_delete_marker else ObjectView(held, version)
        for version in held.versions_of(key)
    )


COMPARED: dict[type, tuple[str, ...]] = {
    PartView: ("number", "size", "etag", "checksums", "sse_c_key_md5", "body"),
    ObjectView: (
        *("size", "etag", "checksums", "checksum_type", "headers", "metadata", "tags", "storage_class", "encryption"),
        *("sse_c_key_md5", "annotations", "parts", "body"),
    ),
}
"""What is compared of two views, in order: the body last, since it takes the longest."""


def _equal(one: PartView | ObjectView, other: object) -> bool:
    if isinstance(other, BYTES):
        return one.size == memoryview(other).nbytes and bool(one.body == other)
    if isinstance(other, SyntheticBody):
        return _same_bytes(one, other)
    return all(_alike(one, other, name) for name in COMPARED[type(one)])


def _alike(one: PartView | ObjectView, other: Any, name: str) -> bool:
    if name == "body" and not (one.content.is_held and other.content.is_held):
        return _same_bytes(one, other)
    return bool(getattr(one, name) == getattr(other, name))


def _same_bytes(one: PartView | ObjectView, other: PartView | ObjectView | SyntheticBody) -> bool:
    """Compare without reading what nobody holds."""
    from fakecos.testing.assertions.bodies import first_difference

    return first_difference(one.content, other.content) is None
