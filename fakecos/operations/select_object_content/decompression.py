"""The bytes of an object as text: decompressed, and decoded as far as they are UTF-8."""

from __future__ import annotations

import bz2
import gzip
import zlib
from typing import NamedTuple

from fakecos.facts import errors
from fakecos.facts.errors import S3Error

GZIP = b"\x1f\x8b"
BZIP2 = b"BZh"


class Text(NamedTuple):
    """What could be decoded, and the refusal of what comes after it, None if that is all."""

    text: str
    refusal: S3Error | None


def decompressed(data: bytes, compression: str) -> bytes:
    """Return bytes without their compression.

    Raises InvalidCompressionFormat for what is not compressed so (public), and TruncatedInput for what is broken.
    """
    if compression == "NONE":
        return data
    if not data.startswith(GZIP if compression == "GZIP" else BZIP2):
        raise S3Error(errors.SELECT_NOT_COMPRESSED, name=compression)
    try:
        return gzip.decompress(data) if compression == "GZIP" else bz2.decompress(data)
    except (EOFError, OSError, ValueError, zlib.error) as error:
        raise S3Error(errors.SELECT_TRUNCATED) from error


def decoded(data: bytes, delimiter: str = "\n") -> Text:
    """Return bytes as text, up to the end of the last record before a byte that is no UTF-8 (public: the words)."""
    try:
        return Text(data.decode("utf-8"), None)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        whole = before[: before.rfind(delimiter) + len(delimiter)] if delimiter in before else ""
        return Text(whole, S3Error(errors.SELECT_TEXT_ENCODING, byte=error.start))
