"""Archived objects of COS: their tiers, and what Head tells (documented: IBM's page on archives)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.ibm.conftest import KEY
from tests.support.constants import BUCKET
from tests.support.refusals import refused

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
