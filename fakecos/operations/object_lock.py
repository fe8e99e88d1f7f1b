"""Retention and legal hold of objects, and the Object Lock configuration of buckets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.lock import GOVERNANCE
from fakecos.operations.lookup import bucket_of, object_to_change
from fakecos.operations.object_lock_rules import CONFIGURATION, ENABLED, HOLDS, MODES, is_retained, require_enabled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.lock import Lock
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        GetObjectLegalHoldOutput,
        GetObjectLegalHoldRequest,
        GetObjectLockConfigurationOutput,
        GetObjectLockConfigurationRequest,
        GetObjectRetentionOutput,
        GetObjectRetentionRequest,
        ObjectLockRetention,
        PutObjectLegalHoldOutput,
        PutObjectLegalHoldRequest,
        PutObjectLockConfigurationOutput,
        PutObjectLockConfigurationRequest,
        PutObjectRetentionOutput,
        PutObjectRetentionRequest,
    )

LONGEST = {"Days": 36_500, "Years": 100}  # documented: "The maximum retention period is 100 years"


# --- retention ---------------------------------------------------------------------------------------


def put_object_retention(context: Context, params: PutObjectRetentionRequest) -> PutObjectRetentionOutput:
    """Set, extend, or with a bypass shorten or end the retention of a version (recorded aws-objects 65, 66).

    Raises MalformedXML, InvalidRequest without Object Lock, what `object_to_change` raises, InvalidArgument for a date
    that has passed, and AccessDenied.
    """
    bucket = bucket_of(context, params)
    mode, until = retention_of(params.get("Retention"))
    require_enabled(bucket)
    stored = object_to_change(bucket, params, "PUT")
    if until is not None and until <= context.now():
        from fakecos.facts.pacific_time import pacific_date

        raise S3Error(errors.RETAIN_UNTIL_PAST, ArgumentName="RetainUntilDate", ArgumentValue=pacific_date(until))
    lock = stored.attributes.lock
    require_alterable(context, lock, mode, until, bypass=params.get("BypassGovernanceRetention") is True)
    kept = lock._replace(mode=mode, until=until)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(lock=kept)))
    return {}


def retention_of(document: ObjectLockRetention | None) -> tuple[str | None, dt.datetime | None]:
    """Return mode and end of a Retention document; an empty one ends the retention (documented).

    Raises MissingRequestBodyError for none, MalformedXML for half of one (recorded aws-objects 65).
    """
    if document is None:
        raise S3Error(errors.NO_REQUEST_BODY)
    require_no_event_hold(document, "PutObjectRetention", "EventHold", "EventHoldDuration")
    if not document:
        return None, None
    mode, until = document.get("Mode"), document.get("RetainUntilDate")
    if mode not in MODES or not isinstance(until, dt.datetime):
        raise S3Error(errors.MALFORMED_XML)
    return mode, until


def require_no_event_hold(document: Mapping[str, Any], operation: str, *members: str) -> None:
    """Refuse event holds, of whose answers nothing is known yet. Raises NotImplemented."""
    for member in members:
        if member in document:
            what = f"{member} of {operation}"
            raise S3Error(errors.OPERATION_NOT_IMPLEMENTED, Operation=what, operation=what)


def require_alterable(
    context: Context, lock: Lock, mode: str | None, until: dt.datetime | None, *, bypass: bool
) -> None:
    """Refuse to weaken a retention that is in force. Raises AccessDenied (recorded aws-objects 65, 66).

    COMPLIANCE can only be extended. GOVERNANCE can be extended by everyone, and altered with a bypass (documented); to
    make it COMPLIANCE takes a bypass too (public).
    """
    if not is_retained(lock, context.now()) or (bypass and lock.mode == GOVERNANCE):
        return
    assert lock.until is not None
    if mode != lock.mode or until is None or until < lock.until:
        raise S3Error(errors.OBJECT_LOCKED)


def get_object_retention(context: Context, params: GetObjectRetentionRequest) -> GetObjectRetentionOutput:
    """Return mode and end of the retention, also when it has ended (assumed). Raises NoSuchObjectLockConfiguration."""
    lock = _lock_of(context, params)
    if lock.mode is None:
        raise S3Error(errors.NO_LOCK_OF_OBJECT)
    assert lock.until is not None  # it comes with the mode
    return {"Retention": {"Mode": lock.mode, "RetainUntilDate": lock.until}}


def _lock_of(context: Context, params: GetObjectRetentionRequest | GetObjectLegalHoldRequest) -> Lock:
    bucket = bucket_of(context, params)
    require_enabled(bucket)
    return object_to_change(bucket, params, "GET").attributes.lock


# --- legal hold --------------------------------------------------------------------------------------


def put_object_legal_hold(context: Context, params: PutObjectLegalHoldRequest) -> PutObjectLegalHoldOutput:
    """Put a version on hold, or end the hold: anyone may (documented; recorded aws-objects 68)."""
    bucket = bucket_of(context, params)
    document = params.get("LegalHold")
    if document is None:
        raise S3Error(errors.NO_REQUEST_BODY)
    status = document.get("Status")
    if status not in HOLDS:
        raise S3Error(errors.MALFORMED_XML)
    require_enabled(bucket)
    stored = object_to_change(bucket, params, "PUT")
    kept = stored.attributes.lock._replace(legal_hold=status)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(lock=kept)))
    return {}


def get_object_legal_hold(context: Context, params: GetObjectLegalHoldRequest) -> GetObjectLegalHoldOutput:
    """Return ON or OFF; NoSuchObjectLockConfiguration if there never was a hold (recorded aws-objects 68)."""
    lock = _lock_of(context, params)
    if lock.legal_hold is None:
        raise S3Error(errors.NO_LOCK_OF_OBJECT)
    return {"LegalHold": {"Status": lock.legal_hold}}


# --- the configuration of a bucket -------------------------------------------------------------------


def put_object_lock_configuration(
    context: Context, params: PutObjectLockConfigurationRequest
) -> PutObjectLockConfigurationOutput:
    """Replace the default retention; on a versioned bucket without Object Lock this enables it (documented).

    Raises MissingRequestBodyError, InvalidBucketState without versioning, MalformedXML, and InvalidArgument (public).
    """
    bucket = bucket_of(context, params)
    document = params.get(CONFIGURATION)
    if document is None:
        raise S3Error(errors.NO_REQUEST_BODY)
    if not bucket.makes_versions:
        raise S3Error(errors.LOCK_NEEDS_VERSIONING)
    require_configuration(document)
    bucket.configurations[CONFIGURATION] = document
    return {}


def require_configuration(document: Mapping[str, Any]) -> None:
    """Refuse a configuration that is not enabled, or whose rule is not a mode with either days or years (public)."""
    if document.get("ObjectLockEnabled") != ENABLED["ObjectLockEnabled"]:
        raise S3Error(errors.MALFORMED_XML)
    if "Rule" not in document:
        return
    default = document["Rule"].get("DefaultRetention") or {}
    require_no_event_hold(default, "PutObjectLockConfiguration", "DefaultEventHold")
    if default.get("Mode") not in MODES or ("Days" in default) == ("Years" in default):
        raise S3Error(errors.MALFORMED_XML)
    unit = "Days" if "Days" in default else "Years"
    period = default[unit]
    if type(period) is not int:
        raise S3Error(errors.MALFORMED_XML)
    if period < 1:
        raise S3Error(errors.RETENTION_NOT_POSITIVE, ArgumentName=unit)
    if period > LONGEST[unit]:
        raise S3Error(errors.RETENTION_TOO_LONG, ArgumentName=unit)


def get_object_lock_configuration(
    context: Context, params: GetObjectLockConfigurationRequest
) -> GetObjectLockConfigurationOutput:
    """Return the configuration as it was put (recorded aws-bucket-configuration 14, 15)."""
    bucket = bucket_of(context, params)
    document = bucket.configurations.get(CONFIGURATION)
    if document is None:
        raise S3Error(errors.NO_LOCK_CONFIGURATION, BucketName=bucket.name)
    return {CONFIGURATION: document}
