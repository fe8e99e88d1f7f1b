"""Policy variables: what stands in a policy for a value of the request (documented: aws-permissions 9).

They count in Resource and NotResource, and in conditions on texts and ARNs, of policies whose Version is 2012-10-17; in
older ones `${` is text like any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.operations.policy.condition_keys import values_of

if TYPE_CHECKING:
    from fakecos.operations.policy.question import Question

START = "${"
NEWEST = "2012-10-17"
VARIABLE = re.compile(r"\$\{([^}]*)\}")
PARTS = re.compile(r"\s*([^,'\s]+)\s*(?:,\s*'([^']*)'\s*)?", re.DOTALL)
"""A variable inside its braces: a key, and perhaps a default in single quotes."""
SIGNS = frozenset("*?$")
"""What `${*}`, `${?}` and `${$}` stand for: the sign itself, and no wildcard."""
ESCAPED = re.compile(r"\$\{([*?$])\}")
_SPECIAL = re.compile(r"[*?$]")


def parts_of(inside: str) -> tuple[str, str | None] | None:
    """Return the key and the default of a variable, None for what is none."""
    found = PARTS.fullmatch(inside)
    return (found[1], found[2]) if found else None


def resolved(text: str, question: Question) -> str | None:
    """Return a text with the values of its variables; None if one has neither a value nor a default.

    What a value has of `*`, `?` and `$` is no wildcard. UsageError: a variable that is not known here.
    """
    if START not in text:
        return text
    pieces: list[str] = []
    end = 0
    for found in VARIABLE.finditer(text):
        pieces.append(text[end : found.start()])
        end = found.end()
        value = found[0] if found[1] in SIGNS else _value(found[0], found[1], question)
        if value is None:
            return None
        pieces.append(value)
    pieces.append(text[end:])
    return "".join(pieces)


def _value(variable: str, inside: str, question: Question) -> str | None:
    parts = parts_of(inside)
    if parts is None:
        message = (
            f"The policy variable {variable!r} cannot be read: write a key, and perhaps a default in single quotes, as "
            "in ${aws:username} or ${aws:username, 'nobody'}."
        )
        raise UsageError(message)
    key, default = parts
    values = values_of(key, question)
    if values is not None and len(values) > 1:
        message = f"The policy variable {variable!r} stands for a key with several values, which no policy may (AWS)."
        raise UsageError(message)
    value = default if not values else values[0]
    return None if value is None else escaped(value)


def escaped(text: str) -> str:
    """Return a text in which `*`, `?` and `$` are no wildcards."""
    return _SPECIAL.sub(lambda sign: f"${{{sign[0]}}}", text)


def literal(text: str) -> str:
    """Return a text whose variables have their values, as it is compared where there are no wildcards."""
    return ESCAPED.sub(r"\1", text) if START in text else text


def without_variables(value: Any) -> Any:
    """Return a part of an older policy so that its `${` are compared as text."""
    if isinstance(value, str):
        return value.replace("$", "${$}")
    if isinstance(value, list):
        return [without_variables(one) for one in value]
    if isinstance(value, dict):
        return {key: without_variables(one) for key, one in value.items()}
    return value
