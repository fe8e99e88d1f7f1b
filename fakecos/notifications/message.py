"""The message of an event: the document that a queue, a topic or a function is given ("Event message structure")."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from fakecos.facts import dates
from fakecos.facts.event_types import BY_NAME, ETAG, SEQUENCER, SIZE, TEST_EVENT, version_of
from fakecos.notifications.cause import customer_id

if TYPE_CHECKING:
    from fakecos.facts.dates import DatedFact
    from fakecos.model.bucket import Bucket
    from fakecos.model.change import Change
    from fakecos.notifications.cause import Cause

UNENCODED = "/*"  # recorded aws-event-notifications 9; of the star: assumed, as in lists
RESTORED = frozenset({"ObjectRestore:Completed", "ObjectRestore:Delete"})
REPLICATION = "Replication:"
AWS_TAGS = "aws:"


def message(change: Change, cause: Cause, configuration_id: str, facts: frozenset[DatedFact]) -> dict[str, Any]:
    """Return the message of one change for one configuration: one record, as S3 sends them (recorded)."""
    return {"Records": [record(change, cause, configuration_id, facts)]}


def record(change: Change, cause: Cause, configuration_id: str, facts: frozenset[DatedFact]) -> dict[str, Any]:
    """Return the record: in the order of the documented structure, though JSON has none."""
    row = BY_NAME[change.event]
    about = dict(change.data)
    has_annotation = about.pop("hasObjectAnnotation", None)
    found: dict[str, Any] = {"key": encoded_key(change.key)}
    if SIZE in row.members:
        found["size"] = change.size
    if ETAG in row.members:
        found["eTag"] = change.etag
    if change.version_id is not None:
        found["versionId"] = change.version_id
    if SEQUENCER in row.members:
        found["sequencer"] = change.sequencer
    if has_annotation is not None and dates.ANNOTATIONS in facts:
        found["hasObjectAnnotation"] = has_annotation
    of_s3: dict[str, Any] = {
        "s3SchemaVersion": "1.0",
        "configurationId": configuration_id,
        "bucket": _bucket(change, facts),
        "object": found,
    }
    if "objectAnnotation" in about:
        of_s3["objectAnnotation"] = about.pop("objectAnnotation")
    return {
        "eventVersion": version_of(row, facts),
        "eventSource": "aws:s3",
        "awsRegion": change.bucket.region,
        "eventTime": iso(change.time),
        "eventName": change.event,
        "userIdentity": {"principalId": _principal_id(change, cause)},
        "requestParameters": {"sourceIPAddress": cause.source_ip},
        "responseElements": {"x-amz-request-id": cause.request_id, "x-amz-id-2": cause.host_id},
        "s3": of_s3,
        **plain(about),
    }


def test_message(change: Change, cause: Cause) -> dict[str, Any]:
    """Return the message by which S3 tries a destination (documented: aws-event-notifications 22)."""
    return {
        "Service": "Amazon S3",
        "Event": TEST_EVENT,
        "Time": iso(change.time),
        "Bucket": change.bucket.name,
        "RequestId": cause.request_id,
        "HostId": cause.host_id,
    }


def encoded_key(key: str) -> str:
    """Return a key as messages have it, encoded as in a form: a space is a plus (documented)."""
    return quote_plus(key, safe=UNENCODED)


def iso(moment: dt.datetime) -> str:
    """Return a time as messages have it, in milliseconds."""
    return f"{moment.astimezone(dt.timezone.utc):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def plain(value: Any) -> Any:
    """Return the data of a message with its times written out."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return iso(value) if isinstance(value, dt.datetime) else value


def _principal_id(change: Change, cause: Cause) -> str:
    """Return who caused it; a copy was restored for the bucket's owner (recorded aws-event-notifications 8)."""
    return f"AmazonCustomer:{customer_id(change.bucket.account)}" if change.event in RESTORED else cause.principal_id


def _bucket(change: Change, facts: frozenset[DatedFact]) -> dict[str, Any]:
    bucket = change.bucket
    is_replication = change.event.startswith(REPLICATION)
    owner = bucket.account if is_replication else customer_id(bucket.account)  # documented: aws-event-notifications 16
    found: dict[str, Any] = {
        "name": bucket.name,
        "ownerIdentity": {"principalId": owner},
        "arn": f"arn:aws:s3:::{bucket.name}",
    }
    tags = {} if is_replication or dates.BUCKET_TAGS_IN_EVENTS not in facts else tags_of_aws(bucket)
    return {**found, "awsGeneratedTags": tags} if tags else found


def tags_of_aws(bucket: Bucket) -> dict[str, str]:
    """Return the tags that services of AWS gave to a bucket, such as CloudFormation."""
    return {name: value for name, value in bucket.tags.items() if name.startswith(AWS_TAGS)}
