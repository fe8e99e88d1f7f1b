"""CreateBucket, HeadBucket, DeleteBucket and ListBuckets (GetBucketLocation: test_bucket_location)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.model.store import OWNER_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
OWNER = {"ID": OWNER_ID}
INVALID_NAMES = [
    *("ab", "a" * 64, "Photos", "my_bucket", "-photos", "photos-", ".photos", "photos.", "a..b", "192.168.5.4"),
    *("xn--photos", "sthree-photos", "amzn-s3-demo-photos", "photos-s3alias", "photos--ol-s3", "photos.mrap"),
    "photos--table-s3",
]


# --- CreateBucket ---------------------------------------------------------------------------------------


def test_a_new_bucket(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 9, 10
    answer = aws.create_bucket(Bucket="new-bucket")
    assert http_status(answer) == 200
    assert members_of(answer) == {"BucketArn": "arn:aws:s3:::new-bucket", "Location": "/new-bucket"}
    assert specific_headers(answer) == {
        "content-length": "0",
        "location": "/new-bucket",
        "x-amz-bucket-arn": "arn:aws:s3:::new-bucket",
    }
    assert cos.store.buckets["new-bucket"].region == "us-east-1"


def test_creating_ones_own_again_succeeds_in_us_east_1_and_keeps_everything(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 10
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    assert members_of(aws.create_bucket(Bucket=BUCKET))["Location"] == f"/{BUCKET}"
    assert list(cos.store.buckets[BUCKET].objects) == ["key"]


@pytest.mark.parametrize("name", INVALID_NAMES)
@pytest.mark.only_patch("the name of a directory bucket begins with another request")
def test_a_name_that_breaks_a_rule_is_refused(cos: FakeCOS, make_client: Callable[..., Any], name: str) -> None:
    # documented by AWS: "General purpose bucket naming rules"
    client = make_client(AWS, config={"parameter_validation": False, "s3": {"addressing_style": "path"}})
    with refused(cos, "InvalidBucketName", "The specified bucket is not valid.", 400, BucketName=name):
        client.create_bucket(Bucket=name)


@pytest.mark.only_patch("HTTP says by a header that no body follows")
def test_head_of_a_missing_bucket_is_a_404_without_a_body(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: HeadBucket; the type of the body that is not there: public
    with refused(cos, "404", "Not Found", 404) as answer:
        client.head_bucket(Bucket="no-such-bucket")
    assert specific_headers(answer) == {"content-type": "application/xml"}


# --- DeleteBucket ---------------------------------------------------------------------------------------


def test_a_bucket_without_objects_is_deleted(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 6
    answer = client.delete_bucket(Bucket=BUCKET)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (204, {}, {})
    assert list(cos.store.buckets) == []


def test_no_buckets_at_all(cos: FakeCOS, client: Any) -> None:
    # an empty Buckets element: documented
    cos.reset()
    assert members_of(client.list_buckets()) == {"Buckets": [], "Owner": OWNER}
