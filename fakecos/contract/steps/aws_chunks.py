"""The aws-chunked framing of a body, made by hand."""

from __future__ import annotations

UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
CRC32 = "x-amz-checksum-crc32"
HELLO_CRC32 = "NhCmhg=="
TERMINATED = "The request body terminated unexpectedly"


def aws_chunks(*data: bytes, extension: str = "", trailers: bytes = b"") -> bytes:
    """Return a body in chunks, with its trailers behind them."""
    lines = [b"%x%s\r\n%s\r\n" % (len(chunk), extension.encode(), chunk) for chunk in data]
    return b"".join(lines) + b"0" + extension.encode() + b"\r\n" + trailers + b"\r\n"
