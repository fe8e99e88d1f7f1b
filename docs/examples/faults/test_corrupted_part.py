import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, FlexibleChecksumError
from fakecos.faults import Corrupt
from uploader import upload


def test_s3_refuses_a_part_that_changed_on_the_way(cos, s3):
    fault = cos.inject("UploadPart", part_number=2, corrupt=Corrupt.flip(bit=7))
    upload(s3, "photos", "a.zip", [b"one", b"two"])  # sends it again
    assert fault.hits == 1
    cos.assert_object("photos", "a.zip", body=b"onetwo")


def test_a_line_that_always_damages_is_given_up(cos, s3):
    cos.inject("UploadPart", part_number=2, corrupt=Corrupt.flip(bit=7), times=None)
    with pytest.raises(ClientError, match="BadDigest"):
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_no_open_uploads()


@pytest.mark.parametrize("corrupt", [Corrupt.cut(to=2), Corrupt.pad(1), Corrupt.repeat(2), Corrupt.framing()])
def test_a_part_of_another_length_is_refused(cos, s3, corrupt):
    cos.inject("UploadPart", corrupt=corrupt)
    with pytest.raises(ClientError, match="IncompleteBody"):
        upload(s3, "photos", "a.zip", [b"one", b"two"])


def test_without_checksums_s3_stores_what_arrives(cos):
    config = Config(request_checksum_calculation="when_required", s3={"payload_signing_enabled": False})
    cos.inject("UploadPart", part_number=2, corrupt=Corrupt.flip(bit=0))
    upload(cos.client(config=config), "photos", "a.zip", [b"one", b"two"])
    cos.assert_object("photos", "a.zip", body=b"oneuwo")


def test_bytes_that_rot_are_found_by_the_reader(cos, s3):
    s3.put_object(Bucket="photos", Key="a.zip", Body=b"onetwo")
    cos.corrupt_stored("photos", "a.zip", bit=0)
    with pytest.raises(FlexibleChecksumError):
        s3.get_object(Bucket="photos", Key="a.zip")["Body"].read()
