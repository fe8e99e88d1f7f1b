"""What a service and an account must have so that a promise can be asked, by what its requests ask of the fake."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from fakecos.comparison.never_sent import listed, statements_of
from fakecos.contract.instances import given_to
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.model.principal import ACCOUNT, canonical_id_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fakecos.comparison.exchange import Exchange
    from fakecos.contract.asking import Asking
    from fakecos.contract.promise import Promise

VERSIONING, OBJECT_LOCK, ACLS, SSE_C, SSE_KMS = "versioning", "Object Lock", "ACLs", "SSE-C", "SSE-KMS"
FEATURES = {name.lower().replace(" ", "-"): name for name in (VERSIONING, OBJECT_LOCK, ACLS, SSE_C, SSE_KMS)}
"""What a store may lack, by the words of `--without`."""
KMS_KEY = "a KMS key of the account"
PUBLIC = "something public for a moment"
# Of the account, beside its buckets: AWS looks for them, and what is done to them would be seen there.
TARGET = "a queue, topic, function or event bus of the account"
ROLE = "an IAM role of the account"
PRINCIPAL = "users or accounts that a policy names"
SECOND = "a second account"
WAITING = "time that passes"
GIVEN = {"other": SECOND, "wait": WAITING}
"""What a promise needs that is given this by name."""
OF_AWS = frozenset({TARGET, ROLE, PRINCIPAL})
PUBLIC_ACLS = frozenset({"public-read", "public-read-write", "authenticated-read"})
PUBLIC_GROUPS = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")
REFUSED = 300
QUERY, HEADERS = "query_names", "header_names"
"""What is noted of requests by hand: names only."""
NUMBERS = (ACCOUNT, OTHER)
"""The accounts of the fake; at a service others stand in their places, if their numbers are known."""
UNKNOWN = {
    ACCOUNT: "it names the account of the fake, and that of the service has an id of its own",
    OTHER: "it names the second account by its number, which is not known (aws_account_id of its profile says it)",
}
LOCKS = frozenset({"object-lock", "retention", "legal-hold"})
SSE_C_HEADERS = "server-side-encryption-customer"
_NAMES_A_KEY = re.compile(r'"(SSEKMSKeyId|KMSMasterKeyID|KMSKeyArn|KeyId)": "[^"]')


def needs_of(exchange: Exchange) -> set[str]:
    """Return what a request needs. What is somebody else's counts only if the fake took the request."""
    names, operation = exchange.params.keys(), exchange.operation
    by_hand = {*exchange.params.get(QUERY, ()), *exchange.params.get(HEADERS, ())}
    text = json.dumps(exchange.params, default=str)
    is_taken = exchange.status < REFUSED
    statements = statements_of(exchange.params.get("Policy"))
    found = {
        VERSIONING: operation.endswith("BucketVersioning")
        or "VersionId" in names
        or bool(by_hand & {"versioning", "versionId"}),
        OBJECT_LOCK: "ObjectLock" in operation
        or operation.endswith(("Retention", "LegalHold"))
        or any(name.startswith("ObjectLock") for name in names)
        or any(name in LOCKS or name.startswith("x-amz-object-lock") for name in by_hand),
        ACLS: operation.endswith("Acl") or any(name.startswith(("Grant", "ACL")) for name in names) or "acl" in by_hand,
        SSE_C: any("SSECustomer" in name for name in names) or any(SSE_C_HEADERS in name for name in by_hand),
        SSE_KMS: "aws:kms" in text,
        KMS_KEY: is_taken and _NAMES_A_KEY.search(text) is not None,
        PUBLIC: _is_public(exchange.params, text, statements),
        TARGET: is_taken and operation == "PutBucketNotificationConfiguration" and _has_target(exchange.params),
        ROLE: is_taken and operation == "PutBucketReplication" and ":role/" in text,
        PRINCIPAL: is_taken and any(_names_somebody(statement) for statement in statements),
    }
    return {need for need, is_needed in found.items() if is_needed}


