"""Replication: what is due is copied to its destinations, and the source says how that went.

S3 does it some time after the request; here it is due 5 seconds after it by the test's clock. The IAM role is
not evaluated: what a role may do stands in IAM, which is not here (docs/explanation/limitations.md).
"""

from __future__ import annotations

import datetime as dt
import re
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from fakecos import urls
from fakecos.model.acl import READ, READ_ACP
from fakecos.model.bucket import POLICY
from fakecos.model.change import changed
from fakecos.model.clock import instant
from fakecos.model.encryption import SSE_C
from fakecos.model.principal import Principal
from fakecos.model.replication import CONTENT, DELETE, METADATA, ReplicationOutcome, queue
from fakecos.model.replication_status import COMPLETED, FAILED, REPLICA
from fakecos.model.versions import ENABLED
from fakecos.operations import encryption, object_lock, replicas
from fakecos.operations.access_control import REQUEST_PAYMENT
from fakecos.operations.public_access_block import has_acls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.replication import PendingReplication, Replication, ReplicationRule
    from fakecos.model.store import Store
    from fakecos.operations.context import Context

    ContextOf = Callable[[str], Context]
    """What an operation by hand may see of a bucket, by its name."""

# Why a replication fails, in the words of Amazon's page "Amazon S3 replication failure reasons" (aws-replication 10).
NO_CONFIGURATION = "SrcBucketReplicationConfigMissing"
NO_BUCKET = "DstBucketNotFound"
UNVERSIONED = "DstBucketUnversioned"
NO_OBJECT_LOCK = "DstBucketObjectLockConfigMissing"
NOT_READABLE = "SrcGetObjectNotPermitted"
NO_ACL_TO_READ = "SrcGetAclNotPermitted"
NOT_WRITABLE = "DstPutObjectNotPermitted"
NOT_DELETABLE = "DstDelObjNotPermitted"
NO_KMS_KEY = "DstKmsKeyNotFound"
NO_VERSION = "DstVersionNotFound"

PAGE = "how-to/replication"

S3_OPERATIONS = {CONTENT: "OBJECT_PUT", METADATA: "OBJECT_PUT_METADATA", DELETE: "OBJECT_DELETE"}
KMS_ARN = r"arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]{12}:.+"


def run(store: Store, context_of: ContextOf) -> list[ReplicationOutcome]:
    """Replicate what is due by now, in the order of its times, and return how each went; what failed is noted.

    UsageError: the policy of a destination has a condition that is not evaluated here.
    """
    outcomes: list[ReplicationOutcome] = []
    now = instant()
    with store.lock:
        while True:
            due = [source for source in store.buckets.values() if source.pending and source.pending[0].due <= now]
            if not due:
                return outcomes
            source = min(due, key=lambda bucket: bucket.pending[0].due)
            found = _replicate(store, context_of, source, source.pending.pop(0))
            for failed in (outcome for outcome in found if outcome.failure is not None):
                what = f"the replica of {failed.source}/{failed.key} in {failed.destination}"
                store.not_written(what, f"{failed.failure}. See {urls.page(PAGE)}")
            outcomes += found


def _replicate(
    store: Store, context_of: ContextOf, source: Bucket, pending: PendingReplication
) -> list[ReplicationOutcome]:
    """Replicate one thing to its destinations, and set the status of its source: FAILED if any failed (documented)."""
    version = source.version(pending.key, pending.version_id)
    if version is None:
        return []  # deleted by its version id before its time came: there is nothing to copy
    outcomes = []
    for rule_id, name in pending.rules:
        replication = source.replication
        rule = replication.rule(rule_id, name, version) if replication is not None else None
        failure: str | None = NO_CONFIGURATION
        replica = None
        if replication is not None and rule is not None:
            destination = store.buckets.get(name)
            failure = NO_BUCKET
            if destination is not None:
                attempt = Attempt(context_of, source, replication, destination, rule, pending.what)
                failure = why_not(attempt, version)
                replica = _copy(attempt, version) if failure is None else None
        outcomes.append(
            ReplicationOutcome(
                source=source.name,
                key=pending.key,
                version_id=pending.version_id,
                stored=version,
                destination=name,
                rule_id=rule_id if rule is None else rule.id,
                what=pending.what,
                failure=failure,
                has_metrics=rule is not None and rule.has_metrics,
                has_time_control=rule is not None and rule.has_time_control,
                asked=pending.since,
                moment=pending.due,
                replica=replica,
            )
        )
    _conclude(source, pending, version, is_done=all(outcome.failure is None for outcome in outcomes))
    return outcomes


