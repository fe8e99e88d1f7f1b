"""Patterns of policies: `*` is any text, `?` any character; `${*}`, `${?}` and `${$}` are these signs (documented)."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"(\$\{[*?$]\}|[*?])")
_MEANINGS = {"*": ".*", "?": ".", "${*}": r"\*", "${?}": r"\?", "${$}": r"\$"}


@lru_cache(maxsize=1024)
def _pattern(text: str, flags: int) -> re.Pattern[str]:
    pieces = (_MEANINGS.get(piece) or re.escape(piece) for piece in _PIECE.split(text))
    return re.compile("".join(pieces), re.DOTALL | flags)


def like(text: str, pattern: str, *, ignore_case: bool = False) -> bool:
    """Whether a text is of a pattern, whose variables have their values."""
    return _pattern(pattern, re.IGNORECASE if ignore_case else 0).fullmatch(text) is not None
