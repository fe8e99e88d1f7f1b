"""SSE-C on an upload in parts: the same key on every part, never stored, never shown.

Recorded: aws-multipart 45-47. The three headers' own errors, which all operations share: sse_c_headers.
"""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, before_each, promise
from fakecos.contract.steps.answers import DATETIME, UPLOAD_ID, http_status, members_of
from fakecos.contract.steps.digests import base64_of, checksum_of, md5, md5_base64
from fakecos.contract.steps.names import BIG, BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.contract.steps.versions import enable_versioning

CUSTOMER_KEY = b"1234567890abcdef1234567890abcdef"
SSE_C: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": CUSTOMER_KEY}

OTHER_KEY = b"vutsrqponmlkjihgfedcba0987654321"

KEY_MD5 = "JMwgiexXqwuPqIPjYFmIZQ=="  # recorded, so this is the key that the recordings were made with

OTHER: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": OTHER_KEY}

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


@before_each
def keys_are_taken(sse_c_allowed: None) -> None:
    """Let the bucket take keys of the customer, which a new one blocks since April 2026 (aws-changes 1)."""


def upload_encrypted(client: Any) -> None:
    """Upload an object in parts with a customer's key."""
    upload_id = create_upload(client, **SSE_C)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, b"hello", **SSE_C)))


@promise
def create_echoes_the_algorithm_and_the_keys_md5(client: Any) -> None:
    """Source: recorded aws-multipart 45."""
    answer = client.create_multipart_upload(Bucket=BUCKET, Key=KEY, **SSE_C)
    assert http_status(answer) == 200
    assert members_of(answer) == {"Bucket": BUCKET, "Key": KEY, "UploadId": UPLOAD_ID, **ECHO}


@promise
def a_part_echoes_them_and_its_etag_is_not_the_md5(client: Any) -> None:
    """Source: recorded aws-multipart 45: equal parts have equal checksums and different ETags."""
    upload_id = create_upload(client, **SSE_C)
    first, second = (upload_part(client, upload_id, b"hello", number, **SSE_C) for number in (1, 2))
    for answer in (first, second):
        assert {name: value for name, value in members_of(answer).items() if name != "ETag"} == {
            "ChecksumCRC32": checksum_of("CRC32", b"hello"),
            **ECHO,
        }
        assert answer["ETag"].strip('"') != md5(b"hello")
    assert first["ETag"] != second["ETag"]


@promise
def complete_answers_neither_encryption_nor_checksum(client: Any) -> None:
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


@promise
def a_get_with_the_key_answers_no_checksum(client: Any) -> None:
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


@promise
def a_part_with_a_key_on_a_plain_upload_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 47."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", DIFFERS, 400):
        upload_part(client, upload_id, **SSE_C)


@promise
def a_part_without_a_key_on_an_encrypted_upload_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 47: the same text."""
    upload_id = create_upload(client, **SSE_C)
    with refused(cos, "InvalidRequest", DIFFERS, 400):
        upload_part(client, upload_id)


@promise
def a_part_with_another_key_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 47."""
    upload_id = create_upload(client, **SSE_C)
    with refused(cos, "InvalidRequest", ANOTHER, 400):
        upload_part(client, upload_id, **OTHER)


@promise
def complete_needs_no_key(client: Any) -> None:
    """Source: public (an upload without an algorithm)."""
    upload_id = create_upload(client, **SSE_C)
    part = completed_part(1, upload_part(client, upload_id, **SSE_C))
    assert http_status(complete_upload(client, upload_id, part)) == 200


@promise
def complete_takes_the_right_key(aws: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(aws, ChecksumAlgorithm="CRC32", **SSE_C)
    part = completed_part(1, upload_part(aws, upload_id, **SSE_C), checksums=True)
    assert http_status(complete_upload(aws, upload_id, part, **SSE_C)) == 200


@promise
def complete_with_checksums_needs_the_key(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client, ChecksumAlgorithm="CRC32", **SSE_C)
    part = completed_part(1, upload_part(client, upload_id, **SSE_C), checksums=True)
    with refused(cos, "InvalidRequest", TO_COMPLETE, 400):
        complete_upload(client, upload_id, part)


@promise
def complete_with_another_key_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client, **SSE_C)
    part = completed_part(1, upload_part(client, upload_id, **SSE_C))
    with refused(cos, "InvalidRequest", TO_COMPLETE, 400):
        complete_upload(client, upload_id, part, **OTHER)


