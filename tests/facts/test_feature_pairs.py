"""The table of feature pairs: each row that is not assumed has a test that exists."""

from __future__ import annotations

import ast
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from fakecos.facts.feature_pairs import NAMES, PAIRS, SURE, Pair, how_sure

TESTS = Path(__file__).parents[1] / "contract"
PROMISES = Path(__file__).parents[2] / "fakecos" / "contract" / "promises"


@cache
def functions_of(file: str) -> set[str]:
    folder = TESTS if file.startswith("test_") else PROMISES
    tree = ast.parse((folder / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.first}, {pair.second}: {pair.test}")
def test_the_test_of_a_row_exists(pair: Pair) -> None:
    if not pair.test:
        assert pair.source == "assumed", f"{pair.answer} has a source, and no test"
        return
    file, _, function = pair.test.partition("::")
    assert function in functions_of(file), f"{file} has no {function}"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.first}, {pair.second}: {pair.test}")
def test_a_row_says_how_sure_it_is(pair: Pair) -> None:
    assert pair.source.split()[0].strip(":;,") in SURE
    assert pair.answer.endswith(".")


def test_the_features_of_a_row_are_in_the_order_of_the_page() -> None:
    # because: a pair that stands once as (a, b) and once as (b, a) would be two cells
    assert [pair for pair in PAIRS if NAMES.index(pair.first) >= NAMES.index(pair.second)] == []


def test_no_row_stands_twice() -> None:
    assert len({(pair.first, pair.second, pair.answer) for pair in PAIRS}) == len(PAIRS)


def test_every_pair_has_a_cell() -> None:
    cells = {pair: how_sure(*pair) for pair in combinations(NAMES, 2)}
    assert set(cells.values()) == set(SURE)
    assert how_sure("condition", "copy") == how_sure("copy", "condition") == "recorded"
    assert how_sure("tags", "range") == "assumed"  # no row has it
