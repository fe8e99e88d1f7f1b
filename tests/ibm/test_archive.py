"""Archived objects of COS: their tiers, and what Head tells (documented: IBM's page on archives)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.ibm.conftest import KEY

if TYPE_CHECKING:
    from fakecos import FakeCOS

OBJECT = {"Bucket": BUCKET, "Key": KEY}
TRANSITION = "Mon, 04 May 2026 10:00:00 GMT"


def archive(client: Any, storage_class: str, bucket: str = BUCKET) -> None:
    client.put_object(Bucket=bucket, Key=KEY, Body=b"x", StorageClass=storage_class)


def restore(client: Any, tier: str | None = None) -> Any:
    request: dict[str, Any] = {"Days": 2}
    if tier is not None:
        request["GlacierJobParameters"] = {"Tier": tier}
    return client.restore_object(**OBJECT, RestoreRequest=request)


@pytest.mark.parametrize(
    ("storage_class", "tier", "hours"),
    [("GLACIER", "Bulk", 12), ("GLACIER", None, 12), ("ACCELERATED", "Accelerated", 2), ("ACCELERATED", None, 2)],
)
def test_a_copy_is_there_after_its_time(
    clock: Any, cos: FakeCOS, client: Any, storage_class: str, tier: str | None, hours: int
) -> None:
    archive(client, storage_class)
    assert restore(client, tier)["ResponseMetadata"]["HTTPStatusCode"] == 202
    clock.tick(dt.timedelta(hours=hours, seconds=-1))
    with refused(cos, "InvalidObjectState", status=403):
        client.get_object(**OBJECT)
    clock.tick(1)
    assert client.get_object(**OBJECT)["Body"].read() == b"x"
    assert restore(client)["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize(("storage_class", "tier"), [("GLACIER", "Standard"), ("ACCELERATED", "Bulk")])
def test_a_tier_that_the_class_does_not_have(cos: FakeCOS, client: Any, storage_class: str, tier: str) -> None:
    archive(client, storage_class)
    with refused(cos, "InvalidArgument", "Retrieval option is not supported by this storage class", 400):
        restore(client, tier)


def test_the_transition_is_told(clock: Any, cos: FakeCOS, client: Any) -> None:
    archive(client, "GLACIER")
    answer = client.head_object(**OBJECT)
    assert answer["StorageClass"] == "GLACIER"
    assert answer["IbmTransition"] == f'transition="ARCHIVE", date="{TRANSITION}"'
    assert "IbmRestoredCopyStorageClass" not in answer
    restore(client)
    assert client.head_object(**OBJECT)["IbmRestoredCopyStorageClass"] == "Standard"


def test_the_copy_is_in_the_class_of_the_bucket(clock: Any, cos: FakeCOS, client: Any) -> None:
    client.create_bucket(Bucket="cold", CreateBucketConfiguration={"LocationConstraint": "us-south-cold"})
    archive(client, "GLACIER", "cold")
    client.restore_object(Bucket="cold", Key=KEY, RestoreRequest={"Days": 1})
    assert client.head_object(Bucket="cold", Key=KEY)["IbmRestoredCopyStorageClass"] == "Cold"


def test_aws_has_no_accelerated_archive(cos: FakeCOS, make_client: Any) -> None:
    with refused(cos, "InvalidStorageClass", status=400):
        archive(make_client("aws"), "ACCELERATED")


def test_the_time_when_an_object_will_be_archived_is_told(clock: Any, cos: FakeCOS, client: Any) -> None:
    """Source: documented: IBM's page on common headers; that it is a date of HTTP: assumed."""
    header = "x-ibm-archive-transition-time"
    rule = {"ID": "archive", "Status": "Enabled", "Filter": {"Prefix": ""}}
    rules = [{**rule, "Transitions": [{"Days": 3, "StorageClass": "GLACIER"}]}]
    client.put_object(Bucket=BUCKET, Key="before", Body=b"x")
    clock.tick(1)
    client.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": rules})
    client.put_object(**OBJECT, Body=b"x")
    for answer in (client.head_object(**OBJECT), client.get_object(**OBJECT)):
        assert http_headers(answer)[header] == "Fri, 08 May 2026 00:00:00 GMT"
    assert header not in http_headers(client.head_object(Bucket=BUCKET, Key="before")), "a rule is about new objects"
    cos.advance(days=5)
    archived = client.head_object(**OBJECT)
    assert header not in http_headers(archived)
    assert archived["IbmTransition"] == 'transition="ARCHIVE", date="Fri, 08 May 2026 00:00:00 GMT"'


def test_without_an_archive_rule_no_time_is_told(client: Any, make_client: Any) -> None:
    rule = {"ID": "cold", "Status": "Enabled", "Filter": {"Prefix": ""}}
    moves = [{"Days": 30, "StorageClass": "STANDARD_IA"}]
    rules = {"Rules": [{**rule, "Transitions": moves}]}
    client.put_object(**OBJECT, Body=b"x")
    assert "x-ibm-archive-transition-time" not in http_headers(client.head_object(**OBJECT))
    make_client("aws").put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration=rules)
    assert "x-ibm-archive-transition-time" not in http_headers(client.head_object(**OBJECT))
