"""SSE-C on an upload in parts: the same key on every part, never stored, never shown.

Recorded: aws-multipart 45-47. The three headers' own errors, which all operations share: test_sse_c_headers.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.sse_c import CUSTOMER_KEY, SSE_C
from fakecos.contract.steps.answers import DATETIME, UPLOAD_ID, http_headers, http_status, members_of
from fakecos.contract.steps.digests import base64_of, md5, md5_base64
from fakecos.contract.steps.names import BIG, BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.support.constants import RECORDED
from tests.support.digests import crc32
from tests.support.objects import stored_object
from tests.support.raw_requests import send_raw
from tests.support.uploads import stored_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = pytest.mark.as_of(RECORDED)  # today a new bucket blocks SSE-C (aws-changes 1)
OTHER_KEY = b"vutsrqponmlkjihgfedcba0987654321"
KEY_MD5 = "JMwgiexXqwuPqIPjYFmIZQ=="  # recorded, so this is the key that the recordings were made with
OTHER: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": OTHER_KEY}
# For ListParts and GetObjectAttributes botocore leaves the encoding to the caller.
ENCODED = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": base64_of(CUSTOMER_KEY), "SSECustomerKeyMD5": KEY_MD5}
OTHER_ENCODED = {
    "SSECustomerAlgorithm": "AES256",
    "SSECustomerKey": base64_of(OTHER_KEY),
    "SSECustomerKeyMD5": md5_base64(OTHER_KEY),
}
ECHO = {"SSECustomerAlgorithm": "AES256", "SSECustomerKeyMD5": KEY_MD5}
DIFFERS = (
    "The multipart upload initiate requested encryption. "
    "Subsequent part requests must include the appropriate encryption parameters."
)
ANOTHER = "The provided encryption parameters did not match the ones used originally."
TO_COMPLETE = (
    "The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for "
    "this request when specifying checksums for each part."
)


def test_create_echoes_the_algorithm_and_the_keys_md5(client: Any) -> None:
    """Source: recorded aws-multipart 45."""
    answer = client.create_multipart_upload(Bucket=BUCKET, Key=KEY, **SSE_C)
    assert http_status(answer) == 200
    assert members_of(answer) == {"Bucket": BUCKET, "Key": KEY, "UploadId": UPLOAD_ID, **ECHO}


def test_a_part_echoes_them_and_its_etag_is_not_the_md5(client: Any) -> None:
    """Source: recorded aws-multipart 45: equal parts have equal checksums and different ETags."""
    upload_id = create_upload(client, **SSE_C)
    first, second = (upload_part(client, upload_id, b"hello", number, **SSE_C) for number in (1, 2))
    for answer in (first, second):
        assert {name: value for name, value in members_of(answer).items() if name != "ETag"} == {
            "ChecksumCRC32": crc32(b"hello"),
            **ECHO,
        }
        assert answer["ETag"].strip('"') != md5(b"hello")
    assert first["ETag"] != second["ETag"]


def test_complete_answers_neither_encryption_nor_checksum(client: Any) -> None:
    """Source: recorded aws-multipart 46, parts of 5 MiB and of 3 bytes."""
    upload_id = create_upload(client, **SSE_C)
    parts = [
        completed_part(number, upload_part(client, upload_id, body, number, **SSE_C))
        for number, body in ((1, BIG), (2, b"abc"))
    ]
    answer = members_of(complete_upload(client, upload_id, *parts))
    etag = answer.pop("ETag")
    assert etag.endswith('-2"')
    assert set(answer) == {"Bucket", "Key", "Location"}


def test_a_get_with_the_key_answers_no_checksum(client: Any) -> None:
    """Source: recorded aws-multipart 46."""
    upload_id = create_upload(client, **SSE_C)
    etag = complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"hello", **SSE_C)))[
        "ETag"
    ]
    answer = members_of(client.get_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED", **SSE_C))
    assert answer == {
        "AcceptRanges": "bytes",
        "Body": b"hello",
        "ContentLength": 5,
        "ContentType": "binary/octet-stream",
        "ETag": etag,
        "LastModified": DATETIME,
        "Metadata": {},
        **ECHO,
    }


def test_a_part_with_a_key_on_a_plain_upload_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 47."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", DIFFERS, 400):
        upload_part(client, upload_id, **SSE_C)


def test_a_part_without_a_key_on_an_encrypted_upload_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 47: the same text."""
    upload_id = create_upload(client, **SSE_C)
    with refused(cos, "InvalidRequest", DIFFERS, 400):
        upload_part(client, upload_id)


