"""The grammar of a bucket policy; who may do what by it is judged elsewhere. It is kept to the letter.

Documented: "Grammar of the IAM JSON policy language". The order of checks: the document, then each statement in turn
(assumed); of the messages those of aws-bucket-configuration 17 are recorded, the others public.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MAX_POLICY_SIZE
from fakecos.model.bucket import PUBLIC_ACCESS_BLOCK
from fakecos.operations.configurations.policy_status import is_public
from fakecos.operations.policy.conditions import is_comparable, text_of

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context

    Statement = dict[str, Any]

VERSIONS = ("2012-10-17", "2008-10-17")  # documented
DOCUMENT_FIELDS = frozenset({"Version", "Id", "Statement"})
STATEMENT_FIELDS = frozenset(
    {
        *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource"),
        "Condition",
    }
)
PRINCIPAL_KINDS = frozenset({"AWS", "CanonicalUser", "Federated", "Service"})
AWS_PRINCIPAL = (
    r"\*|\d{12}|arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|(?:user|role|federated-user)/.+)"
    r"|sts::\d{12}:(?:assumed-role|federated-user)/.+|iam::cloudfront:user/.+)"
)
CANONICAL_ID = r"[0-9a-f]{64}"
_STRINGS = ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike")
_ORDERS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
OPERATORS = frozenset(  # documented: IAM JSON policy elements, condition operators
    {
        *(f"String{name}" for name in _STRINGS),
        *(f"Numeric{name}" for name in _ORDERS),
        *(f"Date{name}" for name in _ORDERS),
        *(f"Arn{name}" for name in ("Equals", "NotEquals", "Like", "NotLike")),
        *("Bool", "BinaryEquals", "IpAddress", "NotIpAddress"),
    }
)
CONDITION_KEY = r"(?:aws|s3|kms|saml|sts|cognito-identity\.amazonaws\.com):.+"  # prefixes documented


def kept(context: Context, bucket: Bucket, text: str) -> str:  # noqa: ARG001
    """Return the policy as it came. Raises MalformedPolicy, and AccessDenied for a public one where that is blocked."""
    policy = document_of(text)
    require_policy(policy, bucket.name)
    block = bucket.configurations.get(PUBLIC_ACCESS_BLOCK)
    if block is not None and block["BlockPublicPolicy"] and is_public(policy):
        from fakecos.operations.why_denied import public_policy

        # documented: Blocking public access, BlockPublicPolicy
        raise S3Error(errors.ACCESS_DENIED, explanation=public_policy(bucket))
    return text


def document_of(text: str) -> dict[str, Any]:
    """Return a policy's JSON object (recorded aws-bucket-configuration 17)."""
    import json  # not needed at start

    if not text.startswith("{"):
        raise S3Error(errors.POLICY_NOT_JSON, first="{")
    try:
        policy: dict[str, Any] = json.loads(text, parse_constant=_no_constant)
        size = len(json.dumps(policy, separators=(",", ":"), ensure_ascii=False).encode())
    except (ValueError, RecursionError) as error:  # also half a character, and what is too deep
        raise S3Error(errors.POLICY_INVALID_JSON) from error
    if size > MAX_POLICY_SIZE:
        raise S3Error(errors.POLICY_TOO_LARGE, maximum=MAX_POLICY_SIZE)
    return policy


def _no_constant(name: str) -> None:
    """Refuse `NaN` and `Infinity`, which Python reads and JSON does not have."""
    raise ValueError(name)


def require_policy(policy: dict[str, Any], bucket: str) -> None:
    """Judge the members of a policy, then its statements in turn."""
    require_known(policy, DOCUMENT_FIELDS)
    if not isinstance(policy.get("Id", ""), str):  # public: aws-changes 22; the words, and those of a Sid: assumed
        raise S3Error(errors.POLICY_SYNTAX)
    if "Statement" not in policy:
        raise S3Error(errors.POLICY_MISSING_FIELD, field="Statement")
    if policy.get("Version", VERSIONS[-1]) not in VERSIONS:
        raise S3Error(errors.POLICY_VERSION)
    statements = policy["Statement"]
    statements = [statements] if isinstance(statements, dict) else statements
    if not isinstance(statements, list) or not all(isinstance(statement, dict) for statement in statements):
        raise S3Error(errors.POLICY_SYNTAX)
    if not statements:
        raise S3Error(errors.POLICY_EMPTY)
    for statement in statements:
        require_statement(statement, bucket)


