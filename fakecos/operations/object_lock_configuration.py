"""Put and GetObjectLockConfiguration: Object Lock of a bucket, and the retention that its objects get by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_RETENTION_DAYS, MAX_RETENTION_YEARS
from fakecos.operations.lookup import bucket_of
from fakecos.operations.object_lock import CONFIGURATION, ENABLED, MODES, require_no_event_hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        GetObjectLockConfigurationOutput,
        GetObjectLockConfigurationRequest,
        PutObjectLockConfigurationOutput,
        PutObjectLockConfigurationRequest,
    )


LONGEST = {"Days": MAX_RETENTION_DAYS, "Years": MAX_RETENTION_YEARS}


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
