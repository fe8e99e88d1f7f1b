"""Immutable objects: retention periods on Put, Copy and Complete, and what may not be overwritten or deleted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import UsageError
from fakecos.contract.steps.answers import http_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.facts.errors import S3Error
from fakecos.operations.immutable_storage.retention import seconds_of
from tests.ibm.conftest import DAY, KEY, POLICY

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.timezone.utc)
KEPT = "The object is protected by a retention period or a legal hold"


def head(client: Any, key: str = KEY) -> dict[str, Any]:
    answer = client.head_object(Bucket=BUCKET, Key=key)
    return {name: value for name, value in answer.items() if name.startswith("Retention")}


def test_a_protected_bucket_protects_its_objects_from_every_client(
    cos: FakeCOS, client: Any, protected: str, make_client: Callable[..., Any]
) -> None:
    """Source: assumed: one store behind both services, and nothing deletes a retained object."""
    put_object(client, Key=KEY)
    aws = make_client("boto3")
    source = f"{protected}/{KEY}"
    with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
        aws.delete_object(Bucket=protected, Key=KEY)
    with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
        aws.delete_object(Bucket=protected, Key=KEY, VersionId="null")
    with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
        put_object(aws, Key=KEY)
    with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
        aws.copy_object(Bucket=protected, Key=KEY, CopySource=source, StorageClass="GLACIER")
    put_object(aws, Key="other")
    assert head(client, "other") == head(client)
    with pytest.raises(UsageError, match=KEPT):
        cos.put_object(protected, KEY, b"y")


def test_a_date_outside_of_the_calendar_is_refused() -> None:
    with pytest.raises(S3Error, match="whole number of seconds"):
        seconds_of("20261304T103000Z", "Retention-Expiration-Date", NOW)
    assert seconds_of("20260504T100010Z", "Retention-Expiration-Date", NOW) == 10


def test_the_default_of_the_bucket_is_told(client: Any, protected: str) -> None:
    """Source: documented: the bucket's default where a request says nothing."""
    put_object(client, Key=KEY)
    expected = {"RetentionPeriod": 10 * DAY, "RetentionExpirationDate": NOW + dt.timedelta(days=10)}
    assert head(client) == expected
    assert http_headers(client.get_object(Bucket=BUCKET, Key=KEY))["retention-period"] == str(10 * DAY)


@pytest.mark.parametrize(
    "asked", [{"RetentionPeriod": 3 * DAY}, {"RetentionExpirationDate": NOW + dt.timedelta(days=3)}]
)
def test_an_own_period_or_date(client: Any, protected: str, asked: dict[str, Any]) -> None:
    put_object(client, Key=KEY, **asked)
    assert head(client) == {"RetentionPeriod": 3 * DAY, "RetentionExpirationDate": NOW + dt.timedelta(days=3)}


def test_it_can_be_neither_deleted_nor_overwritten_until_it_ends(
    cos: FakeCOS, client: Any, protected: str, clock: Any
) -> None:
    """Source: documented on premises: 451."""
    put_object(client, Key=KEY)
    attempts: list[Callable[[], Any]] = [
        lambda: client.delete_object(Bucket=BUCKET, Key=KEY),
        lambda: put_object(client, Key=KEY),
        lambda: client.copy_object(Bucket=BUCKET, Key=KEY, CopySource=f"{BUCKET}/{KEY}", MetadataDirective="REPLACE"),
    ]
    for attempt in attempts:
        with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
            attempt()
    clock.tick(dt.timedelta(days=10))
    client.delete_object(Bucket=BUCKET, Key=KEY)
    assert cos.store.buckets[BUCKET].objects == {}


def test_complete_may_not_overwrite_it(cos: FakeCOS, client: Any, protected: str) -> None:
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id, b"new"))
    put_object(client, Key=cos.store.buckets[BUCKET].uploads[upload_id].key)
    with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
        complete_upload(client, upload_id, part)


