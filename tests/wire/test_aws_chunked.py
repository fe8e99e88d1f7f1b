"""The aws-chunked framing: chunks, decoded length, signatures, Content-Encoding.

`public` below: OpenStack Swift's tests that run on AWS (test/s3api/test_input_errors.py), or an AWS answer
quoted in an issue of versitygw.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakecos.contract.steps.aws_chunks import CRC32, HELLO_CRC32, TERMINATED, UNSIGNED, aws_chunks
from fakecos.facts import checksums
from fakecos.facts.errors import S3Error
from fakecos.wire import aws_chunked
from tests.support.payloads import ECDSA, SIGNATURE, SIGNED, chunked_payload, error_of, payload

if TYPE_CHECKING:
    from collections.abc import Iterable

TERMINATED_BODIES = (
    b"hello",
    b"5\nhello\r\n0\r\n\r\n",
    b"5\r\nhello0\r\n\r\n",
    b"3\r\nhello\r\n0\r\n\r\n",
    b"6\r\nhello\r\n0\r\n\r\n",
    b"5\r\nhello\r\n0\r\n",
    b"5\r\nhello\r\n0\r\n\r",
    b"5\r\nhello\r\n",
    b"5\r\n",
    b"",
    b"x\r\nhello\r\n0\r\n\r\n",
    b"-5\r\nhello\r\n0\r\n\r\n",
    b"0x5\r\nhello\r\n0\r\n\r\n",
    b"+5\r\nhello\r\n0\r\n\r\n",
    b"5_0\r\nhello\r\n0\r\n\r\n",
    b" 5\r\nhello\r\n0\r\n\r\n",
    b"00000000000000005\r\nhello\r\n0\r\n\r\n",
    b"ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
    b"5;chunk-signature=" + b"0" * 64 + b"\r\nhello\r\n0\r\n\r\n",
    b"5\r\nhello\r\nJ\r\n\r\n",
)


@pytest.mark.parametrize("chunks", [(), (b"hello",), (b"a" * 8192, b"b" * 9000, b"c")])
def test_chunks_are_joined(chunks: tuple[bytes, ...]) -> None:
    whole = b"".join(chunks)
    sent = chunked_payload(aws_chunks(*chunks), len(whole))
    assert sent.declared_size == len(whole)
    assert sent.receive().read() == whole
    assert sent.trailers == {}


@given(sizes=st.lists(st.integers(8192, 9000), max_size=3), last=st.binary(max_size=50))
def test_what_is_framed_comes_back(sizes: list[int], last: bytes) -> None:
    chunks = [bytes([index + 65]) * size for index, size in enumerate(sizes)]
    whole = b"".join(chunks) + last
    value = checksums.CRC32.encode(checksums.CRC32.compute([whole]))
    parts = [*chunks, last] if last else chunks
    sent = chunked_payload(aws_chunks(*parts, trailers=f"{CRC32}:{value}\r\n".encode()), len(whole), CRC32)
    assert sent.receive().read() == whole
    assert sent.trailers == {CRC32: value}


@pytest.mark.parametrize("body", TERMINATED_BODIES)
def test_malformed_framing_is_an_incomplete_body(body: bytes) -> None:
    error = error_of(chunked_payload(body, 5).receive)  # public (versitygw 1666), but see chunks.py on the last CRLF
    assert (error.code, error.status, error.message, error.fields) == ("IncompleteBody", 400, TERMINATED, {})


@pytest.mark.parametrize("size", [None, "abc", "12x", "-5", ""])
def test_without_a_decoded_length_the_length_is_missing(size: str | None) -> None:
    error = error_of(chunked_payload(aws_chunks(b"hello"), size).receive)  # public (versitygw 1656)
    assert (error.code, error.status) == ("MissingContentLength", 411)


@pytest.mark.parametrize("size", [4, 6, 200])
def test_another_decoded_length_than_what_came_is_an_incomplete_body(size: int) -> None:
    error = error_of(chunked_payload(aws_chunks(b"hello"), size).receive)  # public (versitygw 1684)
    assert error.code == "IncompleteBody"
    assert error.fields == {"NumberBytesExpected": str(size), "NumberBytesProvided": "5"}


def test_an_empty_chunk_in_the_middle_ends_the_payload() -> None:
    error = error_of(chunked_payload(b"4\r\nhell\r\n0\r\n\r\n1\r\no\r\n0\r\n\r\n", 5).receive)  # public
    assert error.fields == {"NumberBytesExpected": "5", "NumberBytesProvided": "4"}


def test_a_content_length_is_that_of_the_framed_body() -> None:
    raw = aws_chunks(b"hello")
    headers = {"x_amz_content_sha256": UNSIGNED, "x_amz_decoded_content_length": "5"}
    assert payload(raw, content_length=str(len(raw)), **headers).receive().size == 5
    assert error_of(payload(raw, content_length="5", **headers).receive).code == "IncompleteBody"
    assert payload(raw, content_length="5", transfer_encoding="chunked", **headers).receive().size == 5


@pytest.mark.parametrize("mode", [UNSIGNED, SIGNED])
def test_only_the_last_chunk_may_be_small(mode: str) -> None:
    extension = SIGNATURE if mode == SIGNED else ""
    raw = aws_chunks(b"a" * 8192, b"b" * 1024, b"c" * 9000, extension=extension)
    error = error_of(chunked_payload(raw, 18216, mode=mode).receive)
    assert (error.code, error.status) == ("InvalidChunkSizeError", 403)
    # The number is that of the next chunk (public: "points at the wrong chunk number").
    assert error.fields == {"Chunk": "3", "BadChunkSize": "1024"}


@pytest.mark.parametrize(
    ("mode", "extension"),
    [
        (SIGNED, SIGNATURE),
        (SIGNED, " ; chunk-signature = " + "0" * 64 + " "),
        (ECDSA, ";chunk-signature=" + "a" * 142 + "**"),
    ],
)
def test_signed_chunks_are_joined(mode: str, extension: str) -> None:
    assert chunked_payload(aws_chunks(b"hello", extension=extension), 5, mode=mode).receive().read() == b"hello"


@pytest.mark.parametrize(
    "extension",
    [
        "",
        ";chunk-signature=",
        ";chunk-signature=invalid",
        ";chunk-signature=" + "0" * 63,
        ";chunk-signature=" + "0" * 62 + "**",
        ";other=" + "0" * 64,
        ";chunk-signature=" + "0" * 64 + ";extra=param",
        ";",
    ],
)
def test_a_chunk_signature_of_another_form_is_refused(extension: str) -> None:
    error = error_of(chunked_payload(aws_chunks(b"hello", extension=extension), 5, mode=SIGNED).receive)
    assert (error.code, error.message) == ("IncompleteBody", TERMINATED)


@pytest.mark.parametrize("authorization", ["AWS AK:signature", "Bearer TOKEN", None])
@pytest.mark.parametrize("extension", ["", SIGNATURE])
def test_the_content_encoding_alone_marks_framing(authorization: str | None, extension: str) -> None:
    headers = {"content_encoding": "aws-chunked", "x_amz_decoded_content_length": "5", "x_amz_trailer": CRC32}
    if authorization:
        headers["authorization"] = authorization
    raw = aws_chunks(b"hello", extension=extension, trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())
    sent = payload(raw, **headers)
    assert sent.receive().read() == b"hello"
    assert sent.trailers == {CRC32: HELLO_CRC32}


def test_a_digest_of_the_whole_body_means_that_it_is_not_framed() -> None:
    digest = hashlib.sha256(b"hello").hexdigest()
    sent = payload(b"hello", content_length="5", content_encoding="aws-chunked", x_amz_content_sha256=digest)
    assert sent.receive().read() == b"hello"
    assert sent.content_encoding == "aws-chunked"  # public: AWS stores it


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("aws-chunked", None),
        ("gzip,aws-chunked", "gzip"),
        ("aws-chunked, gzip", "gzip"),
        ("foo, aws-chunked, bar", "foo, bar"),
        ("AWS-Chunked", None),
        ("gzip", "gzip"),
    ],
)
def test_the_token_of_the_framing_is_not_stored(sent: str, kept: str | None) -> None:
    framed = payload(b"", content_encoding=sent, x_amz_content_sha256=UNSIGNED)
    assert framed.content_encoding == kept  # public


@pytest.mark.parametrize(("sent", "kept"), [("gzip", "gzip"), ("", None)])
def test_the_encoding_of_a_plain_body_is_stored(sent: str, kept: str | None) -> None:
    assert payload(b"", content_encoding=sent).content_encoding == kept
    assert payload(b"").content_encoding is None


@pytest.mark.parametrize("data", [b"", b"hello world", bytes(100_000)], ids=len)
@pytest.mark.parametrize("trailers", [{}, {"x-amz-checksum-crc32": "DUoRhQ=="}], ids=len)
def test_what_is_framed_is_read_back(data: bytes, trailers: dict[str, str]) -> None:
    framing = aws_chunked.FRAMINGS["STREAMING-UNSIGNED-PAYLOAD-TRAILER"]
    body = aws_chunked.FramedBody((aws_chunked.frame(data, trailers),))
    assert aws_chunked.join(body, framing) == data
    assert aws_chunked.read_trailers(body, framing) == trailers


@given(data=st.data())
def test_where_a_body_is_cut_does_not_matter(data: st.DataObject) -> None:
    """A connection gives a body in pieces that know nothing of its framing. Source: our own choice."""
    trailers = f"{CRC32}:{HELLO_CRC32}\r\n".encode()
    raw = data.draw(st.sampled_from([*TERMINATED_BODIES, aws_chunks(b"a" * 8192, b"hello", trailers=trailers)]))
    places = sorted(data.draw(st.sets(st.integers(1, max(len(raw) - 1, 1)), max_size=8)))
    pieces = [raw[start:end] for start, end in zip([0, *places], [*places, len(raw)], strict=True)]
    assert outcome_of(filter(None, pieces)) == outcome_of((raw,))


def outcome_of(pieces: Iterable[bytes]) -> object:
    body = aws_chunked.FramedBody(pieces)
    try:
        joined = aws_chunked.join(body, aws_chunked.FRAMINGS[UNSIGNED])
        return joined, aws_chunked.read_trailers(body, aws_chunked.FRAMINGS[UNSIGNED])
    except S3Error as error:
        return error.code, error.fields
