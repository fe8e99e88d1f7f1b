"""The checksum algorithms that S3 names: how each is computed, combined, and combined with a type.

Sources. Names, header names and digest sizes: botocore's service model (`ChecksumAlgorithm`). Types that
each algorithm allows, and the default: recorded for CRC32, CRC32C, CRC64NVME, SHA1 and SHA256
(aws-multipart 27-29, aws-checksums-and-sse 10-11); *assumed* for SHA512, MD5 and the XXHASH family, which
are treated like SHA256: a digest that cannot be combined is COMPOSITE only.

This table is the one list of algorithms: what a request may carry and an answer may say is read from it for every
service, whatever the service's model lists. An algorithm is added here and nowhere else. That COS verifies the five
that the model of ibm_botocore lacks (SHA512, MD5 and the XXHASH family: ibm-cos 2.2), and answers them, is *assumed*:
the documentation says that unlisted headers are ignored (ibm-cos 3.2), but a digest that nobody compares would let a
damaged body pass.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from fakecos.facts.literals import ChecksumMember

COMPOSITE = "COMPOSITE"
FULL_OBJECT = "FULL_OBJECT"

_ANYCRC_FROM = 8 * 1024
"""Bytes from which anycrc is faster than zlib for CRC32 (measured: 14 against 3.5 GB/s; the same at 1 KiB)."""


class Algorithm:
    """One checksum algorithm of S3.

    `name` is the value of x-amz-checksum-algorithm, `member` the field of the service model
    (`ChecksumCRC32`), `header` the lower-case header name, `size` the digest's length in bytes, `types` the
    checksum types that an upload may ask for, the default first. `model` is anycrc's name of a CRC.
    """

    __slots__ = ("_model", "compute", "header", "member", "name", "size", "types")

    def __init__(
        self,
        name: str,
        size: int,
        types: tuple[str, ...],
        compute: Callable[[Iterable[bytes | memoryview]], bytes],
        model: str | None = None,
    ) -> None:
        self.name = name
        self.member: ChecksumMember = f"Checksum{name}"  # type: ignore[assignment]  # which is made from these names
        self.header = f"x-amz-checksum-{name.lower()}"
        self.size = size
        self.types = types
        self.compute = compute
        self._model = model

    def combine(self, digests: Iterable[tuple[bytes, int]]) -> bytes:
        """Return the digest of A+B+... from those of A, B and so on, each with its length in bytes.

        Raises TypeError for an algorithm that has no such rule (everything but the CRCs).
        """
        combine, number, value = self._library().combine, int.from_bytes, 0  # 0: of nothing
        for digest, length in digests:
            value = combine(value, number(digest, "big"), length)
        return value.to_bytes(self.size, "big")

    def following(self) -> Callable[[bytes | memoryview, int], int]:
        """Return what takes bytes and the value of all before them, 0 of nothing, and returns the value of all.

        Raises TypeError as `combine`.
        """
        follow: Callable[[bytes | memoryview, int], int] = self._library().calc
        return follow

    def _library(self) -> Any:
        if self._model is None:
            message = f"{self.name} digests cannot be combined"
            raise TypeError(message)
        return _model(self._model)

    @property
    def combines(self) -> bool:
        """Whether a FULL_OBJECT value can be had from the parts' values."""
        return self._model is not None

    def encode(self, digest: bytes) -> str:
        """Return the base64 text that S3 sends and accepts."""
        return binascii.b2a_base64(digest, newline=False).decode("ascii")

    def decode(self, text: str) -> bytes | None:
        """Return the digest that a header value holds, or None if it is not base64 or of another length.

        Only the one canonical spelling counts: no bits that the last character could spare (public).
        """
        try:
            digest = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return None
        return digest if len(digest) == self.size and self.encode(digest) == text else None

    def __repr__(self) -> str:
        return f"<Algorithm {self.name}>"


def _hash(name: str) -> Callable[[Iterable[bytes | memoryview]], bytes]:
    new = getattr(hashlib, name)  # finds its algorithm faster than hashlib.new

    def compute(pieces: Iterable[bytes | memoryview]) -> bytes:
        hasher = new(usedforsecurity=False)
        for piece in pieces:
            hasher.update(piece)
        digest: bytes = hasher.digest()
        return digest

    return compute


def _crc32(pieces: Iterable[bytes | memoryview]) -> bytes:
    value = 0
    for piece in pieces:
        compute = zlib.crc32 if len(piece) < _ANYCRC_FROM else _model("CRC32").calc
        value = compute(piece, value)
    return value.to_bytes(4, "big")


_models: dict[str, Any] = {}