def _conclude(
    source: Bucket, pending: PendingReplication, version: StoredObject | DeleteMarker, *, is_done: bool
) -> None:
    """Set the status of the source, or try again later where the service does."""
    retries = source.replication.ways.retries if source.replication is not None else ()
    if not is_done and pending.attempts < len(retries):
        due = pending.due + dt.timedelta(seconds=retries[pending.attempts])
        queue(source.pending, pending._replace(due=due, attempts=pending.attempts + 1, last=pending.due))
        return
    if not version.is_delete_marker and version.replication is not None:
        done = REPLICA if version.replication.is_replica else COMPLETED
        source.place(version.changed(replication=version.replication._replace(text=done if is_done else FAILED)))


def changes_of(store: Store, outcomes: list[ReplicationOutcome]) -> list[Change]:
    """Return what events tell of replications: a new replica, and a failure of a rule with metrics.

    A replica is ObjectCreated:Put at its destination (reported: aws-replication 16). Of a failure its documented
    message (aws-replication 19) has the operation OBJECT_PUT; the others are named alike (assumed).
    """
    found = []
    for outcome in outcomes:
        source, destination = store.buckets.get(outcome.source), store.buckets.get(outcome.destination)
        if source is None or (source.replication is not None and not source.replication.ways.tells):
            continue  # COS sends none
        if outcome.replica is not None and destination is not None:
            found.append(changed(destination, "ObjectCreated:Put", outcome.replica, time=outcome.moment))
        if outcome.failure is not None and outcome.has_metrics:
            data = {
                "replicationRuleId": outcome.rule_id,
                "destinationBucket": f"arn:aws:s3:::{outcome.destination}",
                "s3Operation": S3_OPERATIONS[outcome.what],
                "requestTime": outcome.asked,
                "failureReason": outcome.failure,
            }
            failed, moment = "Replication:OperationFailedReplication", outcome.moment
            found.append(changed(source, failed, outcome.stored, time=moment, replicationEventData=data))
    return found


# --- whether it may be -------------------------------------------------------------------------------


class Attempt(NamedTuple):
    """One version or delete marker on its way by one rule."""

    context_of: ContextOf
    source: Bucket
    replication: Replication
    destination: Bucket
    rule: ReplicationRule
    what: str

    def lets(self, action: str, key: str) -> bool:
        """Whether the policy of the destination lets the source's role do an action there.

        One of another account must allow it; in the same account it only must not deny it (aws-replication 11).
        """
        is_of_same_account = self.source.account == self.destination.account
        return self.decision(action, key) in ((True, None) if is_of_same_account else (True,))

    def carries_tags(self, key: str) -> bool:
        """Whether tags are replicated too: who may write objects may, unless it is denied (aws-replication 11)."""
        return self.decision("ReplicateTags", key) is not False

    def decision(self, action: str, key: str) -> bool | None:
        """Return what the policy of the destination says: False if it denies, True if it allows, None if nothing."""
        source, destination = self.source, self.destination
        policy = destination.configurations.get(POLICY)
        if not self.replication.ways.policies:
            return True
        if policy is None:
            return None
        from fakecos.operations.policy import Question, decide

        context = self.context_of(destination.name)
        role = self.replication.role or f"arn:aws:iam::{source.account}:root"
        context.caller = Principal(source.account, source.owner_id, role)
        params = {"Bucket": destination.name, "Key": key}
        return decide(policy, Question(context, destination, action, action, params, key))


