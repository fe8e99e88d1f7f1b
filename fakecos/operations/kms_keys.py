"""The keys of KMS that a request uses, for who is asked whether they may use them (documented: aws-permissions 3).

Keys are not kept here: what a test names is taken to be there, and its own policy to leave it to the policies of users,
as the default policy of a key does.
"""

from __future__ import annotations

import base64
import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fakecos.model.encryption import SSE_KMS, SSE_KMS_DSSE
from fakecos.operations.encryption import MANAGED_KEY, rule_of
from fakecos.operations.required_actions import NOTHING, KmsKey, Known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.model.encryption import Encryption
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context

MANAGED_ALIAS = "alias/aws/s3"
OF_UPLOADS = frozenset({"CompleteMultipartUpload", "ListParts", "UploadPart", "UploadPartCopy"})
NEW = frozenset({"CopyObject", "CreateMultipartUpload", "PutObject"})
READING = frozenset({"GetObject", "GetObjectAttributes", "HeadObject", "SelectObjectContent", "UpdateObjectEncryption"})
CONTEXT_ARN = "aws:s3:arn"
"""What S3 adds to the encryption context: the object, or its bucket where a bucket key is used (documented)."""


def known_of(context: Context, bucket: Bucket, operation: str, params: Mapping[str, Any]) -> Known:
    """Return which keys a request uses, besides the source of a copy."""
    if operation in OF_UPLOADS:
        upload = bucket.uploads.get(params.get("UploadId", ""))
        used = None if upload is None else _used(context, bucket, upload.attributes.encryption, params)
        return Known(written=used)
    if operation in NEW:
        return Known(written=_asked_for(context, bucket, params))
    if operation not in READING:
        return NOTHING
    asked = ((params.get("ObjectEncryption") or {}).get("SSEKMS") or {}).get("KMSKeyArn")
    written = None if asked is None else _key(context, bucket, asked, params, bucket_key=False)
    return Known(written=written, read=key_of_stored(context, bucket, params))


def known_of_source(context: Context, bucket: Bucket, source: Mapping[str, Any], params: Mapping[str, Any]) -> Known:
    """Return the key of the source of a copy, and whether its tags are copied.

    Keys are looked for only where policies of the caller's own are judged, or what they would have to allow is noted.
    """
    stored = _stored(bucket, source)
    if stored is None:
        return NOTHING
    copies_tags = "UploadId" not in params and params.get("TaggingDirective", "COPY") == "COPY"
    is_asked_for = context.caller.policies is not None or context.asked is not None
    read = key_of_stored(context, bucket, source) if is_asked_for else None
    return Known(read=read, tags=copies_tags and bool(stored.attributes.tags))


def _stored(bucket: Bucket, params: Mapping[str, Any]) -> StoredObject | None:
    key, version = params.get("Key", ""), params.get("VersionId")
    if version is None:
        return bucket.objects.get(key)
    found = bucket.version(key, version)
    return None if found is None or found.is_delete_marker else found


def key_of_stored(context: Context, bucket: Bucket, params: Mapping[str, Any]) -> KmsKey | None:
    """Return the key that the object or version of a request is encrypted with, None for none."""
    stored = _stored(bucket, params)
    if stored is None:
        return None
    return _used(context, bucket, stored.attributes.encryption, params)


def _used(context: Context, bucket: Bucket, used: Encryption, params: Mapping[str, Any]) -> KmsKey | None:
    if used.kms_key_id is None:
        return None
    return _key(context, bucket, used.kms_key_id, params, bucket_key=bool(used.bucket_key), given=used.kms_context)


def _asked_for(context: Context, bucket: Bucket, params: Mapping[str, Any]) -> KmsKey | None:
    """Return the key that a new object is to be encrypted with: as the request says, else as the bucket does."""
    method, rule = params.get("ServerSideEncryption"), rule_of(context)
    bucket_key = bool(params.get("BucketKeyEnabled", rule.get("BucketKeyEnabled")))
    if method is None and "SSECustomerAlgorithm" not in params and rule:
        default = rule["ApplyServerSideEncryptionByDefault"]
        method, named = default["SSEAlgorithm"], default.get("KMSMasterKeyID")
    else:
        named = params.get("SSEKMSKeyId")
    if method not in {SSE_KMS, SSE_KMS_DSSE}:
        return None
    given = params.get("SSEKMSEncryptionContext")
    return _key(context, bucket, named or MANAGED_ALIAS, params, bucket_key=bucket_key, given=given)


def _key(
    context: Context,
    bucket: Bucket,
    named: str,
    params: Mapping[str, Any],
    *,
    bucket_key: bool,
    given: str | None = None,
) -> KmsKey:
    pairs: dict[str, str] = {}
    with suppress(ValueError, TypeError, RecursionError):  # what is no context is refused by the operation
        pairs.update(json.loads(base64.b64decode(given or "e30=")))
    arn = f"arn:aws:s3:::{bucket.name}" + ("" if bucket_key else f"/{params.get('Key')}")
    pairs.setdefault(CONTEXT_ARN, arn)
    is_managed = named.endswith((MANAGED_KEY, MANAGED_ALIAS))
    return KmsKey(_arn(context, named, is_managed=is_managed), is_managed, pairs)


def _arn(context: Context, named: str, *, is_managed: bool) -> str:
    """Return the ARN of a key by its id, its ARN, its alias, or an alias's ARN."""
    front = f"arn:aws:kms:{context.request_info.region}:{context.caller.account}"
    if named.startswith("arn:"):
        front = ":".join(named.split(":")[:5])
        named = named.split(":", 5)[-1]
    if is_managed:
        return f"{front}:key/{MANAGED_KEY}"
    if named.startswith("alias/"):
        digest = hashlib.sha256(f"{front}:{named}".encode()).hexdigest()
        named = f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
    return f"{front}:key/{named.removeprefix('key/')}"
