"""A race as one HTML file: no network, light and dark, on a phone and on paper. Looks as an exploration's page does."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fakecos.explore.html_report import SCRIPT, STYLE
from fakecos.race.kinds import KINDS, NOTES
from fakecos.timeline.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.race.findings import RaceFinding, RaceFindings, RanOrder

RUNS_SHOWN = 500
OWN_STYLE = """
table.columns { width: 100%; table-layout: fixed; margin: .6rem 0; background: var(--page); }
table.columns th, table.columns td { height: auto; min-width: 0; padding: .15rem .5rem; text-align: left;
  white-space: normal; overflow-wrap: anywhere; position: static; }
table.columns td { font: .85rem/1.45 ui-monospace, monospace; } table.columns td.step { width: 2.5rem; }
table.columns col.step { width: 2.5rem; } table.columns td.turn { border-left: .25rem solid var(--note); }
"""


def html(race: RaceFindings) -> str:
    """Return the page."""
    body = [*_head(race), *_findings(race), *_notes(race), *_orders(race), *_kinds()]
    return page(_title(race), STYLE + OWN_STYLE, [*body, f"<script>{SCRIPT}</script>"])


def _title(race: RaceFindings) -> str:
    found = len(race.findings)
    return f"fakecos race: {found} finding{'' if found == 1 else 's'}"


def _head(race: RaceFindings) -> Iterator[str]:
    yield f"<h1>{escape(_title(race))}</h1>"
    actors = ", ".join(f"{number}: {name}" for number, name in enumerate(race.actors))
    yield f'<p class="soft">{escape(actors)}<br>{race.runs:,} orders'
    yield "".join(f"<br>{escape(line)}" for line in race.covered) + "</p>"


def _findings(race: RaceFindings) -> Iterator[str]:
    if not race.findings:
        yield "<p><strong>Every order ended like one of the actors as wholes.</strong></p>"
    for number, finding in enumerate(race.findings, 1):
        yield f'<article><h3><span class="bad">&nbsp;{escape(finding.kind)}&nbsp;</span></h3>'
        yield from _finding(finding)
        yield finding.timeline_in_page(number)
        yield "</article>"


def _finding(finding: RaceFinding) -> Iterator[str]:
    yield f"<p>{escape(finding.text)}</p>"
    if finding.lines:
        yield f"<pre>{escape(chr(10).join(finding.lines))}</pre>"
    yield "".join(f'<p class="soft">What failed: {escape(why)}</p>' for why in finding.failures)
    yield from _columns(finding.actors, finding.requests)
    if finding.stored:
        yield f"<p>Stored at the end:</p><pre>{escape(chr(10).join(finding.stored))}</pre>"
    yield f"<p>Repeat it: <code>replay={escape(repr(finding.schedule))}</code></p>"
    if len(finding.schedules) > 1:
        others = ", ".join(f"<code>{escape(text)}</code>" for text in finding.schedules[1:])
        yield f"<details><summary>{len(finding.schedules) - 1:,} more orders show it</summary><p>{others}</p></details>"
    if finding.advice:
        yield f"<p>{escape(finding.advice)}</p>"


def _columns(actors: Sequence[str], requests: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the requests in time, a column for each actor."""
    yield '<table class="columns"><colgroup><col class="step"></colgroup><thead><tr><th scope="col"></th>'
    yield "".join(f'<th scope="col">{number}: {escape(name)}</th>' for number, name in enumerate(actors))
    yield "</tr></thead><tbody>"
    for step, (actor, text) in enumerate(requests, 1):
        cells = "".join(
            f'<td class="turn">{escape(text)}</td>' if number == actor else "<td></td>" for number in range(len(actors))
        )
        yield f'<tr><td class="step">{step}</td>{cells}</tr>'
    yield "</tbody></table>"


def _notes(race: RaceFindings) -> Iterator[str]:
    if race.notes:
        yield "<h2>Notes</h2>"
    for note in race.notes:
        yield f'<article class="note"><h3>{escape(note.kind)}</h3><p>{escape(note.text)}</p>'
        yield f'<p class="soft">{escape(NOTES[note.kind])}</p>'
        yield f"<p>{len(note.schedules):,} orders, such as <code>{escape(note.schedule)}</code></p></article>"


def _orders(race: RaceFindings) -> Iterator[str]:
    yield "<h2>Orders</h2>"
    worst = sorted(race.results, key=lambda run: not run.kinds)
    for run in worst[:RUNS_SHOWN]:
        yield from _order(race.actors, run)
    if len(race.results) > RUNS_SHOWN:
        yield f'<p class="soft">and {len(race.results) - RUNS_SHOWN:,} more</p>'


def _order(actors: Sequence[str], run: RanOrder) -> Iterator[str]:
    kind, text = ("bad", ", ".join(run.kinds)) if set(run.kinds) & KINDS.keys() else ("good", "right")
    if run.kinds and kind == "good":
        kind, text = "note-cell", ", ".join(run.kinds)
    yield f'<details class="run"><summary><code>{escape(run.schedule)}</code> '
    yield f'<span class="{kind}">&nbsp;{escape(text)}&nbsp;</span></summary>'
    yield from _columns(actors, run.requests)
    yield "</details>"


def _kinds() -> Iterator[str]:
    yield '<h2>Kinds of findings</h2><dl class="legend">'
    yield "".join(f"<dt>{escape(kind)}</dt><dd>{escape(text)}</dd>" for kind, text in KINDS.items()) + "</dl>"
