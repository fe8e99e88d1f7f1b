"""What an exploration found, as values: findings, runs, and all of them together. How they are written is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.explore.finding_timeline import FindingTimeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.timeline.recording import Recording

SITES_SHOWN = 5


@dataclass
class Finding(FindingTimeline):
    """One fault of the code under test, with the schedules that show it.

    - `kind`: as the reference lists them. `text`: what is wrong, `lines`: what was expected and what is there.
    - `schedules`: every schedule that shows it; `schedule` is the smallest one, which `replay=` repeats.
    - `failures`: what happened in that schedule, in words.
    - `requests`: those of that run, as a table.
    - `reason`: why it is accepted, if `allow=` says so.
    """

    __module__ = "fakecos"

    kind: str
    text: str
    lines: tuple[str, ...]
    schedules: list[str]
    failures: str
    requests: str
    reason: str | None = None
    _recording: Recording | None = field(default=None, repr=False, compare=False)

    @property
    def advice(self) -> str:
        """What to do about it, in a sentence, and the page about it; empty for a note."""
        if self.kind not in ADVICE:
            return ""
        return f"{ADVICE[self.kind]} See {urls.page(f'how-to/{PAGES[self.kind]}')}"

    def __str__(self) -> str:
        more = len(self.schedules) - 1
        others = f" and {more} other schedule{'s' if more > 1 else ''}" if more else ""
        found = [
            f"{self.kind}: {self.text}",
            *(f"    {line}" for line in self.lines),
            f"  what happened: {self.failures}",
            f"  repeat it: replay={self.schedule!r}{others}{_also_at(self.schedules)}",
        ]
        if self.requests:
            found += ["  requests of that run:", *(f"    {line}" for line in self.requests.splitlines())]
        found.append(f"  {self.advice}" if self.advice else "")
        return "\n".join(filter(None, found))


@dataclass
class ExploredRun:
    """One run: its schedule as text, the kinds of its verdicts, and how it ended ("returned", "raised", "died")."""

    __module__ = "fakecos"

    schedule: str
    kinds: tuple[str, ...]
    ended: str
    happened: bool
    requests: tuple[str, ...] = ()


ADVICE: dict[str, str] = {
    "silent-loss": "Let the code raise, or look at what it stored before it says that all is well.",
    "torn-object": "Write the whole object in one request, or under another key, and only then over the old one.",
    "leaked-upload": "Abort the upload in every way out, and set a lifecycle rule for what remains.",
    "corrupt-read": "Pin what is read by If-Match or a version id, and compare a checksum.",
    "no-convergence": "Let a second run find out what the first one did, and finish it.",
    "bug-in-error-path": "Run the code that handles errors, as this schedule does.",
    "masked-error": "Catch what the clean-up raises, or raise from the first error.",
    "retry-storm": "Limit the number of attempts, and wait longer each time.",
    "hang": "Give each wait an end, and let an error of a worker reach whoever waits for it.",
    "check": "The condition of the test does not hold after this failure.",
}
PAGES: dict[str, str] = {
    "silent-loss": "returned-but-not-stored",
    "torn-object": "half-an-object",
    "leaked-upload": "your-upload-leaks",
    "corrupt-read": "it-reads-wrong-bytes",
    "no-convergence": "second-run-does-not-heal",
    "bug-in-error-path": "error-handler-has-a-bug",
    "masked-error": "wrong-error-is-raised",
    "retry-storm": "it-retries-without-end",
    "hang": "it-never-ends",
    "check": "your-check-fails",
}
"""The page of docs/how-to about each kind."""


@dataclass
class Findings:
    """What came of an exploration.

    - `runs`: how many runs there were. `sites`: the requests of the run without failures, as text.
    - `findings`: as Finding, the worst first. `notes`: the same for what no client can avoid. `allowed`: those that
      `allow=` accepts.
    - `covered`: lines that say what was tried and what was left out.
    - `results`: every run, as ExploredRun.
    """

    runs: int = 0
    sites: Sequence[str] = ()
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    allowed: list[Finding] = field(default_factory=list)
    unused_allowances: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    results: list[ExploredRun] = field(default_factory=list)


def _also_at(schedules: Sequence[str]) -> str:
    """Return at which other requests it shows, as far as that is short."""
    places = dict.fromkeys(written.rpartition("; ")[2].partition("=")[0] for written in schedules)
    shown = list(places)[1 : SITES_SHOWN + 1]
    if not shown:
        return ""
    return f", also at {', '.join(shown)}{', ...' if len(places) > SITES_SHOWN + 1 else ''}"
