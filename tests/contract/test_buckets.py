"""CreateBucket, HeadBucket, DeleteBucket and ListBuckets (GetBucketLocation: test_bucket_location)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import DATETIME, http_status, members_of, specific_headers
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.model.store import OWNER_ID
from tests.support.answers import NAMESPACE, child_names, xml_document
from tests.support.raw_requests import send_raw

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


@pytest.mark.parametrize("body", [b"<CreateBucketConfiguration>", b"<Wrong/>"])
def test_a_malformed_document_is_refused(cos: FakeCOS, body: bytes) -> None:
    # the words: recorded aws-objects 65
    with refused(cos, "MalformedXML", status=400):
        send_raw(cos, "PUT", "/new-bucket", body=body)


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


# --- ListBuckets ----------------------------------------------------------------------------------------


def bucket_item(name: str, dialect: str = AWS, region: str | None = None) -> dict[str, Any]:
    item = {"Name": name, "CreationDate": DATETIME}
    if dialect == AWS:
        item["BucketArn"] = f"arn:aws:s3:::{name}"
    if region is not None:
        item["BucketRegion"] = region
    return item


def test_without_parameters_no_region_is_told(cos: FakeCOS, client: Any, dialect: str) -> None:
    # recorded aws-listing 1
    cos.create_bucket("another", "eu-west-1")
    assert members_of(client.list_buckets()) == {
        "Buckets": [bucket_item("another", dialect), bucket_item(BUCKET, dialect)],
        "Owner": OWNER,
    }


def test_no_buckets_at_all(cos: FakeCOS, client: Any) -> None:
    # an empty Buckets element: documented
    cos.reset()
    assert members_of(client.list_buckets()) == {"Buckets": [], "Owner": OWNER}


def test_the_document(cos: FakeCOS) -> None:
    # recorded aws-objects 14, 12
    root = xml_document(send_raw(cos, "GET", "/"))
    assert root.tag == f"{NAMESPACE}ListAllMyBucketsResult"
    assert child_names(root) == ["Owner", "Buckets"]
    assert child_names(root[1][0]) == ["Name", "CreationDate", "BucketArn"]
    moment = root[1][0][1].text or ""
    assert len(moment) == 24
    assert moment.endswith(".000Z")


def test_pages_have_regions_and_a_token(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-listing 2
    cos.create_bucket("another", "eu-west-1")
    with before_signing(aws, {"continuation-token": ""}):
        answer = members_of(aws.list_buckets(MaxBuckets=1))
    token = answer.pop("ContinuationToken")
    assert answer == {"Buckets": [bucket_item("another", region="eu-west-1")], "Owner": OWNER}
    assert members_of(aws.list_buckets(MaxBuckets=1, ContinuationToken=token)) == {
        "Buckets": [bucket_item(BUCKET, region="us-east-1")],
        "Owner": OWNER,
    }


def test_a_prefix_and_a_region_select_buckets(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 2: Prefix is told
    cos.create_bucket("photos-of-europe", "eu-west-1")
    assert members_of(aws.list_buckets(Prefix="photos-")) == {
        "Buckets": [bucket_item("photos-of-europe", region="eu-west-1")],
        "Owner": OWNER,
        "Prefix": "photos-",
    }
    assert [item["Name"] for item in aws.list_buckets(BucketRegion="us-east-1")["Buckets"]] == [BUCKET]


def test_the_paginator_gives_every_bucket_once(cos: FakeCOS, aws: Any) -> None:
    names = sorted([BUCKET, *(f"bucket-{number}" for number in range(5))])
    for name in names[:-1]:
        cos.create_bucket(name)
    pages = aws.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2})
    assert [item["Name"] for page in pages for item in page["Buckets"]] == names
