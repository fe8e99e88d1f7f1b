"""Immutable Object Storage: what a write asks for, what the bucket's policy gives, and what may be changed or deleted.

Documented: IBM's page on Immutable Object Storage, and its words in the model of ibm_botocore. The order of checks is
assumed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import read_basic_date
from fakecos.model.clock import to_second
from fakecos.model.retention import INDEFINITE, PERMANENT, LegalHold, Retention
from fakecos.operations.integrity import has_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.delete_marker import DeleteMarker
    from fakecos.model.object import StoredObject
    from fakecos.model.retention import Protection
    from fakecos.operations.context import Context
    from fakecos.wire.types import RetentionFields

PERIOD, DATE, HOLD = "RetentionPeriod", "RetentionExpirationDate", "RetentionLegalHoldId"
HEADERS = {PERIOD: "Retention-Period", DATE: "Retention-Expiration-Date", HOLD: "Retention-Legal-Hold-ID"}
HOLD_NAME = re.compile(r"[A-Za-z0-9!_.*()-]{1,64}")  # documented
DAY = 24 * 60 * 60
DIRECTIVES = frozenset({"COPY", "REPLACE"})


# --- what a request asks for -------------------------------------------------------------------------


def require_writable(context: Context, bucket: Bucket, params: Mapping[str, Any]) -> None:
    """Judge the retention headers of a write, and whether it may replace what is there, before anything is stored.

    Raises InvalidRequest for period and date at once, for any of the headers where the bucket has no policy, and for a
    body without a digest where it has one; InvalidArgument for their forms and for a period outside of the policy.
    """
    if bucket.protection is None and PERIOD not in params and DATE not in params and HOLD not in params:
        return  # the usual case, on every write's path
    if params.get(PERIOD) is not None and params.get(DATE) is not None:
        raise S3Error(errors.RETENTION_TWICE)
    if HOLD in params:
        require_hold_name(params[HOLD])
    given = next((member for member in (PERIOD, DATE) if params.get(member) is not None), None)
    seconds = 0 if given is None else seconds_of(params[given], HEADERS[given], to_second(context.now()))
    protection = bucket.protection
    if protection is None:
        if given is not None or HOLD in params:
            raise S3Error(errors.NO_PROTECTION)
        return
    if given is not None:
        require_within(protection, seconds, HEADERS[given])
    require_digest(bucket, params)
    require_free(context, bucket.objects.get(params["Key"]))


def require_digest(bucket: Bucket, params: Mapping[str, Any]) -> None:
    """Refuse a body that comes without Content-MD5, checksum or signed SHA-256 into a bucket with a policy."""
    if bucket.protection is None or "Body" not in params:
        return
    if not params["Body"].signs_sha256 and not has_digest(params):
        raise S3Error(errors.RETENTION_NEEDS_DIGEST)


def require_hold_name(name: str) -> None:
    """Refuse a name of a legal hold that is too long or has other characters (documented)."""
    if not HOLD_NAME.fullmatch(name):
        raise S3Error(errors.HOLD_FORM, ArgumentName=HEADERS[HOLD], ArgumentValue=name)


def seconds_of(value: object, header: str, start: dt.datetime) -> int:
    """Return a retention period in seconds, of a number or of the date when it ends. Raises InvalidArgument."""
    if isinstance(value, str):
        value = read_basic_date(value) or value  # documented: the other form of a date
    if isinstance(value, dt.datetime):
        return int((value - start).total_seconds())
    if type(value) is not int or value < PERMANENT or not header.endswith(("Period", "Time")):
        raise S3Error(errors.RETENTION_FORM, ArgumentName=header, ArgumentValue=value)
    return value


def require_within(protection: Protection, seconds: int, header: str, *, since: int = 0) -> None:
    """Refuse a period that the bucket's policy does not allow; `since` are the object's seconds until now."""
    if seconds == INDEFINITE or (seconds == PERMANENT and protection.permanent):
        return
    if not protection.minimum * DAY <= seconds <= protection.maximum * DAY + since:
        raise S3Error(errors.RETENTION_RANGE, ArgumentName=header, ArgumentValue=seconds)


# --- what is stored ----------------------------------------------------------------------------------


def retained(bucket: Bucket, params: Mapping[str, Any], stored: StoredObject) -> StoredObject:
    """Return an object that is about to be stored, retained as its request or else the bucket's policy says."""
    protection = bucket.protection
    if protection is None:
        return stored
    created = to_second(stored.last_modified)
    given = next((member for member in (PERIOD, DATE) if params.get(member) is not None), None)
    seconds = protection.default * DAY if given is None else seconds_of(params[given], HEADERS[given], created)
    holds = (LegalHold(params[HOLD], created),) if HOLD in params else ()
    kept = Retention(seconds, end_of(created, seconds), holds)
    return stored.changed(attributes=stored.attributes.changed(retention=kept))


def end_of(created: dt.datetime, seconds: int) -> dt.datetime | None:
    """Return when a period ends, None if it does not."""
    return None if seconds < 0 else created + dt.timedelta(seconds=seconds)


def copied(params: Mapping[str, Any], source: StoredObject) -> Mapping[str, Any]:
    """Return the retention parameters of a copy: its own, or with the directive COPY those of the source.

    Raises InvalidRequest for headers without the directive REPLACE (documented). COPY into a bucket without a policy is
    then refused as its own period would be (assumed).
    """
    directive = str(params.get("RetentionDirective", "")).upper()
    given = any(member in params for member in HEADERS)
    if (given and directive != "REPLACE") or directive not in {"", *DIRECTIVES}:
        raise S3Error(errors.RETENTION_NOT_REPLACED)
    found = source.attributes.retention
    if directive != "COPY" or found is None:
        return params
    return {**params, PERIOD: found.period}


def with_holds_of(source: StoredObject, stored: StoredObject, params: Mapping[str, Any]) -> StoredObject:
    """Return a copy that has the source's legal holds too, dated now, if the request copies them (documented)."""
    found, kept = source.attributes.retention, stored.attributes.retention
    if found is None or kept is None or str(params.get("RetentionDirective", "")).upper() != "COPY":
        return stored
    holds = tuple(LegalHold(hold.name, stored.last_modified) for hold in found.holds)
    return stored.changed(attributes=stored.attributes.changed(retention=kept._replace(holds=holds)))


# --- what is there -----------------------------------------------------------------------------------


def is_protected(version: StoredObject | DeleteMarker, moment: dt.datetime) -> bool:
    """Whether an object can be neither overwritten nor deleted at a moment."""
    if version.is_delete_marker:
        return False
    kept: Retention | None = version.attributes.retention
    return kept is not None and kept.protects(moment)


def require_free(context: Context, version: StoredObject | DeleteMarker | None) -> None:
    """Refuse to overwrite or delete what is retained or held."""
    if version is not None and is_protected(version, context.instant()):
        raise S3Error(errors.OBJECT_RETAINED)


def fields_of(kept: Retention) -> RetentionFields:
    """Return the members by which Get and Head tell of a retention; a count of no holds is absent (documented)."""
    fields: RetentionFields = {"RetentionPeriod": kept.period, "RetentionExpirationDate": kept.until}
    if kept.holds:
        fields["RetentionLegalHoldCount"] = len(kept.holds)
    return fields
