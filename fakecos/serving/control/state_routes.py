"""`/v1/state`: what is stored. `/v1/buckets`: a bucket by hand. `/v1/reset`, `/v1/snapshot`, `/v1/restore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.regions import US_EAST_1
from fakecos.model.encryption import SSE_C_SETTINGS
from fakecos.serving.control.controlled import KEPT
from fakecos.serving.control.forms import one_of, or_null, record, shown, text, whole
from fakecos.serving.control.hints import nearest
from fakecos.serving.control.refusals import IMPOSSIBLE, NOT_FOUND, Refused
from fakecos.serving.control.state_forms import BUCKET, SNAPSHOT, STATE
from fakecos.serving.control.table import CREATED, DONE, ERROR, OK, Answer, Asked, Parameter, Route
from fakecos.serving.control.waiting import FEW
from fakecos.testing.json_report import upload_as_json, version_as_json

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.snapshot import Snapshot


def _carried(stored: StoredObject | Any) -> dict[str, Any]:
    attributes = stored.attributes
    return {
        "content_type": attributes.headers.get("ContentType", ""),
        "metadata": dict(attributes.metadata),
        "tags": dict(attributes.tags),
        "storage_class": attributes.storage_class,
        "encryption": attributes.encryption.method,
    }


def _version(version: StoredObject | DeleteMarker) -> dict[str, Any]:
    carried = {} if version.is_delete_marker else _carried(version)
    return {**version_as_json(version), "last_modified": version.last_modified.isoformat(), **carried}


def _bucket(bucket: Bucket, prefix: str, limit: int) -> dict[str, Any]:
    keys = [key for key in bucket.objects if key.startswith(prefix)]
    versions = [
        version
        for key in (bucket.versions.keys if bucket.versioning else ())
        if key.startswith(prefix)
        for version in bucket.versions_of(key)
    ]
    uploads = [upload for upload in bucket.uploads.values() if upload.key.startswith(prefix)]
    return {
        "name": bucket.name,
        "region": bucket.region,
        "account": bucket.account,
        "created": bucket.created.isoformat(),
        "versioning": bucket.versioning,
        "objects": [_version(bucket.objects[key]) for key in keys[:limit]],
        "versions": [_version(version) for version in versions[:limit]],
        "uploads": [
            {**upload_as_json(bucket, upload), "initiated": upload.initiated.isoformat(), **_carried(upload)}
            for upload in uploads[:limit]
        ],
        "is_truncated": max(len(keys), len(versions), len(uploads)) > limit,
    }


def _state(asked: Asked) -> Answer:
    given, store = asked.parameters, asked.control.cos.store
    prefix, limit, name = given.get("prefix", ""), given.get("limit", FEW), given.get("bucket")
    with store.lock:
        if name is not None and name not in store.buckets:
            raise Refused(NOT_FOUND, f"there is no bucket {shown(name)}", nearest(name, store.buckets, "buckets"))
        buckets = [bucket for bucket in store.buckets.values() if name in {None, bucket.name}]
        document = {
            "buckets": [_bucket(bucket, prefix, limit) for bucket in buckets],
            "billed_bytes": store.billed_bytes,
        }
    return Answer(OK, document)


def _create(asked: Asked) -> Answer:
    cos, given = asked.control.cos, asked.body
    name = given["name"]
    if name in cos.store.buckets:
        message = f"there is a bucket {shown(name)} already"
        raise Refused(IMPOSSIBLE, message, f"GET /v1/state?bucket={name} shows it; POST /v1/reset forgets all buckets")
    cos.create_bucket(**{name: value for name, value in given.items() if value is not None})
    store = cos.store
    with store.lock:
        return Answer(CREATED, _bucket(store.buckets[name], "", FEW))


def _reset(asked: Asked) -> Answer:
    asked.control.cos.reset()
    return Answer(OK, {"status": "ok"})


def _counts(name: str, snapshot: Snapshot) -> dict[str, Any]:
    buckets = snapshot.store.buckets.values()
    return {
        "snapshot": name,
        "buckets": len(buckets),
        "objects": sum(len(bucket.objects) for bucket in buckets),
        "uploads": sum(len(bucket.uploads) for bucket in buckets),
    }


def _snapshot(asked: Asked) -> Answer:
    return Answer(CREATED, _counts(*asked.control.keep((asked.body or {}).get("name"))))


def _restore(asked: Asked) -> Answer:
    kept = asked.control.kept()
    name = (asked.body or {}).get("snapshot") or next(reversed(kept), None)
    if name is None:
        raise Refused(NOT_FOUND, "there is no snapshot", "POST /v1/snapshot takes one")
    if name not in kept:
        hint = nearest(name, kept, "snapshots")
        hint = f"{hint}{'' if hint.endswith('?') else '.'} The last {KEPT} are kept"
        raise Refused(NOT_FOUND, f"there is no snapshot {shown(name)}", hint)
    asked.control.cos.restore(kept[name])
    return Answer(OK, _counts(name, kept[name]))


NAMED = text(minLength=1, maxLength=200)
ROUTES = (
    Route(
        "POST",
        "/v1/reset",
        "reset",
        "Forget what is stored, the requests that came, and the faults.",
        _reset,
        {OK: ("It is done.", DONE)},
        about="Between two tests. Snapshots stay, and so does the clock.",
    ),
    Route(
        "GET",
        "/v1/state",
        "readState",
        "What is stored: buckets, objects, versions, uploads that are open; no bytes.",
        _state,
        {OK: ("What is stored now.", STATE), NOT_FOUND: ("There is no such bucket.", ERROR)},
        parameters=(
            Parameter("bucket", text("This bucket alone.", minLength=1)),
            Parameter("prefix", text("Keys that begin so.")),
            Parameter("limit", whole(f"So many of each list at most; {FEW:,} unless given.", 1, 1_000_000)),
        ),
    ),
    Route(
        "POST",
        "/v1/buckets",
        "createBucket",
        "Create a bucket by hand: no request, no journal.",
        _create,
        {CREATED: ("It is there.", BUCKET)},
        about="As `cos.create_bucket`, by whose names the members go.",
        body=record(
            {
                "name": text("Its name."),
                "region": or_null(text(f"Such as eu-west-1; {US_EAST_1} unless given.")),
                "account": or_null(text("The 12 digits of its owner.")),
                "sse_c": or_null(one_of(SSE_C_SETTINGS, "Whether it takes keys of the customer.")),
            },
            needs=["name"],
            title="BucketToCreate",
        ),
        needs_body=True,
        examples=({"name": "photos"}, {"name": "films", "region": "eu-west-1"}),
    ),
    Route(
        "POST",
        "/v1/snapshot",
        "takeSnapshot",
        "Keep what is stored now, to be put back.",
        _snapshot,
        {CREATED: ("It is kept.", SNAPSHOT)},
        about=f"No bytes are copied. The last {KEPT} are kept; one of the same name is replaced.",
        body=record(
            {"name": {**NAMED, "description": "Its name; a number is made of none."}}, needs=[], title="ToSnapshot"
        ),
        examples=({"name": "seeded"},),
    ),
    Route(
        "POST",
        "/v1/restore",
        "restore",
        "Store what was stored at a snapshot and nothing else, as often as needed.",
        _restore,
        {OK: ("It is stored.", SNAPSHOT), NOT_FOUND: ("There is no such snapshot.", ERROR)},
        about="The journal is empty then, and faults are forgotten.",
        body=record(
            {"snapshot": {**NAMED, "description": "Its name; the last one unless given."}}, needs=[], title="ToRestore"
        ),
        examples=({"snapshot": "seeded"},),
    ),
)
