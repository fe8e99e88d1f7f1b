"""`/v1/faults`: set them, look at them, cancel them. `/v1/corrupt_stored`: a disk that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import UsageError
from fakecos.faults.unused import why_not
from fakecos.serving.control.fault_requests import FAULT, keywords_of, written_of
from fakecos.serving.control.forms import flag, listed, mapping, or_null, record, text, whole
from fakecos.serving.control.in_json import in_json, refusal_of
from fakecos.serving.control.refusals import NOT_FOUND, Refused
from fakecos.serving.control.table import CREATED, DONE, ERROR, OK, Answer, Asked, Parameter, Route

if TYPE_CHECKING:
    from fakecos.faults.schedule import Fault
    from fakecos.serving.control.controlled import Controlled

SET = record(
    {
        "id": whole("Its number, for DELETE /v1/faults/ID.", 0),
        "asked": or_null(mapping({}, "The JSON that set it; null: a test in Python did.")),
        "written": text("The call that sets it in Python."),
        "hits": whole("How often it happened."),
        "seen": whole("How many requests came that it is for, hit or not."),
        "wanted_hits": or_null(whole("How often it is to happen; null: as often as requests come.")),
        "is_unfinished": flag("Whether it happened, but less often than it was to."),
        "reasons_missed": listed(text(), "Why requests that it is for were not hit."),
        "why_not": or_null(
            text("Why it did not happen yet, or less often than it is to: what came, and what came near.")
        ),
    },
    "A fault that was set.",
    title="Fault",
)
FAULTS = record({"faults": listed(SET)}, title="Faults")


def fault_json(control: Controlled, number: int, fault: Fault, *, is_new: bool = False) -> dict[str, Any]:
    """Return a fault as JSON. Of a new one nobody asks why it did not happen: all that came was before it."""
    why = None if is_new else why_not(fault, control.cos.journal)
    return {
        "id": number,
        "asked": control.asked.get(fault),
        "written": fault.written,
        "hits": fault.hits,
        "seen": fault.seen,
        "wanted_hits": fault.wanted_hits,
        "is_unfinished": fault.is_unfinished,
        "reasons_missed": list(fault.reasons_missed),
        "why_not": None if why is None else in_json(why, {}),
    }


def _listed(control: Controlled, faults: dict[int, Fault]) -> dict[str, Any]:
    return {"faults": [fault_json(control, *pair) for pair in faults.items()]}


def _set(asked: Asked) -> Answer:
    keywords = keywords_of(asked.body)
    try:
        fault = asked.control.cos.inject(**keywords)
    except UsageError as error:
        raise refusal_of(str(error), written_of(asked.body, keywords)) from None
    asked.control.asked[fault] = asked.body
    number = asked.control.number_of(fault)
    return Answer(CREATED, fault_json(asked.control, number, fault, is_new=True), {"Location": f"/v1/faults/{number}"})


def _list(asked: Asked) -> Answer:
    return Answer(OK, _listed(asked.control, asked.control.faults()))


def _one(asked: Asked) -> tuple[int, Fault]:
    number = asked.parameters["id"]
    there = asked.control.faults()
    if number not in there:
        known = ", ".join(map(str, there)) or "none: a reset forgets them too"
        raise Refused(NOT_FOUND, f"there is no fault {number}", f"those that are set: {known}")
    return number, there[number]


def _show(asked: Asked) -> Answer:
    return Answer(OK, fault_json(asked.control, *_one(asked)))


def _cancel(asked: Asked) -> Answer:
    number, fault = _one(asked)
    fault.cancel()
    return Answer(OK, fault_json(asked.control, number, fault))


def _cancel_all(asked: Asked) -> Answer:
    there = asked.control.faults()
    for fault in there.values():
        fault.cancel()
    return Answer(OK, _listed(asked.control, there))


def _corrupt(asked: Asked) -> Answer:
    asked.control.cos.corrupt_stored(**{name: value for name, value in asked.body.items() if value is not None})
    return Answer(OK, {"status": "ok"})


NUMBER = (Parameter("id", whole("The number of a fault.", 1, 1_000_000_000), "path"),)
GONE = {NOT_FOUND: ("There is no such fault, or it was cancelled.", ERROR)}
ROUTES = (
    Route(
        "POST",
        "/v1/faults",
        "setFault",
        "Let requests fail.",
        _set,
        {CREATED: ("It is set.", SET)},
        about="The members are the keywords of `cos.inject`; the page on faults explains them.",
        body=FAULT,
        needs_body=True,
        examples=(
            {"operation": "UploadPart", "part_number": 3, "error": "SlowDown", "times": 2},
            {"operation": "PutObject", "key": "*.zip", "transport": "RESET", "when": "STORED"},
            {"operation": "GetObject", "corrupt_answer": {"cut": 100}},
            {"operation": "*", "delay": 30, "times": None},
            {"operation": "CompleteMultipartUpload", "outcomes": [{"error_in_200": "InternalError"}, None]},
        ),
    ),
    Route(
        "GET",
        "/v1/faults",
        "listFaults",
        "The faults that are set and were not cancelled.",
        _list,
        {OK: ("In the order of their numbers.", FAULTS)},
        about="Also those that a test in Python set.",
    ),
    Route(
        "DELETE",
        "/v1/faults",
        "cancelFaults",
        "Cancel all faults.",
        _cancel_all,
        {OK: ("Those that were cancelled, with how often they happened.", FAULTS)},
    ),
    Route("GET", "/v1/faults/{id}", "getFault", "One fault.", _show, {OK: ("It.", SET), **GONE}, parameters=NUMBER),
    Route(
        "DELETE",
        "/v1/faults/{id}",
        "cancelFault",
        "Cancel one fault: no further request fails by it.",
        _cancel,
        {OK: ("It was cancelled; how often it happened.", SET), **GONE},
        about="A fault that was cancelled need not have happened.",
        parameters=NUMBER,
    ),
    Route(
        "POST",
        "/v1/corrupt_stored",
        "corruptStored",
        "Turn round one bit of what is stored, as a failing disk would.",
        _corrupt,
        {OK: ("It is done.", DONE)},
        about="ETag and checksums stay what they were.",
        body=record(
            {
                "bucket": text("Its bucket."),
                "key": text("Its key."),
                "bit": whole("Counted from the first, or with a minus sign from the last.", None),
                "part_number": or_null(whole("A part of the open upload of that key, else of the object.")),
                "upload_id": or_null(text("The upload, where several are open.")),
            },
            needs=["bucket", "key"],
            title="BitToTurn",
        ),
        needs_body=True,
        examples=({"bucket": "photos", "key": "a.jpg", "bit": 7},),
    ),
)
