"""Digests and checksums as S3 writes them."""

from __future__ import annotations

import hashlib
import zlib

from fakecos.contract.steps.digests import base64_of, md5


def crc32(body: bytes) -> str:
    return base64_of(zlib.crc32(body).to_bytes(4, "big"))


def multipart_etag(*bodies: bytes) -> str:
    """Return the quoted ETag of an object of these parts: the MD5 of their MD5s, and their count."""
    digests = b"".join(hashlib.md5(body, usedforsecurity=False).digest() for body in bodies)
    return f'"{md5(digests)}-{len(bodies)}"'
