"""An exploration as JSON, for machines: `exploration.schema.json` beside this file says its form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakecos.explore.findings import Finding, Findings

FORMAT = 1
"""Changes when a reader of the form before could not read it."""
SCHEMA = Path(__file__).with_name("exploration.schema.json")


def as_json(exploration: Findings) -> str:
    """Return the text of the document."""
    return json.dumps(document(exploration), indent=1, ensure_ascii=False) + "\n"


def document(exploration: Findings) -> dict[str, Any]:
    """Return the document as plain values."""
    return {
        "format": FORMAT,
        "runs": exploration.runs,
        "sites": list(exploration.sites),
        "covered": exploration.covered,
        "findings": [
            _finding(finding) | {"timeline": f"timeline-{number}"}
            for number, finding in enumerate(exploration.findings, 1)
        ],
        "notes": [_finding(note) for note in exploration.notes],
        "allowed": [_finding(finding) for finding in exploration.allowed],
        "unused_allowances": exploration.unused_allowances,
        "results": [
            {
                "schedule": run.schedule,
                "kinds": list(run.kinds),
                "ended": run.ended,
                "happened": run.happened,
                "requests": list(run.requests),
            }
            for run in exploration.results
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "text": finding.text,
        "lines": list(finding.lines),
        "schedule": finding.schedule,
        "schedules": finding.schedules,
        "failures": finding.failures,
        "requests": finding.requests,
        "advice": finding.advice,
        "reason": finding.reason,
        "timeline": None,
    }