@promise
def complete_of_a_plain_upload_with_a_key_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    with refused(cos, "InvalidRequest", TO_COMPLETE, 400):
        complete_upload(client, upload_id, part, **SSE_C)


NEEDED = (
    "The object was stored using a form of Server Side Encryption. "
    "The correct parameters must be provided to retrieve the object."
)

WRONG_KEY = (
    "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key."
)


@promise
def a_read_without_the_key_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 49."""
    upload_encrypted(client)
    with refused(cos, "InvalidRequest", NEEDED, 400):
        client.get_object(Bucket=BUCKET, Key=KEY)
    with refused(cos, "400", "Bad Request", 400):
        client.head_object(Bucket=BUCKET, Key=KEY)


@promise
def a_read_with_another_key_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 49."""
    upload_encrypted(client)
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        client.get_object(Bucket=BUCKET, Key=KEY, **OTHER)
    with refused(cos, "403", "Forbidden", 403):
        client.head_object(Bucket=BUCKET, Key=KEY, **OTHER)


@promise
def a_key_for_an_object_without_one_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"plain")
    with refused(cos, "InvalidRequest", "The encryption parameters are not applicable to this object.", 400):
        client.get_object(Bucket=BUCKET, Key=KEY, **SSE_C)


@promise
def a_read_needs_the_key_before_its_conditions_are_judged(cos: Service, client: Any) -> None:
    """Source: assumed."""
    upload_encrypted(client)
    with refused(cos, "InvalidRequest", NEEDED, 400):
        client.get_object(Bucket=BUCKET, Key=KEY, IfMatch='"no"')
    with refused(cos, "InvalidRequest", NEEDED, 400):
        client.get_object(Bucket=BUCKET, Key=KEY, IfNoneMatch="*")


@promise
def a_delete_needs_no_key(client: Any) -> None:
    """Source: recorded aws-checksums-and-sse 14."""
    upload_encrypted(client)
    assert http_status(client.delete_object(Bucket=BUCKET, Key=KEY)) == 204


@promise
def a_list_of_parts_needs_no_key(client: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(client, **SSE_C)
    upload_part(client, upload_id, **SSE_C)
    assert len(client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]) == 1


@promise
def a_list_of_parts_takes_the_right_key_and_refuses_another(cos: Service, aws: Any) -> None:
    """Source: documented; a wrong key: assumed."""
    upload_id = create_upload(aws, **SSE_C)
    assert http_status(aws.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id, **ENCODED)) == 200
    with refused(cos, "InvalidRequest", ANOTHER, 400):
        aws.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id, **OTHER_ENCODED)


@promise
def an_object_of_one_request(client: Any) -> None:
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


@promise
def the_attributes_of_such_an_object_do_not_echo_the_key(cos: Service, aws: Any) -> None:
    """Source: recorded aws-checksums-and-sse 14, 15; without the key: public."""
    etag = aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"test_data", **SSE_C)["ETag"].strip('"')
    asked = ["ETag", "ObjectSize", "ObjectParts"]
    answer = aws.get_object_attributes(Bucket=BUCKET, Key=KEY, ObjectAttributes=asked, **ENCODED)
    assert members_of(answer) == {"ETag": etag, "LastModified": DATETIME, "ObjectSize": 9}
    with refused(cos, "InvalidRequest", NEEDED, 400):
        aws.get_object_attributes(Bucket=BUCKET, Key=KEY, ObjectAttributes=asked)


@promise
def in_a_versioned_bucket_such_an_upload_has_a_version_too(aws: Any) -> None:
    """Source: documented."""
    enable_versioning(aws)
    upload_id = create_upload(aws, **SSE_C)
    part = completed_part(1, upload_part(aws, upload_id, **SSE_C))
    assert len(complete_upload(aws, upload_id, part)["VersionId"]) == 32
