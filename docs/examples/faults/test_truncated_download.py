import io

import pytest
from botocore.config import Config
from botocore.exceptions import FlexibleChecksumError, IncompleteReadError, ReadTimeoutError, ResponseStreamingError
from fakecos.faults import Corrupt, Delay, Transport, When


@pytest.fixture(autouse=True)
def photo(s3):
    s3.put_object(Bucket="photos", Key="a.jpg", Body=b"0123456789")


def download(s3):
    return s3.get_object(Bucket="photos", Key="a.jpg")["Body"].read()


def test_a_body_that_ends_too_early(cos, s3):
    cos.inject("GetObject", corrupt_answer=Corrupt.cut(to=4))
    with pytest.raises(IncompleteReadError, match="4 read, but total bytes expected is 10"):
        download(s3)


def test_a_body_that_pretends_to_be_whole(cos, s3):
    cos.inject("GetObject", corrupt_answer=Corrupt.short(to=4))
    with pytest.raises(FlexibleChecksumError):
        download(s3)


def test_a_connection_that_breaks_off(cos, s3):
    cos.inject("GetObject", transport=Transport.RESET, when=When.after_answer_bytes(4))
    with pytest.raises(ResponseStreamingError):
        download(s3)


def test_a_stall(cos):
    s3 = cos.client(config=Config(read_timeout=5))
    cos.inject("GetObject", delay=Delay(stall_after=4))
    with pytest.raises(ReadTimeoutError):
        download(s3)
    assert cos.virtual_seconds == 5  # seconds, and none of them was slept


def test_download_fileobj_asks_for_it_again(cos, s3):
    fault = cos.inject("GetObject", transport=Transport.RESET, when=When.after_answer_bytes(4), times=2)
    target = io.BytesIO()
    s3.download_fileobj("photos", "a.jpg", target)
    assert target.getvalue() == b"0123456789"
    assert fault.hits == 2
