"""Inventories in tests: how one is configured, and the manifests that were written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakecos import FakeCOS

S3 = "s3.amazonaws.com"
SOURCE = {
    "ArnLike": {"aws:SourceArn": "arn:aws:s3:::photos"},
    "StringEquals": {"aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control"},
}


def put_inventory(client: Any, name: str = "all", destination: dict[str, Any] | None = None, **more: Any) -> None:
    place = {"Bucket": "arn:aws:s3:::lists", "Format": "CSV", "Prefix": "inventories", **(destination or {})}
    document = {
        "Id": name,
        "Destination": {"S3BucketDestination": place},
        "IsEnabled": True,
        "IncludedObjectVersions": "Current",
        "Schedule": {"Frequency": "Daily"},
        **more,
    }
    client.put_bucket_inventory_configuration(Bucket="photos", Id=name, InventoryConfiguration=document)


def manifests(cos: FakeCOS, bucket: str = "lists") -> list[str]:
    return [key for key in cos.store.buckets[bucket].objects if key.endswith("/manifest.json")]


def manifest(client: Any, cos: FakeCOS) -> dict[str, Any]:
    """Return the newest manifest, as a program reads it."""
    body = client.get_object(Bucket="lists", Key=manifests(cos)[-1])["Body"].read()
    return dict(json.loads(body))
