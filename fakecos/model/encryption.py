"""How an object or an upload is encrypted. Of a customer's key only the MD5 is ever kept (law 9)."""

from __future__ import annotations

from typing import NamedTuple

SSE_C = "SSE-C"
SSE_S3 = "AES256"
SSE_KMS = "aws:kms"
SSE_KMS_DSSE = "aws:kms:dsse"


class Encryption(NamedTuple):
    """One way of encryption.

    `method` is SSE-C or the value of x-amz-server-side-encryption. `key_md5` is the MD5 of a customer's key, in
    base64; the key itself is never kept. The other fields are those of SSE-KMS.
    """

    method: str
    key_md5: str | None = None
    kms_key_id: str | None = None
    kms_context: str | None = None
    bucket_key: bool | None = None

    @property
    def is_customer(self) -> bool:
        """Whether the key is the customer's (SSE-C)."""
        return self.method == SSE_C

    @property
    def etag_is_md5(self) -> bool:
        """Whether ETags are MD5 digests: only with SSE-S3 (documented; recorded for SSE-C, aws-multipart 45)."""
        return self.method == SSE_S3


DEFAULT = Encryption(SSE_S3)
