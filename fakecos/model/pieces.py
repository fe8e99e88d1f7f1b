"""The pieces of a content that is not all in memory: looked at one at a time, and made then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from fakecos.model.synthetic_bytes import SyntheticBytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    Segment = bytes | memoryview | SyntheticBytes


class Pieces(Sequence["bytes | memoryview"]):
    """Bytes in order: those that are held as they are, and those that are not in pieces of their period."""

    __slots__ = ("_ends", "_segments")

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self._segments = segments
        self._ends = list(accumulate(map(_count, segments)))

    def __len__(self) -> int:
        return self._ends[-1]

    @overload
    def __getitem__(self, index: int) -> bytes | memoryview: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[bytes | memoryview]: ...
    def __getitem__(self, index: int | slice) -> bytes | memoryview | Sequence[bytes | memoryview]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        place = bisect_right(self._ends, index)
        segment = self._segments[place]
        if not isinstance(segment, SyntheticBytes):
            return segment
        return segment.piece(index - (self._ends[place - 1] if place else 0))

    def __iter__(self) -> Iterator[bytes | memoryview]:
        for segment in self._segments:
            if isinstance(segment, SyntheticBytes):
                yield from segment.pieces()
            else:
                yield segment


def merged(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the same bytes with synthetic ones that continue those before them as one: its digest is kept."""
    found: list[Segment] = []
    for segment in segments:
        before = found[-1] if found else None
        if isinstance(before, SyntheticBytes) and isinstance(segment, SyntheticBytes) and before.goes_on_in(segment):
            found[-1] = SyntheticBytes(before.seed, before.phase, before.size + segment.size)
        else:
            found.append(segment)
    return tuple(found)


def _count(segment: Segment) -> int:
    return segment.piece_count if isinstance(segment, SyntheticBytes) else 1
