"""`/v1/clock`: what time it is for the fake, and letting time pass, with what S3 did by itself meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.model.clock import instant
from fakecos.serving.control.forms import listed, number, or_null, record, shown, text
from fakecos.serving.control.refusals import IMPOSSIBLE, Refused
from fakecos.serving.control.table import OK, Answer, Asked, Route

if TYPE_CHECKING:
    from fakecos.model.store import Store

UNITS = ("weeks", "days", "hours", "minutes", "seconds")
LONGEST = 100 * 365 * 86400
SLACK = 0.01
"""Seconds: a freezer that ticks forgets what passed since its last step, and what is due at a time must have come."""
LAST_YEAR = 9000
"""Beyond it Python's dates end, and with them what S3 could promise."""

VERSION = record({"bucket": text(), "key": text(), "version_id": text()}, "A version of an object.", title="Version")
CHANGED = record(
    {
        "bucket": text(),
        "key": text(),
        "version_id": text(),
        "from": text("The storage class before."),
        "to": text("The storage class now."),
    },
    title="Transition",
)
ABORTED = record({"bucket": text(), "key": text(), "upload_id": text()}, title="AbortedUpload")
CLOCK = record({"now": text("The fake's time, ISO 8601 in UTC.")}, title="Clock")
PASSED = record(
    {
        "now": text("The fake's time, ISO 8601 in UTC."),
        "removed": listed(VERSION, "Objects and versions that are not there any more."),
        "delete_markers": listed(VERSION, "Delete markers that were made."),
        "stored": listed(VERSION, "What S3 wrote: replicas, inventories, access logs."),
        "transitions": listed(CHANGED, "What changed its storage class."),
        "aborted_uploads": listed(ABORTED, "Uploads that a lifecycle rule aborted."),
    },
    "What S3 did by itself while time passed.",
    title="TimePassed",
)
Key = tuple[str, str, str]


class _Seen(NamedTuple):
    """What is stored, as far as time changes it: the storage class of each version, None of a marker; the uploads."""

    versions: dict[Key, str | None]
    uploads: set[Key]


def _look(store: Store) -> _Seen:
    versions: dict[Key, str | None] = {}
    with store.lock:
        for bucket in store.buckets.values():
            for stored in bucket.stored():
                versions[bucket.name, stored.key, stored.version_id] = stored.attributes.storage_class
            for key in bucket.versions.keys:
                for version in bucket.versions_of(key):
                    if version.is_delete_marker:
                        versions[bucket.name, key, version.version_id] = None
        uploads = {
            (bucket.name, upload.key, upload.upload_id)
            for bucket in store.buckets.values()
            for upload in bucket.uploads.values()
        }
    return _Seen(versions, uploads)


def _differences(before: _Seen, after: _Seen) -> dict[str, Any]:
    made = [key for key in after.versions if key not in before.versions]
    return {
        "removed": [_named(key) for key in before.versions if key not in after.versions],
        "delete_markers": [_named(key) for key in made if after.versions[key] is None],
        "stored": [_named(key) for key in made if after.versions[key] is not None],
        "transitions": [
            {**_named(key), "from": was, "to": after.versions[key]}
            for key, was in before.versions.items()
            if key in after.versions and after.versions[key] != was and was is not None
        ],
        "aborted_uploads": [
            {"bucket": bucket, "key": key, "upload_id": upload_id}
            for bucket, key, upload_id in sorted(before.uploads - after.uploads)
        ],
    }


def _named(key: Key) -> dict[str, str]:
    return dict(zip(("bucket", "key", "version_id"), key, strict=True))


def _seconds(given: dict[str, Any]) -> float:
    """Return how far the clock is to go on. Refused: the time that is named is past, or no time."""
    if given.get("to") is None:
        seconds = sum(dt.timedelta(**{unit: given.get(unit) or 0}).total_seconds() for unit in UNITS)
        if seconds > LONGEST:
            raise Refused(IMPOSSIBLE, f"{seconds:g} seconds are more than a hundred years")
        return seconds
    if any(given.get(unit) is not None for unit in UNITS):
        raise Refused(IMPOSSIBLE, "to is given, and how long beside it", "give one of them")
    text = given["to"].replace("Z", "+00:00").replace("z", "+00:00")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Refused(IMPOSSIBLE, f"to: {shown(given['to'])} is no time", "write it as 2027-01-31T12:00:00Z") from None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.timezone.utc)
    seconds = (moment - instant()).total_seconds()
    if seconds < 0:
        message = f"to: {given['to']} is past: for the fake it is {instant().isoformat()}"
        raise Refused(IMPOSSIBLE, message, "time goes forward only; a server that is started again has the real one")
    return seconds


def _advance(asked: Asked) -> Answer:
    given, cos = asked.body or {}, asked.control.cos
    seconds = _seconds(given)
    if instant().year + seconds / (365 * 86400) > LAST_YEAR:
        raise Refused(IMPOSSIBLE, f"the clock stands at {instant().isoformat()}, and goes no further than {LAST_YEAR}")
    before, target = _look(cos.store), instant() + dt.timedelta(seconds=seconds)
    cos.advance(seconds=seconds)
    while given.get("to") and (left := (target - instant()).total_seconds()) > 0:
        cos.advance(seconds=left + SLACK)
    found = _differences(before, _look(cos.store))
    return Answer(OK, {"now": instant().isoformat(), **found})


def _read(asked: Asked) -> Answer:  # noqa: ARG001  nothing of it matters
    return Answer(OK, {"now": instant().isoformat()})


MOVE = record(
    {
        **{unit: or_null(number(minimum=0, maximum=36_500), f"How many {unit} pass.") for unit in UNITS},
        "to": or_null(text(), "Or the time to which the clock is set, ISO 8601; it goes forward only."),
    },
    "How far the clock goes on; with nothing S3 only does what is due by now.",
    needs=[],
    title="TimeToPass",
)
MOVE["properties"]["seconds"] = or_null(number(minimum=0, maximum=LONGEST), "How many seconds pass.")
ROUTES = (
    Route("GET", "/v1/clock", "readClock", "What time it is for the fake.", _read, {OK: ("The time.", CLOCK)}),
    Route(
        "POST",
        "/v1/clock",
        "advanceClock",
        "Let time pass: lifecycle rules act, and what is due is replicated.",
        _advance,
        {OK: ("It has passed; what S3 did.", PASSED)},
        about=(
            "It sets the clock of the fake's process, for good, by freezegun (`pip install 'fakecos[freezegun]'`), or "
            "moves on the one that a test in Python set."
        ),
        body=MOVE,
        examples=({"days": 7},),
    ),
)
