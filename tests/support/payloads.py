"""Makes request bodies for the tests: plain, framed, with trailers, and read by an adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos.contract.steps.aws_chunks import CRC32, UNSIGNED
from fakecos.facts.errors import S3Error
from fakecos.wire.messages import HttpRequest, RawBody
from fakecos.wire.payload import Payload

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
SIGNED_TRAILER = SIGNED + "-TRAILER"
ECDSA = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"
SIGNED_HEADERS = (
    "content-md5;host;x-amz-checksum-crc16;x-amz-checksum-crc32;x-amz-checksum-crc32c;x-amz-checksum-sha256;"
    "x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-sdk-checksum-algorithm;"
    "x-amz-server-side-encryption;x-amz-server-side-encryption-customer-algorithm;x-amz-server-side-encryption-customer-key;"
    "x-amz-server-side-encryption-customer-key-md5;x-amz-trailer"
)
DAY = "20261122"
V4 = (
    f"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{DAY}/us-east-1/s3/aws4_request, SignedHeaders={SIGNED_HEADERS}, "
    f"Signature={'0' * 64}"
)
SIGNATURE = ";chunk-signature=" + "0" * 64


class ReadBody:
    """A body whose framing the adapter took off, and whose trailer is the digest of what is read."""

    def __init__(self, data: bytes, trailer: str = CRC32) -> None:
        self.data, self.reads = data, 0
        self.as_read_trailer: str | None = trailer

    def read(self) -> bytes:
        self.reads += 1
        return self.data

    def skip(self, size: int) -> None:
        raise AssertionError(size)


def payload(body: bytes | ReadBody, method: str = "PUT", **headers: str) -> Payload:
    raw = RawBody(body) if isinstance(body, bytes) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Payload(HttpRequest(method, "https", "bkt.s3.amazonaws.com", "/key", "", named, raw))


def chunked_payload(body: bytes, size: int | str | None, trailer: str | None = None, mode: str = UNSIGNED) -> Payload:
    headers = {"x_amz_content_sha256": mode, "content_encoding": "aws-chunked"}
    if size is not None:
        headers["x_amz_decoded_content_length"] = str(size)
    if trailer is not None:
        headers["x_amz_trailer"] = trailer
    return payload(body, **headers)


def error_of(action: Callable[[], object]) -> S3Error:
    with pytest.raises(S3Error) as refused:
        action()
    return refused.value
