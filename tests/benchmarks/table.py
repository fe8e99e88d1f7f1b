"""One line of a benchmark's table, and how the table is printed."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """What was measured, the figure as text, its target, and whether it is met (None: there is no target)."""

    what: str
    figure: str
    target: str = ""
    met: bool | None = None
    beside: str = ""


MARKS = {True: "met", False: "MISSED", None: ""}


def show(title: str, lines: list[Line]) -> None:
    """Print the lines under a title, aligned."""
    rows = [("", "figure", "target", "", "beside it")]
    rows += [(line.what, line.figure, line.target, MARKS[line.met], line.beside) for line in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{title}")
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True)


def at_most(what: str, value: float, limit: float, unit: str, beside: str = "") -> Line:
    """Make the line of a value that may not exceed its target."""
    space = "" if unit == "x" else " "
    return Line(what, f"{value:.2f}{space}{unit}", f"<= {limit:g}{space}{unit}", value <= limit, beside)
