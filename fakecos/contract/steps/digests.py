"""Digests and checksums as S3 writes them."""

from __future__ import annotations

import base64
import hashlib

from fakecos.facts import checksums


def base64_of(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def md5_base64(body: bytes) -> str:
    return base64_of(hashlib.md5(body, usedforsecurity=False).digest())


def sha256(body: bytes) -> str:
    return base64_of(hashlib.sha256(body).digest())


def checksum_of(name: str, body: bytes) -> str:
    """Return the checksum of a body by the algorithm's name."""
    algorithm = checksums.ALGORITHMS[name]
    return algorithm.encode(algorithm.compute((body,)))
