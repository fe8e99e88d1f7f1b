"""Bytes of a SyntheticBody that a client read and sent as its own: they are known again, so no memory holds them.

That is how s3transfer sends a `Fileobj=`: it reads each part. Nothing is looked at before a SyntheticBody was read.
"""

from __future__ import annotations

from fakecos.model.content import Content
from fakecos.model.synthetic_bytes import PERIOD, SyntheticBytes, block, seeds_read

FROM = 64 * 1024
"""Bytes from which it is worth a look."""
_BEGINNING = 32
"""Bytes by which a place in the period is found."""


def recognised(content: Content) -> Content:
    """Return the same content without its bytes if these are known, else itself. Each byte is compared."""
    if not seeds_read or content.size < FROM or len(content.segments) != 1:
        return content
    (data,) = content.segments
    if not isinstance(data, bytes):
        return content
    found = next(filter(None, (_place(data, seed) for seed in list(seeds_read))), None)
    if found is None:
        return content
    made = Content((found,))
    made.set_digests_of(content)
    return made


def _place(data: bytes, seed: int) -> SyntheticBytes | None:
    whole = block(seed)
    phase = (whole + whole[:_BEGINNING]).find(data[:_BEGINNING])
    if phase < 0:
        return None
    found = SyntheticBytes(seed, phase % PERIOD, len(data))
    at = 0
    for piece in found.pieces():
        if data[at : at + len(piece)] != piece:
            return None
        at += len(piece)
    return found
