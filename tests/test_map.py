"""The pages that say where things are name files that exist: who follows them must not search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "tests" / "README.md",
    ROOT / "docs" / "facts" / "README.md",
    ROOT / "docs" / "invariants.md",
    ROOT / "docs" / "explanation" / "how-it-works.md",
    *sorted((ROOT / "docs" / "explanation" / "decisions").glob("*.md")),
]
NAMED = re.compile(
    r"(?<![\w./<>{}$:@-])(?:[\w.-]+/)*[\w.-]*(?:\w/|\w\.(?:py|json|toml|cfg|http))(?![\w<{*/.]*[\w<{*/])"
)
NO_FILES = {"utils.py"}  # a name that no file has


def paths(text: str) -> set[str]:
    """Return what looks like a path of the tree: a folder with its slash, or a file of code or settings."""
    return {
        found for found in NAMED.findall(re.sub(r"https?://\S+|\]\([^)]*\)", " ", text)) if "/" in found or "." in found
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_names_files_that_exist(page: Path) -> None:
    bases = (ROOT, ROOT / "fakecos", ROOT / "tests", page.parent)
    named = paths(page.read_text(encoding="utf-8")) - NO_FILES
    assert not sorted(path for path in named if not any((base / path).exists() for base in bases))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), f"a link to {target}, which is not there"
        assert not anchor or anchor in anchors(there), f"a link to #{anchor}, which {target} does not have"


def anchors(page: Path) -> set[str]:
    """Return the names by which links find the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_paths_are_found() -> None:
    text = (
        "`wire/route.py`, in fakecos/facts/ and `tests/<name>/`; https://a.b/c.py; [x](../y.py), `a.b()`, `GET /a/b`."
    )
    assert paths(text) == {"wire/route.py", "fakecos/facts/"}
