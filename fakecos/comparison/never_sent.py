"""What is never sent to a service that is not a fake, since it could not be undone, or is somebody else's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMPLIANCE = "COMPLIANCE"
OF_THE_ACCOUNT = frozenset({"ListBuckets", "ListBucketsExtended", "ListDirectoryBuckets"})
LOCKS_OUT = frozenset({"*", "s3:*", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:DeleteBucket"})


def why_never(operation: str, params: Mapping[str, Any]) -> str | None:
    """Return why a request is never sent, whatever its bucket; None: it may be."""
    if operation in OF_THE_ACCOUNT:
        return "it lists all buckets of the account, and none but its own are looked at"
    if COMPLIANCE in _texts(params):
        return "nobody could delete what is retained in COMPLIANCE mode"
    if operation == "PutBucketPolicy" and _locks_out(params.get("Policy")):
        return "the policy would keep its own account from deleting the bucket"
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def _locks_out(policy: Any) -> bool:
    try:
        statements = json.loads(policy)["Statement"]
    except (TypeError, ValueError, KeyError, RecursionError):  # what is no policy is refused
        return False
    for statement in statements if isinstance(statements, list) else [statements]:
        if isinstance(statement, dict) and statement.get("Effect") == "Deny":
            actions = statement.get("Action", "*")
            if LOCKS_OUT & set(actions if isinstance(actions, list) else [actions]):
                return True
    return False
