"""Whether the policy of a queue, topic or function lets S3 send to it what happens in a bucket.

Source: documented, "Granting permissions to publish event notification messages to a destination": the principal is
S3 itself, aws:SourceArn is the bucket, and aws:SourceAccount is its owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.services.aws_principals import S3
from fakecos.operations.policy.conditions import NEGATED, TESTS
from fakecos.operations.policy.statements import listed, statements_of
from fakecos.operations.policy.wildcards import like

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket

DEFAULT_ID = "__default_policy_ID"  # of the policy that a topic has from the beginning: it allows its own account


def is_default(policy: str) -> bool:
    """Whether a policy is that of a new topic."""
    import json

    return bool(json.loads(policy).get("Id") == DEFAULT_ID)


def allows(policy: str, action: str, arn: str, bucket: Bucket) -> bool:
    """Whether a policy allows S3 an action for a bucket: a Deny that applies wins (documented)."""
    values = {"aws:sourcearn": f"arn:aws:s3:::{bucket.name}", "aws:sourceaccount": bucket.account}
    allowed = False
    for statement in statements_of(policy):
        if _applies(statement, action, arn, values):
            if statement["Effect"] == "Deny":
                return False
            allowed = True
    return allowed


def _applies(statement: dict[str, Any], action: str, arn: str, values: dict[str, str]) -> bool:
    return (
        _is_named(statement.get("Principal"))
        and any(like(action, pattern, ignore_case=True) for pattern in listed(statement.get("Action", "*")))
        and any(like(arn, pattern) for pattern in listed(statement.get("Resource", "*")))
        and all(
            _holds(operator, values.get(key.lower()), [str(value) for value in listed(wanted)])
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _is_named(principal: Any) -> bool:
    if isinstance(principal, dict):
        return S3 in listed(principal.get("Service", [])) or "*" in listed(principal.get("AWS", []))
    return bool(principal == "*")


def _holds(operator: str, value: str | None, wanted: list[str]) -> bool:
    """Whether a condition holds. S3 brings the source alone: any other key is absent; an unknown operator fails."""
    name = operator.removesuffix("IfExists")
    if value is None:
        return name != operator or name in NEGATED
    test = TESTS.get(NEGATED.get(name, name))
    return test is not None and any(test(value, one) for one in wanted) != (name in NEGATED)
