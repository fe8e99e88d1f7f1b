"""A file of known content and of any size, of which no byte is there before somebody reads it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from fakecos.facts.exceptions import UsageError
from fakecos.model.synthetic_bytes import SyntheticBytes, note_read
from fakecos.usage import explained_as

if TYPE_CHECKING:
    from fakecos.model.content import Content

    class BinaryFile(io.BufferedIOBase, BinaryIO):  # as every file of Python is for a type checker
        """What boto3-stubs takes for a body."""

else:
    BinaryFile = io.BufferedIOBase

EXAMPLE = "SyntheticBody(5 * 1024**4, seed=1)"


class SyntheticBody(BinaryFile):
    """A seekable file of `size` bytes that costs no memory: for a client's `Body=` and `Fileobj=`, and for `cos`.

    Its content is known: the byte at offset `o` is byte `o % 1_048_573` of the SHAKE-128 of the seed's decimal digits.
    Handed in as `Body=`, or to `cos.put_object` and `cos.start_upload`, it is stored without being read, and equal ones
    share their digests. Two are equal if they have the same size and seed, wherever they are read; each thread needs
    one of its own, as of a file. UsageError: `size` or `seed` is no whole number, or `size` is less than 0.
    """

    __module__ = "fakecos"

    @explained_as("SyntheticBody")
    def __init__(self, size: int, seed: int = 0) -> None:
        for name, value in (("size", size), ("seed", seed)):
            if type(value) is not int:
                message = f"SyntheticBody({name}={value!r}): it is a whole number, as in {EXAMPLE}."
                raise UsageError(message)
        if size < 0:
            message = f"SyntheticBody({size}): a size is a number of bytes, 0 at least."
            raise UsageError(message)
        self._bytes = SyntheticBytes(seed, 0, size)
        self._position = 0

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self._bytes.size

    @property
    def seed(self) -> int:
        """What its content is made of."""
        return self._bytes.seed

    @property
    def content(self) -> Content:
        """All of its bytes, to be read in pieces, as the `content` of what is stored."""
        return self._left(None, first=0)

    def rest(self) -> Content:
        """Return the bytes from where it is to its end, and move there: nothing is read."""
        self._require_open()
        taken = self._left(None)
        self._position += taken.size
        return taken

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most `size` bytes, everything left for None or -1. UsageError: as of `content.read`."""
        self._require_open()
        data = self._left(size).read()
        note_read(self.seed)
        self._position += len(data)
        return data

    def read1(self, size: int = -1, /) -> bytes:
        """Read: there is nothing below that could block."""
        return self.read(size)

    def readinto(self, buffer: Any, /) -> int:
        """Fill `buffer`, and return how many bytes it holds then."""
        target = memoryview(buffer).cast("B")
        data = self.read(len(target))
        target[: len(data)] = data
        return len(data)

    def readinto1(self, buffer: Any, /) -> int:
        """Read into a buffer: there is nothing below that could block."""
        return self.readinto(buffer)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset: from the start, from here, or from the end. ValueError: it is before the start."""
        self._require_open()
        if whence not in {io.SEEK_SET, io.SEEK_CUR, io.SEEK_END}:
            message = f"invalid whence ({whence}, should be 0, 1 or 2)"
            raise ValueError(message)
        place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if place < 0:
            message = f"negative seek value {place}"
            raise ValueError(message)
        self._position = place
        return place

    def tell(self) -> int:
        """Return the offset at which it is read next."""
        self._require_open()
        return self._position

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def _left(self, size: int | None, first: int | None = None) -> Content:
        """Return at most `size` bytes from where it is, or from an offset."""
        from fakecos.model.content import Content  # rarely needed: a test without very large objects has none of these

        first = min(self._position if first is None else first, self.size)
        end = self.size if size is None or size < 0 else min(first + size, self.size)
        return Content((self._bytes.slice(first, end),))

    def _require_open(self) -> None:
        if self.closed:
            message = "I/O operation on closed file."
            raise ValueError(message)

    def __eq__(self, other: object) -> bool:
        return self._bytes == other._bytes if isinstance(other, SyntheticBody) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __reduce__(self) -> tuple[Any, ...]:
        return SyntheticBody, (self.size, self.seed)

    def __repr__(self) -> str:
        seed = f", seed={self.seed}" if self.seed else ""
        return f"SyntheticBody({self.size}{seed})"
