"""The decisions: one page for each room, five lines for each decision, and an index that lists them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DECISIONS = Path(__file__).parent.parent / "docs" / "explanation" / "decisions"
INDEX = DECISIONS / "README.md"
PAGES = sorted(path for path in DECISIONS.glob("*.md") if path != INDEX)
LINES = ("Context", "Decision", "Why", "Consequences", "Source")


def decisions(page: Path) -> dict[str, str]:
    """Return the decisions of a page by their headings."""
    pieces = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(piece.split("\n", 1) for piece in pieces)


def anchor(heading: str) -> str:
    """Return the name by which a link finds a heading."""
    return re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_decision_has_its_five_lines(page: Path) -> None:
    assert decisions(page)
    for heading, text in decisions(page).items():
        assert tuple(re.findall(r"^- \*\*(\w+)\.\*\* ", text, flags=re.MULTILINE)) == LINES, heading


def test_the_index_lists_every_decision_in_the_order_of_its_page() -> None:
    _, _, listed = INDEX.read_text(encoding="utf-8").partition("\n## All decisions\n")
    shown = re.findall(r"^- \[(.+)\]\((.+)\)$", listed, flags=re.MULTILINE)
    there = [(heading, f"{page.name}#{anchor(heading)}") for page in PAGES for heading in decisions(page)]
    assert sorted(target for _, target in shown) == sorted(target for _, target in there)
    for page in PAGES:
        of_page = [link for link in shown if link[1].startswith(f"{page.name}#")]
        assert of_page == [link for link in there if link[1].startswith(f"{page.name}#")]
