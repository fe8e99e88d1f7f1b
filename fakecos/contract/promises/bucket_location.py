"""GetBucketLocation: the LocationConstraint as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand


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


@promise
@cases("location", ["eu-central-1", "EU"])
def the_root_of_the_document_is_the_answer(send: ByHand, aws: Any, location: str) -> None:
    """Source: recorded aws-bucket-configuration 5."""
    aws.create_bucket(Bucket="far-away", CreateBucketConfiguration={"LocationConstraint": location})
    body = send("GET", "/far-away", "location").body
    assert body.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{location}</LocationConstraint>'
    )
