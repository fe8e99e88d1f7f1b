"""Event streams: how S3 Select sends its answer, message by message.

Source: the appendix of SelectObjectContent (documented). A message is its total length, the length of its headers, the
CRC32 of these two, the headers, the payload, and the CRC32 of all of that, each number of four bytes, big-endian.
Every header is text: type 7. An operation gives events by the names of the model, each a dictionary with the one kind:
`{"Records": {"Payload": b"..."}}`, `{"Stats": {"Details": {"BytesScanned": 1}}}`, `{"End": {}}`; an error that ends the
stream is `{"Error": {"Code": ..., "Message": ...}}`.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

from fakecos.wire import xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TEXT = 7
_OVERHEAD = 16
"""Bytes of a message besides headers and payload (documented)."""
_LONGEST_VALUE = 0xFFFF
ERROR = "Error"


def encoded(events: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a stream of events."""
    return b"".join(_event(kind, content) for event in events for kind, content in event.items())


def _event(kind: str, content: Mapping[str, Any]) -> bytes:
    if kind == ERROR:
        headers = {":error-code": content["Code"], ":error-message": content["Message"], ":message-type": "error"}
        return message(headers)
    headers = {":message-type": "event", ":event-type": kind}
    if "Payload" in content:
        return message({**headers, ":content-type": "application/octet-stream"}, content["Payload"])
    if "Details" in content:
        inner = "".join(f"<{name}>{value}</{name}>" for name, value in content["Details"].items())
        return message({**headers, ":content-type": "text/xml"}, xml.document(kind, inner, namespace=None))
    return message(headers)


def message(headers: Mapping[str, str], payload: bytes | bytearray = b"") -> bytes:
    """Return one message, with both of its checksums; a header's text is cut at 64 KiB, which is all it can hold."""
    head = b"".join(_header(name, value) for name, value in headers.items())
    prelude = struct.pack(">II", _OVERHEAD + len(head) + len(payload), len(head))
    rest = struct.pack(">I", zlib.crc32(prelude)) + head + payload
    return prelude + rest + struct.pack(">I", zlib.crc32(rest, zlib.crc32(prelude)))


def _header(name: str, value: str) -> bytes:
    raw_name, raw = name.encode(), value.encode("utf-8", "replace")[:_LONGEST_VALUE]
    return struct.pack(">B", len(raw_name)) + raw_name + struct.pack(">BH", _TEXT, len(raw)) + raw
