"""The aws-chunked framing, on bytes: hex size, data, a final chunk of no bytes, trailers.

Law of this file: what is not exactly the documented form is refused. AWS also takes a body without its last
CRLF, and junk after it (public: OpenStack Swift's tests that run on AWS); no client sends such a thing on
purpose, so it is refused here (at least as strict as the service).

Form: documented, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
Chunks", and with trailers. Which error each fault gets: the `Framing` rows of `fakecos.facts.errors`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple, Protocol

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.facts.limits import MIN_CHUNK_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Self

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


class FramedBody:
    """A body with its framing, in pieces that may be cut anywhere, none of them empty; each is let go once it is read.

    `line` and `copy` raise BODY_TERMINATED where the body ends too early. At the end of a `with` block what is left is
    read and forgotten: hardly any client looks for an answer before it has sent everything.
    """

    __slots__ = ("_at", "_piece", "_pieces")

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = b""
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._next():
            pass

    def line(self) -> bytes:
        """Return the next line, without its end. BODY_TERMINATED: it has none, or is too long."""
        while (end := self._piece.find(_CRLF, self._at, self._at + _LONGEST_LINE)) < 0:
            begun = self._piece[self._at :]
            if len(begun) >= _LONGEST_LINE or not self._next():
                raise S3Error(errors.BODY_TERMINATED)
            self._piece = begun + self._piece
        line = self._piece[self._at : end]
        self._at = end + 2
        return line

    def copy(self, size: int, held: io.BytesIO) -> None:
        """Let `held` have the next `size` bytes."""
        while size:
            with memoryview(self._piece)[self._at : self._at + size] as view:
                size -= held.write(view)
                self._at += len(view)
            if size and not self._next():
                raise S3Error(errors.BODY_TERMINATED)

    def is_read(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._piece) and not self._next()

    def _next(self) -> bool:
        self._piece, self._at = next(self._pieces, b""), 0
        return bool(self._piece)


def join(body: FramedBody, framing: Framing, verifier: Verifier | None = None) -> bytes:
    """Return the payload, read up to the final chunk's line; each byte is copied once.

    Raises BODY_TERMINATED (malformed, or it ends too early) and CHUNK_TOO_SMALL, and what the verifier raises.
    """
    held = io.BytesIO()
    number = before = 0
    while True:
        size, signature = _size_and_signature(body.line(), framing)
        if size == 0:
            if verifier is not None:
                verifier.require_chunk(signature, b"")
            return held.getvalue()
        # The number that AWS gives is that of the chunk whose line follows the small one (public).
        if number and before < MIN_CHUNK_SIZE:
            raise S3Error(errors.CHUNK_TOO_SMALL, Chunk=number + 1, BadChunkSize=before)
        body.copy(size, held)
        if body.line():
            raise S3Error(errors.BODY_TERMINATED)
        if verifier is not None:
            with held.getbuffer()[-size:] as chunk:
                verifier.require_chunk(signature, chunk)
        number, before = number + 1, size


def frame(data: bytes, trailers: dict[str, str]) -> bytes:
    """Return a payload as a client sends it: one unsigned chunk, the final one, and the trailers."""
    lines = [f"{name}:{value}".encode() for name, value in trailers.items()]
    first = [f"{len(data):x}".encode(), data] if data else []
    return _CRLF.join([*first, b"0", *lines, b"", b""])


def read_trailers(body: FramedBody, framing: Framing, verifier: Verifier | None = None) -> dict[str, str]:
    """Return the trailers, which are all that is left, by lower-case name; a repeated one's last value (public).

    Raises BODY_TERMINATED (the last CRLF or a signature is missing, or something follows) and
    MALFORMED_TRAILER (a line that is no `name:value`), and what the verifier raises.
    """
    trailers: dict[str, str] = {}
    signed = b""
    signature: bytes | None = None
    while line := body.line():
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
    if not body.is_read():
        # A declared trailer after an empty line was looked for before it, and is missing (public).
        raise S3Error(errors.BODY_TERMINATED if trailers else errors.MALFORMED_TRAILER)
    if verifier is not None and signature is not None:
        verifier.require_trailers(signature.decode("ascii"), signed)
    return trailers


def _size_and_signature(line: bytes, framing: Framing) -> tuple[int, str]:
    """Read `size` or `size;chunk-signature=...`; blanks around the parts are taken (public)."""
    signature = b""
    size, semicolon, extension = line.partition(b";")
    size = size.rstrip(b" ") if semicolon else size
    if not 0 < len(size) <= _LONGEST_SIZE or not _HEX.issuperset(size):
        raise S3Error(errors.BODY_TERMINATED)
    if semicolon or framing.signature:
        name, _, signature = extension.partition(b"=")
        signature = signature.strip(b" ")
        if name.strip(b" ") != b"chunk-signature" or not _is_signature(signature, framing):
            raise S3Error(errors.BODY_TERMINATED)
    return int(size, 16), signature.decode("ascii")


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
