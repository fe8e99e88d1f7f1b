"""Marks."""

from __future__ import annotations

from tools.marks.entry import Entry

ENTRIES: dict[str, tuple[Entry, ...]] = {}
