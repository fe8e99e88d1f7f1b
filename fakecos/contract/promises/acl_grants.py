"""What ACLs come to: canned ones, grants by header, and who owns what is written."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import AWS, BUCKET, KEY
from fakecos.contract.steps.policies import (
    ALL_USERS,
    AUTHENTICATED,
    canonical_id_of,
    let_be_public,
    list_grants,
    put_ownership,
)
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.model.acl import EC2_ID, LOG_DELIVERY

CANNED = {
    "private": [],
    "public-read": [(ALL_USERS, "READ")],
    "public-read-write": [(ALL_USERS, "READ"), (ALL_USERS, "WRITE")],
    "authenticated-read": [(AUTHENTICATED, "READ")],
    "aws-exec-read": [(EC2_ID, "READ")],
    "bucket-owner-read": [],
    "bucket-owner-full-control": [],
    "log-delivery-write": [(LOG_DELIVERY, "WRITE"), (LOG_DELIVERY, "READ_ACP")],
}
"""What each gives beside all to the owner."""


def own(client: Any) -> tuple[str, str]:
    """Return what the owner has in each ACL."""
    return canonical_id_of(client), "FULL_CONTROL"


@promise
def a_private_one_has_exactly_the_owner(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 8, aws-objects 64: Owner has only an ID."""
    client.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    owner, _ = own(client)
    whole = {
        "Grants": [{"Grantee": {"ID": owner, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}],
        "Owner": {"ID": owner},
    }
    assert members_of(client.get_bucket_acl(Bucket=BUCKET)) == whole
    assert members_of(client.get_object_acl(Bucket=BUCKET, Key="key")) == whole


@promise
@cases("acl", [*CANNED])
def a_canned_acl_is_what_is_documented(aws: Any, acl: str) -> None:
    """Source: documented: canned ACL; the order of the grants: recorded aws-objects 64."""
    let_be_public(aws, "ObjectWriter")
    aws.put_object(Bucket=BUCKET, Key="put", Body=b"1", ACL=acl)
    aws.copy_object(Bucket=BUCKET, Key="copied", CopySource=f"{BUCKET}/put", ACL=acl)
    upload_id = create_upload(aws, ACL=acl)
    complete_upload(aws, upload_id, completed_part(1, upload_part(aws, upload_id, b"1", 1)))
    aws.put_object(Bucket=BUCKET, Key="later", Body=b"1")
    before = aws.head_object(Bucket=BUCKET, Key="later")["LastModified"]
    assert http_status(aws.put_object_acl(Bucket=BUCKET, Key="later", ACL=acl)) == 200
    assert aws.head_object(Bucket=BUCKET, Key="later")["LastModified"] == before
    for key in ("put", "copied", KEY, "later"):
        assert list_grants(aws.get_object_acl(Bucket=BUCKET, Key=key)) == [own(aws), *CANNED[acl]], key


@promise
@cases(
    ("acl", "group"),
    [
        ("public-read", "http://acs.amazonaws.com/groups/global/AllUsers"),
        ("authenticated-read", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
        ("log-delivery-write", "http://acs.amazonaws.com/groups/s3/LogDelivery"),
    ],
)
def a_group_has_the_address_that_is_documented(aws: Any, acl: str, group: str) -> None:
    """Source: documented: Amazon S3 predefined groups."""
    let_be_public(aws, "ObjectWriter")
    aws.put_bucket_acl(Bucket=BUCKET, ACL=acl)
    grantees = [grant["Grantee"] for grant in aws.get_bucket_acl(Bucket=BUCKET)["Grants"]]
    assert {grantee["URI"] for grantee in grantees if grantee["Type"] == "Group"} == {group}


@promise
def the_acl_of_a_copy_is_not_that_of_its_source(client: Any, dialect: str) -> None:
    """Source: documented: the ACL is not copied."""
    if dialect == AWS:
        let_be_public(client, "ObjectWriter")
    client.put_object(Bucket=BUCKET, Key="source", Body=b"1", ACL="public-read")
    client.copy_object(Bucket=BUCKET, Key="copy", CopySource=f"{BUCKET}/source")
    assert list_grants(client.get_object_acl(Bucket=BUCKET, Key="copy")) == [own(client)]


@promise
def a_bucket_has_an_acl_too(client: Any, dialect: str) -> None:
    """Source: recorded aws-objects 64."""
    if dialect == AWS:
        let_be_public(client, "ObjectWriter")
    assert http_status(client.put_bucket_acl(Bucket=BUCKET, ACL="public-read")) == 200
    assert list_grants(client.get_bucket_acl(Bucket=BUCKET)) == [own(client), (ALL_USERS, "READ")]


@promise
@cases("call", ["put_object", "copy_object", "create_multipart_upload"])
def a_public_acl_is_blocked_where_objects_are_written(cos: Service, aws: Any, call: str) -> None:
    """Source: documented: BlockPublicAcls."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    put_ownership(aws, "ObjectWriter")
    source = {"CopySource": f"{BUCKET}/source"} if call == "copy_object" else {}
    with refused(cos, *DENIED):
        getattr(aws, call)(Bucket=BUCKET, Key="key", ACL="public-read", **source)
    others = dict.fromkeys(("IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    aws.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=others)
    assert getattr(aws, call)(Bucket=BUCKET, Key="key", ACL="public-read", **source)


@promise
def a_new_bucket_cannot_be_public(cos: Service, aws: Any) -> None:
    """Source: documented: new buckets block public access, and CreateBucket fails; the code and its words: public."""
    blocked = "Bucket cannot have public ACLs set with BlockPublicAccess enabled"
    with refused(cos, "InvalidBucketAclWithBlockPublicAccessError", blocked, 400):
        aws.create_bucket(Bucket="new-bucket", ACL="public-read", ObjectOwnership="ObjectWriter")


@promise
def acls_can_only_go_where_the_bucket_gives_nothing_to_others(cos: Service, aws: Any) -> None:
    """Source: documented: Object Ownership, before you disable ACLs."""
    let_be_public(aws, "ObjectWriter")
    aws.put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    with refused(cos, "InvalidBucketAclWithObjectOwnership", message, 400):
        put_ownership(aws, "BucketOwnerEnforced")
    aws.put_bucket_acl(Bucket=BUCKET, ACL="private")
    put_ownership(aws, "BucketOwnerEnforced")


@promise
def the_acl_of_what_is_missing_is_not_there(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 8."""
    message = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", message, 404, BucketName="bucket-not-exists"):
        client.get_bucket_acl(Bucket="bucket-not-exists")
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="none"):
        client.get_object_acl(Bucket=BUCKET, Key="none")


@promise
@cases("by_id", [True, False])
def the_acl_of_a_delete_marker_cannot_be_put(cos: Service, aws: Any, by_id: bool) -> None:
    """Source: public: answers of AWS; the same as recorded for tags (aws-objects 62)."""
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    marker = aws.delete_object(Bucket=BUCKET, Key="key")["VersionId"]
    more = {"VersionId": marker} if by_id else {}
    said = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", said, 405, Method="PUT", ResourceType="DeleteMarker"):
        aws.put_object_acl(Bucket=BUCKET, Key="key", ACL="private", **more)


@promise
def the_acl_of_a_deleted_object_is_not_there_to_be_read(cos: Service, aws: Any) -> None:
    """Source: public: answers of AWS; unlike a change, a read of the newest version does not tell of the marker."""
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    marker = aws.delete_object(Bucket=BUCKET, Key="key")["VersionId"]
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
        aws.get_object_acl(Bucket=BUCKET, Key="key")
    said = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", said, 405, Method="GET", ResourceType="DeleteMarker"):
        aws.get_object_acl(Bucket=BUCKET, Key="key", VersionId=marker)


@promise
@cases("acl", ["private", "bucket-owner-full-control"])
def a_bucket_without_acls_is_given_those_that_give_nothing_away(aws: Any, acl: str) -> None:
    """Source: documented of objects; of the bucket itself: assumed."""
    aws.put_bucket_acl(Bucket=BUCKET, ACL=acl)
    answer = aws.get_bucket_acl(Bucket=BUCKET)
    (grant,) = answer["Grants"]
    assert (grant["Grantee"]["ID"], grant["Permission"]) == (answer["Owner"]["ID"], "FULL_CONTROL")


@promise
@cases(
    ("given", "code"),
    [
        ({"ACL": "fake-acl"}, "InvalidArgument"),
        ({"GrantRead": "id=nobody"}, "InvalidArgument"),
        ({"ACL": "private", "AccessControlPolicy": {"Grants": []}}, "UnexpectedContent"),
        ({}, "MissingSecurityHeader"),
    ],
    ids=["canned", "grantee", "two ways", "nothing"],
)
@cases("of", ["bucket", "object"])
def the_form_of_an_acl_is_judged_before_the_ownership(
    cos: Service, aws: Any, of: str, given: dict[str, Any], code: str
) -> None:
    """Source: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    key = {"Key": "key"} if of == "object" else {}
    with refused(cos, code, status=400):
        getattr(aws, f"put_{of}_acl")(Bucket=BUCKET, **key, **given)
    with refused(cos, "AccessControlListNotSupported", status=400):
        getattr(aws, f"put_{of}_acl")(
            Bucket=BUCKET, **key, GrantRead="uri=http://acs.amazonaws.com/groups/s3/LogDelivery"
        )
