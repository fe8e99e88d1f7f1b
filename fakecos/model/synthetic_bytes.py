"""Known bytes that no memory holds: any stretch of them is made when somebody reads it.

The byte at offset `o` of seed `s` is byte `o % PERIOD` of the SHAKE-128 (FIPS 202) of the seed's decimal digits. The
period is a prime number, so that bytes read at a wrong place differ from the right ones, unless they are a multiple of
the period away: offsets cut to 32 bits, and parts of any usual size in another order, are seen.
"""

from __future__ import annotations

import hashlib
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.facts.checksums import Algorithm

PERIOD = 1_048_573
"""Bytes after which the content repeats: the largest prime below 1 MiB."""
_MOST_SEEDS = 8

seeds_read: dict[int, None] = {}
"""The last seeds of which somebody has read bytes, which may come back."""


def note_read(seed: int) -> None:
    """Remember that bytes of a seed are about."""
    if seed not in seeds_read:
        for oldest in list(seeds_read)[: len(seeds_read) + 1 - _MOST_SEEDS]:
            seeds_read.pop(oldest, None)
        seeds_read[seed] = None


@lru_cache(_MOST_SEEDS)
def block(seed: int) -> bytes:
    """Return the bytes that a seed repeats."""
    return hashlib.shake_128(str(seed).encode("ascii")).digest(PERIOD)


class SyntheticBytes:
    """`size` bytes of a seed, from `phase` of its period on. A value: two are equal if their bytes are known to be."""

    __slots__ = ("phase", "seed", "size")

    def __init__(self, seed: int, first: int, size: int) -> None:
        self.seed = seed
        self.phase = first % PERIOD
        self.size = size

    def __len__(self) -> int:
        return self.size

    def slice(self, low: int, high: int) -> SyntheticBytes:
        """Return the bytes from offset `low` on, up to `high`, which is not among them."""
        return SyntheticBytes(self.seed, self.phase + low, high - low)

    def goes_on_in(self, other: SyntheticBytes) -> bool:
        """Whether another continues just where this one ends."""
        return self.seed == other.seed and (self.phase + self.size) % PERIOD == other.phase

    @property
    def piece_count(self) -> int:
        """How many pieces `piece` can make."""
        return (self.phase + self.size + PERIOD - 1) // PERIOD

    def piece(self, index: int) -> bytes | memoryview:
        """Return the bytes that are in one turn of the period; nothing is copied."""
        low = self.phase if index == 0 else 0
        high = min(self.phase + self.size - index * PERIOD, PERIOD)
        whole = block(self.seed)
        return whole if high - low == PERIOD else memoryview(whole)[low:high]

    def pieces(self) -> Iterator[bytes | memoryview]:
        """Yield all bytes."""
        return map(self.piece, range(self.piece_count))

    def digest(self, algorithm: Algorithm) -> bytes:
        """Return the raw digest. A CRC is combined from that of the period; any other one reads each byte, once."""
        if algorithm.combines:
            return _combined(algorithm, self)
        with _lock.held:  # threads that upload equal parts wait for the one that reads the bytes
            return _read(algorithm, self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SyntheticBytes):
            return NotImplemented
        return (self.seed, self.phase, self.size) == (other.seed, other.phase, other.size)

    def __hash__(self) -> int:
        return hash((self.seed, self.phase, self.size))

    def __repr__(self) -> str:
        return f"<SyntheticBytes of seed {self.seed}: {self.size} from {self.phase} on>"


class _Lock:
    held = threading.Lock()


_lock = _Lock()


def rearm_lock() -> None:
    """Replace the lock in a forked child, where another thread may have held it for ever."""
    _lock.held = threading.Lock()


@lru_cache(4096)
def _read(algorithm: Algorithm, content: SyntheticBytes) -> bytes:
    return algorithm.compute(content.pieces())


@lru_cache(4096)
def _combined(algorithm: Algorithm, content: SyntheticBytes) -> bytes:
    count = content.piece_count
    if count <= 2:  # noqa: PLR2004  no whole turn that could be there twice
        return algorithm.compute(content.pieces())
    first, last = content.piece(0), content.piece(count - 1)
    between = _repeated(algorithm, content.seed, count - 2)
    ends = [(algorithm.compute((end,)), len(end)) for end in (first, last)]
    return algorithm.combine((ends[0], *between, ends[1]))


def _repeated(algorithm: Algorithm, seed: int, times: int) -> list[tuple[bytes, int]]:
    """Return digests, with their lengths, that together are of the period as often as said: one for each bit."""
    found = []
    digest, size = _of_period(algorithm, seed), PERIOD
    while times:
        if times & 1:
            found.append((digest, size))
        digest, size = algorithm.combine(((digest, size), (digest, size))), 2 * size
        times >>= 1
    return found


@lru_cache(64)
def _of_period(algorithm: Algorithm, seed: int) -> bytes:
    return algorithm.compute((block(seed),))
