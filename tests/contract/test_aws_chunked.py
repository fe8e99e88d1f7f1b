"""The aws-chunked framing of a part's body: decoded, verified, and refused when it is malformed.

`public`: suites that are run on AWS. The framing's own unit tests are in tests/wire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.aws_chunked import TRAILER, streamed
from fakecos.contract.steps.aws_chunks import CRC32, HELLO_CRC32, TERMINATED, UNSIGNED, aws_chunks
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from tests.support.objects import stored_object
from tests.support.payloads import ECDSA, SIGNATURE, SIGNED, SIGNED_TRAILER
from tests.support.raw_requests import send_raw
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS
SIGNED_LAST = TRAILER + b"x-amz-trailer-signature:" + b"0" * 64 + b"\r\n"
EIGHT_KIB = bytes(8192)


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


@pytest.mark.parametrize(("sizes", "chunk", "bad"), [((5, 8192), "2", "5"), ((8192, 8191, 1), "3", "8191")])
def test_only_the_last_signed_chunk_may_be_small(
    cos: FakeCOS, aws: Any, sizes: tuple[int, ...], chunk: str, bad: str
) -> None:
    """Source: public (403, and the number of the chunk behind the small one)."""
    upload_id = create_upload(aws)
    body = aws_chunks(*(bytes(size) for size in sizes), extension=SIGNATURE)
    message = "Only the last chunk is allowed to have a size less than 8192 bytes"
    with refused(cos, "InvalidChunkSizeError", message, 403, Chunk=chunk, BadChunkSize=bad):
        upload_raw_part(cos, upload_id, body, streamed(SIGNED, sum(sizes)))
