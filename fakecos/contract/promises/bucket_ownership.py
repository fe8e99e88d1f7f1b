"""Ownership controls and the public access block: what a new bucket has, and loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import AWS, BUCKET
from fakecos.contract.steps.refused import refused

ALL = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
NO_BLOCK = "The public access block configuration was not found"


def put_ownership(client: Any, *values: str) -> Any:
    rules = [{"ObjectOwnership": value} for value in values]
    return client.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls={"Rules": rules})


def ownership(client: Any, bucket: str = BUCKET) -> Any:
    return members_of(client.get_bucket_ownership_controls(Bucket=bucket))


def controls(value: str) -> dict[str, Any]:
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": value}]}}


@promise
def ownership_at_creation(aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 23."""
    aws.create_bucket(Bucket="new-bucket", ObjectOwnership="BucketOwnerPreferred")
    assert ownership(aws, "new-bucket") == controls("BucketOwnerPreferred")


@promise
@cases("values", [("ObjectWriter", "ObjectWriter"), ("RandomValue",), ()], ids=str)
def wrong_ownership_controls_are_malformed(cos: Service, aws: Any, values: tuple[str, ...]) -> None:
    """Source: recorded aws-bucket-configuration 24."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_ownership(aws, *values)
    assert ownership(aws) == controls("BucketOwnerEnforced")


@promise
def the_ownership_is_obeyed(cos: Service, aws: Any) -> None:
    """Source: documented: ACLs are disabled."""
    with refused(cos, "AccessControlListNotSupported", status=400):
        aws.put_object(Bucket=BUCKET, Key="a", Body=b"x", ACL="public-read")
    put_ownership(aws, "BucketOwnerPreferred")
    aws.delete_public_access_block(Bucket=BUCKET)
    aws.put_object(Bucket=BUCKET, Key="a", Body=b"x", ACL="public-read")


# --- public access block --------------------------------------------------------------------------------


@promise
@cases("dialect", [AWS])
def the_public_access_block_comes_and_goes(cos: Service, client: Any) -> None:
    """Source: public access block
    --------------------------------------------------------------------------------."""
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


@promise
def all_four_members_are_shown(aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 25."""
    assert members_of(aws.get_public_access_block(Bucket=BUCKET)) == {
        "PublicAccessBlockConfiguration": dict.fromkeys(ALL, True)
    }


@promise
def a_block_of_nothing_is_refused(cos: Service, aws: Any) -> None:
    """Source: public."""
    with refused(cos, "InvalidRequest", "Must specify at least one configuration.", 400):
        aws.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={})


@promise
def a_member_is_true_or_false(cos: Service, send: ByHand) -> None:
    """Source: assumed."""
    root = "PublicAccessBlockConfiguration"
    body = f"<{root}><BlockPublicAcls>maybe</BlockPublicAcls></{root}>".encode()
    with refused(cos, "MalformedXML", status=400):
        send("PUT", f"/{BUCKET}", "publicAccessBlock", {"content-md5": md5_base64(body)}, body)
