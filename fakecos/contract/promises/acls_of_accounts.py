"""ACLs between two accounts: what a grant lets the other one do, and who owns what it writes."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, before_each, case, cases, promise
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import (
    ALL_USERS,
    OBJECTS,
    allow,
    canonical_id_of,
    deny,
    let_be_public,
    list_grants,
    put_ownership,
    put_policy,
)
from fakecos.contract.steps.raising import raises
from fakecos.contract.steps.refused import refused

THEM = {"AWS": OTHER}
THEIRS = "theirs"
FULL_CONTROL = "bucket-owner-full-control"


@before_each
def acls_count(aws: Any, other: Any) -> None:
    """Let the bucket have ACLs; the other account has a bucket, whose owner's id is its own."""
    put_ownership(aws, "ObjectWriter")
    other.create_bucket(Bucket=THEIRS)


def them(other: Any) -> str:
    """Return by which id grants name the other account."""
    return canonical_id_of(other, THEIRS)


@promise
def a_grant_lets_an_account_read(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: ACL permissions."""
    granted = {"GrantRead": f"id={them(other)}", "GrantFullControl": f"id={canonical_id_of(aws)}"}
    aws.put_object(Bucket=BUCKET, Key="read", Body=b"1", **granted)
    assert other.get_object(Bucket=BUCKET, Key="read")["Body"].read() == b"1"
    with refused(cos, *DENIED):
        other.get_object_acl(Bucket=BUCKET, Key="read")


@promise
def a_grant_of_the_acl_is_none_of_the_object(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: READ_ACP and WRITE_ACP."""
    granted = f"id={them(other)}"
    aws.put_object(Bucket=BUCKET, Key="acp", Body=b"1", GrantReadACP=granted, GrantWriteACP=granted)
    assert other.get_object_acl(Bucket=BUCKET, Key="acp")["Owner"] == {"ID": canonical_id_of(aws)}
    with refused(cos, *DENIED):
        other.get_object(Bucket=BUCKET, Key="acp")
    other.put_object_acl(Bucket=BUCKET, Key="acp", GrantRead=granted)
    assert other.get_object(Bucket=BUCKET, Key="acp")["ContentLength"] == 1


@promise
def a_grant_of_the_bucket_lets_an_account_list_and_write(aws: Any, other: Any) -> None:
    """Source: documented: READ and WRITE of a bucket; bucket-owner-read."""
    granted, mine = f"id={them(other)}", f"id={canonical_id_of(aws)}"
    aws.put_bucket_acl(Bucket=BUCKET, GrantRead=granted, GrantWrite=granted, GrantFullControl=mine)
    assert other.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0
    other.put_object(Bucket=BUCKET, Key="new", Body=b"1", ACL="bucket-owner-read")
    assert aws.get_object(Bucket=BUCKET, Key="new")["Body"].read() == b"1"


@promise
def every_account_is_an_authenticated_user(aws: Any, other: Any) -> None:
    """Source: documented: predefined groups."""
    let_be_public(aws)
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL="authenticated-read")
    assert other.get_object(Bucket=BUCKET, Key="key")["ContentLength"] == 1


@promise
@cases("quote", ['"', ""], ids=["quoted", "bare"])
def grants_by_header_are_all_that_is_granted(aws: Any, other: Any, quote: str) -> None:
    """Source: documented: specifying grantee in the header."""
    let_be_public(aws)
    named = them(other)
    grant = f"id={quote}{named}{quote}, uri={quote}{ALL_USERS}{quote}"
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", GrantRead=grant, GrantWriteACP=f"id={named}")
    shown = list_grants(aws.get_object_acl(Bucket=BUCKET, Key="key"))
    assert shown == [(named, "READ"), (ALL_USERS, "READ"), (named, "WRITE_ACP")]


