"""GetBucketLocation: the LocationConstraint as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from tests.support.answers import read_body
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


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
