"""An object: bytes, attributes, and what is known of its checksum and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.model.attributes import Attributes
    from fakecos.model.checksum import Checksum
    from fakecos.model.content import Content
    from fakecos.model.part import CompletedPart


class StoredObject:
    """One stored object. `etag` is without quotes; `parts` is empty unless it came from an upload in parts."""

    __slots__ = ("attributes", "checksum", "content", "etag", "key", "last_modified", "parts")

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

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.content.size

    @property
    def body(self) -> bytes:
        """The bytes."""
        return self.content.read()

    @property
    def is_multipart(self) -> bool:
        """Whether the object was uploaded in parts."""
        return bool(self.parts)

    def __repr__(self) -> str:
        return f"<StoredObject {self.key!r}: {self.size} bytes, etag {self.etag}>"
