"""What a promise never asks of a service that is not a fake.

What an account must have so that a promise can be asked at all is in needs.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.comparison.never_sent import why_never
from fakecos.contract.bucket_names import NotAsked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.contract.bucket_names import BucketNames


def require_safe(operation: str, params: Mapping[str, Any], names: BucketNames) -> None:
    """Judge a request before it is sent; its buckets have the service's names. NotAsked: it is not sent."""
    bucket = params.get("Bucket")
    message = why_never(operation, params)
    if message is None and isinstance(bucket, str) and not names.is_own(bucket):
        message = "it asks for a bucket of another name, and none outside of the prefix is asked for"
    if message is not None:
        raise NotAsked(message)
