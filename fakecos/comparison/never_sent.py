"""What is never sent to a service that is not a fake, since it could not be undone, or is somebody else's.

Each rule looks at a request before it is sent, whatever the answer would be. docs/how-to/verify.md lists them, and what
is sent though it costs something.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMPLIANCE = "COMPLIANCE"
EXPEDITED = "Expedited"
OF_THE_ACCOUNT = frozenset({"ListBuckets", "ListBucketsExtended", "ListDirectoryBuckets"})
# Tables and journals of the account, which stay when the bucket is gone (documented by AWS: S3 Metadata).
TABLES = ("CreateBucketMetadata", "UpdateBucketMetadata")
# Of COS: nobody can delete what is protected so before its time (documented by IBM: Immutable Object Storage).
IMMUTABLE = frozenset({"PutBucketProtectionConfiguration", "ExtendObjectRetention", "AddLegalHold"})
IMMUTABLE_MEMBERS = frozenset({"RetentionPeriod", "RetentionExpirationDate", "RetentionLegalHoldId"})
SUB_RESOURCES = {
    **dict.fromkeys(("metadataConfiguration", "metadataTable", "metadataInventoryTable"), "CreateBucketMetadata"),
    **dict.fromkeys(("metadataJournalTable", "metadataAnnotationTable"), "UpdateBucketMetadata"),
    "protection": "PutBucketProtectionConfiguration",
    "extendRetention": "ExtendObjectRetention",
    "legalHold": "AddLegalHold",
    "restore": "RestoreObject",
    "policy": "PutBucketPolicy",
}
"""What a request by hand names in its query, and the operation that is never sent, or not always."""
CHANGES = frozenset({"PUT", "POST"})
IMMUTABLE_HEADERS = frozenset({"retention-period", "retention-expiration-date", "retention-legal-hold-id"})
NEEDED = ("s3:putbucketpolicy", "s3:deletebucketpolicy", "s3:deletebucket")
"""Without these a bucket could not be deleted; all else that a policy denies ends with the policy."""


def why_never(operation: str, params: Mapping[str, Any]) -> str | None:
    """Return why a request is never sent, whatever its bucket; None: it may be."""
    texts = frozenset(_texts(params))
    why = None
    if operation in OF_THE_ACCOUNT:
        why = "it lists all buckets of the account, and none but its own are looked at"
    elif COMPLIANCE in texts:
        why = "nobody could delete what is retained in COMPLIANCE mode"
    elif operation in IMMUTABLE or IMMUTABLE_MEMBERS & params.keys():
        why = "nobody could delete what COS protects before its time is over"
    elif operation.startswith(TABLES):
        why = "it makes tables of the account, which stay when the bucket is deleted"
    elif operation == "RestoreObject" and EXPEDITED in texts:
        why = "an expedited restore costs a hundred times what another one does"
    elif operation == "PutBucketPolicy" and _locks_out(params.get("Policy")):
        why = "the policy would keep its own account from deleting the bucket"
    return why


def why_never_by_hand(method: str, query: str, headers: Mapping[str, str], body: str) -> str | None:
    """Return why a request that no client made is never sent, whatever its bucket; None: it may be.

    Names of headers are in lower case.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    values = (*headers.values(), *(value for _, value in pairs))
    texts = [text for word in (COMPLIANCE, EXPEDITED) for text in (*values, body) if word in text for text in (word,)]
    params: dict[str, Any] = {"texts": texts, "Policy": body}
    params |= dict.fromkeys(IMMUTABLE_MEMBERS if IMMUTABLE_HEADERS & headers.keys() else ())
    named = [SUB_RESOURCES[name] for name, _ in pairs if name in SUB_RESOURCES and method in CHANGES]
    return next((why for each in named or ["PutObject"] if (why := why_never(each, params)) is not None), None)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def statements_of(policy: Any) -> list[dict[str, Any]]:
    """Return the statements of a bucket policy; none of what is no policy, which the service refuses."""
    try:
        found = json.loads(policy)["Statement"]
    except (TypeError, ValueError, KeyError, RecursionError):
        return []
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]


def listed(value: Any) -> list[str]:
    """Return the texts of a member of a policy, which may be one or a list."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _locks_out(policy: Any) -> bool:
    """Whether a statement denies what deleting the bucket takes, to whomever: who asks is not known here."""
    return any(
        statement.get("Effect") == "Deny" and any(_covers(statement, action) for action in NEEDED)
        for statement in statements_of(policy)
    )


def _covers(statement: Mapping[str, Any], action: str) -> bool:
    if "NotAction" in statement:
        return not _is_among(action, statement["NotAction"])
    return _is_among(action, statement.get("Action", "*"))


def _is_among(action: str, patterns: Any) -> bool:
    return any(fnmatchcase(action, pattern.lower()) for pattern in listed(patterns))
