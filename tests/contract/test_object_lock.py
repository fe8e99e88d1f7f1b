"""Retention and legal hold of versions: setting, getting, and what they protect (recorded aws-objects 65-72)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.promises.object_lock import KEY
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.locks import (
    COMPLIANCE,
    GOVERNANCE,
    LOCKED,
    PROTECTED,
    UNTIL,
    delete_version,
    put_legal_hold,
    put_locked,
    put_retention,
)
from fakecos.contract.steps.refused import refused
from tests.support.answers import read_body
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")


# --- deletes -----------------------------------------------------------------------------------------


def test_a_retained_version_is_not_deleted(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 69
    version = put_locked(client)
    put_retention(client, UNTIL)
    more: Any
    for more in ({}, {"BypassGovernanceRetention": False}):
        with refused(cos, "AccessDenied", PROTECTED, 403):
            delete_version(client, version, **more)
    marker = client.delete_object(**KEY)
    assert marker["DeleteMarker"] is True  # documented: a delete without an id succeeds
    delete_version(client, marker["VersionId"])  # documented: delete markers are not protected
    delete_version(client, version, BypassGovernanceRetention=True)
    assert cos.store.buckets[LOCKED].is_empty


@pytest.mark.parametrize("mode", [GOVERNANCE, COMPLIANCE])
def test_retention_ends_with_its_time(cos: FakeCOS, client: Any, mode: str) -> None:
    cos.advance(seconds=0)
    version = put_locked(client)
    put_retention(client, dt.datetime.now(dt.timezone.utc).replace(microsecond=0) + dt.timedelta(days=2), mode)
    cos.advance(days=1)
    with refused(cos, "AccessDenied", PROTECTED, 403):
        delete_version(client, version)
    cos.advance(days=1, seconds=1)
    assert client.head_object(**KEY)["ObjectLockMode"] == mode  # assumed: the ended one is still told
    delete_version(client, version)


def test_a_hold_outlives_the_retention(cos: FakeCOS, client: Any) -> None:
    # documented, in so many words
    cos.advance(seconds=0)
    version = put_locked(client)
    put_legal_hold(client, "ON")
    put_retention(client, dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=1))
    cos.advance(days=1)
    with refused(cos, "AccessDenied", PROTECTED, 403):
        delete_version(client, version)


@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
@pytest.mark.parametrize(("member", "value"), [("EventHold", "ON"), ("EventHoldDuration", {"Days": 1})])
def test_event_holds_of_versions_are_not_there(cos: FakeCOS, aws: Any, member: str, value: Any) -> None:
    # fakecos: nothing is known of S3's answers yet
    put_locked(aws)
    what = f"{member} of PutObjectRetention"
    with refused(cos, "NotImplemented", f"{what} is not implemented by fakecos", 501, Operation=what):
        aws.put_object_retention(**KEY, Retention={member: value})


# --- the clock ---------------------------------------------------------------------------------------

START = dt.datetime(2026, 5, 4, 10, 30, 0, 700_000, tzinfo=dt.timezone.utc)
TWO_SECONDS = dt.timedelta(seconds=2)
TICK = dt.timedelta(microseconds=1)


def retention_document(until: dt.datetime) -> tuple[dict[str, str], bytes]:
    """Return the digest and the document of a retention whose date keeps its fraction."""
    date = f"<RetainUntilDate>{until.isoformat()}</RetainUntilDate>"
    document = f"<Retention><Mode>COMPLIANCE</Mode>{date}</Retention>".encode()
    return {"content-md5": md5_base64(document)}, document


@pytest.mark.parametrize("way", ["put_object", "put_object_retention", "upload in parts"])
def test_a_lock_until_two_seconds_from_now_is_over_after_two_seconds(cos: FakeCOS, aws: Any, way: str) -> None:
    # assumed: aws-changes 26
    with freeze_time(START) as clock:
        until = START + TWO_SECONDS
        lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until.isoformat()}
        if way == "put_object":
            with before_signing(aws, headers={"x-amz-object-lock-retain-until-date": until.isoformat()}):
                version = aws.put_object(**KEY, Body=b"1", **{**lock, "ObjectLockRetainUntilDate": until})["VersionId"]
        elif way == "put_object_retention":
            version = aws.put_object(**KEY, Body=b"1")["VersionId"]
            document = (
                f"<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>{until.isoformat()}</RetainUntilDate></Retention>"
            )
            digest = {"content-md5": md5_base64(document.encode())}
            send_raw(cos, "PUT", f"/{LOCKED}/key", "retention", digest, document.encode())
        else:
            headers = {"x-amz-object-lock-mode": "COMPLIANCE", "x-amz-object-lock-retain-until-date": until.isoformat()}
            upload = read_body(send_raw(cos, "POST", f"/{LOCKED}/key", "uploads", headers))
            upload_id = upload.partition(b"<UploadId>")[2].partition(b"<")[0].decode()
            part = aws.upload_part(**KEY, UploadId=upload_id, PartNumber=1, Body=b"1", ChecksumAlgorithm="CRC32")
            parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
            version = aws.complete_multipart_upload(**KEY, UploadId=upload_id, MultipartUpload=parts)["VersionId"]
        clock.tick(TWO_SECONDS - TICK)
        with refused(cos, "AccessDenied", status=403):
            aws.delete_object(**KEY, VersionId=version)
        clock.tick(TICK)
        assert http_status(aws.delete_object(**KEY, VersionId=version)) == 204


def test_a_date_within_this_second_is_future_until_it_has_passed(cos: FakeCOS, aws: Any) -> None:
    # assumed: aws-changes 26
    with freeze_time(START) as clock:
        aws.put_object(**KEY, Body=b"1")
        sent = retention_document(START + TICK)
        assert send_raw(cos, "PUT", f"/{LOCKED}/key", "retention", *sent).status == 200
        clock.tick(TICK)
        with refused(cos, "InvalidArgument", status=400):
            send_raw(cos, "PUT", f"/{LOCKED}/key", "retention", *sent)
