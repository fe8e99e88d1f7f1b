"""Numbers as they stand in headers and queries: decimal digits of ASCII and nothing else.

Python's int() also takes other digits, signs, blanks and underscores, and raises for more than 4,300 digits
(aws-changes 25).
"""

from __future__ import annotations

LONGEST = 20  # digits: what fits 64 bits, and no more work than that
BEYOND = 10**LONGEST
"""Stands for every number that has more digits: it is larger than any size, offset or count."""


def natural(text: str) -> int | None:
    """Return the number that digits spell, `BEYOND` if they are too many, and None for anything else."""
    if not (text.isascii() and text.isdigit()):
        return None
    if len(text) <= LONGEST:
        return int(text)
    digits = text.lstrip("0") or "0"
    return int(digits) if len(digits) <= LONGEST else BEYOND
