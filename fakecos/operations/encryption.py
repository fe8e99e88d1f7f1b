"""Server-side encryption: what a request asks for, and whether its customer key is the right one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING, Any

from fakecos.facts import dates, errors
from fakecos.facts.errors import S3Error
from fakecos.model.encryption import DEFAULT, SSE_C, SSE_KMS, SSE_KMS_DSSE, SSE_S3, Encryption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.facts.errors import ErrorSpec
    from fakecos.model.bucket import Bucket
    from fakecos.model.upload import MultipartUpload
    from fakecos.operations.context import Context
    from fakecos.wire.types import (
        CompleteMultipartUploadRequest,
        EncryptionContextFields,
        EncryptionFields,
        ListPartsRequest,
        NewObjectRequest,
        SettledEncryptionRequest,
    )

HEADER = "x-amz-server-side-encryption"
CUSTOMER_ALGORITHM = "AES256"
CUSTOMER_KEY_SIZE = 32
BUCKET_DEFAULT = "ServerSideEncryptionConfiguration"
BLOCKED = "BlockedEncryptionTypes"
MANAGED_KEY = "8f3c1d2e-5b6a-4c7d-9e0f-1a2b3c4d5e6f"


def requested(context: Context, params: NewObjectRequest) -> Encryption:
    """Return the encryption that a Put, Create or Copy asks for; if it asks for none, the bucket's default.

    Raises InvalidArgument for an unknown method, and for a KMS key without the method (public).
    """
    method = params.get("ServerSideEncryption")
    key_md5 = written_key(context, params, method=method)
    if key_md5 is not None:
        return Encryption(SSE_C, key_md5=key_md5)
    kms_key = params.get("SSEKMSKeyId")
    require_kms_form(params)
    if method is not None and method not in context.dialect.encryptions:
        raise S3Error(errors.SSE_UNKNOWN, ArgumentName=HEADER, ArgumentValue=method)
    if method in {SSE_KMS, SSE_KMS_DSSE}:
        require_signature(context)
        bucket_key = params.get("BucketKeyEnabled")
        return Encryption(
            method,
            kms_key_id=kms_key or managed_key(context),
            kms_context=params.get("SSEKMSEncryptionContext"),
            bucket_key=bucket_key if isinstance(bucket_key, bool) else default_of(context).bucket_key,
        )
    if kms_key is not None or "SSEKMSEncryptionContext" in params:
        raise S3Error(errors.SSE_KMS_KEY_WITHOUT_KMS, ArgumentName=HEADER)
    return DEFAULT if method is not None else default_of(context)


def managed_key(context: Context) -> str:
    """Return the key that S3 takes when a request for SSE-KMS names none: the account's `aws/s3` (documented)."""
    return f"arn:aws:kms:{context.request_info.region}:{context.caller.account}:key/{MANAGED_KEY}"


def require_signature(context: Context) -> None:
    """Refuse a request about an object under SSE-KMS over plain http, unsigned, or signed by version 2.

    Source: documented and reported, aws-changes 38; that the connection is looked at first: assumed, as for SSE-C.
    """
    if not context.takes_secrets:
        raise S3Error(errors.SSE_KMS_INSECURE, ArgumentName=HEADER)
    info = context.request_info
    if info.lacks_version_4:
        raise S3Error(errors.SSE_KMS_NEEDS_V4, ArgumentName="Authorization", ArgumentValue=info.authorization or "null")


def rule_of(context: Context) -> dict[str, Any]:
    """Return the rule of the bucket's default encryption; empty if there is none."""
    bucket = context.bucket
    document = bucket.configurations.get(BUCKET_DEFAULT) if bucket is not None else None
    return {} if document is None else dict(document["Rules"][0])


def default_of(context: Context) -> Encryption:
    """Return how the bucket encrypts what names no encryption of its own (documented); without a rule with SSE-S3."""
    rule = rule_of(context)
    if not rule:
        return DEFAULT
    asked = rule["ApplyServerSideEncryptionByDefault"]
    if asked["SSEAlgorithm"] == SSE_S3:
        return DEFAULT
    require_signature(context)
    key = asked.get("KMSMasterKeyID") or managed_key(context)
    return Encryption(asked["SSEAlgorithm"], kms_key_id=key, bucket_key=rule["BucketKeyEnabled"])


def configured_types(bucket: Bucket) -> list[str] | None:
    """Return what a PutBucketEncryption said that the bucket blocks, None if none said it."""
    document = bucket.configurations.get(BUCKET_DEFAULT)
    said = None if document is None else document["Rules"][0].get(BLOCKED)
    return None if said is None else list(said["EncryptionType"])


def blocked_types(bucket: Bucket) -> list[str] | None:
    """Return what a bucket blocks: as it was configured, else as it was made; None if nobody said (aws-changes 1)."""
    said = configured_types(bucket)
    return [SSE_C] if said is None and bucket.blocks_sse_c else said


