"""Identifiers that S3 hands out: unique in the process, reproducible only when a seed is given.

An upload id of an earlier test must never be valid in a later one, so ids are random and not counted.
"""

from __future__ import annotations

import base64
import random
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


VERSION_ID_BYTES = 20  # and four that are their check
VERSION_ID_ALPHABET = b"._"
TIME_VERSION_ID = "00000000-0000-0000-0000-"
TIME_DIGITS = 12
HEXADECIMAL = frozenset("0123456789abcdef")


class Ids:
    """A source of ids. `seed` makes their sequence the same in every run."""

    __slots__ = ("_bytes", "_last")

    def __init__(self, seed: int | str | None = None) -> None:
        # A generator of our own, seeded by the system if by nobody: asking the system for each id would be two calls
        # of it in every request, each of which lets go of the interpreter's lock.
        self._bytes: Callable[[int], bytes] = random.Random(seed).randbytes  # noqa: S311
        self._last = 0

    def upload_id(self) -> str:
        """Return an upload id: 128 characters of the URL-safe alphabet, as AWS gives them."""
        return base64.b64encode(self._bytes(96), b"._").decode("ascii")

    def request_id(self) -> str:
        """Return a request id: 16 upper-case hexadecimal digits."""
        return self._bytes(8).hex().upper()

    def uuid(self) -> str:
        """Return 32 hexadecimal digits in the groups of a UUID, as IBM's ids look (documented: ibm-cos 1.3, 1.4)."""
        digits = self._bytes(16).hex()
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def host_id(self) -> str:
        """Return an extended request id (x-amz-id-2): 76 characters of base64."""
        return base64.b64encode(self._bytes(56)).decode("ascii")

    def opaque_etag(self) -> str:
        """Return an ETag that is not a digest of the data (SSE-C, SSE-KMS): recorded aws-multipart 45."""
        return self._bytes(16).hex()

    def version_id(self, moment: dt.datetime | None = None) -> str:  # noqa: ARG002  other services need it
        """Return a version id: 32 characters of the URL-safe alphabet, as AWS gives them (public).

        It can be distinguished from one that nobody gave out: see `is_version_id`.
        """
        drawn = self._bytes(VERSION_ID_BYTES)
        return base64.b64encode(drawn + _check(drawn), VERSION_ID_ALPHABET).decode("ascii")

    def time_version_id(self, moment: dt.datetime) -> str:
        """Return a version id as IBM's look: zeros, and milliseconds since 1970 in hexadecimal (aws-changes 32).

        Each is later than the one before, also where the clock stands still or goes back. Called under the store's
        lock.
        """
        self._last = max(self._last + 1, round(moment.timestamp() * 1000))
        return f"{TIME_VERSION_ID}{self._last:012x}"

    def version_id_like(self, other: str, moment: dt.datetime) -> str:
        """Return a version id that looks like another one."""
        return self.time_version_id(moment) if other.startswith(TIME_VERSION_ID) else self.version_id()

    def token(self) -> str:
        """Return 16 characters of base64: the id of a lifecycle rule that came without one."""
        return base64.b64encode(self._bytes(12)).decode("ascii")


def is_version_id(text: str) -> bool:
    """Whether an id was made by `Ids.version_id`, of whatever fake: one that was made up, or altered, is none.

    One that is a time (`Ids.time_version_id`) can be told by its form alone.
    """
    if text.startswith(TIME_VERSION_ID):
        digits = text.removeprefix(TIME_VERSION_ID)
        return len(digits) == TIME_DIGITS and HEXADECIMAL.issuperset(digits)
    try:
        read = base64.b64decode(text, VERSION_ID_ALPHABET, validate=True)
    except ValueError:  # binascii.Error is one, and so is what is not ASCII
        return False
    return read[VERSION_ID_BYTES:] == _check(read[:VERSION_ID_BYTES])


def _check(drawn: bytes) -> bytes:
    return zlib.crc32(drawn).to_bytes(4, "big")
