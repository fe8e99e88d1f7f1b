"""Policies of buckets, legal holds, and longer retention."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fakecos import FakeCOS
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.ibm.conftest import DAY, KEY, POLICY
from tests.support.raw_requests import send_raw

NOW = dt.datetime(2026, 5, 4, 10, tzinfo=dt.timezone.utc)


def protect(client: Any, **changes: Any) -> None:
    client.put_bucket_protection_configuration(Bucket=BUCKET, ProtectionConfiguration={**POLICY, **changes})


def policy(client: Any) -> Any:
    return client.get_bucket_protection_configuration(Bucket=BUCKET)["ProtectionConfiguration"]


def test_without_a_policy_the_status_is_disabled(client: Any, cos: FakeCOS) -> None:
    """Source: documented."""
    assert policy(client) == {"Status": "Disabled"}


def test_a_policy_is_put_changed_and_told(client: Any, cos: FakeCOS) -> None:
    protect(client)
    assert policy(client) == POLICY
    protect(client, MaximumRetention={"Days": 200}, EnablePermanentRetention=True)
    assert policy(client) == {**POLICY, "MaximumRetention": {"Days": 200}, "EnablePermanentRetention": True}


def test_permanent_retention_is_not_taken_back(client: Any, cos: FakeCOS) -> None:
    """Source: sdk: must be included in any later request."""
    protect(client, EnablePermanentRetention=True)
    with refused(cos, "InvalidArgument", "EnablePermanentRetention cannot be taken back", 400):
        protect(client)


@pytest.mark.parametrize(
    "days",
    [
        {"MinimumRetention": {"Days": 11}},
        {"MaximumRetention": {"Days": 9}},
        {"MaximumRetention": {"Days": 365_244}},
    ],
)
def test_days_out_of_order(client: Any, cos: FakeCOS, days: Any) -> None:
    with refused(cos, "InvalidArgument", status=400):
        protect(client, **days)
    assert cos.store.buckets[BUCKET].protection is None


def test_it_cannot_be_disabled(client: Any, cos: FakeCOS) -> None:
    protect(client)
    with refused(cos, "InvalidArgument", "The status of a protection configuration must be Retention", 400):
        protect(client, Status="Disabled")


def test_days_must_be_there(client: Any, cos: FakeCOS) -> None:
    with refused(cos, "MalformedXML", status=400):
        client.put_bucket_protection_configuration(Bucket=BUCKET, ProtectionConfiguration={"Status": "Retention"})


def test_the_status_must_be_there() -> None:
    """Source: sdk: Status is required; as for a document without days."""
    days = "".join(f"<{name}><Days>1</Days></{name}>" for name in POLICY if name != "Status")
    document = f"<ProtectionConfiguration>{days}</ProtectionConfiguration>".encode()
    with FakeCOS(dialect="ibm") as cos:
        cos.create_bucket(BUCKET)
        with refused(cos, "MalformedXML", status=400):
            send_raw(cos, "PUT", f"/{BUCKET}", "protection", {"content-md5": md5_base64(document)}, document)
        assert cos.store.buckets[BUCKET].protection is None


def test_a_bucket_with_objects_gets_none(client: Any, cos: FakeCOS) -> None:
    """Source: documented: new or existing empty buckets."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    with refused(cos, "InvalidBucketState", "A retention policy can only be added to an empty bucket", 409):
        protect(client)


def test_policy_and_versions_exclude_each_other(client: Any, cos: FakeCOS) -> None:
    """Source: assumed."""
    words = "A bucket has either a retention policy or versioning and Object Lock"
    cos.create_bucket("versioned")
    versioning = {"Status": "Enabled"}
    client.put_bucket_versioning(Bucket="versioned", VersioningConfiguration=versioning)
    with refused(cos, "InvalidBucketState", words, 409):
        client.put_bucket_protection_configuration(Bucket="versioned", ProtectionConfiguration=POLICY)
    protect(client)
    with refused(cos, "InvalidBucketState", words, 409):
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=versioning)


# --- legal holds -------------------------------------------------------------------------------------


def add(client: Any, name: str = "case-1", key: str = KEY) -> None:
    client.add_legal_hold(Bucket=BUCKET, Key=key, RetentionLegalHoldId=name)


def remove(client: Any, name: str = "case-1") -> None:
    client.delete_legal_hold(Bucket=BUCKET, Key=KEY, RetentionLegalHoldId=name)


def holds(client: Any) -> list[str]:
    return [hold["ID"] for hold in client.list_legal_holds(Bucket=BUCKET, Key=KEY).get("LegalHolds", [])]


@pytest.fixture
def kept(client: Any, protected: str) -> str:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", RetentionPeriod=2 * DAY)
    return KEY


def test_a_hold_outlasts_the_period(cos: FakeCOS, client: Any, kept: str, clock: Any) -> None:
    add(client)
    clock.tick(dt.timedelta(days=3))
    with refused(cos, "UnavailableForLegalReasons", status=451):
        client.delete_object(Bucket=BUCKET, Key=KEY)
    remove(client)
    client.delete_object(Bucket=BUCKET, Key=KEY)


