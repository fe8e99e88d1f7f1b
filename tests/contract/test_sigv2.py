"""SigV2: the regions that take it, and the path that it signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos import FakeCOS
from fakecos.auth import sigv2
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.facts.regions import REGIONS, SIGV2_REGIONS
from fakecos.wire.addressing import address
from fakecos.wire.messages import HttpRequest, RawBody
from fakecos.wire.route import split_query
from tests.support.presigned import KEY_ID, PAIR, SECRET, V2, form_body, post_form, send_to_url, signing_client

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSUPPORTED = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
ADDRESS = {"Bucket": BUCKET, "Key": "a.txt"}


@pytest.fixture(params=["verified", "any signature"])
def cos(request: pytest.FixtureRequest) -> Iterator[FakeCOS]:
    with FakeCOS(credentials=PAIR if request.param == "verified" else None) as fake:
        yield fake


def client_of(region: str, **options: Any) -> Any:
    config = Config(signature_version=V2, retries={"total_max_attempts": 1})
    return boto3.client("s3", region, config=config, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET, **options)


@pytest.mark.parametrize("region", sorted(SIGV2_REGIONS - {"us-gov-west-1"}))
def test_an_old_region_takes_it(cos: FakeCOS, region: str) -> None:
    # public: aws-changes 11
    cos.create_bucket(BUCKET, region=region)
    client = client_of(region)
    client.put_object(**ADDRESS, Body=b"x")
    assert send_to_url(cos, "GET", client.generate_presigned_url("get_object", ADDRESS)).body == b"x"


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-2", "eu-north-1", "cn-north-1", "us-gov-east-1"])
def test_a_newer_region_refuses_it_in_header_and_query(cos: FakeCOS, region: str) -> None:
    # public: aws-changes 11
    cos.create_bucket(BUCKET, region=region)
    client = client_of(region)
    with refused(cos, "InvalidRequest", UNSUPPORTED, 400):
        client.put_object(**ADDRESS, Body=b"x")
    with refused(cos, "InvalidRequest", UNSUPPORTED, 400):
        send_to_url(cos, "PUT", client.generate_presigned_url("put_object", ADDRESS), body=b"x")
    with refused(cos, "InvalidRequest", UNSUPPORTED, 400):
        client.list_buckets()


def test_a_bucket_elsewhere_counts_at_its_own_global_host(cos: FakeCOS) -> None:
    # documented ("Virtual hosting"): DNS leads there
    cos.create_bucket(BUCKET, region="eu-central-1")
    url = signing_client(V2).generate_presigned_url("get_object", ADDRESS)
    with refused(cos, "InvalidRequest", UNSUPPORTED, 400):
        send_to_url(cos, "GET", url)


def test_the_host_counts_where_it_names_another_region(cos: FakeCOS) -> None:
    # documented: the old region sends the request on
    cos.create_bucket(BUCKET, region="eu-central-1")
    url = signing_client(V2).generate_presigned_url("get_object", ADDRESS)
    assert send_to_url(cos, "GET", url.replace("s3.amazonaws", "s3.us-west-2.amazonaws")).status == 301


def test_a_custom_endpoint_is_in_the_region_of_its_bucket(cos: FakeCOS) -> None:
    # assumed
    cos.create_bucket("old")
    cos.create_bucket(BUCKET, region="eu-central-1")
    client = client_of("us-east-1", endpoint_url="http://minio:9000")
    client.put_object(Bucket="old", Key="a.txt", Body=b"x")
    with refused(cos, "InvalidRequest", UNSUPPORTED, 400):
        client.put_object(**ADDRESS, Body=b"x")


def test_a_form_is_refused_too(cos: FakeCOS) -> None:
    # public: aws-changes 11, of forms aws-sdk-php #586 and #946
    cos.create_bucket("old")
    cos.create_bucket(BUCKET, region="eu-central-1")
    for bucket, region in (("old", "us-east-1"), (BUCKET, "eu-central-1")):
        made = client_of(region).generate_presigned_post(bucket, "a.txt")
        if bucket == "old":
            assert post_form(cos, made["url"], form_body(made["fields"])).status == 204
        else:
            with refused(cos, "InvalidRequest", UNSUPPORTED, 400):
                post_form(cos, made["url"], form_body(made["fields"]))


@pytest.mark.parametrize("sent", ["/photos", "/photos/"])
@pytest.mark.parametrize("host", ["s3.amazonaws.com", "minio:9000"])
def test_the_path_is_signed_as_it_was_sent(host: str, sent: str) -> None:
    # documented: aws-changes 12
    assert judged(host, sent, f"GET\n\n\n9999999999\n{sent}") == KEY_ID


def test_a_bucket_without_its_slash_may_be_signed_with_one() -> None:
    # measured: botocore sends the one and signs the other
    assert judged("s3.amazonaws.com", "/photos", "GET\n\n\n9999999999\n/photos/") == KEY_ID


@pytest.mark.parametrize(("sent", "signed"), [("/photos/", "/photos"), ("/photos/a", "/photos/a/"), ("/photos", "/")])
def test_another_path_is_refused(sent: str, signed: str) -> None:
    # documented: aws-changes 12
    with pytest.raises(Exception, match="SignatureDoesNotMatch"):
        judged("s3.amazonaws.com", sent, f"GET\n\n\n9999999999\n{signed}")


def judged(host: str, path: str, text: str) -> str:
    """Return whose signature a request has that is signed with a text."""
    from urllib.parse import quote

    signature = quote(sigv2.sign(SECRET, text), safe="")
    query = f"AWSAccessKeyId={KEY_ID}&Expires=9999999999&Signature={signature}"
    request = HttpRequest("GET", "https", host, path, query, {}, RawBody())
    return sigv2.require_query(request, split_query(query), PAIR, address(request, {}))


def test_the_regions_are_regions() -> None:
    assert SIGV2_REGIONS < REGIONS
