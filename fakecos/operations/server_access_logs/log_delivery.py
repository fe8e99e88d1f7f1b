"""How the records that wait become log objects when time passes (aws-logs-and-inventory 12-17)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from fakecos import urls
from fakecos.facts.services.aws_principals import LOGGING as LOGGING_SERVICE
from fakecos.model.access_log import MOST
from fakecos.model.acl import FULL_CONTROL, GROUP, LOG_DELIVERY, READ_ACP, USER, WRITE, Acl, Grant
from fakecos.model.encryption import SSE_S3
from fakecos.operations import encryption, object_lock, written_by_s3
from fakecos.operations.access_control import REQUEST_PAYMENT
from fakecos.operations.acl import BUCKET_OWNER_PREFERRED, bucket_acl
from fakecos.operations.public_access_block import has_acls, ownership_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fakecos.model.access_log import LogRecord
    from fakecos.model.bucket import Bucket
    from fakecos.model.store import Store
    from fakecos.operations.context import Context
    from fakecos.operations.written_by_s3 import ContextOf

LOG_DELIVERY_ID = "3272ee65a908a7677109fedda345db8d9554ba26398b2ca10581de88777e2b61"
"""The canonical id of the account that writes logs where ACLs count (aws-logs-and-inventory 15)."""
EVENT_TIME = "EventTime"
PAGE = "how-to/logs-and-inventory"


def run(store: Store, now: dt.datetime, context_of: ContextOf) -> None:
    """Write the records that wait into their target buckets; those that cannot be delivered are lost.

    A notice says why. UsageError: the policy of a target has a condition that is not evaluated here.
    """
    log = store.access_log
    if log is None:
        return
    with store.lock:
        if log.lost:
            store.not_written("server access logs", f"{log.lost:,} records; {MOST:,} wait for cos.advance at most")
        waiting = log.take()
        for place, records in groupby(sorted(waiting, key=lambda record: (_place(record), record.time)), _place):
            _deliver(store, place, list(records), now, context_of)


def _place(record: LogRecord) -> tuple[str, ...]:
    """Return what records must have in common to stand in one object: each has those of one bucket (documented)."""
    enabled = record.enabled
    partition = partition_of(enabled)
    day = f"{record.time:%Y/%m/%d}" if partition == EVENT_TIME else ""
    return record.bucket, enabled["TargetBucket"], enabled.get("TargetPrefix", ""), partition or "", day


def partition_of(enabled: Mapping[str, Any]) -> str | None:
    """Return by which date the keys of log objects are partitioned, None if they are not (documented: EventTime)."""
    partitioned = enabled.get("TargetObjectKeyFormat", {}).get("PartitionedPrefix")
    return None if partitioned is None else partitioned.get("PartitionDateSource", EVENT_TIME)


def _deliver(
    store: Store, place: tuple[str, ...], records: list[LogRecord], now: dt.datetime, context_of: ContextOf
) -> None:
    source, target, prefix, partition, _ = place
    bucket = store.buckets.get(target)
    if bucket is None:
        _notice(store, source, f"the target bucket {target} is not there any more")
        return
    first = records[0]
    context = context_of(target, written_by_s3.service_for(LOGGING_SERVICE, source, first.account))
    when = first.time if partition == EVENT_TIME else now
    stamp = f"{when:%Y-%m-%d}-00-00-00" if partition == EVENT_TIME else f"{now:%Y-%m-%d-%H-%M-%S}"
    between = f"{first.account}/{first.region}/{source}/{when:%Y/%m/%d}/" if partition else ""
    key = f"{prefix}{between}{stamp}-{context.ids.request_id()}"
    why = why_not(context, bucket, key)
    if why is not None:
        _notice(store, source, why)
        return
    body = "".join(record.line for record in records).encode("utf-8", "surrogateescape")
    acl = _acl(context, bucket, first.enabled)
    written_by_s3.write(context, bucket, key, body, now, content_type="text/plain", acl=acl)


def why_not(context: Context, bucket: Bucket, key: str) -> str | None:
    """Return why S3 does not write a log object into a bucket, None if it does (aws-logs-and-inventory 14, 16)."""
    name = bucket.name
    if "Rule" in bucket.configurations.get(object_lock.CONFIGURATION, ()):
        return f"the target bucket {name} has a default retention of Object Lock"
    if bucket.configurations.get(REQUEST_PAYMENT, {}).get("Payer") == "Requester":
        return f"requesters pay for the target bucket {name}"
    if encryption.default_of(context).method != SSE_S3:
        return f"the default encryption of the target bucket {name} is with KMS: only SSE-S3 is supported for logs"
    decision = written_by_s3.decision(context, bucket, key, {})
    if decision is False:
        return f"the policy of the target bucket {name} denies s3:PutObject of {key}"
    if decision is None and not _acl_allows(context, bucket):
        return (
            f"the policy of the target bucket {name} does not allow s3:PutObject of {key} to the service "
            f'{LOGGING_SERVICE}: give it a statement with "Principal": {{"Service": "{LOGGING_SERVICE}"}}'
        )
    return None


def _acl_allows(context: Context, bucket: Bucket) -> bool:
    """Whether the bucket's ACL lets the log delivery group write: WRITE and READ_ACP (documented)."""
    if not has_acls(context, bucket):
        return False
    given = {grant.permission for grant in bucket_acl(context, bucket).grants if _is_log_delivery(grant)}
    return FULL_CONTROL in given or {WRITE, READ_ACP} <= given


def _is_log_delivery(grant: Grant) -> bool:
    return grant.kind == GROUP and grant.name == LOG_DELIVERY


def _acl(context: Context, bucket: Bucket, enabled: Mapping[str, Any]) -> Acl | None:
    """Return the ACL of a log object: where ACLs count, its writer's, with TargetGrants (aws-logs-and-inventory 15)."""
    if not has_acls(context, bucket):
        return None
    owner = bucket.owner_id
    if ownership_of(context, bucket) != BUCKET_OWNER_PREFERRED:
        owner = LOG_DELIVERY_ID
    full = [Grant(USER, one, FULL_CONTROL) for one in dict.fromkeys((owner, bucket.owner_id))]
    return Acl(owner, (*full, *_target_grants(enabled)))


def _target_grants(enabled: Mapping[str, Any]) -> list[Grant]:
    return [
        Grant(grant["Grantee"]["Type"], name, grant["Permission"])
        for grant in enabled.get("TargetGrants", ())
        if (name := grant["Grantee"].get("ID") or grant["Grantee"].get("URI"))
    ]


def _notice(store: Store, source: str, why: str) -> None:
    store.not_written(f"server access logs of the bucket {source}", f"{why}. See {urls.page(PAGE)}")
