"""Block Public Access: what a bucket's four settings refuse, and what counts as public (documented)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.error_table import ACCESS_DENIED
from fakecos.facts.errors import S3Error
from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket


def blocks(bucket: Bucket, setting: str) -> bool:
    """Whether a setting of the bucket's public access block is on: all are, in a new bucket (recorded 25)."""
    settings = bucket.configurations.get(PUBLIC_ACCESS_BLOCK)
    return settings is not None and settings.get(setting) is True


def require_policy_allowed(bucket: Bucket, policy: str) -> None:
    """Refuse a public policy where new ones are blocked, as in every new bucket (documented: BlockPublicPolicy).

    Raises AccessDenied; UsageError for a policy with something that is not evaluated here.
    """
    if blocks(bucket, "BlockPublicPolicy"):
        from fakecos.operations.policy import is_public

        if is_public(policy):
            raise S3Error(ACCESS_DENIED)
