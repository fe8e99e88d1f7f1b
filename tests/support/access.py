"""Buckets that are open to others, and clients of other accounts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK

if TYPE_CHECKING:
    from fakecos import FakeCOS
    from fakecos.model.bucket import Bucket
    from fakecos.testing.accounts import Caller
ONCE: Any = {"total_max_attempts": 1}
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"


def allow_acls(cos: FakeCOS, name: str, ownership: str = "ObjectWriter") -> Bucket:
    """Let a bucket have ACLs, and block nothing that is public."""
    bucket = cos.store.buckets[name]
    bucket.ownership = ownership
    bucket.configurations.pop(PUBLIC_ACCESS_BLOCK)
    return bucket


def block_public_access(cos: FakeCOS, name: str, *settings: str) -> None:
    """Turn on some settings of the public access block."""
    cos.store.buckets[name].configurations[PUBLIC_ACCESS_BLOCK] = dict.fromkeys(settings, True)


def allow(action: Any, resource: Any, principal: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any, principal: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, principal, **more), "Effect": "Deny"}


def set_policy(cos: FakeCOS, name: str, *statements: dict[str, Any]) -> None:
    """Give a bucket a policy, as PutBucketPolicy keeps it."""
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    cos.store.buckets[name].configurations["Policy"] = text


def client_for(caller: Caller) -> Any:
    return caller.client(config=Config(retries=ONCE))


def list_grants(answer: Any) -> list[tuple[str, str]]:
    """Return who has what, by id or URI."""
    return [(grant["Grantee"].get("ID") or grant["Grantee"]["URI"], grant["Permission"]) for grant in answer["Grants"]]
