"""Released libraries: what the page says of them is found again, where the same version is installed."""

from __future__ import annotations

import importlib
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from tests.explore.libraries.page import PAGE, page

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tools"))
explore_libraries: Any = importlib.import_module("explore_libraries")
sys.path.pop(0)

ROWS = json.loads(explore_libraries.FOUND.read_text())
KNOWN = {(act.library, act.name): act for act in explore_libraries.acts()}


def is_installed(row: dict[str, Any]) -> bool:
    """Whether the version of a row is here, and the client of S3 that it was explored with."""
    wanted = [(row["library"], row["version"]), *([tuple(row["with"].split())] if row["with"] else [])]
    try:
        return all(version(name) == number for name, number in wanted)
    except PackageNotFoundError:
        return False


def test_the_page_is_what_the_file_makes() -> None:
    """Source: our own promise: `python tools/explore_libraries.py --write` makes it."""
    assert PAGE.read_text(encoding="utf-8") == page(ROWS)


@pytest.mark.slow
@pytest.mark.loopback
@pytest.mark.parametrize("row", ROWS, ids=[f"{row['library']}-{row['act']}" for row in ROWS])
@pytest.mark.filterwarnings("ignore")
def test_what_the_page_says_is_found_again(row: dict[str, Any]) -> None:
    """Source: docs/explanation/explored-libraries.md."""
    if not is_installed(row):
        pytest.skip(f"{row['library']} {row['version']} is not installed")
    found = explore_libraries.explore(KNOWN[row["library"], row["act"]]).found
    kinds = sorted((one.kind, len(one.schedules)) for one in found.findings)
    assert kinds == sorted((one["kind"], one["runs"]) for one in row["findings"]), str(found)
