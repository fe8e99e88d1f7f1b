"""The body of a request: lengths, x-amz-content-sha256, and what an adapter read.

`public` below: OpenStack Swift's tests that run on AWS (test/s3api/test_input_errors.py), or an AWS answer
quoted in an issue of versitygw.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from fakecos.contract.steps.aws_chunks import CRC32, HELLO_CRC32, UNSIGNED, aws_chunks
from fakecos.facts import checksums
from fakecos.wire.messages import as_bytes
from tests.support.payloads import V4, ReadBody, chunked_payload, error_of, payload

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.wire.payload import Payload


# --- Plain bodies -------------------------------------------------------------------------------------


def test_a_plain_body_is_the_very_bytes_that_came() -> None:
    data = b"x" * 1000
    plain = payload(data, content_length="1000")
    assert plain.declared_size == 1000
    assert plain.receive().read() is data
    assert plain.receive() is plain.receive()
    assert plain.trailers == {}
    assert plain.trailer is None


@pytest.mark.parametrize(("declared", "provided"), [(4, 5), (6, 5), (0, 5), (5, 0)])
def test_a_body_of_another_length_than_declared_is_incomplete(declared: int, provided: int) -> None:
    error = error_of(payload(b"x" * provided, content_length=str(declared)).receive)
    assert (error.code, error.status) == ("IncompleteBody", 400)
    assert error.fields == {"NumberBytesExpected": str(declared), "NumberBytesProvided": str(provided)}


@pytest.mark.parametrize("headers", [{}, {"content_length": "abc"}, {"content_length": "-5"}, {"content_length": ""}])
def test_a_put_without_a_content_length_is_refused_unread(headers: dict[str, str]) -> None:
    body = ReadBody(b"hello")
    body.as_read_trailer = None
    error = error_of(payload(body, **headers).receive)
    assert (error.code, error.status) == ("MissingContentLength", 411)
    assert error.message == "You must provide the Content-Length HTTP header."  # public
    assert body.reads == 0


def test_http_chunks_around_a_body_of_unknown_length_are_not_implemented() -> None:
    error = error_of(payload(b"hello", transfer_encoding="chunked").receive)
    assert (error.code, error.status, error.fields) == ("NotImplemented", 501, {"Header": "Transfer-Encoding"})


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_other_methods_need_no_content_length(method: str) -> None:
    assert payload(b"", method=method).receive().size == 0


# --- x-amz-content-sha256 -----------------------------------------------------------------------------


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_a_right_sha256_is_accepted_in_either_case(change: Callable[[str], str]) -> None:
    digest = hashlib.sha256(b"hello").hexdigest()
    assert payload(b"hello", content_length="5", x_amz_content_sha256=change(digest)).receive().size == 5


@pytest.mark.parametrize("data", [b"hello", b"x" * 600_000])
def test_a_wrong_sha256_is_refused_with_both_values(data: bytes) -> None:
    wrong = hashlib.sha256(b"other").hexdigest()
    error = error_of(payload(data, content_length=str(len(data)), x_amz_content_sha256=wrong).receive)
    assert (error.code, error.status) == ("XAmzContentSHA256Mismatch", 400)
    assert error.fields == {
        "ClientComputedContentSHA256": wrong,
        "S3ComputedContentSHA256": hashlib.sha256(data).hexdigest(),
    }


@pytest.mark.parametrize("value", ["GIBBERISH", "unsigned-payload", "", "0" * 63, "STREAMING-UNSIGNED-PAYLOAD"])
def test_an_unknown_value_is_an_invalid_argument(value: str) -> None:
    error = error_of(payload(b"hello", content_length="5", x_amz_content_sha256=value).require_headers)
    assert error.code == "InvalidArgument"
    assert error.fields == {"ArgumentName": "x-amz-content-sha256", "ArgumentValue": value}
    assert error.message.endswith("or a valid sha256 value.")


def test_with_sigv2_an_unknown_value_just_does_not_match() -> None:
    sent = payload(b"hello", content_length="5", x_amz_content_sha256="invalid", authorization="AWS AK:signature")
    error = error_of(sent.receive)
    assert error.code == "XAmzContentSHA256Mismatch"  # public
    assert error.fields["ClientComputedContentSHA256"] == "invalid"


@pytest.mark.parametrize("authorization", [None, "AWS AK:signature", "Bearer TOKEN"])
def test_the_header_may_be_absent_without_sigv4(authorization: str | None) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    assert payload(b"hello", content_length="5", **headers).receive().size == 5


def test_with_a_sigv4_header_it_must_be_there() -> None:
    error = error_of(payload(b"hello", content_length="5", authorization=V4).receive)
    assert error.code == "InvalidRequest"
    assert error.message == "Missing required header for this request: x-amz-content-sha256"  # public


def test_an_unsigned_payload_is_not_looked_at() -> None:
    sent = payload(b"hello", content_length="5", x_amz_content_sha256="UNSIGNED-PAYLOAD", authorization=V4)
    assert sent.receive().read() == b"hello"


# --- A trailer that is the digest of what was read ----------------------------------------------------


def read_payload(body: ReadBody, size: int = 5) -> Payload:
    return payload(
        body,
        x_amz_content_sha256=UNSIGNED,
        content_encoding="aws-chunked",
        transfer_encoding="chunked",
        x_amz_decoded_content_length=str(size),
        x_amz_trailer=CRC32,
        authorization=V4,
    )


def test_the_trailer_is_the_digest_of_the_bytes_as_read() -> None:
    body = ReadBody(b"hello")
    sent = read_payload(body)
    assert sent.trailer == CRC32
    assert sent.trailers == {}
    content = sent.receive()
    assert content.read() is body.data
    assert sent.trailers == {CRC32: HELLO_CRC32}
    sent.receive()
    assert body.reads == 1


def test_that_digest_is_computed_once() -> None:
    sent = read_payload(ReadBody(b"hello"))
    content = sent.receive()
    content.set_digest(checksums.CRC32, b"once")
    assert sent.trailers == {CRC32: checksums.CRC32.encode(b"once")}


def test_bytes_altered_on_the_way_no_longer_fit_the_trailer() -> None:
    sent = read_payload(ReadBody(b"hello"))
    sent.alter = lambda data: as_bytes(data).replace(b"h", b"j")
    content = sent.receive()
    assert content.read() == b"jello"
    assert sent.trailers == {CRC32: HELLO_CRC32}
    assert checksums.CRC32.encode(content.digest(checksums.CRC32)) != HELLO_CRC32


@pytest.mark.parametrize("size", [4, 6])
def test_a_read_body_of_another_length_is_incomplete(size: int) -> None:
    assert error_of(read_payload(ReadBody(b"hello"), size).receive).code == "IncompleteBody"


def test_bytes_cut_on_the_way_are_an_incomplete_body() -> None:
    framed = aws_chunks(b"hello", trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())
    for sent in (
        read_payload(ReadBody(b"hello")),
        chunked_payload(framed, 5, CRC32),
        payload(b"hello", content_length="5"),
    ):
        sent.alter = lambda data: as_bytes(data)[:3]
        error = error_of(sent.receive)
        assert error.fields == {"NumberBytesExpected": "5", "NumberBytesProvided": "3"}


def test_bytes_altered_on_the_way_no_longer_fit_the_sha256() -> None:
    digest = hashlib.sha256(b"hello").hexdigest()
    sent = payload(b"hello", content_length="5", x_amz_content_sha256=digest)
    sent.alter = lambda data: as_bytes(data).upper()
    assert error_of(sent.receive).code == "XAmzContentSHA256Mismatch"


# --- What is refused before any byte is read ----------------------------------------------------------


def test_a_refusal_by_headers_leaves_the_body_unread() -> None:
    body = ReadBody(b"hello")
    sent = payload(body, x_amz_content_sha256=UNSIGNED, content_encoding="aws-chunked", x_amz_trailer=CRC32)
    assert error_of(sent.receive).code == "MissingContentLength"
    assert body.reads == 0
    assert sent.declared_size is None


def test_headers_are_judged_once() -> None:
    sent = payload(b"hello", content_length="5")
    sent.require_headers()
    sent.require_headers()
    assert sent.receive().size == 5
