"""Inventories of COS: where they go, and in which format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from fakecos import FakeCOS

CRN = f"crn:v1:bluemix:public:cloud-object-storage:global:a/abc:def:bucket:{BUCKET}"


def put(client: Any, bucket: str, form: str = "CSV") -> Any:
    document = {
        "Id": "daily",
        "IsEnabled": True,
        "IncludedObjectVersions": "All",
        "Schedule": {"Frequency": "Daily"},
        "Destination": {"S3BucketDestination": {"Bucket": bucket, "Format": form}},
    }
    client.put_bucket_inventory_configuration(Bucket=BUCKET, Id="daily", InventoryConfiguration=document)
    kept = client.get_bucket_inventory_configuration(Bucket=BUCKET, Id="daily")["InventoryConfiguration"]
    return kept["Destination"]["S3BucketDestination"]


def test_the_destination_is_named_by_its_crn(client: Any) -> None:
    """Source: documented: IBM's example of a list of inventories."""
    assert put(client, CRN) == {"Bucket": CRN, "Format": "CSV"}


def test_aws_knows_no_crn(cos: FakeCOS, make_client: Any) -> None:
    with refused(cos, "InvalidS3DestinationBucket", status=400):
        put(make_client(AWS), CRN)


@pytest.mark.parametrize("form", ["ORC", "Parquet"])
def test_a_format_that_cos_does_not_have(cos: FakeCOS, make_client: Any, form: str) -> None:
    """Source: ibm-cos 9: CSV is the only value; the code: assumed."""
    with refused(cos, "MalformedXML", status=400):
        put(make_client(AWS, endpoint_url=US_SOUTH), CRN, form)
