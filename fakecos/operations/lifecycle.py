"""Put, Get and DeleteBucketLifecycleConfiguration, and what answers say of them (what time does: expiring)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fakecos.facts.error_table import (
    ABORT_WITH_SIZES,
    ABORT_WITH_TAGS,
    DAYS_NOT_POSITIVE,
    DUPLICATE_TAGS,
    FILTER_BESIDE_PREFIX,
    LONG_RULE_ID,
    MALFORMED_XML,
    NO_ACTION,
    NO_LIFECYCLE,
    NOT_MIDNIGHT,
    SAME_RULE_ID,
    UNKNOWN_MINIMUM,
)
from fakecos.facts.errors import S3Error
from fakecos.model.lifecycle import Lifecycle, LifecycleRule
from fakecos.operations.lookup import bucket_of

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.world import Params, Result, World

MAX_RULES = 1000  # documented: "A lifecycle configuration can have up to 1,000 rules"
MAX_RULE_ID = 255  # documented
STATUSES = frozenset({"Enabled", "Disabled"})
MINIMUMS = ("all_storage_classes_128K", "varies_by_storage_class")  # documented; the first is the default (recorded 27)
ACTIONS = (
    "Expiration",
    "AbortIncompleteMultipartUpload",
    "Transitions",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionExpiration",
)
SIZES = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")
EXPIRATIONS = frozenset({"Days", "Date", "ExpiredObjectDeleteMarker"})


def put_bucket_lifecycle_configuration(world: World, params: Params) -> Result:
    """Replace the bucket's lifecycle rules, which are about the objects that are there too (recorded 32)."""
    bucket = bucket_of(world, params)
    minimum = params.get("TransitionDefaultMinimumObjectSize", MINIMUMS[0])
    if minimum not in MINIMUMS:
        name = "x-amz-transition-default-minimum-object-size"
        raise S3Error(UNKNOWN_MINIMUM, ArgumentName=name, ArgumentValue=minimum, value=minimum)
    document = (params.get("LifecycleConfiguration") or {}).get("Rules") or []
    if not 1 <= len(document) <= MAX_RULES:
        raise S3Error(MALFORMED_XML)
    rules = [rule_of(entry) for entry in document]
    require_one_version(document)
    require_own_ids(rules)
    named = [rule if rule.id else rule._replace(id=world.ids.token()) for rule in rules]
    kept = [{**entry, "ID": rule.id} for entry, rule in zip(document, named, strict=True)]
    bucket.lifecycle = Lifecycle(tuple(kept), tuple(named), minimum)
    return {"TransitionDefaultMinimumObjectSize": minimum}


def get_bucket_lifecycle_configuration(world: World, params: Params) -> Result:
    """Return the rules as they were put (recorded aws-bucket-configuration 27, 28)."""
    bucket = bucket_of(world, params)
    if bucket.lifecycle is None:
        raise S3Error(NO_LIFECYCLE, BucketName=bucket.name)
    return {
        "Rules": list(bucket.lifecycle.document),
        "TransitionDefaultMinimumObjectSize": bucket.lifecycle.minimum,
    }


def delete_bucket_lifecycle(world: World, params: Params) -> Result:
    """Take the rules away; without any it succeeds too (recorded aws-bucket-configuration 27)."""
    bucket_of(world, params).lifecycle = None
    return {}


# --- the form of a rule ------------------------------------------------------------------------------


def rule_of(entry: dict[str, Any]) -> LifecycleRule:
    """Return what an item of Rules means. Raises MalformedXML, InvalidArgument and InvalidRequest."""
    rule_id = entry.get("ID", "")
    if len(rule_id) > MAX_RULE_ID:
        raise S3Error(LONG_RULE_ID, ArgumentName="ID", ArgumentValue=rule_id, maximum=MAX_RULE_ID)
    if entry.get("Status") not in STATUSES or ("Filter" in entry) == ("Prefix" in entry):
        raise S3Error(MALFORMED_XML)  # recorded aws-bucket-configuration 29: neither; both: assumed
    scope = scope_of(entry)
    tags = tags_of(scope.get("Tags", ()))
    require_action(entry)
    expiration = entry.get("Expiration")
    days, date = expiration_of(expiration)
    noncurrent_days, newer_noncurrent = noncurrent_of(entry.get("NoncurrentVersionExpiration"))
    abort_days = abort_of(entry.get("AbortIncompleteMultipartUpload"))
    if abort_days is not None and tags:
        raise S3Error(ABORT_WITH_TAGS)
    if abort_days is not None and any(name in scope for name in SIZES):
        raise S3Error(ABORT_WITH_SIZES)
    greater, less = (scope.get(name) for name in SIZES)
    return LifecycleRule(
        *(rule_id, entry["Status"] == "Enabled", scope.get("Prefix", ""), tags, greater, less, days, date, abort_days),
        *(noncurrent_days, newer_noncurrent, (expiration or {}).get("ExpiredObjectDeleteMarker") is True),
    )


