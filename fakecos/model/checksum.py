"""The checksum that is stored with an object: which algorithm, of which type, and its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts import checksums

if TYPE_CHECKING:
    from fakecos.facts.checksums import Algorithm


class Checksum(NamedTuple):
    """A stored checksum.

    `type` is COMPOSITE or FULL_OBJECT, `digest` the raw bytes, `parts` the number after the dash of a
    COMPOSITE value, None for FULL_OBJECT.
    """

    algorithm: Algorithm
    type: str
    digest: bytes
    parts: int | None = None

    @property
    def value(self) -> str:
        """The base64 text without a suffix, as GetObjectAttributes gives it (recorded aws-multipart 36)."""
        return self.algorithm.encode(self.digest)

    @property
    def text(self) -> str:
        """The text of every other answer: `value-N` for a COMPOSITE one."""
        return self.value if self.parts is None else f"{self.value}-{self.parts}"

    @property
    def is_full_object(self) -> bool:
        """Whether the value is the digest of the object's bytes."""
        return self.type == checksums.FULL_OBJECT