def require_not_blocked(context: Context, params: Mapping[str, Any]) -> None:
    """Refuse SSE-C where the bucket blocks it, whatever the key is (aws-changes 1).

    The operation's name is the action: reported of CopyObject, documented of PutObject. Callers of other accounts are
    not told why (documented).
    """
    bucket, caller = context.bucket, context.caller
    if bucket is None or not context.dialect.blocks_sse_c or SSE_C not in (blocked_types(bucket) or ()):
        return
    explanation = why_blocked(bucket)
    if caller.account != bucket.account:
        raise S3Error(errors.ACCESS_DENIED, explanation=explanation)
    raise S3Error(
        errors.SSE_C_BLOCKED,
        explanation=explanation,
        user=caller.arn,
        action=f"s3:{context.request_info.operation}",
        resource=f"arn:aws:s3:::{bucket.name}/{params['Key']}",
    )


def why_blocked(bucket: Bucket) -> str:
    """Return what a test's author should know of the refusal: what did it, and the ways on."""
    fact = dates.SSE_C_BLOCKED
    said = f"the bucket {bucket.name} blocks SSE-C (GetBucketEncryption shows BlockedEncryptionTypes SSE-C)"
    allow = 'PutBucketEncryption with BlockedEncryptionTypes={"EncryptionType": ["NONE"]}'
    if configured_types(bucket) is not None:
        return f"{said}, since its encryption configuration says so. To allow it: {allow}."
    return (
        f"{said}, as every new bucket of S3 does since {fact.day}. To allow it: {allow}, or make the bucket by "
        f'cos.create_bucket("{bucket.name}", sse_c="allowed"), or imitate the S3 of before: '
        f'FakeCOS(as_of="{fact.last_day}").'
    )


def require_kms_form(params: NewObjectRequest) -> None:
    """Refuse a KMS context that is no base64 of a JSON object, and a bucket key that is neither true nor false."""
    context = params.get("SSEKMSEncryptionContext")
    if context is not None:
        try:
            decoded = json.loads(base64.b64decode(context, validate=True))
        except (ValueError, RecursionError):  # the latter: too deep for a reader
            decoded = None
        strings = isinstance(decoded, dict) and all(isinstance(value, str) for value in decoded.values())
        if not strings:
            name = f"{HEADER}-context"
            raise S3Error(errors.INVALID_KMS_CONTEXT, ArgumentName=name, ArgumentValue=context)
    bucket_key = params.get("BucketKeyEnabled")
    if not isinstance(bucket_key, (bool, type(None))):
        name = f"{HEADER}-bucket-key-enabled"
        raise S3Error(errors.INVALID_BUCKET_KEY, ArgumentName=name, ArgumentValue=bucket_key)


def customer_key(
    context: Context,
    params: Mapping[str, Any],
    *,
    prefix: str = "",
    method: str | None = None,
    is_write: bool = False,
    may_be_blocked: bool = False,
) -> str | None:
    """Return the MD5 of the customer's key, None if the request has none; judge the three headers.

    The words are those recorded for PutObject (aws-multipart 48), the order is public: a secure connection, the
    algorithm, the key, its MD5, whether that is the key's, the algorithm's value, the key's length. `prefix` is
    `CopySource` for the triple that opens the source of a copy. Without an MD5 header "" is returned, since
    operations differ in what they say to that. A key of a wrong length is refused, but to a read (`is_write` is
    false) one that is too long is just the wrong one: recorded aws-multipart 49 has both, since its "no-md5" is a key
    of 44 bytes on the wire, because clients encode a key and add its MD5. `may_be_blocked`: it is for what is stored,
    which the bucket may refuse before the key is looked at (aws-changes 1; that https comes first: assumed).
    """
    algorithm = params.get(f"{prefix}SSECustomerAlgorithm")
    key = params.get(f"{prefix}SSECustomerKey")
    key_md5 = params.get(f"{prefix}SSECustomerKeyMD5")
    if algorithm is None and key is None and key_md5 is None:
        return None
    if not context.takes_secrets:
        raise S3Error(errors.SSE_C_INSECURE, ArgumentName=HEADER)
    if may_be_blocked:
        require_not_blocked(context, params)
    if method is not None:
        raise S3Error(errors.SSE_C_WITH_SSE, ArgumentName=HEADER, ArgumentValue=method)
    if algorithm is None:
        raise S3Error(errors.SSE_C_NO_ALGORITHM, ArgumentName=HEADER)
    if key is None:
        raise S3Error(errors.SSE_C_NO_KEY, ArgumentName=HEADER)
    raw = _decoded(key)
    if key_md5 is not None and md5_text(raw) != key_md5:
        raise S3Error(errors.SSE_C_KEY_MD5_MISMATCH, ArgumentName=HEADER)
    if algorithm != CUSTOMER_ALGORITHM:
        raise S3Error(errors.SSE_C_ALGORITHM, ArgumentName=HEADER, ArgumentValue=algorithm)
    if len(raw) < CUSTOMER_KEY_SIZE or (is_write and len(raw) > CUSTOMER_KEY_SIZE):
        raise S3Error(errors.SSE_C_INVALID_KEY, ArgumentName=HEADER)
    return key_md5 or ""


