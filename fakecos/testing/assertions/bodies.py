"""Two bodies, compared without joining or copying them whole, and shown where they first differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.content import Content
from fakecos.model.synthetic_body import SyntheticBody
from fakecos.model.synthetic_bytes import SyntheticBytes
from fakecos.testing.text import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STEP = 1024 * 1024
ROW = 16
ROWS_AROUND = 1


def content_of(body: bytes | bytearray | memoryview | SyntheticBody | Content) -> Content:
    """Return bytes as Content."""
    if isinstance(body, SyntheticBody):
        return body.content
    return body if isinstance(body, Content) else Content.of(bytes(body))


def first_difference(one: Content, other: Content) -> int | None:
    """Return the first offset at which two bodies differ, where one of them ends too; None if they are equal."""
    if one is other:
        return None
    place, end = 0, min(one.size, other.size)
    while place < end:
        step = _known_equal(one, other, place)
        if not step:
            step = min(STEP, end - place)
            chunk, beside = one.cut(place, place + step).read(), other.cut(place, place + step).read()
            if chunk != beside:
                return place + _offset(chunk, beside)
        place += step
    return None if one.size == other.size else end


def _known_equal(one: Content, other: Content, place: int) -> int:
    """Return how many bytes from an offset on are the same without a look: those that nobody holds."""
    if one.is_held or other.is_held:
        return 0
    first, second = one.from_place(place), other.from_place(place)
    if not isinstance(first, SyntheticBytes) or not isinstance(second, SyntheticBytes):
        return 0
    size = min(len(first), len(second))
    return size if first.slice(0, size) == second.slice(0, size) else 0


def _offset(one: bytes, other: bytes) -> int:
    """Return where two different chunks first differ, by halving."""
    low, high = 0, min(len(one), len(other)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle
    return low


def body_lines(expected: Content, there: Content, names: Sequence[str] = ("expected", "stored")) -> list[str]:
    """Return how two bodies differ: sizes, the first differing offset, and both sides around it; [] if they do not."""
    at = first_difference(expected, there)
    if at is None:
        return []
    sizes = f"{names[0]} {count(expected.size, 'byte')}, {names[1]} {count(there.size, 'byte')}"
    lines = [f"body: {sizes}; first difference at offset {at:,} (0x{at:x})"]
    width = max(map(len, names))
    for name, content in zip(names, (expected, there), strict=True):
        rows = list(_rows(content, at))
        lines += [f"  {name if not place else '':<{width}}  {row}" for place, row in enumerate(rows)]
    marker = " " * (2 + width + 2 + len("00000000  ") + 3 * (at % ROW))
    return [*lines, f"{marker}^^", *_relation(expected, there, at, names)]


def _rows(content: Content, at: int) -> Iterator[str]:
    """Yield rows of 16 bytes, the last of which holds the offset."""
    middle = at - at % ROW
    for start in range(max(middle - ROWS_AROUND * ROW, 0), middle + 1, ROW):
        data = content.slice(start, start + ROW - 1).read() if start < content.size else b""
        digits = data.hex(" ").ljust(3 * ROW - 1) if data else "(ends before)".ljust(3 * ROW - 1)
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in data)  # noqa: PLR2004  printable ASCII
        yield f"{start:08x}  {digits}  |{text}|"


def _relation(expected: Content, there: Content, at: int, names: Sequence[str]) -> list[str]:
    shorter, longer = sorted((expected, there), key=lambda content: content.size)
    if at != shorter.size:
        return []
    short, long = names if shorter is expected else (names[1], names[0])
    more = count(longer.size - shorter.size, "byte")
    return [f"  {short} is the beginning of {long}, which has {more} more"]
