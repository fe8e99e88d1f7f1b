"""One part of an upload, and what is kept of it when the upload becomes an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.facts.checksums import Algorithm
    from fakecos.model.content import Content


class Part(NamedTuple):
    """An uploaded part of an open upload.

    `etag` is without quotes. `checksum` is the base64 value that the client gave or S3 computed, None if neither;
    `algorithm` is its Algorithm. `sse_c_key_md5` is the MD5 of the customer's key, in base64.
    """

    number: int
    content: Content
    etag: str
    last_modified: dt.datetime
    algorithm: Algorithm | None = None
    checksum: str | None = None
    sse_c_key_md5: str | None = None

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.content.size

    @property
    def body(self) -> bytes:
        """The bytes."""
        return self.content.read()

    @property
    def checksums(self) -> dict[str, str]:
        """Algorithm name to base64 value; empty if no checksum is known."""
        return {self.algorithm.name: self.checksum} if self.algorithm and self.checksum else {}

    def __repr__(self) -> str:
        return f"<Part {self.number}: {self.size} bytes, etag {self.etag}>"


class CompletedPart(NamedTuple):
    """A part of a finished object: where its bytes lie, and its checksum if the object keeps one.

    `offset` and `size` are in bytes; `etag` is without quotes; `checksum` is in base64.
    """

    number: int
    offset: int
    size: int
    etag: str
    checksum: str | None
