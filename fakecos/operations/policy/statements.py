"""The statements of a policy: an explicit Deny wins over every Allow, and what nothing names is not allowed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakecos.operations.policy.conditions import all_hold
from fakecos.operations.policy.wildcards import like

if TYPE_CHECKING:
    from fakecos.operations.policy.question import Question


@lru_cache(maxsize=64)
def statements_of(policy: str) -> tuple[dict[str, Any], ...]:
    """Return the statements of a policy's text."""
    import json

    found = json.loads(policy)["Statement"]
    return tuple(found) if isinstance(found, list) else (found,)


def listed(value: Any) -> list[Any]:
    """Return what may be written as one value or as a list of them."""
    return value if isinstance(value, list) else [value]


def decide(policy: str, question: Question) -> bool | None:
    """Return False if the policy denies, True if it allows, None if it says nothing.

    UsageError: a statement that applies has a condition that is not evaluated here.
    """
    allowed = None
    for statement in statements_of(policy):
        denies = statement["Effect"] == "Deny"
        if (allowed is None or denies) and _applies(statement, question, denies=denies):
            if denies:
                return False
            allowed = True
    return allowed


def denying_statement(policy: str, question: Question) -> str:
    """Return how a person finds the statement that denies: by its Sid, or by its number."""
    for number, statement in enumerate(statements_of(policy), 1):
        if statement["Effect"] == "Deny" and _applies(statement, question, denies=True):
            return f"statement {number} (Sid {statement['Sid']})" if statement.get("Sid") else f"statement {number}"
    return "a statement"


def allows_with_acl(policy: str, question: Question) -> bool:
    """Whether a statement allows PutObject by a condition on the ACL that the request brings (documented)."""
    asked = question._replace(action="PutObject")
    return any(
        statement["Effect"] == "Allow" and _is_about_acl(statement) and _applies(statement, asked, denies=False)
        for statement in statements_of(policy)
    )


def _is_about_acl(statement: dict[str, Any]) -> bool:
    keys = {key.lower() for conditions in (statement.get("Condition") or {}).values() for key in conditions}
    return any(key == "s3:x-amz-acl" or key.startswith("s3:x-amz-grant-") for key in keys)


def _applies(statement: dict[str, Any], question: Question, *, denies: bool) -> bool:
    return (
        _names_caller(statement, question, denies=denies)
        and _names(statement, "Action", f"s3:{question.action}", ignore_case=True)
        and _names(statement, "Resource", question.resource)
        and all_hold(statement.get("Condition") or {}, question)
    )


def _names(statement: dict[str, Any], element: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether Action or Resource name a text, or NotAction or NotResource do not."""
    if element in statement:
        return any(like(text, pattern, ignore_case=ignore_case) for pattern in listed(statement[element]))
    others = listed(statement.get(f"Not{element}", "*"))
    return not any(like(text, pattern, ignore_case=ignore_case) for pattern in others)


def _names_caller(statement: dict[str, Any], question: Question, *, denies: bool) -> bool:
    if "Principal" in statement:
        return _is_named(statement["Principal"], question, denies=denies)
    if "NotPrincipal" in statement:
        return not _is_named(statement["NotPrincipal"], question, denies=True)
    return False


def _is_named(principal: Any, question: Question, *, denies: bool) -> bool:
    """Whether a Principal names the caller.

    An account stands for all its users (documented). For a user of the bucket's own account an Allow to that account
    says only that the user's own policies may allow it (documented), and of those there are none here.
    """
    if principal == "*":
        return True
    caller = question.context.caller
    if caller.service is not None and caller.service.name in listed(principal.get("Service", [])):
        return True
    if caller.canonical_id is not None and caller.canonical_id in listed(principal.get("CanonicalUser", [])):
        return True
    delegates = caller.account == question.bucket.account and not caller.is_root and not denies
    for name in listed(principal.get("AWS", [])):
        if name in {"*", caller.arn}:
            return True
        is_account = name in {caller.account, f"arn:aws:iam::{caller.account}:root"}
        if is_account and caller.account is not None and not delegates:
            return True
    return False