def needs_of_promise(promise: Promise) -> set[str]:
    """Return what a promise needs whatever it asks: another account, or time that passes."""
    return {GIVEN[name] for name in GIVEN.keys() & given_to(promise)}


def lacking(exchanges: Iterable[Exchange], asking: Asking, *, known: Collection[str] = ()) -> str | None:
    """Return why a service is not asked for what these requests need, None if it is.

    `known`: the accounts of the fake that stand for accounts of the service whose numbers are known.
    """
    exchanges = list(exchanges)
    named = {number for each in exchanges for number in _named_accounts(each, of_aws=asking.is_aws)} - {*known}
    if named:
        return next(why for number, why in UNKNOWN.items() if number in named)
    needs = {need for each in exchanges for need in needs_of(each)}
    without = sorted(need for need in needs if need in asking.without)
    if without:
        return f"it needs {without[0]}, which --without leaves out"
    if PUBLIC in needs and not asking.public:
        return f"it makes {PUBLIC}: --public asks for it too"
    if not asking.is_aws:
        return None
    if KMS_KEY in needs and asking.kms_key is None:
        return f"it needs {KMS_KEY}: --kms-key ARN names one"
    missing = sorted(needs & OF_AWS)
    return f"it needs {missing[0]}, and nothing but buckets is made or touched" if missing else None


def why_not_alone(promise: Promise, waited: float, asking: Asking) -> str | None:
    """Return why a promise is not asked that is given another account, or waits so many seconds; None: it is."""
    if SECOND in needs_of_promise(promise) and not asking.second:
        return f"it needs {SECOND}: --second-profile NAME names a profile of one"
    if waited > asking.wait:
        return f"it waits {waited:g} seconds: --wait SECONDS lets it"
    return None


def _named_accounts(exchange: Exchange, *, of_aws: bool) -> set[str]:
    """Return the accounts of the fake that a request names as a bucket's owner or in a policy, if the fake took it.

    Stores other than AWS may take a policy for an account that they do not have: the fake's own is asked for.
    """
    if exchange.status >= REFUSED:
        return set()
    said = [exchange.params.get(name) for name in ("Bucket", "ExpectedBucketOwner", "ExpectedSourceBucketOwner")]
    texts = [text for text in said if isinstance(text, str)]
    found = {number for number in NUMBERS if any(number in text for text in texts)}
    principals = {each for statement in statements_of(exchange.params.get("Policy")) for each in _principals(statement)}
    numbers = NUMBERS if of_aws else (OTHER,)
    return found | {number for number in numbers if principals & _names_of(number)}


def _names_of(account: str) -> set[str]:
    """Return how policies name an account that is there, but for its canonical id, which the service told."""
    return {account, f"arn:aws:iam::{account}:root"}


def _is_public(params: dict[str, Any], text: str, statements: list[dict[str, Any]]) -> bool:
    return (
        params.get("ACL") in PUBLIC_ACLS
        or any(group in text for group in PUBLIC_GROUPS)
        or any(each.get("Effect") == "Allow" and "*" in _principals(each) for each in statements)
    )


def _principals(statement: dict[str, Any]) -> list[str]:
    principal = statement.get("Principal")
    if not isinstance(principal, dict):
        return listed(principal)
    return [each for name, value in principal.items() if name != "Service" for each in listed(value)]


def _names_somebody(statement: dict[str, Any]) -> bool:
    known = {"*"} | {name for number in NUMBERS for name in (*_names_of(number), canonical_id_of(number))}
    return "NotPrincipal" in statement or any(each not in known for each in _principals(statement))


def _has_target(params: dict[str, Any]) -> bool:
    configuration = params.get("NotificationConfiguration")
    return isinstance(configuration, dict) and any(
        value or name == "EventBridgeConfiguration" for name, value in configuration.items()
    )
