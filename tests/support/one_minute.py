"""Which tests the one-minute run leaves out: `pytest -n auto -m "not slow"`.

Those that say so, since they start processes or wait; and of a test with many cases in the folders of `CASES`, where
each case makes a client, all cases but one. Which one that is depends on the test's name alone, so that it is the same
in every run, and so that both services and all clients have their turn.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

TESTS = Path(__file__).parent.parent
CASES = tuple(
    TESTS / name
    for name in (
        *("aio", "beside", "cli", "clients", "contract", "explore", "faults", "ibm", "plugin", "race"),
        *("required_policy", "serving", "verify", "wire"),
    )
)


@cache
def is_below(path: Path, folders: tuple[Path, ...]) -> bool:
    """Whether a file is in one of these folders, however deep."""
    return not set(folders).isdisjoint(path.parents)


def mark_slow(items: Iterable[pytest.Item]) -> None:
    """Mark as slow every case of a test but one."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if is_below(item.path, CASES):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, of_test in cases.items():
        kept = zlib.crc32(name.encode()) % len(of_test)
        for number, item in enumerate(sorted(of_test, key=lambda item: item.nodeid)):
            if number != kept:
                item.add_marker(pytest.mark.slow)
