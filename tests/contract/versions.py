"""Short ways to say what the tests of versions do again and again."""

from __future__ import annotations

from typing import Any

from fakecos.facts.ids import Ids
from tests.contract.conftest import BUCKET

NO_KEY = "The specified key does not exist."
NO_VERSION = "The specified version does not exist."
NOT_ALLOWED = "The specified method is not allowed against this resource."
INVALID_ID = "Invalid version id specified"
ABSENT = Ids(seed="another fake").version_id()
MADE_UP = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"  # by the author of a test of another project, who asked AWS for it
NULL = "null"


def enable(client: Any, bucket: str = BUCKET) -> None:
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def suspend(client: Any, bucket: str = BUCKET) -> None:
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})


def put(client: Any, key: str = "key", body: bytes = b"", **more: Any) -> str:
    """Put an object and return its version id, `null` if it is not told."""
    return str(client.put_object(Bucket=BUCKET, Key=key, Body=body, **more).get("VersionId", NULL))


def mark(client: Any, key: str = "key") -> str:
    """Delete an object and return the version id of the delete marker."""
    answer = client.delete_object(Bucket=BUCKET, Key=key)
    assert answer["DeleteMarker"] is True
    return str(answer["VersionId"])


def read(client: Any, key: str = "key", **more: Any) -> Any:
    return client.get_object(Bucket=BUCKET, Key=key, **more)["Body"].read()


def listed(client: Any, **more: Any) -> list[tuple[Any, ...]]:
    """Return key, version id and whether it is the latest of all versions, then of all delete markers."""
    answer = client.list_object_versions(Bucket=BUCKET, **more)
    kinds = {"Versions": "version", "DeleteMarkers": "marker"}
    return [
        (name, item["Key"], item["VersionId"], item["IsLatest"])
        for kind, name in kinds.items()
        for item in answer.get(kind, [])
    ]
