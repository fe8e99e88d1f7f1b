"""Rules that nobody has recorded: each is listed with the command that would settle it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fakecos.cli.main import main
from fakecos.contract import promises
from fakecos.contract.selection import chosen

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "unsettled.md"
UNSETTLED = [one for one in promises() if one.is_unsettled]


def test_what_is_assumed_or_reported_or_has_no_source_is_unsettled() -> None:
    assert {word for one in UNSETTLED for word in one.said} >= {"assumed", "reported"}
    assert not [one.id for one in promises() if not one.is_unsettled and {"assumed", "reported"} & set(one.said)]


def test_the_page_has_a_command_for_each_of_them_and_for_no_other() -> None:
    text, _, _ = PAGE.read_text(encoding="utf-8").partition("## The rules in the code")
    asked = re.findall(r"`fakecos verify (?:--dialect ibm )?--only '([^']*)'`", text)
    assert asked == [one.id for one in UNSETTLED]


def test_each_command_chooses_the_cases_of_its_promise_and_no_others() -> None:
    found = re.findall(r"`fakecos verify (?:--dialect (ibm) )?(--only [^`]*)`", PAGE.read_text(encoding="utf-8"))
    assert found
    for dialect, globs in found:
        names = re.findall(r"--only '([^']*)'", globs)
        assert {each.promise.id for each in chosen(names, dialect or "aws", large=True)} == set(names)


def test_how_sure_a_rule_is_chooses_promises_too() -> None:
    found = [each.promise for each in chosen([], "aws", large=True, sure=["assumed"])]
    assert found
    assert all("assumed" in one.said for one in found)
    both = [each.promise for each in chosen(["sub_resources.*"], "aws", large=True, sure=["public", "assumed"])]
    assert both
    assert {one.area for one in both} == {"sub_resources"}


def test_a_word_that_says_nothing_of_how_sure_a_rule_is_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["verify", "--sure", "guessed"])
    assert "'recorded', 'documented', 'public', 'reported', 'assumed'" in capsys.readouterr().err
