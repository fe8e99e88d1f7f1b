"""TO_STRING: a timestamp in a pattern of letters (documented: date functions)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.timestamps import zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.operations.select_object_content.timestamps import Timestamp

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PIECE = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+", re.DOTALL)
_NANOSECONDS = 9
_HALF_DAY = 12


def _month(timestamp: Timestamp) -> str:
    return MONTHS[timestamp.local.month - 1]


def _twelve(timestamp: Timestamp) -> int:
    return timestamp.local.hour % _HALF_DAY or _HALF_DAY


SYMBOLS: dict[str, Callable[[Timestamp], str]] = {
    "yy": lambda it: f"{it.local.year % 100:02}",
    "y": lambda it: str(it.local.year),
    "yyyy": lambda it: f"{it.local.year:04}",
    "M": lambda it: str(it.local.month),
    "MM": lambda it: f"{it.local.month:02}",
    "MMM": lambda it: _month(it)[:3],
    "MMMM": _month,
    "MMMMM": lambda it: _month(it)[0],
    "d": lambda it: str(it.local.day),
    "dd": lambda it: f"{it.local.day:02}",
    "a": lambda it: "AM" if it.local.hour < _HALF_DAY else "PM",
    "h": lambda it: str(_twelve(it)),
    "hh": lambda it: f"{_twelve(it):02}",
    "H": lambda it: str(it.local.hour),
    "HH": lambda it: f"{it.local.hour:02}",
    "m": lambda it: str(it.local.minute),
    "mm": lambda it: f"{it.local.minute:02}",
    "s": lambda it: str(it.local.second),
    "ss": lambda it: f"{it.local.second:02}",
    "n": lambda it: str(int(it.fraction.ljust(_NANOSECONDS, "0")[:_NANOSECONDS])),
    "X": lambda it: zone_of(it.offset or 0, "", zero="Z", minutes=False),
    "XX": lambda it: zone_of(it.offset or 0, "", zero="Z"),
    "XXX": lambda it: zone_of(it.offset or 0, ":", zero="Z"),
    "x": lambda it: zone_of(it.offset or 0, "", minutes=False),
    "xx": lambda it: zone_of(it.offset or 0, ""),
    "xxx": lambda it: zone_of(it.offset or 0, ":"),
}
SYMBOLS.update({"XXXX": SYMBOLS["XX"], "XXXXX": SYMBOLS["XXX"], "xxxx": SYMBOLS["xx"], "xxxxx": SYMBOLS["xxx"]})


def formatted(timestamp: Timestamp, pattern: str) -> str:
    """Return a timestamp in a pattern; what stands in single quotes stands for itself.

    Raises EvaluatorInvalidTimestampFormatPatternSymbol for letters that mean nothing, and
    EvaluatorUnterminatedTimestampFormatPatternToken for a quote that does not end.
    """
    text, at = "", 0
    while at < len(pattern):
        match = _PIECE.match(pattern, at)
        if match is None:
            raise S3Error(errors.SELECT_OPEN_PATTERN)
        piece, at = match.group(), match.end()
        if piece[0] == "'":
            text += match.group(1).replace("''", "'") or "'"
        elif not piece[0].isalpha() or not piece.isascii():
            text += piece
        elif set(piece) == {"S"}:
            text += timestamp.fraction.ljust(len(piece), "0")[: len(piece)]
        elif piece in SYMBOLS:
            text += SYMBOLS[piece](timestamp)
        else:
            raise S3Error(errors.SELECT_PATTERN_SYMBOL)
    return text
