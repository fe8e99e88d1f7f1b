"""Who else may do something: bucket policies, ACLs, and whose a bucket is, all by requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
WHOLE = f"arn:aws:s3:::{BUCKET}"
OBJECTS = f"{WHOLE}/*"


def allow(action: Any, resource: Any, principal: Any = "*", **more: Any) -> dict[str, Any]:
    """Return a statement that allows."""
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any, principal: Any = "*", **more: Any) -> dict[str, Any]:
    """Return a statement that denies."""
    return {**allow(action, resource, principal, **more), "Effect": "Deny"}


def policy_of(statements: Sequence[dict[str, Any]]) -> str:
    """Return the text of a policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def put_policy(client: Any, *statements: dict[str, Any]) -> None:
    """Give the bucket a policy of these statements."""
    client.put_bucket_policy(Bucket=BUCKET, Policy=policy_of(statements))


def put_ownership(client: Any, ownership: str, bucket: str = BUCKET) -> None:
    """Say who owns what others write; all but "BucketOwnerEnforced" let a bucket have ACLs."""
    client.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": ownership}]})


def let_be_public(client: Any, ownership: str | None = None) -> None:
    """Block nothing that is public any more, and let the bucket have ACLs if an ownership is given that does."""
    client.delete_public_access_block(Bucket=BUCKET)
    if ownership is not None:
        put_ownership(client, ownership)


def canonical_id_of(client: Any, bucket: str = BUCKET) -> str:
    """Return by which id ACLs name the account of a client: that of the owner of its bucket."""
    return str(client.get_bucket_acl(Bucket=bucket)["Owner"]["ID"])


def list_grants(answer: Any) -> list[tuple[str, str]]:
    """Return who has what, by id or URI."""
    return [(grant["Grantee"].get("ID") or grant["Grantee"]["URI"], grant["Permission"]) for grant in answer["Grants"]]
