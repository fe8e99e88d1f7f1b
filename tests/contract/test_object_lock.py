"""Retention and legal hold of versions: setting, getting, and what they protect (recorded aws-objects 65-72)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from tests.support.altered_requests import before_signing
from tests.support.answers import http_status, members_of, read_body, specific_headers
from tests.support.constants import BUCKET
from tests.support.digests import md5_base64
from tests.support.locks import (
    COMPLIANCE,
    GOVERNANCE,
    LOCKED,
    NO_LOCK_CONFIGURATION,
    NO_LOCK_ON_OBJECT,
    PROTECTED,
    RETENTION_IN_THE_PAST,
    UNTIL,
    delete_version,
    put_legal_hold,
    put_locked,
    put_retention,
)
from tests.support.messages import MALFORMED_XML, METHOD_NOT_ALLOWED, NO_SUCH_KEY, NO_SUCH_VERSION
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.versions import ABSENT_VERSION

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")
LATER = UNTIL + dt.timedelta(days=1)
EARLIER = UNTIL - dt.timedelta(days=1)
KEY = {"Bucket": LOCKED, "Key": "key"}


# --- retention ---------------------------------------------------------------------------------------


def test_retention_is_set_and_told(client: Any) -> None:
    # recorded aws-objects 66; that it is empty on the wire: as put-object-retention-extend
    version = put_locked(client)
    answer = put_retention(client, UNTIL)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    assert client.get_object_retention(**KEY)["Retention"] == {"Mode": GOVERNANCE, "RetainUntilDate": UNTIL}
    for read in (client.head_object, client.get_object):
        answer = read(**KEY, VersionId=version)
        assert (answer["ObjectLockMode"], answer["ObjectLockRetainUntilDate"]) == (GOVERNANCE, UNTIL)
        assert "ObjectLockLegalHoldStatus" not in answer
        assert specific_headers(answer)["x-amz-object-lock-retain-until-date"] == "2099-03-04T05:06:07.000Z"


def test_retention_keeps_its_milliseconds(client: Any) -> None:
    # public: a test of S3Mock's that runs on AWS
    put_locked(client)
    until = UNTIL.replace(microsecond=123_000)
    put_retention(client, until)
    assert client.get_object_retention(**KEY)["Retention"]["RetainUntilDate"] == until
    assert client.head_object(**KEY)["ObjectLockRetainUntilDate"] == until


def test_retention_is_of_one_version(client: Any) -> None:
    first, second = put_locked(client), put_locked(client)
    put_retention(client, UNTIL, VersionId=first)
    assert client.get_object_retention(**KEY, VersionId=first)["Retention"]["Mode"] == GOVERNANCE
    assert "ObjectLockMode" not in client.head_object(**KEY)
    delete_version(client, second)


def test_retention_that_was_never_set(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 65, 68
    put_locked(client)
    with refused(cos, "NoSuchObjectLockConfiguration", NO_LOCK_ON_OBJECT, 404):
        client.get_object_retention(**KEY)
    with refused(cos, "NoSuchObjectLockConfiguration", NO_LOCK_ON_OBJECT, 404):
        client.get_object_legal_hold(**KEY)


def test_what_is_not_there(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 65: put-object-retention-no-bucket, -no-key
    gone = {"Mode": GOVERNANCE, "RetainUntilDate": UNTIL}
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        client.put_object_retention(Bucket="no-bucket", Key="key", Retention=gone)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="non-existing-key"):
        client.put_object_retention(Bucket=LOCKED, Key="non-existing-key", Retention=gone)
    put_locked(client)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="key", VersionId=ABSENT_VERSION):
        put_retention(client, UNTIL, VersionId=ABSENT_VERSION)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="other"):
        client.get_object_legal_hold(Bucket=LOCKED, Key="other")


@pytest.mark.parametrize("kind", ["retention", "legal_hold"])
def test_a_delete_marker_has_no_lock(cos: FakeCOS, client: Any, kind: str) -> None:
    # public: 405; the fields as recorded aws-objects 62
    put_locked(client)
    client.delete_object(**KEY)
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="PUT", ResourceType="DeleteMarker"):
        put_retention(client, UNTIL) if kind == "retention" else put_legal_hold(client, "ON")
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="GET", ResourceType="DeleteMarker"):
        getattr(client, f"get_object_{kind}")(**KEY)


def test_a_bucket_without_object_lock(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 65: put-object-retention-regular-bucket, get-object-retention-regular-bucket
    client.put_object(Bucket=BUCKET, Key="key")
    plain = {"Bucket": BUCKET, "Key": "key"}
    with refused(cos, "InvalidRequest", NO_LOCK_CONFIGURATION, 400):
        client.put_object_retention(**plain, Retention={"Mode": GOVERNANCE, "RetainUntilDate": UNTIL})
    with refused(cos, "InvalidRequest", NO_LOCK_CONFIGURATION, 400):
        client.get_object_retention(**plain)
    with refused(cos, "InvalidRequest", NO_LOCK_CONFIGURATION, 400):
        client.put_object_legal_hold(**plain, LegalHold={"Status": "ON"})
    with refused(cos, "InvalidRequest", NO_LOCK_CONFIGURATION, 400):
        client.get_object_legal_hold(**plain)


@pytest.mark.parametrize(
    "retention", [{"Mode": GOVERNANCE}, {"RetainUntilDate": UNTIL}, {"Mode": "BAD-VALUE", "RetainUntilDate": UNTIL}]
)
def test_a_retention_has_a_mode_and_a_date(cos: FakeCOS, client: Any, retention: dict[str, Any]) -> None:
    # recorded aws-objects 65: put-object-missing-retention-fields, update-retention-bad-value
    put_locked(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        client.put_object_retention(**KEY, Retention=retention)


@pytest.mark.parametrize("status", [None, "on"])
def test_a_legal_hold_is_on_or_off(cos: FakeCOS, client: Any, status: str | None) -> None:
    put_locked(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):  # public
        client.put_object_legal_hold(**KEY, LegalHold={} if status is None else {"Status": status})


@pytest.mark.parametrize("kind", ["retention", "legal_hold"])
def test_a_request_without_a_document(cos: FakeCOS, client: Any, kind: str) -> None:
    # of a hold recorded aws-changes 15; of a retention public: an answer of AWS; of COS assumed
    put_locked(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        getattr(client, f"put_object_{kind}")(**KEY)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc), "Tue Dec 31 16:00:00 PST 2019"),
        (dt.datetime(2020, 7, 1, 6, 5, 4, tzinfo=dt.timezone.utc), "Tue Jun 30 23:05:04 PDT 2020"),
        (dt.datetime(2024, 3, 10, 9, 59, 59, tzinfo=dt.timezone.utc), "Sun Mar 10 01:59:59 PST 2024"),
        (dt.datetime(2024, 3, 10, 10, tzinfo=dt.timezone.utc), "Sun Mar 10 03:00:00 PDT 2024"),
        (dt.datetime(2024, 11, 3, 8, 59, 59, tzinfo=dt.timezone.utc), "Sun Nov 03 01:59:59 PDT 2024"),
        (dt.datetime(2024, 11, 3, 9, tzinfo=dt.timezone.utc), "Sun Nov 03 01:00:00 PST 2024"),
    ],
)
def test_a_date_that_has_passed(cos: FakeCOS, client: Any, date: dt.datetime, shown: str) -> None:
    # recorded aws-objects 65: update-retention-past-date
    put_locked(client)
    put_retention(client, UNTIL)
    with refused(
        cos, "InvalidArgument", RETENTION_IN_THE_PAST, 400, ArgumentName="RetainUntilDate", ArgumentValue=shown
    ):
        put_retention(client, date, BypassGovernanceRetention=True)


def test_governance_is_extended_by_everyone_and_weakened_with_a_bypass(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 65, 66; documented
    put_locked(client)
    put_retention(client, UNTIL)
    assert members_of(put_retention(client, LATER)) == {}
    with refused(cos, "AccessDenied", PROTECTED, 403):
        put_retention(client, UNTIL)
    with refused(cos, "AccessDenied", PROTECTED, 403):
        put_retention(client, UNTIL, BypassGovernanceRetention=False)
    with refused(cos, "AccessDenied", PROTECTED, 403):
        client.put_object_retention(**KEY, Retention={})
    with refused(cos, "AccessDenied", PROTECTED, 403):  # public: it takes a bypass
        put_retention(client, LATER, COMPLIANCE)
    put_retention(client, UNTIL, BypassGovernanceRetention=True)
    assert client.get_object_retention(**KEY)["Retention"]["RetainUntilDate"] == UNTIL


def test_governance_is_taken_away_with_a_bypass(cos: FakeCOS, client: Any) -> None:
    # documented, in so many words
    version = put_locked(client)
    put_retention(client, UNTIL)
    client.put_object_retention(**KEY, Retention={}, BypassGovernanceRetention=True)
    with refused(cos, "NoSuchObjectLockConfiguration", NO_LOCK_ON_OBJECT, 404):
        client.get_object_retention(**KEY)
    assert "ObjectLockMode" not in client.head_object(**KEY)
    delete_version(client, version)


def test_compliance_is_only_ever_extended(cos: FakeCOS, client: Any) -> None:
    # documented; public
    version = put_locked(client)
    put_retention(client, UNTIL, COMPLIANCE)
    for until, mode in ((EARLIER, COMPLIANCE), (LATER, GOVERNANCE)):
        with refused(cos, "AccessDenied", PROTECTED, 403):
            put_retention(client, until, mode, BypassGovernanceRetention=True)
    with refused(cos, "AccessDenied", PROTECTED, 403):
        client.put_object_retention(**KEY, Retention={}, BypassGovernanceRetention=True)
    with refused(cos, "AccessDenied", PROTECTED, 403):
        delete_version(client, version, BypassGovernanceRetention=True)
    put_retention(client, UNTIL, COMPLIANCE)
    put_retention(client, LATER, COMPLIANCE)
    assert client.get_object_retention(**KEY)["Retention"] == {"Mode": COMPLIANCE, "RetainUntilDate": LATER}


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


def test_a_held_version_is_not_deleted_with_a_bypass_either(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 69, 70; documented: a bypass does not affect a legal hold
    version = put_locked(client)
    put_legal_hold(client, "ON")
    with refused(cos, "AccessDenied", PROTECTED, 403):
        delete_version(client, version, BypassGovernanceRetention=True)
    put_legal_hold(client, "OFF")
    assert members_of(delete_version(client, version)) == {"VersionId": version}


def test_many_are_deleted_and_locked_ones_are_not(client: Any) -> None:
    # recorded aws-objects 69: delete-objects-locked
    versions = {key: put_locked(client, key) for key in ("governed", "complied", "held", "free")}
    put_retention(client, UNTIL, key="governed")
    put_retention(client, UNTIL, COMPLIANCE, key="complied")
    put_legal_hold(client, "ON", key="held")
    entries = [{"Key": key, "VersionId": version} for key, version in versions.items()]
    error = {"Code": "AccessDenied", "Message": PROTECTED}
    answer = members_of(client.delete_objects(Bucket=LOCKED, Delete={"Objects": entries}))
    assert answer == {"Deleted": entries[3:], "Errors": [{**entry, **error} for entry in entries[:3]]}
    answer = members_of(
        client.delete_objects(Bucket=LOCKED, Delete={"Objects": entries[:3]}, BypassGovernanceRetention=True)
    )
    assert answer == {"Deleted": entries[:1], "Errors": [{**entry, **error} for entry in entries[1:3]]}


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


# --- legal hold --------------------------------------------------------------------------------------


def test_a_hold_is_set_told_and_ended(client: Any) -> None:
    # recorded aws-objects 68, 70: OFF is told too
    put_locked(client)
    for status in ("ON", "OFF"):
        assert members_of(put_legal_hold(client, status)) == {}
        assert members_of(client.get_object_legal_hold(**KEY)) == {"LegalHold": {"Status": status}}
        answer = client.head_object(**KEY)
        assert answer["ObjectLockLegalHoldStatus"] == status
        assert "ObjectLockMode" not in answer


def test_a_hold_is_of_one_version(client: Any) -> None:
    # recorded aws-objects 70
    first, second = put_locked(client), put_locked(client)
    put_legal_hold(client, "ON", VersionId=first)
    put_legal_hold(client, "ON", VersionId=second)
    put_legal_hold(client, "OFF", VersionId=first)
    assert client.head_object(**KEY, VersionId=first)["ObjectLockLegalHoldStatus"] == "OFF"
    assert client.head_object(**KEY, VersionId=second)["ObjectLockLegalHoldStatus"] == "ON"
    assert members_of(delete_version(client, first)) == {"VersionId": first}


# --- digests and events ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "query", "document"),
    [
        (f"/{LOCKED}/key", "retention", b"<Retention/>"),
        (f"/{LOCKED}/key", "legal-hold", b"<LegalHold><Status>ON</Status></LegalHold>"),
        (f"/{LOCKED}", "object-lock", b"<ObjectLockConfiguration/>"),
    ],
)
def test_documents_come_with_a_digest(cos: FakeCOS, aws: Any, path: str, query: str, document: bytes) -> None:
    # public
    put_locked(aws)
    message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
    with refused(cos, "InvalidRequest", message, 400):
        send_raw(cos, "PUT", path, query, body=document)


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
