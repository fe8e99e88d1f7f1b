import boto3
import pytest
import toyhttp
from fakecos import FakeCOS
from fakecos.clients.adapters import ADAPTERS
from fakecos.faults import Transport, When

ADAPTERS["toyhttp_adapter"] = ("toyhttp",)  # the one line


@pytest.fixture
def cos():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.put_object("photos", "a.jpg", b"holiday")
        yield cos


def presigned(operation):
    client = boto3.client("s3")
    return client.generate_presigned_url(operation, Params={"Bucket": "photos", "Key": "a.jpg"})


def test_what_is_put_is_stored(cos):
    assert toyhttp.fetch("PUT", presigned("put_object"), body=b"new").status == 200
    assert cos.bucket("photos").objects["a.jpg"].body == b"new"


def test_what_is_stored_is_read(cos):
    assert toyhttp.fetch("GET", presigned("get_object")).read() == b"holiday"


@pytest.mark.parametrize("kind", Transport)
def test_a_failure_is_one_of_the_librarys_own(cos, kind):
    cos.inject("GetObject", transport=kind)
    with pytest.raises(toyhttp.ToyError):
        toyhttp.fetch("GET", presigned("get_object"))


@pytest.mark.parametrize("kind", [kind for kind in Transport if kind.needs_connection])
def test_an_answer_that_breaks_off_raises_while_it_is_read(cos, kind):
    cos.inject("GetObject", transport=kind, when=When.after_answer_bytes(3))
    reply = toyhttp.fetch("GET", presigned("get_object"))
    with pytest.raises(toyhttp.ToyError):
        reply.read()


def test_everything_is_as_before_when_the_fake_stops():
    before = toyhttp.send_request
    with FakeCOS():
        assert toyhttp.send_request is not before
    assert toyhttp.send_request is before
