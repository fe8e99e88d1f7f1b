"""UpdateObjectEncryption: another key for an object that is stored, without writing it anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.encryption import SSE_KMS, SSE_S3, Encryption
from fakecos.operations import object_lock
from fakecos.operations.lookup import bucket_of, object_to_change, require_named_with_bucket

if TYPE_CHECKING:
    from fakecos.model.bucket import Bucket
    from fakecos.operations.context import Context
    from fakecos.wire.types import UpdateObjectEncryptionOutput, UpdateObjectEncryptionRequest

SIGV2 = "AWS"
KMS_KEY = r"arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:([0-9]{12}):key/[a-zA-Z0-9-]+"
MAX_ARN = 2048
UPDATED = frozenset({SSE_S3, SSE_KMS})


def update_object_encryption(context: Context, params: UpdateObjectEncryptionRequest) -> UpdateObjectEncryptionOutput:
    """Encrypt a version with SSE-KMS, or with another key or a bucket key of it (documented: aws-changes 5).

    Its ETag, its time, its checksums and all that it carries stay. Messages are documented, their order is assumed.
    Raises InvalidRequest: a signature of SigV2, another type than SSE-KMS, a key that is no ARN of one, an object of
    SSE-C or DSSE-KMS; AccessDenied: a key of another account, a locked object; what `object_to_change` raises.
    """
    if context.request_info.signature_version == SIGV2:
        raise S3Error(errors.UPDATE_NEEDS_SIGV4)
    bucket = bucket_of(context, params)
    wanted = requested(bucket, params["ObjectEncryption"])
    require_named_with_bucket(bucket, params)
    stored = object_to_change(bucket, params, "PUT")
    if stored.attributes.encryption.method not in UPDATED:
        raise S3Error(errors.UPDATE_OF_OTHER_TYPE)
    if object_lock.is_protected(stored, context.now()):
        raise S3Error(errors.UPDATE_OF_LOCKED)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(encryption=wanted)))
    return {}


def requested(bucket: Bucket, document: Any) -> Encryption:
    """Return the encryption that a document asks for; only SSE-KMS can be asked for, with a full ARN (documented)."""
    if "DSSEKMS" in document or "SSEC" in document:
        raise S3Error(errors.UPDATE_TO_OTHER_TYPE)
    asked = document.get("SSEKMS")
    if asked is None:
        raise S3Error(errors.UPDATE_TO_NO_TYPE)
    arn = asked.get("KMSKeyArn")
    if not arn:
        raise S3Error(errors.UPDATE_WITHOUT_KEY)
    match = re.fullmatch(KMS_KEY, arn)
    if match is None or len(arn) > MAX_ARN:
        raise S3Error(errors.UPDATE_KEY_FORM)
    bucket_key = asked.get("BucketKeyEnabled", False)
    if not isinstance(bucket_key, bool):
        raise S3Error(errors.UPDATE_BUCKET_KEY)
    if match[1] != bucket.account:
        raise S3Error(errors.UPDATE_KEY_OF_OTHER_ACCOUNT)
    return Encryption(SSE_KMS, kms_key_id=arn, bucket_key=bucket_key)