def require_statement(statement: Statement, bucket: str) -> None:
    """Judge one statement."""
    require_known(statement, STATEMENT_FIELDS)
    if not isinstance(statement.get("Sid", ""), str):
        raise S3Error(errors.POLICY_SYNTAX)
    effect = require_field(statement, "Effect")
    if effect not in ("Allow", "Deny"):
        raise S3Error(errors.POLICY_EFFECT, effect=effect)
    require_principal(one_of(statement, "Principal"))
    if effect == "Allow" and "NotPrincipal" in statement:
        raise S3Error(errors.POLICY_ALL_BUT)
    actions = strings(one_of(statement, "Action"))
    for action in actions:
        if not matching(action):
            raise S3Error(errors.POLICY_ACTION, Detail=action)
    resources = strings(one_of(statement, "Resource"))
    for resource in resources:
        if not is_in(resource, bucket):
            raise S3Error(errors.POLICY_RESOURCE, Detail=resource)
    if "Action" in statement and "Resource" in statement:
        require_applicable(actions, resources)
    require_condition(statement.get("Condition", {}))


def require_known(members: dict[str, Any], known: frozenset[str]) -> None:
    """Refuse a member that the grammar does not have."""
    for name in members:
        if name not in known:
            raise S3Error(errors.POLICY_UNKNOWN_FIELD, field=name)


def require_field(statement: Statement, name: str) -> Any:
    """Return a member that must be there."""
    if name not in statement:
        raise S3Error(errors.POLICY_MISSING_FIELD, field=name)
    return statement[name]


def one_of(statement: Statement, name: str) -> Any:
    """Return a member or its negation (`NotAction`); one of them must be there, and not both."""
    negated = f"Not{name}"
    if negated not in statement:
        return require_field(statement, name)
    if name in statement:
        raise S3Error(errors.POLICY_SYNTAX)
    return statement[negated]


def strings(value: Any) -> list[str]:
    """Return a string, or a list of strings, as a list that is not empty."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(item, str) for item in found):
        raise S3Error(errors.POLICY_SYNTAX)
    return found


def require_principal(principal: Any) -> None:
    """Refuse a principal that names nobody who could be; whether the user exists is not known here."""
    if principal == "*":
        return
    if not isinstance(principal, dict) or not principal or not principal.keys() <= PRINCIPAL_KINDS:
        raise S3Error(errors.POLICY_PRINCIPAL, Detail=_shown(principal))
    for kind, names in principal.items():
        for name in strings(names):
            form = {"AWS": AWS_PRINCIPAL, "CanonicalUser": CANONICAL_ID}.get(kind, ".+")
            if not re.fullmatch(form, name):
                raise S3Error(errors.POLICY_PRINCIPAL, Detail=f'"{kind}" : "{name}"')


def _shown(value: Any) -> str:
    import json

    return json.dumps(value)


def matching(action: str) -> list[str]:
    """Return the actions that a name with wildcards means, in lower case."""
    from fakecos.facts.policy_actions import BUCKET_ACTIONS, OBJECT_ACTIONS

    known = (*BUCKET_ACTIONS, *OBJECT_ACTIONS)
    pattern = re.escape(action.lower()).replace(r"\*", ".*").replace(r"\?", ".")
    return [name for name in known if re.fullmatch(pattern, name)]


def is_in(resource: str, bucket: str) -> bool:
    """Whether a resource is the bucket, or in it; a bucket's name with wildcards is refused (assumed)."""
    found = re.fullmatch(r"arn:aws[a-z-]*:s3:::([^/]+)(?:/.+)?", resource)
    return found is not None and found[1] == bucket


def require_applicable(actions: list[str], resources: list[str]) -> None:
    """Refuse an action of objects without a resource in the bucket, one of buckets without the bucket."""
    from fakecos.facts.policy_actions import BUCKET_ACTIONS

    has_objects = any("/" in resource for resource in resources)
    has_bucket = any("/" not in resource for resource in resources)
    for action in actions:
        if not any(has_bucket if name in BUCKET_ACTIONS else has_objects for name in matching(action)):
            raise S3Error(errors.POLICY_NOT_APPLICABLE)


def require_condition(condition: Any) -> None:
    """Judge operators and keys of a condition."""
    if not isinstance(condition, dict):
        raise S3Error(errors.POLICY_SYNTAX)
    for operator, keys in condition.items():
        plain = re.sub(r"^(?:ForAllValues|ForAnyValue):", "", operator).removesuffix("IfExists")
        if plain not in OPERATORS and operator != "Null":
            raise S3Error(errors.POLICY_CONDITION_TYPE, operator=operator)
        if not isinstance(keys, dict) or not keys:
            raise S3Error(errors.POLICY_SYNTAX)
        for key, values in keys.items():
            if not re.fullmatch(CONDITION_KEY, key, re.IGNORECASE):
                raise S3Error(errors.POLICY_CONDITION_KEY)
            require_values(plain, values if isinstance(values, list) else [values])


def require_values(operator: str, values: list[Any]) -> None:
    """Refuse values of a condition that its operator could not compare (assumed: which refusal it is)."""
    if not values or not all(isinstance(value, (str, bool, int, float)) for value in values):
        raise S3Error(errors.POLICY_SYNTAX)
    if not all(is_comparable(operator, text_of(value)) for value in values):
        raise S3Error(errors.POLICY_SYNTAX)
