"""Ownership controls and the public access block: what a new bucket has, and loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of
from tests.support.constants import AWS, BUCKET
from tests.support.digests import md5_base64
from tests.support.messages import MALFORMED_XML
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS

ALL = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
NO_CONTROLS = "The bucket ownership controls were not found"
NO_BLOCK = "The public access block configuration was not found"


def put_ownership(client: Any, *values: str) -> Any:
    rules = [{"ObjectOwnership": value} for value in values]
    return client.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls={"Rules": rules})


def ownership(client: Any, bucket: str = BUCKET) -> Any:
    return members_of(client.get_bucket_ownership_controls(Bucket=bucket))


def controls(value: str) -> dict[str, Any]:
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": value}]}}


def test_ownership_controls_come_and_go(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 23
    assert ownership(aws) == controls("BucketOwnerEnforced")
    answer = put_ownership(aws, "ObjectWriter")
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert ownership(aws) == controls("ObjectWriter")
    for _ in range(2):
        answer = aws.delete_bucket_ownership_controls(Bucket=BUCKET)
        assert (http_status(answer), members_of(answer)) == (204, {})
    with refused(cos, "OwnershipControlsNotFoundError", NO_CONTROLS, 404, BucketName=BUCKET):
        ownership(aws)
    assert cos.store.buckets[BUCKET].ownership == "ObjectWriter"  # documented: ACLs count again


def test_ownership_at_creation(aws: Any) -> None:
    # recorded aws-bucket-configuration 23
    aws.create_bucket(Bucket="new-bucket", ObjectOwnership="BucketOwnerPreferred")
    assert ownership(aws, "new-bucket") == controls("BucketOwnerPreferred")


@pytest.mark.parametrize("values", [("ObjectWriter", "ObjectWriter"), ("RandomValue",), ()], ids=str)
def test_wrong_ownership_controls_are_malformed(cos: FakeCOS, aws: Any, values: tuple[str, ...]) -> None:
    # recorded aws-bucket-configuration 24
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_ownership(aws, *values)
    assert ownership(aws) == controls("BucketOwnerEnforced")


def test_the_ownership_is_obeyed(cos: FakeCOS, aws: Any) -> None:
    # documented: ACLs are disabled
    with refused(cos, "AccessControlListNotSupported", status=400):
        aws.put_object(Bucket=BUCKET, Key="a", Body=b"x", ACL="public-read")
    put_ownership(aws, "BucketOwnerPreferred")
    aws.delete_public_access_block(Bucket=BUCKET)
    aws.put_object(Bucket=BUCKET, Key="a", Body=b"x", ACL="public-read")


# --- public access block --------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", [AWS])
def test_the_public_access_block_comes_and_goes(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 25
    shown = members_of(client.get_public_access_block(Bucket=BUCKET))["PublicAccessBlockConfiguration"]
    members = set(shown)
    assert members <= set(ALL)  # IBM's model has two of them
    assert set(shown.values()) == {True}
    answer = client.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={"BlockPublicAcls": False})
    assert (http_status(answer), members_of(answer)) == (200, {})
    shown = members_of(client.get_public_access_block(Bucket=BUCKET))["PublicAccessBlockConfiguration"]
    assert shown == dict.fromkeys(members, False)
    for _ in range(2):
        answer = client.delete_public_access_block(Bucket=BUCKET)
        assert (http_status(answer), members_of(answer)) == (204, {})
    with refused(cos, "NoSuchPublicAccessBlockConfiguration", NO_BLOCK, 404, BucketName=BUCKET):
        client.get_public_access_block(Bucket=BUCKET)


def test_all_four_members_are_shown(aws: Any) -> None:
    # recorded aws-bucket-configuration 25
    assert members_of(aws.get_public_access_block(Bucket=BUCKET)) == {
        "PublicAccessBlockConfiguration": dict.fromkeys(ALL, True)
    }


def test_a_block_of_nothing_is_refused(cos: FakeCOS, aws: Any) -> None:
    # public
    with refused(cos, "InvalidRequest", "Must specify at least one configuration.", 400):
        aws.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={})


def test_a_member_is_true_or_false(cos: FakeCOS) -> None:
    # assumed
    root = "PublicAccessBlockConfiguration"
    body = f"<{root}><BlockPublicAcls>maybe</BlockPublicAcls></{root}>".encode()
    with refused(cos, "MalformedXML", status=400):
        send_raw(cos, "PUT", f"/{BUCKET}", "publicAccessBlock", {"content-md5": md5_base64(body)}, body)
