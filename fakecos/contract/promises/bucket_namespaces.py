"""Names of buckets that belong to an account in a region (aws-changes 3), and those of directory buckets (6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, as_of, cases, promise
from fakecos.contract.steps.names import AWS
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT = "123456789012"
OURS = f"photos-{ACCOUNT}-us-east-1-an"
REGIONAL: dict[str, Any] = {"BucketNamespace": "account-regional"}
HEADER = "x-amz-bucket-namespace"
BEGINNING = "The requested bucket is an account-regional namespace bucket, but "
OTHERWISE = "the bucket name does not end with -123456789012-us-east-1-an. "
SAY_WHERE = "Specify the targeted account and region in the bucket name."


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


@promise
@as_of("2026-03-01")
@cases("namespace", [{}, {"BucketNamespace": "global"}], ids=["none", "global"])
def without_the_header_such_a_name_is_refused(cos: Service, aws: Any, namespace: dict[str, str]) -> None:
    """Source: reported: aws-changes 3."""
    message = BEGINNING + f"your request is missing the required {HEADER} header."
    with refused(cos, "MissingNamespaceHeader", message, 400, Header=HEADER):
        aws.create_bucket(Bucket=OURS, **namespace)


@promise
@as_of("2026-03-01")
@cases(
    ("name", "words"),
    [
        ("pictures", OTHERWISE + SAY_WHERE),
        (f"photos-{ACCOUNT}-us-east-1", OTHERWISE + SAY_WHERE),
        (
            "photos-222222222222-us-east-1-an",
            (
                f"the requested AWS Account ID '222222222222' does not match the caller's AWS Account ID '{ACCOUNT}'. "
                "Specify the caller's AWS Account ID in the bucket name."
            ),
        ),
        (
            f"photos-{ACCOUNT}-eu-west-1-an",
            (
                "the requested region 'eu-west-1' does not match the current region 'us-east-1'. "
                "Specify the targeted region in the bucket name."
            ),
        ),
    ],
)
def a_name_that_does_not_fit_is_refused(cos: Service, aws: Any, name: str, words: str) -> None:
    """Source: reported: aws-changes 3."""
    with refused(cos, "InvalidBucketNamespace", BEGINNING + words, 400, BucketNamespace=name):
        aws.create_bucket(Bucket=name, **REGIONAL)


@promise
@as_of("2026-03-01")
def a_namespace_that_is_not_there_is_refused(cos: Service, aws: Any) -> None:
    """Source: assumed."""
    with refused(cos, "InvalidArgument", status=400, ArgumentName=HEADER, ArgumentValue="mine"):
        aws.create_bucket(Bucket=OURS, BucketNamespace="mine")


@promise
@as_of("2026-03-01")
def only_such_names_end_so(cos: Service, aws: Any) -> None:
    """Source: documented; the code: assumed."""
    with refused(cos, "InvalidBucketName", status=400, BucketName="brother-an"):
        aws.create_bucket(Bucket="brother-an")
    aws.create_bucket(Bucket="caravan")


@promise
@as_of("2026-03-01")
def it_is_not_taken_twice_not_even_in_us_east_1(cos: Service, aws: Any) -> None:
    """Source: reported: aws-changes 3."""
    aws.create_bucket(Bucket=OURS, **REGIONAL)
    with refused(cos, "BucketAlreadyOwnedByYou", status=409, BucketName=OURS):
        aws.create_bucket(Bucket=OURS, **REGIONAL)
