"""What is kept of stores that were asked, and the page that shows it, hold together (tools/make_stores_page.py)."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from fakecos.contract.catalogue import promises
from fakecos.contract.results import DIFFERS, HOLDS, NOT_OFFERED, NOT_RUN, OUTCOMES, SAME

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "docs" / "facts" / "stores").glob("*.json"))
MOST_BYTES = 150_000
UNIX_PATH = re.compile(r"/(tmp|home|root|work)/")


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("make_stores_page", ROOT / "tools" / "make_stores_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


def test_the_page_shows_what_is_kept() -> None:
    text = TOOL.PAGE.read_text(encoding="utf-8")
    assert TOOL.made(text) == text, "python tools/make_stores_page.py"
    assert len(FILES) >= 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_kept_file_is_small_dated_and_adds_up(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert not UNIX_PATH.search(text)
    kept = json.loads(text)
    name = f"{kept['store'].lower().replace(' ', '-')}-{kept['release']}-{kept['date']}"
    assert file.stem == name
    assert TOOL.as_json(kept) == text
    assert set(kept["outcomes"]) == set(OUTCOMES)
    for outcome in OUTCOMES:
        assert sum(counts.get(outcome, 0) for counts in kept["promises"].values()) == kept["outcomes"][outcome]
    assert sum(kept["not_run"].values()) == kept["outcomes"][NOT_RUN]


def test_what_is_kept_of_a_run() -> None:
    rows = [
        {"id": "abort.one", "outcome": SAME, "why": ""},
        {"id": "abort.two[a[0]]", "outcome": DIFFERS, "why": "assert"},
        {"id": "abort.two[b]", "outcome": NOT_RUN, "why": "it is about http"},
        {"id": "ranges.one", "outcome": NOT_OFFERED, "why": ""},
        {"id": "ranges.two", "outcome": HOLDS, "why": ""},
    ]
    found = {"promises": rows, "date": "2026-11-29", "made_by": "fakecos 1", "dialect": "aws", "outcomes": {}}
    kept = TOOL.kept_of(found, {"store": "A store", "release": "1"})
    assert kept["promises"]["abort.two"] == {DIFFERS: 1, NOT_RUN: 1}
    assert kept["not_run"] == {"it is about http": 1}
    assert TOOL.by_area([kept]).splitlines() == [
        "| area | A store |",
        "| --- | ---: |",
        "| abort | 1 of 2 |",
        "| ranges | 1 of 2 |",
    ]


def test_promises_that_are_kept_are_promises_of_today() -> None:
    """Who renames a promise renames it there too, or asks the store again."""
    known = {promise.id for promise in promises()}
    for file in FILES:
        assert set(json.loads(file.read_text(encoding="utf-8"))["promises"]) <= known
