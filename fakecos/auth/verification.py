"""What verifying a signature needs whatever its version: the secret of a key, and the refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def secret_of(keys: Mapping[str, str], key: str) -> str:
    """Return the secret of an access key. Raises InvalidAccessKeyId."""
    secret = keys.get(key)
    if secret is None:
        raise S3Error(errors.INVALID_ACCESS_KEY, AWSAccessKeyId=key)
    return secret


def mismatch(key: str, text: str, signature: str, canonical: str | None = None) -> S3Error:
    """Return the refusal of a signature, with all that was computed (recorded aws-presigned 9)."""
    fields: dict[str, Any] = {
        "AWSAccessKeyId": key,
        "StringToSign": text,
        "SignatureProvided": signature,
        "StringToSignBytes": _hex(text),
    }
    if canonical is not None:
        fields.update(CanonicalRequest=canonical, CanonicalRequestBytes=_hex(canonical))
    return S3Error(errors.SIGNATURE_MISMATCH, **fields)


def require_no_token(tokens: Iterable[str | None]) -> None:
    """Refuse a session token: the keys that a fake is given are an account's own. Raises InvalidToken (public).

    The signature is judged first (public).
    """
    for token in tokens:
        if token is not None:
            fields: dict[str, Any] = {"Token-0": token}
            raise S3Error(errors.INVALID_TOKEN, **fields)


def unverifiable() -> S3Error:
    """Return the refusal of a SigV4A signature where signatures are verified."""
    return S3Error(errors.OPERATION_NOT_IMPLEMENTED, Operation="SigV4A", operation="Verifying a signature of SigV4A")


def _hex(text: str) -> str:
    return text.encode().hex(" ")
