"""What a bucket replicates, what is still to be replicated, and how it went (documented: aws-replication 1 to 20)."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.model import encryption as sse
from fakecos.model.clock import instant
from fakecos.model.replication_status import PENDING, ReplicationStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakecos.facts.services.dialect import Replicating
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject

CONTENT = "content"
METADATA = "metadata"
DELETE = "delete"
"""What is replicated: a new version, another description of one that was replicated, a delete marker."""

DELAY = dt.timedelta(seconds=5)
"""From a write until it is replicated (assumed: aws-replication 17)."""
ENABLED = "Enabled"
NOTHING: Mapping[str, Any] = {}


def is_waiting(version: StoredObject | DeleteMarker) -> bool:
    """Whether a version is still to be replicated, so that no lifecycle rule acts on it (aws-replication 9)."""
    return not version.is_delete_marker and version.replication is not None and version.replication.text == PENDING


class PendingReplication(NamedTuple):
    """One thing to replicate, to every destination at once.

    - `due`: when; `since`: when it was asked for.
    - `what`: CONTENT, METADATA or DELETE, of the version `version_id` of `key`.
    - `rules`: id and destination of each rule that sent it.
    - `attempts`: how often it failed so far, and `last`: when; only where a service tries again.
    """

    due: dt.datetime
    since: dt.datetime
    what: str
    key: str
    version_id: str
    rules: tuple[tuple[str, str], ...]
    attempts: int = 0
    last: dt.datetime | None = None


class ReplicationOutcome(NamedTuple):
    """How one replication to one destination went: what events tell of.

    - `source`, `key`, `version_id`: what was replicated; `stored`: the version at the source.
    - `destination`: the name of the bucket, `rule_id`: the rule, `what`: CONTENT, METADATA or DELETE.
    - `failure`: why it failed, as Amazon's page on failure reasons names it; None where it did not.
    - `has_metrics`, `has_time_control`: what the rule asks for: without metrics no event is sent (aws-replication 19).
    - `asked`: when the request was, and `moment`: when it was replicated, or failed.
    - `replica`: what this stored anew at the destination, None where it stored nothing, or changed what was there.
    """

    source: str
    key: str
    version_id: str
    stored: StoredObject | DeleteMarker
    destination: str
    rule_id: str
    what: str
    failure: str | None
    has_metrics: bool
    has_time_control: bool
    asked: dt.datetime
    moment: dt.datetime
    replica: StoredObject | None


class ReplicationRule:
    """One rule of a configuration, read once; it is never changed."""

    __slots__ = (
        *("account", "conditions", "destination", "has_metrics", "has_time_control", "id", "is_on", "kms", "kms_key"),
        *("marks_deleted", "priority", "storage_class", "syncs_replicas", "translates_owner"),
    )

    def __init__(self, document: Mapping[str, Any], destination: str) -> None:
        to, criteria = document["Destination"], document.get("SourceSelectionCriteria", NOTHING)
        is_first_version = "Filter" not in document
        self.id: str = document["ID"]
        self.is_on = document["Status"] == ENABLED
        self.priority: int = document.get("Priority", 0)
        self.conditions: Mapping[str, Any] = document.get("Filter") or {"Prefix": document.get("Prefix", "")}
        self.destination = destination
        self.account: str | None = to.get("Account")
        self.storage_class: str | None = to.get("StorageClass")
        self.translates_owner = "AccessControlTranslation" in to
        self.kms = _is_on(criteria, "SseKmsEncryptedObjects")
        self.kms_key: str | None = to.get("EncryptionConfiguration", NOTHING).get("ReplicaKmsKeyID")
        self.syncs_replicas = _is_on(criteria, "ReplicaModifications")
        self.has_time_control = _is_on(to, "ReplicationTime")
        self.has_metrics = _is_on(to, "Metrics") or self.has_time_control
        # Without a Filter it is of version 1, which replicates the markers that users made (aws-replication 5).
        markers = document.get("DeleteMarkerReplication")
        self.marks_deleted = is_first_version if markers is None else markers.get("Status") == ENABLED

    def covers(self, key: str, tags: Mapping[str, str] | None) -> bool:
        """Whether its filter chooses a key with these tags; a delete marker has none, so no tag chooses it: None."""
        return _all_hold(self.conditions, key, tags)

    def takes(self, stored: StoredObject, ways: Replicating) -> bool:
        """Whether it replicates a version: chosen by its filter, and encrypted as the rule takes it."""
        carried = stored.attributes
        method = carried.encryption.method
        if method == sse.SSE_C:
            is_taken = ways.customer_keys
        else:
            is_taken = self.kms or method not in {sse.SSE_KMS, sse.SSE_KMS_DSSE}
        return is_taken and self.covers(stored.key, carried.tags)


def _is_on(document: Mapping[str, Any], member: str) -> bool:
    return bool(document.get(member, NOTHING).get("Status") == ENABLED)


def _all_hold(conditions: Mapping[str, Any], key: str, tags: Mapping[str, str] | None) -> bool:
    """Whether every condition of a Filter, an And or a Not holds."""
    return all(
        (name != "Prefix" or key.startswith(given))
        and (name != "Tag" or _has(tags, given))
        and (name != "Tags" or all(_has(tags, tag) for tag in given))
        and (name != "And" or _all_hold(given, key, tags))
        and (name != "Not" or not _any_holds(given, key, tags))
        for name, given in conditions.items()
    )


def _any_holds(excluded: Mapping[str, Any], key: str, tags: Mapping[str, str] | None) -> bool:
    """Whether what a Not leaves out is this: a Prefix, a Tag, or any of an Or."""
    inner = excluded.get("Or", excluded)
    prefixes = [*inner.get("Prefixes", ()), *([inner["Prefix"]] if "Prefix" in inner else ())]
    given = [*inner.get("Tags", ()), *([inner["Tag"]] if "Tag" in inner else ())]
    return any(key.startswith(prefix) for prefix in prefixes) or any(_has(tags, tag) for tag in given)


def _has(tags: Mapping[str, str] | None, tag: Mapping[str, str]) -> bool:
    return tags is not None and tags.get(tag["Key"]) == tag["Value"]


class Replication:
    """What a bucket replicates: its rules, the role by which it does, and the ways of the service. Never changed."""

    __slots__ = ("role", "rules", "ways")

    def __init__(self, rules: Iterable[ReplicationRule], role: str | None, ways: Replicating) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: -rule.priority))
        self.role = role
        self.ways = ways

    def rule(self, rule_id: str, destination: str, version: StoredObject | DeleteMarker) -> ReplicationRule | None:
        """Return the rule that sends a version to a destination now: the one of the id, if it is still there and on.

        Where the configuration was put anew, rules may have other ids: then it is the one that is about the version.
        """
        named = (rule for rule in self.rules if (rule.id, rule.destination) == (rule_id, destination) and rule.is_on)
        found = next(named, None)
        if found is not None:
            return found
        rules = self.of_marker(version.key) if version.is_delete_marker else self.of_version(version)
        return next((rule for rule in rules if rule.destination == destination), None)

    def chosen(self, rules: Iterable[ReplicationRule]) -> tuple[ReplicationRule, ...]:
        """Return the rules that act of those that apply: for each destination the one of the highest priority.

        On COS only one acts at all (aws-replication 6, 22).
        """
        found: dict[str, ReplicationRule] = {}
        for rule in rules:
            found.setdefault(rule.destination, rule)
        return tuple(found.values())[: None if self.ways.several else 1]

    def of_version(self, stored: StoredObject) -> tuple[ReplicationRule, ...]:
        """Return the rules by which a version is replicated."""
        if stored.attributes.storage_class in self.ways.archives:
            return ()
        return self.chosen(rule for rule in self.rules if rule.is_on and rule.takes(stored, self.ways))

    def of_marker(self, key: str) -> tuple[ReplicationRule, ...]:
        """Return the rules by which a delete marker of a key is replicated."""
        applying = self.chosen(rule for rule in self.rules if rule.is_on and rule.covers(key, None))
        return tuple(rule for rule in applying if rule.marks_deleted)

    # --- what a bucket tells of its changes ------------------------------------------------------

    def entered(self, waiting: list[PendingReplication], stored: StoredObject) -> None:
        """Queue a version that is about to be stored, if a rule is about it, and give it its status."""
        rules = self.of_version(stored)
        if rules:
            _queue(waiting, CONTENT, stored.key, stored.version_id, rules)
            destinations = tuple(rule.destination for rule in rules)
            stored.replication = ReplicationStatus(PENDING, destinations=destinations)

    def altered(self, waiting: list[PendingReplication], before: StoredObject, stored: StoredObject) -> StoredObject:
        """Queue another description of a version that is replicated or is a replica, and return it with its status.

        Tags, ACL, lock and annotations are such; a storage class, a restore or another key are none.
        """
        status = stored.replication
        if status is None or status.text == PENDING or not self._differ(before, stored):
            return stored
        if status.is_replica:
            rules = tuple(rule for rule in self.of_version(stored) if rule.syncs_replicas)
        else:
            rules = tuple(rule for rule in self.of_version(stored) if rule.destination in status.destinations)
        if not rules:
            return stored
        _queue(waiting, METADATA, stored.key, stored.version_id, rules)
        return stored.changed(replication=status._replace(text=PENDING))

    def marked(self, waiting: list[PendingReplication], marker: DeleteMarker) -> None:
        """Queue a delete marker that somebody made, if a rule is about it."""
        rules = self.of_marker(marker.key)
        if rules:
            _queue(waiting, DELETE, marker.key, marker.version_id, rules)

    def _differ(self, before: StoredObject, after: StoredObject) -> bool:
        old, new = before.attributes, after.attributes
        return (
            old.tags != new.tags
            or (self.ways.acls and old.acl != new.acl)
            or (self.ways.locks and old.lock != new.lock)
            or (self.ways.annotations and before.annotations != after.annotations)
        )


def _queue(
    waiting: list[PendingReplication], what: str, key: str, version_id: str, rules: tuple[ReplicationRule, ...]
) -> None:
    since = instant()
    senders = tuple((rule.id, rule.destination) for rule in rules)
    queue(waiting, PendingReplication(since + DELAY, since, what, key, version_id, senders))


def queue(waiting: list[PendingReplication], pending: PendingReplication) -> None:
    """Put something into the queue of a bucket: by its time, and after what has the same."""
    insort(waiting, pending, key=lambda each: each.due)
