"""`/v1/events`: what S3 would have sent by the notification configurations of the buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.serving.control import waiting
from fakecos.serving.control.forms import listed, or_null, record, text, whole
from fakecos.serving.control.journal_routes import as_json
from fakecos.serving.control.refusals import NOT_YET
from fakecos.serving.control.table import OK, WHY, Answer, Asked, Parameter, Route

if TYPE_CHECKING:
    from fakecos.notifications.s3_event import S3Event

EVENT = record(
    {
        "name": text("The type, such as s3:ObjectCreated:Put."),
        "bucket": text(),
        "key": text("As it is, not encoded."),
        "version_id": or_null(text()),
        "time": text("When it happened, by the fake's clock."),
        "destination": text("The ARN of the queue, topic, function or bus."),
        "configuration_id": text("Which configuration says so; empty for EventBridge."),
        "document": {"type": "object", "description": "The message, as a function is given it."},
    },
    title="Event",
)
MEMBERS = {
    "events": listed(EVENT, "The last at the end."),
    "count": whole("How many there are that were asked for, also beyond `limit`."),
}
EVENTS = record(MEMBERS, title="Events")
NOT_ENOUGH = record(
    {**WHY, **MEMBERS},
    "Fewer were sent than were waited for: these.",
    title="EventsSoFar",
)


def _event(event: S3Event) -> dict[str, Any]:
    document: dict[str, Any] = as_json(event._asdict())
    return document


def _events(asked: Asked) -> Answer:
    given, cos = asked.parameters, asked.control.cos
    names = {name: given.get(name) for name in ("bucket", "key", "destination")}

    def look() -> list[S3Event]:
        return list(cos.events.filter(given.get("name"), **names))

    found, is_enough = waiting.until_enough(asked, look, lambda: (id(cos.events), len(cos.events)))
    document = {"events": [_event(each) for each in found[: given.get("limit", waiting.FEW)]], "count": len(found)}
    hint = f"sent at all: {len(cos.events)}; a bucket sends none without a notification configuration"
    return waiting.answer(asked, document, f"{len(found)} of {{}} events were sent", hint, is_enough=is_enough)


ROUTES = (
    Route(
        "GET",
        "/v1/events",
        "readEvents",
        "The events that S3 would have sent; with `count` and `wait`, as soon as enough were.",
        _events,
        {OK: ("Those that are of all that was asked for.", EVENTS), NOT_YET: ("Fewer were sent.", NOT_ENOUGH)},
        parameters=(
            Parameter("name", text("A type of event, or a wildcard of S3 such as s3:ObjectCreated:*.", minLength=1)),
            Parameter("bucket", text("The name of a bucket.")),
            Parameter("key", text("A key, or a pattern.")),
            Parameter("destination", text("An ARN, or a pattern.")),
            waiting.LIMIT,
            waiting.COUNT,
            waiting.WAIT,
        ),
    ),
)
