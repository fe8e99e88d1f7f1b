"""GetBucketLocation: the LocationConstraint as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable


@promise
def us_east_1_has_none(aws: Any) -> None:
    """Source: documented by AWS: "Buckets in Region us-east-1 have a LocationConstraint of null"."""
    answer = aws.get_bucket_location(Bucket=BUCKET)
    assert http_status(answer) == 200
    assert not members_of(answer).get("LocationConstraint")


@promise
def eu_stays_eu_though_the_bucket_is_in_eu_west_1(make_client: Callable[..., Any]) -> None:
    """Source: recorded aws-bucket-configuration 2."""
    client = make_client(AWS, region_name="eu-west-1")
    client.create_bucket(Bucket="in-europe", CreateBucketConfiguration={"LocationConstraint": "EU"})
    assert members_of(client.get_bucket_location(Bucket="in-europe")) == {"LocationConstraint": "EU"}
    (item,) = client.list_buckets(Prefix="in-europe")["Buckets"]
    assert item["BucketRegion"] == "eu-west-1"


@promise
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.get_bucket_location(Bucket="no-such-bucket")
