"""Transitions: `cos.advance` brings objects into the storage classes that their bucket's lifecycle asks for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.contract.steps.refused import refused
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE = bytes(128 * 1024)
OBJECT = {"Bucket": "photos", "Key": "a"}


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with freeze_time("2026-05-04T10:00:00Z"), FakeCOS() as fake:
        fake.create_bucket("photos")
        yield fake


@pytest.fixture
def aws(cos: FakeCOS) -> Any:
    return boto3.client("s3")


@pytest.fixture
def ibm(cos: FakeCOS) -> Any:
    return ibm_boto3.client("s3", endpoint_url=US_SOUTH)


def rule(client: Any, *, name: str = "one", scope: dict[str, Any] | None = None, **actions: Any) -> dict[str, Any]:
    return {"ID": name, "Status": "Enabled", "Filter": scope or {"Prefix": ""}, **actions}


def put_lifecycle(client: Any, *rules: dict[str, Any], **others: Any) -> None:
    client.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": list(rules)}, **others)


def to(storage_class: str, days: int) -> list[dict[str, Any]]:
    return [{"StorageClass": storage_class, "Days": days}]


def class_of(client: Any, **version: str) -> str:
    return str(client.head_object(**OBJECT, **version).get("StorageClass", "STANDARD"))


def test_an_object_goes_down_when_it_is_time(cos: FakeCOS, aws: Any) -> None:
    """Source: documented; the midnight as for Expiration."""
    put_lifecycle(aws, rule(aws, Transitions=[*to("STANDARD_IA", 30), *to("GLACIER", 60)]))
    aws.put_object(**OBJECT, Body=LARGE)
    before = aws.head_object(**OBJECT)
    cos.advance(days=30)
    assert class_of(aws) == "STANDARD"
    cos.advance(days=1)
    assert class_of(aws) == "STANDARD_IA"
    cos.advance(days=30)
    assert class_of(aws) == "GLACIER"
    after = aws.head_object(**OBJECT)
    assert (after["LastModified"], after["ETag"]) == (before["LastModified"], before["ETag"])
    with refused(cos, "InvalidObjectState", status=403, StorageClass="GLACIER"):
        aws.get_object(**OBJECT)


def test_an_object_may_go_down_at_the_next_midnight(cos: FakeCOS, aws: Any) -> None:
    """Source: aws-changes 2: since August 2026 also to STANDARD_IA after 0 days; the midnight as for Expiration."""
    put_lifecycle(aws, rule(aws, Transitions=to("STANDARD_IA", 0)))
    aws.put_object(**OBJECT, Body=LARGE)
    assert class_of(aws) == "STANDARD"
    cos.advance(days=1)
    assert class_of(aws) == "STANDARD_IA"


def test_one_long_step_is_as_many_short_ones(cos: FakeCOS, aws: Any) -> None:
    put_lifecycle(aws, rule(aws, Transitions=[*to("STANDARD_IA", 30), *to("GLACIER", 60)]))
    aws.put_object(**OBJECT, Body=LARGE)
    cos.advance(days=100)
    assert class_of(aws) == "GLACIER"


def test_nothing_goes_up(cos: FakeCOS, aws: Any) -> None:
    put_lifecycle(aws, rule(aws, Transitions=to("GLACIER", 1)))
    aws.put_object(**OBJECT, Body=LARGE, StorageClass="DEEP_ARCHIVE")
    cos.advance(days=3)
    assert class_of(aws) == "DEEP_ARCHIVE"


def test_a_small_object_stays(cos: FakeCOS, aws: Any) -> None:
    """Source: documented: 128 KB by default, unless a filter speaks of sizes."""
    put_lifecycle(aws, rule(aws, Transitions=to("GLACIER", 1)))
    aws.put_object(**OBJECT, Body=LARGE[1:])
    cos.advance(days=3)
    assert class_of(aws) == "STANDARD"
    put_lifecycle(aws, rule(aws, scope={"ObjectSizeGreaterThan": 1}, Transitions=to("GLACIER", 1)))
    cos.advance()
    assert class_of(aws) == "GLACIER"


def test_the_minimum_may_vary_by_class(cos: FakeCOS, aws: Any) -> None:
    """Source: documented: TransitionDefaultMinimumObjectSize."""
    varies = {"TransitionDefaultMinimumObjectSize": "varies_by_storage_class"}
    aws.put_object(**OBJECT, Body=b"x")
    put_lifecycle(aws, rule(aws, Transitions=to("GLACIER_IR", 1)), **varies)
    cos.advance(days=3)
    assert class_of(aws) == "STANDARD"
    put_lifecycle(aws, rule(aws, Transitions=to("GLACIER", 1)), **varies)
    cos.advance()
    assert class_of(aws) == "GLACIER"


def test_versions_that_are_not_the_newest(cos: FakeCOS, aws: Any) -> None:
    """Source: documented: NoncurrentDays count from the day when the next version came."""
    aws.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    move = {"StorageClass": "GLACIER", "NoncurrentDays": 2, "NewerNoncurrentVersions": 1}
    put_lifecycle(aws, rule(aws, NoncurrentVersionTransitions=[move]))
    oldest, older, newest = (aws.put_object(**OBJECT, Body=LARGE)["VersionId"] for _ in range(3))
    cos.advance(days=4)
    found = {name: class_of(aws, VersionId=name) for name in (oldest, older, newest)}
    assert found == {oldest: "GLACIER", older: "STANDARD", newest: "STANDARD"}


def test_cos_archives_what_is_stored_after_the_rule(cos: FakeCOS, ibm: Any) -> None:
    """Source: IBM's page on archives: only new objects; 0 days archive immediately."""
    ibm.put_object(Bucket="photos", Key="old", Body=b"x")
    cos.advance(seconds=1)
    put_lifecycle(ibm, rule(ibm, Transitions=to("ACCELERATED", 0)))
    ibm.put_object(**OBJECT, Body=b"x")
    cos.advance()
    assert class_of(ibm) == "ACCELERATED"
    assert "StorageClass" not in ibm.head_object(Bucket="photos", Key="old")
    with refused(cos, "InvalidObjectState", status=403):
        ibm.get_object(**OBJECT)
    ibm.restore_object(**OBJECT, RestoreRequest={"Days": 1})
    cos.advance(hours=2)
    assert ibm.get_object(**OBJECT)["Body"].read() == b"x"


