"""The aws-chunked framing, on bytes: hex size, data, a final chunk of no bytes, trailers.

Law of this file: what is not exactly the documented form is refused. AWS also takes a body without its last
CRLF, and junk after it (public: OpenStack Swift's tests that run on AWS); no client sends such a thing on
purpose, so it is refused here (at least as strict as the service).

Form: documented, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
Chunks", and with trailers. Which error each fault gets: the `Framing` rows of `fakecos.facts.errors`.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MIN_CHUNK_SIZE

_LONGEST_LINE = 8192
_LONGEST_SIZE = 16
_CRLF = b"\r\n"
_HEX = frozenset(b"0123456789abcdefABCDEF")
_TRAILER_SIGNATURE = "x-amz-trailer-signature"


class Framing(NamedTuple):
    """What x-amz-content-sha256 says of the chunks: the form of their first line, and of what follows the last.

    `signature`: hex digits of each chunk's signature, 0 if there is none, None if there may be one or not.
    `trailers`: whether checksum trailers may come; `signed_trailers`: whether at least one must, with a signature
    as the last line.
    """

    signature: int | None
    trailers: bool
    signed_trailers: bool = False


class Verifier(Protocol):
    """What knows the keys, and refuses a chunk or trailers that are not the ones that were signed."""

    def require_chunk(self, signature: str, data: bytes | memoryview) -> None:
        """Judge the next chunk; the last one is empty."""

    def require_trailers(self, signature: str, lines: bytes) -> None:
        """Judge the trailers, as lines of `name:value`."""


_HMAC = 64
_ECDSA = 144  # DER, so shorter at times and then filled up with asterisks

FRAMINGS: dict[str, Framing] = {
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER": Framing(0, trailers=True),
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": Framing(_HMAC, trailers=False),
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": Framing(_HMAC, trailers=True, signed_trailers=True),
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD": Framing(_ECDSA, trailers=False),
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER": Framing(_ECDSA, trailers=True, signed_trailers=True),
}
BY_ENCODING = Framing(None, trailers=True)
"""Content-Encoding names aws-chunked and no STREAMING value says more: SigV2, IAM, unsigned requests."""


def join(raw: bytes, framing: Framing, verifier: Verifier | None = None) -> tuple[bytes, int]:
    """Return the payload and the offset after the final chunk's line; each byte is copied once.

    Raises BODY_TERMINATED (malformed, or it ends too early) and CHUNK_TOO_SMALL, and what the verifier raises.
    """
    view = memoryview(raw)
    data: list[memoryview] = []
    at = 0
    while True:
        size, signature, at = _size_line(raw, at, framing)
        if size == 0:
            if verifier is not None:
                verifier.require_chunk(signature, b"")
            return b"".join(data), at
        # The number that AWS gives is that of the chunk whose line follows the small one (public).
        if data and len(data[-1]) < MIN_CHUNK_SIZE:
            raise S3Error(errors.CHUNK_TOO_SMALL, Chunk=len(data) + 1, BadChunkSize=len(data[-1]))
        end = at + size
        if raw[end : end + 2] != _CRLF:
            raise S3Error(errors.BODY_TERMINATED)
        data.append(view[at:end])
        if verifier is not None:
            verifier.require_chunk(signature, data[-1])
        at = end + 2


def frame(data: bytes, trailers: dict[str, str]) -> bytes:
    """Return a payload as a client sends it: one unsigned chunk, the final one, and the trailers."""
    lines = [f"{name}:{value}".encode() for name, value in trailers.items()]
    first = [f"{len(data):x}".encode(), data] if data else []
    return _CRLF.join([*first, b"0", *lines, b"", b""])


def read_trailers(raw: bytes, at: int, framing: Framing, verifier: Verifier | None = None) -> dict[str, str]:
    """Return the trailers that stand at an offset, by lower-case name; a repeated one's last value (public).

    Raises BODY_TERMINATED (the last CRLF or a signature is missing, or something follows) and
    MALFORMED_TRAILER (a line that is no `name:value`), and what the verifier raises.
    """
    trailers: dict[str, str] = {}
    signed = b""
    signature: bytes | None = None
    while True:
        line, at = _line(raw, at)
        if not line:
            break
        if signature is not None:
            raise S3Error(errors.MALFORMED_TRAILER)
        name, value = _field(line)
        if framing.signed_trailers and name == _TRAILER_SIGNATURE:
            signature = value.encode()
        else:
            trailers[name] = value
            signed += f"{name}:{value}\n".encode()
    if framing.signed_trailers and not (trailers and signature and _is_signature(signature, framing)):
        raise S3Error(errors.BODY_TERMINATED)
    if at != len(raw):
        # A declared trailer after an empty line was looked for before it, and is missing (public).
        raise S3Error(errors.BODY_TERMINATED if trailers else errors.MALFORMED_TRAILER)
    if verifier is not None and signature is not None:
        verifier.require_trailers(signature.decode("ascii"), signed)
    return trailers


def _line(raw: bytes, at: int) -> tuple[bytes, int]:
    end = raw.find(_CRLF, at, at + _LONGEST_LINE)
    if end < 0:
        raise S3Error(errors.BODY_TERMINATED)
    return raw[at:end], end + 2


def _size_line(raw: bytes, at: int, framing: Framing) -> tuple[int, str, int]:
    """Read `size` or `size;chunk-signature=...`; blanks around the parts are taken (public)."""
    signature = b""
    line, at = _line(raw, at)
    size, semicolon, extension = line.partition(b";")
    size = size.rstrip(b" ") if semicolon else size
    if not 0 < len(size) <= _LONGEST_SIZE or not _HEX.issuperset(size):
        raise S3Error(errors.BODY_TERMINATED)
    if semicolon or framing.signature:
        name, _, signature = extension.partition(b"=")
        signature = signature.strip(b" ")
        if name.strip(b" ") != b"chunk-signature" or not _is_signature(signature, framing):
            raise S3Error(errors.BODY_TERMINATED)
    return int(size, 16), signature.decode("ascii"), at


def _is_signature(text: bytes, framing: Framing) -> bool:
    """Whether a signature has the right form; whether it is right is not judged here."""
    digits = text.rstrip(b"*")
    if not digits or not _HEX.issuperset(digits):
        return False
    if framing.signature == _HMAC:
        return len(digits) == len(text) == _HMAC
    return framing.signature != 0 and len(text) <= _ECDSA


def _field(line: bytes) -> tuple[str, str]:
    name, colon, value = line.partition(b":")
    if not colon or not name.strip() or not line.isascii():
        raise S3Error(errors.MALFORMED_TRAILER)
    return name.decode("ascii").strip().lower(), value.decode("ascii").strip()
