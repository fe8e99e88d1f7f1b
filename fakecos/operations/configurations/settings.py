"""The encryption that a bucket gives to what is stored without one, and who owns and sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.bucket import BLOCK_ALL, BUCKET_OWNER_ENFORCED, OBJECT_WRITER
from fakecos.model.encryption import SSE_C, SSE_KMS, SSE_KMS_DSSE, SSE_S3
from fakecos.operations.configurations.schema import require_boolean, require_choice, require_choices, require_count
from fakecos.operations.encryption import BLOCKED, blocked_types, configured_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context

BY_DEFAULT = "ApplyServerSideEncryptionByDefault"
# What Get answers for a bucket that was never configured (documented: SSE-S3 since January 2023; public).
UNSET_ENCRYPTION: Document = {"Rules": [{BY_DEFAULT: {"SSEAlgorithm": SSE_S3}, "BucketKeyEnabled": False}]}
OWNERSHIPS = frozenset({BUCKET_OWNER_ENFORCED, "BucketOwnerPreferred", OBJECT_WRITER})


def kept_encryption(context: Context, bucket: Bucket, document: Document) -> Document:
    """Return the one rule, always with BucketKeyEnabled (public).

    A document that does not say what it blocks leaves that as it is (reported: aws-changes 1).

    Raises MalformedXML for none or two rules, InvalidArgument for a KMS key beside AES256 (recorded 26).
    """
    rules = document["Rules"]
    require_count(rules, 1, 1)
    (rule,) = rules
    require_boolean(rule, "BucketKeyEnabled")
    blocked = rule.get(BLOCKED, {}).get("EncryptionType") or ()
    require_choices(blocked, {"NONE", SSE_C})
    method: dict[str, Any] = rule.get(BY_DEFAULT, {"SSEAlgorithm": SSE_S3})
    require_choice(method, "SSEAlgorithm", (SSE_S3, SSE_KMS, SSE_KMS_DSSE))
    if method["SSEAlgorithm"] == SSE_S3 and "KMSMasterKeyID" in method:
        raise S3Error(errors.KMS_KEY_WITH_AES, ArgumentName=BY_DEFAULT)
    types = (blocked or configured_types(bucket)) if context.dialect.blocks_sse_c else None
    return {"Rules": [blocking({BY_DEFAULT: method, "BucketKeyEnabled": False, **rule}, types)]}


def blocking(rule: Document, types: Iterable[str] | None) -> Document:
    """Return a rule that says what it blocks; None: it does not say."""
    kept = {name: value for name, value in rule.items() if name != BLOCKED}
    return kept if types is None else {**kept, BLOCKED: {"EncryptionType": list(types)}}


def shown_encryption(context: Context, bucket: Bucket, document: Document | None) -> Document:
    """Return what Get answers: SSE-S3 where nothing was configured, and what is blocked (aws-changes 1)."""
    (rule,) = (document or UNSET_ENCRYPTION)["Rules"]
    return {"Rules": [blocking(rule, blocked_types(bucket) if context.dialect.blocks_sse_c else None)]}


def kept_ownership(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return the one rule (recorded aws-bucket-configuration 23, 24).

    Raises MalformedXML, and InvalidBucketAclWithObjectOwnership where the bucket's ACL gives anything to others, which
    would be lost without ACLs (documented).
    """
    require_count(document["Rules"], 1, 1)
    require_choice(document["Rules"][0], "ObjectOwnership", OWNERSHIPS)
    if document["Rules"][0]["ObjectOwnership"] == BUCKET_OWNER_ENFORCED and bucket.acl is not None:
        owner = bucket.owner_id
        if any(grant.name != owner for grant in bucket.acl.grants):
            raise S3Error(errors.ACL_WITH_OWNER_ENFORCED)
    return document


def kept_public_access_block(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return all four members; those that did not come are false (recorded aws-bucket-configuration 25).

    Raises InvalidRequest for none at all (public), MalformedXML for a value that is neither true nor false.
    """
    if not document:
        raise S3Error(errors.EMPTY_PUBLIC_ACCESS_BLOCK)
    for member in document:
        require_boolean(document, member)
    return {member: document.get(member, False) for member in BLOCK_ALL}


def kept_payer(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return who pays (recorded aws-bucket-configuration 66). Raises MalformedXML."""
    require_choice(document, "Payer", ("Requester", "BucketOwner"))
    return document


def kept_abac(context: Context, bucket: Bucket, document: Document) -> Document:  # noqa: ARG001
    """Return whether tags decide on access (documented). Raises MalformedXML."""
    if "Status" not in document:
        raise S3Error(errors.MALFORMED_XML)
    require_choice(document, "Status", ("Enabled", "Disabled"))
    return document
