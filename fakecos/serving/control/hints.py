"""The hints of refusals: which name was meant, in one wording, and with names as JSON has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fakecos.usage import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEAREST = 3
LISTED = 10


def nearest(name: object, there: Iterable[object], nouns: str) -> str:
    """Return which of the names that are there was meant, the most alike first; else what there is, named `nouns`."""
    names = [str(other) for other in there]
    if not names:
        return f"there are no {nouns}"
    near = close(name, names, NEAREST)
    if near:
        return did_you_mean(near)
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f"there are: {', '.join(map(as_json, names[:LISTED]))}{more}"


def did_you_mean(names: Sequence[str]) -> str:
    """Return the question whether one of some names was meant."""
    *others, last = map(as_json, names)
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"


def as_json(text: str) -> str:
    """Return a text as JSON has it, but for letters that everybody can read."""
    return json.dumps(text, ensure_ascii=False)
