"""`/v1/report`: what was left behind. `/v1/health`: whether it is there. `/v1/openapi.json`: this table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.serving.control.fault_routes import SET, fault_json
from fakecos.serving.control.forms import flag, listed, mapping, record, text, whole
from fakecos.serving.control.state_forms import UPLOAD_MEMBERS
from fakecos.serving.control.table import OK, Answer, Asked, Route
from fakecos.serving.version import version_of_fakecos
from fakecos.testing.json_report import left_behind
from fakecos.testing.was_missing import what_was_missing

if TYPE_CHECKING:
    from collections.abc import Callable

ADVICE = "POST /v1/buckets creates one by hand"
LEFT = record(UPLOAD_MEMBERS, "An upload that is neither completed nor aborted.", title="UploadLeftOpen")
REPORT = record(
    {
        "is_clean": flag(
            "Whether nothing was left open, each fault happened as often as it was to, and nothing was raised."
        ),
        "uploads_left_open": listed(LEFT, "S3 would go on to bill their parts."),
        "unfired_faults": listed(SET, "They never happened: the test did not test what it says."),
        "unfinished_faults": listed(SET, "They happened less often than they were to."),
        "errors": listed(
            record({"type": text(), "message": text()}, title="Raised"),
            "What is no answer of S3: misuse of fakecos, and its bugs. Their connections were reset.",
        ),
        "requests": mapping(
            record({"ok": whole(), "refused": mapping(whole(), "By the code.")}, title="Outcomes"),
            "By operation: how many went well, and how many were refused or met a fault.",
        ),
        "would_be_refused": listed(text(), "What S3's own limits would have refused."),
        "refused_actions": listed(
            record({"action": text(), "resource": text(), "times": whole(), "why": text()}, title="RefusedAction"),
            "What a policy did not allow.",
        ),
        "notices": listed(text(), "What else there is to look at: why requests were refused, and what was missing."),
    },
    title="Report",
)
HEALTH = record(
    {
        "status": {"type": "string", "const": "ok"},
        "version": text("Of fakecos."),
        "endpoint_url": text("Where S3 is."),
    },
    title="Health",
)


def _report(asked: Asked) -> Answer:
    control = asked.control
    cos, journal, store = control.cos, control.cos.journal, control.cos.store
    missing = what_was_missing(journal, store.buckets, ADVICE)
    with store.lock:
        found = left_behind(store, journal.counts, journal.refused, [*journal.why_refused(), *missing])
    faults = control.faults()
    unfired = [fault_json(control, number, fault) for number, fault in faults.items() if not fault.hits]
    unfinished = [fault_json(control, number, fault) for number, fault in faults.items() if fault.is_unfinished]
    errors = [{"type": type(error).__name__, "message": str(error)} for error in list(cos.errors)]
    is_clean = not (found["uploads_left_open"] or unfired or unfinished or errors)
    further = {"unfired_faults": unfired, "unfinished_faults": unfinished, "errors": errors}
    return Answer(OK, {"is_clean": is_clean, **found, **further})


def _health(asked: Asked) -> Answer:
    return Answer(OK, {"status": "ok", "version": version_of_fakecos(), "endpoint_url": asked.control.endpoint_url})


def routes(document: Callable[[], dict[str, Any]]) -> tuple[Route, ...]:
    """Return the rows; `document` makes the OpenAPI document of all rows."""
    return (
        Route(
            "GET",
            "/v1/report",
            "readReport",
            "What was left behind, and what there is to look at: what `fakecos serve` writes at its end.",
            _report,
            {OK: ("The report.", REPORT)},
            about="At the end of a test; nothing is forgotten by it.",
        ),
        Route("GET", "/v1/health", "health", "Whether it is there.", _health, {OK: ("It is.", HEALTH)}),
        Route(
            "GET",
            "/v1/openapi.json",
            "readOpenApi",
            "This document.",
            lambda _: Answer(OK, document()),
            {OK: ("An OpenAPI document, version 3.1.", {"type": "object"})},
        ),
    )
