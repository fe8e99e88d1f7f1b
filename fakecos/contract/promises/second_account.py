"""Two accounts: whose a bucket is, and what the other one may do with it; a bucket policy lets it in."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, as_of, before_each, case, cases, promise
from fakecos.contract.promises.bucket_logging import put_logging
from fakecos.contract.promises.select_object_content import COUNT
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import DENIED, METHOD_NOT_ALLOWED
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import OBJECTS, WHOLE, allow, canonical_id_of, deny, let_be_public, put_policy
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.selects import put_table, select, selected
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.model.principal import ACCOUNT

THEIRS = "theirs"
TAKEN = (
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
    "Please select a different name and try again."
)
THEM = {"AWS": OTHER}


@before_each
def each_has_a_bucket(aws: Any, other: Any) -> None:
    """Make the bucket of the other account; `key` is in both."""
    other.create_bucket(Bucket=THEIRS)
    other.put_object(Bucket=THEIRS, Key="key", Body=b"1")
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1")


def may_read(client: Any) -> bool:
    """Return whether a client gets the object."""
    try:
        client.get_object(Bucket=BUCKET, Key="key")
    except client.exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        assert code == "AccessDenied", f"it was to be AccessDenied, and is {code}"
        return False
    return True


# --- names, and what is closed ------------------------------------------------------------------------------


@promise
def a_name_of_another_account_is_taken(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: CreateBucket, BucketAlreadyExists."""
    with refused(cos, "BucketAlreadyExists", TAKEN, 409, BucketName=THEIRS):
        aws.create_bucket(Bucket=THEIRS)
    with refused(cos, "BucketAlreadyExists", TAKEN, 409, BucketName=BUCKET):
        other.create_bucket(Bucket=BUCKET)


