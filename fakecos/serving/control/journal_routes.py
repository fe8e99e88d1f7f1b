"""`/v1/journal`: the requests that came, and waiting for those that are still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fakecos.facts.numbers import natural
from fakecos.service.wanted_requests import WantedRequests
from fakecos.serving.control import waiting
from fakecos.serving.control.forms import either, flag, listed, number, or_null, record, shown, text, whole
from fakecos.serving.control.refusals import IMPOSSIBLE, NOT_YET, Refused
from fakecos.serving.control.table import OK, WHY, Answer, Asked, Parameter, Route

if TYPE_CHECKING:
    from fakecos.service.journal import RecordedRequest

REQUEST = record(
    {
        "request_id": text("Its id, which the answer had too."),
        "time": text("When it came, by the fake's clock."),
        "operation": text('The name in the service model, "(none)" if none was recognised.'),
        "bucket": or_null(text()),
        "key": or_null(text()),
        "upload_id": or_null(text()),
        "part_number": or_null(either(whole(), text()), "A number; what the query had, if that was none."),
        "status": whole("Of HTTP; 0 if no answer reached the client."),
        "error": or_null(text("The code of a refusal.")),
        "attempt": whole("Counts the attempts of a client from 1."),
        "fault": or_null(text("The fault that answered.")),
        "duration": number("Seconds that the answer took."),
        "bytes_sent": whole("Of the request's body without its framing."),
        "bytes_received": whole("Of the answer's body that arrived."),
        "parameters": {
            "type": "object",
            "description": "By the names of the service model; Body is a size, and a customer's key is not shown.",
        },
    },
    "A request that came, and how it was answered.",
    title="Request",
)
MEMBERS = {
    "requests": listed(REQUEST, "The last at the end."),
    "count": whole("How many there are that were asked for, also beyond `limit`."),
    "total": whole("How many requests came since the start or the last reset, of any kind."),
    "last": or_null(text("The id of the last request shown: `after` it the next ones are.")),
}
JOURNAL = record(MEMBERS, title="Journal")
NOT_ENOUGH = record(
    {**WHY, **MEMBERS},
    "Fewer came than were waited for: these.",
    title="JournalSoFar",
)
PARAMETERS = (
    Parameter(
        "operation", text("A name in the service model, such as UploadPart.", minLength=1, examples=["UploadPart"])
    ),
    Parameter("bucket", text("The name of a bucket.")),
    Parameter("key", text("A key, or a pattern such as *.zip.")),
    Parameter("upload_id", text("The id of an upload.")),
    Parameter("part_number", whole("The number of a part.", 0, 1_000_000_000)),
    Parameter(
        "status",
        text("A status of HTTP, 503, or a hundred of them, 4xx. 0: no answer.", pattern="^([0-9]{1,3}|[1-5]xx)$"),
    ),
    Parameter("code", text("The code of a refusal, such as SlowDown.")),
    Parameter("fault", flag("Whether a fault answered.")),
    Parameter("after", text("Only what came after the request with this id.", minLength=1)),
    waiting.LIMIT,
    waiting.COUNT,
    waiting.WAIT,
)


def as_json(value: Any) -> Any:
    """Return a parameter of a request as JSON: times as ISO 8601, bytes as their number."""
    if isinstance(value, Mapping):
        return {str(name): as_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(each) for each in value]
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return len(value)
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _request(request: RecordedRequest) -> dict[str, Any]:
    part = request.part_number
    found = {name: getattr(request, name) for name in REQUEST["properties"]}
    return {
        **found,
        "time": request.time.isoformat(),
        "part_number": part if part is None or natural(part) is None else natural(part),
        "parameters": as_json(request.parameters),
    }


def _statuses(given: str | None) -> tuple[int, int] | None:
    if given is None:
        return None
    if given.endswith("xx"):
        first = int(given[0]) * 100
        return first, first + 99
    return int(given), int(given)


def _journal(asked: Asked) -> Answer:
    given, cos = asked.parameters, asked.control.cos
    wanted = WantedRequests(
        **{name: given.get(name) for name in ("operation", "bucket", "key", "upload_id", "part_number", "fault")},
        status=_statuses(given.get("status")),
        error=given.get("code"),
    ).known("operation")

    def look() -> list[RecordedRequest]:
        found = wanted.of(cos.journal, given.get("after"))
        if found is None:
            message = f"after: the journal has no request {shown(given['after'])}"
            raise Refused(IMPOSSIBLE, message, "it was emptied by a reset or restore, or holds later ones only")
        return found

    found, is_enough = waiting.until_enough(asked, look, lambda: (id(cos.journal), cos.journal.counts.total()))
    first = found[: given.get("limit", waiting.FEW)]
    document = {
        "requests": [_request(each) for each in first],
        "count": len(found),
        "total": cos.journal.counts.total(),
        "last": first[-1].request_id if first else given.get("after"),
    }
    every = ", ".join(f"{name} ({number})" for name, number in cos.journal.counts.most_common(8)) or "nothing"
    came, hint = f"{len(found)} of {{}} requests came", f"what came at all: {every}"
    return waiting.answer(asked, document, came, hint, is_enough=is_enough)


ROUTES = (
    Route(
        "GET",
        "/v1/journal",
        "readJournal",
        "The requests that came; with `count` and `wait`, as soon as enough came.",
        _journal,
        {OK: ("Those that are of all that was asked for.", JOURNAL), NOT_YET: ("Fewer came.", NOT_ENOUGH)},
        about=(
            "It holds the last 10,000, and never a body. `?operation=UploadPart&count=3&wait=10` answers when three "
            "came, or after ten seconds with 409 and what came: 409, since 408 makes libraries ask again."
        ),
        parameters=PARAMETERS,
    ),
)
