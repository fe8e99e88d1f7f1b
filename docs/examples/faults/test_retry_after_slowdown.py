import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from uploader import upload


@pytest.fixture
def s3(cos):
    return cos.client(config=Config(retries={"mode": "standard", "total_max_attempts": 3}))


def test_two_slow_downs_are_survived(cos, s3):
    fault = cos.inject("UploadPart", part_number=2, error="SlowDown", times=2)
    upload(s3, "photos", "a.zip", [b"one", b"two"])
    assert fault.hits == 2
    cos.assert_object("photos", "a.zip", body=b"onetwo")


def test_three_are_not_and_nothing_is_left_behind(cos, s3):
    cos.inject("UploadPart", part_number=2, error="SlowDown", times=3)
    with pytest.raises(ClientError, match="SlowDown"):
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_no_open_uploads()
    cos.assert_no_object("photos", "a.zip")


def test_a_slow_down_inside_a_200(cos, s3):
    fault = cos.inject("CompleteMultipartUpload", error_in_200="SlowDown")
    upload(s3, "photos", "a.zip", [b"one", b"two"])
    assert fault.hits == 1
