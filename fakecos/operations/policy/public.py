"""When a policy is public: it allows something to everybody, and no condition with fixed values narrows that.

Source: documented, the meaning of "public" in Blocking public access.
"""

from __future__ import annotations

from typing import Any

from fakecos.operations.policy.statements import listed, statements_of

NARROWING = frozenset(  # documented
    {
        *("aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount"),
        *("aws:userid", "aws:principalorgid", "aws:principalarn", "aws:principalaccount", "aws:principalorgpaths"),
        *("s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointarn", "s3:dataaccesspointaccount"),
    }
)
POSITIVE = ("StringEquals", "StringLike", "ArnEquals", "ArnLike", "IpAddress")
EVERYWHERE = frozenset({"0.0.0.0/0", "::/0"})


def is_public(policy: str) -> bool:
    """Whether a policy's text is public."""
    return any(
        statement["Effect"] == "Allow" and _names_everybody(statement) and not _is_narrowed(statement)
        for statement in statements_of(policy)
    )


def _names_everybody(statement: dict[str, Any]) -> bool:
    """Whether a statement is for everybody; one for all but some is too (assumed)."""
    if "NotPrincipal" in statement:
        return True
    principal = statement.get("Principal")
    return principal == "*" or (isinstance(principal, dict) and "*" in listed(principal.get("AWS", [])))


def _is_narrowed(statement: dict[str, Any]) -> bool:
    return any(
        operator.removeprefix("ForAnyValue:").startswith(POSITIVE)
        and not operator.endswith("IfExists")
        and key.lower() in NARROWING
        and all(_is_fixed(str(value)) for value in listed(values))
        for operator, keys in (statement.get("Condition") or {}).items()
        for key, values in keys.items()
    )


def _is_fixed(value: str) -> bool:
    """Whether a value has neither wildcard nor variable; an ARN may have wildcards behind a whole account (assumed)."""
    account = value.split(":")[4] if value.startswith("arn:") and value.count(":") > 4 else ""  # noqa: PLR2004
    return value not in EVERYWHERE and (account.isdigit() or not any(mark in value for mark in ("*", "?", "${")))
