"""What a replica is made of: nearly all of its source, and what the rule and the destination change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.model.acl import PRIVATE, canned
from fakecos.model.bucket import BUCKET_OWNER_ENFORCED
from fakecos.model.encryption import Encryption
from fakecos.model.lock import NO_LOCK
from fakecos.model.replication_status import OF_REPLICA
from fakecos.operations import object_lock

if TYPE_CHECKING:
    from fakecos.facts.services.dialect import Replicating
    from fakecos.model.acl import Acl
    from fakecos.model.bucket import Bucket
    from fakecos.model.lock import Lock
    from fakecos.model.object import StoredObject
    from fakecos.model.replication import ReplicationRule


def replica_of(
    source: Bucket, destination: Bucket, rule: ReplicationRule, stored: StoredObject, ways: Replicating
) -> StoredObject:
    """Return the replica of a version: the same bytes, parts, ETag, checksum, time and version id.

    Documented: aws-replication 3, 12, 22; the same ETag and checksum under another key of KMS: assumed.
    """
    changes: dict[str, Any] = {
        "acl": None if owns_all(destination, rule) else acl_of(source, destination, stored, ways),
        "lock": lock_of(destination, stored, ways),
        "moved": None,
        "restore": None,
        "retention": None,
        "storage_class": rule.storage_class or stored.attributes.storage_class,
    }
    sse = stored.attributes.encryption
    if sse.kms_key_id is not None and rule.kms_key is not None:
        changes["encryption"] = Encryption(
            sse.method, kms_key_id=rule.kms_key, kms_context=sse.kms_context, bucket_key=sse.bucket_key
        )
    made = stored.changed(
        attributes=stored.attributes.changed(**changes),
        owner=owner_of(source, destination, rule, stored, ways),
        replication=OF_REPLICA,
    )
    if not ways.annotations:
        made = made.changed(annotations={})
    return object_lock.retained(destination, made)


def brought_up_to_date(
    source: Bucket,
    destination: Bucket,
    rule: ReplicationRule,
    stored: StoredObject,
    there: StoredObject,
    ways: Replicating,
) -> StoredObject:
    """Return what is at the destination with the tags, ACL, lock and annotations of a version.

    An ACL does not follow where the rule gave the replica to the destination's owner (documented: aws-replication 7).
    """
    changes: dict[str, Any] = {"tags": stored.attributes.tags}
    is_same_owner = (there.owner or destination.owner_id) == (stored.owner or source.owner_id)
    if ways.acls and is_same_owner and not owns_all(destination, rule):
        changes["acl"] = acl_of(source, destination, stored, ways)
    if ways.locks and object_lock.is_enabled(destination):
        changes["lock"] = stored.attributes.lock
    annotations = stored.annotations if ways.annotations else there.annotations
    return there.changed(attributes=there.attributes.changed(**changes), annotations=annotations)


def owns_all(destination: Bucket, rule: ReplicationRule) -> bool:
    """Whether the destination's owner owns the replicas: by the rule, or as ACLs are off there (documented)."""
    return rule.translates_owner or destination.ownership == BUCKET_OWNER_ENFORCED


def owner_of(
    source: Bucket, destination: Bucket, rule: ReplicationRule, stored: StoredObject, ways: Replicating
) -> str | None:
    """Return the canonical id of a replica's owner, None for the destination's: by default the source object's."""
    if not ways.acls or owns_all(destination, rule):
        return None
    owner = stored.owner or source.owner_id
    return None if owner == destination.owner_id else owner


def acl_of(source: Bucket, destination: Bucket, stored: StoredObject, ways: Replicating) -> Acl | None:
    """Return the ACL of a replica that keeps its owner: that of the version."""
    if not ways.acls:
        return None
    acl = stored.attributes.acl
    owner = stored.owner or source.owner_id
    return canned(PRIVATE, owner, owner) if acl is None and owner != destination.owner_id else acl


def lock_of(destination: Bucket, stored: StoredObject, ways: Replicating) -> Lock:
    """Return the lock of a replica; one without retention gets the default of its bucket (documented)."""
    return stored.attributes.lock if ways.locks and object_lock.is_enabled(destination) else NO_LOCK


def gives_owner(source: Bucket, stored: StoredObject, permission: str) -> bool:
    """Whether the owner of the source may read an object, or its ACL: needs both to replicate it (documented)."""
    acl, owner = stored.attributes.acl, source.owner_id
    return stored.owner in {None, owner} or acl is None or acl.gives(permission, owner, ignore_public=False)
