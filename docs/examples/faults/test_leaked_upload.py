import pytest
from botocore.exceptions import ClientError
from fakecos.faults import Transport, When
from uploader import upload


pytestmark = pytest.mark.fakecos(open_uploads="ignore", autouse=False)  # they are left open on purpose


def test_a_failure_that_is_cleaned_up(cos, s3):
    cos.inject("UploadPart", part_number=2, error="AccessDenied")
    with pytest.raises(ClientError, match="AccessDenied"):
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_no_open_uploads()


def test_an_abort_that_fails_leaks_the_upload(cos, s3):
    cos.inject("UploadPart", part_number=2, error="AccessDenied")
    cos.inject("AbortMultipartUpload", error="AccessDenied")
    with pytest.raises(ClientError, match="AccessDenied"):
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    (leaked,) = cos.open_uploads
    assert leaked.key == "a.zip"
    assert cos.billed_bytes == len(b"one")


def test_a_lost_answer_of_create_leaks_an_upload_that_nobody_knows(cos, s3):
    cos.inject("CreateMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.STORED)
    upload(s3, "photos", "a.zip", [b"one", b"two"])  # the client tried again, and has the second id
    cos.assert_object("photos", "a.zip", body=b"onetwo")
    assert len(cos.open_uploads) == 1
