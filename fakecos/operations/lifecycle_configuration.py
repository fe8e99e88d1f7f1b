"""Put, Get and DeleteBucketLifecycleConfiguration (what the rules do as time passes: `lifecycle_expiration`)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import (
    MAX_FILTERED_SIZE,
    MAX_LIFECYCLE_RULES,
    MAX_PREFIX,
    MAX_RULE_ID,
    MAX_TAG_KEY,
    MAX_TAG_VALUE,
)
from fakecos.model.lifecycle import Lifecycle, LifecycleRule
from fakecos.operations.configurations.schema import require_several
from fakecos.operations.lifecycle_transitions import moving, require_newer, require_transitions
from fakecos.operations.lookup import bucket_of

if TYPE_CHECKING:
    from fakecos.operations.context import Context, Params
    from fakecos.wire.types import (
        BucketLifecycleConfiguration,
        DeleteBucketLifecycleOutput,
        DeleteBucketLifecycleRequest,
        GetBucketLifecycleConfigurationOutput,
        GetBucketLifecycleConfigurationRequest,
        PutBucketLifecycleConfigurationOutput,
        PutBucketLifecycleConfigurationRequest,
    )

STATUSES = frozenset({"Enabled", "Disabled"})
# Documented; the first is the default (recorded aws-bucket-configuration 27).
MINIMUMS = ("all_storage_classes_128K", "varies_by_storage_class")
ACTIONS = (
    "Expiration",
    "AbortIncompleteMultipartUpload",
    "Transitions",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionExpiration",
)
SIZES = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")
EXPIRATIONS = frozenset({"Days", "Date", "ExpiredObjectDeleteMarker"})


def without_ignored(context: Context, document: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules without what the dialect ignores: NewerNoncurrentVersions on COS (ibm-cos 3.1)."""
    member, inner = "NoncurrentVersionExpiration", "NewerNoncurrentVersions"
    if inner not in context.dialect.ignored:
        return document
    return [
        {**rule, member: {name: value for name, value in rule[member].items() if name != inner}}
        if member in rule
        else rule
        for rule in document
    ]


def put_bucket_lifecycle_configuration(
    context: Context, params: PutBucketLifecycleConfigurationRequest
) -> PutBucketLifecycleConfigurationOutput:
    """Replace the bucket's lifecycle rules, which are about the objects that are there too.

    Recorded aws-bucket-configuration 32.
    """
    bucket = bucket_of(context, params)
    minimum = params.get("TransitionDefaultMinimumObjectSize", MINIMUMS[0])
    if minimum not in MINIMUMS:
        raise S3Error(errors.UNKNOWN_MINIMUM, value=minimum)
    given: BucketLifecycleConfiguration | Params = params.get("LifecycleConfiguration") or {}
    document: list[Any] = given.get("Rules") or []
    if not 1 <= len(document) <= MAX_LIFECYCLE_RULES:
        raise S3Error(errors.MALFORMED_XML)
    document = without_ignored(context, document)
    if context.dialect.archive_rules:
        require_one_archive_rule(document)
    rules = [rule_of(context, entry, minimum) for entry in document]
    require_one_version(document)
    require_own_ids(rules)
    named = [rule if rule.id else rule._replace(id=context.ids.token()) for rule in rules]
    kept = [{**entry, "ID": rule.id} for entry, rule in zip(document, named, strict=True)]
    bucket.lifecycle = Lifecycle(tuple(kept), tuple(named), minimum, context.now())
    return {"TransitionDefaultMinimumObjectSize": minimum}


def get_bucket_lifecycle_configuration(
    context: Context, params: GetBucketLifecycleConfigurationRequest
) -> GetBucketLifecycleConfigurationOutput:
    """Return the rules as they were put (recorded aws-bucket-configuration 27, 28)."""
    bucket = bucket_of(context, params)
    if bucket.lifecycle is None:
        raise S3Error(errors.NO_LIFECYCLE, BucketName=bucket.name)
    rules: list[Any] = list(bucket.lifecycle.document)
    return {
        "Rules": rules,
        "TransitionDefaultMinimumObjectSize": bucket.lifecycle.minimum,
    }


def delete_bucket_lifecycle(context: Context, params: DeleteBucketLifecycleRequest) -> DeleteBucketLifecycleOutput:
    """Take the rules away; without any it succeeds too (recorded aws-bucket-configuration 27)."""
    bucket_of(context, params).lifecycle = None
    return {}


# --- the form of a rule ------------------------------------------------------------------------------


