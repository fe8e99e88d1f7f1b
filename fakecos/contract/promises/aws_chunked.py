"""The aws-chunked framing of a part's body: decoded, verified, and refused when it is malformed.

`public`: suites that are run on AWS. The framing's own unit tests are in tests/wire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.aws_chunks import CRC32, HELLO_CRC32, TERMINATED, UNSIGNED, aws_chunks
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.part_by_hand import part_by_hand
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

TRAILER = f"{CRC32}:{HELLO_CRC32}\r\n".encode()
MALFORMED = "The request contained trailing data that was not well-formed or did not conform to our published schema."


def streamed(mode: str, size: int, *, trailer: str | None = None) -> dict[str, str]:
    headers = {
        "x-amz-content-sha256": mode,
        "content-encoding": "aws-chunked",
        "x-amz-decoded-content-length": str(size),
    }
    return headers if trailer is None else {**headers, "x-amz-trailer": trailer}


@promise
@cases(
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
def malformed_chunks_are_an_incomplete_body(cos: Service, send: ByHand, aws: Any, body: bytes) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "IncompleteBody", TERMINATED, 400):
        part_by_hand(send, upload_id, body, streamed(UNSIGNED, 5))


@promise
@cases(("sizes", "chunk", "bad"), [((5, 8192), "2", "5"), ((8192, 8191, 1), "3", "8191")])
def only_the_last_chunk_may_be_small(
    cos: Service, send: ByHand, aws: Any, sizes: tuple[int, ...], chunk: str, bad: str
) -> None:
    """Source: public (403, and the number of the chunk behind the small one)."""
    upload_id = create_upload(aws)
    body = aws_chunks(*(bytes(size) for size in sizes))
    message = "Only the last chunk is allowed to have a size less than 8192 bytes"
    with refused(cos, "InvalidChunkSizeError", message, 403, Chunk=chunk, BadChunkSize=bad):
        part_by_hand(send, upload_id, body, streamed(UNSIGNED, sum(sizes)))


@promise
@cases("name", ["x-amz-checksum-sha3", "AAAA", ",x-amz-checksum-crc32"])
def a_trailer_that_is_no_checksum_is_not_supported(cos: Service, send: ByHand, aws: Any, name: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "The value specified in the x-amz-trailer header is not supported"
    with refused(cos, "InvalidRequest", message, 400):
        part_by_hand(send, upload_id, aws_chunks(b"hello", trailers=TRAILER), streamed(UNSIGNED, 5, trailer=name))


@promise
def two_trailers_are_several_checksums(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
    with refused(cos, "InvalidRequest", message, 400):
        part_by_hand(send, upload_id, b"", streamed(UNSIGNED, 5, trailer=f"{CRC32},x-amz-checksum-sha1"))


@promise
@cases(
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
def trailers_must_be_the_declared_ones(
    cos: Service, send: ByHand, aws: Any, headers: dict[str, str], body: bytes
) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "MalformedTrailerError", MALFORMED, 400):
        part_by_hand(send, upload_id, body, headers)


@promise
def the_name_of_a_trailer_has_no_letter_case(send: ByHand, aws: Any) -> None:
    """Source: public."""
    headers = streamed(UNSIGNED, 5, trailer="X-Amz-Checksum-CRC32")
    body = aws_chunks(b"hello", trailers=f"X-AMZ-Checksum-Crc32: {HELLO_CRC32}\r\n".encode())
    assert part_by_hand(send, create_upload(aws), body, headers).status == 200


@promise
def a_document_may_not_be_streamed(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidRequest", "The value of x-amz-content-sha256 header is invalid.", 400):
        send("POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", streamed(UNSIGNED, 5), aws_chunks(b"hello"))
