"""What lifecycle rules do with versions and delete markers when time passes (documented: lifecycle and versioning)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.versions import (
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
    suspend_versioning,
)
from fakecos.model.lock import Lock

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
    enable_versioning(client)
    version = put_version(client)
    rules(client, **EXPIRE)
    cos.advance(days=7)
    assert list_versions(client) == [("version", "key", version, True)]
    cos.advance(days=1)
    (first, marker) = list_versions(client)
    assert (first, marker[0], marker[3]) == (("version", "key", version, False), "marker", True)
    assert len(marker[2]) == len(version)
    cos.advance(days=30)
    assert list_versions(client) == [first, marker]  # the version is no longer the current one: no second marker


def test_in_a_suspended_bucket_the_marker_replaces_the_version_null(cos: FakeCOS, client: Any) -> None:
    put_version(client)
    suspend_versioning(client)
    rules(client, **EXPIRE)
    cos.advance(days=8)
    assert list_versions(client) == [("marker", "key", NULL_VERSION, True)]


def test_versions_are_deleted_when_they_were_replaced_long_ago(cos: FakeCOS, client: Any) -> None:
    enable_versioning(client)
    first = put_version(client)
    rules(client, **NONCURRENT)
    cos.advance(days=10)
    second = put_version(client)
    assert [line[2] for line in list_versions(client)] == [second, first]
    cos.advance(days=3)
    assert [line[2] for line in list_versions(client)] == [second, first]
    cos.advance(days=1)
    assert [line[2] for line in list_versions(client)] == [second]


def test_some_newer_ones_may_be_kept(cos: FakeCOS, aws: Any) -> None:
    enable_versioning(aws)
    ids = [put_version(aws) for _ in range(5)][::-1]
    rules(aws, NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 2})
    cos.advance(days=2)
    assert [line[2] for line in list_versions(aws)] == ids[:3]


def test_markers_are_versions_too(cos: FakeCOS, client: Any) -> None:
    enable_versioning(client)
    put_version(client)
    add_delete_marker(client)
    last = put_version(client)
    rules(client, **NONCURRENT)
    cos.advance(days=4)
    assert list_versions(client) == [("version", "key", last, True)]


def test_both_rules_one_after_the_other_leave_a_marker_alone(cos: FakeCOS, client: Any) -> None:
    # the marker dates from the day when the rule acted, so that one long step does what many short ones do
    enable_versioning(client)
    put_version(client)
    rules(client, **EXPIRE, **NONCURRENT)
    cos.advance(days=14)
    assert [line[0] for line in list_versions(client)] == ["marker"]
    cos.advance(days=14)
    assert list_versions(client) == []  # documented: Days takes expired object delete markers away too


@pytest.mark.parametrize("with_version", [True, False])
def test_a_lone_marker_is_deleted(cos: FakeCOS, client: Any, with_version: bool) -> None:
    enable_versioning(client)
    if with_version:
        put_version(client)
    add_delete_marker(client)
    rules(client, **LONE)
    cos.advance(days=2)
    assert bool(list_versions(client)) is with_version


def test_tags_and_sizes_decide_of_versions_and_never_of_markers(cos: FakeCOS, client: Any) -> None:
    # assumed for the sizes of markers
    enable_versioning(client)
    kept = put_version(client, body=b"1")
    put_version(client, body=b"1234567890")
    marker = add_delete_marker(client)
    last = put_version(client)
    rules(client, **NONCURRENT, Filter={"ObjectSizeGreaterThan": 5})
    cos.advance(days=10)
    assert [line[2] for line in list_versions(client)] == [last, kept, marker]


def test_a_disabled_rule_does_nothing(cos: FakeCOS, client: Any) -> None:
    enable_versioning(client)
    put_version(client)
    put_version(client)
    rules(client, **NONCURRENT, **EXPIRE, Status="Disabled")
    cos.advance(days=30)
    assert len(list_versions(client)) == 2


@pytest.mark.parametrize("lock", [Lock(legal_hold="ON"), Lock("GOVERNANCE", START + dt.timedelta(days=10))])
def test_a_locked_version_stays(cos: FakeCOS, client: Any, lock: Lock) -> None:
    enable_versioning(client)
    locked = put_version(client)
    bucket = cos.store.buckets[BUCKET]
    stored: Any = bucket.version("key", locked)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(lock=lock)))
    put_version(client)
    rules(client, **NONCURRENT)
    cos.advance(days=8)
    assert locked in [line[2] for line in list_versions(client)]
    cos.advance(days=8)
    assert (locked in [line[2] for line in list_versions(client)]) is (lock.until is None)
