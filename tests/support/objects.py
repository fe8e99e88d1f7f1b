"""Objects: stored and read through a client, or looked at inside the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET, KEY

if TYPE_CHECKING:
    from fakecos import FakeCOS


def stored_object(cos: FakeCOS, key: str = KEY) -> Any:
    """Return an object as the fake keeps it."""
    return cos.store.buckets[BUCKET].objects[key]


def stored_body(cos: FakeCOS, key: str = KEY, bucket: str = BUCKET) -> bytes:
    """Return the bytes of an object as the fake keeps them."""
    return cos.store.buckets[bucket].objects[key].body
