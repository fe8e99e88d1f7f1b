"""Bodies in signed chunks: each chunk is signed together with the signature before it, the first with the header's.

Documented: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks", and with
trailers "... Including Trailing Headers". Errors: public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.auth import canonical_request, clock_skew, credential, sigv4_header, verification

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.auth.sigv4_header import SignedHeader
    from fakecos.wire.messages import HttpRequest

SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def verifier_of(request: HttpRequest, keys: Mapping[str, str]) -> ChunkSignatures | None:
    """Return what verifies the chunks of a request whose header was verified; None if they are not signed."""
    authorization = request.headers.get("authorization", "")
    if not request.headers.get("x-amz-content-sha256", "").startswith(SIGNED):
        return None
    if not authorization.startswith(credential.HMAC):
        return None
    found = sigv4_header.read(authorization)
    text, _ = clock_skew.signed_at(request.headers)
    return ChunkSignatures(keys[found.credential.key], found, text, sigv4_header.canonical_of(request, found))


class ChunkSignatures:
    """The chain of signatures of one body. Raises SignatureDoesNotMatch at the first one that is wrong."""

    def __init__(self, secret: str, found: SignedHeader, moment: str, requested: str) -> None:
        self._secret = secret
        self._found = found
        self._moment = moment
        self._requested = requested
        self._previous = found.signature

    def require_chunk(self, signature: str, data: bytes | memoryview) -> None:
        """Refuse a chunk that is not the one that was signed; the last one is empty."""
        self._require("PAYLOAD", signature, f"{EMPTY}\n{canonical_request.sha256(data)}")

    def require_trailers(self, signature: str, lines: bytes) -> None:
        """Refuse trailers other than those signed; `lines` are `name:value` and a line feed each."""
        self._require("TRAILER", signature, canonical_request.sha256(lines))

    def _require(self, kind: str, signature: str, digests: str) -> None:
        given = self._found.credential
        text = f"{credential.HMAC}-{kind}\n{self._moment}\n{given.scope}\n{self._previous}\n{digests}"
        if canonical_request.sign(self._secret, given, text) != signature:
            raise verification.mismatch(given.key, text, signature, self._requested)
        self._previous = signature
