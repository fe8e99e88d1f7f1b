"""UploadPart: what it answers, what it replaces, and the uploads that it does not find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.answers import http_headers, http_status, members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.part_by_hand import part_by_hand
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, no_such_upload, upload_part

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

RECORDED = b"upload-part-1" * 5
"""The body of the recorded answer of aws-multipart 2: its ETag and its CRC32 are these bytes' own."""


@promise
def the_answer_has_etag_checksum_and_encryption_and_nothing_else(client: Any) -> None:
    """Source: recorded aws-multipart 2 (the client's default checksum is CRC32)."""
    answer = upload_part(client, create_upload(client), RECORDED)
    assert http_status(answer) == 200
    assert members_of(answer) == {
        "ChecksumCRC32": "axEe0A==",
        "ETag": '"3237c18681adb6a9d843c733ce249480"',
        "ServerSideEncryption": "AES256",
    }


@promise
def the_etag_is_quoted_on_the_wire(client: Any) -> None:
    answer = upload_part(client, create_upload(client), b"hello")
    assert http_headers(answer)["etag"] == f'"{md5(b"hello")}"'


@promise
def an_empty_part_is_taken(client: Any) -> None:
    """Source: documented: the last part has no minimum size."""
    upload_id = create_upload(client)
    answer = upload_part(client, upload_id, b"")
    assert members_of(answer) == {
        "ChecksumCRC32": "AAAAAA==",
        "ETag": '"d41d8cd98f00b204e9800998ecf8427e"',
        "ServerSideEncryption": "AES256",
    }


@promise
def numbers_may_be_sent_in_any_order(client: Any) -> None:
    upload_id = create_upload(client)
    for number in (3, 1, 2):
        upload_part(client, upload_id, b"%d" % number, number)
    listed = client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)["Parts"]
    assert [part["PartNumber"] for part in listed] == [1, 2, 3]


@promise
def an_id_of_1025_characters_is_not_found(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, **no_such_upload("u" * 1025)):
        upload_part(client, "u" * 1025)


@promise
def a_part_to_a_bucket_that_is_not_there_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7; that the bucket comes first is public."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="elsewhere"):
        client.upload_part(Bucket="elsewhere", Key=KEY, UploadId="fakeid", PartNumber=1, Body=b"x")


@promise
def a_part_without_a_checksum_is_answered_without_one(send: ByHand, client: Any) -> None:
    """Source: documented (the header is present only if the checksum was uploaded)."""
    upload_id = create_upload(client)
    response = part_by_hand(send, upload_id, b"hello")
    assert response.status == 200
    assert response.body == b""
    assert {name.lower() for name in response.headers} == {
        "etag",
        "x-amz-server-side-encryption",
        "content-length",
        "date",
        "server",
        "x-amz-id-2",
        "x-amz-request-id",
    }


@promise
def an_upload_of_another_bucket_is_not_found(cos: Service, client: Any) -> None:
    """Source: by analogy with recorded aws-multipart 6."""
    client.create_bucket(Bucket="others")
    upload_id = create_upload(client)
    with refused(cos, **no_such_upload(upload_id)):
        client.upload_part(Bucket="others", Key=KEY, UploadId=upload_id, PartNumber=1, Body=b"x")


@promise
def a_refusal_is_described_by_a_document_with_a_declaration(cos: Service, send: ByHand) -> None:
    """Source: public for the declaration; the order of the fields: code, message, its own, the ids."""
    with refused(cos, **no_such_upload("fakeid")) as answer:
        send("PUT", f"/{BUCKET}/{KEY}", "partNumber=1&uploadId=fakeid", {}, b"x")
    body = answer["Body"].decode()
    assert body.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchUpload</Code><Message>')
    assert "</Message><UploadId>fakeid</UploadId><RequestId>" in body
    assert http_headers(answer)["content-type"] == "application/xml"
