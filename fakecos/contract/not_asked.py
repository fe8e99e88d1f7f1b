"""What a promise never asks of a service that is not a fake.

What an account must have so that a promise can be asked at all is in needs.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.comparison.never_sent import why_never, why_never_by_hand
from fakecos.contract.bucket_names import NotAsked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.contract.bucket_names import BucketNames
    from fakecos.contract.by_hand import Request


def require_safe(operation: str, params: Mapping[str, Any], names: BucketNames) -> None:
    """Judge a request before it is sent; its buckets have the service's names. NotAsked: it is not sent."""
    bucket = params.get("Bucket")
    message = why_never(operation, params)
    if message is None and isinstance(bucket, str) and not names.is_own(bucket):
        message = "it asks for a bucket of another name, and none outside of the prefix is asked for"
    if message is not None:
        raise NotAsked(message)


def require_safe_by_hand(request: Request, bucket: str, names: BucketNames) -> None:
    """Judge a request by hand before it is sent. NotAsked: it is not sent."""
    headers, body = request.headers, request.body.decode("utf-8", "replace")
    fields = {name.lower(): value for name, value in request.fields}
    message = why_never_by_hand(request.method, request.query, {**fields, **headers}, body)
    if "authorization" in headers and "Signature=" not in headers["authorization"]:
        message = "it is not signed as a service wants it"
    elif not names.is_own(bucket):
        message = "it asks for what is no bucket of its own, and nothing else is touched"
    elif message is None and names.text_there(body) != body:
        message = "its document names a bucket or an account as a promise does, and is sent as it is"
    if message is not None:
        raise NotAsked(message)
