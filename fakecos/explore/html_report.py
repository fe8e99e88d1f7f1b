"""An exploration as one HTML file: no network, light and dark, on a phone and on paper.

Findings stand on top, then the table of sites and failures with a letter in each cell; a cell shows its run on a click.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fakecos.explore.verdicts import KINDS, NOTES
from fakecos.timeline.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fakecos.explore.findings import ExploredRun, Finding, Findings

LETTERS: dict[str, str] = {
    "silent-loss": "L",
    "torn-object": "T",
    "leaked-upload": "U",
    "corrupt-read": "C",
    "no-convergence": "N",
    "bug-in-error-path": "B",
    "masked-error": "M",
    "retry-storm": "S",
    "hang": "H",
    "check": "K",
}
"""The letter of each kind of finding: colour alone says nothing to many people."""
FINE = {"returned": ("✓", "the code returned normally, and all is stored"), "raised": ("!", "the code raised")}
DIED = ("†", "the process died, and a second run healed it")
NOTE = "i"
UNHAPPENED = ("-", "did not happen in this run")

STYLE = """
article { background: var(--card); border: 1px solid var(--line); border-left: .35rem solid var(--bad);
  border-radius: .4rem; margin: .8rem 0; padding: .6rem 1rem; overflow-wrap: anywhere; }
article.note { border-left-color: var(--note); } article h3 { font-size: 1rem; margin: .2rem 0; }
summary { cursor: pointer; } .wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: 0; text-align: center; }
thead th { vertical-align: bottom; height: 10.5rem; min-width: 2rem; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); padding: .4rem 0; white-space: nowrap; }
th { font-weight: 500; font-size: .85rem; } tbody th { text-align: left; padding: .1rem .6rem; white-space: nowrap;
  position: sticky; left: 0; background: var(--page); font-family: ui-monospace, monospace; }
