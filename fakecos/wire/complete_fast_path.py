"""The short way through a body that is one long run of equal items, as clients write a Complete of 10,000 parts.

It reads only what is certainly well-formed and says None to all else, which then goes the general way; that
both agree is a test's business (`tests/wire/test_complete_fast_path.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from fakecos.wire.model_overrides import NAMESPACE
from fakecos.wire.xml import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# No markup, no reference, nothing that a reader would normalise or that XML 1.0 does not allow.
_TEXT = f"([^<>&{CONTROLS}]*)"
_LEAF = f"<([A-Za-z0-9]+)>{_TEXT}</\\1>"


@lru_cache(maxsize=8)
def _opening(root: str) -> re.Pattern[str]:
    declaration = r"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?:UTF-8|utf-8)["'])? ?\?>\s*)?"""
    return re.compile(f'{declaration}<{root}(?: xmlns="{re.escape(NAMESPACE)}")?>')


@lru_cache(maxsize=32)
def _item(name: str, members: tuple[str, ...]) -> re.Pattern[str]:
    inner = "".join(f"<{member}>{_TEXT}</{member}>" for member in members)
    return re.compile(f"<{name}>{inner}</{name}>")


def read(
    body: bytes, root: str, item: str, readers: Mapping[str, Callable[[str], Any] | None]
) -> list[dict[str, Any]] | None:
    """Return the items of `<root><item>...</item>...</root>`, or None if the body is anything else.

    `readers` gives for each member of an item what its text becomes (None: it stays text). All items must have
    the same members in the same order, as they stand in the first one.
    """
    try:
        text = body.decode().rstrip()
    except UnicodeDecodeError:
        return None
    opening, ending = _opening(root).match(text), f"</{root}>"
    if opening is None or not text.endswith(ending):
        return None
    first = text[opening.end() : text.find(f"</{item}>", opening.end())]
    members = tuple(name for name, _ in re.findall(_LEAF, first))
    if len(members) < 2 or len(set(members)) != len(members) or not readers.keys() >= set(members):  # noqa: PLR2004
        return None
    rows = _item(item, members).findall(text, opening.end())
    markup = 2 * len(item) + 5 + sum(2 * len(name) + 5 for name in members)
    covered = len(rows) * markup + sum(map(len, chain.from_iterable(rows)))
    if opening.end() + covered + len(ending) != len(text):
        return None
    found = [dict(zip(members, row, strict=True)) for row in rows]
    for name in members:
        convert = readers[name]
        if convert is not None:
            for row in found:
                row[name] = convert(row[name].strip())
    return found
