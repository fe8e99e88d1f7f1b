"""What the pages of docs/reference are written with: tables, and the docstrings of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType


def cell(text: str) -> str:
    """Return text that cannot break out of a table's cell."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines) + "\n"


def rest_of(module: ModuleType) -> str:
    """Return the docstring of a module, as it is below its first paragraph."""
    return (module.__doc__ or "").partition("\n\n")[2].strip()
