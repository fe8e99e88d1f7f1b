"""The first differing offset of two bodies, however they are cut into pieces, and how it is shown."""

from __future__ import annotations

import random

import pytest

from fakecos.model.content import EMPTY, Content
from fakecos.testing.assertions.bodies import STEP, body_lines, first_difference


def naive(one: bytes, other: bytes) -> int | None:
    """Return the first differing offset, byte by byte."""
    for place in range(max(len(one), len(other))):
        if one[place : place + 1] != other[place : place + 1]:
            return place
    return None


def cut(data: bytes, numbers: random.Random) -> Content:
    places = sorted(numbers.sample(range(len(data) + 1), min(3, len(data))))
    return Content(memoryview(data)[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True))


def test_it_is_what_a_walk_over_the_bytes_finds() -> None:
    numbers = random.Random(7)
    for _ in range(500):
        one = numbers.randbytes(numbers.randint(0, 40))
        other = bytearray(one[: numbers.choice([len(one), numbers.randint(0, 40)])])
        if other and numbers.random() < 0.5:
            other[numbers.randrange(len(other))] ^= 1
        found = first_difference(cut(one, numbers), cut(bytes(other), numbers))
        assert found == naive(one, bytes(other))


@pytest.mark.parametrize("place", [0, STEP - 1, STEP, 2 * STEP + 6])
def test_large_bodies(place: int) -> None:
    data = bytearray(bytes(2 * STEP + 7))
    same = Content.of(bytes(data))
    data[place] = 1
    assert first_difference(same, Content.of(bytes(data))) == place
    assert first_difference(Content.of(bytes(data[:place])), Content.of(bytes(data))) == place


def test_both_sides_are_shown_around_it() -> None:
    expected = bytes(range(64))
    assert body_lines(Content.of(expected), Content.of(expected[:33] + b"\xff" + expected[34:])) == [
        "body: expected 64 bytes, stored 64 bytes; first difference at offset 33 (0x21)",
        "  expected  00000010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  |................|",
        "            00000020  20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f  | !\"#$%&'()*+,-./|",
        "  stored    00000010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  |................|",
        "            00000020  20 ff 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f  | .\"#$%&'()*+,-./|",
        "                         ^^",
    ]


def test_nothing_against_something() -> None:
    lines = body_lines(Content.of(b"abc"), EMPTY)
    assert "(ends before)" in lines[2]
    assert lines[-1] == "  stored is the beginning of expected, which has 3 bytes more"
    assert body_lines(EMPTY, EMPTY) == []
