"""What is wanted of a part or an object, against what it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fakecos.facts.checksums import ALGORITHMS
from fakecos.facts.exceptions import UsageError
from fakecos.operations.encryption import CUSTOMER_KEY_SIZE, md5_text
from fakecos.testing.assertions.bodies import body_lines, content_of
from fakecos.testing.text import nearest
from fakecos.testing.views.objects import BODIES, BYTES

if TYPE_CHECKING:
    from fakecos.testing.views import ObjectView, PartView

_CHECKSUM = "checksum_"
_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "size": (int, "a number of bytes"),
    "etag": (str, "text, with or without quotes"),
    "content_type": (str, 'text, such as "image/jpeg"'),
    "metadata": (Mapping, 'a dictionary, such as {"camera": "Leica"}'),
    "tags": (Mapping, 'a dictionary, such as {"album": "summer"}'),
    "annotations": (Mapping, "a dictionary of bytes by name"),
    "storage_class": (str, 'text, such as "GLACIER"'),
    "sse_c_key": ((str, *BYTES), "the customer's key, text or bytes"),
}
"""What the values are, and how a message says it."""


def require_form(wanted: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse what can never be found. UsageError: an unknown keyword, a body that is no bytes, no key of SSE-C."""
    for name, value in wanted.items():
        if name not in known and _algorithm(name) is None:
            checksums = [_CHECKSUM + algorithm.lower() for algorithm in ALGORITHMS]
            message = f"There is no {name!r} to assert; {nearest(name, [*sorted(known), *checksums])}."
            raise UsageError(message)
        if name == "body" and value is not None and not isinstance(value, BODIES):
            example = f": body={value.encode()!r:.40}" if isinstance(value, str) else ""
            message = f"body= takes bytes, not {type(value).__name__}{example}."
            raise UsageError(message)
        if value is not None and name in _KINDS and not isinstance(value, _KINDS[name][0]):
            message = f"{name}={value!r}: it is {_KINDS[name][1]}."
            raise UsageError(message)
    key = wanted.get("sse_c_key")
    if key is not None and len(_raw(key)) != CUSTOMER_KEY_SIZE:
        message = f"sse_c_key= takes the key itself, {CUSTOMER_KEY_SIZE} bytes; this one has {len(_raw(key))}."
        raise UsageError(message)


def complaints(view: PartView | ObjectView, wanted: Mapping[str, Any]) -> list[str]:
    """Return a line for each value that is not as wanted, several for a body; None wants nothing."""
    lines: list[str] = []
    for name, value in wanted.items():
        if value is None:
            continue
        if name == "body":
            lines += body_lines(content_of(value), view.content)
        elif name == "sse_c_key":
            lines += _key_lines(value, view.sse_c_key_md5)
        elif (algorithm := _algorithm(name)) is not None:
            lines += _checksum_lines(algorithm, value, view.checksums)
        else:
            lines += value_lines(name, value.strip('"') if name == "etag" else value, getattr(view, name))
    return lines


def _algorithm(keyword: str) -> str | None:
    """Return the algorithm whose checksum a keyword asserts, `CRC32` of `checksum_crc32`; None for another keyword."""
    name = keyword.removeprefix(_CHECKSUM).upper()
    return name if keyword == _CHECKSUM + name.lower() and name in ALGORITHMS else None


def value_lines(name: str, expected: object, there: object, words: tuple[str, str] = ("expected", "is")) -> list[str]:
    """Return a line if two values differ; of dictionaries only the entries that do."""
    if expected == there:
        return []
    if not isinstance(expected, dict) or not isinstance(there, dict):
        return [f"{name}: {words[0]} {_shown(expected)}, {words[1]} {_shown(there)}"]
    names = sorted({*expected, *there})
    return [
        f"{name}[{entry!r}]: {words[0]} {_entry(expected, entry)}, {words[1]} {_entry(there, entry)}"
        for entry in names
        if expected.get(entry) != there.get(entry)
    ]


def _entry(entries: Mapping[str, object], name: str) -> str:
    return _shown(entries[name]) if name in entries else "not there"


def _shown(value: object) -> str:
    return f"{value:,}" if type(value) is int else repr(value)


def _checksum_lines(algorithm: str, expected: str, there: Mapping[str, str]) -> list[str]:
    if algorithm in there or not there:
        return value_lines(f"checksum {algorithm}", expected, there.get(algorithm))
    kept = ", ".join(f"{name} {value}" for name, value in there.items())
    return [f"checksum {algorithm}: expected {expected!r}, is not kept; there is {kept}"]


def _key_lines(key: bytes | str, there: str | None) -> list[str]:
    """Compare keys by their MD5, which is all that is kept; the key itself is never shown."""
    expected = md5_text(_raw(key))
    if expected == there:
        return []
    found = "it has no customer's key" if there is None else f"its key has the MD5 {there}"
    return [f"sse_c_key: expected the key with the MD5 {expected}, {found}"]


def _raw(key: bytes | str) -> bytes:
    return key.encode() if isinstance(key, str) else bytes(key)
