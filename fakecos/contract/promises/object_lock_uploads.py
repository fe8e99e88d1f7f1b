"""Locks by the headers of Put, Copy and Create, and by the bucket's default (recorded aws-objects 43, 44, 66, 67)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, before_each, cases, promise, uses

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.locks import (
    COMPLIANCE,
    GOVERNANCE,
    LOCK_WITHOUT_CONFIGURATION,
    LOCKED,
    PROTECTED,
    RETENTION_IN_THE_PAST,
    UNTIL,
    delete_version,
    put_locked,
)
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

MODE = "x-amz-object-lock-mode"
DATE = "x-amz-object-lock-retain-until-date"
HOLD = "x-amz-object-lock-legal-hold"
BOTH = "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied"
KEY = {"Bucket": LOCKED, "Key": "key"}
LOCK: dict[str, Any] = {"ObjectLockMode": GOVERNANCE, "ObjectLockRetainUntilDate": UNTIL}
CALLS = ["put_object", "create_multipart_upload", "copy_object"]


@before_each
def _source(own: Any) -> None:
    own.put_object(Bucket=BUCKET, Key="source", Body=b"source")


def call(client: Any, name: str, bucket: str = LOCKED, **more: Any) -> Any:
    """Make a call of the name, as complete as it has to be."""
    if name == "put_object":
        more.setdefault("ContentMD5", md5_base64(b"x"))
        more["Body"] = b"x"
    elif name == "copy_object":
        more["CopySource"] = {"Bucket": BUCKET, "Key": "source"}
    return getattr(client, name)(Bucket=bucket, Key="key", **more)


def lock_of(client: Any, key: str = "key") -> tuple[Any, Any, Any]:
    head = client.head_object(Bucket=LOCKED, Key=key)
    names = ("ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus")
    return tuple(head.get(name) for name in names)


def default(client: Any, mode: str = GOVERNANCE, **period: int) -> None:
    rule = {"DefaultRetention": {"Mode": mode, **period}}
    client.put_object_lock_configuration(
        Bucket=LOCKED, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
    )


def finish(client: Any, upload_id: str, body: bytes = b"x") -> Any:
    answer = client.upload_part(**KEY, UploadId=upload_id, PartNumber=1, Body=body, ContentMD5=md5_base64(body))
    parts = {"Parts": [{"PartNumber": 1, "ETag": answer["ETag"]}]}
    return client.complete_multipart_upload(**KEY, UploadId=upload_id, MultipartUpload=parts)


# --- what a request asks for -------------------------------------------------------------------------


@promise
@uses("locked_bucket")
@cases("name", CALLS)
def a_lock_is_told_by_head(cos: Service, client: Any, name: str) -> None:
    """Source: recorded aws-objects 66: head-object-with-lock."""
    answer = call(client, name, **LOCK, ObjectLockLegalHoldStatus="OFF")
    if name == "create_multipart_upload":
        answer = finish(client, answer["UploadId"])
    assert lock_of(client) == (GOVERNANCE, UNTIL, "OFF")
    with refused(cos, "AccessDenied", PROTECTED, 403):
        delete_version(client, answer["VersionId"])


@promise
@uses("locked_bucket")
@cases("name", CALLS)
@cases(("more", "missing"), [({"ObjectLockMode": GOVERNANCE}, DATE), ({"ObjectLockRetainUntilDate": UNTIL}, MODE)])
def mode_and_date_come_together(cos: Service, client: Any, name: str, more: Any, missing: str) -> None:
    """Source: recorded aws-objects 67: put-obj-locked-error-no-retain-date, -no-mode."""
    with refused(cos, "InvalidArgument", BOTH, 400, ArgumentName=missing):
        call(client, name, **more)


@promise
@uses("locked_bucket")
@cases("name", CALLS)
def an_unknown_mode(cos: Service, client: Any, name: str) -> None:
    """Source: recorded aws-objects 67: put-obj-locked-bad-value, create-mpu-locked-bad-value."""
    fields: Any = {"ArgumentName": MODE, "ArgumentValue": "BAD-VALUE"}
    with refused(cos, "InvalidArgument", "Unknown wormMode directive.", 400, **fields):
        call(client, name, ObjectLockMode="BAD-VALUE", ObjectLockRetainUntilDate=UNTIL)


@promise
@uses("locked_bucket")
@cases("name", CALLS)
def an_unknown_legal_hold(cos: Service, client: Any, name: str) -> None:
    """Source: public; before the bucket is looked at."""
    fields: Any = {"ArgumentName": HOLD, "ArgumentValue": "on"}
    with refused(cos, "InvalidArgument", "Legal Hold must be either of 'ON' or 'OFF'", 400, **fields):
        call(client, name, BUCKET, ObjectLockLegalHoldStatus="on")


@promise
@uses("locked_bucket")
@cases("name", CALLS)
def a_date_that_has_passed(cos: Service, client: Any, name: str) -> None:
    """Source: public: the value as it came."""
    fields: Any = {"ArgumentName": DATE, "ArgumentValue": "2020-01-01T00:00:00Z"}
    with refused(cos, "InvalidArgument", RETENTION_IN_THE_PAST, 400, **fields):
        date = dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)
        call(client, name, ObjectLockMode=GOVERNANCE, ObjectLockRetainUntilDate=date)


@promise
@uses("locked_bucket")
@cases("text", ["abc", "Sat, 01 Jan 2099 00:00:00 GMT", "2099-13-01T00:00:00Z", "2099-01-01"])
def a_date_that_is_none(cos: Service, aws: Any, text: str) -> None:
    """Source: public."""
    message = "The retain until date must be provided in ISO 8601 format"
    fields: Any = {"ArgumentName": DATE, "ArgumentValue": text}
    with refused(cos, "InvalidArgument", message, 400, **fields), before_signing(aws, headers={DATE: text}):
        call(aws, "put_object", **LOCK)


@promise
@uses("locked_bucket")
@cases(
    ("text", "fraction"),
    [("2099-03-04T07:06:07+02:00", 0), ("2099-03-04T05:06:07.000Z", 0), ("2099-03-04T05:06:07.5Z", 500_000)],
)
def dates_of_iso_8601(aws: Any, text: str, fraction: int) -> None:
    """Source: documented: ISO 8601."""
    with before_signing(aws, headers={DATE: text}):
        call(aws, "put_object", **LOCK)
    assert lock_of(aws) == (GOVERNANCE, UNTIL.replace(microsecond=fraction), None)


@promise
@uses("locked_bucket")
@cases("name", CALLS)
@cases("more", [LOCK, {"ObjectLockLegalHoldStatus": "OFF"}])
def a_bucket_without_object_lock(cos: Service, client: Any, name: str, more: Any) -> None:
    """Source: public: aws-changes 34."""
    with refused(cos, "InvalidRequest", LOCK_WITHOUT_CONFIGURATION, 400):
        call(client, name, BUCKET, **more)


@promise
@uses("locked_bucket")
@cases("name", CALLS)
def event_holds_are_not_there(cos: Service, aws: Any, name: str) -> None:
    # fakecos: nothing is known of S3's answers yet
    with refused(cos, "NotImplemented", status=501):
        call(aws, name, ObjectLockEventHold="ON", ObjectLockEventHoldDurationDays=1)


@promise
@uses("locked_bucket")
def the_checksum_of_boto3_is_a_digest(aws: Any) -> None:
    aws.put_object(**KEY, Body=b"x", **LOCK)
    default(aws, Days=1)
    aws.put_object(**KEY, Body=b"x")
    upload_id = aws.create_multipart_upload(**KEY, **LOCK)["UploadId"]
    aws.upload_part(**KEY, UploadId=upload_id, PartNumber=1, Body=b"x")


# --- the default of the bucket -----------------------------------------------------------------------


@promise
@uses("locked_bucket")
@cases("name", CALLS)
@cases(("period", "days"), [({"Days": 30}, 30), ({"Years": 2}, 730)])
def the_default_is_counted_from_the_creation(client: Any, name: str, period: Any, days: int) -> None:
    """Source: documented; a year of 365 days: assumed."""
    default(client, COMPLIANCE, **period)
    answer = call(client, name)
    if name == "create_multipart_upload":
        finish(client, answer["UploadId"])
    created = client.head_object(**KEY)["LastModified"]
    assert lock_of(client) == (COMPLIANCE, created + dt.timedelta(days=days), None)


@promise
@uses("locked_bucket")
def an_upload_gets_the_default_that_is_there_when_it_is_completed(client: Any) -> None:
    """Source: assumed: the version is created then."""
    upload_id = client.create_multipart_upload(**KEY)["UploadId"]
    default(client, Days=1)
    finish(client, upload_id)
    assert lock_of(client)[0] == GOVERNANCE


@promise
@uses("locked_bucket")
def a_lock_of_its_own_wins_over_the_default(client: Any) -> None:
    """Source: documented; a hold is no retention: assumed."""
    default(client, COMPLIANCE, Days=1)
    put_locked(client, "own", **LOCK)
    put_locked(client, "held", ObjectLockLegalHoldStatus="ON")
    assert lock_of(client, "own") == (GOVERNANCE, UNTIL, None)
    mode, until, hold = lock_of(client, "held")
    assert (mode, until is not None, hold) == (COMPLIANCE, True, "ON")


@promise
@uses("locked_bucket")
def the_default_is_for_what_comes_later(client: Any) -> None:
    """Source: documented."""
    put_locked(client)
    default(client, Days=1)
    assert lock_of(client) == (None, None, None)


@promise
@uses("locked_bucket")
@cases("more", [LOCK, {"ObjectLockLegalHoldStatus": "ON"}])
def the_lock_of_a_source_is_not_copied(client: Any, more: Any) -> None:
    """Source: recorded aws-objects 43, 44."""
    put_locked(client, "source", **more)
    client.copy_object(**KEY, CopySource={"Bucket": LOCKED, "Key": "source"})
    assert lock_of(client) == (None, None, None)
    client.copy_object(**KEY, CopySource={"Bucket": LOCKED, "Key": "source"}, **more)
    assert lock_of(client) != (None, None, None)


DIGEST = "Content-MD5 OR x-amz-checksum- HTTP header is required for Put {} requests with Object Lock parameters"


# --- digests -----------------------------------------------------------------------------------------


@promise
@uses("locked_bucket")
def a_locked_put_needs_a_digest(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    headers = {MODE: GOVERNANCE, DATE: "2099-01-01T00:00:00Z"}
    with refused(cos, "InvalidRequest", DIGEST.format("Object"), 400):
        send("PUT", f"/{LOCKED}/key", headers=headers, body=b"x")
    default(aws, Days=1)
    with refused(cos, "InvalidRequest", DIGEST.format("Object"), 400):
        send("PUT", f"/{LOCKED}/key", body=b"x")
    send("PUT", f"/{LOCKED}/key", headers={"content-md5": md5_base64(b"x")}, body=b"x")


@promise
@uses("locked_bucket")
@cases("more", [LOCK, {"ObjectLockLegalHoldStatus": "ON"}, {}])
def a_locked_part_needs_a_digest(cos: Service, send: ByHand, aws: Any, more: Any) -> None:
    """Source: public; for the bucket's default: assumed."""
    if not more:
        default(aws, Days=1)
    upload_id = aws.create_multipart_upload(**KEY, **more)["UploadId"]
    query = f"partNumber=1&uploadId={upload_id}"
    with refused(cos, "InvalidRequest", DIGEST.format("Part"), 400):
        send("PUT", f"/{LOCKED}/key", query, body=b"x")
    send("PUT", f"/{LOCKED}/key", query, {"content-md5": md5_base64(b"x")}, b"x")


@promise
@uses("locked_bucket")
def a_bucket_with_object_lock_and_no_default_needs_none(send: ByHand) -> None:
    send("PUT", f"/{LOCKED}/key", body=b"x")
