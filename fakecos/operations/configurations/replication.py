"""The rules of a replication configuration: judged, kept and returned. operations/replicate.py obeys them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_REPLICATION_RULES, MAX_RULE_ID
from fakecos.model.replication import Replication, ReplicationRule
from fakecos.model.versions import ENABLED
from fakecos.operations.attributes import STORAGE_CLASSES
from fakecos.operations.configurations.schema import (
    BUCKET_ARN,
    BUCKET_CRN,
    ENABLED_OR_DISABLED,
    require_choice,
    require_count,
    require_integer,
    require_several,
    require_sizes_of,
)

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context


def kept(context: Context, bucket: Bucket, document: Document) -> Document:
    """Return the rules, with an id for each (documented: S3 makes one up).

    Raises InvalidRequest where a bucket has no versioning (public), and for rules that the newer schema does not take.
    """
    if bucket.versioning != ENABLED:
        raise S3Error(errors.REPLICATION_UNVERSIONED)
    rules = document["Rules"]
    require_count(rules, 1, MAX_REPLICATION_RULES)
    for rule in rules:
        require_rule(rule)
        require_destination(context, bucket, rule["Destination"]["Bucket"])
    require_different(rules)
    named = [rule if rule.get("ID") else {"ID": context.ids.token(), **rule} for rule in rules]
    return {**document, "Rules": named}


def apply(context: Context, bucket: Bucket, document: Document | None) -> None:
    """Let the bucket replicate from now on by these rules, as the service that took them does; by None no more."""
    if document is None:
        bucket.replication = None
        return
    rules = (ReplicationRule(rule, destination_of(rule["Destination"]["Bucket"])) for rule in document["Rules"])
    bucket.replication = Replication(rules, document.get("Role"), context.dialect.replication)
    context.store.replicates = True


def require_rule(rule: Document) -> None:
    """Judge the form of one rule: with a Filter it is of the newer schema, which asks for more (public)."""
    require_choice(rule, "Status", ENABLED_OR_DISABLED)
    require_integer(rule, "Priority")
    if len(rule.get("ID", "")) > MAX_RULE_ID or ("Filter" in rule and "Prefix" in rule):
        raise S3Error(errors.MALFORMED_XML)
    for member in ("DeleteMarkerReplication", "ExistingObjectReplication"):
        require_choice(rule.get(member, {}), "Status", ENABLED_OR_DISABLED)
    for selection in rule.get("SourceSelectionCriteria", {}).values():
        require_choice(selection, "Status", ENABLED_OR_DISABLED)
    require_form(rule["Destination"])
    require_kms_key(rule)
    if rule.get("Priority", 0) < 0:
        raise S3Error(errors.MALFORMED_XML)
    if "Filter" not in rule:
        if "ReplicaModifications" in rule.get("SourceSelectionCriteria", {}):  # documented rule; the refusal: assumed
            raise S3Error(errors.MALFORMED_XML)
        return
    require_filter(rule["Filter"])
    if "Priority" not in rule:
        raise S3Error(errors.REPLICATION_NO_PRIORITY)
    if "DeleteMarkerReplication" not in rule:
        raise S3Error(errors.REPLICATION_NO_MARKERS)
    if is_by_tag(rule["Filter"]) and rule["DeleteMarkerReplication"].get("Status") == ENABLED:
        raise S3Error(errors.REPLICATION_MARKERS_BY_TAG)


def require_kms_key(rule: Document) -> None:
    """Refuse to choose objects under SSE-KMS without a key for their replicas, and the other way round (public)."""
    if rule.get("SourceSelectionCriteria") == {}:
        raise S3Error(errors.REPLICATION_EMPTY_CRITERIA)
    encryption = rule["Destination"].get("EncryptionConfiguration")
    if "SseKmsEncryptedObjects" in rule.get("SourceSelectionCriteria", {}):
        if not (encryption or {}).get("ReplicaKmsKeyID"):
            raise S3Error(errors.REPLICATION_NO_KMS_KEY)
    elif encryption is not None:
        raise S3Error(errors.REPLICATION_NO_KMS_CRITERION)


def require_filter(conditions: Document) -> None:
    """Refuse a filter of more than one condition, but for And; of a Not the same (documented; the refusal: assumed)."""
    if len(conditions) > 1:
        raise S3Error(errors.MALFORMED_XML)
    require_several(conditions)
    require_sizes_of(conditions.get("And", conditions))
    for excluded in (conditions.get("Not"), conditions.get("And", {}).get("Not")):
        if excluded is not None and (len(excluded) != 1 or excluded.get("Or") == {}):
            raise S3Error(errors.MALFORMED_XML)


def is_by_tag(conditions: Document) -> bool:
    """Whether any condition of a filter is about tags, also one that leaves objects out (assumed)."""
    return any(
        name in {"Tag", "Tags"} or (isinstance(inner, dict) and is_by_tag(inner)) for name, inner in conditions.items()
    )


def require_form(destination: Document) -> None:
    """Judge how a rule copies: the class, the new owner, the key, and the times, which are 15 minutes (documented)."""
    require_choice(destination, "StorageClass", STORAGE_CLASSES)
    require_choice(destination.get("AccessControlTranslation", {}), "Owner", ("Destination",))
    for member, threshold in (("ReplicationTime", "Time"), ("Metrics", "EventThreshold")):
        given = destination.get(member, {})
        require_choice(given, "Status", ENABLED_OR_DISABLED)
        require_choice(given.get(threshold, {}), "Minutes", (15,))
    key = destination.get("EncryptionConfiguration", {}).get("UseSourceMultiRegionKey", {})
    require_choice(key, "Status", ENABLED_OR_DISABLED)
    if "AccessControlTranslation" in destination and "Account" not in destination:
        raise S3Error(errors.MALFORMED_XML)  # documented rule; the refusal: assumed


def destination_of(arn: str) -> str:
    """Return the name of the bucket that an ARN or a CRN names, "" if it names none."""
    named = re.fullmatch(BUCKET_ARN, arn) or re.fullmatch(BUCKET_CRN, arn)
    return named[1] if named else ""


def require_destination(context: Context, bucket: Bucket, arn: str) -> None:
    """Refuse a destination that is not there, is the bucket itself, or keeps no versions (public)."""
    target = context.store.buckets.get(destination_of(arn))
    if target is None:
        raise S3Error(errors.REPLICATION_NO_DESTINATION)
    if target is bucket:
        raise S3Error(errors.REPLICATION_ONTO_ITSELF)
    if target.versioning != ENABLED:
        raise S3Error(errors.REPLICATION_DESTINATION_UNVERSIONED)


def require_different(rules: list[Document]) -> None:
    """Refuse two rules with one id or one priority (documented)."""
    ids = [rule["ID"] for rule in rules if rule.get("ID")]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise S3Error(errors.REPLICATION_SAME_ID, ArgumentName="ID", ArgumentValue=rule_id)
    priorities = [rule["Priority"] for rule in rules if "Priority" in rule]
    for priority in priorities:
        if priorities.count(priority) > 1:
            raise S3Error(errors.REPLICATION_SAME_PRIORITY, priority=priority)
