"""One record of a server access log: its fields in their order, and its line (aws-logs-and-inventory 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from fakecos.model.access_log import LogRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from fakecos.facts.ids import Ids
    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.model.store import Store

LOGGING = "BucketLoggingStatus"
LIFECYCLE = "AmazonS3"
"""Who asked for what a lifecycle rule did (aws-logs-and-inventory 10)."""
CIPHER_SUITE = "ECDHE-RSA-AES128-GCM-SHA256"  # documented: the example; so is the version
TLS_VERSION = "TLSv1.2"
NOTHING = "-"
QUOTED_NOTHING = '"-"'
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # whatever the locale is

TRANSITIONS = {  # documented: aws-logs-and-inventory 10
    "STANDARD_IA": "S3.TRANSITION_SIA.OBJECT",
    "ONEZONE_IA": "S3.TRANSITION_ZIA.OBJECT",
    "INTELLIGENT_TIERING": "S3.TRANSITION_INT.OBJECT",
    "GLACIER_IR": "S3.TRANSITION_GIR.OBJECT",
    "GLACIER": "S3.TRANSITION.OBJECT",
    "DEEP_ARCHIVE": "S3.TRANSITION_GDA.OBJECT",
}
EXPIRE = "S3.EXPIRE.OBJECT"
MARK = "S3.CREATE.DELETEMARKER"
ABORT = "S3.DELETE.UPLOAD"
OPERATIONS = {"LifecycleExpiration:Delete": EXPIRE, "LifecycleExpiration:DeleteMarkerCreated": MARK}
"""By the event that tells of it."""


class Fields(NamedTuple):
    """The fields of a record, in their order; those of the bucket and the time come before them."""

    remote_ip: str = NOTHING
    requester: str = NOTHING
    request_id: str = NOTHING
    operation: str = NOTHING
    key: str = NOTHING
    request_uri: str = NOTHING
    http_status: str = NOTHING
    error_code: str = NOTHING
    bytes_sent: str = NOTHING
    object_size: str = NOTHING
    total_time: str = NOTHING
    turn_around_time: str = NOTHING
    referer: str = NOTHING
    user_agent: str = NOTHING
    version_id: str = NOTHING
    host_id: str = NOTHING
    signature_version: str = NOTHING
    cipher_suite: str = NOTHING
    authentication_type: str = NOTHING
    host_header: str = NOTHING
    tls_version: str = NOTHING
    access_point_arn: str = NOTHING
    acl_required: str = NOTHING
    source_region: str = NOTHING


def enabled_of(bucket: Bucket) -> Mapping[str, Any] | None:
    """Return where the logs of a bucket go, None if it has none."""
    status = bucket.configurations.get(LOGGING)
    return None if status is None else status.get("LoggingEnabled")


def note(store: Store, bucket: Bucket, moment: dt.datetime, fields: Fields) -> None:
    """Let a record wait, if the bucket has logging."""
    enabled = enabled_of(bucket)
    if enabled is None or store.access_log is None:
        return
    line = " ".join((bucket.owner_id, bucket.name, time_of(moment), *fields)) + "\n"
    with store.lock:
        store.access_log.add(LogRecord(bucket.name, bucket.account, bucket.region, enabled, moment, line))


def note_lifecycle(
    store: Store,
    ids: Ids,
    bucket: Bucket,
    operation: str,
    moment: dt.datetime,
    key: str,
    size: int | None = None,
    version: str | None = None,
) -> None:
    """Let the record of a lifecycle rule's action wait, if the bucket has logging (aws-logs-and-inventory 10)."""
    if store.access_log is None or enabled_of(bucket) is None:
        return
    fields = Fields(
        requester=LIFECYCLE,
        request_id=ids.request_id(),
        operation=operation,
        key=once_encoded(key),
        request_uri=QUOTED_NOTHING,
        object_size=number(size),
        referer=QUOTED_NOTHING,
        user_agent=QUOTED_NOTHING,
        version_id=version or NOTHING,
    )
    note(store, bucket, moment, fields)


def note_changes(store: Store, ids: Ids, changes: Iterable[Change]) -> None:
    """Let the records of what lifecycle rules did to objects wait."""
    if store.access_log is None:
        return
    for change in changes:
        moved = change.data.get("lifecycleEventData", {}).get("transitionEventData", {}).get("destinationStorageClass")
        operation = OPERATIONS.get(change.event) or TRANSITIONS.get(moved)
        if operation is not None:
            note_lifecycle(
                store, ids, change.bucket, operation, change.time, change.key, change.size, change.version_id
            )


def time_of(moment: dt.datetime) -> str:
    """Return a time as `[06/Feb/2019:00:00:38 +0000]`."""
    return f"[{moment.day:02}/{MONTHS[moment.month - 1]}/{moment.year:04}:{moment:%H:%M:%S} +0000]"


def number(value: int | None) -> str:
    """Return a number, or what stands where there is none."""
    return NOTHING if value is None else str(value)


def once_encoded(key: str) -> str:
    """Return a key as records of S3's own actions and of DeleteObjects have it (aws-logs-and-inventory 4)."""
    return quote(key, safe="/", errors="surrogatepass") or NOTHING


def twice_encoded(key: str) -> str:
    """Return a key as records of other requests have it (aws-logs-and-inventory 4)."""
    return quote(once_encoded(key), safe="/") if key else NOTHING


def quoted(text: str | None) -> str:
    """Return a header between quotes, which are not escaped in it (aws-logs-and-inventory 5)."""
    return f'"{text}"' if text else QUOTED_NOTHING
