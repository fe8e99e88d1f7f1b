"""How an object or an upload is encrypted. Of a customer's key only the MD5 is ever kept (law 9)."""

from __future__ import annotations

SSE_C = "SSE-C"
SSE_S3 = "AES256"
SSE_KMS = "aws:kms"
SSE_KMS_DSSE = "aws:kms:dsse"
SSE_C_SETTINGS = {"allowed": "NONE", "blocked": SSE_C}
"""What a bucket may be made to do with keys of the customer, and the type that it then says it blocks."""


class Encryption:
    """One way of encryption. It is never changed.

    - `method`: SSE-C or the value of x-amz-server-side-encryption.
    - `key_md5`: the MD5 of a customer's key, in base64; the key itself is never kept.
    - `kms_key_id`, `kms_context`, `bucket_key`: those of SSE-KMS.
    - `is_customer`: whether the key is the customer's (SSE-C).
    - `etag_is_md5`: whether ETags are MD5 digests: only with SSE-S3 (documented; recorded for SSE-C, aws-multipart 45).
    """

    __slots__ = ("bucket_key", "etag_is_md5", "is_customer", "key_md5", "kms_context", "kms_key_id", "method")

    def __init__(
        self,
        method: str,
        key_md5: str | None = None,
        kms_key_id: str | None = None,
        kms_context: str | None = None,
        *,
        bucket_key: bool | None = None,
    ) -> None:
        self.method = method
        self.key_md5 = key_md5
        self.kms_key_id = kms_key_id
        self.kms_context = kms_context
        self.bucket_key = bucket_key
        self.is_customer = method == SSE_C
        self.etag_is_md5 = method == SSE_S3

    def __repr__(self) -> str:
        return f"<Encryption {self.method}>"


DEFAULT = Encryption(SSE_S3)
