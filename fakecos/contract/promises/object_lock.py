"""Retention and legal hold of versions: setting, getting, and what they protect (recorded aws-objects 65-72)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise, uses

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.locks import (
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
from fakecos.contract.steps.messages import MALFORMED_XML, METHOD_NOT_ALLOWED, NO_SUCH_KEY, NO_SUCH_VERSION
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import ABSENT_VERSION

LATER = UNTIL + dt.timedelta(days=1)
EARLIER = UNTIL - dt.timedelta(days=1)
KEY = {"Bucket": LOCKED, "Key": "key"}


# --- retention ---------------------------------------------------------------------------------------


@promise
@uses("locked_bucket")
def retention_is_set_and_told(client: Any) -> None:
    """Source: recorded aws-objects 66; that it is empty on the wire: as put-object-retention-extend."""
    version = put_locked(client)
    answer = put_retention(client, UNTIL)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    assert client.get_object_retention(**KEY)["Retention"] == {"Mode": GOVERNANCE, "RetainUntilDate": UNTIL}
    for read in (client.head_object, client.get_object):
        answer = read(**KEY, VersionId=version)
        assert (answer["ObjectLockMode"], answer["ObjectLockRetainUntilDate"]) == (GOVERNANCE, UNTIL)
        assert "ObjectLockLegalHoldStatus" not in answer
        assert specific_headers(answer)["x-amz-object-lock-retain-until-date"] == "2099-03-04T05:06:07.000Z"


@promise
@uses("locked_bucket")
def retention_keeps_its_milliseconds(client: Any) -> None:
    """Source: public: a test of S3Mock's that runs on AWS."""
    put_locked(client)
    until = UNTIL.replace(microsecond=123_000)
    put_retention(client, until)
    assert client.get_object_retention(**KEY)["Retention"]["RetainUntilDate"] == until
    assert client.head_object(**KEY)["ObjectLockRetainUntilDate"] == until


@promise
@uses("locked_bucket")
def retention_is_of_one_version(client: Any) -> None:
    first, second = put_locked(client), put_locked(client)
    put_retention(client, UNTIL, VersionId=first)
    assert client.get_object_retention(**KEY, VersionId=first)["Retention"]["Mode"] == GOVERNANCE
    assert "ObjectLockMode" not in client.head_object(**KEY)
    delete_version(client, second)


@promise
@uses("locked_bucket")
def retention_that_was_never_set(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 65, 68."""
    put_locked(client)
    with refused(cos, "NoSuchObjectLockConfiguration", NO_LOCK_ON_OBJECT, 404):
        client.get_object_retention(**KEY)
    with refused(cos, "NoSuchObjectLockConfiguration", NO_LOCK_ON_OBJECT, 404):
        client.get_object_legal_hold(**KEY)


@promise
@uses("locked_bucket")
def what_is_not_there(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 65: put-object-retention-no-bucket, -no-key."""
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


@promise
@uses("locked_bucket")
@cases("kind", ["retention", "legal_hold"])
def a_delete_marker_has_no_lock(cos: Service, client: Any, kind: str) -> None:
    """Source: public: 405; the fields as recorded aws-objects 62."""
    put_locked(client)
    client.delete_object(**KEY)
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="PUT", ResourceType="DeleteMarker"):
        put_retention(client, UNTIL) if kind == "retention" else put_legal_hold(client, "ON")
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="GET", ResourceType="DeleteMarker"):
        getattr(client, f"get_object_{kind}")(**KEY)


