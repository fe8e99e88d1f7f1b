"""The operations of Immutable Object Storage: policies of buckets, legal holds, and longer retention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import http_date
from fakecos.model.clock import to_second
from fakecos.model.retention import INDEFINITE, PERMANENT, LegalHold, Protection, Retention
from fakecos.operations.immutable_storage import retention
from fakecos.operations.lookup import bucket_of, object_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        AddLegalHoldOutput,
        AddLegalHoldRequest,
        DeleteLegalHoldOutput,
        DeleteLegalHoldRequest,
        ExtendObjectRetentionOutput,
        ExtendObjectRetentionRequest,
        GetBucketProtectionConfigurationOutput,
        GetBucketProtectionConfigurationRequest,
        ListLegalHoldsOutput,
        ListLegalHoldsRequest,
        ProtectionConfiguration,
        PutBucketProtectionConfigurationOutput,
        PutBucketProtectionConfigurationRequest,
    )

RETENTION = "Retention"
DISABLED: ProtectionConfiguration = {"Status": "Disabled"}
MAX_DAYS = 365_243  # documented: 1000 years
MAX_HOLDS = 100  # documented
DAYS = ("MinimumRetention", "DefaultRetention", "MaximumRetention")
EXTENSIONS = {
    "AdditionalRetentionPeriod": "Additional-Retention-Period",
    "ExtendRetentionFromCurrentTime": "Extend-Retention-From-Current-Time",
    "NewRetentionExpirationDate": "New-Retention-Expiration-Date",
    "NewRetentionPeriod": "New-Retention-Period",
}


# --- buckets -----------------------------------------------------------------------------------------


def put_bucket_protection_configuration(
    context: Context, params: PutBucketProtectionConfigurationRequest
) -> PutBucketProtectionConfigurationOutput:
    """Give an empty bucket a retention policy, or change the one it has; it cannot be removed (documented).

    Raises MalformedXML, InvalidArgument for another status or days out of order, and InvalidBucketState for a bucket
    with objects, versions or Object Lock.
    """
    bucket = bucket_of(context, params)
    document = params.get("ProtectionConfiguration") or {}
    asked = protection_of(document)
    before = bucket.protection
    if before is None and bucket.versioning is not None:
        raise S3Error(errors.PROTECTION_OR_VERSIONS, BucketName=bucket.name)
    if before is None and not bucket.is_empty:
        raise S3Error(errors.PROTECTION_NOT_EMPTY, BucketName=bucket.name)
    if before is not None and before.permanent and not asked.permanent:
        raise S3Error(errors.PERMANENT_FOR_EVER, ArgumentName="EnablePermanentRetention", ArgumentValue="false")
    bucket.protection, bucket.rules = asked, context.dialect.rules
    return {}


def protection_of(document: Mapping[str, Any]) -> Protection:
    """Return the policy that a document says. Raises MalformedXML and InvalidArgument."""
    status = document.get("Status")
    if status is None:
        raise S3Error(errors.MALFORMED_XML)
    if status != RETENTION:
        raise S3Error(errors.PROTECTION_STATUS, ArgumentName="Status", ArgumentValue=status)
    days: list[Any] = [(document.get(name) or {}).get("Days") for name in DAYS]
    if any(type(number) is not int for number in days):
        raise S3Error(errors.MALFORMED_XML)
    minimum, default, maximum = days
    if not 0 <= minimum <= default <= maximum <= MAX_DAYS:
        raise S3Error(errors.PROTECTION_DAYS, ArgumentName="DefaultRetention", ArgumentValue=default)
    return Protection(minimum, default, maximum, document.get("EnablePermanentRetention") is True)


def get_bucket_protection_configuration(
    context: Context, params: GetBucketProtectionConfigurationRequest
) -> GetBucketProtectionConfigurationOutput:
    """Return the policy; without one the status is Disabled (documented)."""
    found = bucket_of(context, params).protection
    if found is None:
        return {"ProtectionConfiguration": DISABLED}
    document: Any = {"Status": RETENTION}
    for name, days in zip(DAYS, (found.minimum, found.default, found.maximum), strict=True):
        document[name] = {"Days": days}
    if found.permanent:
        document["EnablePermanentRetention"] = True
    return {"ProtectionConfiguration": document}


def require_unprotected(bucket: Bucket) -> None:
    """Refuse versioning and Object Lock where there is a retention policy (assumed: IBM keeps the two apart)."""
    if bucket.protection is not None:
        raise S3Error(errors.PROTECTION_OR_VERSIONS, BucketName=bucket.name)


# --- legal holds -------------------------------------------------------------------------------------


def add_legal_hold(context: Context, params: AddLegalHoldRequest) -> AddLegalHoldOutput:
    """Add a legal hold to a retained object: up to 100, each under a name of its own (documented)."""
    bucket, stored, kept, name = _held(context, params)
    if any(hold.name == name for hold in kept.holds):
        raise S3Error(errors.HOLD_EXISTS)
    if len(kept.holds) >= MAX_HOLDS:
        raise S3Error(errors.TOO_MANY_HOLDS)
    _replace(bucket, stored, kept._replace(holds=(*kept.holds, LegalHold(name, context.now()))))
    return {}


def delete_legal_hold(context: Context, params: DeleteLegalHoldRequest) -> DeleteLegalHoldOutput:
    """Remove a legal hold. One that the object does not have is refused (assumed)."""
    bucket, stored, kept, name = _held(context, params)
    left = tuple(hold for hold in kept.holds if hold.name != name)
    if len(left) == len(kept.holds):
        raise S3Error(errors.NO_SUCH_HOLD)
    _replace(bucket, stored, kept._replace(holds=left))
    return {}


def list_legal_holds(context: Context, params: ListLegalHoldsRequest) -> ListLegalHoldsOutput:
    """Return the legal holds of an object and how long it is retained. Raises a 404 without retention (documented)."""
    stored = object_of(bucket_of(context, params), params)
    kept = stored.attributes.retention
    if kept is None:
        raise S3Error(errors.NO_RETENTION)
    holds: list[Any] = [{"ID": hold.name, "Date": http_date(hold.since)} for hold in kept.holds]
    return {
        "CreateTime": http_date(stored.last_modified),
        "RetentionPeriod": kept.period,
        "RetentionPeriodExpirationDate": None if kept.until is None else http_date(kept.until),
        "LegalHoldSet": holds,
        "LegalHolds": holds,
    }


def _held(
    context: Context, params: AddLegalHoldRequest | DeleteLegalHoldRequest
) -> tuple[Bucket, StoredObject, Retention, str]:
    name: str = params.get("RetentionLegalHoldId") or ""
    retention.require_hold_name(name)
    bucket = bucket_of(context, params)
    if bucket.protection is None:
        raise S3Error(errors.NO_PROTECTION)
    stored = object_of(bucket, params, "POST")
    assert stored.attributes.retention is not None  # a policy is given to an empty bucket, and retains what comes
    return bucket, stored, stored.attributes.retention, name


def _replace(bucket: Bucket, stored: StoredObject, kept: Retention) -> None:
    bucket.replace(stored.changed(attributes=stored.attributes.changed(retention=kept)))


# --- longer retention --------------------------------------------------------------------------------


def extend_object_retention(context: Context, params: ExtendObjectRetentionRequest) -> ExtendObjectRetentionOutput:
    """Retain an object longer, by exactly one of four headers (documented); an indefinite period gets its end so.

    Raises InvalidRequest for no header and for several, InvalidArgument for a period that is not longer than the one
    before, or that ends later than the maximum from now on.
    """
    bucket = bucket_of(context, params)
    if bucket.protection is None:
        raise S3Error(errors.NO_PROTECTION)
    given = [member for member in EXTENSIONS if params.get(member) is not None]
    if not given:
        raise S3Error(errors.NO_EXTENSION)
    if len(given) > 1:
        raise S3Error(errors.RETENTION_TWICE)
    stored = object_of(bucket, params, "POST")
    kept = stored.attributes.retention
    assert kept is not None  # as in `_held`
    member, header, created = given[0], EXTENSIONS[given[0]], to_second(stored.last_modified)
    value = retention.seconds_of(params.get(member), header, created)
    age = int((context.now() - created).total_seconds())
    seconds = extended(member, value, kept, age)
    if seconds is None:
        raise S3Error(errors.RETENTION_SHORTENED, ArgumentName=header, ArgumentValue=value)
    retention.require_within(bucket.protection, seconds, header, since=age)
    _replace(bucket, stored, kept._replace(period=seconds, until=retention.end_of(created, seconds)))
    return {}


def extended(member: str, value: int, kept: Retention, age: int) -> int | None:
    """Return the new period in seconds from creation, None if it is not longer; `age` is the object's, in seconds."""
    if kept.period == PERMANENT or (value < 0 and member != "NewRetentionPeriod"):
        return None
    if member == "AdditionalRetentionPeriod":
        seconds = kept.period + value
        return None if kept.period == INDEFINITE or value == 0 else seconds
    seconds = age + value if member == "ExtendRetentionFromCurrentTime" else value
    if seconds < 0:
        return None if seconds == kept.period else seconds
    return seconds if kept.period == INDEFINITE or seconds > kept.period else None
