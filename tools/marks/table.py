"""Every mark with what would settle it: the tables of the rooms, and what is wrong with them.

    python tools/marks/table.py [FOLDER]

writes a line for each mark that has no entry yet, to be pasted into the table of its room, and what else is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

from fakecos.contract import promises  # noqa: E402
from tools.marks import facts, forms, operations, rest, wire  # noqa: E402
from tools.marks.entry import REASONS, Entry  # noqa: E402
from tools.marks.scan import Mark, marks_in  # noqa: E402

if TYPE_CHECKING:
    from fakecos.contract import Promise

Table = Mapping[str, tuple[Entry, ...]]
ROOMS: dict[str, Table] = {
    "fakecos/facts": facts.ENTRIES,
    "fakecos/operations": operations.ENTRIES,
    "fakecos/post_object": forms.ENTRIES,
    "fakecos/wire": wire.ENTRIES,
    "plugins": rest.PLUGIN,
    "fakecos": rest.ENTRIES,
}
"""What each room's marks are settled by, by file; a room that is in another's folder stands before it."""


class Settled(NamedTuple):
    """A mark with its entry."""

    mark: Mark
    entry: Entry


@cache
def marks(room: str) -> tuple[Mark, ...]:
    """Return the marks of a room, without those of rooms in it."""
    others = [other for other in ROOMS if other.startswith(f"{room}/")]
    return tuple(mark for mark in marks_in(ROOT / room, ROOT) if not mark.file.startswith(tuple(others)))


def settled(room: str) -> list[Settled]:
    """Return each mark of a room that has an entry, in the order of the code."""
    return [Settled(mark, entries[0]) for mark in marks(room) if (entries := entries_of(mark, ROOMS[room]))]


def entries_of(mark: Mark, table: Table) -> list[Entry]:
    """Return the entries that fit a mark: one, if the table is right."""
    return [each for each in table.get(mark.file, ()) if each.place == mark.place and each.words in mark.words]


def problems(room: str) -> list[str]:
    """Return what is wrong with the table of a room, one line each: marks first, then entries."""
    table, found = ROOMS[room], list(marks(room))
    lines = [_skeleton(mark) for mark in found if not entries_of(mark, table)]
    lines += [f"{mark.file}: two entries for {mark.words}" for mark in found if len(entries_of(mark, table)) > 1]
    for file, entries in table.items():
        for entry in entries:
            fitting = sum(entry in entries_of(mark, {file: (entry,)}) for mark in found)
            if fitting != 1 or not entry.words:
                lines.append(f"{file}: {fitting} marks for the entry {entry.place}, {entry.words!r}")
            lines += [f"{file}: {entry.place}: {wrong}" for wrong in _wrong(entry)]
    lines += [line for each in settled(room) for line in _silent(each)]
    return lines


@cache
def _promises() -> dict[str, Promise]:
    return {promise.id: promise for promise in promises()}


def _wrong(entry: Entry) -> list[str]:
    if entry.reason:
        return [] if entry.reason in REASONS and not entry.promises else [f"no reason of the list: {entry.reason}"]
    unknown = [f"no promise {name}" for name in entry.promises if name not in _promises()]
    return unknown if entry.promises else ["neither a promise nor a reason"]


def _silent(each: Settled) -> list[str]:
    """Return which promises do not say that their rule is as unsure as the mark; `public` is reported of AWS."""
    found = [promise for name in each.entry.promises if (promise := _promises().get(name)) is not None]
    is_reported = "assumed" not in each.mark.words.lower()
    return [
        f"{each.mark.file}: {each.mark.place}: {promise.id} does not say in its docstring what is assumed"
        for promise in found
        if not promise.is_unsettled and not (is_reported and "public" in promise.said)
    ]


def _skeleton(mark: Mark) -> str:
    return f'"{mark.file}": asked({mark.place!r}, {mark.words!r}),  # line {mark.line}'


def main() -> None:
    """Write what is wrong."""
    lines = [line for room in ROOMS for line in problems(room) if not sys.argv[1:] or sys.argv[1] in line]
    print(*lines, sep="\n")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