def test_the_list_of_holds(client: Any, kept: str, clock: Any) -> None:
    """Source: documented; that ibm_boto3 finds them: assumed."""
    clock.tick(60)
    add(client)
    answer = client.list_legal_holds(Bucket=BUCKET, Key=KEY)
    answer.pop("ResponseMetadata")
    assert answer == {
        "CreateTime": NOW,
        "RetentionPeriod": 2 * DAY,
        "RetentionPeriodExpirationDate": NOW + dt.timedelta(days=2),
        "LegalHolds": [{"ID": "case-1", "Date": NOW + dt.timedelta(seconds=60)}],
    }
    assert client.head_object(Bucket=BUCKET, Key=KEY)["RetentionLegalHoldCount"] == 1


def test_a_hold_comes_with_the_object(client: Any, protected: str) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", RetentionLegalHoldId="case-7")
    assert holds(client) == ["case-7"]


def test_a_hold_of_that_name_is_there(cos: FakeCOS, client: Any, kept: str) -> None:
    """Source: documented: 409."""
    add(client)
    with refused(cos, "LegalHoldAlreadyExists", status=409):
        add(client)
    assert holds(client) == ["case-1"]


@pytest.mark.parametrize("name", ["n" * 65, "a b", "a/b"])
def test_a_name_that_is_none(cos: FakeCOS, client: Any, kept: str, name: str) -> None:
    """Source: documented: 400."""
    with refused(cos, "InvalidArgument", status=400):
        add(client, name)
    assert holds(client) == []


def test_a_hundred_holds_are_enough(cos: FakeCOS, client: Any, kept: str) -> None:
    """Source: documented: 400."""
    for number in range(100):
        add(client, f"case-{number}")
    with refused(cos, "InvalidRequest", "An object has at most 100 legal holds", 400):
        add(client, "one-more")


def test_a_hold_that_is_not_there(cos: FakeCOS, client: Any, kept: str) -> None:
    with refused(cos, "NoSuchLegalHold", status=404):
        remove(client)


def test_holds_need_a_policy(cos: FakeCOS, client: Any) -> None:
    """Source: sdk: 400 without a protection policy; documented: 404 for the list."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    with refused(cos, "InvalidRequest", "The bucket has no retention policy", 400):
        add(client)
    with refused(cos, "NoSuchRetention", status=404):
        client.list_legal_holds(Bucket=BUCKET, Key=KEY)
    with refused(cos, "InvalidRequest", "The bucket has no retention policy", 400):
        extend(client, NewRetentionPeriod=DAY)


# --- longer retention --------------------------------------------------------------------------------


def extend(client: Any, **how: Any) -> None:
    client.extend_object_retention(Bucket=BUCKET, Key=KEY, **how)


def period(client: Any) -> int:
    return int(client.head_object(Bucket=BUCKET, Key=KEY)["RetentionPeriod"])


@pytest.mark.parametrize(
    ("how", "days"),
    [
        ({"AdditionalRetentionPeriod": 3 * DAY}, 5),
        ({"ExtendRetentionFromCurrentTime": 3 * DAY}, 4),
        ({"NewRetentionExpirationDate": NOW + dt.timedelta(days=7)}, 7),
        ({"NewRetentionPeriod": 6 * DAY}, 6),
    ],
)
def test_four_ways_to_a_longer_period(client: Any, kept: str, clock: Any, how: dict[str, Any], days: int) -> None:
    """Source: documented; sdk."""
    clock.tick(dt.timedelta(days=1))
    extend(client, **how)
    assert period(client) == days * DAY
    until = client.head_object(Bucket=BUCKET, Key=KEY)["RetentionExpirationDate"]
    assert until == NOW + dt.timedelta(days=days)


@pytest.mark.parametrize(
    "how", [{"NewRetentionPeriod": 2 * DAY}, {"NewRetentionPeriod": DAY}, {"AdditionalRetentionPeriod": 0}]
)
def test_it_is_never_shorter(cos: FakeCOS, client: Any, kept: str, how: dict[str, Any]) -> None:
    with refused(cos, "InvalidArgument", "The retention period of an object can only be extended", 400):
        extend(client, **how)
    assert period(client) == 2 * DAY


def test_not_beyond_the_maximum_from_now(cos: FakeCOS, client: Any, kept: str, clock: Any) -> None:
    with refused(cos, "InvalidArgument", status=400):
        extend(client, NewRetentionPeriod=101 * DAY)
    clock.tick(dt.timedelta(days=1))
    extend(client, NewRetentionPeriod=101 * DAY)


def test_exactly_one_way(cos: FakeCOS, client: Any, kept: str) -> None:
    with refused(cos, "InvalidRequest", "No new retention period is given", 400):
        extend(client)
    with refused(cos, "InvalidRequest", status=400):
        extend(client, NewRetentionPeriod=6 * DAY, AdditionalRetentionPeriod=DAY)


def test_an_indefinite_period_gets_its_end(client: Any, protected: str) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", RetentionPeriod=-1)
    extend(client, ExtendRetentionFromCurrentTime=3 * DAY)
    assert period(client) == 3 * DAY
