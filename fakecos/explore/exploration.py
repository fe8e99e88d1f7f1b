"""What `cos.explore` returns: what was found, and how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fakecos.explore.findings import Findings
from fakecos.explore.verdicts import NOTES
from fakecos.testing.text import count

if TYPE_CHECKING:
    import os

    from fakecos.explore.findings import Finding


class Exploration(Findings):
    """What came of `cos.explore`.

    - `runs`: how many runs there were. `sites`: the requests of the run without failures, as text.
    - `findings`: as Finding, the worst first. `notes`: the same for what no client can avoid. `allowed`: those that
      `allow=` accepts, and `unused_allowances` what it accepts and nothing needs.
    - `covered`: lines that say what was tried and what was left out.
    - `results`: every run, as ExploredRun.
    """

    __module__ = "fakecos"

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Write the report as one HTML file, which needs no network. OSError: it cannot be written."""
        from fakecos.explore.html_report import html

        Path(path).write_text(html(self), encoding="utf-8")

    def write_json(self, path: str | os.PathLike[str]) -> None:
        """Write the report as JSON, in the form of `exploration.schema.json`. OSError: it cannot be written."""
        from fakecos.explore.json_report import as_json

        Path(path).write_text(as_json(self), encoding="utf-8")

    def __str__(self) -> str:
        sites, runs, found = (
            count(len(self.sites), "site"),
            count(self.runs, "run"),
            count(len(self.findings), "finding"),
        )
        lines = [f"explored {sites} in {runs}: {found}"]
        lines += [f"  {line}" for line in self.covered]
        for number, finding in enumerate(self.findings, 1):
            lines += ["", f"{number}. {finding}"]
        if self.notes:
            lines += ["", "notes, which are no findings:"]
            for note in self.notes:
                lines += [f"  {note.kind}: {note.text}", f"    {NOTES[note.kind]}", f"    {_times(note)}"]
        for finding in self.allowed:
            lines.append(f"accepted: {finding.kind}: {finding.text} ({finding.reason})")
        lines += [f"accepted, but nothing of that kind came: {pattern}" for pattern in self.unused_allowances]
        return "\n".join(lines)


class ExplorationError(AssertionError):
    """An exploration has findings; `exploration` is the whole of it."""

    __module__ = "fakecos"

    def __init__(self, exploration: Exploration) -> None:
        super().__init__(f"\n{exploration}")
        self.exploration = exploration


def _times(note: Finding) -> str:
    number = len(note.schedules)
    return f"in {number:,} runs, such as {note.schedule}" if number > 1 else f"in {note.schedule}"
