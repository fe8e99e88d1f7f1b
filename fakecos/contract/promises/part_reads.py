"""GetObject and HeadObject with partNumber (recorded aws-multipart 16-20, 36, 41)."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, http_status, members_of
from fakecos.contract.steps.messages import PART_NUMBER_RANGE
from fakecos.contract.steps.names import BUCKET, MIB
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts

TEXT = b"test content 123"
BIG = TEXT * (5 * MIB // 16 + 1)
COMMON = {
    "AcceptRanges": "bytes",
    "ContentType": "binary/octet-stream",
    "LastModified": DATETIME,
    "Metadata": {},
    "ServerSideEncryption": "AES256",
}
NOT_SATISFIABLE = "The requested partnumber is not satisfiable"


@promise
def the_second_part_of_two_comes_with_its_place_and_without_a_checksum(client: Any) -> None:
    """Source: recorded aws-multipart 16, with checksum mode on, as clients send it."""
    upload_in_parts(client, BIG, TEXT, key="key")
    answer = client.get_object(Bucket=BUCKET, Key="key", PartNumber=2, ChecksumMode="ENABLED")
    assert http_status(answer) == 206
    assert members_of(answer) == {
        **COMMON,
        "Body": TEXT,
        "ContentLength": 16,
        "ContentRange": "bytes 5242896-5242911/5242912",
        "ETag": '"2848839dc84e13fa00a0944e760e233b-2"',
        "PartsCount": 2,
    }


@promise
@cases(
    ("checksum_type", "checksum", "answered"),
    [("COMPOSITE", "sZB91Q==-1", "fwuu0Q=="), ("FULL_OBJECT", "fwuu0Q==", "fwuu0Q==")],
)
def the_only_part_has_the_checksum_of_the_part(client: Any, checksum_type: str, checksum: str, answered: str) -> None:
    """Source: recorded aws-multipart 17, aws-checksums-and-sse 7."""
    upload_id = client.create_multipart_upload(
        Bucket=BUCKET, Key="key", ChecksumAlgorithm="CRC32C", ChecksumType=checksum_type
    )["UploadId"]
    part = client.upload_part(
        Bucket=BUCKET, Key="key", UploadId=upload_id, PartNumber=1, Body=TEXT, ChecksumCRC32C="fwuu0Q=="
    )
    listed = [{"PartNumber": 1, "ETag": part["ETag"], "ChecksumCRC32C": "fwuu0Q=="}]
    completed = client.complete_multipart_upload(
        Bucket=BUCKET, Key="key", UploadId=upload_id, MultipartUpload={"Parts": listed}
    )
    assert completed["ChecksumCRC32C"] == checksum
    expected = {
        **COMMON,
        "ChecksumCRC32C": answered,
        "ChecksumType": checksum_type,
        "ContentLength": 16,
        "ContentRange": "bytes 0-15/16",
        "ETag": '"b972025bc34adf8d76d6d51e93c035cc-1"',
        "PartsCount": 1,
    }
    answer = client.get_object(Bucket=BUCKET, Key="key", PartNumber=1, ChecksumMode="ENABLED")
    assert http_status(answer) == 206
    assert members_of(answer) == {**expected, "Body": TEXT}
    head = client.head_object(Bucket=BUCKET, Key="key", PartNumber=1, ChecksumMode="ENABLED")
    assert http_status(head) == 206
    seen = members_of(head)
    assert seen == expected if "ContentRange" in seen else {**seen, "ContentRange": "bytes 0-15/16"} == expected


@promise
def a_plain_object_is_its_own_only_part(client: Any) -> None:
    """Source: recorded aws-multipart 20."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"test-123")
    answer = client.get_object(Bucket=BUCKET, Key="key", PartNumber=1)
    assert http_status(answer) == 206
    assert members_of(answer) == {
        **COMMON,
        "Body": b"test-123",
        "ChecksumCRC32": "MAPXAg==",
        "ChecksumType": "FULL_OBJECT",
        "ContentLength": 8,
        "ContentRange": "bytes 0-7/8",
        "ETag": '"ca6d00e33edff0e9cb3782d31182de33"',
    }


@promise
def an_empty_plain_object_has_no_range_to_show(client: Any) -> None:
    """Source: assumed: a Content-Range cannot say "nothing"."""
    client.put_object(Bucket=BUCKET, Key="empty", Body=b"")
    answer = client.get_object(Bucket=BUCKET, Key="empty", PartNumber=1)
    members = members_of(answer)
    assert (members["Body"], members["ContentLength"]) == (b"", 0)
    assert "ContentRange" not in members
    assert http_status(answer) == 200


@promise
def a_part_behind_the_last_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 18."""
    upload_in_parts(client, BIG, TEXT, key="key")
    client.put_object(Bucket=BUCKET, Key="plain", Body=TEXT)
    with refused(cos, "InvalidPartNumber", NOT_SATISFIABLE, 416, ActualPartCount="2", PartNumberRequested="10"):
        client.get_object(Bucket=BUCKET, Key="key", PartNumber=10)
    with refused(cos, "InvalidPartNumber", NOT_SATISFIABLE, 416, ActualPartCount="1", PartNumberRequested="2"):
        client.get_object(Bucket=BUCKET, Key="plain", PartNumber=2)
    with refused(cos, "416", status=416):
        client.head_object(Bucket=BUCKET, Key="plain", PartNumber=2)


@promise
@cases("number", ["1", "2", "0", "abc"])
def part_and_range_together_are_refused_first(cos: Service, client: Any, number: str) -> None:
    """Source: recorded aws-multipart 19; that it wins over a bad number: public."""
    client.put_object(Bucket=BUCKET, Key="plain", Body=TEXT)
    with (
        before_signing(client, {"partNumber": number}),
        refused(cos, "InvalidRequest", "Cannot specify both Range header and partNumber query parameter", 400),
    ):
        client.get_object(Bucket=BUCKET, Key="plain", Range="bytes=0-3")


@promise
@cases("number", ["0", "-1", "10001", "abc", ""])
def a_part_number_that_is_none_is_refused(cos: Service, client: Any, number: str) -> None:
    """Source: public; that the words are those recorded for UploadPart (aws-multipart 11): assumed."""
    client.put_object(Bucket=BUCKET, Key="plain", Body=TEXT)
    with (
        before_signing(client, {"partNumber": number}),
        refused(
            cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue=number or None
        ),
    ):
        client.get_object(Bucket=BUCKET, Key="plain")
    with before_signing(client, {"partNumber": number}), refused(cos, "400", status=400):
        client.head_object(Bucket=BUCKET, Key="plain")
