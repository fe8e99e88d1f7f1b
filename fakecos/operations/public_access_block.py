"""Whether ACLs count in a bucket, and which of the four settings of Block Public Access are on (documented).

Both are Amazon's. COS has no Object Ownership (sdk: no operation of it, ibm-cos 9), so ACLs always count there, and a
new bucket blocks nothing: `public-read` is how IBM's page on public access opens an object (documented).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.model.bucket import (
    BLOCK_ALL,
    BUCKET_OWNER_ENFORCED,
    OBJECT_WRITER,
    OWNED_BY_BUCKET,
    OWNERSHIP,
    PUBLIC_ACCESS_BLOCK,
)

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context


def ownership_of(context: Context, bucket: Bucket) -> str:
    """Return the Object Ownership that counts."""
    return bucket.ownership if context.dialect.object_ownership else OBJECT_WRITER


def has_acls(context: Context, bucket: Bucket) -> bool:
    """Whether the ACLs of the bucket and its objects count."""
    if bucket.configurations.get(OWNERSHIP) is OWNED_BY_BUCKET:
        return not context.dialect.object_ownership
    return ownership_of(context, bucket) != BUCKET_OWNER_ENFORCED


def block_of(context: Context, bucket: Bucket) -> dict[str, Any] | None:
    """Return the bucket's public access block; on COS there is none until one is put (assumed)."""
    found: dict[str, Any] | None = bucket.configurations.get(PUBLIC_ACCESS_BLOCK)
    return None if found is BLOCK_ALL and not context.dialect.object_ownership else found


def blocks(context: Context, bucket: Bucket, setting: str) -> bool:
    """Whether a setting of the bucket's public access block is on.

    All are, in a new bucket of S3 (recorded aws-bucket-configuration 25).
    """
    settings = block_of(context, bucket)
    return settings is not None and settings.get(setting) is True
