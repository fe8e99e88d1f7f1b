"""ACLs on COS, which has no Object Ownership: `public-read` opens an object, or the list of a bucket, to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from fakecos.contract.steps.names import BUCKET, IBM
from fakecos.contract.steps.refused import refused
from fakecos.model.acl import ALL_USERS
from tests.ibm.conftest import KEY
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from fakecos import FakeCOS

OBJECT = {"Bucket": BUCKET, "Key": KEY}
OPEN = "public-read"


def fetched(path: str) -> int:
    """Return the status that nobody in particular gets."""
    return requests.get(f"{US_SOUTH}/{path}", timeout=5).status_code


def test_an_object_that_is_put_for_everybody(client: Any) -> None:
    """Source: documented, IBM's page on public access."""
    client.put_object(**OBJECT, Body=b"x", ACL=OPEN)
    client.put_object(Bucket=BUCKET, Key="secret", Body=b"x")
    assert fetched(f"{BUCKET}/{KEY}") == 200
    assert fetched(f"{BUCKET}/secret") == 403
    grants = client.get_object_acl(**OBJECT)["Grants"]
    assert [grant["Permission"] for grant in grants if grant["Grantee"].get("URI") == ALL_USERS] == ["READ"]


def test_an_object_is_opened_and_closed_later(client: Any) -> None:
    client.put_object(**OBJECT, Body=b"x")
    client.put_object_acl(**OBJECT, ACL=OPEN)
    assert fetched(f"{BUCKET}/{KEY}") == 200
    client.put_object_acl(**OBJECT, ACL="private")
    assert fetched(f"{BUCKET}/{KEY}") == 403


def test_an_upload_in_parts_for_everybody(client: Any) -> None:
    upload_id = client.create_multipart_upload(**OBJECT, ACL=OPEN)["UploadId"]
    etag = client.upload_part(**OBJECT, UploadId=upload_id, PartNumber=1, Body=b"x")["ETag"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
    client.complete_multipart_upload(**OBJECT, UploadId=upload_id, MultipartUpload=parts)
    assert fetched(f"{BUCKET}/{KEY}") == 200


@pytest.mark.parametrize("when", ["created", "later"])
def test_a_bucket_that_everybody_may_list(client: Any, when: str) -> None:
    if when == "created":
        client.create_bucket(Bucket="open-data", ACL=OPEN)
    else:
        client.create_bucket(Bucket="open-data")
        assert fetched("open-data") == 403
        client.put_bucket_acl(Bucket="open-data", ACL=OPEN)
    assert fetched("open-data") == 200


@pytest.mark.parametrize("acl", ["private", "public-read", "public-read-write", "authenticated-read"])
def test_a_new_bucket_may_have_these_acls(client: Any, acl: str) -> None:
    """Source: documented, IBM's page on the operations of buckets."""
    client.create_bucket(Bucket="open-data", ACL=acl)
    client.create_bucket(Bucket="later")
    client.put_bucket_acl(Bucket="later", ACL=acl)
    assert client.get_bucket_acl(Bucket="open-data")["Grants"] == client.get_bucket_acl(Bucket="later")["Grants"]


@pytest.mark.parametrize(
    "acl", ["aws-exec-read", "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write"]
)
def test_a_new_bucket_may_not_have_the_other_acls_of_aws(cos: FakeCOS, client: Any, acl: str) -> None:
    """Source: assumed: IBM does not list them."""
    with refused(cos, "InvalidArgument", status=400):
        client.create_bucket(Bucket="open-data", ACL=acl)


def test_nothing_is_blocked_until_the_bucket_says_so(cos: FakeCOS, client: Any) -> None:
    """Source: that it can: sdk; that a new bucket does not: assumed."""
    with refused(cos, "NoSuchPublicAccessBlockConfiguration", status=404):
        client.get_public_access_block(Bucket=BUCKET)
    client.put_object(**OBJECT, Body=b"x", ACL=OPEN)
    block = {"BlockPublicAcls": True, "IgnorePublicAcls": True}
    client.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=block)
    assert client.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"] == block
    assert fetched(f"{BUCKET}/{KEY}") == 403
    with refused(cos, "AccessDenied", status=403):
        client.put_object_acl(**OBJECT, ACL=OPEN)


def test_aws_still_has_its_own_rules_for_the_same_bucket(cos: FakeCOS, make_client: Any) -> None:
    make_client(IBM).put_object(**OBJECT, Body=b"x", ACL=OPEN)
    with refused(cos, "AccessControlListNotSupported", status=400):
        make_client("aws").put_object_acl(**OBJECT, ACL=OPEN)
