"""Tables that fit: keys lose their middle, ids their end, and columns give way in order."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from typing import Any

import pytest

from fakecos.service import text_table
from fakecos.service.journal import Journal, RecordedRequest
from fakecos.service.text_table import shortened, takes_color, terminal_width, width_of

NOON = dt.datetime(2026, 1, 2, 12, tzinfo=dt.timezone.utc)
LONG_KEY = "first/" + "k" * 240 + ".jpg"


def recorded(number: int = 1, **fields: Any) -> RecordedRequest:
    values: dict[str, Any] = {"error": None, "request_id": str(number), "attempt": 1, "status": 200}
    values.update(time=NOON, operation="PutObject", bucket="photos", key=f"{number}", upload_id=None, part_number=None)
    return RecordedRequest(**{**values, **fields})


def full_journal() -> Journal:
    """Return a journal with something long in every column."""
    journal = Journal()
    for number in range(1, 31):
        journal.add(
            recorded(
                number,
                operation="CompleteMultipartUpload",
                key=LONG_KEY,
                upload_id="u" * 128,
                part_number="10000",
                attempt=3,
                status=400,
                error="InvalidBucketAclWithBlockPublicAccessError",
                parameters={"Body": 5, "VersionId": "v" * 32, "Prefix": "p" * 300},
                fault="InRequest(Corrupt.flip_bit(offset=100000)), the second of three",
            )
        )
    return journal


@pytest.mark.parametrize("columns", [10, 60, 61, 72, 80, 100, 120, 200, 400])
def test_no_row_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = str(full_journal()).splitlines()
    assert len(lines) == 31
    assert max(map(len, lines)) <= max(columns, 60)
    assert all("Comp" in line for line in lines[1:])


def test_the_width_can_be_given_and_a_wide_table_is_as_wide_as_it_needs() -> None:
    journal = full_journal()
    assert max(map(len, journal.table(width=100).splitlines())) <= 100
    wide = journal.table(width=1000)
    assert LONG_KEY in wide
    assert "u" * 9 not in wide
    assert "v" * 9 not in wide


def test_a_long_key_keeps_both_ends() -> None:
    journal = Journal()
    journal.add(recorded(key=LONG_KEY))
    row = journal.table(width=80).splitlines()[1]
    assert " photos/first/kk" in row
    assert "k.jpg " in row
    assert "…" in row
    assert len(row) <= 80


def test_a_row_of_characters_that_cannot_be_printed_is_one_line() -> None:
    journal = Journal()
    journal.add(recorded(key="a\nb\x1b[31m" * 30))
    lines = journal.table(width=80).splitlines()
    assert len(lines) == 2
    assert "\x1b" not in lines[1]


def test_characters_that_are_two_columns_wide_fit_too() -> None:
    journal = Journal()
    for key in ("写真/" + "猫" * 200 + ".jpg", "😀" * 250, "e\u0301" * 250, "a.jpg"):
        journal.add(recorded(key=key))
    lines = journal.table(width=80).splitlines()
    assert max(map(width_of, lines)) <= 80
    assert ".jpg" in lines[1]
    assert {width_of(line[: line.index(" 200")]) for line in lines[1:]} == {width_of(lines[0].partition(" status")[0])}


def test_colors_are_asked_for() -> None:
    journal = Journal()
    journal.add(recorded(1))
    journal.add(recorded(2, status=404, error="NoSuchKey"))
    journal.add(recorded(3, status=503, error="SlowDown", fault="error('SlowDown')"))
    assert "\x1b" not in journal.table()
    _, fine, refused, faulted = journal.table(width=100, color=True).splitlines()
    assert "\x1b" not in fine
    assert refused.startswith("\x1b[31m")
    assert faulted.startswith("\x1b[33m")
    assert refused.endswith("NoSuchKey\x1b[0m")
    plain = [text_table.painted(line, "") for line in journal.table(width=100).splitlines()]
    assert plain == journal.table(width=100, color=False).splitlines()


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({}, False),  # pytest's stdout is no terminal
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "", "NO_COLOR": ""}, False),
    ],
)
def test_variables_say_whether_there_are_colors(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], wanted: bool
) -> None:
    # documented: no-color.org, force-color.org
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert takes_color() is wanted
    journal = Journal()
    journal.add(recorded(status=404, error="NoSuchKey"))
    assert ("\x1b" in journal.table(color=None)) is wanted


def test_texts_are_shortened_to_the_letter() -> None:
    assert shortened("abcdefghij", 10) == "abcdefghij"
    assert shortened("abcdefghij", 7) == "abc…hij"
    assert shortened("abcdefghij", 6) == "abc…ij"
    assert [shortened("abc", width) for width in (0, 1, 2)] == ["", "…", "a…"]


def test_a_terminal_is_taken_for_80_columns_where_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    # its second argument is what shutil returns where there is no terminal
    monkeypatch.setattr(shutil, "get_terminal_size", os.terminal_size)
    assert terminal_width() == 80
