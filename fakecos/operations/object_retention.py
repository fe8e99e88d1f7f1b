"""Put and GetObjectRetention, Put and GetObjectLegalHold: the lock of a version that is stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.facts import dates, errors
from fakecos.facts.errors import S3Error
from fakecos.model.lock import GOVERNANCE
from fakecos.operations.lookup import bucket_of, object_to_change, require_version_form
from fakecos.operations.object_lock import (
    HOLDS,
    MODES,
    is_retained,
    require_enabled,
    require_no_event_hold,
)

if TYPE_CHECKING:
    from fakecos.model.lock import Lock
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        GetObjectLegalHoldOutput,
        GetObjectLegalHoldRequest,
        GetObjectRetentionOutput,
        GetObjectRetentionRequest,
        ObjectLockRetention,
        PutObjectLegalHoldOutput,
        PutObjectLegalHoldRequest,
        PutObjectRetentionOutput,
        PutObjectRetentionRequest,
    )


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
    if until is not None and until <= context.instant():
        from fakecos.facts.pacific_time import pacific_date

        raise S3Error(errors.RETAIN_UNTIL_PAST, ArgumentName="RetainUntilDate", ArgumentValue=pacific_date(until))
    lock = stored.attributes.lock
    require_alterable(context, lock, mode, until, bypass=params.get("BypassGovernanceRetention") is True)
    kept = lock._replace(mode=mode, until=until)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(lock=kept)))
    if context.holds(dates.RETENTION_EVENTS):
        noted = {} if mode is None else {"objectRetentionEventData": {"mode": mode, "retainUntilDate": until}}
        context.note(bucket, "ObjectRetention:Put", stored, **noted)
    return {}


def retention_of(document: ObjectLockRetention | None) -> tuple[str | None, dt.datetime | None]:
    """Return mode and end of a Retention document; an empty one ends the retention (documented).

    Raises MalformedXML for none (public: an answer of AWS), and for half of one (recorded aws-objects 65).
    """
    if document is None:
        raise S3Error(errors.MALFORMED_XML)
    require_no_event_hold(document, "PutObjectRetention", "EventHold", "EventHoldDuration")
    if not document:
        return None, None
    mode, until = document.get("Mode"), document.get("RetainUntilDate")
    if mode not in MODES or not isinstance(until, dt.datetime):
        raise S3Error(errors.MALFORMED_XML)
    return mode, until


def require_alterable(
    context: Context, lock: Lock, mode: str | None, until: dt.datetime | None, *, bypass: bool
) -> None:
    """Refuse to weaken a retention that is in force. Raises AccessDenied (recorded aws-objects 65, 66).

    COMPLIANCE can only be extended. GOVERNANCE can be extended by everyone, and altered with a bypass (documented); to
    make it COMPLIANCE takes a bypass too (public).
    """
    if not is_retained(lock, context.instant()) or (bypass and lock.mode == GOVERNANCE):
        return
    assert lock.until is not None
    if mode != lock.mode or until is None or until < lock.until:
        from fakecos.operations.why_denied import locked

        raise S3Error(errors.OBJECT_LOCKED, explanation=locked(lock._replace(legal_hold=None)))


def get_object_retention(context: Context, params: GetObjectRetentionRequest) -> GetObjectRetentionOutput:
    """Return mode and end of the retention, also when it has ended (assumed). Raises NoSuchObjectLockConfiguration."""
    lock = _lock_of(context, params)
    if lock.mode is None:
        raise S3Error(errors.NO_LOCK_OF_OBJECT)
    assert lock.until is not None  # it comes with the mode
    return {"Retention": {"Mode": lock.mode, "RetainUntilDate": lock.until}}


def _lock_of(context: Context, params: GetObjectRetentionRequest | GetObjectLegalHoldRequest) -> Lock:
    bucket = bucket_of(context, params)
    if params.get("VersionId") is not None:  # before the lock of the bucket (public: aws-measured 19)
        require_version_form(params["VersionId"])
    require_enabled(bucket)
    return object_to_change(bucket, params, "GET").attributes.lock


# --- legal hold --------------------------------------------------------------------------------------


def put_object_legal_hold(context: Context, params: PutObjectLegalHoldRequest) -> PutObjectLegalHoldOutput:
    """Put a version on hold, or end the hold: anyone may (documented; recorded aws-objects 68).

    Raises MalformedXML for no document (recorded aws-changes 15) and for another status, and what `require_enabled`
    and `object_to_change` raise.
    """
    bucket = bucket_of(context, params)
    status = (params.get("LegalHold") or {}).get("Status")
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
