"""The types of S3's event notifications: which there are, what their messages have, and when they arise here.

The names are documented ("Event notification types and destinations", and the service model). Which members the object
of a message has is recorded in part (facts aws-event-notifications). docs/reference/events.md is made of these rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fakecos.facts import dates

if TYPE_CHECKING:
    from fakecos.facts.dates import DatedFact

FACTS = "aws-event-notifications "
PREFIX = "s3:"
ALL = ":*"
SIZE, ETAG, SEQUENCER = "size", "eTag", "sequencer"
WRITTEN = frozenset({SIZE, ETAG, SEQUENCER})
NEVER = "never: "


class EventType(NamedTuple):
    """One type of event.

    - `name`: as `eventName` has it, without `s3:`.
    - `arises`: when fakecos sends it, a sentence; what it never sends begins with `never: `.
    - `members`: of its `object`, beside `key` and `versionId`.
    - `version`: its eventVersion as long as each type had its own (documented; before June 2026).
    - `source`: where its members were learnt.
    - `since`: the dated fact that brought it.
    """

    name: str
    arises: str
    members: frozenset[str]
    version: str
    source: str
    since: DatedFact | None = None

    @property
    def full_name(self) -> str:
        """Its name as a configuration has it, with `s3:`."""
        return PREFIX + self.name


def _recorded(number: int) -> str:
    return f"recorded {FACTS}{number}"


_TIERED = "never: objects do not move between the tiers of INTELLIGENT_TIERING here"
_REPLICATION = "of replication rules with metrics or Replication Time Control"
ROWS = (
    EventType("ObjectCreated:Put", "PutObject", WRITTEN, "2.1", _recorded(1)),
    EventType("ObjectCreated:Post", "a browser's form (PostObject)", WRITTEN, "2.1", f"documented: {FACTS}13"),
    EventType("ObjectCreated:Copy", "CopyObject", WRITTEN, "2.1", _recorded(2)),
    EventType("ObjectCreated:CompleteMultipartUpload", "CompleteMultipartUpload", WRITTEN, "2.1", _recorded(3)),
    EventType(
        "ObjectRemoved:Delete",
        "DeleteObject and DeleteObjects, of an object without versions or of one version, also of what is not there",
        frozenset({SEQUENCER}),
        "2.1",
        _recorded(4),
    ),
    EventType(
        "ObjectRemoved:DeleteMarkerCreated",
        "DeleteObject and DeleteObjects without a version id, where the bucket has versions",
        frozenset({ETAG, SEQUENCER}),
        "2.1",
        f"public: {FACTS}11; documented for EventBridge",
    ),
    EventType("ObjectRestore:Post", "RestoreObject", WRITTEN, "2.1", _recorded(8)),
    EventType("ObjectRestore:Completed", "cos.advance(), when the copy can be read", WRITTEN, "2.1", _recorded(8)),
    EventType("ObjectRestore:Delete", "cos.advance(), when the copy is gone", WRITTEN, "2.3", "assumed"),
    EventType("ReducedRedundancyLostObject", f"{NEVER}no object is lost", WRITTEN, "2.1", "assumed"),
    EventType(
        "Replication:OperationFailedReplication",
        f"an object was not replicated, {_REPLICATION}",
        WRITTEN,
        "2.2",
        f"documented: {FACTS}16",
    ),
    EventType("Replication:OperationMissedThreshold", f"{NEVER}nothing is late", WRITTEN, "2.2", "assumed"),
    EventType("Replication:OperationReplicatedAfterThreshold", f"{NEVER}nothing is late", WRITTEN, "2.2", "assumed"),
    EventType("Replication:OperationNotTracked", f"{NEVER}everything is tracked", WRITTEN, "2.2", "assumed"),
    EventType(
        "LifecycleTransition",
        "cos.advance(), when a lifecycle rule moves an object or a version",
        frozenset({SIZE, ETAG}),
        "2.3",
        "assumed, as IntelligentTiering",
    ),
    EventType(
        "LifecycleExpiration:Delete",
        "cos.advance(), when a lifecycle rule deletes an object without versions, a version or a delete marker",
        frozenset({SEQUENCER}),
        "2.3",
        f"documented: {FACTS}14",
    ),
    EventType(
        "LifecycleExpiration:DeleteMarkerCreated",
        "cos.advance(), when a lifecycle rule makes a delete marker",
        frozenset({ETAG, SEQUENCER}),
        "2.3",
        f"documented for EventBridge: {FACTS}17",
    ),
    EventType("IntelligentTiering", _TIERED, frozenset({SIZE, ETAG}), "2.3", f"documented: {FACTS}15"),
    EventType("ObjectTagging:Put", "PutObjectTagging", frozenset({ETAG}), "2.3", _recorded(6)),
    EventType("ObjectTagging:Delete", "DeleteObjectTagging", frozenset({ETAG}), "2.3", _recorded(6)),
    EventType("ObjectAcl:Put", "PutObjectAcl that changes the ACL", frozenset({ETAG}), "2.3", _recorded(7)),
    EventType(
        "ObjectAnnotation:Put",
        "PutObjectAnnotation",
        frozenset({ETAG, SEQUENCER}),
        "2.4",
        f"documented for EventBridge: {FACTS}19",
        dates.ANNOTATIONS,
    ),
    EventType(
        "ObjectAnnotation:Delete",
        "DeleteObjectAnnotation",
        frozenset({ETAG, SEQUENCER}),
        "2.4",
        f"documented for EventBridge: {FACTS}19",
        dates.ANNOTATIONS,
    ),
    EventType(
        "ObjectRetention:Put",
        "PutObjectRetention",
        frozenset({SIZE, ETAG}),
        "2.6",
        f"public: {FACTS}20",
        dates.RETENTION_EVENTS,
    ),
)
BY_NAME = {row.name: row for row in ROWS}
FAMILIES = {
    f"{family}{ALL}": tuple(row.name for row in ROWS if row.name.startswith(f"{family}:"))
    for family in dict.fromkeys(row.name.partition(":")[0] for row in ROWS if ":" in row.name)
    if family not in {"ObjectAcl", "ObjectRetention"}  # S3 has no wildcard of these (documented)
}
"""The wildcards that S3 has, without `s3:`, each with the types that it stands for."""
NAMES = frozenset(PREFIX + name for name in (*BY_NAME, *FAMILIES))
"""What a configuration may name (documented)."""
TEST_EVENT = "s3:TestEvent"
"""What S3 sends to a new destination (documented). No configuration may name it."""


def covered(name: str) -> tuple[str, ...]:
    """Return the types, without `s3:`, that a name of a configuration stands for."""
    bare = name.removeprefix(PREFIX)
    return FAMILIES.get(bare) or (bare,)


def version_of(row: EventType, facts: frozenset[DatedFact]) -> str:
    """Return the eventVersion of a message, by the dated facts that hold: one for all types since June 2026."""
    for fact, version in ((dates.RETENTION_EVENTS, "2.6"), (dates.BUCKET_TAGS_IN_EVENTS, "2.5")):
        if fact in facts:
            return version
    return "2.4" if dates.ANNOTATIONS in facts else row.version
