"""Object Lock in other operations: what a write asks for, what the bucket gives by default, what may be deleted."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.clock import to_second
from fakecos.model.lock import COMPLIANCE, GOVERNANCE, NO_LOCK, Lock
from fakecos.model.versions import ENABLED as VERSIONED
from fakecos.operations.integrity import has_digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context
    from fakecos.wire.types import DeleteRequest, LockFields, NewObjectRequest, UploadPartRequest

CONFIGURATION: Final = "ObjectLockConfiguration"
ENABLED = {"ObjectLockEnabled": "Enabled"}
MODES = frozenset({GOVERNANCE, COMPLIANCE})
ON = "ON"
HOLDS = frozenset({ON, "OFF"})
MODE_HEADER = "x-amz-object-lock-mode"
UNTIL_HEADER = "x-amz-object-lock-retain-until-date"
HOLD_HEADER = "x-amz-object-lock-legal-hold"
BYPASS_HEADER = "x-amz-bypass-governance-retention"
# New in 2026; nothing is known of S3's answers yet.
EVENT_HEADERS = {
    "ObjectLockEventHold": "x-amz-object-lock-event-hold",
    "ObjectLockEventHoldDurationDays": "x-amz-object-lock-event-hold-duration-days",
    "ObjectLockEventHoldDurationYears": "x-amz-object-lock-event-hold-duration-years",
}
ISO_8601 = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})"
DAYS_OF_YEAR = 365  # documented for holds: "Amazon S3 counts 1 year as 365 days"; for retention: assumed


def is_enabled(bucket: Bucket) -> bool:
    """Whether the bucket has Object Lock; once it has, it is for ever (documented)."""
    return CONFIGURATION in bucket.configurations


def enable(bucket: Bucket) -> None:
    """Give a new bucket Object Lock, and versioning with it (documented)."""
    bucket.set_versioning(VERSIONED)
    bucket.configurations[CONFIGURATION] = dict(ENABLED)


def require_enabled(bucket: Bucket) -> None:
    """Refuse a lock in a bucket without Object Lock (recorded aws-objects 65)."""
    if not is_enabled(bucket):
        raise S3Error(errors.NO_OBJECT_LOCK)


def require_suspendable(bucket: Bucket) -> None:
    """Refuse to suspend versioning of a bucket with Object Lock (recorded aws-objects 71)."""
    if is_enabled(bucket):
        raise S3Error(errors.VERSIONING_OF_LOCK)


# --- deletes -----------------------------------------------------------------------------------------


def bypass_of(bucket: Bucket, params: DeleteRequest) -> bool:
    """Whether the request is to bypass GOVERNANCE retention; any value needs Object Lock (recorded aws-objects 72)."""
    if "BypassGovernanceRetention" not in params:
        return False
    if not is_enabled(bucket):
        raise S3Error(errors.NO_LOCK_TO_BYPASS, ArgumentName=BYPASS_HEADER)
    return params["BypassGovernanceRetention"] is True


def require_deletable(
    context: Context,
    bucket: Bucket,
    version: StoredObject | DeleteMarker,
    *,
    bypass: bool,
) -> None:
    """Refuse to delete a protected version for good (recorded aws-objects 69); it changes nothing."""
    context.rules(bucket).require_removable(context, version)
    if not version.is_delete_marker and is_protected(version, context.instant(), bypass=bypass):
        from fakecos.operations.why_denied import locked

        raise S3Error(errors.OBJECT_LOCKED, explanation=locked(version.attributes.lock))


def is_protected(version: StoredObject | DeleteMarker, moment: dt.datetime, *, bypass: bool = False) -> bool:
    """Whether a version cannot be deleted at a moment; lifecycle rules respect that too (documented).

    A hold protects whatever the retention says, also against a bypass; delete markers are not protected (documented).
    """
    if version.is_delete_marker:
        return False
    lock: Lock = version.attributes.lock
    return lock.legal_hold == ON or (is_retained(lock, moment) and not (bypass and lock.mode == GOVERNANCE))


def is_retained(lock: Lock, moment: dt.datetime) -> bool:
    """Whether the retention has not ended yet."""
    return lock.until is not None and lock.until > moment


# --- what a request asks for -------------------------------------------------------------------------


def requested_lock(context: Context, params: NewObjectRequest) -> Lock:
    """Return the lock that a Put, a Copy or a Create asks for, before its bucket is looked at (public).

    Raises InvalidArgument for a mode without a date, a date without a mode, an unknown mode (recorded aws-objects 67),
    a date that is none or has passed, and for an unknown status of the legal hold (public).
    """
    mode, until = params.get("ObjectLockMode"), params.get("ObjectLockRetainUntilDate")
    hold = params.get("ObjectLockLegalHoldStatus")
    if mode is None and until is None and hold is None:
        return NO_LOCK
    if (mode is None) != (until is None):
        raise S3Error(errors.LOCK_HEADER_MISSING, ArgumentName=MODE_HEADER if mode is None else UNTIL_HEADER)
    if mode is not None and mode not in MODES:
        raise S3Error(errors.UNKNOWN_LOCK_MODE, ArgumentName=MODE_HEADER, ArgumentValue=mode)
    end = None if until is None else date_of(until)
    if end is not None and end <= context.instant():
        raise S3Error(errors.RETAIN_UNTIL_PAST, ArgumentName=UNTIL_HEADER, ArgumentValue=until)
    if hold is not None and hold not in HOLDS:
        raise S3Error(errors.UNKNOWN_LEGAL_HOLD, ArgumentName=HOLD_HEADER, ArgumentValue=hold)
    return Lock(mode, end, hold)


def date_of(value: str | dt.datetime) -> dt.datetime:
    """Return the time of a retain-until date, in UTC. Raises InvalidArgument unless it is ISO 8601 (public).

    What is arranged by hand is a time already; without an offset it is UTC.
    """
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=dt.timezone.utc) if value.tzinfo is None else value.astimezone(dt.timezone.utc)
    match = re.fullmatch(ISO_8601, value)
    try:
        if match is not None:
            moment = dt.datetime.fromisoformat(match[1] + ("+00:00" if match[3] == "Z" else match[3]))
            return moment.astimezone(dt.timezone.utc).replace(microsecond=int((match[2] or "0")[:6].ljust(6, "0")))
    except (ValueError, OverflowError):
        pass
    raise S3Error(errors.RETAIN_UNTIL_FORM, ArgumentName=UNTIL_HEADER, ArgumentValue=value)


def require_lockable(bucket: Bucket, params: Mapping[str, Any], lock: Lock) -> None:
    """Refuse a lock where the bucket has no Object Lock, and a locked Put without a digest.

    The words of both are public (aws-changes 34: of Put, Copy and Create; versitygw's issue 1535). The default
    retention of the bucket needs a digest too (public). Raises NotImplemented for event holds.
    """
    holds = not EVENT_HEADERS.keys().isdisjoint(params)
    if (lock is not NO_LOCK or holds) and not is_enabled(bucket):
        raise S3Error(errors.LOCK_WITHOUT_CONFIGURATION)
    if holds:
        header = next(header for member, header in EVENT_HEADERS.items() if member in params)
        raise S3Error(errors.HEADER_NOT_IMPLEMENTED, Header=header, additionalMessage="fakecos has no event holds yet")
    if "Body" in params and is_locking(bucket, lock) and not has_digest(params):
        raise S3Error(errors.LOCK_NEEDS_DIGEST)


def require_no_event_hold(document: Mapping[str, Any], operation: str, *members: str) -> None:
    """Refuse event holds, of whose answers nothing is known yet. Raises NotImplemented."""
    for member in members:
        if member in document:
            what = f"{member} of {operation}"
            raise S3Error(errors.OPERATION_NOT_IMPLEMENTED, Operation=what, operation=what)


def require_part_digest(bucket: Bucket, upload: MultipartUpload, params: UploadPartRequest) -> None:
    """Refuse a part without a digest of an object that will be locked (public; by the bucket's default: assumed)."""
    if is_locking(bucket, upload.attributes.lock) and not has_digest(params):
        raise S3Error(errors.LOCKED_PART_NEEDS_DIGEST)


# --- the default of the bucket, and answers ----------------------------------------------------------


def is_locking(bucket: Bucket, lock: Lock) -> bool:
    """Whether an object with this lock of its own, or none, is locked once it is stored."""
    return lock is not NO_LOCK or "Rule" in bucket.configurations.get(CONFIGURATION, ())


def retained(bucket: Bucket, stored: StoredObject) -> StoredObject:
    """Return an object that is about to be stored, with the bucket's default retention unless it has its own.

    Documented: the period is added to the time of creation. A legal hold of its own does not replace it.
    """
    rule = bucket.configurations.get(CONFIGURATION, {}).get("Rule")
    lock = stored.attributes.lock
    if rule is None or lock.mode is not None:
        return stored
    default = rule["DefaultRetention"]
    days = default["Days"] if "Days" in default else default["Years"] * DAYS_OF_YEAR
    until = to_second(stored.last_modified) + dt.timedelta(days=days)
    kept = lock._replace(mode=default["Mode"], until=until)
    return stored.changed(attributes=stored.attributes.changed(lock=kept))


def lock_fields(lock: Lock) -> LockFields:
    """Return the members by which Get and Head tell of a lock; what was never set is absent.

    Recorded aws-objects 66, 68, 70.
    """
    fields: LockFields = {}
    if lock.mode is not None:
        fields["ObjectLockMode"] = lock.mode
        fields["ObjectLockRetainUntilDate"] = lock.until
    if lock.legal_hold is not None:
        fields["ObjectLockLegalHoldStatus"] = lock.legal_hold
    return fields
