"""The addresses that messages and metadata give: from one place, and to pages that are there (law 12)."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fakecos import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", urls.TITLES)
def test_a_page_that_a_message_names_is_there_and_has_that_title(path: str) -> None:
    text = (ROOT / "docs" / f"{path}.md").read_text(encoding="utf-8")
    assert re.findall(r"^# (.+)$", text, re.MULTILINE)[0] == urls.TITLES[path]
    assert urls.page(path) == f'"{urls.TITLES[path]}", {urls.DOCUMENTATION}{path}/'


def test_the_metadata_has_the_same_addresses() -> None:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "setup.cfg", encoding="utf-8")
    named = dict(re.findall(r"^(\w+) = (\S+)$", metadata["metadata"]["project_urls"], re.MULTILINE))
    assert named == {
        "Documentation": urls.DOCUMENTATION,
        "Source": urls.REPOSITORY,
        "Issues": f"{urls.REPOSITORY}/issues",
        "Changelog": f"{urls.REPOSITORY}/blob/main/CHANGELOG.md",
    }


def test_no_address_of_the_project_is_written_anywhere_else() -> None:
    hosts = {urls.DOCUMENTATION.split("/")[2], urls.REPOSITORY.split("/", 2)[2]}
    found = {name for name, text in sources().items() if any(host in text for host in hosts)}
    assert found == {"fakecos/urls.py"}


def test_no_message_points_to_a_folder_that_an_installed_user_does_not_have() -> None:
    found = {name for name, text in sources().items() if any("docs/" in message for message in messages(text))}
    assert found == set()


def sources() -> dict[str, str]:
    """Return what the package and the plugin are written in, by file."""
    files = [path for folder in ("fakecos", "plugins") for path in (ROOT / folder).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def messages(text: str) -> Iterator[str]:
    """Yield the texts of a file that are no docstrings."""
    tree = ast.parse(text)
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value
