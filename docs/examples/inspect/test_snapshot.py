import pytest
from fakecos import FakeCOS


@pytest.fixture(scope="module")
def album():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        for number in range(1000):
            cos.put_object("photos", f"{number:04}.jpg", b"holiday")
        yield cos, cos.snapshot()


@pytest.fixture
def cos(album):
    cos, full = album
    cos.restore(full)
    return cos


def test_delete_one(cos):
    cos.client().delete_object(Bucket="photos", Key="0007.jpg")
    assert len(cos.bucket("photos").objects) == 999


def test_delete_another(cos):
    cos.client().delete_object(Bucket="photos", Key="0008.jpg")
    assert len(cos.bucket("photos").objects) == 999
    cos.assert_requests(["DeleteObject"])
