"""GetBucketLocation: the LocationConstraint as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of, read_body
from tests.support.constants import AWS, BUCKET
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def test_us_east_1_has_none(aws: Any) -> None:
    # documented by AWS: "Buckets in Region us-east-1 have a LocationConstraint of null"
    answer = aws.get_bucket_location(Bucket=BUCKET)
    assert http_status(answer) == 200
    assert not members_of(answer).get("LocationConstraint")


def test_eu_stays_eu_though_the_bucket_is_in_eu_west_1(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # recorded aws-bucket-configuration 2
    client = make_client(AWS, region_name="eu-west-1")
    client.create_bucket(Bucket="in-europe", CreateBucketConfiguration={"LocationConstraint": "EU"})
    assert members_of(client.get_bucket_location(Bucket="in-europe")) == {"LocationConstraint": "EU"}
    (item,) = client.list_buckets(Prefix="in-europe")["Buckets"]
    assert item["BucketRegion"] == "eu-west-1"


@pytest.mark.parametrize("region", ["eu-central-1", "us-west-2", "us-gov-west-1", "ap-southeast-4"])
def test_us_east_1_creates_buckets_anywhere(cos: FakeCOS, aws: Any, region: str) -> None:
    # recorded aws-bucket-configuration 1
    aws.create_bucket(Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": region})
    assert members_of(aws.get_bucket_location(Bucket="far-away")) == {"LocationConstraint": region}
    assert cos.store.buckets["far-away"].region == region


@pytest.mark.parametrize("location", ["eu-central-1", "EU"])
def test_the_root_of_the_document_is_the_answer(cos: FakeCOS, aws: Any, location: str) -> None:
    # recorded aws-bucket-configuration 5
    aws.create_bucket(Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": location})
    body = read_body(send_raw(cos, "GET", "/far-away", "location"))
    assert body.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{location}</LocationConstraint>'
    )


def test_a_missing_bucket_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 7
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.get_bucket_location(Bucket="no-such-bucket")
