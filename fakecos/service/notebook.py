"""How a notebook shows things: small tables of HTML in the colors of the page, be it light or dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TABLE = "border-collapse:collapse;font-size:0.9em;text-align:left"
# Strong enough on a white page and on a dark one.
RED = "color:#d9534f"
YELLOW = "color:#b8860b"


def html(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], styles: Sequence[str] = (), below: str = ""
) -> str:
    """Return a title with a table; every text is escaped. `styles` are those of the rows, `below` is preformatted."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    lines = []
    for place, row in enumerate(rows):
        style = styles[place] if place < len(styles) else ""
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row)
        lines.append(f'<tr style="{style}">{cells}</tr>' if style else f"<tr>{cells}</tr>")
    table = f'<table cellpadding="4" style="{_TABLE}"><tr>{head}</tr>{"".join(lines)}</table>' if lines else ""
    after = f'<pre style="white-space:pre-wrap;font-size:0.9em">{escape(below)}</pre>' if below else ""
    return f"<div><code>{escape(title)}</code>{table}{after}</div>"