@promise
def the_bucket_of_another_account_is_closed(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: by default only the owner has access; whether a key is there is not told."""
    with refused(cos, *DENIED):
        aws.get_object(Bucket=THEIRS, Key="key")
    with refused(cos, *DENIED):
        aws.get_object(Bucket=THEIRS, Key="missing")
    with refused(cos, *DENIED):
        other.put_object(Bucket=BUCKET, Key="new", Body=b"1")
    with refused(cos, *DENIED):
        other.list_objects_v2(Bucket=BUCKET)
    with refused(cos, "403", "Forbidden", 403):
        other.head_bucket(Bucket=BUCKET)
    assert other.get_object(Bucket=THEIRS, Key="key")["Body"].read() == b"1"


@promise
def each_key_of_another_account_is_denied_by_itself(aws: Any, other: Any) -> None:
    """Source: documented: DeleteObjects answers for each key."""
    keys = [{"Key": "key"}, {"Key": "missing"}]
    answer = other.delete_objects(Bucket=BUCKET, Delete={"Objects": keys})
    errors = [(line["Key"], line["Code"], line["Message"]) for line in answer["Errors"]]
    assert errors == [(each["Key"], "AccessDenied", "Access Denied") for each in keys]
    assert "Deleted" not in answer
    assert aws.head_object(Bucket=BUCKET, Key="key")["ContentLength"] == 1


@promise
def lists_name_the_account_that_owns(other: Any) -> None:
    """Source: recorded aws-objects 64: Owner has only an ID, and the ACL of a private bucket names it once."""
    owner = canonical_id_of(other, THEIRS)
    assert members_of(other.get_bucket_acl(Bucket=THEIRS)) == {
        "Grants": [{"Grantee": {"ID": owner, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}],
        "Owner": {"ID": owner},
    }
    assert len(owner) == 64
    assert other.list_objects(Bucket=THEIRS)["Contents"][0]["Owner"] == {"ID": owner}
    other.create_multipart_upload(Bucket=THEIRS, Key="parts")
    (upload,) = other.list_multipart_uploads(Bucket=THEIRS)["Uploads"]
    assert upload["Owner"] == {"ID": owner}


@promise
def each_account_has_an_id_of_its_own(aws: Any, other: Any) -> None:
    """Source: documented: canonical user ids."""
    assert canonical_id_of(aws) != canonical_id_of(other, THEIRS)


@promise
def the_expected_owner_is_the_account_of_the_bucket(cos: Service, aws: Any, other: Any) -> None:
    """Source: recorded aws-bucket-configuration 19."""
    assert other.get_object(Bucket=THEIRS, Key="key", ExpectedBucketOwner=OTHER)
    with refused(cos, *DENIED):
        other.get_object(Bucket=THEIRS, Key="key", ExpectedBucketOwner=ACCOUNT)
    assert aws.get_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner=ACCOUNT)
    with refused(cos, *DENIED):
        aws.get_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner=OTHER)


@promise
def logs_go_to_a_bucket_of_the_same_account(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented; the words: public."""
    other.create_bucket(Bucket="logs")
    message = "The owner for the bucket to be logged and the target bucket must be the same."
    with refused(cos, "InvalidTargetBucketForLogging", message, 400, TargetBucket="logs"):
        put_logging(aws)


# --- a policy lets it in ------------------------------------------------------------------------------------


@promise
def a_copy_needs_its_source(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: s3:GetObject on the source."""
    copied = {"Bucket": THEIRS, "Key": "copy", "CopySource": f"{BUCKET}/key"}
    with refused(cos, *DENIED):
        other.copy_object(**copied)
    with refused(cos, *DENIED):  # whether it is there is not told
        other.copy_object(**{**copied, "CopySource": f"{BUCKET}/missing"})
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM))
    other.copy_object(**copied)
    assert other.get_object(Bucket=THEIRS, Key="copy")["Body"].read() == b"1"
    upload_id = other.create_multipart_upload(Bucket=THEIRS, Key="parts")["UploadId"]
    part = {**copied, "Key": "parts", "UploadId": upload_id, "PartNumber": 1}
    assert other.upload_part_copy(**part)
    aws.delete_bucket_policy(Bucket=BUCKET)
    with refused(cos, *DENIED):
        other.upload_part_copy(**part)


@promise
def an_account_that_may_write_can_upload_in_parts(aws: Any, other: Any) -> None:
    """Source: documented: s3:PutObject is what an upload in parts needs."""
    put_policy(aws, allow("s3:PutObject", OBJECTS, THEM))
    upload_id = create_upload(other)
    complete_upload(other, upload_id, completed_part(1, upload_part(other, upload_id, b"hello", 1)))
    assert aws.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"hello"


@promise
@cases(
    "principal",
    [
        case({"AWS": OTHER}, id="number"),
        case({"AWS": f"arn:aws:iam::{OTHER}:root"}, id="arn"),
        case({"AWS": [ACCOUNT, OTHER]}, id="among others"),
        case({"CanonicalUser": "theirs"}, id="canonical id"),
    ],
)
def a_policy_names_an_account_in_each_of_these_ways(aws: Any, other: Any, principal: dict[str, Any]) -> None:
    """Source: documented: IAM JSON policy elements, Principal."""
    if "CanonicalUser" in principal:
        principal = {"CanonicalUser": canonical_id_of(other, THEIRS)}
    assert not may_read(other)
    put_policy(aws, allow("s3:GetObject", OBJECTS, principal))
    assert may_read(other)
    aws.delete_bucket_policy(Bucket=BUCKET)


@promise
def a_policy_for_its_own_account_lets_no_other_in(aws: Any, other: Any) -> None:
    """Source: documented: a principal is who is named."""
    put_policy(aws, allow("s3:GetObject", OBJECTS, {"AWS": ACCOUNT}))
    assert (may_read(aws), may_read(other)) == (True, False)


@promise
def a_deny_wins_over_an_allow(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: evaluation logic; that another account is not told why: public."""
    put_policy(aws, allow("s3:*", [WHOLE, OBJECTS], THEM), deny("s3:DeleteObject", OBJECTS, THEM))
    with refused(cos, *DENIED):
        other.delete_object(Bucket=BUCKET, Key="key")
    (error,) = other.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "key"}]})["Errors"]
    assert error["Code"] == "AccessDenied"
    assert may_read(other)


@promise
@cases(
    ("action", "resource", "may"),
    [
        case("S3:getobject", f"{WHOLE}/k?y", True, id="actions ignore case"),
        case("s3:Get*", f"{WHOLE}/*", True, id="star"),
        case(["s3:PutObject", "s3:GetObject"], [f"{WHOLE}/other", f"{WHOLE}/key"], True, id="lists"),
        case("s3:GetObject", f"{WHOLE}/KEY", False, id="resources do not ignore case"),
        case("s3:GetObjectVersion", OBJECTS, False, id="of a version"),
        case("s3:PutObject", OBJECTS, False, id="another action"),
    ],
)
def actions_and_resources_are_patterns(aws: Any, other: Any, action: Any, resource: Any, may: bool) -> None:
    """Source: documented: Action and Resource."""
    put_policy(aws, allow(action, resource, THEM))
    assert may_read(other) is may


