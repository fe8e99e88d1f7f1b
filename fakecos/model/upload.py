"""A multipart upload: open from Create until Complete or Abort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import checksums
from fakecos.model.clock import instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.facts.checksums import Algorithm
    from fakecos.model.attributes import Attributes
    from fakecos.model.part import Part


class MultipartUpload:
    """What CreateMultipartUpload fixed, and the parts that came since.

    - `upload_id`, and `key` of the object to be.
    - `initiated`: when it was created, to the second.
    - `attributes`: what the object will carry, as Attributes.
    - `algorithm`: the Algorithm that was asked for, None if none was; `checksum_type`: COMPOSITE or FULL_OBJECT.
    - `parts`: part number to Part, in the order in which the numbers first came.
    - `conditions`: IfMatch and IfNoneMatch of Create, where the service judges these at Complete (IBM COS).
    - `sequence`: its place in time among the uploads of the bucket.

    `initiated_at_write` is the bucket's count of writes at Create: a conditional Complete compares it with
    the count at the key's last write, because a clock may be frozen.
    """

    __slots__ = (
        "algorithm",
        "attributes",
        "checksum_type",
        "conditions",
        "initiated",
        "initiated_at_write",
        "key",
        "parts",
        "sequence",
        "upload_id",
    )

    def __init__(
        self,
        upload_id: str,
        key: str,
        attributes: Attributes,
        initiated: dt.datetime,
        algorithm: Algorithm | None,
        checksum_type: str | None,
    ) -> None:
        self.upload_id = upload_id
        self.key = key
        self.attributes = attributes
        self.initiated = initiated
        self.algorithm = algorithm
        self.checksum_type = checksum_type
        self.initiated_at_write = 0
        self.sequence = 0
        self.parts: dict[int, Part] = {}
        self.conditions: dict[str, str] = {}

    @property
    def is_composite(self) -> bool:
        """Whether the object's checksum will be a checksum of the parts' checksums."""
        return self.checksum_type == checksums.COMPOSITE

    @property
    def size(self) -> int:
        """Bytes of all parts: what the account is billed for while the upload is open."""
        return sum(part.size for part in self.parts.values())

    def __repr__(self) -> str:
        return (
            f"<MultipartUpload of {self.key!r}: {len(self.parts)} parts, {self.size} bytes, id {self.upload_id[:8]}…>"
        )


class EndedUpload:
    """What is remembered of an upload after Complete or Abort.

    A repeated Complete with the same `parts` answers as the first one did; a listing may use the id as its
    marker although the upload is gone. `write` is the bucket's count at the write of the object: as long as that is
    the key's last one, the object is still there. `answer` is None after an Abort. `ended` is when it ended.
    """

    __slots__ = ("answer", "ended", "key", "parts", "sequence", "write")

    def __init__(
        self,
        upload: MultipartUpload,
        parts: list[dict[str, Any]] | None = None,
        answer: Mapping[str, object] | None = None,
    ) -> None:
        self.key = upload.key
        self.sequence = upload.sequence
        self.ended = instant()
        self.write = 0
        self.parts = parts or []
        self.answer = answer
