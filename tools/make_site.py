"""Build the documentation as a site, and check it: `python tools/make_site.py`, in an environment that has zensical.

docs/README.md is the index: its bold words are the sections of the site, and its links the pages in their order. A page
that it does not lead to is an error, and so is a warning of the builder, a link or an anchor that leads nowhere, and an
address in a message of fakecos that is not on the site. What is made stands in build/site/html.
"""

from __future__ import annotations

import argparse
import ast
import html.parser
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from fakecos import urls  # noqa: E402  the tree, not what may be installed

DOCS = ROOT / "docs"
BUILD = ROOT / "build" / "site"
SITE = BUILD / "html"
HOME = "README.md"
BLOB = f"{urls.REPOSITORY}/blob/main/"
TREE = f"{urls.REPOSITORY}/tree/main/"
LINK = re.compile(r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[ \t]*$|(?P<ticks>`+).+?(?P=ticks)", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"\[([^\]]+)\]\(([^)#\s]+\.md)\)")
WIDE = "---\nhide:\n  - toc\n---\n\n"
"""Before a page without headings: it is one table, which may have the room of the list of headings."""
INCLUDED = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""Pages of the tree that are pages of the site too, by where they stand there."""


class Section(NamedTuple):
    """A part of the index: what it is called, what the index says, and the pages to which that leads."""

    title: str
    text: str
    pages: list[str]


SECTIONS = {
    "Learn it": "Learn",
    "Get something done": "How-to",
    "Look something up": "Reference",
    "Understand it": "Explanation",
    "Change it": "Contribute",
}
"""The bold words of docs/README.md, and how the left side of the site calls them."""


def index() -> list[Section]:
    """Return the sections of docs/README.md, with the pages below each in its order."""
    text = (DOCS / HOME).read_text(encoding="utf-8")
    pieces = re.split(r"^\*\*(.+?)\.\*\*", text, flags=re.MULTILINE)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if list(found) != list(SECTIONS):
        sys.exit(f"docs/README.md has the sections {list(found)}, and not {list(SECTIONS)}")
    taken: set[str] = set()
    sections = []
    for words, title in SECTIONS.items():
        pages = []
        for _, target in ENTRY.findall(found[words]):
            page = on_site(HOME, target)
            if page and page not in taken:
                taken.add(page)
                pages.append(page)
        sections.append(Section(title, found[words], pages))
    return sections


def on_site(page: str, target: str) -> str:
    """Return the page of the site to which a link of a page below docs/ leads, as its path there; empty if none."""
    path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), target))
    if path in INCLUDED:
        return INCLUDED[path]
    inside = path.removeprefix("docs/")
    return inside if inside != path and (DOCS / inside).suffix == ".md" and (DOCS / inside).is_file() else ""


def navigation(sections: list[Section]) -> list[object]:
    """Return the left side: the sections, and below a page that is an index the pages of its folder."""
    shown: list[object] = [{"Home": HOME}]
    for section in sections:
        entries: list[object] = []
        for page in section.pages:
            folder = posixpath.dirname(page)
            others = sorted(set(below(folder)) - {page}) if posixpath.basename(page) == HOME else []
            entries.append({title_of(page): [page, *({title_of(one): one} for one in others)]} if others else page)
        shown.append({section.title: entries})
    return shown


def below(folder: str) -> list[str]:
    """Return the pages of a folder of docs/."""
    return [path.relative_to(DOCS).as_posix() for path in (DOCS / folder).glob("*.md")]


def source_of(page: str) -> Path:
    """Return the file that a page of the site is made of."""
    return next((ROOT / name for name, there in INCLUDED.items() if there == page), DOCS / page)


def title_of(page: str) -> str:
    """Return the heading of a page."""
    heading = re.search(r"^# (.+)$", source_of(page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return heading[1].replace("`", "") if heading else page


def pages_of(shown: object) -> list[str]:
    """Return the pages that the left side names."""
    if isinstance(shown, str):
        return [shown]
    inner = shown.values() if isinstance(shown, dict) else shown
    return [page for one in inner for page in pages_of(one)]  # type: ignore[attr-defined]


def written(page: str, *, absolute: bool = False) -> str:
    """Return the text of a page as the site has it: what is not on the site is linked in the repository.

    With `absolute` every link has its whole address, for a reader who has the text alone.
    """
    text = source_of(page).read_text(encoding="utf-8")
    text = re.sub(r"\A<!-- Made by .*? -->\n\n", "", text)
    base = posixpath.dirname(source_of(page).relative_to(ROOT).as_posix())

    def moved(match: re.Match[str]) -> str:
        target, _, anchor = match["target"].partition("#")
        if not target or ":" in target:
            return match[0]
        path = posixpath.normpath(posixpath.join(base, target))
        there = INCLUDED.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else "")
        behind = f"#{anchor}" if anchor else ""
        if there.endswith(".md") and source_of(there).is_file():
            to = address_of(there) if absolute else posixpath.relpath(there, posixpath.dirname(page) or ".")
            return f"[{match['text']}]({to}{behind})"
        if not (ROOT / path).exists():
            sys.exit(f"{page} has a link to {target}, which is not there")
        return f"[{match['text']}]({TREE if (ROOT / path).is_dir() else BLOB}{path}{behind})"

    return outside_of_code(text, moved)


def outside_of_code(text: str, moved: Callable[[re.Match[str]], str]) -> str:
    """Return a text with its links moved; code keeps what looks like a link."""
    done, at = [], 0
    for match in [*CODE.finditer(text), None]:
        end = match.start() if match else len(text)
        done += [text[at:end], match[0] if match else ""]
        at = match.end() if match else end
    # A link may have code in its text, so the pieces that are code are put back after the links have been moved.
    codes = done[1::2]
    marked = "".join(f"{plain}\0{number}\0" for number, plain in enumerate(done[::2]))
    marked = LINK.sub(moved, marked)
    return re.sub(r"\0(\d+)\0", lambda found: codes[int(found[1])], marked)


def address_of(page: str) -> str:
    """Return the address of a page of the site."""
    path = posixpath.dirname(page) if posixpath.basename(page) == HOME else page.removesuffix(".md")
    return urls.address(path) if path else urls.DOCUMENTATION


def prepare() -> list[str]:
    """Write what the builder reads: the pages, and its settings; return the pages."""
    shown = navigation(index())
    pages = pages_of(shown)
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} | set(INCLUDED.values())
    if set(pages) != there:
        sys.exit(f"docs/README.md does not lead to {sorted(there - set(pages))}")
    shutil.rmtree(BUILD, ignore_errors=True)
    folder = BUILD / "docs"
    for page in pages:
        text = written(page)
        write(folder / page, text if "\n## " in text else f"{WIDE}{text}")
    for name in ("images", "site/site.css"):
        source, target = DOCS / name, folder / posixpath.basename(name)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    settings = {"site_url": urls.DOCUMENTATION, "repo_url": urls.REPOSITORY, "repo_name": "Source", "nav": shown}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in settings.items()]
    lines += ["docs_dir: docs", f"site_dir: {SITE.name}"]
    write(BUILD / "mkdocs.yml", (DOCS / "site" / "mkdocs.yml").read_text(encoding="utf-8") + "\n".join(lines) + "\n")
    return pages


