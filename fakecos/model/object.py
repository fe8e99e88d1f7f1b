"""An object: bytes, attributes, and what is known of its checksum and its parts."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from fakecos.model.annotation import NO_ANNOTATIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.annotation import Annotation
    from fakecos.model.attributes import Attributes
    from fakecos.model.checksum import Checksum
    from fakecos.model.content import Content
    from fakecos.model.part import CompletedPart

NULL_VERSION = "null"
"""Id of what was stored before versioning, or while it was suspended (documented)."""


class StoredObject:
    """One stored object.

    - `key`, and `etag` without quotes.
    - `last_modified`: when it was stored, to the second; on COS to the millisecond.
    - `content`: the bytes as Content; `body` has them as one piece.
    - `attributes`: headers, metadata, tags and encryption, as Attributes.
    - `checksum`: a Checksum, or None where S3 keeps none (SSE-C without an algorithm: recorded aws-multipart 46).
    - `parts`: a CompletedPart for each part in order; empty unless it came from an upload in parts.
    - `version_id`: `null` unless it was stored while the bucket's versioning was enabled.
    - `annotations`: name to Annotation; none when it is stored, and no part of its ETag.
    - `owner`: canonical id of the account that it belongs to, None for the bucket's owner.
    - `write`: the bucket's count at its write, 0 until then.

    It is replaced and never changed once it is stored: `changed` returns another one.
    """

    __slots__ = (
        *("annotations", "attributes", "checksum", "content", "etag", "key", "last_modified", "owner", "parts"),
        *("version_id", "write"),
    )

    is_delete_marker: ClassVar[Literal[False]] = False

    def __init__(
        self,
        key: str,
        content: Content,
        etag: str,
        last_modified: dt.datetime,
        attributes: Attributes,
        checksum: Checksum | None,
        parts: tuple[CompletedPart, ...] = (),
    ) -> None:
        self.key = key
        self.content = content
        self.etag = etag
        self.last_modified = last_modified
        self.attributes = attributes
        self.checksum = checksum
        self.parts = parts
        self.version_id = NULL_VERSION
        self.write = 0
        self.annotations: Mapping[str, Annotation] = NO_ANNOTATIONS
        self.owner: str | None = attributes.acl.owner if attributes.acl is not None else None

    def changed(self, **values: Any) -> StoredObject:
        """Return an object that differs in the given slots only."""
        made = copy(self)
        for name, value in values.items():
            setattr(made, name, value)
        return made

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.content.size

    @property
    def body(self) -> bytes:
        """All bytes, joined on each call when there are several parts."""
        return self.content.read()

    @property
    def is_multipart(self) -> bool:
        """Whether the object was uploaded in parts."""
        return bool(self.parts)

    def __repr__(self) -> str:
        return f"<StoredObject {self.key!r}: {self.size} bytes, etag {self.etag}>"