def why_not(attempt: Attempt, version: StoredObject | DeleteMarker) -> str | None:
    """Return why something is not replicated to a destination, None if it is (documented: aws-replication 10, 11)."""
    if attempt.destination.versioning != ENABLED:
        return UNVERSIONED
    is_locked = attempt.replication.ways.locks and object_lock.is_enabled(attempt.source)
    if is_locked and not object_lock.is_enabled(attempt.destination):
        return NO_OBJECT_LOCK
    if version.is_delete_marker:
        return None if attempt.lets("ReplicateDelete", version.key) else NOT_DELETABLE
    return next(_faults(attempt, version), None) or next(_refusals(attempt, version), None)


def _faults(attempt: Attempt, version: StoredObject) -> Iterator[str]:
    """Yield what is wrong with a version or with its rule."""
    source, destination, rule, ways = attempt.source, attempt.destination, attempt.rule, attempt.replication.ways
    if ways.acls and has_acls(attempt.context_of(source.name), source):
        if not replicas.gives_owner(source, version, READ):
            yield NOT_READABLE
        if not replicas.gives_owner(source, version, READ_ACP):
            yield NO_ACL_TO_READ
    pays = destination.configurations.get(REQUEST_PAYMENT, {}).get("Payer") == "Requester"
    if pays and source.account != destination.account:  # documented: such a bucket cannot be a destination
        yield NOT_WRITABLE
    if rule.account is not None and rule.account != destination.account:
        yield NOT_WRITABLE
    sse = version.attributes.encryption
    if sse.method == SSE_C and SSE_C in (encryption.blocked_types(destination) or ()):
        yield NOT_WRITABLE
    if sse.kms_key_id is not None and rule.kms_key is not None and _is_of_other_region(rule.kms_key, destination):
        yield NO_KMS_KEY
    if attempt.what != CONTENT:
        yield from _why_no_change(source, destination, version)


def _refusals(attempt: Attempt, version: StoredObject) -> Iterator[str]:
    """Yield what the policy of the destination does not let happen."""
    if not attempt.lets("ReplicateObject", version.key):
        yield NOT_WRITABLE
    destination = attempt.destination
    translates = attempt.rule.translates_owner and has_acls(attempt.context_of(destination.name), destination)
    if translates and not attempt.lets("ObjectOwnerOverrideToBucketOwner", version.key):
        yield NOT_WRITABLE


def _why_no_change(source: Bucket, destination: Bucket, version: StoredObject) -> Iterator[str]:
    """Yield why another description does not reach the version at the destination.

    A replica's own changes go to its source only where both buckets have rules for them (documented: aws-replication
    8).
    """
    there = destination.version(version.key, version.version_id)
    if there is None or there.is_delete_marker:
        yield NO_VERSION
        return
    if version.replication is not None and version.replication.is_replica:
        rules = destination.replication.of_version(there) if destination.replication is not None else ()
        if not any(rule.syncs_replicas and rule.destination == source.name for rule in rules):
            yield NO_CONFIGURATION


def _is_of_other_region(key: str, destination: Bucket) -> bool:
    """Whether a key cannot encrypt the replicas: it must be of the destination's region (documented)."""
    named = re.fullmatch(KMS_ARN, key)
    return named is not None and named[1] != destination.region


# --- what is copied ----------------------------------------------------------------------------------


def _copy(attempt: Attempt, stored: StoredObject | DeleteMarker) -> StoredObject | None:
    """Store the replica of a version or of a delete marker, or bring the one that is there up to date.

    Returns the replica of a version where there was none.
    """
    source, destination, rule, ways = attempt.source, attempt.destination, attempt.rule, attempt.replication.ways
    there = destination.version(stored.key, stored.version_id)
    if stored.is_delete_marker:
        if there is None:
            destination.receive(copy(stored))
        return None
    if not attempt.carries_tags(stored.key):
        kept = {} if there is None or there.is_delete_marker else there.attributes.tags
        stored = stored.changed(attributes=stored.attributes.changed(tags=kept))
    if there is None:
        replica = replicas.replica_of(source, destination, rule, stored, ways)
        destination.receive(replica)
        return replica
    if not there.is_delete_marker:
        destination.place(replicas.brought_up_to_date(source, destination, rule, stored, there, ways))
    return None
