"""What tests say of encryption."""

from __future__ import annotations

from typing import Any

from fakecos.contract.steps.names import BUCKET


def allow_sse_c(client: Any, bucket: str = BUCKET) -> None:
    """Let a bucket take keys of the customer, which a new one blocks (aws-changes 1)."""
    rule = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
        "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
    }
    client.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
