"""What a race found, as values, and how one finding is written: the requests of the actors as columns in time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fakecos import urls
from fakecos.explore.finding_timeline import FindingTimeline
from fakecos.race.kinds import ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.race.asked import Asked
    from fakecos.race.results import Result
    from fakecos.timeline.recording import Recording

WIDTH = 44
"""Characters of a column, at most."""
OBJECTS_SHOWN = 5
BYTES_SHOWN = 40
OTHERS_SHOWN = 3


@dataclass
class RaceFinding(FindingTimeline):
    """One fault that an order of the actors shows.

    - `kind`: as the reference lists them. `text`: what is wrong; `lines`: what was expected and what is there.
    - `schedules`: every order that shows it; `schedule` is the smallest one, which `replay=` repeats.
    - `actors`: their names. `requests`: those of that order, as (actor, text). `failures`: what failed, in words.
    - `stored`: what is stored at its end, a line each.
    """

    __module__ = "fakecos"

    kind: str
    text: str
    lines: tuple[str, ...]
    schedules: list[str]
    actors: list[str]
    requests: list[tuple[int, str]]
    failures: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    _recording: Recording | None = field(default=None, repr=False, compare=False)

    @property
    def advice(self) -> str:
        """What to do about it, in a sentence, and the page about it; empty for a note."""
        if self.kind not in ADVICE:
            return ""
        return f"{ADVICE[self.kind]} See {urls.page('how-to/two-writers')}"

    def __str__(self) -> str:
        lines = [f"{self.kind}: {self.text}", *(f"    {line}" for line in self.lines)]
        lines += [f"  what failed: {why}" for why in self.failures]
        lines += [f"    {line}" for line in columns(self.actors, self.requests)]
        if self.stored:
            lines += ["  stored at the end:", *(f"    {line}" for line in self.stored)]
        more = len(self.schedules) - 1
        shown = ", ".join(self.schedules[1 : OTHERS_SHOWN + 1]) + (", ..." if more > OTHERS_SHOWN else "")
        others = f"    ({more:,} more: {shown})" if more else ""
        lines.append(f"  repeat it: replay={self.schedule!r}{others}")
        return "\n".join([*lines, *([f"  {self.advice}"] if self.advice else [])])


@dataclass
class RanOrder:
    """One order that was run: how it is written, the kinds of its verdicts, and its requests as (actor, text)."""

    __module__ = "fakecos"

    schedule: str
    kinds: tuple[str, ...]
    requests: tuple[tuple[int, str], ...]


@dataclass
class RaceFindings:
    """What came of `cos.race`.

    - `actors`: their names, by their numbers. `runs`: how many orders were run; `schedules`: these orders, as text.
    - `findings`: as RaceFinding, the worst first. `notes`: the same for what is no finding.
    - `covered`: lines that say what was tried and what was left out.
    - `results`: every order that was run, as RanOrder.
    """

    actors: list[str]
    runs: int = 0
    schedules: list[str] = field(default_factory=list)
    findings: list[RaceFinding] = field(default_factory=list)
    notes: list[RaceFinding] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    results: list[RanOrder] = field(default_factory=list)


def columns(actors: Sequence[str], requests: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the requests in time, a column for each actor."""
    heads = [f"{number}: {name}" for number, name in enumerate(actors)]
    widths = [
        max(len(_cut(text)) for text in [head, *(text for actor, text in requests if actor == number)])
        for number, head in enumerate(heads)
    ]
    yield "    " + "  ".join(_cut(head).ljust(width) for head, width in zip(heads, widths, strict=True)).rstrip()
    for place, (actor, text) in enumerate(requests, 1):
        cells = [_cut(text).ljust(width) if number == actor else " " * width for number, width in enumerate(widths)]
        yield f"{place:>3} " + "  ".join(cells).rstrip()


def _cut(text: str) -> str:
    """Return a text that fits a column; both ends of it stay."""
    if len(text) <= WIDTH:
        return text
    kept = WIDTH - 1
    return f"{text[: kept // 2]}…{text[-(kept - kept // 2) :]}"


def line_of(asked: Asked) -> str:
    """Return how a request and its answer are written in a column."""
    answer = str(asked.status) if asked.status else "no answer"
    if asked.code:
        answer += f" {asked.code}"
    return f"{asked.text} {answer}" + (f" [{asked.failure}]" if asked.failure else "")


def state_lines(result: Result) -> list[str]:
    """Return what is stored at the end of a run, a line each."""
    lines = []
    for (bucket, key), stored in sorted(result.state.objects.items())[:OBJECTS_SHOWN]:
        body = stored.content.slice(0, min(stored.size, BYTES_SHOWN) - 1).read()
        more = "..." if stored.size > BYTES_SHOWN else ""
        lines.append(f"{bucket}/{key}: {stored.size:,} bytes {body!r}{more}")
    more_objects = len(result.state.objects) - OBJECTS_SHOWN
    lines += [f"and {more_objects:,} more objects"] if more_objects > 0 else []
    lines += [f"open upload of {upload.key}: {upload.size:,} bytes" for upload in result.state.uploads.values()]
    return lines or ["nothing"]
