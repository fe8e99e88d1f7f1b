"""The event that EventBridge is given: an envelope, and a detail in words of its own; its key is not encoded.

Source: documented, "EventBridge event message structure"; recorded aws-bucket-configuration 71, 72.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from fakecos.facts import dates, event_bridge
from fakecos.facts.event_types import ETAG, SEQUENCER, SIZE
from fakecos.notifications.cause import ANONYMOUS, S3
from fakecos.notifications.message import tags_of_aws

if TYPE_CHECKING:
    from fakecos.facts.dates import DatedFact
    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.notifications.cause import Cause

ENABLED = "EventBridgeConfiguration"


def is_sent(change: Change) -> bool:
    """Whether EventBridge is told: the bucket says so, and it is of a type that it knows."""
    return ENABLED in (change.configuration or ()) and change.event in event_bridge.ROWS


def bus_of(bucket: Bucket) -> str:
    """Return the ARN of the default bus of a bucket's account, in the bucket's region (documented)."""
    return f"arn:aws:events:{bucket.region}:{bucket.account}:event-bus/default"


def event_of(change: Change, cause: Cause, facts: frozenset[DatedFact]) -> dict[str, Any]:
    """Return the event, in the order of the documented structure."""
    bucket = change.bucket
    return {
        "version": "0",
        "id": _id(change, cause),
        "detail-type": event_bridge.ROWS[change.event].detail_type,
        "source": event_bridge.SOURCE,
        "account": bucket.account,
        "time": _iso(change.time),
        "region": bucket.region,
        "resources": [f"arn:aws:s3:::{bucket.name}"],
        "detail": _detail(change, cause, facts),
    }


def _detail(change: Change, cause: Cause, facts: frozenset[DatedFact]) -> dict[str, Any]:
    row = event_bridge.ROWS[change.event]
    version = event_bridge.version_in(facts)
    tags = tags_of_aws(change.bucket) if dates.BUCKET_TAGS_IN_EVENTS in facts else {}
    detail: dict[str, Any] = {"version": "0"}
    if version is not None:
        detail["event-version"] = version
    detail["bucket"] = {"name": change.bucket.name, **({"aws-generated-tags": tags} if tags else {})}
    detail["object"] = _object(change, facts)
    detail["request-id"] = cause.request_id
    detail["requester"] = S3 if cause.caller is None else cause.caller.account or ANONYMOUS
    if cause.caller is not None:  # documented: only where a request was the cause
        detail["source-ip-address"] = cause.source_ip
    if row.reason:
        detail["reason"] = row.reason
    if row.deletion_type:
        detail["deletion-type"] = row.deletion_type
    return {**detail, **_about(change)}


def _object(change: Change, facts: frozenset[DatedFact]) -> dict[str, Any]:
    members = event_bridge.members_of(change.event)
    found: dict[str, Any] = {"key": change.key}
    if SIZE in members:
        found["size"] = change.size
    if ETAG in members:
        found["etag"] = change.etag
    if change.version_id is not None:
        found["version-id"] = change.version_id
    if SEQUENCER in members:
        found["sequencer"] = change.sequencer
    if "hasObjectAnnotation" in change.data and dates.ANNOTATIONS in facts:
        found["has-object-annotation"] = change.data["hasObjectAnnotation"]
    return found


def _about(change: Change) -> dict[str, Any]:
    """Return what else the detail of this type says, of what the other messages say in their own words."""
    data = change.data
    about: dict[str, Any] = {}
    if "glacierEventData" in data:
        expires = data["glacierEventData"]["restoreEventData"]["lifecycleRestorationExpiryTime"]
        about["restore-expiry-time"] = _iso(expires)
    if change.event in event_bridge.WITH_CLASS:
        about["source-storage-class"] = change.storage_class
    if "lifecycleEventData" in data:
        moved = data["lifecycleEventData"]["transitionEventData"]
        about["destination-storage-class"] = moved["destinationStorageClass"]
    if "intelligentTieringEventData" in data:
        about["destination-access-tier"] = data["intelligentTieringEventData"]["destinationAccessTier"]
    if "objectAnnotation" in data:
        about["object-annotation"] = {
            {"eTag": "etag"}.get(name, name): value for name, value in data["objectAnnotation"].items()
        }
    if "objectRetentionEventData" in data:  # its name: public; those of its members: assumed
        held = data["objectRetentionEventData"]
        about["object-retention-event-data"] = {
            "mode": held["mode"],
            "retain-until-date": _iso(held["retainUntilDate"]),
        }
    return about


def _iso(moment: dt.datetime) -> str:
    """Return a time as the published events have it, in seconds."""
    return f"{moment.astimezone(dt.timezone.utc):%Y-%m-%dT%H:%M:%S}Z"


def _id(change: Change, cause: Cause) -> str:
    """Return a UUID that is the same whenever the same ids are made (FakeCOS(id_seed=...))."""
    from uuid import UUID

    text = f"{cause.request_id} {change.event} {change.bucket.name} {change.key} {change.version_id} {change.sequencer}"
    return str(UUID(bytes=hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16], version=4))
