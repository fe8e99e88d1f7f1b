"""Mutation testing finds a rule that no test holds (tools/mutate.py)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

TOOL = Path(__file__).parent.parent / "tools" / "mutate.py"
RULES = '''"""Rules."""

KINDS = ("apple", "pear")


def require_count(count: int) -> None:
    """Refuse less than one."""
    if count < 1:
        raise ValueError(count)


def require_kind(kind: str) -> None:
    """Refuse what is no kind."""
    if kind not in KINDS:
        raise ValueError(kind)
'''
TESTS = """import pytest
from house.rules import require_count, require_kind


def test_a_count():
    require_count(1)
    with pytest.raises(ValueError):
        require_count(0)


def test_a_kind():
    require_kind("apple")
"""


@pytest.fixture
def mutate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, for a house with one file of rules: that of the count is tested, and half of that of the kind."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take a second to load, for each mutant
    monkeypatch.setenv("PYTEST_PLUGINS", "xdist.plugin")
    for name, text in (("house/rules.py", RULES), ("house/__init__.py", ""), ("tests/test_rules.py", TESTS)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    spec = importlib.util.spec_from_file_location("mutate", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "mutate", module)  # its dataclass looks for itself there
    spec.loader.exec_module(module)
    for name, value in (("ROOT", tmp_path), ("KEPT", tmp_path / ".mutants"), ("ROOMS", ("house",))):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "REACH", tmp_path / ".mutants" / "reach.json")
    return module


def by_change(mutate: ModuleType) -> dict[str, str]:
    """Return the changed text by what was there and what is there instead."""
    return {f"{each.was} -> {each.now}": each.text for each in mutate.mutants_of(mutate.ROOT / "house/rules.py")}


def test_each_mutant_changes_one_place_of_the_code(mutate: ModuleType) -> None:
    changed = by_change(mutate)
    assert set(changed) == {
        *("\"apple\" -> ('applex')", "\"pear\" -> ('pearx')", "1 -> (2)"),
        *("count < 1 -> True", "count < 1 -> False", "count < 1 -> (count <= 1)"),
        *("kind not in KINDS -> True", "kind not in KINDS -> False", "kind not in KINDS -> (kind in KINDS)"),
        *("raise ValueError(count) -> pass", "raise ValueError(kind) -> pass"),
    }
    assert changed["count < 1 -> (count <= 1)"] == RULES.replace("count < 1", "(count <= 1)")
    assert changed["raise ValueError(kind) -> pass"] == RULES.replace("raise ValueError(kind)", "pass")
    assert RULES not in changed.values()


def test_the_tests_that_call_the_function_come_first_and_others_not_at_all(mutate: ModuleType) -> None:
    count, kind = "house/rules.py:require_count", "house/rules.py:require_kind"
    reach = {"both": [count, kind], "count": [count], "kind": [kind], "case[1]": [count], "neither": []}
    found = {each.function: mutate.tests_of(each, reach) for each in mutate.mutants_of(mutate.ROOT / "house/rules.py")}
    assert found == {
        "require_count": ["case[1]", "count", "both"],
        "require_kind": ["kind", "both"],
        "": ["case[1]", "count", "kind", "both"],  # a table: whoever calls anything of the file
    }


@pytest.mark.slow
def test_an_untested_rule_survives_and_a_tested_one_is_killed(
    mutate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    mutate.record_reach()
    assert capsys.readouterr().out == "2 tests call 2 functions\n"
    assert mutate.run(["house/rules.py"], seed=12, count=100, jobs=1) > 0
    *survived, last = capsys.readouterr().out.splitlines()
    assert last.endswith(f"{len(survived)} survived")
    assert not any("require_count" in line for line in survived)
    assert any("require_kind" in line or '"pear"' in line for line in survived)
    assert (mutate.ROOT / "house/rules.py").read_text() == RULES


@pytest.mark.slow
def test_tests_that_are_gone_kill_nothing(mutate: ModuleType) -> None:
    mutate.KEPT.mkdir()
    mutate.REACH.write_text('{"tests/test_rules.py::test_gone": ["house/rules.py:require_count"]}')
    with pytest.raises(SystemExit, match="Tests were renamed"):
        mutate.run(["house/rules.py"], seed=12, count=100, jobs=1)
