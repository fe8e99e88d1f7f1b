import boto3
import pytest
from fakecos import FakeCOS, Limits


def store_parts(s3, key, bodies):
    upload_id = s3.create_multipart_upload(Bucket="photos", Key=key)["UploadId"]
    upload = {"Bucket": "photos", "Key": key, "UploadId": upload_id}
    sent = [s3.upload_part(**upload, PartNumber=number, Body=body) for number, body in enumerate(bodies, 1)]
    parts = [{"PartNumber": number, "ETag": each["ETag"]} for number, each in enumerate(sent, 1)]
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})


def test_with_the_client_of_the_fixture(fakecos, fakecos_client):
    photos = fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="a", Body=b"sun")
    assert photos.objects["a"].body == b"sun"


@pytest.mark.fakecos(limits=Limits(min_part_size=1))
def test_parts_of_one_byte(fakecos, fakecos_client):
    photos = fakecos.create_bucket("photos")
    store_parts(fakecos_client, "a", [b"1", b"2", b"3"])
    assert len(photos.objects["a"].parts) == 3


@pytest.fixture(scope="module")
def filled():
    """A fake with 2,000 objects, stored once for all tests of the file."""
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        for number in range(2000):
            cos.put_object("photos", f"{number:04}", b"sun")
        yield cos, cos.snapshot(), cos.client()


@pytest.fixture
def photos(filled):
    cos, snapshot, s3 = filled
    cos.restore(snapshot)  # what the test before stored or deleted is undone
    return cos, s3


@pytest.mark.parametrize("key", ["0000", "1999"])
def test_each_starts_from_the_same_objects(photos, key):
    cos, s3 = photos
    assert len(cos.bucket("photos").objects) == 2000
    s3.delete_object(Bucket="photos", Key=key)
    assert len(cos.bucket("photos").objects) == 1999


def test_a_session_of_its_own(fakecos):
    fakecos.create_bucket("photos")
    boto3.Session().client("s3").put_object(Bucket="photos", Key="a", Body=b"sun")
    assert fakecos.request_count == 1