def test_cos_tells_when_a_rule_archived_an_object(cos: FakeCOS, ibm: Any) -> None:
    put_lifecycle(ibm, rule(ibm, Transitions=to("GLACIER", 2)))
    ibm.put_object(**OBJECT, Body=b"x")
    cos.advance(days=5)
    assert ibm.head_object(**OBJECT)["IbmTransition"] == 'transition="ARCHIVE", date="Thu, 07 May 2026 00:00:00 GMT"'


def test_cos_archives_by_date(cos: FakeCOS, ibm: Any) -> None:
    moment = dt.datetime(2026, 5, 6, tzinfo=dt.timezone.utc)
    put_lifecycle(ibm, rule(ibm, Transitions=[{"StorageClass": "GLACIER", "Date": moment}]))
    ibm.put_object(**OBJECT, Body=b"x")
    cos.advance(days=1)
    assert class_of(ibm) == "STANDARD"
    cos.advance(days=1)
    assert class_of(ibm) == "GLACIER"


@pytest.mark.parametrize(
    "rules",
    [
        [{"Transitions": to("STANDARD_IA", 30)}],
        [{"Transitions": to("GLACIER", 1), "scope": {"Prefix": "a/"}}],
        [{"Transitions": to("GLACIER", 1), "scope": {"Tag": {"Key": "a", "Value": "b"}}}],
        [{"Transitions": [*to("GLACIER", 1), *to("ACCELERATED", 200)]}],
        [{"Transitions": to("GLACIER", 1)}, {"name": "two", "Transitions": to("GLACIER", 2)}],
    ],
    ids=str,
)
def test_a_rule_that_cos_does_not_have(cos: FakeCOS, ibm: Any, rules: list[dict[str, Any]]) -> None:
    """Source: IBM's page on archives, limitations; the code: assumed."""
    with refused(cos, "MalformedXML", status=400):
        put_lifecycle(ibm, *(rule(ibm, **given) for given in rules))
    assert cos.store.buckets["photos"].lifecycle is None
