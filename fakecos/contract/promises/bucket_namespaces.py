"""Names of buckets that belong to an account in a region (aws-changes 3), and those of directory buckets (6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import promise
from fakecos.contract.steps.names import AWS

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT = "123456789012"
OURS = f"photos-{ACCOUNT}-us-east-1-an"
REGIONAL: dict[str, Any] = {"BucketNamespace": "account-regional"}


@promise
def a_bucket_of_the_accounts_own_is_made_with_the_header_and_used_like_any_other(aws: Any) -> None:
    assert aws.create_bucket(Bucket=OURS, **REGIONAL)["Location"] == f"/{OURS}"
    aws.put_object(Bucket=OURS, Key="key", Body=b"1")
    assert aws.get_object(Bucket=OURS, Key="key")["Body"].read() == b"1"


@promise
def in_another_region_it_has_that_regions_name(make_client: Callable[..., Any]) -> None:
    client = make_client(AWS, region_name="eu-west-1")
    name = f"photos-{ACCOUNT}-eu-west-1-an"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}, **REGIONAL)


@promise
def a_region_that_was_left_out_has_no_such_names(make_client: Callable[..., Any]) -> None:
    """Source: documented."""
    client = make_client(AWS, region_name="me-south-1")
    where = {"CreateBucketConfiguration": {"LocationConstraint": "me-south-1"}}
    client.create_bucket(Bucket=f"photos-{ACCOUNT}-me-south-1-an", **where)


@promise
def cos_knows_no_such_names(make_client: Callable[..., Any]) -> None:
    make_client("ibm").create_bucket(Bucket=OURS)
