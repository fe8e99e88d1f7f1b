import boto3
import pytest
from fakecos import BudgetExceededError
from uploader import save_all

PHOTOS = {"a.jpg": b"holiday", "b.jpg": b"snow"}


@pytest.fixture
def s3(fakecos):
    fakecos.create_bucket("photos")
    return boto3.client("s3", region_name="us-east-1")


def test_each_photo_costs_two_requests(fakecos, s3):
    with fakecos.budget(total=4, retries=0, PutObject=2) as budget:
        save_all(s3, PHOTOS)
    assert budget.used.bytes_sent == 11


def test_nothing_is_sent_twice(fakecos, s3):
    save_all(s3, PHOTOS)
    with fakecos.budget(put_object=0):
        save_all(s3, PHOTOS)


def test_one_request_for_each_photo_would_not_do(fakecos, s3):
    with pytest.raises(BudgetExceededError, match="HeadObject photos/b.jpg is one too many"):
        with fakecos.budget(total=2):
            save_all(s3, PHOTOS)


@pytest.mark.fakecos_budget(total=4)
def test_the_same_by_a_marker(s3):
    save_all(s3, PHOTOS)
