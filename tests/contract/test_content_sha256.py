"""x-amz-content-sha256: a digest that is verified, UNSIGNED-PAYLOAD, or the name of a framing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.content_sha256 import MISMATCH
from fakecos.contract.steps.digests import md5_base64, sha256
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import completed_part, create_upload, upload_part
from fakecos.facts.http_dates import http_date
from fakecos.model.clock import now
from tests.support.payloads import V4
from tests.support.raw_requests import send_raw
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS

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


@pytest.mark.parametrize("value", [RIGHT, RIGHT.upper(), "UNSIGNED-PAYLOAD"])
def test_a_right_digest_and_none_at_all_are_taken(cos: FakeCOS, aws: Any, value: str) -> None:
    """Source: documented; upper case is public."""
    assert upload_raw_part(cos, create_upload(aws), b"hello", {NAME: value, "authorization": V4}).status == 200


@pytest.mark.parametrize("encoding", ["aws-chunked", "gzip,aws-chunked"])
def test_what_is_said_to_be_unsigned_is_not_framed(cos: FakeCOS, aws: Any, encoding: str) -> None:
    """Source: public; the value that is shown: assumed."""
    upload_id = create_upload(aws)
    said = "aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied."
    headers = {NAME: "UNSIGNED-PAYLOAD", "content-encoding": encoding, "x-amz-decoded-content-length": "5"}
    shown = {"ArgumentName": "Content-Encoding", "ArgumentValue": encoding}
    with refused(cos, "InvalidArgument", said, 400, **shown):
        upload_raw_part(cos, upload_id, b"5\r\nhello\r\n0\r\n\r\n", {**headers, "authorization": V4})


@pytest.mark.parametrize("value", [WRONG, WRONG.upper()])
def test_a_wrong_digest_is_refused_and_shown_as_it_came(cos: FakeCOS, aws: Any, value: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, **mismatch(value)):
        upload_raw_part(cos, upload_id, b"hello", {NAME: value, "authorization": V4})


@pytest.mark.parametrize("value", ["invalid", "unsigned-payload", "STREAMING-UNSIGNED-PAYLOAD", RIGHT[:-1], ""])
def test_another_text_is_refused(cos: FakeCOS, aws: Any, value: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", INVALID, 400, ArgumentName=NAME, ArgumentValue=value or None):
        upload_raw_part(cos, upload_id, b"hello", {NAME: value, "authorization": V4})


def test_a_signature_of_version_4_needs_the_header(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "Missing required header for this request: x-amz-content-sha256"
    with refused(cos, "InvalidRequest", message, 400):
        upload_raw_part(cos, upload_id, b"hello", {"authorization": V4})


def test_a_signature_of_version_2_does_not(cos: FakeCOS, aws: Any) -> None:
    """Source: documented (Signature Version 2)."""
    assert (
        upload_raw_part(
            cos, create_upload(aws), b"hello", {"authorization": "AWS AKID:c2lnbmF0dXJl", "date": http_date(now())}
        ).status
        == 200
    )


def test_a_wrong_digest_is_told_before_content_md5_and_checksums(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, **mismatch(WRONG)):
        upload_raw_part(
            cos,
            upload_id,
            b"hello",
            {NAME: WRONG, "content-md5": md5_base64(b"bye"), "x-amz-checksum-sha256": sha256(b"bye")},
        )


def test_a_malformed_content_md5_is_told_before_a_wrong_digest(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "The Content-MD5 you specified was invalid."
    with refused(cos, "InvalidDigest", message, 400, **{"Content-MD5": "MTIz"}):
        upload_raw_part(cos, upload_id, b"hello", {NAME: WRONG, "content-md5": "MTIz"})


def test_the_document_of_complete_is_verified_too(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    completed_part(1, upload_part(aws, upload_id))
    with refused(cos, "XAmzContentSHA256Mismatch"):
        send_raw(cos, "POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", {NAME: WRONG}, b"<CompleteMultipartUpload/>")
