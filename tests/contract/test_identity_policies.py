"""Identity policies: what a user may do by a policy of its own, by the bucket's, and by both (aws-permissions 6)."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import allow, deny
from fakecos.contract.steps.refused import refused
from fakecos.model.store import ACCOUNT
from fakecos.operations.required_actions import KmsKey, Known, required_actions
from tests.support.access import ONCE, allow_acls, client_for, set_policy

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = f"arn:aws:s3:::{BUCKET}"
OBJECTS = f"{WHOLE}/*"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB = f"arn:aws:iam::{OTHER}:user/bob"
GET = {"Bucket": BUCKET, "Key": "key"}


def statement(effect: str, action: Any, resource: Any = OBJECTS, **more: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def policy(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    return {"Version": version, "Statement": list(statements)}


def may_read(action: Any = "s3:GetObject", resource: Any = OBJECTS, **more: Any) -> dict[str, Any]:
    return policy(statement("Allow", action, resource, **more))


def unauthorized(action: str, resource: str, reason: str = "", user: str = ALICE) -> tuple[str, str, int]:
    because = reason or f"because no identity-based policy allows the {action} action"
    message = f'User: {user} is not authorized to perform: {action} on resource: "{resource}" {because}'
    return "AccessDenied", message, 403


@pytest.fixture
def user(cos: FakeCOS) -> Callable[..., Any]:
    """Return a client of a user with a policy, in the bucket's account or another; `key` is stored."""
    cos.put_object(BUCKET, "key", b"1")

    def made(given: Any, account: str = ACCOUNT, name: str = "alice") -> Any:
        return client_for(cos.account(account).create_user(name, policy=given))

    return made


def reads(client: Any, **params: Any) -> bool:
    try:
        client.get_object(**{**GET, **params})
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "AccessDenied":
            raise
        return False
    return True


# --- the order of evaluation ---------------------------------------------------------------------------

NOTHING: dict[str, Any] | None = None
ALLOWS = may_read()
DENIES = policy(statement("Allow", "*", "*"), statement("Deny", "s3:GetObject"))


@pytest.mark.parametrize(
    ("own", "bucket", "may"),
    [
        (NOTHING, None, False),
        (ALLOWS, None, True),
        (NOTHING, allow("s3:GetObject", OBJECTS, {"AWS": ALICE}), True),
        (NOTHING, allow("s3:GetObject", OBJECTS, "*"), True),
        (NOTHING, allow("s3:GetObject", OBJECTS, {"AWS": ACCOUNT}), False),  # it leaves it to the user's own policy
        (ALLOWS, allow("s3:GetObject", OBJECTS, {"AWS": ACCOUNT}), True),
        (ALLOWS, allow("s3:GetObject", OBJECTS, {"AWS": ALICE}), True),
        (DENIES, allow("s3:GetObject", OBJECTS, {"AWS": ALICE}), False),
        (ALLOWS, deny("s3:GetObject", OBJECTS, {"AWS": ALICE}), False),
        (ALLOWS, deny("s3:GetObject", OBJECTS, "*"), False),
        (DENIES, None, False),
    ],
)
def test_in_its_own_account_either_policy_allows_and_each_denies(
    cos: FakeCOS, user: Callable[..., Any], own: Any, bucket: dict[str, Any] | None, *, may: bool
) -> None:
    # documented: aws-permissions 6
    if bucket is not None:
        set_policy(cos, BUCKET, bucket)
    assert reads(user(own)) is may


@pytest.mark.parametrize(
    ("own", "bucket", "may"),
    [
        (NOTHING, None, False),
        (ALLOWS, None, False),
        (NOTHING, allow("s3:GetObject", OBJECTS, {"AWS": BOB}), False),
        (NOTHING, allow("s3:GetObject", OBJECTS, "*"), False),
        (ALLOWS, allow("s3:GetObject", OBJECTS, {"AWS": BOB}), True),
        (ALLOWS, allow("s3:GetObject", OBJECTS, {"AWS": OTHER}), True),
        (DENIES, allow("s3:GetObject", OBJECTS, {"AWS": BOB}), False),
        (ALLOWS, allow("s3:PutObject", OBJECTS, {"AWS": BOB}), False),
    ],
)
def test_from_another_account_both_sides_must_allow(
    cos: FakeCOS, user: Callable[..., Any], own: Any, bucket: dict[str, Any] | None, *, may: bool
) -> None:
    # documented: aws-permissions 6
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    if bucket is not None:
        set_policy(cos, BUCKET, bucket)
    bob = user(own, OTHER, "bob")
    if may:
        assert reads(bob)
        return
    with refused(cos, *DENIED):  # documented: who is of another account is not told why
        bob.get_object(**GET)