@promise
@uses("locked_bucket")
def a_bucket_without_object_lock(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 65: put-object-retention-regular-bucket, get-object-retention-regular-bucket."""
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


@promise
@uses("locked_bucket")
@cases("retention", [{"Mode": GOVERNANCE}, {"RetainUntilDate": UNTIL}, {"Mode": "BAD-VALUE", "RetainUntilDate": UNTIL}])
def a_retention_has_a_mode_and_a_date(cos: Service, client: Any, retention: dict[str, Any]) -> None:
    """Source: recorded aws-objects 65: put-object-missing-retention-fields, update-retention-bad-value."""
    put_locked(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        client.put_object_retention(**KEY, Retention=retention)


@promise
@uses("locked_bucket")
@cases("status", [None, "on"])
def a_legal_hold_is_on_or_off(cos: Service, client: Any, status: str | None) -> None:
    """Source: public."""
    put_locked(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):  # public
        client.put_object_legal_hold(**KEY, LegalHold={} if status is None else {"Status": status})


@promise
@uses("locked_bucket")
@cases("kind", ["retention", "legal_hold"])
def a_request_without_a_document(cos: Service, client: Any, kind: str) -> None:
    """Source: recorded aws-changes 15; of a retention public: an answer of AWS; of COS assumed."""
    put_locked(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        getattr(client, f"put_object_{kind}")(**KEY)


@promise
@uses("locked_bucket")
@cases(
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
def a_date_that_has_passed(cos: Service, client: Any, date: dt.datetime, shown: str) -> None:
    """Source: recorded aws-objects 65: update-retention-past-date."""
    put_locked(client)
    put_retention(client, UNTIL)
    with refused(
        cos, "InvalidArgument", RETENTION_IN_THE_PAST, 400, ArgumentName="RetainUntilDate", ArgumentValue=shown
    ):
        put_retention(client, date, BypassGovernanceRetention=True)


@promise
@uses("locked_bucket")
def governance_is_extended_by_everyone_and_weakened_with_a_bypass(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 65, 66; documented."""
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


@promise
@uses("locked_bucket")
def governance_is_taken_away_with_a_bypass(cos: Service, client: Any) -> None:
    """Source: documented, in so many words."""
    version = put_locked(client)
    put_retention(client, UNTIL)
    client.put_object_retention(**KEY, Retention={}, BypassGovernanceRetention=True)
    with refused(cos, "NoSuchObjectLockConfiguration", NO_LOCK_ON_OBJECT, 404):
        client.get_object_retention(**KEY)
    assert "ObjectLockMode" not in client.head_object(**KEY)
    delete_version(client, version)


@promise
@uses("locked_bucket")
def compliance_is_only_ever_extended(cos: Service, client: Any) -> None:
    """Source: documented; public."""
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


@promise
@uses("locked_bucket")
def a_held_version_is_not_deleted_with_a_bypass_either(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 69, 70; documented: a bypass does not affect a legal hold."""
    version = put_locked(client)
    put_legal_hold(client, "ON")
    with refused(cos, "AccessDenied", PROTECTED, 403):
        delete_version(client, version, BypassGovernanceRetention=True)
    put_legal_hold(client, "OFF")
    assert members_of(delete_version(client, version)) == {"VersionId": version}


@promise
@uses("locked_bucket")
def many_are_deleted_and_locked_ones_are_not(client: Any) -> None:
    """Source: recorded aws-objects 69: delete-objects-locked."""
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


# --- legal hold --------------------------------------------------------------------------------------


@promise
@uses("locked_bucket")
def a_hold_is_set_told_and_ended(client: Any) -> None:
    """Source: recorded aws-objects 68, 70: OFF is told too."""
    put_locked(client)
    for status in ("ON", "OFF"):
        assert members_of(put_legal_hold(client, status)) == {}
        assert members_of(client.get_object_legal_hold(**KEY)) == {"LegalHold": {"Status": status}}
        answer = client.head_object(**KEY)
        assert answer["ObjectLockLegalHoldStatus"] == status
        assert "ObjectLockMode" not in answer


@promise
@uses("locked_bucket")
def a_hold_is_of_one_version(client: Any) -> None:
    """Source: recorded aws-objects 70."""
    first, second = put_locked(client), put_locked(client)
    put_legal_hold(client, "ON", VersionId=first)
    put_legal_hold(client, "ON", VersionId=second)
    put_legal_hold(client, "OFF", VersionId=first)
    assert client.head_object(**KEY, VersionId=first)["ObjectLockLegalHoldStatus"] == "OFF"
    assert client.head_object(**KEY, VersionId=second)["ObjectLockLegalHoldStatus"] == "ON"
    assert members_of(delete_version(client, first)) == {"VersionId": first}


# --- digests and events ------------------------------------------------------------------------------


@promise
@uses("locked_bucket")
@cases(
    ("path", "query", "document"),
    [
        (f"/{LOCKED}/key", "retention", b"<Retention/>"),
        (f"/{LOCKED}/key", "legal-hold", b"<LegalHold><Status>ON</Status></LegalHold>"),
        (f"/{LOCKED}", "object-lock", b"<ObjectLockConfiguration/>"),
    ],
)
def documents_come_with_a_digest(cos: Service, send: ByHand, aws: Any, path: str, query: str, document: bytes) -> None:
    """Source: public."""
    put_locked(aws)
    message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
    with refused(cos, "InvalidRequest", message, 400):
        send("PUT", path, query, body=document)
