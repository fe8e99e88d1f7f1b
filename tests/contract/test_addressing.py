"""One store behind every address: what one client writes, a client with another address reads.

That each address by itself leads to the fake is held by tests/clients/botocore/test_addresses.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import AWS
from fakecos.contract.steps.refused import refused
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
DOOR = "arn:aws:s3:us-west-2:123456789012:accesspoint/door"
OUTPOST = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/door"


@pytest.mark.only_patch("the address is Amazon's")
def test_accelerate_is_one_more_address(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # documented by AWS: a bucket with dots has no accelerate endpoint
    cos.create_bucket("holiday")
    cos.store.buckets["holiday"].configure("AccelerateConfiguration", {"Status": "Enabled"})
    client = make_client(AWS, config={"s3": {"use_accelerate_endpoint": True}})
    client.put_object(Bucket="holiday", Key="a/b", Body=b"there")
    assert cos.store.buckets["holiday"].objects["a/b"].body == b"there"


@pytest.mark.parametrize("arn", [DOOR, OUTPOST], ids=["access point", "outpost"])
@pytest.mark.only_patch("no name server knows the address")
def test_an_access_point_is_a_door_to_its_bucket(cos: FakeCOS, make_client: Callable[..., Any], arn: str) -> None:
    cos.create_bucket("holiday", "us-west-2")
    cos.create_access_point("door", "holiday")
    client = make_client(AWS, region_name="us-west-2")
    client.put_object(Bucket=arn, Key="a/b", Body=b"there")
    assert [item["Key"] for item in client.list_objects_v2(Bucket=arn)["Contents"]] == ["a/b"]
    upload_id = client.create_multipart_upload(Bucket=arn, Key="parts")["UploadId"]
    part = client.upload_part(Bucket=arn, Key="parts", UploadId=upload_id, PartNumber=1, Body=b"1")
    client.complete_multipart_upload(
        Bucket=arn,
        Key="parts",
        UploadId=upload_id,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
    )
    client.delete_object(Bucket=arn, Key="a/b")
    assert list(cos.store.buckets["holiday"].objects) == ["parts"]


@pytest.mark.only_patch("no name server knows the address")
def test_an_access_point_that_was_not_made_is_refused(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # assumed: the words
    client = make_client(AWS, region_name="us-west-2")
    with refused(cos, "NoSuchAccessPoint", "The specified accesspoint does not exist", 404, AccessPointName="door"):
        client.get_object(Bucket=DOOR, Key="a")


def test_the_service_itself_takes_no_post(cos: FakeCOS) -> None:
    # public
    message = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", message, 405, Method="POST", ResourceType="SERVICE") as answer:
        send_raw(cos, "POST", "/", "", body=b"another")
    assert answer["ResponseMetadata"]["HTTPHeaders"]["allow"] == "GET"
