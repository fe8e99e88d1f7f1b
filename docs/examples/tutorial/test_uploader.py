import boto3
import pytest
import uploader
from botocore.exceptions import ClientError
from fakecos import Limits
from uploader import PART, upload


def test_the_parts_become_one_object(fakecos):
    data = b"a" * PART + b"b" * 10
    photos = fakecos.create_bucket("photos")
    upload(data, "photos", "holiday.mp4")
    stored = photos.objects["holiday.mp4"]
    assert stored.body == data
    assert [part.size for part in stored.parts.values()] == [PART, 10]


def test_a_failed_upload_is_aborted(fakecos):
    photos = fakecos.create_bucket("photos")
    with pytest.raises(ClientError, match="MalformedXML"):
        upload(b"", "photos", "empty.mp4")  # no bytes, so no parts
    assert not photos.uploads
    assert "empty.mp4" not in photos.objects


def test_a_part_that_was_changed_on_the_way_is_refused(fakecos):
    photos = fakecos.create_bucket("photos")
    s3 = boto3.client("s3")
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="a")["UploadId"]
    with pytest.raises(ClientError, match="BadDigest"):
        s3.upload_part(
            Bucket="photos",
            Key="a",
            UploadId=upload_id,
            PartNumber=1,
            Body=b"holidaz",  # the checksum is that of b"holiday"
            ChecksumSHA256="gcFtM3obcxROvyC0VmHysCqgsi6IapeNay7JKc2q7p4=",
        )
    assert not photos.uploads[upload_id].parts
    s3.abort_multipart_upload(Bucket="photos", Key="a", UploadId=upload_id)


@pytest.mark.fakecos(limits=Limits(min_part_size=1))
def test_many_parts(fakecos, monkeypatch):
    monkeypatch.setattr(uploader, "PART", 2)
    photos = fakecos.create_bucket("photos")
    etag = upload(b"1234567", "photos", "a")
    assert etag.endswith('-4"')
    assert photos.objects["a"].body == b"1234567"