def scope_of(entry: dict[str, Any]) -> dict[str, Any]:
    """Return Prefix, Tags and sizes of a rule, from wherever they stand.

    A Filter has at most one condition; several stand in And (recorded aws-bucket-configuration 29).
    """
    if "Filter" not in entry:
        return {"Prefix": entry["Prefix"]}
    conditions = dict(entry["Filter"])
    if len(conditions) > 1:
        raise S3Error(MALFORMED_XML)
    if "Tag" in conditions:
        return {"Tags": [conditions["Tag"]]}
    scope: dict[str, Any] = conditions.get("And", conditions)
    for name in SIZES:
        if name in scope and (type(scope[name]) is not int or scope[name] < 0):
            raise S3Error(MALFORMED_XML)
    return scope


def tags_of(items: list[dict[str, str]]) -> dict[str, str]:
    """Return the tags of a filter. Raises InvalidRequest for a name given twice (recorded 29)."""
    tags: dict[str, str] = {}
    for item in items:
        if item.keys() != {"Key", "Value"}:
            raise S3Error(MALFORMED_XML)
        if item["Key"] in tags:
            raise S3Error(DUPLICATE_TAGS)
        tags[item["Key"]] = item["Value"]
    return tags


def require_action(entry: dict[str, Any]) -> None:
    """Refuse a rule that does nothing (public)."""
    if not any(action in entry for action in ACTIONS):
        raise S3Error(NO_ACTION)


def expiration_of(action: dict[str, Any] | None) -> tuple[int | None, dt.datetime | None]:
    """Return days and date of an Expiration, which has one of its three members (recorded 29)."""
    if action is None:
        return None, None
    if len(action) != 1 or not action.keys() <= EXPIRATIONS:
        raise S3Error(MALFORMED_XML)
    if "Days" in action:
        return positive(action["Days"], "Days", "Expiration"), None
    date = action.get("Date")
    if date is None:
        return None, None
    if not isinstance(date, dt.datetime):
        raise S3Error(MALFORMED_XML)
    if date.time() != dt.time():
        raise S3Error(NOT_MIDNIGHT, ArgumentName="Date", ArgumentValue=date.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    return None, date


def noncurrent_of(action: dict[str, Any] | None) -> tuple[int | None, int]:
    """Return the days of a NoncurrentVersionExpiration (recorded 29: it has them), and how many versions it keeps."""
    if action is None:
        return None, 0
    name = "NoncurrentVersionExpiration"
    newer = action.get("NewerNoncurrentVersions")
    kept = 0 if newer is None else positive(newer, "NewerNoncurrentVersions", name)
    return positive(action.get("NoncurrentDays"), "NoncurrentDays", name), kept


def abort_of(action: dict[str, Any] | None) -> int | None:
    """Return DaysAfterInitiation of an AbortIncompleteMultipartUpload."""
    if action is None:
        return None
    if "DaysAfterInitiation" not in action:
        raise S3Error(MALFORMED_XML)
    return positive(action["DaysAfterInitiation"], "DaysAfterInitiation", "AbortIncompleteMultipartUpload")


def positive(days: object, member: str, action: str) -> int:
    """Return a number of days. Raises MalformedXML for what is no number, InvalidArgument below 1 (public)."""
    if type(days) is not int:
        raise S3Error(MALFORMED_XML)
    if days < 1:
        raise S3Error(DAYS_NOT_POSITIVE, ArgumentName=member, ArgumentValue=days, member=member, action=action)
    return days


def require_one_version(document: list[dict[str, Any]]) -> None:
    """Refuse rules with Filter beside rules with a Prefix of their own (public)."""
    if len({"Filter" in entry for entry in document}) > 1:
        raise S3Error(FILTER_BESIDE_PREFIX)


def require_own_ids(rules: list[LifecycleRule]) -> None:
    """Refuse two rules with one id (public)."""
    seen: set[str] = set()
    for rule in rules:
        if rule.id and rule.id in seen:
            raise S3Error(SAME_RULE_ID, ArgumentName="ID", ArgumentValue=rule.id)
        seen.add(rule.id)


# --- what answers say --------------------------------------------------------------------------------


def expiry_fields(bucket: Bucket, stored: StoredObject) -> Result:
    """Return x-amz-expiration of an object that a rule expires (recorded aws-bucket-configuration 30-35)."""
    due = bucket.lifecycle.expiry(stored) if bucket.lifecycle is not None else None
    if due is None:
        return {}
    from email.utils import format_datetime  # rarely needed; strftime would follow the locale

    date = format_datetime(due.time, usegmt=True)
    return {"Expiration": f'expiry-date="{date}", rule-id="{quote(due.rule_id, safe="")}"'}


def abort_fields(bucket: Bucket, upload: MultipartUpload) -> Result:
    """Return x-amz-abort-date and x-amz-abort-rule-id of Create and ListParts (documented)."""
    due = bucket.lifecycle.abort(upload) if bucket.lifecycle is not None else None
    return {} if due is None else {"AbortDate": due.time, "AbortRuleId": due.rule_id}