def test_an_acl_is_the_bucket_s_side_for_another_account(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 6
    allow_acls(cos, BUCKET)
    grant = f"id={cos.account(OTHER).canonical_id}"
    cos.client().put_object_acl(**GET, GrantRead=grant)
    bob = user(NOTHING, OTHER, "bob")
    with refused(cos, *DENIED):
        bob.get_object(**GET)
    cos.account(OTHER).user("bob").policy = may_read()
    assert reads(bob)


def test_an_object_of_another_owner_needs_its_acl(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: what others own in a bucket is not for the policies of the bucket's account
    allow_acls(cos, BUCKET)
    cos.store.buckets[BUCKET].configurations.pop("Policy", None)
    set_policy(cos, BUCKET, allow("s3:PutObject", OBJECTS, {"AWS": OTHER}))
    client_for(cos.account(OTHER)).put_object(Bucket=BUCKET, Key="theirs", Body=b"1")
    alice = user(policy(statement("Allow", "s3:*", [WHOLE, OBJECTS])))
    with refused(cos, *DENIED):  # her own policy allows it, so it is not named as what is missing
        alice.get_object(Bucket=BUCKET, Key="theirs")
    assert f"{WHOLE}/theirs belongs to another account, and its ACL does not give s3:GetObject" in str(cos.journal)
    assert reads(alice)


@pytest.mark.parametrize("group", ["public-read", "authenticated-read"])
@pytest.mark.parametrize(
    ("own", "is_ignored", "may"), [("NOTHING", False, True), ("DENIES", False, False), ("NOTHING", True, False)]
)
def test_an_acl_for_everybody_is_for_the_account_s_own_users_too(
    cos: FakeCOS, user: Callable[..., Any], group: str, own: str, *, is_ignored: bool, may: bool
) -> None:
    # documented: aws-permissions 6, of what the account owns its ACLs are looked at beside the user's policy
    allow_acls(cos, BUCKET)
    cos.client().put_object_acl(**GET, ACL=group)
    block = {"IgnorePublicAcls": is_ignored}
    cos.client().put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=block)
    alice = user({"NOTHING": NOTHING, "DENIES": DENIES}[own])
    assert reads(alice) is may
    with refused(cos, *unauthorized("s3:GetObjectAcl", f"{WHOLE}/key")) if own == "NOTHING" else nullcontext():
        alice.get_object_acl(**GET)


def test_what_an_acl_gives_to_the_account_is_not_its_users(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 6, the account must pass it on by a policy
    allow_acls(cos, BUCKET)
    cos.client().put_object_acl(**GET, GrantRead=f"id={cos.account(ACCOUNT).canonical_id}")
    with refused(cos, *unauthorized("s3:GetObject", f"{WHOLE}/key")):
        user(NOTHING).get_object(**GET)


def test_a_bucket_that_everybody_may_list_is_listed_by_a_user_without_a_policy(
    cos: FakeCOS, user: Callable[..., Any]
) -> None:
    # documented: aws-permissions 6
    allow_acls(cos, BUCKET)
    cos.client().put_bucket_acl(Bucket=BUCKET, ACL="public-read")
    alice = user(NOTHING)
    assert [entry["Key"] for entry in alice.list_objects_v2(Bucket=BUCKET)["Contents"]] == ["key"]
    with refused(cos, *unauthorized("s3:PutObject", f"{WHOLE}/new")):
        alice.put_object(Bucket=BUCKET, Key="new", Body=b"2")


def test_block_public_access_leaves_a_public_policy_to_the_account(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented by AWS: RestrictPublicBuckets
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, "*"))
    bob = user(ALLOWS, OTHER, "bob")
    with refused(cos, *DENIED):
        bob.get_object(**GET)
    assert reads(user(NOTHING))


# --- what is said ----------------------------------------------------------------------------------------


def test_a_refusal_says_who_what_and_which_kind_of_policy(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 5
    alice = user(policy(statement("Allow", "s3:Get*"), statement("Deny", "s3:DeleteObject", Sid="Keep")))
    with refused(cos, *unauthorized("s3:PutObject", f"{WHOLE}/new")):
        alice.put_object(Bucket=BUCKET, Key="new", Body=b"1")
    reason = "with an explicit deny in {} policy"
    denied = reason.format("an identity-based")
    with refused(cos, *unauthorized("s3:DeleteObject", f"{WHOLE}/key", denied)):
        alice.delete_object(**GET)
    assert f"the identity policy of {ALICE} denies s3:DeleteObject on {WHOLE}/key" in str(cos.journal)
    assert "statement 2 (Sid Keep)" in str(cos.journal)
    set_policy(cos, BUCKET, deny("s3:GetObject", OBJECTS))
    with refused(
        cos, *unauthorized("s3:GetObject", f"{WHOLE}/key", "with an explicit deny in a resource-based policy")
    ):
        alice.get_object(**GET)


def test_the_journal_has_the_statement_to_add(cos: FakeCOS, user: Callable[..., Any]) -> None:
    alice = user(ALLOWS)
    with refused(cos, *unauthorized("s3:PutObject", f"{WHOLE}/new")):
        alice.put_object(Bucket=BUCKET, Key="new", Body=b"1")
    added = '{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::photos/new"}'
    assert f"the identity policy of {ALICE} does not allow s3:PutObject" in str(cos.journal)
    assert f"Add to it: {added}" in str(cos.journal)


def test_the_journal_says_which_statement_nearly_allows_it(cos: FakeCOS, user: Callable[..., Any]) -> None:
    own = policy(
        statement("Allow", "s3:GetObject", WHOLE),
        statement("Allow", "s3:ListBucket", WHOLE, Condition={"StringEquals": {"s3:prefix": "in/"}}),
    )
    alice = user(own)
    with refused(cos, *unauthorized("s3:GetObject", f"{WHOLE}/key")):
        alice.get_object(**GET)
    assert f's3:GetObject on {WHOLE}/key: statement 1 does, with Resource "{WHOLE}". Add to it' in str(cos.journal)
    with refused(cos, *unauthorized("s3:ListBucket", WHOLE)):
        alice.list_objects_v2(Bucket=BUCKET, Prefix="out/")
    condition = '{"StringEquals": {"s3:prefix": "in/"}}'
    assert f"s3:ListBucket on {WHOLE}: statement 2 does, where this holds: {condition}" in str(cos.journal)


def test_buckets_are_listed_and_made_by_policy(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 1; the words without a resource: public, aws-permissions 5
    alice = user(policy(statement("Allow", "s3:CreateBucket", "arn:aws:s3:::mine-*")))
    message = f"User: {ALICE} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows"
    with refused(cos, "AccessDenied", f"{message} the s3:ListAllMyBuckets action", 403):
        alice.list_buckets()
    with refused(cos, *unauthorized("s3:CreateBucket", "arn:aws:s3:::other")):
        alice.create_bucket(Bucket="other")
    with refused(cos, *unauthorized("s3:PutBucketAcl", "arn:aws:s3:::mine-1")):
        alice.create_bucket(Bucket="mine-1", ACL="public-read")
    with refused(cos, *unauthorized("s3:PutBucketObjectLockConfiguration", "arn:aws:s3:::mine-1")):
        alice.create_bucket(Bucket="mine-1", ObjectLockEnabledForBucket=True)
    alice.create_bucket(Bucket="mine-1", ACL="private")
    cos.account(ACCOUNT).user("alice").policy = policy(statement("Allow", "s3:ListAllMyBuckets", "*"))
    assert "mine-1" in [bucket["Name"] for bucket in alice.list_buckets()["Buckets"]]


def test_who_may_not_list_is_not_told_that_a_key_is_missing(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 7
    alice = user(ALLOWS)
    with refused(cos, *unauthorized("s3:ListBucket", WHOLE)):
        alice.get_object(Bucket=BUCKET, Key="missing")
    with refused(cos, "403", "Forbidden", 403):
        alice.head_object(Bucket=BUCKET, Key="missing")
    cos.account(ACCOUNT).user("alice").policy = policy(statement("Allow", "s3:ListBucket", WHOLE))
    with refused(cos, *unauthorized("s3:GetObject", f"{WHOLE}/missing")):
        alice.get_object(Bucket=BUCKET, Key="missing")
    both = policy(statement("Allow", "s3:ListBucket", WHOLE), statement("Allow", "s3:GetObject"))
    cos.account(ACCOUNT).user("alice").policy = both
    with refused(cos, "NoSuchKey", status=404):
        alice.get_object(Bucket=BUCKET, Key="missing")
    with refused(cos, "404", "Not Found", 404):
        alice.head_object(Bucket=BUCKET, Key="missing")


# --- elements ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "may"),
    [
        (policy(statement("Allow", "*", "*")), True),
        (policy(statement("Allow", "s3:get*", "*")), True),
        (policy(statement("Allow", "s3:GetObjec?", f"{WHOLE}/k?y")), True),
        (policy(statement("Allow", "s3:GetObject", WHOLE)), False),
        (policy(statement("Allow", "s3:GetObject", f"{WHOLE}/KEY")), False),
        (policy({"Effect": "Allow", "NotAction": "s3:Delete*", "Resource": OBJECTS}), True),
        (policy({"Effect": "Allow", "NotAction": ["s3:Put*", "s3:Get*"], "Resource": OBJECTS}), False),
        (policy({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::other/*"}), True),
        (policy({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": OBJECTS}), False),
        (policy(statement("Allow", "s3:*"), {"Effect": "Deny", "NotAction": "s3:Get*", "Resource": "*"}), True),
        (policy(statement("Allow", "s3:*"), {"Effect": "Deny", "NotAction": "s3:Put*", "Resource": "*"}), False),
        (policy(statement("Allow", "s3:*"), {"Effect": "Deny", "Action": "s3:*", "NotResource": OBJECTS}), True),
        (policy(statement("Allow", ["sqs:SendMessage", "s3:GetObject"], "*")), True),
        (policy(statement("Allow", "sqs:*", "*", Condition={"StringEquals": {"sqs:key": "x"}})), False),
        (statement("Allow", "s3:GetObject") and {"Statement": statement("Allow", "s3:GetObject")}, True),
        (json.dumps(may_read()), True),
        ([may_read("s3:PutObject"), may_read()], True),
        ([may_read(), policy(statement("Deny", "s3:GetObject"))], False),
        (may_read(Condition={"StringEquals": {"aws:username": "alice"}}), True),
        (may_read(Condition={"StringEquals": {"aws:username": "bob"}}), False),
        (may_read(Condition={"Bool": {"aws:SecureTransport": "false"}}), False),
        (may_read(Condition={"StringLike": {"aws:userid": "AIDA*"}}), True),
        (may_read(Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/al*"}}), True),
        (may_read(Condition={"Null": {"aws:MultiFactorAuthPresent": "true"}}), True),
        (may_read(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}), True),
        (may_read(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), False),
    ],
)
def test_the_elements_of_a_policy(user: Callable[..., Any], own: Any, *, may: bool) -> None:
    # documented by AWS: IAM JSON policy elements
    assert reads(user(own)) is may


@pytest.mark.parametrize(
    ("resource", "version", "may"),
    [
        (f"{WHOLE}/home/${{aws:username}}/*", "2012-10-17", True),
        (f"{WHOLE}/home/${{AWS:UserName}}/*", "2012-10-17", True),
        (f"{WHOLE}/home/${{aws:username}}/*", "2008-10-17", False),
        (f"{WHOLE}/home/${{aws:username, 'nobody'}}/*", "2012-10-17", True),
        (f"{WHOLE}/home/${{aws:referer, 'alice'}}/*", "2012-10-17", True),
        (f"{WHOLE}/home/${{aws:referer}}/*", "2012-10-17", False),
        (f"{WHOLE}/home/${{*}}/*", "2012-10-17", False),
        (f"{WHOLE}/home/alic${{?}}/*", "2012-10-17", False),
        (f"arn:aws:s3:::{BUCKET}/home/*/${{aws:PrincipalAccount}}.txt", "2012-10-17", True),
    ],
)
def test_a_resource_has_variables(
    cos: FakeCOS, user: Callable[..., Any], resource: str, version: str, *, may: bool
) -> None:
    # documented: aws-permissions 9
    key = f"home/alice/{ACCOUNT}.txt"
    cos.put_object(BUCKET, key, b"1")
    alice = user(policy(statement("Allow", "s3:GetObject", resource), version=version))
    assert reads(alice, Key=key) is may


def test_signs_in_braces_are_no_wildcards(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 9
    for key in ("a*b", "axb", "a?b", "a$b"):
        cos.put_object(BUCKET, key, b"1")
    alice = user(may_read(resource=[f"{WHOLE}/a${{*}}b", f"{WHOLE}/a${{$}}b"]))
    assert [reads(alice, Key=key) for key in ("a*b", "axb", "a?b", "a$b")] == [True, False, False, True]


def test_what_a_value_has_of_wildcards_is_text(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # assumed, on the strict side: a value of the request must not widen the policy
    alice = user(
        policy(statement("Allow", "s3:ListBucket", WHOLE, Condition={"StringLike": {"s3:prefix": "${s3:delimiter}"}}))
    )
    alice.list_objects_v2(Bucket=BUCKET, Prefix="*", Delimiter="*")
    with refused(cos, *unauthorized("s3:ListBucket", WHOLE)):
        alice.list_objects_v2(Bucket=BUCKET, Prefix="home", Delimiter="*")


def test_a_condition_has_variables(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented by AWS: the home directory of a user
    own = {"StringLike": {"s3:prefix": ["", "home/${aws:username}/*"]}}
    alice = user(policy(statement("Allow", "s3:ListBucket", WHOLE, Condition=own)))
    alice.list_objects_v2(Bucket=BUCKET, Prefix="home/alice/2026")
    with refused(cos, *unauthorized("s3:ListBucket", WHOLE)):
        alice.list_objects_v2(Bucket=BUCKET, Prefix="home/bob/2026")


def test_a_bucket_s_policy_has_variables_too(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 9
    cos.put_object(BUCKET, "home/alice/a", b"1")
    cos.put_object(BUCKET, "home/bob/a", b"1")
    alice = user(NOTHING)
    set_policy(cos, BUCKET, allow("s3:GetObject", f"{WHOLE}/home/${{aws:username}}/*", {"AWS": ALICE}))
    assert reads(alice, Key="home/alice/a")
    assert not reads(alice, Key="home/bob/a")


# --- what a request needs -----------------------------------------------------------------------------------


def needed(cos: FakeCOS, call: Callable[[Any], Any], *, start: tuple[str, ...] = ()) -> list[str]:
    """Return the actions that a call is refused for, one after the other, each allowed when it was named."""
    alice = client_for(cos.account(ACCOUNT).user("alice"))
    found = list(start)
    for _ in range(9):
        cos.account(ACCOUNT).user("alice").policy = policy(statement("Allow", ["s3:GetBucketLocation", *found], "*"))
        try:
            call(alice)
        except alice.exceptions.ClientError as error:
            words = error.response["Error"]["Message"].split()
            found.append(words[words.index("perform:") + 1])
        else:
            return found
    raise AssertionError(found)


KEY_ARN = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
KMS: dict[str, Any] = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY_ARN}


@pytest.mark.parametrize(
    ("call", "params", "actions"),
    [
        ("put_object", {"Body": b"1", **KMS}, ["s3:PutObject", "kms:GenerateDataKey"]),
        ("put_object", {"Body": b"1", "ServerSideEncryption": "aws:kms"}, ["s3:PutObject"]),  # the key aws/s3
        ("get_object", {}, ["s3:GetObject", "kms:Decrypt"]),
        (
            "get_object_attributes",
            {"ObjectAttributes": ["ETag"]},
            ["s3:GetObjectAttributes", "s3:GetObject", "kms:Decrypt"],
        ),
        (
            "copy_object",
            {"Key": "copy", "CopySource": f"{BUCKET}/key", **KMS},
            ["s3:PutObject", "kms:GenerateDataKey", "s3:GetObject", "kms:Decrypt"],
        ),
        ("create_multipart_upload", {"Key": "parts", **KMS}, ["s3:PutObject", "kms:GenerateDataKey"]),
        ("get_object_tagging", {}, ["s3:GetObjectTagging"]),
    ],
)
def test_a_customer_managed_key_needs_its_actions(
    cos: FakeCOS, call: str, params: dict[str, Any], actions: list[str]
) -> None:
    # documented: aws-permissions 3
    cos.put_object(BUCKET, "key", b"1", **KMS)
    assert needed(cos, lambda alice: getattr(alice, call)(**{**GET, **params})) == actions


@pytest.mark.parametrize(
    ("operation", "params", "actions"),
    [
        ("GetObject", {}, ["s3:GetObject", "kms:Decrypt"]),
        ("GetObject", {"VersionId": "1"}, ["s3:GetObjectVersion", "kms:Decrypt"]),
        ("HeadObject", {}, ["s3:GetObject"]),
        ("HeadObject", {"ChecksumMode": "ENABLED"}, ["s3:GetObject", "kms:Decrypt"]),
        ("PutObject", {"Tagging": "a=1", "ACL": "private"}, ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging"]),
        (
            "PutObject",
            {"ObjectLockMode": "GOVERNANCE", "ObjectLockLegalHoldStatus": "ON"},
            ["s3:PutObject", "s3:PutObjectRetention", "s3:PutObjectLegalHold"],
        ),
        (
            "PutObjectRetention",
            {"BypassGovernanceRetention": True},
            ["s3:PutObjectRetention", "s3:BypassGovernanceRetention"],
        ),
        ("UploadPart", {}, ["s3:PutObject"]),
        ("PutObject", {"IfMatch": '"etag"'}, ["s3:PutObject", "s3:GetObject"]),
        ("PutObject", {"IfNoneMatch": "*"}, ["s3:PutObject"]),
        ("CompleteMultipartUpload", {"IfMatch": '"etag"'}, ["s3:PutObject", "s3:GetObject"]),
        ("DeleteObject", {"IfMatch": '"etag"'}, ["s3:DeleteObject", "s3:GetObject"]),
        ("DeleteObject", {"IfMatch": "*"}, ["s3:DeleteObject"]),
        ("AbortMultipartUpload", {}, ["s3:AbortMultipartUpload"]),
        (
            "DeleteObjects",
            {"Delete": {"Objects": [{"Key": "a"}, {"Key": "b", "VersionId": "1"}]}},
            ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        ),
        ("ListBuckets", {}, ["s3:ListAllMyBuckets"]),
        (
            "CreateBucket",
            {"CreateBucketConfiguration": {"Tags": [{"Key": "a", "Value": "1"}]}},
            ["s3:CreateBucket", "s3:TagResource"],
        ),
    ],
)
def test_what_a_request_needs_can_be_asked_without_sending_it(
    operation: str, params: dict[str, Any], actions: list[str]
) -> None:
    # documented: aws-permissions 1, 3 and 13
    key = KmsKey(KEY_ARN, is_managed=False, context={})
    needs = list(required_actions(operation, {**GET, **params}, Known(read=key)))
    assert [need.action for need in needs] == actions
    where = {"s3:ListAllMyBuckets": "*", "kms:Decrypt": KEY_ARN}
    assert needs[0].resource.startswith(where.get(needs[0].action, WHOLE))
    assert all(need.resource == KEY_ARN for need in needs if need.action == "kms:Decrypt")


def test_the_parts_of_an_upload_need_the_key_too(cos: FakeCOS) -> None:
    # documented: aws-permissions 3
    upload = cos.client().create_multipart_upload(Bucket=BUCKET, Key="parts", **KMS)["UploadId"]
    where = {"Bucket": BUCKET, "Key": "parts", "UploadId": upload}

    def send(alice: Any) -> None:
        alice.upload_part(**where, PartNumber=1, Body=b"1")

    assert needed(cos, send) == ["s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"]
    assert needed(cos, lambda alice: alice.list_parts(**where)) == ["s3:ListMultipartUploadParts", "kms:Decrypt"]
    etag = cos.open_uploads[0].parts[1].etag
    parts = {"Parts": [{"PartNumber": 1, "ETag": etag}]}

    def complete(alice: Any) -> None:
        alice.complete_multipart_upload(**where, MultipartUpload=parts)

    assert needed(cos, complete) == ["s3:PutObject", "kms:Decrypt"]


def test_the_bucket_s_default_key_is_asked_for(cos: FakeCOS) -> None:
    # documented: aws-permissions 3
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY_ARN}}
    cos.client().put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})
    assert needed(cos, lambda alice: alice.put_object(**GET, Body=b"1")) == ["s3:PutObject", "kms:GenerateDataKey"]


def test_kms_says_what_is_missing(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # public: aws-permissions 4
    cos.put_object(BUCKET, "key", b"1", **KMS)
    alice = user(policy(statement("Allow", "s3:*"), statement("Deny", "kms:Encrypt", "*")))
    front = f"User: {ALICE} is not authorized to perform: kms:"
    end = "because no identity-based policy allows the kms:"
    message = f"{front}Decrypt on the resource associated with this ciphertext {end}Decrypt action"
    with refused(cos, "AccessDenied", message, 403):
        alice.get_object(**GET)
    with refused(
        cos, "AccessDenied", f"{front}GenerateDataKey on resource: {KEY_ARN} {end}GenerateDataKey action", 403
    ):
        alice.put_object(Bucket=BUCKET, Key="new", Body=b"1", **KMS)


@pytest.mark.parametrize(
    ("resource", "condition", "may"),
    [
        (KEY_ARN, {}, True),
        (f"arn:aws:kms:*:{ACCOUNT}:key/*", {}, True),
        (f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/mine", {}, False),
        (f"arn:aws:kms:us-east-1:{ACCOUNT}:key/another", {}, False),
        ("*", {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}, True),
        ("*", {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}, False),
        ("*", {"StringLike": {"kms:EncryptionContext:aws:s3:arn": OBJECTS}}, True),
        ("*", {"StringEquals": {"kms:EncryptionContext:aws:s3:arn": WHOLE}}, False),
        ("*", {"StringEquals": {"kms:CallerAccount": ACCOUNT}}, True),
        ("*", {"StringEquals": {"s3:prefix": "x"}}, False),
        ("*", {"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": "aws:s3:arn"}}, True),
    ],
)
def test_a_key_is_named_by_its_arn_and_by_conditions(
    cos: FakeCOS, user: Callable[..., Any], resource: str, condition: dict[str, Any], *, may: bool
) -> None:
    # documented: aws-permissions 11
    cos.put_object(BUCKET, "key", b"1", **KMS)
    own = policy(statement("Allow", "s3:*"), statement("Allow", "kms:Decrypt", resource, Condition=condition))
    assert reads(user(own)) is may


def test_head_needs_the_key_for_the_checksum_alone(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 3; that it is refused: assumed
    cos.put_object(BUCKET, "key", b"1", **KMS)
    alice = user(ALLOWS)
    assert alice.head_object(**GET)["ServerSideEncryption"] == "aws:kms"
    with refused(cos, "403", "Forbidden", 403):
        alice.head_object(**GET, ChecksumMode="ENABLED")


def test_the_managed_key_is_for_its_account_alone(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 3; the words: public, aws-permissions 4
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    cos.client().put_object(**GET, Body=b"1", ServerSideEncryption="aws:kms")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, {"AWS": OTHER}))
    everything = policy(statement("Allow", "*", "*"))
    assert reads(user(ALLOWS))
    message = (
        f"User: {BOB} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext "
        "because the resource does not exist in this Region, no resource-based policies allow access, or a "
        "resource-based policy explicitly denies access"
    )
    with refused(cos, "AccessDenied", message, 403):
        user(everything, OTHER, "bob").get_object(**GET)
    denying = policy(statement("Allow", "*", "*"), statement("Deny", "kms:*", "*"))
    assert not reads(user(denying, name="carol"))


def test_copied_tags_are_asked_for_on_both_sides(cos: FakeCOS) -> None:
    # documented: aws-permissions 2
    cos.put_object(BUCKET, "key", b"1", Tagging="team=red")
    copy = {"Bucket": BUCKET, "Key": "copy", "CopySource": f"{BUCKET}/key"}
    actions = ["s3:PutObject", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObjectTagging"]
    assert needed(cos, lambda alice: alice.copy_object(**copy)) == actions
    replaced = needed(cos, lambda alice: alice.copy_object(**copy, TaggingDirective="REPLACE"))
    assert replaced == ["s3:PutObject", "s3:GetObject"]


def test_a_condition_on_an_etag_needs_to_read(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 13
    alice = user(policy(statement("Allow", ["s3:PutObject", "s3:DeleteObject"])))
    etag = cos.bucket(BUCKET).objects["key"].etag
    with refused(cos, *unauthorized("s3:GetObject", f"{WHOLE}/key")):
        alice.put_object(**GET, Body=b"2", IfMatch=etag)
    answer = alice.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "key", "ETag": etag}]})
    assert answer["Errors"][0]["Message"] == unauthorized("s3:GetObject", f"{WHOLE}/key")[1]
    own = policy(statement("Allow", ["s3:PutObject", "s3:DeleteObject", "s3:GetObject"]))
    cos.account(ACCOUNT).user("alice").policy = own
    alice.put_object(**GET, Body=b"2", IfMatch=etag)


def test_each_key_of_delete_objects_is_judged(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # recorded: aws-objects 47
    cos.put_object(BUCKET, "old/a", b"1")
    alice = user(policy(statement("Allow", "s3:DeleteObject", f"{WHOLE}/old/*")))
    answer = alice.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "old/a"}, {"Key": "key"}]})
    assert [deleted["Key"] for deleted in answer["Deleted"]] == ["old/a"]
    (error,) = answer["Errors"]
    assert (error["Code"], error["Message"]) == unauthorized("s3:DeleteObject", f"{WHOLE}/key")[:2]
    assert list(cos.bucket(BUCKET).objects) == ["key"]


def test_an_answer_shows_what_its_own_action_allows(cos: FakeCOS, user: Callable[..., Any]) -> None:
    # documented: aws-permissions 8
    cos.put_object(BUCKET, "tagged", b"1", Tagging="team=red")
    alice = user(ALLOWS)
    assert "TagCount" not in alice.get_object(Bucket=BUCKET, Key="tagged")
    cos.account(ACCOUNT).user("alice").policy = may_read(["s3:GetObject", "s3:GetObjectTagging"])
    assert alice.get_object(Bucket=BUCKET, Key="tagged")["TagCount"] == 1


# --- the fake's own caller ----------------------------------------------------------------------------------


def test_the_program_is_a_user_where_the_fake_has_a_policy() -> None:
    with FakeCOS(identity_policy=may_read()) as cos:
        cos.create_bucket(BUCKET)
        cos.put_object(BUCKET, "key", b"1")
        client = cos.client(config=None)
        assert reads(client)
        me = f"arn:aws:iam::{ACCOUNT}:user/fakecos"
        with refused(cos, *unauthorized("s3:PutObject", f"{WHOLE}/key", user=me)):
            client.put_object(**GET, Body=b"2")
        root = cos.account(ACCOUNT).client()
        root.put_object(**GET, Body=b"2")
        assert cos.account(ACCOUNT).user("fakecos").policy == cos.identity_policy == may_read()
        cos.identity_policy = may_read("s3:PutObject")
        client.put_object(**GET, Body=b"3")
        assert not reads(client)
        cos.reset()
        assert cos.identity_policy == may_read("s3:PutObject")
        cos.identity_policy = None
        client.create_bucket(Bucket=BUCKET)


def test_without_a_signature_the_policy_does_not_count(anonymous: Callable[[], Any]) -> None:
    with FakeCOS(identity_policy=policy(statement("Allow", "*", "*"))) as cos:
        cos.create_bucket(BUCKET)
        cos.put_object(BUCKET, "key", b"1")
        with refused(cos, *DENIED):
            anonymous().get_object(**GET)


def test_a_user_is_created_once_and_its_policy_changes(cos: FakeCOS) -> None:
    account = cos.account(ACCOUNT)
    alice = account.create_user("alice", policy=may_read())
    assert account.user("alice") == alice
    assert account.user("alice").policy == may_read()
    with pytest.raises(UsageError, match=r"there is that user; user\('alice'\)\.policy = "):
        account.create_user("alice")
    alice.policy = json.dumps(may_read("s3:PutObject"))
    assert account.user("alice").policy == may_read("s3:PutObject")
    alice.policy = None
    assert alice.policy is None
    account.user("bob")
    account.create_user("bob", policy=may_read())
    assert account.user("bob").policy == may_read()


@pytest.mark.only_patch("the host says that it is COS")
def test_cos_has_no_identity_policies(cos: FakeCOS) -> None:
    # documented: IBM's IAM has roles
    import ibm_boto3
    from ibm_botocore.client import Config

    with pytest.raises(UsageError, match="IBM COS has no policies of AWS IAM"):
        FakeCOS(dialect="ibm", identity_policy=may_read())
    alice = cos.account(ACCOUNT).create_user("alice", policy=may_read())
    client = ibm_boto3.client(
        "s3",
        aws_access_key_id=alice.access_key,
        aws_secret_access_key=alice.secret_key,
        endpoint_url="https://s3.us-south.cloud-object-storage.appdomain.cloud",
        config=Config(signature_version="s3v4", retries=ONCE),
    )
    cos.put_object(BUCKET, "key", b"1")
    with pytest.raises(UsageError, match="is for IBM COS, which has none"):
        client.get_object(**GET)
    cos.errors.clear()
