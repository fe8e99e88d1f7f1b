"""RestoreObject: a readable copy of an archived object, for some days, after the time that its tier takes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.http_dates import http_date
from fakecos.facts.services.dialects import BY_NAME
from fakecos.model.clock import now
from fakecos.model.lifecycle import midnight_after
from fakecos.model.restore import Restore
from fakecos.operations.lookup import bucket_of, object_to_change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

    from fakecos.model.attributes import Attributes
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        KeyListRequest,
        RestoreFields,
        RestoreObjectOutput,
        RestoreObjectRequest,
        RestoreRequest,
        RestoreStatusFields,
    )

ARCHIVED = frozenset(name for dialect in BY_NAME.values() for name in dialect.archives)
STANDARD = "Standard"
TIERS = ("Expedited", STANDARD, "Accelerated", "Bulk")  # the fastest first
SELECTS = ("Type", "SelectParameters", "OutputLocation")
DONE_BEFORE = 200
RESTORE_STATUS: Final = "RestoreStatus"


def restore_object(context: Context, params: RestoreObjectRequest) -> RestoreObjectOutput:
    """Begin to restore an object: 202; of one that is restored, move the end of its copy: 200 (documented).

    A faster tier may hurry a restore that is under way (documented). Raises InvalidObjectState for what is not
    archived, also where the document is missing (public), and RestoreAlreadyInProgress.
    """
    bucket = bucket_of(context, params)
    stored = object_to_change(bucket, params, "POST")
    storage_class = stored.attributes.storage_class
    if storage_class not in ARCHIVED:
        raise S3Error(errors.NOT_ARCHIVED)
    times = context.dialect.archives.get(storage_class, {})
    tier, days = requested_restore(params.get("RestoreRequest"), times)
    moment = context.now()
    before = stored.attributes.restore
    ready = moment + dt.timedelta(seconds=times[tier])
    answer: RestoreObjectOutput = {}
    if before is not None and before.is_ongoing(moment):
        if TIERS.index(tier) >= TIERS.index(before.tier):
            raise S3Error(errors.RESTORE_IN_PROGRESS)
        days, ready = before.days, min(ready, before.ready)
    elif before is not None and before.is_done(moment):
        answer, ready = {"Status": DONE_BEFORE}, moment
    expires = midnight_after(ready, days)
    if expires is None:  # beyond the last day of the calendar (assumed)
        raise S3Error(errors.MALFORMED_XML)
    restore = Restore(tier, days, before.ready if before is not None and answer else ready, expires)
    changed = stored.changed(attributes=stored.attributes.changed(restore=restore))
    bucket.replace(changed)
    context.note(bucket, "ObjectRestore:Post", changed)
    return answer


def requested_restore(document: RestoreRequest | None, times: Mapping[str, int]) -> tuple[str, int]:
    """Return tier and days of a RestoreRequest; the tier has a default: Standard, on COS its only one (documented).

    Raises MissingRequestBodyError, MalformedXML without days, for less than one or an unknown tier (assumed),
    InvalidArgument for a tier that the storage class does not have, and NotImplemented for a select.
    """
    if document is None:
        raise S3Error(errors.NO_REQUEST_BODY)
    for member in SELECTS:
        if member in document:
            what = f"{member} of RestoreObject"
            raise S3Error(errors.OPERATION_NOT_IMPLEMENTED, Operation=what, operation=what)
    days = document.get("Days")
    default = STANDARD if STANDARD in times or not times else next(iter(times))
    tier = (document.get("GlacierJobParameters") or document).get("Tier", default)
    if type(days) is not int or days < 1 or tier not in TIERS:
        raise S3Error(errors.MALFORMED_XML)
    if tier not in times:
        raise S3Error(errors.NO_SUCH_RETRIEVAL, ArgumentName="Tier", ArgumentValue=tier)
    return tier, days


def is_available(attributes: Attributes) -> bool:
    """Whether the bytes can be read: not archived, or a restored copy is there."""
    restore = attributes.restore
    return attributes.storage_class not in ARCHIVED or (restore is not None and restore.is_done(now()))


def require_available(attributes: Attributes) -> None:
    """Refuse to read an archived object that is not restored, or not yet (recorded aws-objects 57, 59; public)."""
    if not is_available(attributes):
        raise S3Error(errors.INVALID_OBJECT_STATE, StorageClass=attributes.storage_class)


def restore_fields(restore: Restore | None) -> RestoreFields:
    """Return x-amz-restore of Get and Head: under way, or until when; nothing when the copy is gone (documented)."""
    moment = now()
    if restore is None or moment >= restore.expires:
        return {}
    if restore.is_ongoing(moment):
        return {"Restore": 'ongoing-request="true"'}
    return {"Restore": f'ongoing-request="false", expiry-date="{http_date(restore.expires)}"'}


def asks_restore(params: KeyListRequest) -> bool:
    """Whether a list is to tell of restores. Raises InvalidArgument for another attribute than that (assumed)."""
    asked: list[str] = params.get("OptionalObjectAttributes") or []
    unknown = next((name for name in asked if name != RESTORE_STATUS), None)
    if unknown is not None:
        raise S3Error(errors.INVALID_ATTRIBUTE, ArgumentName="x-amz-optional-object-attributes", ArgumentValue=unknown)
    return bool(asked)


def restore_status(restore: Restore | None) -> RestoreStatusFields:
    """Return RestoreStatus of a line of a list; absent without a restore, or when its copy is gone (documented)."""
    moment = now()
    if restore is None or moment >= restore.expires:
        return {}
    if restore.is_ongoing(moment):
        return {RESTORE_STATUS: {"IsRestoreInProgress": True}}
    return {RESTORE_STATUS: {"IsRestoreInProgress": False, "RestoreExpiryDate": restore.expires}}
