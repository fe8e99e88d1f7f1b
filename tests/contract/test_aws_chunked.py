"""The aws-chunked framing of a part's body: decoded, verified, and refused when it is malformed.

`public`: suites that are run on AWS. The framing's own unit tests are in tests/wire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from tests.support.objects import stored_object
from tests.support.payloads import (
    CRC32,
    ECDSA,
    HELLO_CRC32,
    SIGNATURE,
    SIGNED,
    SIGNED_TRAILER,
    TERMINATED,
    UNSIGNED,
    aws_chunks,
)
from tests.support.raw_requests import send_raw
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

TRAILER = f"{CRC32}:{HELLO_CRC32}\r\n".encode()
SIGNED_LAST = TRAILER + b"x-amz-trailer-signature:" + b"0" * 64 + b"\r\n"
MALFORMED = "The request contained trailing data that was not well-formed or did not conform to our published schema."
EIGHT_KIB = bytes(8192)


def streamed(mode: str, size: int, *, trailer: str | None = None) -> dict[str, str]:
    headers = {
        "x-amz-content-sha256": mode,
        "content-encoding": "aws-chunked",
        "x-amz-decoded-content-length": str(size),
    }
    return headers if trailer is None else {**headers, "x-amz-trailer": trailer}


FORMS = {
    "trailer": (streamed(UNSIGNED, 5, trailer=CRC32), aws_chunks(b"hello", trailers=TRAILER)),
    "no trailer": (streamed(UNSIGNED, 5), aws_chunks(b"hello")),
    "signed": (streamed(SIGNED, 5), aws_chunks(b"hello", extension=SIGNATURE)),
    "signed trailer": (
        streamed(SIGNED_TRAILER, 5, trailer=CRC32),
        aws_chunks(b"hello", extension=SIGNATURE, trailers=SIGNED_LAST),
    ),
    "ecdsa": (streamed(ECDSA, 5), aws_chunks(b"hello", extension=";chunk-signature=" + "0" * 144)),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_documented_form_is_decoded(cos: FakeCOS, aws: Any, form: str) -> None:
    """Source: documented (transferring payload in multiple chunks, with and without trailers)."""
    headers, body = FORMS[form]
    upload_id = create_upload(aws)
    response = upload_raw_part(cos, upload_id, body, headers)
    assert stored_part(cos, upload_id).body == b"hello"
    echoed = response.headers.get(CRC32)
    assert echoed == (HELLO_CRC32 if "x-amz-trailer" in headers else None)


def test_several_chunks_are_joined(cos: FakeCOS, aws: Any) -> None:
    body = aws_chunks(EIGHT_KIB, b"1" * 9000, b"2")
    upload_id = create_upload(aws)
    upload_raw_part(cos, upload_id, body, streamed(UNSIGNED, 8192 + 9000 + 1))
    assert stored_part(cos, upload_id).body == EIGHT_KIB + b"1" * 9000 + b"2"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"5\r\nhello\r\n",
        b"5\r\nhello",
        b"6\r\nhello\r\n0\r\n\r\n",
        b"4\r\nhello\r\n0\r\n\r\n",
        b"g\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"5\nhello\n0\n\n",
    ],
)
def test_malformed_chunks_are_an_incomplete_body(cos: FakeCOS, aws: Any, body: bytes) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "IncompleteBody", TERMINATED, 400):
        upload_raw_part(cos, upload_id, body, streamed(UNSIGNED, 5))


@pytest.mark.parametrize(
    "body",
    [
        aws_chunks(b"hello"),
        aws_chunks(b"hello", extension=";chunk-signature="),
        aws_chunks(b"hello", extension=";chunk-signature=zz"),
    ],
)
def test_a_signed_form_needs_its_signatures(cos: FakeCOS, aws: Any, body: bytes) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "IncompleteBody", TERMINATED, 400):
        upload_raw_part(cos, upload_id, body, streamed(SIGNED, 5))


@pytest.mark.parametrize(("mode", "extension"), [(UNSIGNED, ""), (SIGNED, SIGNATURE)])
@pytest.mark.parametrize(("sizes", "chunk", "bad"), [((5, 8192), "2", "5"), ((8192, 8191, 1), "3", "8191")])
def test_only_the_last_chunk_may_be_small(
    cos: FakeCOS, aws: Any, mode: str, extension: str, sizes: tuple[int, ...], chunk: str, bad: str
) -> None:
    """Source: public (403, and the number of the chunk behind the small one)."""
    upload_id = create_upload(aws)
    body = aws_chunks(*(bytes(size) for size in sizes), extension=extension)
    message = "Only the last chunk is allowed to have a size less than 8192 bytes"
    with refused(cos, "InvalidChunkSizeError", message, 403, Chunk=chunk, BadChunkSize=bad):
        upload_raw_part(cos, upload_id, body, streamed(mode, sum(sizes)))


@pytest.mark.parametrize("name", ["x-amz-checksum-sha3", "AAAA", ",x-amz-checksum-crc32"])
def test_a_trailer_that_is_no_checksum_is_not_supported(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "The value specified in the x-amz-trailer header is not supported"
    with refused(cos, "InvalidRequest", message, 400):
        upload_raw_part(cos, upload_id, aws_chunks(b"hello", trailers=TRAILER), streamed(UNSIGNED, 5, trailer=name))


def test_two_trailers_are_several_checksums(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
    with refused(cos, "InvalidRequest", message, 400):
        upload_raw_part(cos, upload_id, b"", streamed(UNSIGNED, 5, trailer=f"{CRC32},x-amz-checksum-sha1"))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (streamed(UNSIGNED, 5, trailer=CRC32), aws_chunks(b"hello")),
        (streamed(UNSIGNED, 5), aws_chunks(b"hello", trailers=TRAILER)),
        (streamed(UNSIGNED, 5, trailer="x-amz-checksum-sha1"), aws_chunks(b"hello", trailers=TRAILER)),
        (streamed(UNSIGNED, 5, trailer=CRC32), aws_chunks(b"hello", trailers=b"no colon\r\n")),
        ({"x-amz-trailer": CRC32}, b"hello"),
    ],
    ids=["declared and missing", "sent and undeclared", "another", "no field", "without framing"],
)
def test_trailers_must_be_the_declared_ones(cos: FakeCOS, aws: Any, headers: dict[str, str], body: bytes) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "MalformedTrailerError", MALFORMED, 400):
        upload_raw_part(cos, upload_id, body, headers)


def test_the_name_of_a_trailer_has_no_letter_case(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    headers = streamed(UNSIGNED, 5, trailer="X-Amz-Checksum-CRC32")
    body = aws_chunks(b"hello", trailers=f"X-AMZ-Checksum-Crc32: {HELLO_CRC32}\r\n".encode())
    assert upload_raw_part(cos, create_upload(aws), body, headers).status == 200


@pytest.mark.parametrize(
    ("given", "kept"), [("aws-chunked", None), ("gzip,aws-chunked", "gzip"), ("foo, aws-chunked, bar", "foo, bar")]
)
def test_the_framing_is_not_part_of_the_stored_encoding(cos: FakeCOS, aws: Any, given: str, kept: str | None) -> None:
    """Source: public. The token describes the transfer, the others the object."""
    headers = {**streamed(UNSIGNED, 5), "content-encoding": given}
    send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", headers, aws_chunks(b"hello"))
    assert stored_object(cos).body == b"hello"
    assert aws.head_object(Bucket=BUCKET, Key=KEY).get("ContentEncoding") == kept


def test_a_framing_that_only_the_encoding_names_is_decoded(cos: FakeCOS, aws: Any) -> None:
    """A client that signs with an IAM token sends no x-amz-content-sha256 (ibm-cos 5.2)."""
    upload_id = create_upload(aws)
    headers = {
        "content-encoding": "aws-chunked",
        "x-amz-trailer": CRC32,
        "x-amz-decoded-content-length": "5",
        "transfer-encoding": "chunked",
    }
    upload_raw_part(cos, upload_id, aws_chunks(b"hello", trailers=TRAILER), headers)
    assert stored_part(cos, upload_id).body == b"hello"


def test_a_document_may_not_be_streamed(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidRequest", "The value of x-amz-content-sha256 header is invalid.", 400):
        send_raw(cos, "POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", streamed(UNSIGNED, 5), aws_chunks(b"hello"))
