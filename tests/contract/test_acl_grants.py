"""What ACLs come to: canned ones, grants by header, and who owns what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.model.acl import EC2_ID, LOG_DELIVERY
from fakecos.model.store import OWNER_ID
from tests.support.access import (
    ALL_USERS,
    AUTHENTICATED,
    allow,
    allow_acls,
    block_public_access,
    client_for,
    deny,
    list_grants,
    set_policy,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

OWN = (OWNER_ID, "FULL_CONTROL")
CANNED = {
    "private": [OWN],
    "public-read": [OWN, (ALL_USERS, "READ")],
    "public-read-write": [OWN, (ALL_USERS, "READ"), (ALL_USERS, "WRITE")],
    "authenticated-read": [OWN, (AUTHENTICATED, "READ")],
    "aws-exec-read": [OWN, (EC2_ID, "READ")],
    "bucket-owner-read": [OWN],
    "bucket-owner-full-control": [OWN],
    "log-delivery-write": [OWN, (LOG_DELIVERY, "WRITE"), (LOG_DELIVERY, "READ_ACP")],
}


def test_a_private_one_has_exactly_the_owner(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 8, aws-objects 64: Owner has only an ID
    cos.put_object(BUCKET, "key", b"1")
    whole = {
        "Grants": [{"Grantee": {"ID": OWNER_ID, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}],
        "Owner": {"ID": OWNER_ID},
    }
    assert members_of(client.get_bucket_acl(Bucket=BUCKET)) == whole
    assert members_of(client.get_object_acl(Bucket=BUCKET, Key="key")) == whole


@pytest.mark.parametrize("acl", CANNED)
def test_a_canned_acl_is_what_is_documented(cos: FakeCOS, aws: Any, acl: str) -> None:
    # documented by AWS: canned ACL; the order of the grants: recorded aws-objects 64
    allow_acls(cos, BUCKET)
    aws.put_object(Bucket=BUCKET, Key="put", Body=b"1", ACL=acl)
    aws.copy_object(Bucket=BUCKET, Key="copied", CopySource=f"{BUCKET}/put", ACL=acl)
    upload_id = create_upload(aws, ACL=acl)
    complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id, b"1", 1)))
    aws.put_object(Bucket=BUCKET, Key="later", Body=b"1")
    before = cos.bucket(BUCKET).objects["later"].last_modified
    assert http_status(aws.put_object_acl(Bucket=BUCKET, Key="later", ACL=acl)) == 200
    assert cos.bucket(BUCKET).objects["later"].last_modified == before
    for key in cos.store.buckets[BUCKET].objects:
        assert list_grants(aws.get_object_acl(Bucket=BUCKET, Key=key)) == CANNED[acl], key


@pytest.mark.parametrize(
    ("acl", "group"),
    [
        ("public-read", "http://acs.amazonaws.com/groups/global/AllUsers"),
        ("authenticated-read", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
        ("log-delivery-write", "http://acs.amazonaws.com/groups/s3/LogDelivery"),
    ],
)
def test_a_group_has_the_address_that_is_documented(cos: FakeCOS, aws: Any, acl: str, group: str) -> None:
    # documented by AWS: Amazon S3 predefined groups
    allow_acls(cos, BUCKET)
    aws.put_bucket_acl(Bucket=BUCKET, ACL=acl)
    grantees = [grant["Grantee"] for grant in aws.get_bucket_acl(Bucket=BUCKET)["Grants"]]
    assert {grantee["URI"] for grantee in grantees if grantee["Type"] == "Group"} == {group}


def test_the_acl_of_a_copy_is_not_that_of_its_source(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: the ACL is not copied
    allow_acls(cos, BUCKET)
    client.put_object(Bucket=BUCKET, Key="source", Body=b"1", ACL="public-read")
    client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/source")
    assert list_grants(client.get_object_acl(Bucket=BUCKET, Key="copy")) == [OWN]


def test_a_bucket_has_an_acl_too(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 64
    allow_acls(cos, BUCKET)
    assert http_status(client.put_bucket_acl(Bucket=BUCKET, ACL="public-read")) == 200
    assert list_grants(client.get_bucket_acl(Bucket=BUCKET)) == [OWN, (ALL_USERS, "READ")]


@pytest.mark.parametrize("quote", ['"', ""])
def test_grants_by_header_are_all_that_is_granted(cos: FakeCOS, aws: Any, quote: str) -> None:
    # documented by AWS: specifying grantee in the header
    allow_acls(cos, BUCKET)
    other = cos.account(OTHER).canonical_id
    grant = f"id={quote}{other}{quote}, uri={quote}{ALL_USERS}{quote}"
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", GrantRead=grant, GrantWriteACP=f"id={other}")
    assert list_grants(aws.get_object_acl(Bucket=BUCKET, Key="key")) == [
        *((other, "READ"), (ALL_USERS, "READ")),
        (other, "WRITE_ACP"),
    ]


@pytest.mark.parametrize("call", ["put_object", "copy_object", "create_multipart_upload"])
def test_a_public_acl_is_blocked_where_objects_are_written(cos: FakeCOS, aws: Any, call: str) -> None:
    # documented by AWS: BlockPublicAcls
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    cos.store.buckets[BUCKET].ownership = "ObjectWriter"
    source = {"CopySource": f"{BUCKET}/source"} if call == "copy_object" else {}
    with refused(cos, *DENIED):
        getattr(aws, call)(Bucket=BUCKET, Key="key", ACL="public-read", **source)
    block_public_access(cos, BUCKET, "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    assert getattr(aws, call)(Bucket=BUCKET, Key="key", ACL="public-read", **source)


def test_a_new_bucket_cannot_be_public(cos: FakeCOS, aws: Any) -> None:
    # documented by AWS: new buckets block public access, and CreateBucket fails; the code and its words: public
    blocked = "Bucket cannot have public ACLs set with BlockPublicAccess enabled"
    with refused(cos, "InvalidBucketAclWithBlockPublicAccessError", blocked, 400):
        aws.create_bucket(Bucket="new-bucket", ACL="public-read", ObjectOwnership="ObjectWriter")
    assert "new-bucket" not in cos.store.buckets
    grant = f'id="{cos.account(OTHER).canonical_id}"'
    message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    with refused(cos, "InvalidBucketAclWithObjectOwnership", message, 400):
        aws.create_bucket(Bucket="new-bucket", GrantRead=grant)
    aws.create_bucket(Bucket="new-bucket", GrantRead=grant, ObjectOwnership="ObjectWriter")
    assert list_grants(aws.get_bucket_acl(Bucket="new-bucket")) == [(cos.account(OTHER).canonical_id, "READ")]


@pytest.mark.parametrize(
    ("ownership", "acl", "mine"),
    [
        ("BucketOwnerEnforced", "bucket-owner-full-control", True),
        ("BucketOwnerPreferred", "bucket-owner-full-control", True),
        ("BucketOwnerPreferred", "private", False),
        ("ObjectWriter", "bucket-owner-full-control", False),
    ],
)
def test_the_ownership_says_who_owns_what_others_write(
    cos: FakeCOS, aws: Any, ownership: str, acl: str, *, mine: bool
) -> None:
    # documented by AWS: Object Ownership
    bucket = allow_acls(cos, BUCKET, "ObjectWriter")
    other = cos.account(OTHER)
    aws.put_bucket_acl(Bucket=BUCKET, GrantWrite=f"id={other.canonical_id}", GrantFullControl=f"id={OWNER_ID}")
    bucket.ownership = ownership
    if ownership == "BucketOwnerEnforced":
        set_policy(cos, BUCKET, allow(["s3:PutObject", "s3:PutObjectAcl"], f"arn:aws:s3:::{BUCKET}/*", {"AWS": OTHER}))
    client_for(other).put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL=acl)
    bucket.configurations.pop("Policy", None)
    (line,) = aws.list_objects(Bucket=BUCKET)["Contents"]
    assert line["Owner"] == {"ID": OWNER_ID if mine else other.canonical_id}
    if mine:
        assert aws.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"1"
    elif acl == "private":  # famous: the bucket's owner cannot read what it does not own
        with pytest.raises(aws.exceptions.ClientError, match="AccessDenied"):
            aws.get_object(Bucket=BUCKET, Key="key")
        aws.delete_object(Bucket=BUCKET, Key="key")
    else:
        assert list_grants(aws.get_object_acl(Bucket=BUCKET, Key="key"))[1] == OWN


FULL_CONTROL = "bucket-owner-full-control"


@pytest.mark.parametrize(
    ("condition", "given"),
    [
        ({"s3:x-amz-acl": FULL_CONTROL}, {"ACL": FULL_CONTROL}),
        ({"s3:x-amz-grant-full-control": f"id={OWNER_ID}"}, {"GrantFullControl": f"id={OWNER_ID}"}),
    ],
    ids=["an ACL", "a grant"],
)
@pytest.mark.parametrize("call", ["put_object", "create_multipart_upload", "copy_object"])
def test_a_policy_that_names_the_acl_allows_to_write_with_it(
    cos: FakeCOS, call: str, condition: dict[str, str], given: dict[str, str]
) -> None:
    # documented by AWS: "Policy examples for ACLs": PutObject alone, with a condition (aws-changes 24)
    allow_acls(cos, BUCKET)
    cos.put_object(BUCKET, "source", b"1")
    other = client_for(cos.account(OTHER))
    resource = f"arn:aws:s3:::{BUCKET}/*"
    read = allow("s3:GetObject", resource, {"AWS": OTHER})
    named = {**allow("s3:PutObject", resource, {"AWS": OTHER}), "Condition": {"StringEquals": condition}}
    more = {"CopySource": f"{BUCKET}/source"} if call == "copy_object" else {}

    def write(**acl: str) -> Any:
        return getattr(other, call)(Bucket=BUCKET, Key="key", **more, **acl)

    set_policy(cos, BUCKET, read, named)
    assert write(**given)
    for wrong in ({}, {"ACL": "public-read"}):
        with refused(cos, "AccessDenied", status=403):
            write(**wrong)
    set_policy(cos, BUCKET, read, named, deny("s3:PutObjectAcl", resource))
    with refused(cos, "AccessDenied", status=403):
        write(**given)
    set_policy(cos, BUCKET, read, allow("s3:PutObject", resource, {"AWS": OTHER}))  # no condition: both are asked for
    with refused(cos, "AccessDenied", status=403):
        write(**given)


def test_acls_can_only_go_where_the_bucket_gives_nothing_to_others(cos: FakeCOS, aws: Any) -> None:
    # documented by AWS: Object Ownership, "before you disable ACLs"
    allow_acls(cos, BUCKET)
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    with refused(cos, "InvalidBucketAclWithObjectOwnership", message, 400):
        aws.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=enforced)
    aws.put_bucket_acl(Bucket=BUCKET, ACL="private")
    aws.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls=enforced)
