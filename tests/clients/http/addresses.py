"""Presigned URLs, and what the tests of plain HTTP ask of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK
from tests.support import objects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos import FakeCOS
    from fakecos.faults import Transport

BUCKET = "photos"
KEY = "a b/ü"


class Sign(Protocol):
    """Makes a presigned URL."""

    def __call__(self, method: str, key: str = ..., seconds: int = ..., **params: Any) -> str:
        """Return the URL for a method of the client."""


def url_signer(client: Any) -> Sign:
    """Return what makes the presigned URLs of a client."""

    def sign(method: str, key: str = KEY, seconds: int = 60, **params: Any) -> str:
        named = {"Bucket": BUCKET, "Key": key, **params}
        made: str = client.generate_presigned_url(method, Params=named, ExpiresIn=seconds)
        return made

    return sign


def open_bucket(cos: FakeCOS) -> None:
    """Create the bucket, and let anybody do anything with it: also who does not sign."""
    cos.create_bucket(BUCKET)
    resource = json.dumps([f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"])
    cos.store.buckets[BUCKET].configurations.pop(PUBLIC_ACCESS_BLOCK)
    cos.store.buckets[BUCKET].configurations["Policy"] = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*",'
        f' "Resource": {resource}}}]}}'
    )


def stored_body(cos: FakeCOS, key: str = KEY) -> bytes:
    """Return the bytes of an object."""
    return objects.stored_body(cos, key, BUCKET)


def exception_for(kind: Transport, classes: Mapping[str, type]) -> type:
    """Return the class of a table by the kinds' names; those not in it are the default's."""
    return classes.get(kind.name, classes["default"])