def _model(name: str) -> Any:
    """Return anycrc's model of a CRC; the library is imported on first use (decision: start-up is a budget)."""
    model = _models.get(name)
    if model is None:
        import anycrc

        model = _models[name] = anycrc.Model(name)
    return model


def _crc(name: str, size: int) -> Callable[[Iterable[bytes | memoryview]], bytes]:
    def compute(pieces: Iterable[bytes | memoryview]) -> bytes:
        model = _model(name)
        value: int | None = None
        for piece in pieces:
            value = model.calc(piece) if value is None else model.calc(piece, value)
        return (value or 0).to_bytes(size, "big")

    return compute


def _xxhash(function: str) -> Callable[[Iterable[bytes | memoryview]], bytes]:
    def compute(pieces: Iterable[bytes | memoryview]) -> bytes:
        try:
            import xxhash
        except ImportError:
            message = "a request carries an XXHASH checksum: install fakecos[xxhash] so that it can be verified"
            raise MissingExtraError(message) from None
        hasher = getattr(xxhash, function)()
        for piece in pieces:
            hasher.update(piece)
        return bytes(hasher.digest())

    return compute


CRC32 = Algorithm("CRC32", 4, (COMPOSITE, FULL_OBJECT), _crc32, "CRC32")
CRC32C = Algorithm("CRC32C", 4, (COMPOSITE, FULL_OBJECT), _crc("CRC32C", 4), "CRC32C")
CRC64NVME = Algorithm("CRC64NVME", 8, (FULL_OBJECT,), _crc("CRC64-NVME", 8), "CRC64-NVME")
SHA1 = Algorithm("SHA1", 20, (COMPOSITE,), _hash("sha1"))
SHA256 = Algorithm("SHA256", 32, (COMPOSITE,), _hash("sha256"))
SHA512 = Algorithm("SHA512", 64, (COMPOSITE,), _hash("sha512"))
MD5 = Algorithm("MD5", 16, (COMPOSITE,), _hash("md5"))
XXHASH64 = Algorithm("XXHASH64", 8, (COMPOSITE,), _xxhash("xxh64"))
XXHASH3 = Algorithm("XXHASH3", 8, (COMPOSITE,), _xxhash("xxh3_64"))
XXHASH128 = Algorithm("XXHASH128", 16, (COMPOSITE,), _xxhash("xxh3_128"))

ALGORITHMS: dict[str, Algorithm] = {}
BY_HEADER: dict[str, Algorithm] = {}
BY_MEMBER: dict[str, Algorithm] = {}

HEADER_PREFIX = "x-amz-checksum-"
OTHER_HEADERS = frozenset(HEADER_PREFIX + name for name in ("mode", "type", "algorithm"))
"""Headers of this form that are no digest (botocore's service model)."""


def add(algorithm: Algorithm) -> None:
    """Put an algorithm into the table."""
    ALGORITHMS[algorithm.name] = BY_HEADER[algorithm.header] = BY_MEMBER[algorithm.member] = algorithm


for _algorithm in (CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, MD5, XXHASH64, XXHASH3, XXHASH128):
    add(_algorithm)


def md5_and_crcs(crcs: Sequence[Algorithm], pieces: Iterable[bytes | memoryview], size: int) -> list[bytes]:
    """Return the MD5 of bytes, then their CRCs. They take turns, so that a block of `size` is read from the cache."""
    md5 = hashlib.md5(usedforsecurity=False)
    following = [crc.following() for crc in crcs]
    values = [0] * len(crcs)
    for piece in pieces:
        view = memoryview(piece)
        for first in range(0, len(view), size):
            block = view[first : first + size]
            md5.update(block)
            values = [follow(block, value) for follow, value in zip(following, values, strict=True)]
    return [md5.digest(), *(value.to_bytes(crc.size, "big") for crc, value in zip(crcs, values, strict=True))]


def is_unknown(header: str) -> bool:
    """Whether a header, by its lower-case name, says that it is a checksum, and is none that S3 has."""
    return header.startswith(HEADER_PREFIX) and header not in BY_HEADER and header not in OTHER_HEADERS


def given(fields: Mapping[str, Any]) -> list[tuple[Algorithm, str]]:
    """Return the checksums among the fields of a request or of one of its parts, by member name, with their values."""
    if BY_MEMBER.keys().isdisjoint(fields):  # the usual case, at no price
        return []
    return [(algorithm, fields[member]) for member, algorithm in BY_MEMBER.items() if member in fields]


def in_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the checksums among headers, by member name: what the service model of an operation may not name."""
    return {algorithm.member: headers[name] for name, algorithm in BY_HEADER.items() if name in headers}
