"""Checksum trailers: declared and sent, well-formed or not.

`public` below: OpenStack Swift's tests that run on AWS (test/s3api/test_input_errors.py), or an AWS answer
quoted in an issue of versitygw.
"""

from __future__ import annotations

import hashlib

import pytest

from fakecos.contract.steps.aws_chunks import CRC32, HELLO_CRC32, TERMINATED, UNSIGNED, aws_chunks
from tests.support.payloads import SIGNATURE, SIGNED, SIGNED_TRAILER, chunked_payload, error_of, payload


@pytest.mark.parametrize(
    "line", [f"{CRC32}:{HELLO_CRC32}", f"{CRC32}: {HELLO_CRC32}", f"X-Amz-Checksum-CRC32:{HELLO_CRC32}"]
)
def test_a_trailer_is_kept_by_its_lower_case_name(line: str) -> None:
    sent = chunked_payload(aws_chunks(b"hello", trailers=f"{line}\r\n".encode()), 5, CRC32)
    assert sent.trailers == {}
    sent.receive()
    assert sent.trailers == {CRC32: HELLO_CRC32}


def test_of_a_repeated_trailer_the_last_counts() -> None:
    lines = f"{CRC32}:AAAAAA==\r\n{CRC32}:{HELLO_CRC32}\r\n"
    sent = chunked_payload(aws_chunks(b"hello", trailers=lines.encode()), 5, CRC32)
    sent.receive()
    assert sent.trailers == {CRC32: HELLO_CRC32}  # public


@pytest.mark.parametrize(
    ("declared", "trailers"),
    [
        (CRC32, b""),
        (None, b"x-amz-checksum-crc32:NhCmhg==\r\n"),
        ("x-amz-checksum-crc32c", b"x-amz-checksum-crc32:NhCmhg==\r\n"),
        (CRC32, b":NhCmhg==\r\n"),
        (CRC32, b"x-amz-checksum-crc32NhCmhg==\r\n"),
        (CRC32, b"invalid:NhCmhg==\r\n"),
        (CRC32, b"x-amz-checksum-crc32:NhCmhg==\r\nbonus: trailer\r\n"),
        (CRC32, b"x-amz-checksum-crc32:\xff\xff==\r\n"),
        (CRC32, b"\r\nx-amz-checksum-crc32:NhCmhg=="),
    ],
)
def test_trailers_that_are_not_the_declared_one_are_malformed(declared: str | None, trailers: bytes) -> None:
    error = error_of(chunked_payload(aws_chunks(b"hello", trailers=trailers), 5, declared).receive)  # public
    assert (error.code, error.status) == ("MalformedTrailerError", 400)


@pytest.mark.parametrize(
    "end", [b"x-amz-checksum-crc32:NhCmhg==\n", b"x-amz-checksum-crc32:NhCmhg==", b"x-amz-checksum-crc32:NhCmhg==\r"]
)
def test_a_trailer_that_breaks_off_is_an_incomplete_body(end: bytes) -> None:
    error = error_of(chunked_payload(b"5\r\nhello\r\n0\r\n" + end, 5, CRC32).receive)  # public
    assert (error.code, error.message) == ("IncompleteBody", TERMINATED)


def test_bytes_behind_the_end_are_refused() -> None:
    raw = aws_chunks(b"hello", trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode()) + b"junk"
    assert error_of(chunked_payload(raw, 5, CRC32).receive).code == "IncompleteBody"


@pytest.mark.parametrize(
    "declared",
    ["foo", "content-md5", "x-amz-checksum-bad", f"{CRC32}, x-amz-foo", ",", " ", f", {CRC32}", f"{CRC32}, ,"],
)
def test_a_declared_trailer_that_is_no_checksum_is_refused_unread(declared: str) -> None:
    error = error_of(chunked_payload(b"nonsense", 5, declared).require_headers)
    assert error.message == "The value specified in the x-amz-trailer header is not supported"  # public


@pytest.mark.parametrize("declared", [f"{CRC32},", f"{CRC32},,", f"{CRC32}, "])
def test_commas_at_the_end_declare_nothing_more(declared: str) -> None:
    sent = chunked_payload(b"nonsense", 5, declared)
    sent.require_headers()
    assert sent.trailer == CRC32  # public


@pytest.mark.parametrize("second", ["x-amz-checksum-sha256", CRC32])
def test_several_declared_checksums_are_refused(second: str) -> None:
    error = error_of(chunked_payload(b"nonsense", 5, f"{CRC32}, {second}").require_headers)
    assert error.message.startswith("Expecting a single x-amz-checksum- header. Multiple")  # public


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"x_amz_checksum_sha1": "AA"}, "Expecting a single x-amz-checksum- header"),
        (
            {"x_amz_checksum_sha1": "AA", "x_amz_checksum_crc32": "AA"},
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        ),
    ],
)
def test_a_checksum_header_beside_a_trailer_is_refused(headers: dict[str, str], message: str) -> None:
    sent = payload(b"", x_amz_content_sha256=UNSIGNED, x_amz_decoded_content_length="5", x_amz_trailer=CRC32, **headers)
    assert error_of(sent.require_headers).message == message  # public (versitygw 1657; Swift)


@pytest.mark.parametrize("mode", [hashlib.sha256(b"hello").hexdigest(), "UNSIGNED-PAYLOAD", SIGNED])
def test_a_trailer_declared_where_none_can_come_is_malformed(mode: str) -> None:
    sent = payload(
        b"hello", content_length="5", x_amz_decoded_content_length="5", x_amz_content_sha256=mode, x_amz_trailer=CRC32
    )
    assert error_of(sent.require_headers).code == "MalformedTrailerError"  # public


def test_an_empty_declaration_declares_nothing() -> None:
    sent = chunked_payload(aws_chunks(b"hello"), 5, "")
    sent.receive()
    assert sent.trailer is None


SIGNED_LINES = f"{CRC32}:{HELLO_CRC32}\r\nx-amz-trailer-signature:{'0' * 64}\r\n"


def test_a_signed_trailer_is_read() -> None:
    raw = aws_chunks(b"hello", extension=SIGNATURE, trailers=SIGNED_LINES.encode())
    sent = chunked_payload(raw, 5, CRC32, mode=SIGNED_TRAILER)
    sent.receive()
    assert sent.trailers == {CRC32: HELLO_CRC32}


@pytest.mark.parametrize(
    ("trailers", "code"),
    [
        (f"{CRC32}:{HELLO_CRC32}\r\n", "IncompleteBody"),  # no signature: public
        (f"x-amz-trailer-signature:{'0' * 64}\r\n", "IncompleteBody"),  # no trailer: public (versitygw 1695)
        ("", "IncompleteBody"),
        (f"{CRC32}:{HELLO_CRC32}\r\nx-amz-trailer-signature:short\r\n", "IncompleteBody"),
        (f"x-amz-trailer-signature:{'0' * 64}\r\n{CRC32}:{HELLO_CRC32}\r\n", "MalformedTrailerError"),
    ],
)
def test_a_signed_trailer_of_another_form_is_refused(trailers: str, code: str) -> None:
    raw = aws_chunks(b"hello", extension=SIGNATURE, trailers=trailers.encode())
    assert error_of(chunked_payload(raw, 5, CRC32, mode=SIGNED_TRAILER).receive).code == code


def test_signed_chunks_without_trailers_take_none() -> None:
    raw = aws_chunks(b"hello", extension=SIGNATURE, trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())
    assert error_of(chunked_payload(raw, 5, mode=SIGNED).receive).code == "MalformedTrailerError"
