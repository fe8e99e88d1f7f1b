"""The pages of docs/reference say what the tables of the code say, all of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from fakecos.facts import checksums, errors, limits
from fakecos.facts.errors import ErrorSpec
from fakecos.facts.limits import Limits
from fakecos.operations.configurations.kinds import stored_only
from fakecos.operations.registry import operations
from fakecos.wire import model_overrides, service_model

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "reference"


def rows(page: str) -> list[list[str]]:
    """Return the cells of a page's table, without its head."""
    lines = [line for line in (PAGES / page).read_text().splitlines() if line.startswith("| ")]
    return [line.strip("| ").split(" | ") for line in lines[2:]]


def test_the_pages_that_are_made_are_current() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert made.returncode == 0, f"{made.stdout}{made.stderr}run `python tools/make_reference.py`"


def test_errors_has_every_row_of_the_table() -> None:
    specs = {id(spec): spec for spec in vars(errors).values() if isinstance(spec, ErrorSpec)}
    shown = sorted((row[0].strip("`"), row[1]) for row in rows("errors.md"))
    assert shown == sorted((spec.code, str(spec.status)) for spec in specs.values())
    assert all(row[-1].strip() for row in rows("errors.md"))


def test_limits_has_every_field_with_its_source() -> None:
    shown = {row[0].strip("`"): row[-1] for row in rows("limits.md") if row[0].startswith("`")}
    fixed = {name for name in vars(limits) if name.startswith(("MAX_", "MIN_"))}
    assert shown.keys() == {field.name for field in fields(Limits)} | fixed
    assert all(source.startswith(("recorded ", "documented", "public", "assumed")) for source in shown.values())


def test_checksums_has_every_algorithm() -> None:
    assert [row[0].strip("`") for row in rows("checksums.md")] == list(checksums.ALGORITHMS)


@pytest.mark.parametrize(("column", "table"), [(1, "aws"), (2, "ibm")])
def test_operations_has_every_operation_of_both_service_models(column: int, table: str) -> None:
    shown = {row[0].strip("`") for row in rows("operations.md") if row[column] == "yes"}
    assert shown == service_model.load(table).operations.keys()


def test_operations_says_which_are_implemented() -> None:
    shown = {row[0].strip("`"): row[3] for row in rows("operations.md")}
    implemented = {name for name, standing in shown.items() if not standing.startswith("refused")}
    assert implemented == operations().keys() | model_overrides.DEPRECATED_TWINS.keys()
    assert {name for name, standing in shown.items() if standing == "stored only"} - set(
        model_overrides.DEPRECATED_TWINS
    ) == stored_only()
