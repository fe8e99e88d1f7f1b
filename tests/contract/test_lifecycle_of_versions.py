"""What lifecycle rules do with versions and delete markers when time passes (documented: lifecycle and versioning)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.model.lock import Lock
from tests.contract.conftest import BUCKET, refused
from tests.contract.versions import NULL, enable, listed, mark, put, suspend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS

START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.timezone.utc)
EXPIRE = {"Expiration": {"Days": 7}}
NONCURRENT = {"NoncurrentVersionExpiration": {"NoncurrentDays": 3}}
LONE = {"Expiration": {"ExpiredObjectDeleteMarker": True}}


@pytest.fixture(autouse=True)
def _in_may() -> Iterator[None]:
    with freeze_time(START):
        yield


def rules(client: Any, **actions: Any) -> None:
    rule = {"Status": "Enabled", "Filter": {"Prefix": ""}, "ID": "rule", **actions}
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})


def test_an_expired_object_gets_a_marker(cos: FakeCOS, client: Any) -> None:
    enable(client)
    version = put(client)
    rules(client, **EXPIRE)
    cos.advance(days=7)
    assert listed(client) == [("version", "key", version, True)]
    cos.advance(days=1)
    (first, marker) = listed(client)
    assert (first, marker[0], marker[3]) == (("version", "key", version, False), "marker", True)
    assert len(marker[2]) == 32
    cos.advance(days=30)
    assert listed(client) == [first, marker]  # the version is no longer the current one: no second marker


def test_in_a_suspended_bucket_the_marker_replaces_the_version_null(cos: FakeCOS, client: Any) -> None:
    put(client)
    suspend(client)
    rules(client, **EXPIRE)
    cos.advance(days=8)
    assert listed(client) == [("marker", "key", NULL, True)]


def test_versions_are_deleted_when_they_were_replaced_long_ago(cos: FakeCOS, client: Any) -> None:
    enable(client)
    first = put(client)
    rules(client, **NONCURRENT)
    cos.advance(days=10)
    second = put(client)
    assert [line[2] for line in listed(client)] == [second, first]
    cos.advance(days=3)
    assert [line[2] for line in listed(client)] == [second, first]
    cos.advance(days=1)
    assert [line[2] for line in listed(client)] == [second]


def test_some_newer_ones_may_be_kept(cos: FakeCOS, aws: Any) -> None:
    enable(aws)
    ids = [put(aws) for _ in range(5)][::-1]
    rules(aws, NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 2})
    cos.advance(days=2)
    assert [line[2] for line in listed(aws)] == ids[:3]


def test_markers_are_versions_too(cos: FakeCOS, client: Any) -> None:
    enable(client)
    put(client)
    mark(client)
    last = put(client)
    rules(client, **NONCURRENT)
    cos.advance(days=4)
    assert listed(client) == [("version", "key", last, True)]


def test_both_rules_one_after_the_other_leave_a_marker_alone(cos: FakeCOS, client: Any) -> None:
    # the marker dates from the day when the rule acted, so that one long step does what many short ones do
    enable(client)
    put(client)
    rules(client, **EXPIRE, **NONCURRENT)
    cos.advance(days=14)
    assert [line[0] for line in listed(client)] == ["marker"]
    cos.advance(days=14)
    assert listed(client) == []  # documented: Days takes expired object delete markers away too


@pytest.mark.parametrize("with_version", [True, False])
def test_a_lone_marker_is_deleted(cos: FakeCOS, client: Any, with_version: bool) -> None:
    enable(client)
    if with_version:
        put(client)
    mark(client)
    rules(client, **LONE)
    cos.advance(days=2)
    assert bool(listed(client)) is with_version


def test_tags_and_sizes_decide_of_versions_and_never_of_markers(cos: FakeCOS, client: Any) -> None:
    # assumed for the sizes of markers
    enable(client)
    kept = put(client, body=b"1")
    put(client, body=b"1234567890")
    marker = mark(client)
    last = put(client)
    rules(client, **NONCURRENT, Filter={"ObjectSizeGreaterThan": 5})
    cos.advance(days=10)
    assert [line[2] for line in listed(client)] == [last, kept, marker]


def test_a_disabled_rule_does_nothing(cos: FakeCOS, client: Any) -> None:
    enable(client)
    put(client)
    put(client)
    rules(client, **NONCURRENT, **EXPIRE, Status="Disabled")
    cos.advance(days=30)
    assert len(listed(client)) == 2


@pytest.mark.parametrize("lock", [Lock(legal_hold="ON"), Lock("GOVERNANCE", START + dt.timedelta(days=10))])
def test_a_locked_version_stays(cos: FakeCOS, client: Any, lock: Lock) -> None:
    enable(client)
    locked = put(client)
    bucket = cos.store.buckets[BUCKET]
    stored: Any = bucket.version("key", locked)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(lock=lock)))
    put(client)
    rules(client, **NONCURRENT)
    cos.advance(days=8)
    assert locked in [line[2] for line in listed(client)]
    cos.advance(days=8)
    assert (locked in [line[2] for line in listed(client)]) is (lock.until is None)


@pytest.mark.parametrize("member", ["NoncurrentDays", "NewerNoncurrentVersions"])
def test_numbers_below_one_are_refused(cos: FakeCOS, aws: Any, member: str) -> None:
    # public for Days of the other actions; for these: assumed
    message = f"'{member}' for NoncurrentVersionExpiration action must be a positive integer"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=member, ArgumentValue="0"):
        rules(aws, NoncurrentVersionExpiration={"NoncurrentDays": 1, member: 0})


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("NoncurrentVersionExpiration", {"NoncurrentDays": 1}),
        ("NoncurrentVersionTransition", {"NoncurrentDays": 1, "StorageClass": "GLACIER"}),
    ],
)
def test_no_more_than_100_newer_versions_are_kept(cos: FakeCOS, aws: Any, name: str, action: dict[str, Any]) -> None:
    # documented; the words: assumed
    more = {**action, "NewerNoncurrentVersions": 101}
    given = {name: more} if name.endswith("Expiration") else {f"{name}s": [more]}
    message = f"'NewerNoncurrentVersions' for {name} action must be between 1 and 100"
    fields = {"ArgumentName": "NewerNoncurrentVersions", "ArgumentValue": "101"}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        rules(aws, **given)
