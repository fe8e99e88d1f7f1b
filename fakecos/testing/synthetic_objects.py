"""Synthetic objects that are too large for one PutObject: how they are cut into parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError
from fakecos.model.synthetic_bytes import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.facts.limits import ServiceLimits
    from fakecos.model.content import Content
    from fakecos.model.synthetic_body import SyntheticBody
    from fakecos.testing.views import PartView


def parts_of(body: SyntheticBody, limits: ServiceLimits) -> Iterator[Content]:
    """Yield parts of one size, but the last: of whole periods, so that all have the same bytes, and one digest.

    They are as small as the number of parts allows: their MD5 is all that has to be read.

    UsageError: they are too many.
    """
    turns = -(-max(body.size, 1) // (limits.max_parts * PERIOD))
    turns = max(turns, -(-limits.min_part_size // PERIOD))
    size = min(turns, limits.max_part_size // PERIOD) * PERIOD
    if size * limits.max_parts < body.size:
        most = f"{limits.max_parts:,} parts of {size:,} bytes"
        message = f"{body!r} does not fit into {most}, in which what is larger than one PutObject is stored by hand."
        raise UsageError(message)
    content = body.content
    return (content.cut(start, start + size) for start in range(0, body.size, size))


def checksum_members(part: PartView) -> dict[str, str]:
    """Return the checksum of a part as Complete wants it of an upload that named an algorithm."""
    return {f"Checksum{name}": value for name, value in part.checksums.items()}
