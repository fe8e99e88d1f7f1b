"""Bytes that were stored: immutable, held once, and digested at most once per algorithm."""

from __future__ import annotations

import _thread
from bisect import bisect_right
from typing import TYPE_CHECKING

from fakecos.facts import checksums

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.facts.checksums import Algorithm

SECOND_THREAD_FROM = 256 * 1024
"""Bytes from which digests are taken on two threads: it then saves all the time of the CRCs (measured: 9 %)."""


class Content:
    """An immutable sequence of bytes, made of one piece or, after a Complete, of its parts' pieces.

    `size` is the length in bytes, `pieces` what it is made of. Joining and slicing share the pieces: no byte is
    copied until somebody reads it.
    """

    __module__ = "fakecos"

    __slots__ = ("__weakref__", "_digests", "_starts", "pieces", "size")

    def __init__(self, pieces: Iterable[bytes | memoryview]) -> None:
        self.pieces: tuple[bytes | memoryview, ...] = tuple(filter(len, pieces))
        starts = []
        size = 0
        for piece in self.pieces:
            starts.append(size)
            size += len(piece)
        self._starts = starts
        self.size: int = size
        self._digests: dict[str, bytes] = {}

    @classmethod
    def of(cls, data: bytes) -> Content:
        """Wrap bytes without copying them."""
        return cls((data,))

    @classmethod
    def join(cls, contents: Iterable[Content]) -> Content:
        """Join contents by reference: time grows with their number, not their size."""
        return cls(piece for content in contents for piece in content.pieces)

    def read(self) -> bytes:
        """Return all bytes; the very object that was stored when there is only one."""
        if len(self.pieces) == 1:
            piece = self.pieces[0]
            return piece if isinstance(piece, bytes) else bytes(piece)
        return b"".join(self.pieces)

    def slice(self, first: int, last: int) -> Content:
        """Return the bytes from offset `first` to `last`, both inclusive, as views on the same pieces."""
        if first <= 0 and last >= self.size - 1:
            return self
        views: list[bytes | memoryview] = []
        index = max(bisect_right(self._starts, first) - 1, 0)
        while index < len(self.pieces) and self._starts[index] <= last:
            piece, start = self.pieces[index], self._starts[index]
            low, high = max(first - start, 0), min(last - start + 1, len(piece))
            whole = low == 0 and high == len(piece)
            views.append(piece if whole else memoryview(piece)[low:high])
            index += 1
        return Content(views)

    def digest(self, algorithm: Algorithm) -> bytes:
        """Return the raw digest, computed on the first call only."""
        known = self._digests.get(algorithm.name)
        if known is None:
            known = algorithm.compute(self.pieces)
            self._digests[algorithm.name] = known
        return known

    def take(self, algorithms: Iterable[Algorithm]) -> None:
        """Compute the digests that are still missing, in less time than one after the other.

        MD5 is the slowest by far and lets other threads run meanwhile, so from `SECOND_THREAD_FROM` bytes on it
        stays on the calling thread and all others go to a second one. Raises what the algorithms raise
        (`checksums.MissingExtraError`).
        """
        missing = [algorithm for algorithm in algorithms if algorithm.name not in self._digests]
        beside = self.size >= SECOND_THREAD_FROM and [each for each in missing if each is not checksums.MD5]
        if not beside or len(beside) == len(missing):
            for algorithm in missing:
                self.digest(algorithm)
            return
        second = _SecondThread(self, beside)
        self.digest(checksums.MD5)
        second.finish()

    def set_digest(self, algorithm: Algorithm, digest: bytes) -> None:
        """Record a digest found another way, for example combined from the parts' CRCs."""
        self._digests[algorithm.name] = digest

    def set_digests_of(self, other: Content) -> None:
        """Take over all digests that were taken of another content: those of the bytes as they once came."""
        self._digests.update(other._digests)

    @property
    def md5(self) -> bytes:
        """The raw 16 bytes of the MD5."""
        return self.digest(checksums.MD5)

    def __len__(self) -> int:
        return self.size

    def __repr__(self) -> str:
        return f"<Content {self.size} bytes in {len(self.pieces)} pieces>"


class _SecondThread:
    """Digests that are computed beside the caller's own work; `finish` waits, and raises what went wrong.

    Not a `threading.Thread`: its `start` waits until the other thread runs, and anycrc, which does not let other
    threads run, would be done before the MD5 here has begun.
    """

    __slots__ = ("_algorithms", "_content", "_done", "_error")

    def __init__(self, content: Content, algorithms: list[Algorithm]) -> None:
        self._content = content
        self._algorithms = algorithms
        self._error: BaseException | None = None
        self._done = _thread.allocate_lock()
        self._done.acquire()
        try:
            _thread.start_new_thread(self._run, ())
        except RuntimeError:  # no thread to be had, for example while the interpreter shuts down
            self._run()

    def _run(self) -> None:
        try:
            for algorithm in self._algorithms:
                self._content.digest(algorithm)
        except BaseException as error:  # noqa: BLE001  handed to the caller by finish
            self._error = error
        finally:
            self._done.release()

    def finish(self) -> None:
        self._done.acquire()
        if self._error is not None:
            raise self._error


EMPTY = Content(())