def _decoded(key: str) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return b""


def md5_text(key: bytes) -> str:
    """Return what is kept of a customer's key, and sent with it: its MD5 in base64."""
    return base64.b64encode(hashlib.md5(key, usedforsecurity=False).digest()).decode("ascii")


def written_key(
    context: Context,
    params: Mapping[str, Any],
    *,
    method: str | None = None,
    without_md5: ErrorSpec = errors.SSE_C_INVALID_KEY,
    may_be_blocked: bool = True,
) -> str | None:
    """Return the MD5 of the key that a write comes with; without its MD5 header it is refused.

    PutObject and UploadPart say that in different words (recorded aws-multipart 48; public).
    """
    context.rules().require_encryption(context.bucket, params)
    key_md5 = customer_key(context, params, method=method, is_write=True, may_be_blocked=may_be_blocked)
    if key_md5 == "":
        raise S3Error(without_md5, ArgumentName=HEADER)
    return key_md5


def require_no_method(params: SettledEncryptionRequest) -> None:
    """Refuse the headers of SSE-S3 and SSE-KMS where a write has settled them: on parts and on Complete (public).

    On reads they are 400 as well (documented; in these words: public).
    """
    method = params.get("ServerSideEncryption")
    if method is not None:
        raise S3Error(errors.SSE_NOT_HERE, ArgumentName=HEADER, ArgumentValue=method, header=HEADER)
    if params.get("SSEKMSKeyId") is not None:
        raise S3Error(errors.SSE_KMS_KEY_WITHOUT_KMS, ArgumentName=HEADER)


def part_key(context: Context, params: SettledEncryptionRequest, *, may_be_blocked: bool = True) -> str | None:
    """Return the MD5 of the key that a part comes with. Raises what `require_no_method` raises."""
    require_no_method(params)
    return written_key(context, params, without_md5=errors.SSE_C_NO_KEY_MD5, may_be_blocked=may_be_blocked)


def require_readable(context: Context, params: Mapping[str, Any], stored: Encryption, *, prefix: str = "") -> None:
    """Refuse to read an object without the key that it was written with (recorded aws-multipart 49)."""
    key_md5 = customer_key(context, params, prefix=prefix)
    if not stored.is_customer:
        if key_md5 is not None:
            raise S3Error(errors.SSE_C_NOT_APPLICABLE)
        if stored.kms_key_id is not None:
            require_signature(context)
        return
    if key_md5 is None:
        raise S3Error(errors.SSE_C_NEEDED)
    if key_md5 != stored.key_md5:
        raise S3Error(errors.SSE_C_WRONG_KEY)


def require_part_key(context: Context, key_md5: str | None, upload: Encryption) -> None:
    """Refuse a part whose customer key is missing, not asked for, or another (recorded aws-multipart 47).

    Under SSE-KMS it must be signed by version 4, as every PUT (documented: aws-changes 38).
    """
    if upload.kms_key_id is not None:
        require_signature(context)
    if (key_md5 is not None) != upload.is_customer:
        raise S3Error(errors.UPLOAD_ENCRYPTION_DIFFERS)
    if key_md5 != upload.key_md5:
        raise S3Error(errors.UPLOAD_KEY_DIFFERS)


def fields_of(encryption: Encryption) -> EncryptionFields:
    """Return the members that report the encryption on an answer."""
    if encryption.is_customer:
        return {"SSECustomerAlgorithm": CUSTOMER_ALGORITHM, "SSECustomerKeyMD5": encryption.key_md5}
    if encryption.kms_key_id is None:
        return {"ServerSideEncryption": encryption.method}
    fields: EncryptionFields = {"ServerSideEncryption": encryption.method, "SSEKMSKeyId": encryption.kms_key_id}
    if encryption.bucket_key:
        fields["BucketKeyEnabled"] = True
    return fields


def context_of(encryption: Encryption) -> EncryptionContextFields:
    """Return the member that Create and Put, and no other operation, answer for a KMS context."""
    return {} if encryption.kms_context is None else {"SSEKMSEncryptionContext": encryption.kms_context}


def require_completing_key(context: Context, params: CompleteMultipartUploadRequest, upload: MultipartUpload) -> None:
    """Judge the customer key of a Complete: needed where the upload has checksums, else it may be left out (public)."""
    key_md5 = customer_key(context, params)
    sse = upload.attributes.encryption
    has_checksums = sse.is_customer and upload.algorithm is not None
    if has_checksums if key_md5 is None else key_md5 != sse.key_md5:
        raise S3Error(errors.SSE_C_NEEDED_TO_COMPLETE)


def require_listing_key(context: Context, params: ListPartsRequest, upload: Encryption) -> None:
    """Judge the customer key of a ListParts, which may be left out (documented); a wrong one is refused (assumed)."""
    key_md5 = part_key(context, params, may_be_blocked=False)
    if key_md5 is not None:
        require_part_key(context, key_md5, upload)
