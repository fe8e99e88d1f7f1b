"""Objects: stored and read through a client, or looked at inside the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.answers import members_of
from tests.support.constants import BUCKET, KEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos import FakeCOS


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


def stored_object(cos: FakeCOS, key: str = KEY) -> Any:
    """Return an object as the fake keeps it."""
    return cos.store.buckets[BUCKET].objects[key]


def stored_body(cos: FakeCOS, key: str = KEY, bucket: str = BUCKET) -> bytes:
    """Return the bytes of an object as the fake keeps them."""
    return cos.store.buckets[bucket].objects[key].body
