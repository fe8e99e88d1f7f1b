"""Patterns of policies: `*` is any text, `?` any character (documented)."""

from __future__ import annotations

import re
from functools import lru_cache

from fakecos.facts.exceptions import UsageError

WILDCARDS = "*?"


@lru_cache(maxsize=1024)
def _pattern(text: str, flags: int) -> re.Pattern[str]:
    pieces = (".*" if piece == "*" else "." if piece == "?" else re.escape(piece) for piece in re.split("([*?])", text))
    return re.compile("".join(pieces), re.DOTALL | flags)


def like(text: str, pattern: str, *, ignore_case: bool = False) -> bool:
    """Whether a text is of a pattern. UsageError: the pattern has a policy variable, which is not evaluated here."""
    if "${" in pattern:
        message = (
            f"A bucket policy with a policy variable cannot be evaluated yet: {pattern!r}. "
            "Write what it stands for in its place."
        )
        raise UsageError(message)
    return _pattern(pattern, re.IGNORECASE if ignore_case else 0).fullmatch(text) is not None
