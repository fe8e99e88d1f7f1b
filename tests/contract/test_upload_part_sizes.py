"""The size of a part: what is refused from the declared length, and what when the bytes have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.upload_part_sizes import INCOMPLETE
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part
from fakecos.wire.messages import RawBody
from tests.support.payloads import CRC32, HELLO_CRC32, TERMINATED, UNSIGNED, aws_chunks
from tests.support.raw_requests import LEFT_OUT, send_raw
from tests.support.uploads import stored_part, upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

GIB = 1024**3
TOO_LARGE = "Your proposed upload exceeds the maximum allowed size"
NO_LENGTH = "You must provide the Content-Length HTTP header."
STREAMED = {"x-amz-content-sha256": UNSIGNED, "content-encoding": "aws-chunked", "x-amz-trailer": CRC32}


class Unread(RawBody):
    """A body that must not be touched."""

    def read(self) -> bytes:
        raise AssertionError


@pytest.mark.one_door("it counts how often the body is read")
@pytest.mark.parametrize("size", [5 * GIB + 1, 10 * GIB])
def test_a_part_that_declares_more_than_5_gib_is_refused_unread(cos: FakeCOS, aws: Any, size: int) -> None:
    """Source: documented limit; code, message and fields are public."""
    upload_id = create_upload(aws)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=str(size), MaxSizeAllowed=str(5 * GIB)):
        upload_raw_part(cos, upload_id, Unread(), {"content-length": str(size)})


@pytest.mark.one_door("it counts how often the body is read")
def test_a_framed_part_that_declares_more_than_5_gib_is_refused_unread(cos: FakeCOS, aws: Any) -> None:
    upload_id = create_upload(aws)
    size = str(5 * GIB + 1)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=size, MaxSizeAllowed=str(5 * GIB)):
        upload_raw_part(
            cos,
            upload_id,
            Unread(),
            {**STREAMED, "transfer-encoding": "chunked", "x-amz-decoded-content-length": size},
        )


@pytest.mark.limits(max_part_size=4)
def test_the_maximum_is_a_value_that_a_test_can_set(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"1234")
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize="5", MaxSizeAllowed="4"):
        upload_part(client, upload_id, b"12345")


@pytest.mark.one_door("it counts how often the body is read")
def test_a_too_large_part_is_told_before_its_digest(cos: FakeCOS, aws: Any) -> None:
    """The digest needs the bytes, which are not read (law of this project: refuse early)."""
    upload_id = create_upload(aws)
    size = str(5 * GIB + 1)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=size, MaxSizeAllowed=str(5 * GIB)):
        upload_raw_part(cos, upload_id, Unread(), {"content-length": size, "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg=="})


def test_a_part_without_any_length_is_refused(cos: FakeCOS, aws: Any) -> None:
    """Source: documented code; public."""
    upload_id = create_upload(aws)
    with refused(cos, "MissingContentLength", NO_LENGTH, 411):
        upload_raw_part(cos, upload_id, b"hello", {"content-length": LEFT_OUT})


@pytest.mark.parametrize("length", ["-5", "abc", ""])
def test_a_length_that_is_no_number_is_refused(cos: FakeCOS, aws: Any, length: str) -> None:
    """Source: assumed."""
    upload_id = create_upload(aws)
    with refused(cos, "MissingContentLength", NO_LENGTH, 411):
        upload_raw_part(cos, upload_id, b"hello", {"content-length": length})


def test_http_chunks_of_unknown_length_are_not_implemented(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "A header you provided implies functionality that is not implemented"
    with refused(cos, "NotImplemented", message, 501, Header="Transfer-Encoding"):
        upload_raw_part(cos, upload_id, b"hello", {"transfer-encoding": "chunked"})


@pytest.mark.parametrize(("declared", "provided"), [(6, 5), (5, 0)])
def test_a_body_shorter_than_declared_is_incomplete(cos: FakeCOS, aws: Any, declared: int, provided: int) -> None:
    """Source: documented code, public fields."""
    upload_id = create_upload(aws)
    with refused(
        cos,
        "IncompleteBody",
        INCOMPLETE,
        400,
        NumberBytesExpected=str(declared),
        NumberBytesProvided=str(provided),
    ):
        upload_raw_part(cos, upload_id, b"x" * provided, {"content-length": str(declared)})


@pytest.mark.parametrize("declared", ["abc", "-1", "", LEFT_OUT])
def test_a_framed_part_needs_a_decoded_length(cos: FakeCOS, aws: Any, declared: str) -> None:
    """Source: public (a negative one: assumed)."""
    upload_id = create_upload(aws)
    body = aws_chunks(b"hello", trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())
    with refused(cos, "MissingContentLength", NO_LENGTH, 411):
        upload_raw_part(cos, upload_id, body, {**STREAMED, "x-amz-decoded-content-length": declared})


def test_a_framed_part_that_is_cut_off_is_incomplete(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    body = aws_chunks(b"hello", trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())[:6]
    with refused(cos, "IncompleteBody", TERMINATED, 400):
        upload_raw_part(cos, upload_id, body, {**STREAMED, "x-amz-decoded-content-length": "5"})


def test_a_file_from_its_middle_is_stored_from_there(cos: FakeCOS, client: Any) -> None:
    """A client sends from the current position (wire 2)."""
    import io

    body = io.BytesIO(b"0123456789")
    body.seek(4)
    upload_id = create_upload(client)
    upload_part(client, upload_id, body)
    assert stored_part(cos, upload_id).body == b"456789"


@pytest.mark.one_door("it counts how often the body is read")
def test_the_size_of_an_object_of_one_request_is_limited_too(cos: FakeCOS) -> None:
    """Source: documented (PutObject: 5 GiB)."""
    size = str(5 * GIB + 1)
    with refused(cos, "EntityTooLarge", TOO_LARGE, 400, ProposedSize=size, MaxSizeAllowed=str(5 * GIB)):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", "", {"content-length": size}, Unread())
