"""The requests of the run that shows a finding, in time: for findings of explorations and of races."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from fakecos.timeline.recording import Recording


class FindingTimeline:
    """What a finding has whose run was recorded: a kind, the schedules that show it, and that run."""

    kind: str
    schedules: list[str]
    _recording: Recording | None

    @property
    def schedule(self) -> str:
        """The smallest schedule that shows it."""
        return self.schedules[0]

    def write_timeline(self, path: str | os.PathLike[str]) -> None:
        """Write the requests of that run as a timeline, one HTML file. UsageError: the file cannot be written."""
        from fakecos.timeline import write

        write.write_of_run(self._recording, path, "finding.write_timeline", f"{self.kind}, {self.schedule}")

    def timeline_in_page(self, number: int) -> str:
        """Return that timeline as a part of another page, in which it has a number."""
        from fakecos.timeline import write

        return write.embedded(self._recording, number)
