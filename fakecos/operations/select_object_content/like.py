"""LIKE: `_` stands for any character, `%` for any number of them (documented)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.select_object_content.values import is_unknown, unknown_of

if TYPE_CHECKING:
    from fakecos.operations.select_object_content.values import Value


def like(value: Value, pattern: Value, escape: tuple[Value] | None) -> Value:
    """Return whether a text has a pattern, unknown where one of them is.

    Raises LikeInvalidInputs for what is no text, and what `_compiled` raises.
    """
    given = (value, pattern, *(escape or ()))
    if any(map(is_unknown, given)):
        return unknown_of(*given)
    if not all(isinstance(each, str) for each in given):
        raise S3Error(errors.SELECT_LIKE_INPUTS)
    return _compiled(pattern, escape[0] if escape else None).fullmatch(value) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str, escape: str | None) -> re.Pattern[str]:
    """Return the expression of a pattern.

    Raises EvaluatorLikePatternInvalidEscapeSequence for an escape that is not one character, or stands before what
    needs none.
    """
    if escape is not None and len(escape) != 1:
        raise S3Error(errors.SELECT_LIKE_ESCAPE)
    made, characters = "", iter(pattern)
    for character in characters:
        if character == escape:
            character = next(characters, "")  # noqa: PLW2901  what it protects
            if character not in {"%", "_", escape}:
                raise S3Error(errors.SELECT_LIKE_ESCAPE)
            made += re.escape(character)
        else:
            made += {"%": ".*", "_": "."}.get(character, re.escape(character))
    return re.compile(made, re.DOTALL)
