import pytest
from botocore.exceptions import ClientError
from fakecos.faults import Meanwhile
from uploader import upload


def upload_or_begin_again(s3, bucket, key, bodies):
    try:
        upload(s3, bucket, key, bodies)
    except s3.exceptions.NoSuchUpload:
        upload(s3, bucket, key, bodies)


def test_an_upload_that_expires_is_begun_again(cos, s3):
    fault = cos.inject("UploadPart", part_number=2, meanwhile=Meanwhile.UPLOAD_ABORTED)
    upload_or_begin_again(s3, "photos", "a.zip", [b"one", b"two"])
    assert fault.hits == 1
    cos.assert_object("photos", "a.zip", body=b"onetwo")


def test_an_upload_that_expires_just_before_it_is_completed(cos, s3):
    cos.inject("CompleteMultipartUpload", meanwhile=Meanwhile.UPLOAD_ABORTED)
    upload_or_begin_again(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_object("photos", "a.zip", body=b"onetwo")


def test_a_part_that_s3_lost(cos, s3):
    cos.inject("UploadPart", part_number=1, meanwhile=Meanwhile.PART_LOST)
    with pytest.raises(ClientError, match="InvalidPart"):
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_no_open_uploads()
