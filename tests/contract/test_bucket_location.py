"""GetBucketLocation: the LocationConstraint as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.parametrize("region", ["eu-central-1", "us-west-2", "us-gov-west-1", "ap-southeast-4"])
def test_us_east_1_creates_buckets_anywhere(cos: FakeCOS, aws: Any, region: str) -> None:
    # recorded aws-bucket-configuration 1
    aws.create_bucket(Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": region})
    assert members_of(aws.get_bucket_location(Bucket="far-away")) == {"LocationConstraint": region}
    assert cos.store.buckets["far-away"].region == region
