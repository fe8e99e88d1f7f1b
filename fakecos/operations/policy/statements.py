"""The statements of a policy: an explicit Deny wins over every Allow, and what nothing names is not allowed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fakecos.operations.policy.conditions import all_hold
from fakecos.operations.policy.variables import NEWEST, resolved, without_variables
from fakecos.operations.policy.wildcards import like

if TYPE_CHECKING:
    from fakecos.operations.policy.question import Question


OF_VARIABLES = frozenset({"Resource", "NotResource", "Condition"})


@lru_cache(maxsize=64)
def statements_of(policy: str) -> tuple[dict[str, Any], ...]:
    """Return the statements of a policy's text."""
    import json

    document = json.loads(policy)
    found = document["Statement"]
    statements = found if isinstance(found, list) else [found]
    if document.get("Version") != NEWEST:  # documented: older policies have no variables
        statements = [_without_variables(statement) for statement in statements]
    return tuple(statements)


def _without_variables(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: without_variables(part) if name in OF_VARIABLES else part for name, part in statement.items()}


def listed(value: Any) -> list[Any]:
    """Return what may be written as one value or as a list of them."""
    return value if isinstance(value, list) else [value]


def decide(policy: str, question: Question, *, of_identity: bool = False) -> bool | None:
    """Return False if the policy denies, True if it allows, None if it says nothing.

    `of_identity`: it is one of the caller's own, and names no principal.
    UsageError: a statement that applies has a condition that is not evaluated here.
    """
    allowed = None
    for statement in statements_of(policy):
        denies = statement["Effect"] == "Deny"
        if (allowed is None or denies) and _applies(statement, question, denies=denies, of_identity=of_identity):
            if denies:
                return False
            allowed = True
    return allowed


def decide_identity(question: Question) -> bool | None:
    """Return what the caller's own policies say together, as `decide` does."""
    said = [decide(policy, question, of_identity=True) for policy in question.context.caller.policies or ()]
    return False if False in said else True if True in said else None


def denying_statement(policy: str, question: Question, *, of_identity: bool = False) -> str:
    """Return how a person finds the statement that denies: by its Sid, or by its number."""
    for number, statement in enumerate(statements_of(policy), 1):
        if statement["Effect"] == "Deny" and _applies(statement, question, denies=True, of_identity=of_identity):
            return f"statement {number} (Sid {statement['Sid']})" if statement.get("Sid") else f"statement {number}"
    return "a statement"


def nearly_allowing(policy: str, question: Question) -> str:
    """Return which statement of an identity policy allows the action, but on other resources or under a condition.

    "" if none does. Of several it is the first that fails by its condition alone, else the last.
    """
    import json

    found = ""
    for number, statement in enumerate(statements_of(policy), 1):
        if statement["Effect"] == "Deny" or not _names_action(statement, question.full_action):
            continue
        if _names_resource(statement, question):
            return f"statement {number} does, where this holds: {json.dumps(statement.get('Condition') or {})}"
        element = "Resource" if "Resource" in statement else "NotResource"
        found = f"statement {number} does, with {element} {json.dumps(statement.get(element))}"
    return found


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


def _applies(statement: dict[str, Any], question: Question, *, denies: bool, of_identity: bool = False) -> bool:
    return (
        (of_identity or _names_caller(statement, question, denies=denies))
        and _names_action(statement, question.full_action)
        and _names_resource(statement, question)
        and all_hold(statement.get("Condition") or {}, question)
    )


def _names_action(statement: dict[str, Any], action: str) -> bool:
    """Whether Action names an action, or NotAction does not."""
    if "Action" in statement:
        return any(like(action, pattern, ignore_case=True) for pattern in listed(statement["Action"]))
    return not any(like(action, pattern, ignore_case=True) for pattern in listed(statement.get("NotAction", "*")))


def _names_resource(statement: dict[str, Any], question: Question) -> bool:
    """Whether Resource names what is asked about, or NotResource does not."""
    element = "Resource" if "Resource" in statement else "NotResource"
    patterns = (resolved(pattern, question) for pattern in listed(statement.get(element, "*")))
    named = any(pattern is not None and like(question.resource, pattern) for pattern in patterns)
    return named == (element == "Resource")


def _names_caller(statement: dict[str, Any], question: Question, *, denies: bool) -> bool:
    if "Principal" in statement:
        return _is_named(statement["Principal"], question, denies=denies)
    if "NotPrincipal" in statement:
        return not _is_named(statement["NotPrincipal"], question, denies=True)
    return False


def _is_named(principal: Any, question: Question, *, denies: bool) -> bool:
    """Whether a Principal names the caller.

    An account stands for all its users (documented). For a user of the bucket's own account an Allow to that account
    says only that the user's own policies may allow it (documented), which they do without it too.
    """
    if principal == "*":
        return True
    caller = question.context.caller
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
