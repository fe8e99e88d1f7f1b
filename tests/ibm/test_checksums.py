"""Checksums of COS: the default, what HEAD shows, and those that its model does not have."""

from __future__ import annotations

import base64
import hashlib
import zlib
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos.contract.steps.answers import http_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from tests.ibm.conftest import KEY
from tests.support.constants import US_SOUTH
from tests.support.presigned import send_to_url

if TYPE_CHECKING:
    from fakecos import FakeCOS

BODY = b"The 'queen' bee"
NAMED = {"Bucket": BUCKET, "Key": KEY}
CRC32 = base64.b64encode(zlib.crc32(BODY).to_bytes(4, "big")).decode()


def shown(client: Any, **asked: Any) -> dict[str, str]:
    headers = http_headers(client.head_object(**NAMED, **asked))
    return {name: value for name, value in headers.items() if name.startswith("x-amz-checksum-")}


def test_head_after_an_upload_with_the_default_of_the_sdk(client: Any) -> None:
    """Source: ibm-cos 2.3, 11.5; that CRC32 is shown: assumed."""
    answer = client.put_object(**NAMED, Body=BODY)
    assert answer["ChecksumCRC32"] == CRC32
    both = {"x-amz-checksum-crc32": CRC32, "x-amz-checksum-type": "FULL_OBJECT"}
    assert shown(client, ChecksumMode="ENABLED") == both
    assert shown(client) == {}, "documented: the header says whether to include them"
    read = client.get_object(**NAMED)
    assert (read["ChecksumCRC32"], read["Body"].read()) == (CRC32, BODY)


def test_head_after_an_upload_without_a_checksum(cos: FakeCOS, client: Any) -> None:
    """Source: documented: IBM's examples of PUT, HEAD and of lists, ibm-cos 11.4."""
    url = client.generate_presigned_url("put_object", Params=NAMED)
    put = send_to_url(cos, "PUT", url, body=BODY)
    told = {name: value for name, value in put.headers.items() if name.startswith("x-amz-checksum-")}
    assert told.keys() == {"x-amz-checksum-crc64nvme", "x-amz-checksum-type"}
    assert told["x-amz-checksum-type"] == "FULL_OBJECT"
    assert shown(client, ChecksumMode="ENABLED") == told
    for listed in (client.list_objects(Bucket=BUCKET), client.list_objects_v2(Bucket=BUCKET)):
        (row,) = listed["Contents"]
        assert (row["ChecksumAlgorithm"], row["ChecksumType"]) == (["CRC64NVME"], "FULL_OBJECT")


def test_head_after_an_upload_in_parts_with_the_default_of_the_sdk(client: Any) -> None:
    """Source: assumed, as on AWS: an upload that names no algorithm gets CRC64NVME of the whole object."""
    upload_id = create_upload(client, KEY)
    complete_upload(client, upload_id, completed_part(1, upload_part(client, upload_id, BODY, key=KEY)), key=KEY)
    found = shown(client, ChecksumMode="ENABLED")
    assert found.keys() == {"x-amz-checksum-crc64nvme", "x-amz-checksum-type"}


@pytest.fixture
def boto3_client() -> Any:
    """boto3 at a host of COS: its model has algorithms that IBM's has not."""
    return boto3.client("s3", endpoint_url=US_SOUTH, aws_access_key_id="a", aws_secret_access_key="b")


def sha512(data: bytes) -> str:
    return base64.b64encode(hashlib.sha512(data).digest()).decode()


def test_a_checksum_that_the_model_lacks_is_never_taken_unverified(cos: FakeCOS, boto3_client: Any) -> None:
    """Source: aws-changes 33; that a right one is taken: assumed."""
    with refused(cos, "BadDigest", status=400):
        boto3_client.put_object(**NAMED, Body=BODY, ChecksumSHA512=sha512(b"other"))
    upload_id = boto3_client.create_multipart_upload(**NAMED)["UploadId"]
    with refused(cos, "BadDigest", status=400):
        boto3_client.upload_part(**NAMED, UploadId=upload_id, PartNumber=1, Body=BODY, ChecksumSHA512=sha512(b"other"))
    boto3_client.put_object(**NAMED, Body=BODY, ChecksumSHA512=sha512(BODY))
    assert shown(boto3_client, ChecksumMode="ENABLED")["x-amz-checksum-sha512"] == sha512(BODY)


def test_a_checksum_that_nobody_has_is_refused(cos: FakeCOS, client: Any) -> None:
    url = client.generate_presigned_url("put_object", Params=NAMED)
    with refused(cos, "InvalidRequest", status=400):
        send_to_url(cos, "PUT", url, {"x-amz-checksum-crc16": "AAA="}, BODY)
