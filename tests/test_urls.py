"""The addresses that messages and metadata give: from one place, and to pages that are there (law 12)."""

from __future__ import annotations

import ast
import configparser
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import fakecos
from fakecos import faults, urls

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


def test_the_citation_has_the_same_version_and_addresses() -> None:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "setup.cfg", encoding="utf-8")
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    named = dict(re.findall(r"^([\w-]+): (\S+)$", text, re.MULTILINE))
    assert named["version"] == metadata["metadata"]["version"]
    assert named["license"] == metadata["metadata"]["license_expression"]
    assert (named["url"], named["repository-code"]) == (urls.DOCUMENTATION, urls.REPOSITORY)


def test_no_address_of_the_project_is_written_anywhere_else() -> None:
    hosts = {urls.DOCUMENTATION.split("/")[2], urls.REPOSITORY.split("/", 2)[2]}
    found = {name for name, text in sources().items() if any(host in text for host in hosts)}
    assert found == {"fakecos/urls.py"}


def test_no_message_points_to_a_folder_that_an_installed_user_does_not_have() -> None:
    spoken = {name: text for name, text in sources().items() if not name.startswith("fakecos/contract/promises")}
    found = {name for name, text in spoken.items() if any("docs/" in message for message in messages(text))}
    assert found == set()


@pytest.mark.parametrize("name", [*fakecos.__all__, *faults.__all__])
def test_no_public_docstring_points_to_a_folder_that_an_installed_user_does_not_have(name: str) -> None:
    """help() shows them: a page is named by its title, which is found on the web and in the repository."""
    for text in docstrings(getattr(fakecos, name, None) or getattr(faults, name)):
        assert "docs/" not in text, text
        assert set(re.findall(r'[Tt]he page "([^"]+)"', text)) <= set(urls.TITLES.values()), text


def docstrings(value: Any) -> Iterator[str]:
    """Yield the docstring of a public name, and of what it and its bases of ours have that is public."""
    yield inspect.getdoc(value) or ""
    for owner in value.__mro__ if isinstance(value, type) else ():
        if owner.__module__.startswith("fakecos"):
            members = [member for name, member in vars(owner).items() if not name.startswith("_")]
            yield from (inspect.getdoc(member) or "" for member in members)


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
