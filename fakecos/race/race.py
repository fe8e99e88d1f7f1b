"""What `cos.race` returns: what was found, and how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fakecos.race.findings import RaceFindings
from fakecos.race.kinds import NOTES
from fakecos.testing.text import count

if TYPE_CHECKING:
    import os

    from fakecos.race.findings import RaceFinding


class Race(RaceFindings):
    """What came of `cos.race`.

    - `actors`: their names, by their numbers. `runs`: how many orders were run; `schedules`: these orders, as text.
    - `findings`: as RaceFinding, the worst first. `notes`: the same for what is no finding.
    - `covered`: lines that say what was tried and what was left out.
    - `results`: every order that was run, as RanOrder.
    """

    __module__ = "fakecos"

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Write the report as one HTML file, which needs no network. OSError: it cannot be written."""
        from fakecos.race.race_page import html

        Path(path).write_text(html(self), encoding="utf-8")

    def __str__(self) -> str:
        lines = [
            f"raced {len(self.actors)} actors in {count(self.runs, 'order')}: {count(len(self.findings), 'finding')}"
        ]
        lines += [f"  {line}" for line in self.covered]
        for number, finding in enumerate(self.findings, 1):
            lines += ["", f"{number}. {finding}"]
        if self.notes:
            lines += ["", "notes, which are no findings:"]
            for note in self.notes:
                lines += [f"  {note.kind}: {note.text}", f"    {NOTES[note.kind]}", f"    {_times(note)}"]
        return "\n".join(lines)


class RaceError(AssertionError):
    """A race has findings; `race` is the whole of it."""

    __module__ = "fakecos"

    def __init__(self, race: Race) -> None:
        super().__init__(f"\n{race}")
        self.race = race


def _times(note: RaceFinding) -> str:
    number = len(note.schedules)
    return f"in {number:,} orders, such as {note.schedule}" if number > 1 else f"in {note.schedule}"
