"""x-amz-content-sha256: a digest that is verified, UNSIGNED-PAYLOAD, or the name of a framing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import LEFT_OUT
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.digests import md5_base64, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.part_by_hand import part_by_hand
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

MISMATCH = "The provided 'x-amz-content-sha256' header does not match what was computed."


@promise
def a_body_that_is_not_the_one_that_was_signed_is_refused(cos: Service, make_client: Callable[..., Any]) -> None:
    """A client over http signs the body; what changes on the way is seen (wire 2)."""
    client = make_client(use_ssl=False)
    upload_id = create_upload(client)

    def damage(request: Any, **_: Any) -> None:
        request.body = b"hellp"

    client.meta.events.register("before-send.s3.UploadPart", damage)
    with refused(cos, "XAmzContentSHA256Mismatch", MISMATCH, 400, **digest_fields(b"hello", b"hellp")):
        upload_part(client, upload_id, b"hello")


def digest_fields(sent: bytes, computed: bytes) -> dict[str, str]:
    return {
        "ClientComputedContentSHA256": hashlib.sha256(sent).hexdigest(),
        "S3ComputedContentSHA256": hashlib.sha256(computed).hexdigest(),
    }


@promise
def a_part_signed_as_the_client_does_completes(aws: Any) -> None:
    upload_id = create_upload(aws)
    part = upload_part(aws, upload_id, b"hello", ChecksumSHA256=sha256(b"hello"))
    assert complete_upload(aws, upload_id, completed_part(1, part))["ETag"].endswith('-1"')


NAME = "x-amz-content-sha256"
RIGHT = hashlib.sha256(b"hello").hexdigest()
WRONG = hashlib.sha256(b"bye").hexdigest()
INVALID = (
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER "
    "or a valid sha256 value."
)


def mismatch(sent: str) -> dict[str, Any]:
    return {
        "code": "XAmzContentSHA256Mismatch",
        "message": MISMATCH,
        "status": 400,
        "ClientComputedContentSHA256": sent,
        "S3ComputedContentSHA256": RIGHT,
    }


@promise
@cases("value", [RIGHT, RIGHT.upper(), "UNSIGNED-PAYLOAD"])
def a_right_digest_and_none_at_all_are_taken(send: ByHand, aws: Any, value: str) -> None:
    """Source: documented; upper case is public."""
    assert part_by_hand(send, create_upload(aws), b"hello", {NAME: value}).status == 200


@promise
@cases("encoding", ["aws-chunked", "gzip,aws-chunked"])
def what_is_said_to_be_unsigned_is_not_framed(cos: Service, send: ByHand, aws: Any, encoding: str) -> None:
    """Source: public; the value that is shown: assumed."""
    upload_id = create_upload(aws)
    said = "aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied."
    headers = {NAME: "UNSIGNED-PAYLOAD", "content-encoding": encoding, "x-amz-decoded-content-length": "5"}
    shown = {"ArgumentName": "Content-Encoding", "ArgumentValue": encoding}
    with refused(cos, "InvalidArgument", said, 400, **shown):
        part_by_hand(send, upload_id, b"5\r\nhello\r\n0\r\n\r\n", headers)


@promise
@cases("value", [WRONG, WRONG.upper()])
def a_wrong_digest_is_refused_and_shown_as_it_came(cos: Service, send: ByHand, aws: Any, value: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, **mismatch(value)):
        part_by_hand(send, upload_id, b"hello", {NAME: value})


@promise
@cases("value", ["invalid", "unsigned-payload", "STREAMING-UNSIGNED-PAYLOAD", RIGHT[:-1], ""])
def another_text_is_refused(cos: Service, send: ByHand, aws: Any, value: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", INVALID, 400, ArgumentName=NAME, ArgumentValue=value or None):
        part_by_hand(send, upload_id, b"hello", {NAME: value})


@promise
def a_signature_of_version_4_needs_the_header(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "Missing required header for this request: x-amz-content-sha256"
    with refused(cos, "InvalidRequest", message, 400):
        part_by_hand(send, upload_id, b"hello", {NAME: LEFT_OUT})


@promise
def a_wrong_digest_is_told_before_content_md5_and_checksums(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, **mismatch(WRONG)):
        part_by_hand(
            send,
            upload_id,
            b"hello",
            {NAME: WRONG, "content-md5": md5_base64(b"bye"), "x-amz-checksum-sha256": sha256(b"bye")},
        )


@promise
def a_malformed_content_md5_is_told_before_a_wrong_digest(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "The Content-MD5 you specified was invalid."
    with refused(cos, "InvalidDigest", message, 400, **{"Content-MD5": "MTIz"}):
        part_by_hand(send, upload_id, b"hello", {NAME: WRONG, "content-md5": "MTIz"})


@promise
def the_document_of_complete_is_verified_too(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    completed_part(1, upload_part(aws, upload_id))
    with refused(cos, "XAmzContentSHA256Mismatch"):
        send("POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", {NAME: WRONG}, b"<CompleteMultipartUpload/>")
