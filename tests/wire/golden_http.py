"""Reads the raw requests of `golden/`: comments, then requests, several of them set apart by `###` lines.

A request is its method and URL, its headers in order, an empty line, and the body as a bytes literal.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from fakecos.wire.messages import HttpRequest, RawBody

FOLDER = Path(__file__).parent / "golden"


class Golden(NamedTuple):
    """One request with the name of its file, and its title within the file."""

    name: str
    provenance: str
    request: HttpRequest


def read_golden(file: Path) -> list[Golden]:
    """Return the requests of one file."""
    head, *others = file.read_text(encoding="utf-8").split("\n### ")
    provenance = "\n".join(line for line in head.splitlines() if line.startswith("#"))
    if others:
        pairs = [other.partition("\n") for other in others]
        return [Golden(f"{file.stem}: {title}", provenance, _request(text)) for title, _, text in pairs]
    text = "\n".join(line for line in head.splitlines() if not line.startswith("#"))
    return [Golden(file.stem, provenance, _request(text))]


def all_golden() -> list[Golden]:
    """Return every request of the folder."""
    return [golden for file in sorted(FOLDER.glob("*.http")) for golden in read_golden(file)]


def _request(text: str) -> HttpRequest:
    head, _, body = text.strip().partition("\n\n")
    first, *lines = head.splitlines()
    method, url = first.split(" ", 1)
    parts = urlsplit(url)
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    data = ast.literal_eval(body) if body else b""
    return HttpRequest(method, parts.scheme, parts.netloc, parts.path, parts.query, headers, RawBody(data))
