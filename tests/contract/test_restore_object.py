"""RestoreObject: a copy for some days, after the time of its tier (recorded aws-objects 57, 59; documented)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from freezegun import freeze_time

from fakecos.contract.promises.restore_object import ARCHIVED, IN_PROGRESS, OBJECT
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos import FakeCOS

ONGOING = 'ongoing-request="true"'
START = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.timezone.utc)
HOURS = {"GLACIER": {"Standard": 5, "Bulk": 12}, "DEEP_ARCHIVE": {"Standard": 12, "Bulk": 48}}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with freeze_time(START) as clock:
        yield clock


@pytest.fixture
def client(aws: Any) -> Any:
    """Tiers and their times are those of AWS; COS has others: tests/ibm/test_archive.py."""
    return aws


def restore(client: Any, days: int = 2, tier: str | None = None, **more: Any) -> Any:
    request: dict[str, Any] = {"Days": days}
    if tier is not None:
        request["GlacierJobParameters"] = {"Tier": tier}
    return client.restore_object(**OBJECT, RestoreRequest=request, **more)


def restored(client: Any, **more: Any) -> Any:
    return client.head_object(**OBJECT, **more).get("Restore")


@pytest.mark.parametrize(
    ("storage_class", "tier"), [(name, tier) for name, tiers in HOURS.items() for tier in (None, *tiers)]
)
def test_a_copy_is_there_when_its_tier_s_time_is_over(
    cos: FakeCOS, client: Any, clock: Any, storage_class: str, tier: str | None
) -> None:
    # recorded aws-objects 59: 202 and no body; times and header documented
    put_version(client, body=b"body", StorageClass=storage_class)
    assert restored(client) is None
    answer = restore(client, 2, tier)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (202, {}, {"content-length": "0"})
    assert restored(client) == ONGOING
    hours = dt.timedelta(hours=HOURS[storage_class][tier or "Standard"])
    clock.tick(hours - dt.timedelta(seconds=1))
    assert restored(client) == ONGOING
    with refused(cos, "InvalidObjectState", ARCHIVED, 403, StorageClass=storage_class):
        read_object(client)
    clock.tick(1)
    expires = (START + hours + dt.timedelta(days=3)).strftime("%a, %d %b %Y 00:00:00 GMT")
    for call in (client.head_object, client.get_object):
        answer = call(**OBJECT)
        assert answer["Restore"] == f'ongoing-request="false", expiry-date="{expires}"'
        assert answer["StorageClass"] == storage_class
    assert read_object(client) == b"body"


def test_an_expedited_restore_takes_minutes(client: Any, clock: Any) -> None:
    # documented: 1 to 5 minutes
    put_version(client, body=b"body", StorageClass="GLACIER")
    restore(client, 1, "Expedited")
    clock.tick(5 * 60)
    assert restored(client) == 'ongoing-request="false", expiry-date="Wed, 06 May 2026 00:00:00 GMT"'


def test_the_copy_goes_at_its_end(cos: FakeCOS, client: Any, clock: Any) -> None:
    put_version(client, body=b"body", StorageClass="GLACIER")
    restore(client, 1)
    clock.move_to("2026-05-05T23:59:59Z")
    assert read_object(client) == b"body"
    clock.move_to("2026-05-06T00:00:00Z")
    assert restored(client) is None
    with refused(cos, "InvalidObjectState", ARCHIVED, 403, StorageClass="GLACIER"):
        read_object(client)
    assert http_status(restore(client)) == 202


def test_time_passes_with_advance(cos: FakeCOS, client: Any) -> None:
    put_version(client, body=b"body", StorageClass="DEEP_ARCHIVE")
    restore(client, 1)
    cos.advance(hours=12)
    assert read_object(client) == b"body"


def test_a_copy_can_be_kept_longer_or_shorter(client: Any, clock: Any) -> None:
    # documented: 200, and the days count from now
    put_version(client, body=b"body", StorageClass="GLACIER")
    restore(client, 1)
    clock.tick(5 * 3600)
    answer = restore(client, 5, "Bulk")
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert restored(client) == 'ongoing-request="false", expiry-date="Sun, 10 May 2026 00:00:00 GMT"'
    restore(client, 2)
    assert restored(client) == 'ongoing-request="false", expiry-date="Thu, 07 May 2026 00:00:00 GMT"'
    assert read_object(client) == b"body"


def test_a_faster_tier_hurries_it(cos: FakeCOS, client: Any, clock: Any) -> None:
    # documented; that the days stay: assumed
    put_version(client, body=b"body", StorageClass="GLACIER")
    restore(client, 3, "Bulk")
    clock.tick(60)
    assert http_status(restore(client, 1, "Expedited")) == 202
    with refused(cos, "RestoreAlreadyInProgress", IN_PROGRESS, 409):
        restore(client, 1, "Standard")
    clock.tick(5 * 60)
    assert restored(client) == 'ongoing-request="false", expiry-date="Fri, 08 May 2026 00:00:00 GMT"'


def test_deep_archive_has_no_expedited_restores(cos: FakeCOS, client: Any) -> None:
    # documented; the words: public
    put_version(client, StorageClass="DEEP_ARCHIVE")
    message = "Retrieval option is not supported by this storage class"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="Tier", ArgumentValue="Expedited"):
        restore(client, 1, "Expedited")


@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
@pytest.mark.parametrize("asked", [{"Type": "SELECT"}, {"OutputLocation": {"S3": {"BucketName": "b", "Prefix": ""}}}])
def test_selects_are_not_there(cos: FakeCOS, aws: Any, asked: Any) -> None:
    # fakecos: S3 Select is not there
    put_version(aws, StorageClass="GLACIER")
    with refused(cos, "NotImplemented", status=501):
        aws.restore_object(**OBJECT, RestoreRequest=asked)


def test_restores_are_of_one_version(client: Any, clock: Any) -> None:
    enable_versioning(client)
    first = put_version(client, body=b"1", StorageClass="GLACIER")
    second = put_version(client, body=b"2", StorageClass="GLACIER")
    restore(client, VersionId=first)
    clock.tick(5 * 3600)
    assert read_object(client, VersionId=first) == b"1"
    assert restored(client, VersionId=second) is None


def test_a_restored_object_can_be_copied(cos: FakeCOS, client: Any, clock: Any) -> None:
    # documented: the way to bring it back for good
    put_version(client, body=b"body", StorageClass="GLACIER")
    with refused(cos, "InvalidObjectState", status=403):
        client.copy_object(**OBJECT, CopySource=OBJECT, StorageClass="STANDARD")
    restore(client)
    clock.tick(5 * 3600)
    client.copy_object(**OBJECT, CopySource=OBJECT, StorageClass="STANDARD")
    answer = client.get_object(**OBJECT)
    assert (answer["Body"].read(), "StorageClass" in answer, "Restore" in answer) == (b"body", False, False)


def test_a_new_object_is_not_restored(client: Any, clock: Any) -> None:
    put_version(client, StorageClass="GLACIER")
    restore(client)
    clock.tick(5 * 3600)
    put_version(client, StorageClass="GLACIER")
    assert restored(client) is None


# --- lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["list_objects", "list_objects_v2", "list_object_versions"])
def test_lists_tell_of_restores_when_they_are_asked(aws: Any, clock: Any, name: str) -> None:
    # documented
    def status(**more: Any) -> Any:
        answer = getattr(aws, name)(Bucket=BUCKET, **more)
        (item,) = answer["Versions" if name == "list_object_versions" else "Contents"]
        return item.get("RestoreStatus")

    asked = {"OptionalObjectAttributes": ["RestoreStatus"]}
    put_version(aws, StorageClass="GLACIER")
    assert status(**asked) is None
    restore(aws)
    assert (status(), status(**asked)) == (None, {"IsRestoreInProgress": True})
    clock.tick(5 * 3600)
    expires = dt.datetime(2026, 5, 7, tzinfo=dt.timezone.utc)
    assert status(**asked) == {"IsRestoreInProgress": False, "RestoreExpiryDate": expires}
    clock.move_to(expires)
    assert status(**asked) is None
