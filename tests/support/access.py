"""Buckets that are open to others, and clients of other accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.config import Config

from fakecos.contract.steps.policies import policy_of
from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from fakecos.model.bucket import Bucket
    from fakecos.testing.accounts import Caller
ONCE: Any = {"total_max_attempts": 1}


def allow_acls(cos: FakeCOS, name: str, ownership: str = "ObjectWriter") -> Bucket:
    """Let a bucket have ACLs, and block nothing that is public."""
    bucket = cos.store.buckets[name]
    bucket.ownership = ownership
    bucket.configurations.pop(PUBLIC_ACCESS_BLOCK)
    return bucket


def block_public_access(cos: FakeCOS, name: str, *settings: str) -> None:
    """Turn on some settings of the public access block."""
    cos.store.buckets[name].configurations[PUBLIC_ACCESS_BLOCK] = dict.fromkeys(settings, True)


def set_policy(cos: FakeCOS, name: str, *statements: dict[str, Any]) -> None:
    """Give a bucket a policy, as PutBucketPolicy keeps it."""
    cos.store.buckets[name].configurations["Policy"] = policy_of(statements)


def client_for(caller: Caller) -> Any:
    return caller.client(config=Config(retries=ONCE))
