"""Block Public Access: which of a bucket's four settings are on (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket


def blocks(bucket: Bucket, setting: str) -> bool:
    """Whether a setting of the bucket's public access block is on: all are, in a new bucket (recorded 25)."""
    settings = bucket.configurations.get(PUBLIC_ACCESS_BLOCK)
    return settings is not None and settings.get(setting) is True
