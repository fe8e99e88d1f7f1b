"""A bucket in another region: where S3 sends a client, and that the client goes there by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos.contract.steps.answers import specific_headers
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.constants import EU_DE
from tests.support.presigned import send_to_url
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

FAR = "in-europe"
HERE = "us-east-1"
THERE = "eu-west-1"


@pytest.fixture(autouse=True)
def far(cos: FakeCOS) -> None:
    """A bucket in another region than the clients."""
    cos.create_bucket(FAR, THERE)
    cos.put_object(FAR, "key", b"x")


def statuses(cos: FakeCOS) -> list[int]:
    return [entry.status for entry in cos.journal]


@pytest.mark.only_patch("the host of a region is Amazon's")
@pytest.mark.parametrize("style", ["virtual", "path"])
@pytest.mark.parametrize("region", [HERE, "us-west-2"])
def test_botocore_finds_its_way(cos: FakeCOS, make_client: Callable[..., Any], region: str, style: str) -> None:
    # documented: the region is in x-amz-bucket-region; botocore asks again, and remembers
    client = make_client(AWS, region_name=region, config={"s3": {"addressing_style": style}})
    assert client.get_object(Bucket=FAR, Key="key")["Body"].read() == b"x"
    client.put_object(Bucket=FAR, Key="other", Body=b"y")
    at_once = 400 if (region, style) == (HERE, "virtual") else 301
    assert statuses(cos) == [at_once, 200, 200]


@pytest.mark.only_patch("the host of a region is Amazon's")
@pytest.mark.parametrize("operation", ["head_bucket", "head_object"])
def test_botocore_finds_its_way_by_a_head(cos: FakeCOS, make_client: Callable[..., Any], operation: str) -> None:
    client = make_client(AWS, region_name="us-west-2")
    key = {"Key": "key"} if operation == "head_object" else {}
    answer = getattr(client, operation)(Bucket=FAR, **key)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert statuses(cos)[0] == 301
    assert statuses(cos)[-1] == 200


def test_the_host_of_another_region(cos: FakeCOS) -> None:
    # documented: PermanentRedirect; its fields: public
    message = (
        "The bucket you are attempting to access must be addressed using the specified endpoint. "
        "Please send all future requests to this endpoint."
    )
    with refused(cos, "PermanentRedirect", message, 301, Endpoint=f"s3.{THERE}.amazonaws.com", Bucket=FAR) as answer:
        send_raw(cos, "GET", f"/{FAR}/key")
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == THERE


def scope(region: str) -> dict[str, str]:
    signature = f"AWS4-HMAC-SHA256 Credential=AKIA/20260101/{region}/s3/aws4_request, SignedHeaders=host, Signature=00"
    return {"authorization": signature}


def test_a_signature_for_another_region(cos: FakeCOS) -> None:
    # recorded aws-presigned 31
    message = "The authorization header is malformed; the region 'aws-global' is wrong; expecting 'us-east-1'"
    for path in ("/new-bucket", f"/{BUCKET}"):
        with refused(cos, "AuthorizationHeaderMalformed", message, 400, Region=HERE):
            send_raw(cos, "PUT", path, headers=scope("aws-global"))


@pytest.mark.only_patch("it makes its own client")
def test_a_presigned_url_for_another_region(cos: FakeCOS) -> None:
    # public
    message = "Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; expecting 'us-east-1'"
    elsewhere = boto3.client("s3", region_name="eu-west-1", config=Config(signature_version="s3v4"))
    url = elsewhere.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "key"})
    with refused(cos, "AuthorizationQueryParametersError", message, 400, Region=HERE):
        send_to_url(cos, "GET", url.replace("s3.eu-west-1.amazonaws.com", "s3.amazonaws.com"))


def test_the_location_is_told_everywhere(aws: Any) -> None:
    # documented
    assert aws.get_bucket_location(Bucket=FAR)["LocationConstraint"] == THERE


def test_a_client_of_the_right_region_is_answered_at_once(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    client = make_client(AWS, region_name=THERE)
    assert specific_headers(client.head_bucket(Bucket=FAR))["x-amz-bucket-region"] == THERE
    assert statuses(cos) == [200]


def test_locations_of_ibm_are_no_regions(make_client: Callable[..., Any]) -> None:
    # ibm-cos 9: a LocationConstraint is a storage class of a place
    client = make_client("ibm", endpoint_url=EU_DE)
    client.create_bucket(Bucket="smart", CreateBucketConfiguration={"LocationConstraint": "eu-de-smart"})
    client.head_bucket(Bucket="smart")


def test_a_name_that_another_account_has(cos: FakeCOS, aws: Any) -> None:
    # documented, public
    cos.store.buckets[BUCKET].account = "999999999999"
    message = (
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
        "Please select a different name and try again."
    )
    with refused(cos, "BucketAlreadyExists", message, 409, BucketName=BUCKET):
        aws.create_bucket(Bucket=BUCKET)


def test_a_bucket_with_versions_is_not_deleted(cos: FakeCOS, client: Any) -> None:
    # public
    bucket = cos.store.buckets[BUCKET]
    bucket.set_versioning("Enabled")
    cos.put_object(BUCKET, "key", b"x")
    message = "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    with refused(cos, "BucketNotEmpty", message, 409, BucketName=BUCKET):
        client.delete_bucket(Bucket=BUCKET)
