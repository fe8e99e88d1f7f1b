"""The size of a part: what is refused from the declared length, and what when the bytes have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import LEFT_OUT
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.part_by_hand import part_by_hand

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import after_signing, set_header
from fakecos.contract.steps.aws_chunks import CRC32, HELLO_CRC32, TERMINATED, UNSIGNED, aws_chunks
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part

INCOMPLETE = "You did not provide the number of bytes specified by the Content-Length HTTP header"


@promise
@cases("declared", [4, 6])
def a_decoded_length_that_differs_from_what_came_is_refused(cos: Service, client: Any, declared: int) -> None:
    """Source: public for the code. Through a client whose stream ends early, or says too little."""
    upload_id = create_upload(client)
    with (
        after_signing(client, "UploadPart", set_header("X-Amz-Decoded-Content-Length", str(declared))),
        refused(
            cos,
            "IncompleteBody",
            INCOMPLETE,
            400,
            NumberBytesExpected=str(declared),
            NumberBytesProvided="5",
        ),
    ):
        upload_part(client, upload_id, b"hello")


NO_LENGTH = "You must provide the Content-Length HTTP header."
STREAMED = {"x-amz-content-sha256": UNSIGNED, "content-encoding": "aws-chunked", "x-amz-trailer": CRC32}


@promise
def a_part_without_any_length_is_refused(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: documented code; public."""
    upload_id = create_upload(aws)
    with refused(cos, "MissingContentLength", NO_LENGTH, 411):
        part_by_hand(send, upload_id, b"hello", {"content-length": LEFT_OUT})


@promise
@cases("length", ["-5", "abc", ""])
def a_length_that_is_no_number_is_refused(cos: Service, send: ByHand, aws: Any, length: str) -> None:
    """Source: assumed."""
    upload_id = create_upload(aws)
    with refused(cos, "MissingContentLength", NO_LENGTH, 411):
        part_by_hand(send, upload_id, b"hello", {"content-length": length})


@promise
def http_chunks_of_unknown_length_are_not_implemented(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "A header you provided implies functionality that is not implemented"
    with refused(cos, "NotImplemented", message, 501, Header="Transfer-Encoding"):
        part_by_hand(send, upload_id, b"hello", {"transfer-encoding": "chunked"})


@promise
@cases(("declared", "provided"), [(6, 5), (5, 0)])
def a_body_shorter_than_declared_is_incomplete(
    cos: Service, send: ByHand, aws: Any, declared: int, provided: int
) -> None:
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
        part_by_hand(send, upload_id, b"x" * provided, {"content-length": str(declared)})


@promise
@cases("declared", ["abc", "-1", "", LEFT_OUT])
def a_framed_part_needs_a_decoded_length(cos: Service, send: ByHand, aws: Any, declared: str) -> None:
    """Source: public (a negative one: assumed)."""
    upload_id = create_upload(aws)
    body = aws_chunks(b"hello", trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())
    with refused(cos, "MissingContentLength", NO_LENGTH, 411):
        part_by_hand(send, upload_id, body, {**STREAMED, "x-amz-decoded-content-length": declared})


@promise
def a_framed_part_that_is_cut_off_is_incomplete(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    body = aws_chunks(b"hello", trailers=f"{CRC32}:{HELLO_CRC32}\r\n".encode())[:6]
    with refused(cos, "IncompleteBody", TERMINATED, 400):
        part_by_hand(send, upload_id, body, {**STREAMED, "x-amz-decoded-content-length": "5"})


@promise
def in_other_methods_no_length_is_no_body(send: ByHand, aws: Any) -> None:
    """Source: assumed: of a Delete, and of the Post that begins an upload."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")
    without = {"content-length": LEFT_OUT}
    assert send("GET", f"/{BUCKET}/{KEY}", "", without).body == b"x"
    assert send("POST", f"/{BUCKET}/{KEY}", "uploads", without).status == 200
    assert send("DELETE", f"/{BUCKET}/{KEY}", "", without).status == 204
