"""ListBucketReplicationFailures and PutBucketReplicationReattempt, which COS has.

fakecos keeps a replication configuration and copies nothing, so nothing fails: the list is empty, and a new attempt has
nothing to do (documented: aws-changes 29; the forms: ibm-cos 9, 13).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import encoder, integer, key_of

if TYPE_CHECKING:
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        ListBucketReplicationFailuresOutput,
        ListBucketReplicationFailuresRequest,
        ListReplicationFailureResult,
        PutBucketReplicationReattemptOutput,
        PutBucketReplicationReattemptRequest,
    )

BEFORE = "first-sync-attempted-before"
CYCLE = dt.timedelta(days=1)


def list_bucket_replication_failures(
    context: Context, params: ListBucketReplicationFailuresRequest
) -> ListBucketReplicationFailuresOutput:
    """Return the empty list of what could not be replicated for long.

    Raises InvalidArgument for a number, an encoding or a token that is none, as lists of keys do, and for a time that
    is not in milliseconds since 1970 (assumed).
    """
    bucket = bucket_of(context, params)
    largest = context.limits.max_keys
    result: ListReplicationFailureResult = {
        "Name": bucket.name,
        "MaxKeys": min(integer(params, "MaxKeys", "max-keys", largest), largest),
        "IsTruncated": False,
        "KeyCount": 0,
        "Contents": [],
    }
    encoder(params)
    if params.get("EncodingType"):
        result["EncodingType"] = params["EncodingType"]
    before = params.get("FirstSyncAttemptedBefore")
    if before is not None:
        if not (before.isascii() and before.isdecimal()):
            raise S3Error(errors.REPLICATION_TIME, ArgumentName=BEFORE, ArgumentValue=before)
        result["FirstSyncAttemptedBefore"] = before
    token = params.get("ContinuationToken")
    if token:
        key_of(token)
        result["ContinuationToken"] = token
    return {"ListReplicationFailureResult": result}


def put_bucket_replication_reattempt(
    context: Context, params: PutBucketReplicationReattemptRequest
) -> PutBucketReplicationReattemptOutput:
    """Say when the next attempt is made: within a day (documented on premises: one a day; the hour: assumed)."""
    bucket_of(context, params)
    midnight = context.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return {"ScheduledTime": midnight + CYCLE}