def rule_of(context: Context, entry: dict[str, Any], minimum: str) -> LifecycleRule:
    """Return what an item of Rules means. Raises MalformedXML, InvalidArgument and InvalidRequest."""
    rule_id = entry.get("ID", "")
    if len(rule_id) > MAX_RULE_ID:
        raise S3Error(errors.LONG_RULE_ID, ArgumentName="ID", ArgumentValue=rule_id, maximum=MAX_RULE_ID)
    if entry.get("Status") not in STATUSES or ("Filter" in entry) == ("Prefix" in entry):
        raise S3Error(errors.MALFORMED_XML)  # recorded aws-bucket-configuration 29: neither; both: assumed
    scope = scope_of(entry)
    if len(scope.get("Prefix", "").encode()) > MAX_PREFIX:
        raise S3Error(errors.LONG_PREFIX, maximum=MAX_PREFIX)
    tags = tags_of(scope.get("Tags", ()))
    require_action(entry)
    expiration = entry.get("Expiration")
    days, date = expiration_of(expiration)
    noncurrent_days, newer_noncurrent = noncurrent_of(entry.get("NoncurrentVersionExpiration"))
    abort_days = abort_of(entry.get("AbortIncompleteMultipartUpload"))
    if abort_days is not None and tags:
        raise S3Error(errors.ABORT_WITH_TAGS)
    if abort_days is not None and any(name in scope for name in SIZES):
        raise S3Error(errors.ABORT_WITH_SIZES)
    marker = (expiration or {}).get("ExpiredObjectDeleteMarker")
    if marker is not None and (tags or any(name in scope for name in SIZES)):
        raise S3Error(errors.MARKER_WITH_TAGS if tags else errors.MARKER_WITH_SIZES)
    greater, less = (scope.get(name) for name in SIZES)
    rule = LifecycleRule(
        *(rule_id, entry["Status"] == "Enabled", scope.get("Prefix", ""), tags, greater, less, days, date, abort_days),
        *(noncurrent_days, newer_noncurrent, marker is True),
    )
    if "Transitions" not in entry and "NoncurrentVersionTransitions" not in entry:
        return rule
    require_transitions(context, entry, words_of(entry), midnight)
    return moving(context, entry, rule, minimum)


def scope_of(entry: dict[str, Any]) -> dict[str, Any]:
    """Return Prefix, Tags and sizes of a rule, from wherever they stand.

    A Filter has at most one condition; several stand in And (recorded aws-bucket-configuration 29).
    """
    if "Filter" not in entry:
        return {"Prefix": entry["Prefix"]}
    conditions = dict(entry["Filter"])
    if len(conditions) > 1:
        raise S3Error(errors.MALFORMED_XML)
    if "Tag" in conditions:
        return {"Tags": [conditions["Tag"]]}
    scope: dict[str, Any] = conditions.get("And", conditions)
    require_several(conditions)
    require_sizes(scope)
    return scope


def require_sizes(scope: dict[str, Any]) -> None:
    """Refuse sizes between which nothing can be (public), and what is no size."""
    greater, less = (scope.get(name) for name in SIZES)
    for size in (greater, less):
        if size is not None and (type(size) is not int or size < 0):
            raise S3Error(errors.MALFORMED_XML)
    if less is not None and not 1 <= less <= MAX_FILTERED_SIZE:
        raise S3Error(errors.SMALL_SIZE, maximum=MAX_FILTERED_SIZE)
    if less is not None and greater is not None and less <= greater:
        raise S3Error(errors.SIZES_CROSSED)


def words_of(entry: dict[str, Any]) -> str:
    """Return how messages say what a rule is about (public; only the prefix of a filter is named: assumed)."""
    if "Filter" not in entry:
        return f"prefix '{entry['Prefix']}'"
    conditions = entry["Filter"].get("And", entry["Filter"])
    return f"filter '(prefix={conditions['Prefix']})'" if "Prefix" in conditions else "filter '()'"


def tags_of(items: list[dict[str, str]]) -> dict[str, str]:
    """Return the tags of a filter.

    Raises InvalidRequest for a name or a value that is too long (public: aws-changes 22), and for a name given twice
    (recorded aws-bucket-configuration 29).
    """
    tags: dict[str, str] = {}
    for item in items:
        if item.keys() != {"Key", "Value"}:
            raise S3Error(errors.MALFORMED_XML)
        if not 1 <= len(item["Key"]) <= MAX_TAG_KEY:
            raise S3Error(errors.LONG_FILTER_TAG_KEY, maximum=MAX_TAG_KEY)
        if len(item["Value"]) > MAX_TAG_VALUE:
            raise S3Error(errors.LONG_FILTER_TAG_VALUE, maximum=MAX_TAG_VALUE)
        if item["Key"] in tags:
            raise S3Error(errors.DUPLICATE_TAGS)
        tags[item["Key"]] = item["Value"]
    return tags