def write(path: Path, text: str) -> None:
    """Write a file, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build() -> None:
    """Let the builder make the site; its warnings are errors."""
    words = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    env = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(words, cwd=BUILD, capture_output=True, text=True, check=False, env=env)  # noqa: S603  ours
    if done.returncode:
        said = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr.partition("Traceback")[0])  # coloured anyhow
        sys.exit(f"zensical does not take the pages:\n{said}")


def for_machines(pages: list[str]) -> None:
    """Write llms.txt, which lists the pages, llms-full.txt, which holds them all, and each page as its text.

    The form is that of llmstxt.org: a title, a summary in a quote, and lists of links with what each page says.
    """
    about = (ROOT / "README.md").read_text(encoding="utf-8").split("\n\n")[1].replace("\n", " ")
    texts = {page: written(page, absolute=True) for page in pages}
    lines = ["# fakecos", "", f"> {about}", "", f"All pages in one file: {urls.DOCUMENTATION}llms-full.txt"]
    named: set[str] = set()
    for section in index():
        inside = [page for page in pages if page in section.pages]
        lines += ["", f"## {section.title}", ""]
        lines += [f"- [{title_of(page)}]({urls.DOCUMENTATION}{page}): {first_words(texts[page])}" for page in inside]
        named |= set(inside)
    lines += ["", "## Optional", ""]
    lines += [
        f"- [{title_of(page)}]({urls.DOCUMENTATION}{page}): {first_words(texts[page])}"
        for page in pages
        if page not in named and page != HOME
    ]
    write(SITE / "llms.txt", "\n".join(lines) + "\n")
    write(SITE / "llms-full.txt", "\n".join(f"<!-- {address_of(page)} -->\n\n{text}" for page, text in texts.items()))
    for page, text in texts.items():
        write(SITE / page, text)


def first_words(text: str) -> str:
    """Return the first sentence of a page, without its links."""
    paragraphs = (piece for piece in text.split("\n\n") if piece.strip() and piece[0] not in "#<`|-")
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", " ".join(next(paragraphs, "").split()))
    return re.split(r"(?<=[.!?:])\s", plain)[0].rstrip(":")


class Names(html.parser.HTMLParser):
    """The anchors of a page, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names and where it leads."""
        found = {name: value or "" for name, value in attrs}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        self.links |= {found[name] for name in ("href", "src") if found.get(name) and tag != "base"}


def names_of(page: str) -> Names:
    """Return what a page of the built site names."""
    names = Names()
    names.feed((SITE / page).read_text(encoding="utf-8"))
    return names


def lost_links() -> list[str]:
    """Return the links of the built site, and of the pages for machines, that lead nowhere."""
    pages = {path.relative_to(SITE).as_posix(): path for path in SITE.rglob("*.html")}
    names = {page: names_of(page) for page in pages}
    lost = []
    for page, found in names.items():
        at = "" if page == "404.html" else posixpath.dirname(page)
        lost += [f"{page}: {link}" for link in sorted(found.links) if leads_nowhere(link, at, page, names)]
    for name in ("llms.txt", "llms-full.txt"):
        text = (SITE / name).read_text(encoding="utf-8")
        wanted = {found.rstrip(".") for found in re.findall(rf"{re.escape(urls.DOCUMENTATION)}[^\s)>`\"]*", text)}
        lost += [f"{name}: {link}" for link in sorted(wanted) if leads_nowhere(link, "", "", names)]
    return lost


def leads_nowhere(link: str, at: str, page: str, names: dict[str, Names]) -> bool:
    """Whether a link of a page in the folder `at` leads to a page, file or heading that is not there."""
    if link.startswith((BLOB, TREE)):
        return not (ROOT / unquote(urlsplit(link).path.partition("/main/")[2])).exists()
    whole = link.startswith(urls.DOCUMENTATION)
    if whole:
        link, at = link.removeprefix(urls.DOCUMENTATION), ""
    elif link.startswith(base := urlsplit(urls.DOCUMENTATION).path):
        link, at = link.removeprefix(base), ""  # as the page for what is not found has it
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    path = posixpath.normpath(posixpath.join(at, unquote(parts.path))) if parts.path or whole else page
    if not (SITE / path).exists():
        return True
    there = posixpath.normpath(posixpath.join(path, "index.html")) if (SITE / path).is_dir() else path
    if (SITE / path).is_dir() and there not in names:
        return True
    return bool(parts.fragment) and there in names and unquote(parts.fragment) not in names[there].anchors


def lost_addresses() -> list[str]:
    """Return the pages and headings that the messages of fakecos name and that the site does not have."""
    lost = []
    for path in [file for folder in ("fakecos", "plugins") for file in (ROOT / folder).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"urls.page", "urls.address"}:
                words = [one.value for one in node.args if isinstance(one, ast.Constant)]
                if len(words) != len(node.args):
                    continue  # put together when it runs; tests/test_urls.py compares its pages
                page = SITE / str(words[0]) / "index.html"
                anchors = names_of(page.relative_to(SITE).as_posix()).anchors if page.exists() else set()
                if not page.exists() or (words[1:] and words[1] not in anchors):
                    lost.append(f"{path.relative_to(ROOT)}:{node.lineno}: {' '.join(map(str, words))}")
    return lost


def main() -> None:
    """Build the site, and check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    pages = prepare()
    build()
    for_machines(pages)
    if lost := [*lost_links(), *lost_addresses()]:
        sys.exit("\n".join(["these lead nowhere:", *lost]))
    print(f"{SITE.relative_to(ROOT)}: {len(pages)} pages")


if __name__ == "__main__":
    main()
