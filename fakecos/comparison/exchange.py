"""One request and its answer, as they are compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Exchange:
    """One request of an operation and its answer.

    - `operation`, `params`: what was asked, in the names of the promise; a body is its size and SHA-256.
    - `status` (0: no answer came), `headers` (names in lower case), `body`: the answer; a streamed body is its size and
      SHA-256.
    - `sent`, `received`: bytes of the bodies.
    """

    operation: str
    params: dict[str, Any]
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    sent: int = 0
    received: int = 0


def digest_of(data: bytes) -> bytes:
    """Return what stands for the bytes of an object: how many, and their SHA-256."""
    return b"%d bytes, SHA-256 %s" % (len(data), hashlib.sha256(data).hexdigest().encode())
