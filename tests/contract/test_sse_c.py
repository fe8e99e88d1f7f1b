"""SSE-C on an upload in parts: the same key on every part, never stored, never shown.

Recorded: aws-multipart 45-47. The three headers' own errors, which all operations share: promises/sse_c_headers.py.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.sse_c import ANOTHER, CUSTOMER_KEY, ECHO, ENCODED, KEY_MD5, OTHER, SSE_C
from fakecos.contract.steps.answers import DATETIME, http_headers, members_of
from fakecos.contract.steps.digests import base64_of
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.support.constants import RECORDED
from tests.support.objects import stored_object
from tests.support.raw_requests import send_raw
from tests.support.uploads import stored_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = pytest.mark.as_of(RECORDED)  # today a new bucket blocks SSE-C (aws-changes 1)
# For ListParts and GetObjectAttributes botocore leaves the encoding to the caller.


def test_a_refused_key_leaves_the_earlier_part_whole(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client, **SSE_C)
    upload_part(client, upload_id, b"first", **SSE_C)
    with refused(cos, "InvalidRequest", ANOTHER, 400):
        upload_part(client, upload_id, b"second", **OTHER)
    assert stored_part(cos, upload_id).body == b"first"


def test_the_key_is_kept_nowhere(cos: FakeCOS, client: Any) -> None:
    """Law: SSE-C keys are never kept nor journaled, only their MD5."""
    upload_id = create_upload(client, **SSE_C)
    part = upload_part(client, upload_id, b"hello", **SSE_C)
    assert stored_part(cos, upload_id).sse_c_key_md5 == KEY_MD5
    complete_upload(client, upload_id, completed_part(1, part))
    texts = [*map(repr, cos.journal), repr(stored_object(cos).attributes.encryption), str(part)]
    for secret in (CUSTOMER_KEY.decode(), base64_of(CUSTOMER_KEY)):
        assert not any(secret in text for text in texts)


def test_a_key_over_plain_http_is_refused(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    """Source: documented; public: before the key is judged, on Create, UploadPart and Complete."""
    insecure = make_client(use_ssl=False)
    upload_id = create_upload(make_client(), **SSE_C)
    words = (
        "Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection."
    )
    wants: dict[str, Any] = {
        "code": "InvalidArgument",
        "message": words,
        "status": 400,
        "ArgumentName": "x-amz-server-side-encryption",
    }
    with refused(cos, **wants):
        insecure.create_multipart_upload(Bucket=BUCKET, Key=KEY, **SSE_C)
    with refused(cos, **wants):
        upload_part(insecure, upload_id, b"x", **SSE_C)
    with refused(cos, **wants):
        upload_part(insecure, upload_id, b"x", **{**SSE_C, "SSECustomerAlgorithm": "KMS"})
    with refused(cos, **wants):
        insecure.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", **SSE_C)


def test_a_raw_put_gets_crc64nvme_as_any_other(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-checksums-and-sse 15."""
    send_raw(
        cos,
        "PUT",
        f"/{BUCKET}/{KEY}",
        "",
        {
            "x-amz-server-side-encryption-customer-algorithm": "AES256",
            "x-amz-server-side-encryption-customer-key": base64_of(CUSTOMER_KEY),
            "x-amz-server-side-encryption-customer-key-md5": KEY_MD5,
        },
        b"test data..",
    )
    checksum = {"ChecksumCRC64NVME": "qUVrWYOrIAM=", "ChecksumType": "FULL_OBJECT"}
    for read in (aws.head_object, aws.get_object):
        answer = read(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED", **SSE_C)
        assert {name: answer[name] for name in checksum} == checksum
        assert {name: answer[name] for name in ECHO} == ECHO
        assert "x-amz-server-side-encryption" not in http_headers(answer)
    asked = ["ETag", "Checksum"]
    attributes = aws.get_object_attributes(Bucket=BUCKET, Key=KEY, ObjectAttributes=asked, **ENCODED)
    assert members_of(attributes) == {
        "Checksum": checksum,
        "ETag": stored_object(cos).etag,
        "LastModified": DATETIME,
    }


def test_the_recorded_key_has_the_recorded_md5() -> None:
    assert base64_of(hashlib.md5(CUSTOMER_KEY, usedforsecurity=False).digest()) == KEY_MD5
