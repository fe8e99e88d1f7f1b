"""Every rule that the code calls assumed or reported has a promise that asks for it, or a reason why none can."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from fakecos.contract import promises
from fakecos.contract.instances import instances_of
from fakecos.facts import errors
from fakecos.facts.check_order import ORDERS
from tools.marks import facts, table
from tools.marks.entry import REASONS, Entry, asked, never
from tools.marks.scan import MARK, Mark, marks_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULES = '''
"""A file. Its own rule is assumed."""
TABLE = {
    "one": row("Row", "assumed"),
    "two": 2,  # reported
}
PAIRS = (pair(A, B, "What is answered.", "assumed; else recorded"),)
# What stands above
# a constant: assumed. Another sentence.
NUMBER = 3
"""A rule of the number (assumed)."""


class Thing:
    def rule(self) -> None:
        """Do it. That it is done twice is assumed."""
        done()  # assumed too


def nothing(is_assumed: bool) -> None:
    """An assumption, which is unassumed."""
'''


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], list[Mark]]:
    def write(text: str) -> list[Mark]:
        path = tmp_path / "rules.py"
        path.write_text(dedent(text), encoding="utf-8")
        return marks_of(path, tmp_path)

    return write


def test_marks_are_found_with_a_place_that_does_not_move(written: Callable[[str], list[Mark]]) -> None:
    found = written(RULES)
    assert [(mark.place, mark.words) for mark in found] == [
        ("", "Its own rule is assumed."),
        ("TABLE.one", "assumed"),
        ("TABLE", '"two": 2, # reported'),
        ("PAIRS.What is answered.", "assumed; else recorded"),
        ("NUMBER", "What stands above a constant: assumed."),
        ("NUMBER", "A rule of the number (assumed)."),
        ("Thing.rule", "That it is done twice is assumed."),
        ("Thing.rule", "done() # assumed too"),
    ]
    moved = written("\n\n# a line more\n" + RULES.replace("A file. ", ""))
    assert [(mark.place, mark.words) for mark in moved] == [(mark.place, mark.words) for mark in found]


@pytest.mark.parametrize("room", table.ROOMS)
def test_every_mark_has_an_entry_and_every_entry_a_mark(room: str) -> None:
    assert table.problems(room) == [], "python tools/marks/table.py writes the entries that are missing"


@pytest.mark.parametrize("operation", facts.BROKEN_IN_PAIRS)
def test_each_place_that_is_assumed_is_broken_with_a_neighbour(operation: str) -> None:
    # because: the entries of the orders of checks are made, and none may name a promise that does not ask
    (promise,) = [one for one in promises() if one.id == f"order_of_checks.{facts.BROKEN_IN_PAIRS[operation]}"]
    broken = {name for case in instances_of(promise) for name in case.values["pair"].id.split(" before ")}
    names = {id(row): name for name, row in vars(errors).items()}
    order = ORDERS[operation]
    for check in order.checks[order.like[1] if order.like else 0 :]:
        if MARK.search(check.source) and not check.text.startswith(tuple(facts.OTHER_PLACES)):
            assert broken & {names[id(row)] for row in check.rows}, check.text


def test_a_table_that_is_not_right_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    file, place = "fakecos/facts/iam.py", "REFRESH_LIFETIME"
    words = "30 * 24 * 3600 # assumed"

    def told(*entries: Entry) -> list[str]:
        monkeypatch.setitem(table.ROOMS, file, {file: entries})
        return [line for line in table.problems(file) if place in line]

    assert "asked('REFRESH_LIFETIME'" in told()[0]
    assert "no promise abort.no_such" in told(asked(place, words, "abort.no_such"))[0]
    assert "neither" in told(asked(place, words))[0]
    assert "no reason of the list" in told(never(place, words, "nobody knows"))[0]
    assert "0 marks" in "".join(told(never(place, "40 * 24", REASONS[0])))
    settled = "abort.the_answer_is_204_and_empty"
    assert f"{settled} does not say" in told(asked(place, words, settled))[0]
    assert told(never(place, words, REASONS[0])) == []
