"""The documentation as a site: docs/README.md leads to every page, and what machines read leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fakecos import urls
from tests.test_map import anchors

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """tools/make_site.py: what builds the site needs a package of its own, what prepares the pages does not."""
    spec = importlib.util.spec_from_file_location("make_site", ROOT / "tools" / "make_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = sys.path.copy()
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_the_index_leads_to_every_page(tool: ModuleType) -> None:
    shown = tool.pages_of(tool.navigation(tool.index()))
    assert len(shown) == len(set(shown))
    there = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES}
    assert set(shown) == there | set(tool.INCLUDED.values())


def test_the_left_side_has_the_four_kinds(tool: ModuleType) -> None:
    titles = [section.title for section in tool.index()]
    assert titles == ["Learn", "How-to", "Reference", "Explanation", "Contribute"]
    for section in tool.index()[:4]:
        folder = {"Learn": "tutorial", "How-to": "how-to/", "Reference": "reference/"}.get(section.title, "")
        assert section.pages
        assert all(page.startswith(folder) for page in section.pages)


def test_a_link_to_what_is_no_page_leads_to_the_repository(tool: ModuleType) -> None:
    text = tool.written("how-to/run-a-script.md")
    assert f"({urls.REPOSITORY}/blob/main/docs/examples/upload_in_parts.py)" in text
    assert f"({urls.REPOSITORY}/tree/main/docs/examples)" in tool.written("README.md")
    assert "(contributing.md)" in tool.written("README.md")


def test_code_keeps_what_looks_like_a_link(tool: ModuleType) -> None:
    text = "[a](b.md) `[a](b.md)`\n\n```text\n[a](b.md)\n```\n\n[`a`](b.md)\n"
    moved = tool.outside_of_code(text, lambda found: f"<{found['text']}>")
    assert moved == "<a> `[a](b.md)`\n\n```text\n[a](b.md)\n```\n\n<`a`>\n"


def test_pages_for_machines_have_whole_addresses_only(tool: ModuleType) -> None:
    text = tool.written("tutorial.md", absolute=True)
    plain = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert all("://" in link or link.startswith("#") for link in re.findall(r"\]\(([^)]+)\)", plain))
    assert tool.first_words("# A\n\n[One](b.md) word\nis here. Another.\n") == "One word is here."


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_an_anchor_in_a_link_is_a_heading_of_that_page(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]*)\)", text):
        there = page.parent / target if target else page
        assert anchor in anchors(there), f"a link to #{anchor}, which {target or 'the page'} does not have"


def test_the_addresses_of_the_site_are_those_of_the_messages(tool: ModuleType) -> None:
    assert [tool.address_of(f"{page}.md") for page in urls.TITLES] == [urls.address(page) for page in urls.TITLES]
    assert not re.search(r"^(site|repo)_url:", (ROOT / "docs" / "site" / "mkdocs.yml").read_text(), re.MULTILINE)