@promise
def a_new_bucket_has_grants_only_with_an_ownership_that_lets_it(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: Object Ownership; the code and its words: public."""
    grant = f'id="{them(other)}"'
    message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    with refused(cos, "InvalidBucketAclWithObjectOwnership", message, 400):
        aws.create_bucket(Bucket="new-bucket", GrantRead=grant)
    aws.create_bucket(Bucket="new-bucket", GrantRead=grant, ObjectOwnership="ObjectWriter")
    assert list_grants(aws.get_bucket_acl(Bucket="new-bucket")) == [(them(other), "READ")]


@promise
@cases(
    ("ownership", "acl", "mine"),
    [
        ("BucketOwnerEnforced", FULL_CONTROL, True),
        ("BucketOwnerPreferred", FULL_CONTROL, True),
        ("BucketOwnerPreferred", "private", False),
        ("ObjectWriter", FULL_CONTROL, False),
    ],
)
def the_ownership_says_who_owns_what_others_write(aws: Any, other: Any, ownership: str, acl: str, mine: bool) -> None:
    """Source: documented: Object Ownership; famous: the bucket's owner cannot read what it does not own."""
    put_ownership(aws, ownership)
    put_policy(aws, allow(["s3:PutObject", "s3:PutObjectAcl"], OBJECTS, THEM))
    other.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL=acl)
    me = canonical_id_of(aws)
    (line,) = aws.list_objects(Bucket=BUCKET)["Contents"]
    assert line["Owner"] == {"ID": me if mine else them(other)}
    if mine:
        assert aws.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"1"
    elif acl == "private":
        with raises(aws.exceptions.ClientError, match="AccessDenied"):
            aws.get_object(Bucket=BUCKET, Key="key")
        aws.delete_object(Bucket=BUCKET, Key="key")
    else:
        assert list_grants(aws.get_object_acl(Bucket=BUCKET, Key="key"))[1] == (me, "FULL_CONTROL")


@promise
def of_an_object_that_another_account_owns_no_reason_is_told(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: who owns a bucket may delete all in it; that reasons are left out: assumed."""
    put_policy(aws, allow(["s3:PutObject", "s3:PutObjectAcl"], OBJECTS, THEM))
    other.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL="private")
    for call in (aws.get_object, aws.get_object_acl):
        with refused(cos, *DENIED):
            call(Bucket=BUCKET, Key="key")


@promise
@cases("by", ["ACL", "grant"])
@cases("call", ["put_object", "create_multipart_upload", "copy_object"])
def a_policy_that_names_the_acl_allows_to_write_with_it(cos: Service, aws: Any, other: Any, call: str, by: str) -> None:
    """Source: documented: policy examples for ACLs: PutObject alone, with a condition (aws-changes 24)."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    mine = f"id={canonical_id_of(aws)}"
    condition, given = {
        "ACL": ({"s3:x-amz-acl": FULL_CONTROL}, {"ACL": FULL_CONTROL}),
        "grant": ({"s3:x-amz-grant-full-control": mine}, {"GrantFullControl": mine}),
    }[by]
    more = {"CopySource": f"{BUCKET}/source"} if call == "copy_object" else {}

    def write(**acl: str) -> Any:
        return getattr(other, call)(Bucket=BUCKET, Key="key", **more, **acl)

    read = allow("s3:GetObject", OBJECTS, THEM)
    named = allow("s3:PutObject", OBJECTS, THEM, Condition={"StringEquals": condition})
    put_policy(aws, read, named)
    assert write(**given)
    for wrong in ({}, {"ACL": "aws-exec-read"}):
        with refused(cos, "AccessDenied", status=403):
            write(**wrong)
    put_policy(aws, read, named, deny("s3:PutObjectAcl", OBJECTS))
    with refused(cos, "AccessDenied", status=403):
        write(**given)
    put_policy(aws, read, allow("s3:PutObject", OBJECTS, THEM))  # no condition: both are asked for
    with refused(cos, "AccessDenied", status=403):
        write(**given)


@promise
@cases("of", [case("object"), case("bucket")])
def an_acl_of_another_owner_is_refused(cos: Service, aws: Any, other: Any, of: str) -> None:
    """Source: public: answers of AWS."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")
    where = {"Bucket": BUCKET, "Key": "key"} if of == "object" else {"Bucket": BUCKET}
    acl = getattr(aws, f"get_{of}_acl")(**where)
    policy = {"Grants": acl["Grants"], "Owner": {"ID": them(other)}}
    with refused(cos, "AccessDenied", "Access Denied", 403):
        getattr(aws, f"put_{of}_acl")(**where, AccessControlPolicy=policy)
