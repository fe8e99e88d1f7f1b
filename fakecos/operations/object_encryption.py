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
LAST_COLON = 5
LACKING = {2: "AWS partition", 3: "service", 4: "AWS region partition", 5: "AWS account"}  # by the number of pieces
UPDATED = frozenset({SSE_S3, SSE_KMS})


def update_object_encryption(context: Context, params: UpdateObjectEncryptionRequest) -> UpdateObjectEncryptionOutput:
    """Encrypt a version with SSE-KMS, or with another key or a bucket key of it (documented: aws-changes 5).

    Its ETag, its time, its checksums and all that it carries stay. The object comes before the key (public:
    aws-measured 27), the rest of the order is assumed.
    Raises MalformedXML; InvalidRequest: a signature of SigV2, another type than SSE-KMS, a key that is no ARN of one,
    an object of SSE-C or DSSE-KMS; AccessDenied: a key of another account, a locked object; what `object_to_change`
    raises.
    """
    if context.request_info.signature_version == SIGV2:
        raise S3Error(errors.UPDATE_NEEDS_SIGV4)
    bucket = bucket_of(context, params)
    document: Any = params["ObjectEncryption"]
    if len(document) != 1:
        raise S3Error(errors.MALFORMED_XML)
    require_named_with_bucket(bucket, params)
    stored = object_to_change(bucket, params, "PUT")
    wanted = requested(bucket, document)
    if stored.attributes.encryption.method not in UPDATED:
        raise S3Error(errors.UPDATE_OF_OTHER_TYPE)
    if object_lock.is_protected(stored, context.now()):
        raise S3Error(errors.UPDATE_OF_LOCKED)
    bucket.replace(stored.changed(attributes=stored.attributes.changed(encryption=wanted)))
    return {}


def requested(bucket: Bucket, document: Any) -> Encryption:
    """Return the encryption that a document asks for: SSE-KMS, with a full ARN (public: aws-measured 27)."""
    asked = document.get("SSEKMS")
    if asked is None:
        raise S3Error(errors.UPDATE_TO_OTHER_TYPE, type="SSE-S3")
    arn = asked["KMSKeyArn"]
    require_arn(arn)
    match = re.fullmatch(KMS_KEY, arn)
    if match is None or len(arn) > MAX_ARN:
        raise S3Error(errors.UPDATE_KEY_FORM)
    bucket_key = asked.get("BucketKeyEnabled", False)
    if not isinstance(bucket_key, bool):
        raise S3Error(errors.UPDATE_BUCKET_KEY, value=bucket_key)
    if match[1] != bucket.account:
        raise S3Error(errors.UPDATE_KEY_OF_OTHER_ACCOUNT)
    return Encryption(SSE_KMS, kms_key_id=arn, bucket_key=bucket_key)


def require_arn(arn: str) -> None:
    """Refuse what is no ARN, and say what it lacks (public: aws-measured 27). Raises InvalidRequest."""
    if not arn:
        raise S3Error(errors.UPDATE_WITHOUT_KEY)
    pieces = arn.split(":", LAST_COLON)
    fault = None
    if not arn.startswith("arn:"):
        fault = "Malformed ARN - doesn't start with 'arn:'"
    elif len(pieces) <= LAST_COLON:
        fault = f"Malformed ARN - no {LACKING[len(pieces)]} specified"
    elif not pieces[-1]:
        fault = "Malformed ARN - no resource specified"
    elif pieces[-1].endswith("/"):
        fault = "resource cannot be empty"
    if fault is not None:
        raise S3Error(errors.UPDATE_KEY_MALFORMED, fault=fault)