def test_a_part_with_another_key_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 47."""
    upload_id = create_upload(client, **SSE_C)
    with refused(cos, "InvalidRequest", ANOTHER, 400):
        upload_part(client, upload_id, **OTHER)


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


# --- Complete ---------------------------------------------------------------------------------------------


def test_complete_needs_no_key(client: Any) -> None:
    """Source: public (an upload without an algorithm)."""
    upload_id = create_upload(client, **SSE_C)
    part = completed_part(1, upload_part(client, upload_id, **SSE_C))
    assert http_status(complete_upload(client, upload_id, part)) == 200


def test_complete_takes_the_right_key(aws: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(aws, ChecksumAlgorithm="CRC32", **SSE_C)
    part = completed_part(1, upload_part(aws, upload_id, **SSE_C), checksums=True)
    assert http_status(complete_upload(aws, upload_id, part, **SSE_C)) == 200


def test_complete_with_checksums_needs_the_key(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", **SSE_C)
    part = completed_part(1, upload_part(client, upload_id, **SSE_C), checksums=True)
    with refused(cos, "InvalidRequest", TO_COMPLETE, 400):
        complete_upload(client, upload_id, part)


def test_complete_with_another_key_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client, **SSE_C)
    part = completed_part(1, upload_part(client, upload_id, **SSE_C))
    with refused(cos, "InvalidRequest", TO_COMPLETE, 400):
        complete_upload(client, upload_id, part, **OTHER)


def test_complete_of_a_plain_upload_with_a_key_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    with refused(cos, "InvalidRequest", TO_COMPLETE, 400):
        complete_upload(client, upload_id, part, **SSE_C)


# --- reading the object -----------------------------------------------------------------------------------

NEEDED = (
    "The object was stored using a form of Server Side Encryption. "
    "The correct parameters must be provided to retrieve the object."
)
WRONG_KEY = (
    "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key."
)


@pytest.fixture
def encrypted(client: Any) -> Any:
    """An object that was uploaded in parts with a customer key; return the client."""
    upload_id = create_upload(client, **SSE_C)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"hello", **SSE_C)))
    return client


def test_a_read_without_the_key_is_refused(cos: FakeCOS, encrypted: Any) -> None:
    """Source: recorded aws-multipart 49."""
    with refused(cos, "InvalidRequest", NEEDED, 400):
        encrypted.get_object(Bucket=BUCKET, Key=KEY)
    with refused(cos, "400", "Bad Request", 400):
        encrypted.head_object(Bucket=BUCKET, Key=KEY)


def test_a_read_with_another_key_is_refused(cos: FakeCOS, encrypted: Any) -> None:
    """Source: recorded aws-multipart 49."""
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        encrypted.get_object(Bucket=BUCKET, Key=KEY, **OTHER)
    with refused(cos, "403", "Forbidden", 403):
        encrypted.head_object(Bucket=BUCKET, Key=KEY, **OTHER)


def test_a_key_for_an_object_without_one_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"plain")
    with refused(cos, "InvalidRequest", "The encryption parameters are not applicable to this object.", 400):
        client.get_object(Bucket=BUCKET, Key=KEY, **SSE_C)


def test_a_read_needs_the_key_before_its_conditions_are_judged(cos: FakeCOS, encrypted: Any) -> None:
    """Source: assumed."""
    with refused(cos, "InvalidRequest", NEEDED, 400):
        encrypted.get_object(Bucket=BUCKET, Key=KEY, IfMatch='"no"')


def test_a_delete_needs_no_key(cos: FakeCOS, encrypted: Any) -> None:
    """Source: recorded aws-checksums-and-sse 14."""
    assert http_status(encrypted.delete_object(Bucket=BUCKET, Key=KEY)) == 204


# --- lists ------------------------------------------------------------------------------------------------


def test_a_list_of_parts_needs_no_key(client: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(client, **SSE_C)
    upload_part(client, upload_id, **SSE_C)
    assert len(client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]) == 1


# --- single objects ---------------------------------------------------------------------------------------


def test_an_object_of_one_request(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 14."""
    put = client.put_object(Bucket=BUCKET, Key=KEY, Body=b"test_data", **SSE_C)
    etag = put["ETag"]
    assert members_of(put) == {"ChecksumCRC32": "qIrZrA==", "ChecksumType": "FULL_OBJECT", "ETag": etag, **ECHO}
    assert etag.strip('"') != md5(b"test_data")
    head = {
        "AcceptRanges": "bytes",
        "ContentLength": 9,
        "ContentType": "binary/octet-stream",
        "ETag": etag,
        "LastModified": DATETIME,
        "Metadata": {},
        **ECHO,
    }
    assert members_of(client.head_object(Bucket=BUCKET, Key=KEY, **SSE_C)) == head
    assert members_of(client.get_object(Bucket=BUCKET, Key=KEY, ChecksumMode="ENABLED", **SSE_C)) == {
        **head,
        "Body": b"test_data",
        "ChecksumCRC32": "qIrZrA==",
        "ChecksumType": "FULL_OBJECT",
    }
    assert members_of(client.delete_object(Bucket=BUCKET, Key=KEY)) == {}


def test_the_attributes_of_such_an_object_do_not_echo_the_key(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-checksums-and-sse 14, 15; without the key: public."""
    etag = aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"test_data", **SSE_C)["ETag"].strip('"')
    asked = ["ETag", "ObjectSize", "ObjectParts"]
    answer = aws.get_object_attributes(Bucket=BUCKET, Key=KEY, ObjectAttributes=asked, **ENCODED)
    assert members_of(answer) == {"ETag": etag, "LastModified": DATETIME, "ObjectSize": 9}
    with refused(cos, "InvalidRequest", NEEDED, 400):
        aws.get_object_attributes(Bucket=BUCKET, Key=KEY, ObjectAttributes=asked)


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
