"""Whether a policy is public: S3's own definition (documented: "The meaning of public")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.bucket import POLICY
from fakecos.operations.lookup import bucket_of
from fakecos.operations.policy.conditions import text_of

if TYPE_CHECKING:
    from fakecos.operations.context import Context
    from fakecos.wire.types import GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest

# With fixed values for one of these, a statement for everybody is not public.
LIMITING_KEYS = frozenset(
    {
        *("aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount", "aws:userid"),
        *("aws:principalorgid", "aws:principalorgpaths", "aws:principalarn", "aws:principalaccount"),
        *("s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointarn", "s3:dataaccesspointaccount"),
        *("aws:sourceip", "aws:sourceorgid", "aws:sourceorgpaths"),
    }
)
LIMITING_OPERATORS = frozenset(
    {
        *("StringEquals", "StringLike", "StringEqualsIgnoreCase", "ArnEquals", "ArnLike", "IpAddress"),
        *("ForAnyValue:StringEquals", "ForAnyValue:StringLike"),
    }
)
WIDE_PREFIX = {4: 8, 6: 32}  # documented: a range as wide as this, or wider, limits nothing


def get_bucket_policy_status(context: Context, params: GetBucketPolicyStatusRequest) -> GetBucketPolicyStatusOutput:
    """Say whether the bucket's policy makes it public (documented)."""
    import json  # not needed at start

    bucket = bucket_of(context, params)
    text = bucket.configurations.get(POLICY)
    if text is None:
        raise S3Error(errors.NO_POLICY, BucketName=bucket.name)
    return {"PolicyStatus": {"IsPublic": is_public(json.loads(text))}}


def is_public(policy: dict[str, Any]) -> bool:
    """Whether a policy that keeps the grammar allows something to everybody."""
    statements = policy["Statement"]
    return any(
        statement["Effect"] == "Allow" and is_for_everybody(statement) and not is_limited(statement)
        for statement in ([statements] if isinstance(statements, dict) else statements)
    )


def is_for_everybody(statement: dict[str, Any]) -> bool:
    """Whether a statement that allows something names nobody in particular."""
    principal = statement["Principal"]
    names = principal.get("AWS", ()) if isinstance(principal, dict) else principal
    return "*" in ([names] if isinstance(names, str) else names)


def is_limited(statement: dict[str, Any]) -> bool:
    """Whether a condition limits a statement to fixed values of what a caller cannot choose."""
    return any(
        operator in LIMITING_OPERATORS
        and key.lower() in LIMITING_KEYS
        and all(is_fixed(key, text_of(value)) for value in (values if isinstance(values, list) else [values]))
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    )


def is_fixed(key: str, value: str) -> bool:
    """Whether a value is a fixed one: no wildcard or variable in it, and no wide range of addresses."""
    if key.lower() != "aws:sourceip":
        return not any(sign in value for sign in ("*", "?", "${"))
    from ipaddress import ip_network  # rarely needed

    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return False
    return network.prefixlen > WIDE_PREFIX[network.version]