def test_complete_retains(cos: FakeCOS, client: Any, protected: str) -> None:
    upload_id = create_upload(client)
    key = cos.store.buckets[BUCKET].uploads[upload_id].key
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"new")), RetentionPeriod=DAY)
    assert head(client, key)["RetentionPeriod"] == DAY


def test_delete_objects_says_so_for_each(cos: FakeCOS, client: Any, protected: str) -> None:
    put_object(client, Key=KEY)
    answer = client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": KEY}]})
    assert answer["Errors"] == [{"Key": KEY, "Code": "UnavailableForLegalReasons", "Message": KEPT}]
    assert KEY in cos.store.buckets[BUCKET].objects


def test_after_the_end_a_write_is_retained_again(client: Any, protected: str, clock: Any) -> None:
    """Source: documented."""
    put_object(client, Key=KEY)
    clock.tick(dt.timedelta(days=11))
    put_object(client, Key=KEY)
    assert head(client)["RetentionExpirationDate"] == NOW + dt.timedelta(days=21)


TWICE = "Only one of the headers that say how long an object is retained may be given"
RANGE = "The retention period is not between the minimum and the maximum of the bucket"
FORM = "A retention period is a whole number of seconds, a retention date an ISO 8601 time in UTC"


def test_period_and_date_at_once(cos: FakeCOS, client: Any, protected: str) -> None:
    """Source: ibm-cos 7.1: 400."""
    with refused(cos, "InvalidRequest", TWICE, 400):
        put_object(client, Key=KEY, RetentionPeriod=DAY, RetentionExpirationDate=NOW + dt.timedelta(days=3))


@pytest.mark.parametrize("seconds", [0, DAY - 1, 100 * DAY + 1, -2])
def test_a_period_outside_of_the_policy(cos: FakeCOS, client: Any, protected: str, seconds: int) -> None:
    with refused(cos, "InvalidArgument", RANGE, 400):
        put_object(client, Key=KEY, RetentionPeriod=seconds)


def test_a_period_that_is_none(cos: FakeCOS, client: Any, protected: str) -> None:
    with refused(cos, "InvalidArgument", FORM, 400):
        put_object(client, Key=KEY, RetentionPeriod=-3)


@pytest.mark.parametrize("asked", [{"RetentionPeriod": DAY}, {"RetentionLegalHoldId": "case-1"}])
def test_a_bucket_without_a_policy(cos: FakeCOS, client: Any, asked: dict[str, Any]) -> None:
    with refused(cos, "InvalidRequest", "The bucket has no retention policy", 400):
        put_object(client, Key=KEY, **asked)


def test_an_indefinite_period_does_not_end(cos: FakeCOS, client: Any, protected: str, clock: Any) -> None:
    """Source: documented; the number on premises."""
    put_object(client, Key=KEY, RetentionPeriod=-1)
    clock.tick(dt.timedelta(days=400_000))
    with refused(cos, "UnavailableForLegalReasons", KEPT, 451):
        client.delete_object(Bucket=BUCKET, Key=KEY)
    assert head(client) == {"RetentionPeriod": -1}


def test_a_permanent_period_needs_the_policy_to_allow_it(client: Any, protected: str) -> None:
    allowing = {**POLICY, "EnablePermanentRetention": True}
    client.put_bucket_protection_configuration(Bucket=BUCKET, ProtectionConfiguration=allowing)
    put_object(client, Key=KEY, RetentionPeriod=-2)
    assert head(client) == {"RetentionPeriod": -2}


def test_a_body_without_a_digest_is_refused(cos: FakeCOS, make_client: Any, protected: str) -> None:
    """Source: ibm-cos 7.1."""
    config = {"request_checksum_calculation": "when_required", "s3": {"payload_signing_enabled": False}}
    bare = make_client("ibm", config=config)
    with refused(cos, "InvalidRequest", status=400) as answer:
        put_object(bare, Key=KEY)
    assert answer["Error"]["Message"].startswith("Content-MD5, a checksum or the SHA-256")
    upload_id = create_upload(bare)
    with refused(cos, "InvalidRequest", status=400):
        upload_part(bare, upload_id, b"x")


