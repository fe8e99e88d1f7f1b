"""Buckets that are replicated: configured, written to, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.versions import enable_versioning

if TYPE_CHECKING:
    from fakecos import FakeCOS

ROLE = "arn:aws:iam::123456789012:role/replicate"
COPIES = "copies"
SOON = 5
"""After how many seconds something is replicated (assumed: aws-replication 17)."""


def rule(to: str = COPIES, **more: Any) -> dict[str, Any]:
    """Return a rule of the newer schema for all objects; `Destination` may hold further members of it."""
    destination = {"Bucket": f"arn:aws:s3:::{to}", **more.pop("Destination", {})}
    markers = {"Status": "Disabled"}
    made = {"Priority": 1, "Filter": {"Prefix": ""}, "Status": "Enabled", "DeleteMarkerReplication": markers}
    return {**made, "Destination": destination, **more}


def replicate(client: Any, *rules: dict[str, Any], bucket: str = BUCKET) -> None:
    client.put_bucket_replication(Bucket=bucket, ReplicationConfiguration={"Role": ROLE, "Rules": list(rules)})


def versioned(client: Any, *names: str) -> None:
    """Create buckets that are not there, and let all of them keep versions."""
    there = {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}
    for name in names:
        if name not in there:
            client.create_bucket(Bucket=name)
        enable_versioning(client, name)


def status(client: Any, bucket: str = BUCKET, key: str = "key", **more: Any) -> str | None:
    """Return x-amz-replication-status, which HEAD and GET say alike."""
    said = client.head_object(Bucket=bucket, Key=key, **more).get("ReplicationStatus")
    assert client.get_object(Bucket=bucket, Key=key, **more).get("ReplicationStatus") == said
    return None if said is None else str(said)


def keys(cos: FakeCOS, bucket: str = COPIES) -> list[str]:
    return list(cos.bucket(bucket).objects)
