"""What is never sent to a service that is not a fake, since it could not be undone, or is somebody else's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.bucket_names import NotAsked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.contract.bucket_names import BucketNames
    from fakecos.contract.by_hand import Request

COMPLIANCE = "COMPLIANCE"
OF_THE_ACCOUNT = frozenset({"ListBuckets", "ListBucketsExtended", "ListDirectoryBuckets"})
LOCKS_OUT = frozenset({"*", "s3:*", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:DeleteBucket"})


def require_safe(operation: str, params: Mapping[str, Any], names: BucketNames) -> None:
    """Judge a request before it is sent; its buckets have the service's names. NotAsked: it is not sent."""
    bucket = params.get("Bucket")
    message = None
    if operation in OF_THE_ACCOUNT:
        message = "it lists all buckets of the account, and none but its own are looked at"
    elif COMPLIANCE in _texts(params):
        message = "nobody could delete what is retained in COMPLIANCE mode"
    elif operation == "PutBucketPolicy" and _locks_out(params.get("Policy")):
        message = "the policy would keep its own account from deleting the bucket"
    elif isinstance(bucket, str) and not names.is_own(bucket):
        message = "it asks for a bucket of another name, and none outside of the prefix is asked for"
    if message is not None:
        raise NotAsked(message)


def require_safe_by_hand(request: Request, bucket: str, names: BucketNames) -> None:
    """Judge a request by hand before it is sent. NotAsked: it is not sent."""
    message = None
    given = (*request.headers.values(), request.query, request.body.decode("utf-8", "replace"))
    if "authorization" in request.headers and "Signature=" not in request.headers["authorization"]:
        message = "it is not signed as a service wants it"
    elif not names.is_own(bucket):
        message = "it asks for what is no bucket of its own, and nothing else is touched"
    elif any(COMPLIANCE in text for text in given):
        message = "nobody could delete what is retained in COMPLIANCE mode"
    elif request.method == "PUT" and "policy" in request.query.split("&") and _locks_out(given[-1]):
        message = "the policy would keep its own account from deleting the bucket"
    if message is not None:
        raise NotAsked(message)


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