def test_a_signed_body_has_its_digest(cos: FakeCOS, make_client: Any, protected: str) -> None:
    config = {"request_checksum_calculation": "when_required", "s3": {"payload_signing_enabled": True}}
    put_object(make_client("ibm", config=config), Key=KEY)
    assert KEY in cos.store.buckets[BUCKET].objects


def test_a_copy_takes_the_default_or_its_own_or_the_source_s(client: Any, protected: str, clock: Any) -> None:
    """Source: sdk: the documentation of Retention-Directive."""
    put_object(client, Key=KEY, RetentionPeriod=3 * DAY, RetentionLegalHoldId="case-1")
    clock.tick(dt.timedelta(days=1))

    def copy(key: str, **more: Any) -> dict[str, Any]:
        client.copy_object(Bucket=BUCKET, Key=key, CopySource=f"{BUCKET}/{KEY}", **more)
        return head(client, key)

    assert copy("default")["RetentionPeriod"] == 10 * DAY
    assert copy("own", RetentionDirective="REPLACE", RetentionPeriod=2 * DAY)["RetentionPeriod"] == 2 * DAY
    assert copy("same", RetentionDirective="COPY") == {
        "RetentionPeriod": 3 * DAY,
        "RetentionExpirationDate": NOW + dt.timedelta(days=4),
        "RetentionLegalHoldCount": 1,
    }
    held = client.list_legal_holds(Bucket=BUCKET, Key="same")["LegalHolds"]
    assert held == [{"ID": "case-1", "Date": NOW + dt.timedelta(days=1)}]


def test_a_copy_with_headers_needs_the_directive_replace(cos: FakeCOS, client: Any, protected: str) -> None:
    put_object(client, Key=KEY)
    with refused(cos, "InvalidRequest", "Retention headers of a copy need the Retention-Directive REPLACE", 400):
        client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/{KEY}", RetentionPeriod=DAY)


def test_a_copy_with_its_retention_needs_a_policy(cos: FakeCOS, client: Any, protected: str) -> None:
    cos.create_bucket("plain")
    put_object(client, Key=KEY)
    with refused(cos, "InvalidRequest", "The bucket has no retention policy", 400):
        client.copy_object(Bucket="plain", Key=KEY, CopySource=f"{BUCKET}/{KEY}", RetentionDirective="COPY")


def test_a_snapshot_has_its_own_policy(cos: FakeCOS, client: Any) -> None:
    before = cos.snapshot()
    client.put_bucket_protection_configuration(Bucket=BUCKET, ProtectionConfiguration=POLICY)
    cos.restore(before)
    put_object(client, Key=KEY)
    client.delete_object(Bucket=BUCKET, Key=KEY)


def test_an_object_put_by_hand_is_retained_too(cos: FakeCOS, protected: str) -> None:
    cos.put_object(protected, KEY, b"x")
    kept = cos.store.buckets[protected].objects[KEY].attributes.retention
    assert kept is not None
    assert kept.period == 10 * DAY


def test_a_lifecycle_rule_does_not_delete_what_is_retained(
    clock: Any, cos: FakeCOS, client: Any, protected: str
) -> None:
    """Source: documented: nothing deletes a retained object; that a rule does it when the period is over: assumed."""
    rule = {"ID": "one", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    client.put_bucket_lifecycle_configuration(Bucket=protected, LifecycleConfiguration={"Rules": [rule]})
    put_object(client, Key=KEY)
    cos.advance(days=9)
    assert KEY in cos.bucket(protected).objects
    cos.advance(days=2)
    assert KEY not in cos.bucket(protected).objects
