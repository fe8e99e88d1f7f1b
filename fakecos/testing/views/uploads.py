"""A multipart upload, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fakecos.testing.text import count, ranges
from fakecos.testing.views.lookup import Lookup
from fakecos.testing.views.objects import Carried, PartView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.attributes import Attributes
    from fakecos.model.bucket import Bucket
    from fakecos.model.part import Part
    from fakecos.model.upload import MultipartUpload

    UploadState = Literal["open", "completed", "aborted"]
ID_SHOWN = 8


class UploadView(Carried):
    """A multipart upload, as it is now; its parts stay readable after its end."""

    __module__ = "fakecos"

    __slots__ = ("_bucket", "_upload")

    def __init__(self, bucket: Bucket, upload: MultipartUpload) -> None:
        self._bucket = bucket
        self._upload = upload

    @property
    def _attributes(self) -> Attributes:
        return self._upload.attributes

    @property
    def bucket(self) -> str:
        """The name of its bucket."""
        return self._bucket.name

    @property
    def key(self) -> str:
        """The key of the object to be."""
        return self._upload.key

    @property
    def upload_id(self) -> str:
        """Its id."""
        return self._upload.upload_id

    @property
    def initiated(self) -> dt.datetime:
        """When it was created, to the second."""
        return self._upload.initiated

    @property
    def state(self) -> UploadState:
        """`open`, `completed` or `aborted`; one whose bucket was deleted stays as it was."""
        if self._bucket.uploads.get(self.upload_id) is self._upload:
            return "open"
        ended = self._bucket.ended.get(self.upload_id)
        return "completed" if ended is not None and ended.answer is not None else "aborted"

    @property
    def parts(self) -> Mapping[int, PartView]:
        """Part number to PartView, in the order of the numbers."""
        return Lookup("part", dict(sorted(self._upload.parts.copy().items())), self._part)

    @property
    def size(self) -> int:
        """Bytes of all parts: what the account is billed for while the upload is open."""
        return sum(part.size for part in list(self._upload.parts.values()))

    @property
    def checksum_algorithm(self) -> str | None:
        """The algorithm that Create asked for, None if none."""
        return self._upload.algorithm.name if self._upload.algorithm else None

    @property
    def checksum_type(self) -> str | None:
        """COMPOSITE or FULL_OBJECT, None without an algorithm."""
        return self._upload.checksum_type

    def _part(self, part: Part) -> PartView:
        return PartView(
            f"{self.bucket}/{self.key}",
            part.number,
            part.content,
            part.etag,
            part.last_modified,
            part.checksums,
            part.sse_c_key_md5,
        )

    def __repr__(self) -> str:
        parts = f"parts {ranges(self.parts)}" if self.parts else "no parts"
        shown = f"{self.state}, {parts}, {count(self.size, 'byte')}, id {self.upload_id[:ID_SHOWN]}…"
        return f"<Upload of {self.bucket}/{self.key}: {shown}>"
