import contextlib

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError
from fakecos import FakeCOS, UnfiredFaultError, UsageError
from fakecos.faults import Http, Transport, When, error, transport


def test_one_request_fails(cos, s3):
    fault = cos.inject("PutObject", error="AccessDenied")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket="photos", Key="a", Body=b"1")
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    assert fault.hits == 1


def test_which_requests(cos, s3):
    cos.inject("PutObject", key="*.zip", where=lambda request: request.size > 3, error="AccessDenied")
    s3.put_object(Bucket="photos", Key="a.jpg", Body=b"12345")
    s3.put_object(Bucket="photos", Key="a.zip", Body=b"1")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket="photos", Key="a.zip", Body=b"12345")


def test_how_often(cos, s3):
    cos.inject("PutObject", error="AccessDenied", times=2, after=1, every=2)
    for key in "abcde":
        with contextlib.suppress(ClientError):
            s3.put_object(Bucket="photos", Key=key, Body=b"1")
    assert list(cos.bucket("photos").objects) == ["a", "c", "e"]


def test_a_script(cos, s3):
    fault = cos.inject("PutObject", outcomes=[error("SlowDown"), transport(Transport.RESET), None, Http(502)])
    s3.put_object(Bucket="photos", Key="a", Body=b"1")  # the client tries three times
    s3.put_object(Bucket="photos", Key="a", Body=b"1")  # and now twice
    assert fault.hits == 3


@pytest.mark.parametrize(
    ("when", "stored"),
    [(When.BEFORE, False), (When.after_bytes(2), False), (When.VALIDATED, False), (When.STORED, True)],
)
def test_when(cos, when, stored):
    s3 = cos.client(config=once())
    cos.inject("PutObject", transport=Transport.CLOSED, when=when)
    with pytest.raises(ConnectionClosedError):
        s3.put_object(Bucket="photos", Key="a", Body=b"12345")
    assert ("a" in cos.bucket("photos").objects) == stored


def once():
    from botocore.config import Config

    return Config(retries={"total_max_attempts": 1})


def test_a_fault_that_never_happened():
    cos = FakeCOS().start()
    cos.create_bucket("photos")
    cos.inject("PutObject", key="*.zip", error="SlowDown")
    cos.client().put_object(Bucket="photos", Key="a.tar", Body=b"1")
    with pytest.raises(UnfiredFaultError, match="never happened"):
        cos.stop()


def test_a_fault_that_cannot_happen(cos):
    with pytest.raises(UsageError, match="PutObject has no part number"):
        cos.inject("PutObject", part_number=3, error="SlowDown")
