"""Service instances, which own buckets, and ListBucketsExtended, which lists those of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.services.ibm import INSTANCE_HEADER
from fakecos.operations.context import ServiceRules
from fakecos.operations.pagination import integer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        KeyProtectFields,
        ListBucketsExtendedOutput,
        ListBucketsExtendedRequest,
    )

ALGORITHM_HEADER = "ibm-sse-kp-encryption-algorithm"
AES256 = "AES256"
KMS = frozenset({"aws:kms", "aws:kms:dsse"})
OTHER_KEYS = ("SSECustomerAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5", "SSEKMSKeyId")
HEADER = "x-amz-server-side-encryption"


class ServiceInstances(ServiceRules):
    """Buckets belong to a service instance, and may have a root key of Key Protect."""

    def require_creatable(self, context: Context, params: Mapping[str, Any]) -> None:
        """Refuse a bucket of no instance, and what is no root key."""
        require_named(context)
        require_key_protect(params)

    def created(self, context: Context, bucket: Bucket, params: Mapping[str, Any]) -> None:
        """Give a new bucket its instance, and its root key if there is one."""
        bucket.key_protect = params.get("IBMSSEKPCustomerRootKeyCrn")
        bucket.instance = context.request_info.instance

    def require_encryption(self, bucket: Bucket | None, params: Mapping[str, Any]) -> None:
        """Refuse SSE-C where the bucket has a root key (recorded: aws-changes 28), and SSE-KMS, which COS takes for it.

        Reported, with aws:kms and the id of a key: InvalidArgument for the secret key that is missing (ibm-cos 4.7).
        """
        is_kms = params.get("ServerSideEncryption") in KMS
        if not is_kms and not any(member in params for member in OTHER_KEYS):
            return
        if bucket is not None and bucket.key_protect is not None:
            raise S3Error(errors.KEY_PROTECT_SSE_C)
        if is_kms and "SSEKMSKeyId" in params:
            raise S3Error(errors.SSE_C_NO_KEY, ArgumentName=HEADER)

    def require_lister(self, context: Context) -> None:
        """Refuse a list of no instance."""
        require_named(context)

    def is_listed(self, context: Context, bucket: Bucket) -> bool:
        """Whether the instance that asks may list a bucket; one that was made by hand is everybody's."""
        return bucket.instance in {None, context.request_info.instance}

    def bucket_fields(self, bucket: Bucket) -> KeyProtectFields:
        """Return the members in which HeadBucket reports Key Protect: also that it is not used (public)."""
        return key_protect_fields(bucket) or {"IBMSSEKPEnabled": False}

    def list_fields(self, bucket: Bucket) -> KeyProtectFields:
        """Return the members that tell of Key Protect."""
        return key_protect_fields(bucket)


def require_named(context: Context) -> None:
    """Refuse a request with a token of IAM's that does not name its instance (documented; the words: assumed).

    HMAC keys belong to an instance, so they need not name it (documented).
    """
    if context.request_info.lacks_instance:
        raise S3Error(errors.INSTANCE_MISSING, ArgumentName=INSTANCE_HEADER)


def require_key_protect(params: Mapping[str, Any]) -> None:
    """Refuse another algorithm than AES256, and algorithm or root key alone (documented; the words: assumed)."""
    algorithm, crn = params.get("IBMSSEKPEncryptionAlgorithm"), params.get("IBMSSEKPCustomerRootKeyCrn")
    if algorithm is not None and algorithm.strip('"') != AES256:  # IBM's own example has quotes
        raise S3Error(errors.KEY_PROTECT_ALGORITHM, ArgumentName=ALGORITHM_HEADER, ArgumentValue=algorithm)
    if (algorithm is None) != (crn is None):
        raise S3Error(errors.KEY_PROTECT_HALF, ArgumentName=ALGORITHM_HEADER)


def key_protect_fields(bucket: Bucket) -> KeyProtectFields:
    """Return the members that tell of Key Protect; absent without (documented)."""
    if bucket.key_protect is None:
        return {}
    return {"IBMSSEKPEnabled": True, "IBMSSEKPCrkId": bucket.key_protect}


def list_buckets_extended(context: Context, params: ListBucketsExtendedRequest) -> ListBucketsExtendedOutput:
    """Return the instance's buckets with their LocationConstraint, in pages (documented).

    `Marker` is the name after which the page begins; `NextMarker` is the page's last name (assumed).
    """
    require_named(context)
    prefix, marker = params.get("Prefix") or "", params.get("Marker") or ""
    largest = context.limits.max_keys
    maximum = min(integer(params, "MaxKeys", "max-keys", largest), largest)
    buckets = [
        bucket
        for name, bucket in context.store.buckets.items()
        if bucket.account == context.caller.account
        and name.startswith(prefix)
        and name > marker
        and context.rules().is_listed(context, bucket)
    ]
    page = buckets[:maximum]
    owner = context.caller.canonical_id
    assert owner is not None  # `access_control` lets nobody list buckets
    result: ListBucketsExtendedOutput = {
        "Owner": {"ID": owner, "DisplayName": owner},
        "MaxKeys": maximum,
        "Prefix": prefix,
        "Marker": marker,
        "IsTruncated": 0 < len(page) < len(buckets),
        "Buckets": [
            {
                "Name": bucket.name,
                "CreationDate": bucket.created,
                "LocationConstraint": bucket.location or context.dialect.location,
            }
            for bucket in page
        ],
    }
    if result["IsTruncated"]:
        result["NextMarker"] = page[-1].name
    return result
