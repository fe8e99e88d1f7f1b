"""Objects: stored and read through a client, or looked at inside the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from collections.abc import Iterable


def put_object(client: Any, **parameters: Any) -> Any:
    """Put the object `key`, unless the parameters of PutObject say otherwise, and return the answer."""
    return client.put_object(**{"Bucket": BUCKET, "Key": "key", "Body": b"x", **parameters})


def put_objects(client: Any, keys: Iterable[str], body: bytes) -> None:
    """Put the same body under each key."""
    for key in keys:
        put_object(client, Key=key, Body=body)


def read_object(client: Any, key: str = "key", **parameters: Any) -> Any:
    """Return the body of an object."""
    return client.get_object(**{"Bucket": BUCKET, "Key": key, **parameters})["Body"].read()


def head_object(client: Any, key: str = "key") -> Any:
    """Return the members of HeadObject's answer."""
    return members_of(client.head_object(Bucket=BUCKET, Key=key))


def copy_object(client: Any, **parameters: Any) -> Any:
    """Copy the object `source` to `copy`, unless the parameters of CopyObject say otherwise, and return the answer."""
    return client.copy_object(**{"Bucket": BUCKET, "Key": "copy", "CopySource": f"{BUCKET}/source", **parameters})
