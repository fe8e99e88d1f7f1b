"""ListBucketReplicationFailures and PutBucketReplicationReattempt, which COS has.

COS tries a replication that failed again, every hour three times and then once a day. What waits for the next day is
listed (documented: aws-changes 29; aws-replication 24; the forms: ibm-cos 9, 13). Why it failed is left out, since the
names of the causes are not known.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.replication import DELAY, queue
from fakecos.operations.lookup import bucket_of
from fakecos.operations.pagination import encoder, integer, key_of, token_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.model.bucket import Bucket
    from fakecos.model.replication import PendingReplication
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        ListBucketReplicationFailuresOutput,
        ListBucketReplicationFailuresRequest,
        ListReplicationFailureResult,
        ObjectSyncAttempted,
        PutBucketReplicationReattemptOutput,
        PutBucketReplicationReattemptRequest,
    )

BEFORE = "first-sync-attempted-before"
CYCLE = dt.timedelta(days=1)


def list_bucket_replication_failures(
    context: Context, params: ListBucketReplicationFailuresRequest
) -> ListBucketReplicationFailuresOutput:
    """Return what could not be replicated for long, in the order in which it was written (sdk).

    With a time only what was first tried then or before (assumed, of the parameter's name). Raises InvalidArgument for
    a number, an encoding or a token that is none, as lists of keys do, and for a time that
    is not in milliseconds since 1970 (assumed).
    """
    bucket = bucket_of(context, params)
    largest = context.limits.max_keys
    maximum = min(integer(params, "MaxKeys", "max-keys", largest), largest)
    encode = encoder(params)
    result: ListReplicationFailureResult = {
        "Name": bucket.name,
        "MaxKeys": maximum,
        "IsTruncated": False,
        "KeyCount": 0,
        "Contents": [],
    }
    if params.get("EncodingType"):
        result["EncodingType"] = params["EncodingType"]
    before = params.get("FirstSyncAttemptedBefore")
    if before is not None:
        if not (before.isascii() and before.isdecimal()):
            raise S3Error(errors.REPLICATION_TIME, ArgumentName=BEFORE, ArgumentValue=before)
        result["FirstSyncAttemptedBefore"] = before
    found = sorted((each for each in bucket.pending if is_listed(bucket, each)), key=place_of)
    if before is not None:
        found = [each for each in found if milliseconds(each) <= int(before)]
    token = params.get("ContinuationToken")
    if token:
        after = key_of(token)
        found = [each for each in found if place_of(each) > after]
        result["ContinuationToken"] = token
    page = found[:maximum]
    if page and len(found) > maximum:
        result["IsTruncated"] = True
        result["NextContinuationToken"] = token_of(place_of(page[-1]))
    result["KeyCount"] = len(page)
    result["Contents"] = [line(each, encode) for each in page]
    return {"ListReplicationFailureResult": result}


def is_listed(bucket: Bucket, pending: PendingReplication) -> bool:
    """Whether it failed so often that it waits for the next day."""
    replication = bucket.replication
    return replication is not None and 0 < replication.ways.listed_after <= pending.attempts


def milliseconds(pending: PendingReplication) -> int:
    """Return when it was first tried, as the list counts: since 1970."""
    return int((pending.since + DELAY).timestamp() * 1000)


def place_of(pending: PendingReplication) -> str:
    """Return its place in the list, as text for a token."""
    return f"{milliseconds(pending):016d}/{pending.key}/{pending.version_id}/{pending.what}"


def line(pending: PendingReplication, encode: Callable[[str], str]) -> ObjectSyncAttempted:
    """Return one line; the words of SyncType are those of IBM's events (documented; of this list: assumed)."""
    first = pending.since + DELAY
    return {
        "Key": encode(pending.key),
        "VersionId": pending.version_id,
        "SyncType": pending.what,
        "FirstSyncAttempted": first,
        "LastSyncAttempted": pending.last or first,
    }


def put_bucket_replication_reattempt(
    context: Context, params: PutBucketReplicationReattemptRequest
) -> PutBucketReplicationReattemptOutput:
    """Try what is listed again, and say when: within a day (documented on premises: one a day; the hour: assumed)."""
    bucket = bucket_of(context, params)
    midnight = context.now().replace(hour=0, minute=0, second=0, microsecond=0) + CYCLE
    again = [each for each in bucket.pending if is_listed(bucket, each)]
    bucket.pending = [each for each in bucket.pending if each not in again]
    for each in again:
        queue(bucket.pending, each._replace(due=min(midnight, each.due)))
    return {"ScheduledTime": midnight}
