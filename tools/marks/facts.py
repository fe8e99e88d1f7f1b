"""What would settle the marks of fakecos/facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.marks.entry import Entry

ENTRIES: dict[str, tuple[Entry, ...]] = {}
