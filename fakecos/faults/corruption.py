"""What can happen to bytes and headers on their way, or while they lie on a disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError
from fakecos.misnamed import NamedType
from fakecos.usage import explain_calls

if TYPE_CHECKING:
    from fakecos.model.content import Content

OF_BYTES = frozenset({"flip", "cut", "short", "pad", "repeat"})
REQUEST_ONLY = frozenset({"trailer", "framing"})
ANSWER_ONLY = frozenset({"short", "etag", "checksum", "xml", "white_space"})
MOST = 5 * 1024**3
"""Bytes of the largest body of a request (documented: "Multipart upload limits"), and of what a fault adds to one."""


@explain_calls()
class Corrupt(metaclass=NamedType):
    """One corruption, made by the functions below. Offsets and sizes are in bytes, of the body without its framing.

    Of a request (`corrupt=`) bytes change after the client took its digests, and before the service checks them.
    Of an answer (`corrupt_answer=`) they change after the service made it, so that the client's checks see it.
    """

    __slots__ = ("_value", "at", "kind", "number")

    def __init__(self, kind: str, number: int = 0, at: int = 0, value: str | None = None) -> None:
        self.kind = kind
        self.number = number
        self.at = at
        self._value = value

    @staticmethod
    def flip(bit: int = 0) -> Corrupt:
        """Turn one bit round: `bit` counts from the first of the body, or with a minus sign from the last."""
        if type(bit) is not int:
            message = f"Corrupt.flip({bit!r}): it is the number of a bit."
            raise UsageError(message)
        return Corrupt("flip", bit)

    @staticmethod
    def cut(to: int) -> Corrupt:
        """Lose all but the first `to` bytes; the headers still promise the whole."""
        return Corrupt("cut", _not_negative(to))

    @staticmethod
    def short(to: int) -> Corrupt:
        """Give only the first `to` bytes, and a Content-Length that agrees. Of an answer only."""
        return Corrupt("short", _not_negative(to))

    @staticmethod
    def pad(size: int) -> Corrupt:
        """Add `size` zero bytes after the body. The Content-Length of an answer agrees."""
        return Corrupt("pad", _made(size))

    @staticmethod
    def repeat(size: int, at: int = 0) -> Corrupt:
        """Send the chunk of `size` bytes at offset `at` twice. The Content-Length of an answer agrees."""
        return Corrupt("repeat", _positive(size), _not_negative(at))

    @staticmethod
    def trailer(value: str | None) -> Corrupt:
        """Put `value` in the place of the checksum in the trailer, or with None leave the trailer out."""
        return Corrupt("trailer", value=value)

    @staticmethod
    def framing() -> Corrupt:
        """Break the framing of an aws-chunked body: the size of its first chunk is no number."""
        return Corrupt("framing")

    @staticmethod
    def etag(value: str | None) -> Corrupt:
        """Put `value` in the place of the answer's ETag just as it is, quotes and all; None leaves it out."""
        return Corrupt("etag", value=value)

    @staticmethod
    def checksum(value: str | None) -> Corrupt:
        """Put `value` in the place of the answer's checksum, in a header or the XML; None leaves it out."""
        return Corrupt("checksum", value=value)

    @staticmethod
    def xml() -> Corrupt:
        """Make the answer's XML end in the middle, with a Content-Length that agrees."""
        return Corrupt("xml")

    @staticmethod
    def white_space(size: int) -> Corrupt:
        """Put `size` spaces before the answer's XML, as S3 does to keep a connection alive. It is no error."""
        return Corrupt("white_space", _made(size))

    @property
    def value(self) -> str | None:
        """The text that is put in another's place."""
        return self._value

    def applies_to(self, size: int | None) -> bool:
        """Whether it changes a body of `size` bytes; None, a size that is not known yet, is taken for enough."""
        if size is None or self.kind in {"pad", "framing"}:
            return True
        if self.kind == "flip":
            return -size * 8 <= self.number < size * 8
        if self.kind in {"cut", "short"}:
            return self.number < size
        return self.at + self.number <= size if self.kind == "repeat" else size > 0

    def change(self, data: bytes | Content) -> bytes | Content:
        """Return the bytes as they arrive. A kind that is not about bytes returns them as they are."""
        if not isinstance(data, bytes):
            return self._changed_content(data)
        if self.kind == "flip":
            return flipped(data, self.number)
        if self.kind in {"cut", "short"}:
            return data[: self.number]
        if self.kind == "pad":
            return data + bytes(self.number)
        if self.kind == "repeat":
            end = self.at + self.number
            return data[:end] + data[self.at :]
        return data

    def _changed_content(self, content: Content) -> Content:
        """Do the same without reading what is not held."""
        if self.kind == "flip":
            return flipped_content(content, self.number)
        if self.kind in {"cut", "short"}:
            return content.cut(0, self.number)
        if self.kind == "pad":
            return content.join((content, content.of(bytes(self.number))))
        if self.kind == "repeat":
            return content.join((content.cut(0, self.at + self.number), content.cut(self.at, content.size)))
        return content

    def __repr__(self) -> str:
        if self.kind in {"trailer", "etag", "checksum"}:
            given = repr(self._value)
        elif self.kind == "repeat":
            given = f"{self.number}, at={self.at}" if self.at else str(self.number)
        else:
            given = "" if self.kind in {"framing", "xml"} else str(self.number)
        return f"Corrupt.{self.kind}({given})"


def flipped(data: bytes, bit: int) -> bytes:
    """Return a copy with one bit turned round. Raises IndexError if there is no such bit."""
    place = bit if bit >= 0 else len(data) * 8 + bit
    if place < 0:
        raise IndexError(bit)
    changed = bytearray(data)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def flipped_content(content: Content, bit: int) -> Content:
    """Do the same with a content that is not held, of which one byte is read."""
    place = (bit if bit >= 0 else content.size * 8 + bit) // 8
    if not 0 <= place < content.size:
        raise IndexError(bit)
    changed = flipped(content.cut(place, place + 1).read(), bit % 8)
    return content.join((content.cut(0, place), content.of(changed), content.cut(place + 1, content.size)))


def _positive(number: int) -> int:
    if type(number) is not int or number < 1:
        message = f"A corruption of {number!r} bytes: it is a whole number, 1 at least."
        raise UsageError(message)
    return number


def _made(number: int) -> int:
    """Return how many bytes are to be made. UsageError: they are more than one body of S3 has."""
    if _positive(number) > MOST:
        message = f"A corruption of {number} bytes: one body of S3 has {MOST} at most."
        raise UsageError(message)
    return number


def _not_negative(number: int) -> int:
    if type(number) is not int or number < 0:
        message = f"A corruption at {number!r} bytes: it is a whole number, 0 at least."
        raise UsageError(message)
    return number
