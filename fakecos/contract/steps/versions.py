"""Versions: switched on, stored, listed."""

from __future__ import annotations

from typing import Any

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import put_object
from fakecos.facts.ids import Ids

ABSENT_VERSION = Ids(seed="another fake").version_id()
MADE_UP_VERSION = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"  # by the author of a test elsewhere, who asked AWS for it
NULL_VERSION = "null"


def enable_versioning(client: Any, bucket: str = BUCKET) -> None:
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def suspend_versioning(client: Any, bucket: str = BUCKET) -> None:
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})


def put_version(client: Any, key: str = "key", body: bytes = b"", **more: Any) -> str:
    """Put an object and return its version id, `null` if the answer has none."""
    return str(put_object(client, Key=key, Body=body, **more).get("VersionId", NULL_VERSION))


def add_delete_marker(client: Any, key: str = "key") -> str:
    """Delete an object and return the version id of the delete marker."""
    answer = client.delete_object(Bucket=BUCKET, Key=key)
    assert answer["DeleteMarker"] is True
    return str(answer["VersionId"])


def list_versions(client: Any, **more: Any) -> list[tuple[Any, ...]]:
    """Return key, version id and whether it is the latest of all versions, then of all delete markers."""
    answer = client.list_object_versions(Bucket=BUCKET, **more)
    kinds = {"Versions": "version", "DeleteMarkers": "marker"}
    return [
        (name, item["Key"], item["VersionId"], item["IsLatest"])
        for kind, name in kinds.items()
        for item in answer.get(kind, [])
    ]