td a { display: block; min-width: 2rem; padding: .2rem; color: inherit; text-decoration: none; font-weight: 600; }
td a:focus-visible, td a:hover { outline: 2px solid currentColor; outline-offset: -2px; }
.bad { background: var(--bad-back); color: var(--bad); }
.note-cell { background: var(--note-back); color: var(--note); }
.good { background: var(--good-back); color: var(--good); } .none { color: var(--soft); }
.run { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; padding: .3rem .8rem; }
.run:target { outline: 2px solid var(--bad); }
dl.legend { display: grid; grid-template-columns: auto 1fr; gap: .2rem .8rem; }
dl.legend dt { font-weight: 700; text-align: center; min-width: 1.6rem; } dl.legend dd { margin: 0; }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: .4rem; margin-top: .4rem; }
@media print { body { max-width: none; font-size: 9pt; } .run { break-inside: avoid; } tbody th { position: static; }
  .bad, .note-cell, .good { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""
SCRIPT = """
const open = () => { const run = document.getElementById(location.hash.slice(1));
  if (run && run.tagName === "DETAILS") { run.open = true; run.scrollIntoView({block: "center"}); } };
addEventListener("hashchange", open); open();
"""


def html(exploration: Findings) -> str:
    """Return the page."""
    body = [*_head(exploration), *_findings(exploration), *_notes(exploration), *_matrix(exploration)]
    body += [*_further(exploration), *_legend(), *_runs(exploration)]
    return page(_title(exploration), STYLE, [*body, f"<script>{SCRIPT}</script>"])


def _title(exploration: Findings) -> str:
    found = len(exploration.findings)
    return f"fakecos explore: {found} finding{'' if found == 1 else 's'}"


def _head(exploration: Findings) -> Iterator[str]:
    yield f"<h1>{escape(_title(exploration))}</h1>"
    yield f'<p class="soft">{len(exploration.sites)} sites, {exploration.runs:,} runs'
    yield "".join(f"<br>{escape(line)}" for line in exploration.covered) + "</p>"


def _findings(exploration: Findings) -> Iterator[str]:
    if not exploration.findings:
        yield "<p><strong>Nothing was lost, torn or left behind.</strong></p>"
    for number, finding in enumerate(exploration.findings, 1):
        yield f'<article><h3><span class="bad">&nbsp;{LETTERS[finding.kind]}&nbsp;</span> {escape(finding.kind)}</h3>'
        yield from _finding(exploration, finding)
        yield finding.timeline_in_page(number)
        yield "</article>"


def _finding(exploration: Findings, finding: Finding) -> Iterator[str]:
    yield f"<p>{escape(finding.text)}</p>"
    if finding.lines:
        yield f"<pre>{escape(chr(10).join(finding.lines))}</pre>"
    yield f'<p class="soft">{escape(finding.failures)}</p>'
    yield f"<p>Repeat it: <code>replay={escape(repr(finding.schedule))}</code></p>"
    if finding.requests:
        yield f"<details><summary>Requests of that run</summary><pre>{escape(finding.requests)}</pre></details>"
    if len(finding.schedules) > 1:
        places = {run.schedule: number for number, run in enumerate(exploration.results)}
        links = ", ".join(_link(text, places.get(text)) for text in finding.schedules)
        yield f"<details><summary>All {len(finding.schedules)} schedules</summary><p>{links}</p></details>"
    if finding.advice:
        yield f"<p>{escape(finding.advice)}</p>"


def _link(text: str, number: int | None) -> str:
    code = f"<code>{escape(text)}</code>"
    return code if number is None else f'<a href="#run-{number}">{code}</a>'


def _notes(exploration: Findings) -> Iterator[str]:
    if exploration.notes or exploration.allowed or exploration.unused_allowances:
        yield "<h2>Notes</h2>"
    for note in exploration.notes:
        yield f'<article class="note"><h3>{escape(note.kind)}</h3><p>{escape(note.text)}</p>'
        yield f'<p class="soft">{escape(NOTES[note.kind])}</p>'
        times = f"{len(note.schedules)} times, such as" if len(note.schedules) > 1 else "in"
        yield f"<p>{times} <code>{escape(note.schedule)}</code></p></article>"
    for finding in exploration.allowed:
        yield f'<article class="note"><h3>accepted: {escape(finding.kind)}</h3><p>{escape(finding.text)}</p>'
        yield f"<p>{escape(finding.reason or '')}</p></article>"
    for pattern in exploration.unused_allowances:
        yield f'<article class="note"><p>accepted, but nothing of that kind came: {escape(pattern)}</p></article>'


def _matrix(exploration: Findings) -> Iterator[str]:
    """Yield the table of the runs with one failure: sites down, failures across."""
    cells: dict[tuple[str, str], int] = {}
    sites: dict[str, None] = {}
    failures: dict[str, None] = {}
    for number, run in enumerate(exploration.results):
        site, _, failure = run.schedule.rpartition("=")
        if "; " not in run.schedule:
            cells[site, failure] = number
            sites.setdefault(site)
            failures.setdefault(failure)
    if not cells:
        return
    yield '<h2>One failure</h2>\n<div class="wide"><table><thead><tr><th></th>'
    yield "".join(f'<th scope="col"><span>{escape(failure)}</span></th>' for failure in failures)
    yield "</tr></thead><tbody>"
    for site in sites:
        yield f'<tr><th scope="row">{escape(site)}</th>'
        yield "".join(_cell(exploration.results, cells.get((site, failure))) for failure in failures) + "</tr>"
    yield "</tbody></table></div>"


def _cell(results: Sequence[ExploredRun], number: int | None) -> str:
    if number is None:
        return "<td></td>"
    letter, kind, title = _mark(results[number])
    return f'<td class="{kind}"><a href="#run-{number}" title="{escape(title)}">{letter}</a></td>'


def _mark(run: ExploredRun) -> tuple[str, str, str]:
    """Return the letter of a run, the class of its cell, and what it means."""
    if not run.happened:
        return UNHAPPENED[0], "none", UNHAPPENED[1]
    found = [kind for kind in run.kinds if kind in LETTERS]
    if found:
        return LETTERS[found[0]], "bad", ", ".join(found)
    if run.kinds:
        return NOTE, "note-cell", ", ".join(run.kinds)
    letter, title = FINE.get(run.ended, DIED)
    return letter, "good", title


def _further(exploration: Findings) -> Iterator[str]:
    """Yield the runs with several failures that have something to say."""
    runs = [(number, run) for number, run in enumerate(exploration.results) if "; " in run.schedule and run.kinds]
    if runs:
        yield f"<h2>Several failures</h2><p>{len(runs):,} runs with a finding or a note:</p><ul>"
        yield "".join(f"<li>{_link(run.schedule, number)}: {escape(', '.join(run.kinds))}</li>" for number, run in runs)
        yield "</ul>"


def _legend() -> Iterator[str]:
    yield '<h2>What the letters mean</h2><dl class="legend">'
    for kind, letter in LETTERS.items():
        yield f'<dt class="bad">{letter}</dt><dd>{escape(kind)}: {escape(KINDS[kind])}</dd>'
    yield f'<dt class="note-cell">{NOTE}</dt><dd>a note: no client can avoid it</dd>'
    for letter, text in (*FINE.values(), DIED):
        yield f'<dt class="good">{letter}</dt><dd>{escape(text)}</dd>'
    yield f'<dt class="none">{UNHAPPENED[0]}</dt><dd>{escape(UNHAPPENED[1])}</dd></dl>'


def _runs(exploration: Findings) -> Iterator[str]:
    if exploration.results:
        yield "<h2>Runs</h2>"
    for number, run in enumerate(exploration.results):
        letter, kind, _ = _mark(run)
        yield f'<details class="run" id="run-{number}"><summary><span class="{kind}">&nbsp;{letter}&nbsp;</span> '
        yield f"<code>{escape(run.schedule)}</code> {escape(', '.join(run.kinds) or run.ended)}</summary>"
        yield f"<pre>{escape(chr(10).join(run.requests))}</pre></details>"
