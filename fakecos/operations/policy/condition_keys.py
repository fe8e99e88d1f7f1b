"""The condition keys of a request (documented: condition keys of Amazon S3, and global condition keys).

Keys ignore letter case. A key is absent where the request does not have it: None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from fakecos.facts.exceptions import UsageError
from fakecos.facts.services.aws_principals import endpoint_of
from fakecos.model.principal import user_id_of
from fakecos.operations.policy.uncertain_keys import UNCERTAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.model.principal import Service
    from fakecos.operations.policy.question import Question
    from fakecos.operations.required_actions import KmsKey

LOOPBACK = "127.0.0.1"
"""The address that every request comes from."""

S3 = "s3:"
EXISTING_TAG = "s3:existingobjecttag/"
REQUEST_TAG = "s3:requestobjecttag/"
ENCRYPTION_CONTEXT = "kms:encryptioncontext:"

MEMBERS = {  # keys that are parameters of the request
    "s3:annotation-prefix": "AnnotationPrefix",
    "s3:delimiter": "Delimiter",
    "s3:if-match": "IfMatch",
    "s3:if-none-match": "IfNoneMatch",
    "s3:max-annotation-results": "MaxAnnotationResults",
    "s3:max-keys": "MaxKeys",
    "s3:prefix": "Prefix",
    "s3:versionid": "VersionId",
    "s3:x-amz-acl": "ACL",
    "s3:x-amz-copy-source": "CopySource",
    "s3:x-amz-grant-full-control": "GrantFullControl",
    "s3:x-amz-grant-read": "GrantRead",
    "s3:x-amz-grant-read-acp": "GrantReadACP",
    "s3:x-amz-grant-write": "GrantWrite",
    "s3:x-amz-grant-write-acp": "GrantWriteACP",
    "s3:x-amz-metadata-directive": "MetadataDirective",
    "s3:x-amz-object-annotation-directive": "AnnotationDirective",
    "s3:x-amz-object-if-match": "ObjectIfMatch",
    "s3:x-amz-object-ownership": "ObjectOwnership",
    "s3:x-amz-server-side-encryption": "ServerSideEncryption",
    "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
    "s3:x-amz-server-side-encryption-customer-algorithm": "SSECustomerAlgorithm",
    "s3:x-amz-storage-class": "StorageClass",
    "s3:x-amz-website-redirect-location": "WebsiteRedirectLocation",
}
# What requests have that come out of a VPC, from a service of AWS, through an access point, or from an organization.
# None of these do.
NEVER = frozenset(
    {
        *("aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip", "aws:sourceorgid", "aws:sourcearn"),
        *("aws:sourceaccount", "aws:principalorgid", "aws:principalservicename", "aws:federatedprovider"),
        *("aws:multifactorauthage", "aws:multifactorauthpresent", "aws:sourceowner", "aws:principalorgpaths"),
        *("aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalservicenameslist"),
        *(
            "aws:resourceorgid",
            "aws:resourceorgpaths",
            "aws:sourceidentity",
            "aws:sourceorgpaths",
            "aws:tokenissuetime",
        ),
        *("s3:dataaccesspointaccount", "s3:dataaccesspointarn", "s3:accesspointnetworkorigin"),
    }
)


# What a service of AWS has that writes for a bucket (documented: global condition keys); it comes from no address.
OF_SERVICES: dict[str, Callable[[Service], str | None]] = {
    "aws:principalisawsservice": lambda _: "true",
    "aws:principalservicename": lambda service: service.name,
    "aws:sourceaccount": lambda service: service.source_account,
    "aws:sourcearn": lambda service: service.source_arn,
    "aws:sourceip": lambda _: None,
}


def alternatives_of(key: str, question: Question) -> list[list[str] | None]:
    """Return what the values of a key may be: as `values_of`, one for each that the request may have been."""
    name = key.lower()
    if name in UNCERTAIN and question.kms is None:
        return UNCERTAIN[name](question)
    return [values_of(key, question)]


def values_of(key: str, question: Question) -> list[str] | None:
    """Return the values of a key, None if the request does not have it.

    UsageError: the key is not known here, so what the policy says to the request is unknown.
    """
    name = key.lower()
    value: Any
    service = question.context.caller.service
    if service is not None and name in OF_SERVICES:
        value = OF_SERVICES[name](service)
    elif name.startswith(S3) and question.kms is not None and is_known(key):
        value = None  # KMS is not told what S3 was asked
    elif name.startswith(ENCRYPTION_CONTEXT):
        value = None if question.kms is None else _context_value(name, question.kms)
    elif name in MEMBERS:
        value = None if _is_in_query_only(name, question) else question.params.get(MEMBERS[name])
        value = value.isoformat() if hasattr(value, "isoformat") else value
    elif name in FUNCTIONS:
        value = FUNCTIONS[name](question)
    elif name.startswith(EXISTING_TAG):
        stored = question.stored
        value = None if stored is None else stored.attributes.tags.get(key[len(EXISTING_TAG) :])
    elif name.startswith(REQUEST_TAG):
        value = _request_tags(question).get(key[len(REQUEST_TAG) :])
    elif name in NEVER:
        value = None
    else:
        message = f"A policy with the condition key {key!r} cannot be evaluated. These can: {', '.join(known())}."
        raise UsageError(message)
    if value is None:
        return None
    return value if isinstance(value, list) else [str(value)]


def known() -> list[str]:
    """Return the keys that are evaluated, in lower case."""
    return [
        *sorted((*MEMBERS, *FUNCTIONS, *NEVER, *UNCERTAIN)),
        f"{EXISTING_TAG}...",
        f"{REQUEST_TAG}...",
        f"{ENCRYPTION_CONTEXT}...",
    ]


def is_known(key: str) -> bool:
    """Whether a key is evaluated."""
    name = key.lower()
    prefixes = (EXISTING_TAG, REQUEST_TAG, ENCRYPTION_CONTEXT)
    return any(name in keys for keys in (MEMBERS, FUNCTIONS, NEVER, UNCERTAIN)) or name.startswith(prefixes)


def _is_in_query_only(name: str, question: Question) -> bool:
    """Whether a key is a header that was not sent: what a presigned query names does not count (aws-presigned 42)."""
    header = name.removeprefix("s3:")
    if not header.startswith("x-amz-"):
        return False
    info = question.context.request_info
    return info.auth_type == "REST-QUERY-STRING" and not info.names_header(header)


def _request_tags(question: Question) -> dict[str, str]:
    """Return the tags of the request: of its header, or of its document."""
    tagging = question.params.get("Tagging")
    if isinstance(tagging, dict):
        return {tag["Key"]: tag["Value"] for tag in tagging.get("TagSet") or []}
    return dict(parse_qsl(tagging or "", keep_blank_values=True))


def _user_name(question: Question) -> str | None:
    _, found, name = (question.context.caller.arn or "").partition(":user/")
    return name if found else None


def _principal_type(question: Question) -> str:
    caller = question.context.caller
    if caller.is_anonymous:
        return "Anonymous"
    return "Account" if caller.is_root else "User"


def _context_value(name: str, key: KmsKey) -> str | None:
    """Return the value of a pair of the encryption context; the names of keys ignore case (documented)."""
    wanted = name.removeprefix(ENCRYPTION_CONTEXT)
    return next((value for pair, value in key.context.items() if pair.lower() == wanted), None)


def _of_lock(member: str, document: str, field: str) -> Callable[[Question], str | None]:
    """Return what reads a setting of Object Lock: of a header, or of the document of PutObjectRetention and such."""

    def read(question: Question) -> str | None:
        value: Any = question.params.get(member) or (question.params.get(document) or {}).get(field)
        return None if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)

    return read


def _creates(question: Question) -> str | None:
    """Whether PutObject is asked for to make an object, and not to begin or fill an upload (documented)."""
    if question.action != "PutObject":
        return None
    return str(question.operation in {"CompleteMultipartUpload", "CopyObject", "PutObject"}).lower()


FUNCTIONS: dict[str, Callable[[Question], str | list[str] | None]] = {
    "aws:currenttime": lambda question: question.context.now().isoformat(),
    "aws:epochtime": lambda question: str(int(question.context.now().timestamp())),
    "aws:principalaccount": lambda question: question.context.caller.account,
    "aws:principalarn": lambda question: question.context.caller.arn,
    "aws:principalisawsservice": lambda _: "false",
    "aws:principaltype": _principal_type,
    "aws:referer": lambda question: question.context.request_info.referer,
    "aws:requestedregion": lambda question: question.context.request_info.region,
    "aws:resourceaccount": lambda question: question.bucket.account,
    "aws:securetransport": lambda question: str(question.context.request_info.is_secure).lower(),
    "aws:sourceip": lambda _: LOOPBACK,
    "aws:useragent": lambda question: question.context.request_info.user_agent,
    "aws:userid": lambda question: user_id_of(question.context.caller),
    "aws:username": _user_name,
    "aws:viaawsservice": lambda _: "false",
    "kms:calleraccount": lambda question: None if question.kms is None else question.context.caller.account,
    "kms:encryptioncontextkeys": lambda question: None if question.kms is None else list(question.kms.context),
    "kms:viaservice": lambda question: (
        None if question.kms is None else endpoint_of("s3", question.context.request_info.region)
    ),
    "s3:authtype": lambda question: question.context.request_info.auth_type,
    "s3:locationconstraint": lambda question: (question.params.get("CreateBucketConfiguration") or {}).get(
        "LocationConstraint"
    ),
    "s3:object-lock-legal-hold": _of_lock("ObjectLockLegalHoldStatus", "LegalHold", "Status"),
    "s3:object-lock-mode": _of_lock("ObjectLockMode", "Retention", "Mode"),
    "s3:object-lock-retain-until-date": _of_lock("ObjectLockRetainUntilDate", "Retention", "RetainUntilDate"),
    "s3:objectcreationoperation": _creates,
    "s3:requestobjecttagkeys": lambda question: list(_request_tags(question)) or None,
    "s3:resourceaccount": lambda question: question.bucket.account,
    "s3:signatureversion": lambda question: question.context.request_info.signature_version,
    "s3:x-amz-content-sha256": lambda question: question.context.request_info.content_sha256,
}
