"""The page on the types of events, made of their table."""

from __future__ import annotations

from fakecos.facts import dates
from fakecos.facts.event_types import ETAG, FAMILIES, NEVER, PREFIX, ROWS, SEQUENCER, SIZE, TEST_EVENT, version_of
from tools.reference.markdown import cell, table

INTRODUCTION = """\
# Events

What S3 tells of objects ("S3 Event Notifications"), when fakecos does, and which members the message has.
`cos.on_event(...)` and a notification configuration name the types as in the first column. A wildcard stands for a
family:
{wildcards}.
There is none for all types. IBM COS has no event notifications.

How to use them: [test what happens on events](../how-to/events.md). Where each form was learnt:
[the facts](../facts/aws-event-notifications.md); *sources* are explained in [sources](../explanation/sources.md).

## Types

`object` of a message always has `key`, encoded as in a form, and where versioning is enabled `versionId`. The column
has what else it has.

"""
BODY = """
## The message

```json
{"Records": [{"eventVersion": "2.6", "eventSource": "aws:s3", "awsRegion": "us-east-1",
  "eventTime": "2026-05-04T10:30:00.123Z", "eventName": "ObjectCreated:Put",
  "userIdentity": {"principalId": "AWS:123456789012"},
  "requestParameters": {"sourceIPAddress": "127.0.0.1"},
  "responseElements": {"x-amz-request-id": "3395763...", "x-amz-id-2": "LjHDvSi..."},
  "s3": {"s3SchemaVersion": "1.0", "configurationId": "uploads",
    "bucket": {"name": "photos", "ownerIdentity": {"principalId": "AC244IDIXK56ZI"}, "arn": "arn:aws:s3:::photos"},
    "object": {"key": "a+b.jpg", "size": 7, "eTag": "9dd4e461268c8034f5c8564e155c67a6",
      "sequencer": "006B0C2E4900000001"}}}]}
```

- `eventTime` is when it happened, `awsRegion` the bucket's region, and `responseElements` have the ids of the answer.
- `userIdentity`: of an account its digits, of a user `AWS:AIDA...`, of a role `AWS:AROA...:session`, of nobody
  `AWS:Anonymous` (the last: assumed). What S3 does by itself is `s3.amazonaws.com`, which is also its address.
- `sequencer` grows with each write of a key, in the order in which the writes took effect: compare those of one key as
  texts. Restores and expirations have the one of the object's own write.
- `configurationId` is the Id of the configuration; of a handler's message it is `cos.on_event`.
- Restores that are completed have `glacierEventData`, transitions `lifecycleEventData`, replication
  `replicationEventData`, annotations `objectAnnotation`, retention `objectRetentionEventData`, copies
  `hasObjectAnnotation`.
- `bucket` has `awsGeneratedTags` if the bucket has tags that begin with `aws:`.

A message that goes to a new destination, `{test}`, has a form of its own. `eventVersion` is that of the day which the
fake imitates:

"""


def events_page() -> str:
    """Every type of event, when it arises, and what its message has."""
    wildcards = ", ".join(f"`{PREFIX}{family}`" for family in FAMILIES)
    rows = []
    for row in ROWS:
        members = ", ".join(f"`{member}`" for member in (SIZE, ETAG, SEQUENCER) if member in row.members)
        arises = row.arises
        arises = f"*never*: {arises.removeprefix(NEVER)}" if arises.startswith(NEVER) else arises
        since = f"; since [{row.since.day}](dates.md)" if row.since else ""
        rows.append((f"`{row.full_name}`", cell(arises) + since, members, cell(row.source)))
    return (
        INTRODUCTION.format(wildcards=wildcards)
        + table(("type", "fakecos sends it for", "`object` has", "source"), rows)
        + BODY.replace("{test}", TEST_EVENT)
        + table(("from", "eventVersion"), versions())
    )


def versions() -> list[tuple[str, ...]]:
    """Return the versions of the structure, by day."""
    facts = sorted((dates.ANNOTATIONS, dates.BUCKET_TAGS_IN_EVENTS, dates.RETENTION_EVENTS), key=lambda fact: fact.day)
    of_types: dict[str, list[str]] = {}
    for row in ROWS:
        if row.since is None:
            of_types.setdefault(row.version, []).append(row.name.partition(":")[0])
    before = "; ".join(f"{version}: {', '.join(dict.fromkeys(names))}" for version, names in sorted(of_types.items()))
    found: list[tuple[str, ...]] = [("before", before.replace("ObjectRestore", "ObjectRestore (Delete: 2.3)", 1))]
    for place, fact in enumerate(facts):
        found.append((f"`{fact.day}`", version_of(ROWS[0], frozenset(facts[: place + 1]))))
    return found
