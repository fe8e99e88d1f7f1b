import pytest
from botocore.config import Config
from botocore.exceptions import ReadTimeoutError
from fakecos.faults import Meanwhile, Transport, When
from uploader import upload


def test_the_client_asks_again_and_gets_the_same_answer(cos, s3):
    fault = cos.inject("CompleteMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.STORED)
    upload(s3, "photos", "a.zip", [b"one", b"two"])
    assert fault.hits == 1
    cos.assert_object("photos", "a.zip", body=b"onetwo")


def test_a_client_that_does_not_ask_again_aborts_what_is_completed(cos):
    s3 = cos.client(config=Config(retries={"total_max_attempts": 1}))
    cos.inject("CompleteMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.STORED)
    with pytest.raises(ReadTimeoutError):  # the abort succeeds, and does nothing
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_object("photos", "a.zip", body=b"onetwo")


def test_the_same_timeout_before_anything_was_done(cos):
    s3 = cos.client(config=Config(retries={"total_max_attempts": 1}))
    cos.inject("CompleteMultipartUpload", transport=Transport.READ_TIMEOUT, when=When.BEFORE)
    with pytest.raises(ReadTimeoutError):
        upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_no_object("photos", "a.zip")
    cos.assert_no_open_uploads()


def test_a_complete_that_arrives_twice(cos, s3):
    cos.inject("CompleteMultipartUpload", meanwhile=Meanwhile.DELIVERED_TWICE)
    upload(s3, "photos", "a.zip", [b"one", b"two"])
    cos.assert_object("photos", "a.zip", body=b"onetwo")
