"""Bytes that were stored: immutable, held once, and digested at most once per algorithm."""

from __future__ import annotations

import _thread
import threading
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from fakecos.facts import checksums
from fakecos.facts.exceptions import UsageError
from fakecos.model.pieces import Pieces, merged
from fakecos.model.synthetic_bytes import SyntheticBytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fakecos.facts.checksums import Algorithm
    from fakecos.model.pieces import Segment

MOST_AT_ONCE = 4 * 1024**3
"""Bytes that are not held in memory and are read into it at once, at most."""
SECOND_THREAD_FROM = 256 * 1024
"""Bytes from which several digests are taken at once, which saves most of the time of the CRCs."""
BLOCK = 256 * 1024
"""Bytes that digests take in turns: they stay in a core's cache (measured: of 64 to 4,096 KiB the fastest)."""


class Content:
    """An immutable sequence of bytes, made of one piece or, after a Complete, of its parts' pieces.

    `size` is the length in bytes, `pieces` what it is made of. Joining and slicing share the pieces: no byte is
    copied until somebody reads it. Where `is_held` is False, some are of a SyntheticBody, and a piece of these is made
    when it is looked at. `segments` are the pieces as they are remembered.
    """

    __module__ = "fakecos"

    __slots__ = ("__weakref__", "_digests", "_starts", "is_held", "pieces", "segments", "size")

    def __init__(self, segments: Iterable[Segment]) -> None:
        self.segments: tuple[Segment, ...] = tuple(filter(len, segments))
        self.pieces: Sequence[bytes | memoryview] = self.segments  # type: ignore[assignment]  # if all are bytes
        self.is_held = True
        starts = []
        size = 0
        for segment in self.segments:
            starts.append(size)
            size += len(segment)
            if segment.__class__ is SyntheticBytes:
                self.is_held = False
        self._starts = starts
        self.size: int = size
        self._digests: dict[str, bytes] = {}
        if not self.is_held:
            self.segments = merged(self.segments)
            self._starts = [0, *accumulate(map(len, self.segments[:-1]))]
            self.pieces = Pieces(self.segments)

    @classmethod
    def of(cls, data: bytes) -> Content:
        """Wrap bytes without copying them."""
        return cls((data,))

    @classmethod
    def join(cls, contents: Iterable[Content]) -> Content:
        """Join contents by reference: time grows with their number, not their size."""
        return cls(segment for content in contents for segment in content.segments)

    def read(self) -> bytes:
        """Return all bytes; the very object that was stored when there is only one.

        UsageError: they are more than fit into memory at once, which only those of a SyntheticBody are.
        """
        if not self.is_held:
            self._require_room()
        if len(self.pieces) == 1:
            piece = self.pieces[0]
            return piece if isinstance(piece, bytes) else bytes(piece)
        return b"".join(self.pieces)

    def slice(self, first: int, last: int) -> Content:
        """Return the bytes from offset `first` to `last`, both inclusive, as views on the same pieces."""
        if first <= 0 and last >= self.size - 1:
            return self
        views: list[Segment] = []
        index = max(bisect_right(self._starts, first) - 1, 0)
        while index < len(self.segments) and self._starts[index] <= last:
            segment, start = self.segments[index], self._starts[index]
            low, high = max(first - start, 0), min(last - start + 1, len(segment))
            if low == 0 and high == len(segment):
                views.append(segment)
            elif isinstance(segment, SyntheticBytes):
                views.append(segment.slice(low, high))
            else:
                views.append(memoryview(segment)[low:high])
            index += 1
        return Content(views)

    def cut(self, first: int, end: int) -> Content:
        """Return the bytes from offset `first` up to `end`, which is not among them; there may be none."""
        return self.slice(first, end - 1) if min(end, self.size) > first else EMPTY

    def from_place(self, offset: int) -> Segment:
        """Return the segment in which an offset is, from there on."""
        index = bisect_right(self._starts, offset) - 1
        segment, low = self.segments[index], offset - self._starts[index]
        if isinstance(segment, SyntheticBytes):
            return segment.slice(low, len(segment))
        return memoryview(segment)[low:]

    def _require_room(self) -> None:
        if self.size > MOST_AT_ONCE:
            message = (
                f"{self.size:,} bytes of a SyntheticBody do not fit into memory: look at a range of them, as in "
                "cos.bucket(...).objects[...].content.slice(first, last).read(), or compare with a SyntheticBody."
            )
            raise UsageError(message)

    def digest(self, algorithm: Algorithm) -> bytes:
        """Return the raw digest, computed on the first call only."""
        known = self._digests.get(algorithm.name)
        if known is None:
            known = algorithm.compute(self.pieces) if self.is_held else self._computed(algorithm)
            self._digests[algorithm.name] = known
        return known

    def _computed(self, algorithm: Algorithm) -> bytes:
        """Return the digest of bytes that are not all held: equal ones share theirs."""
        if len(self.segments) == 1:
            return _digest_of(self.segments[0], algorithm)
        if algorithm.combines:
            return algorithm.combine((_digest_of(segment, algorithm), len(segment)) for segment in self.segments)
        return algorithm.compute(self.pieces)

    def take(self, algorithms: Iterable[Algorithm]) -> None:
        """Compute the digests that are still missing, in less time than one after the other.

        MD5 is the slowest by far. Where the calling thread is the only one, CRCs take turns with it, block by block:
        that is as fast on a machine with one free core as on an idle one. MD5 lets other threads run, and for each
        block would have to wait until they let go of the interpreter. So beside others it stays in one piece, and the
        CRCs go to a second thread; other hashes always do, since they let MD5 run meanwhile. Raises what the
        algorithms raise (`checksums.MissingExtraError`).
        """
        digests = self._digests
        if self.size < SECOND_THREAD_FROM:
            for algorithm in algorithms:
                if algorithm.name not in digests:
                    digests[algorithm.name] = algorithm.compute(self.pieces)
            return
        missing = [algorithm for algorithm in algorithms if algorithm.name not in digests]
        beside = [each for each in missing if each is not checksums.MD5] if self.is_held else []
        if not beside or len(beside) == len(missing):
            for algorithm in missing:
                self.digest(algorithm)
        elif threading.active_count() == 1 and all(each.combines for each in beside):
            found = checksums.md5_and_crcs(beside, self.pieces, BLOCK)
            digests.update(zip((each.name for each in (checksums.MD5, *beside)), found, strict=True))
        else:
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
        return f"<Content {self.size} bytes in {len(self.segments)} pieces>"


def _digest_of(segment: Segment, algorithm: Algorithm) -> bytes:
    return segment.digest(algorithm) if isinstance(segment, SyntheticBytes) else algorithm.compute((segment,))


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
