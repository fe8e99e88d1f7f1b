"""Tables of text that fit their place: which columns give way when they do not, and both ends of what is too long."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNKNOWN_WIDTH = 80
NARROWEST = 60
GAP = "  "
INDENTED = 10
"""By how much a table in an AssertionError is narrower: what pytest puts before each line, and our own two spaces."""
NAME_WIDTH = 80
ID_SHOWN = 8
"""How much of an upload id, a version id or a request id is shown: enough to tell them apart."""

RED = "\x1b[31m"
YELLOW = "\x1b[33m"
_PLAIN = "\x1b[0m"


class Narrowing(NamedTuple):
    """One step to make a table narrower: a column gets no wider than `width`; 0 leaves it out."""

    column: str
    width: int


def terminal_width() -> int:
    """Return how many characters a line may have: as wide as the terminal, 80 if that is unknown, at least 60."""
    return max(shutil.get_terminal_size((UNKNOWN_WIDTH, 24)).columns, NARROWEST)


def takes_color() -> bool:
    """Whether to write in colors to stdout: if it is a terminal. NO_COLOR and FORCE_COLOR say otherwise.

    Both count if they are set and not empty (documented: no-color.org, force-color.org).
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: Chinese characters and emoji two, combining marks none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def shortened(text: str, width: int) -> str:
    """Return both ends of a text that is wider than `width`: names differ at their ends."""
    if width_of(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    tail = (width - 1) // 2
    return f"{_beginning(text, width - 1 - tail)}…{_beginning(text[::-1], tail)[::-1]}"


def clipped(text: str, width: int) -> str:
    """Return the beginning of a text that is wider than `width`."""
    return text if width_of(text) <= width else f"{_beginning(text, width - 1)}…"


def _beginning(text: str, width: int) -> str:
    text = text[: 2 * width]  # no more than that can matter, but for combining marks
    while width_of(text) > width:
        text = text[:-1]
    return text


def short_id(text: str) -> str:
    """Return the beginning of an id, by which a person tells ids apart."""
    return text if len(text) <= ID_SHOWN + 1 else f"{text[:ID_SHOWN]}…"


def painted(line: str, color: str) -> str:
    """Return a line in a color of the terminal; "" leaves it as it is."""
    return f"{color}{line}{_PLAIN}" if color else line


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    steps: Iterable[Narrowing] = (),
    *,
    width: int,
    right: frozenset[str] = frozenset(),
    clips: frozenset[str] = frozenset(),
    keeps: bool = False,
) -> list[str]:
    """Return the headings and the rows, a line each; a column in which nothing stands is left out.

    Where a line would be wider than `width`, the steps are taken one after the other, each no further than is needed;
    where one leaves a column out, the others have its room.
    `right` names the columns of numbers, `clips` those that lose their end, and not their middle. `keeps`: a line that
    is still too wide stays so.
    """
    widths = {
        place: max(width_of(row[place]) for row in (headings, *rows))
        for place, _ in enumerate(headings)
        if any(row[place] for row in rows)
    }
    natural, taken = dict(widths), list[Narrowing]()
    for step in steps:
        column, least = step
        place = headings.index(column)
        excess = sum(widths.values()) + len(GAP) * (len(widths) - 1) - width
        if excess <= 0:
            break
        taken.append(step)
        if least == 0:
            widths.pop(place, None)
        elif place in widths:
            widths[place] = min(widths[place], max(widths[place] - excess, least))
    _give_back(widths, natural, [headings.index(column) for column, _ in reversed(taken)], width)
    lines = [_line(headings, row, widths, right, clips) for row in (headings, *rows)]
    return lines if keeps else [clipped(line, width) for line in lines]


def _give_back(widths: dict[int, int], natural: dict[int, int], places: Iterable[int], width: int) -> None:
    """Let columns that gave way be wider again where a later step left more room than was needed, the last first."""
    left = width - sum(widths.values()) - len(GAP) * (len(widths) - 1)
    for place in places:
        if place in widths:
            more = max(min(natural[place] - widths[place], left), 0)
            widths[place] += more
            left -= more


def _line(
    headings: Sequence[str], row: Sequence[str], widths: dict[int, int], right: frozenset[str], clips: frozenset[str]
) -> str:
    cells = []
    for place, width in widths.items():
        text = (clipped if headings[place] in clips else shortened)(row[place], width)
        space = " " * (width - width_of(text))
        cells.append(space + text if headings[place] in right else text + space)
    return GAP.join(cells).rstrip()