def require_action(entry: dict[str, Any]) -> None:
    """Refuse a rule that does nothing (public)."""
    if not any(action in entry for action in ACTIONS):
        raise S3Error(errors.NO_ACTION)


def expiration_of(action: dict[str, Any] | None) -> tuple[int | None, dt.datetime | None]:
    """Return days and date of an Expiration, which has one of its three members (recorded 29)."""
    if action is None:
        return None, None
    if len(action) != 1 or not action.keys() <= EXPIRATIONS:
        raise S3Error(errors.MALFORMED_XML)
    if "Days" in action:
        return positive(action["Days"], "Days", "Expiration"), None
    if "Date" in action:
        return None, midnight(action["Date"])
    if not isinstance(action["ExpiredObjectDeleteMarker"], bool):
        raise S3Error(errors.MALFORMED_XML)
    return None, None


def midnight(date: object) -> dt.datetime:
    """Return a date. Raises MalformedXML for what is none, InvalidArgument for another time (recorded 29)."""
    if not isinstance(date, dt.datetime):
        raise S3Error(errors.MALFORMED_XML)
    if date.time() != dt.time():
        raise S3Error(errors.NOT_MIDNIGHT, ArgumentName="Date", ArgumentValue=date.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    return date


def noncurrent_of(action: dict[str, Any] | None) -> tuple[int | None, int]:
    """Return the days of a NoncurrentVersionExpiration (recorded 29: it has them), and how many versions it keeps."""
    if action is None:
        return None, 0
    name = "NoncurrentVersionExpiration"
    newer = action.get("NewerNoncurrentVersions")
    kept = 0
    if newer is not None:
        kept = positive(newer, "NewerNoncurrentVersions", name)
        require_newer(kept, name)
    return positive(action.get("NoncurrentDays"), "NoncurrentDays", name), kept


def abort_of(action: dict[str, Any] | None) -> int | None:
    """Return DaysAfterInitiation of an AbortIncompleteMultipartUpload."""
    if action is None:
        return None
    if "DaysAfterInitiation" not in action:
        raise S3Error(errors.MALFORMED_XML)
    return positive(action["DaysAfterInitiation"], "DaysAfterInitiation", "AbortIncompleteMultipartUpload")


def positive(days: object, member: str, action: str) -> int:
    """Return a number of days. Raises MalformedXML for what is no number, InvalidArgument below 1 (public)."""
    if type(days) is not int:
        raise S3Error(errors.MALFORMED_XML)
    if days < 1:
        raise S3Error(errors.DAYS_NOT_POSITIVE, ArgumentName=member, ArgumentValue=days, member=member, action=action)
    return days


def require_one_version(document: list[dict[str, Any]]) -> None:
    """Refuse rules with Filter beside rules with a Prefix of their own, and what these cannot do (public)."""
    has_filter = "Filter" in document[0]
    if any(("Filter" in entry) != has_filter for entry in document):
        raise S3Error(errors.PREFIX_BESIDE_FILTER if has_filter else errors.FILTER_BESIDE_PREFIX)
    if has_filter:
        return
    for place, entry in enumerate(document):
        if "NewerNoncurrentVersions" in entry.get("NoncurrentVersionExpiration", ()):
            raise S3Error(errors.NEWER_WITHOUT_FILTER)
        for other in document[:place]:
            first, second = other["Prefix"], entry["Prefix"]
            action = next((name for name in ACTIONS if name in other and name in entry), None)
            if action and (first.startswith(second) or second.startswith(first)):
                raise S3Error(errors.OVERLAPPING_PREFIXES, first=first, second=second, action=action.removesuffix("s"))


def require_own_ids(rules: list[LifecycleRule]) -> None:
    """Refuse two rules with one id (public)."""
    seen: set[str] = set()
    for rule in rules:
        if rule.id and rule.id in seen:
            raise S3Error(errors.SAME_RULE_ID, ArgumentName="ID", ArgumentValue=rule.id)
        seen.add(rule.id)


def require_one_archive_rule(document: list[dict[str, Any]]) -> None:
    """Refuse a second transition of a bucket of COS, and one that is not about the whole bucket.

    Documented: IBM's page on archives, "Limit 1 transition rule", and that the prefix must be empty; the code: assumed.
    A rule with a prefix of its own has no Filter, which IBM's model requires.
    """
    moves = [entry for entry in document for _ in entry.get("Transitions", ())]
    if len(moves) > 1 or any((entry.get("Filter") or {}).keys() - {"Prefix"} for entry in moves):
        raise S3Error(errors.MALFORMED_XML)
    if any((entry.get("Filter") or {}).get("Prefix") for entry in moves):
        raise S3Error(errors.MALFORMED_XML)
