import boto3
import pytest
from botocore.exceptions import ClientError
from fakecos import FakeCOS, Limits


def parts_of(s3, *bodies, key="a"):
    """Upload the bodies as parts 1, 2, ... and return what Complete needs."""
    upload_id = s3.create_multipart_upload(Bucket="photos", Key=key)["UploadId"]
    upload = {"Bucket": "photos", "Key": key, "UploadId": upload_id}
    parts = [
        {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}
        for number, body in enumerate(bodies, start=1)
    ]
    return {**upload, "MultipartUpload": {"Parts": parts}}


pytestmark = pytest.mark.fakecos(open_uploads="ignore", autouse=False)  # they are left open on purpose


def test_parts_of_one_byte():
    with FakeCOS(limits=Limits(min_part_size=1)) as cos:
        photos = cos.create_bucket("photos")
        s3 = boto3.client("s3")
        s3.complete_multipart_upload(**parts_of(s3, b"1", b"2", b"3"))
    assert photos.objects["a"].body == b"123"
    assert cos.store.notices == [
        "would be refused by S3: EntityTooSmall, part 1 has 1 bytes, the minimum is 5242880",
    ]


def test_more_parts_than_there_may_be():
    with FakeCOS(limits=Limits(max_parts=2)) as cos:
        cos.create_bucket("photos")
        with pytest.raises(ClientError, match="Part number must be an integer between 1 and 2"):
            parts_of(boto3.client("s3"), b"1", b"2", b"3")


def test_a_part_that_is_too_large():
    with FakeCOS(limits=Limits(max_part_size=1000)) as cos:
        cos.create_bucket("photos")
        with pytest.raises(ClientError, match="EntityTooLarge"):
            parts_of(boto3.client("s3"), b"1" * 1001)


def test_pages_of_two_keys():
    with FakeCOS(limits=Limits(max_keys=2)) as cos:
        cos.create_bucket("photos")
        s3 = boto3.client("s3")
        for key in ("a", "b", "c"):
            s3.put_object(Bucket="photos", Key=key, Body=b"1")
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="photos")
        assert [[item["Key"] for item in page["Contents"]] for page in pages] == [["a", "b"], ["c"]]
