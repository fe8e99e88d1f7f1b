"""Text for reprs and messages: what is there, how many, and which numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.usage import close

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAREST = 3
LISTED = 10


def nearest(name: object, there: Iterable[object], nouns: str = "names") -> str:
    """Return the end of a sentence that says what is there, the names most like `name` first; `nouns`: what it is."""
    names = [str(other) for other in there]
    if not names:
        return f"there are no {nouns}"
    near = close(name, names, NEAREST)
    if near:
        return f"the nearest: {', '.join(map(repr, near))}"
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f"there are: {', '.join(names[:LISTED])}{more}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 part`, `10,000 parts`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def ranges(numbers: Iterable[int]) -> str:
    """Return ascending numbers in short: `1-3, 7`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