@promise
@cases(
    ("rest", "may"),
    [
        case({"NotAction": "s3:Delete*", "Resource": OBJECTS}, True, id="another action"),
        case({"NotAction": "s3:Get*", "Resource": OBJECTS}, False, id="this action"),
        case({"Action": "s3:GetObject", "NotResource": f"{WHOLE}/secret/*"}, True, id="another resource"),
        case({"Action": "s3:GetObject", "NotResource": f"{WHOLE}/k*"}, False, id="this resource"),
    ],
)
def not_action_and_not_resource_name_the_others(aws: Any, other: Any, rest: dict[str, str], may: bool) -> None:
    """Source: documented: NotAction, NotResource."""
    put_policy(aws, {"Effect": "Allow", "Principal": THEM, **rest})
    assert may_read(other) is may


@promise
@cases(
    ("condition", "may"),
    [
        case({"StringEquals": {"s3:ExistingObjectTag/team": "red"}}, True, id="tag"),
        case({"StringEquals": {"s3:ExistingObjectTag/team": "blue"}}, False, id="another tag"),
        case({"StringNotEquals": {"s3:ExistingObjectTag/none": "red"}}, True, id="no tag"),
        case({"StringLike": {"s3:ExistingObjectTag/team": "r*"}}, True, id="pattern"),
        case({"Null": {"s3:ExistingObjectTag/none": "true"}}, True, id="null"),
        case({"Bool": {"aws:SecureTransport": "false"}}, False, id="http"),
        case({"StringEquals": {"aws:PrincipalAccount": OTHER}}, True, id="account"),
        case({"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}, False, id="another account"),
        case({"StringEquals": {"s3:authType": "REST-HEADER"}}, True, id="header"),
        case({"StringEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}}, True, id="signature"),
        case({"ForAllValues:StringEquals": {"s3:ExistingObjectTag/none": "red"}}, True, id="all of none"),
        case({"ForAnyValue:StringEquals": {"s3:ExistingObjectTag/none": "red"}}, False, id="any of none"),
    ],
)
def a_condition_judges_the_request(aws: Any, other: Any, condition: dict[str, Any], may: bool) -> None:
    """Source: documented: condition operators, and condition keys of Amazon S3."""
    aws.put_object_tagging(Bucket=BUCKET, Key="key", Tagging={"TagSet": [{"Key": "team", "Value": "red"}]})
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM, Condition=condition))
    assert may_read(other) is may


@promise
def a_policy_that_names_an_account_is_not_public(aws: Any, other: Any) -> None:
    """Source: documented: RestrictPublicBuckets, which a new bucket has, is for public policies."""
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM))
    assert aws.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"] == {"IsPublic": False}
    assert may_read(other)


@promise
def a_public_policy_restricted_lets_no_other_account_in(aws: Any, other: Any) -> None:
    """Source: documented: RestrictPublicBuckets."""
    let_be_public(aws)
    put_policy(aws, allow("s3:GetObject", OBJECTS))
    assert may_read(other)
    aws.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={"RestrictPublicBuckets": True})
    assert (may_read(aws), may_read(other)) == (True, False)


@promise
@cases(("method", "more"), [("PUT", {"Policy": "{}"}), ("GET", {}), ("DELETE", {})])
def no_other_account_deals_with_the_policy(
    cos: Service, aws: Any, other: Any, method: str, more: dict[str, str]
) -> None:
    """Source: documented: 405 with the permission, but not of the owner's account; the resource's name: public."""
    put_policy(aws, allow("s3:*", [WHOLE, OBJECTS], THEM))
    ask = getattr(other, f"{method.lower()}_bucket_policy")
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType="BUCKETPOLICY"):
        ask(Bucket=BUCKET, **more)
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM))
    with refused(cos, *DENIED):
        ask(Bucket=BUCKET, **more)


@promise
def a_table_is_selected_from_by_who_may_read(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: s3:GetObject; who may not list does not learn whether a key is there."""
    put_table(aws, "a,b\nc,d\n")
    with refused(cos, "AccessDenied", status=403):
        select(other)
    put_policy(aws, allow("s3:GetObject", OBJECTS, THEM))
    assert selected(other, COUNT) == "2\n"
    with refused(cos, "AccessDenied", status=403):
        select(other, Key="unknown")


@promise
@as_of("2026-04-06")
def an_account_is_not_told_that_sse_c_is_blocked(cos: Service, aws: Any, other: Any) -> None:
    """Source: documented: aws-changes 1: other accounts are not told why."""
    put_policy(aws, allow("s3:PutObject", OBJECTS, THEM))
    with refused(cos, "AccessDenied", "Access Denied", 403):
        other.put_object(Bucket=BUCKET, Key="key", Body=b"1", **SSE_C)
