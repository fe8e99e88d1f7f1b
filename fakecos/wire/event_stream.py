"""The framing of event streams: how S3 Select sends its answer, message by message.

Source: the appendix of SelectObjectContent (documented). A message is its total length, the length of its headers, the
CRC32 of these two, the headers, the payload, and the CRC32 of all of that, each number of four bytes, big-endian.
Every header is text: type 7.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT = 7
_OVERHEAD = 16
"""Bytes of a message besides headers and payload (documented)."""
_LONGEST_VALUE = 0xFFFF


def message(headers: Mapping[str, str], payload: bytes | bytearray = b"") -> bytes:
    """Return one message, with both of its checksums; a header's text is cut at 64 KiB, which is all it can hold."""
    head = b"".join(_header(name, value) for name, value in headers.items())
    prelude = struct.pack(">II", _OVERHEAD + len(head) + len(payload), len(head))
    rest = struct.pack(">I", zlib.crc32(prelude)) + head + payload
    return prelude + rest + struct.pack(">I", zlib.crc32(rest, zlib.crc32(prelude)))


def _header(name: str, value: str) -> bytes:
    raw_name, raw = name.encode(), value.encode("utf-8", "replace")[:_LONGEST_VALUE]
    return struct.pack(">B", len(raw_name)) + raw_name + struct.pack(">BH", _TEXT, len(raw)) + raw
