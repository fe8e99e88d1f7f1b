"""What a bucket's policy allows and denies: who, what, where, and who is told why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.policies import allow, deny
from fakecos.contract.steps.refused import refused
from fakecos.facts.permissions import OF_THE_ACCOUNT, action_of
from fakecos.facts.policy_actions import BUCKET_ACTIONS, OBJECT_ACTIONS
from fakecos.model.store import ACCOUNT
from fakecos.operations.registry import operations
from fakecos.wire import service_model
from tests.support.access import allow_acls, block_public_access, client_for, set_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

WHOLE = f"arn:aws:s3:::{BUCKET}"
OBJECTS = f"{WHOLE}/*"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"


@pytest.fixture
def other(cos: FakeCOS) -> Any:
    return client_for(cos.account(OTHER))


def unauthorized(action: str, resource: str, reason: str | None = None, user: str = ALICE) -> tuple[str, str, int]:
    because = reason or f"because no identity-based policy allows the {action} action"
    message = f'User: {user} is not authorized to perform: {action} on resource: "{resource}" {because}'
    return "AccessDenied", message, 403


def test_a_user_may_do_what_the_policy_says_and_is_told_what_not(cos: FakeCOS, alice: Any) -> None:
    # documented and public: the long words are for the bucket's own account
    with refused(cos, *unauthorized("s3:GetObject", f"{WHOLE}/key")):
        alice.get_object(Bucket=BUCKET, Key="key")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, {"AWS": ALICE}))
    assert alice.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"1"
    with refused(cos, *unauthorized("s3:ListBucket", WHOLE)):
        alice.list_objects_v2(Bucket=BUCKET)
    message = f"User: {ALICE} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows"
    with refused(cos, "AccessDenied", f"{message} the s3:ListAllMyBuckets action", 403):  # public
        alice.list_buckets()


def test_a_deny_wins(cos: FakeCOS, aws: Any, alice: Any, other: Any) -> None:
    # documented; the words: public
    everybody = allow("s3:*", [WHOLE, OBJECTS])
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, everybody, deny("s3:DeleteObject", OBJECTS))
    reason = "with an explicit deny in a resource-based policy"
    with refused(cos, *unauthorized("s3:DeleteObject", f"{WHOLE}/key", reason)):
        alice.delete_object(Bucket=BUCKET, Key="key")
    root = f"arn:aws:iam::{ACCOUNT}:root"
    with refused(cos, *unauthorized("s3:DeleteObject", f"{WHOLE}/key", reason, root)):
        aws.delete_object(Bucket=BUCKET, Key="key")
    with refused(cos, *DENIED):
        other.delete_object(Bucket=BUCKET, Key="key")
    (error,) = other.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "key"}]})["Errors"]
    assert error["Code"] == "AccessDenied"
    assert other.get_object(Bucket=BUCKET, Key="key")
    assert aws.get_object(Bucket=BUCKET, Key="key")


@pytest.mark.parametrize(
    ("principal", "alice_may", "other_may", "anonymous_may"),
    [
        ("*", True, True, True),
        ({"AWS": "*"}, True, True, True),
        ({"AWS": [OTHER, ALICE]}, True, True, False),
        ({"AWS": f"arn:aws:iam::{OTHER}:root"}, False, True, False),
        ({"AWS": ACCOUNT}, False, False, False),  # documented by AWS: it only lets a user's own policies allow
        ({"AWS": f"arn:aws:iam::{OTHER}:user/bob"}, False, False, False),
        ({"Service": "logging.s3.amazonaws.com"}, False, False, False),
        ({"CanonicalUser": "theirs"}, False, True, False),
    ],
)
def test_a_principal_names_callers(
    cos: FakeCOS,
    alice: Any,
    other: Any,
    principal: Any,
    *,
    alice_may: bool,
    other_may: bool,
    anonymous_may: bool,
    anonymous: Callable[[], Any],
) -> None:
    # documented by AWS: IAM JSON policy elements, Principal
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    if "CanonicalUser" in principal:
        principal = {"CanonicalUser": cos.account(OTHER).canonical_id}
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, principal))
    may = [_may(client) for client in (alice, other, anonymous())]
    assert may == [alice_may, other_may, anonymous_may]


def test_not_principal_names_the_others(cos: FakeCOS, alice: Any, other: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: NotPrincipal
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    statement = deny("s3:GetObject", OBJECTS)
    del statement["Principal"]
    set_policy(cos, BUCKET, allow("s3:*", OBJECTS), {**statement, "NotPrincipal": {"AWS": ALICE}})
    assert [_may(alice), _may(other), _may(anonymous())] == [True, False, False]


def test_a_user_of_another_account_is_named_by_its_account(cos: FakeCOS, alice: Any) -> None:
    # documented by AWS: an account stands for its users; that their own policies allow all is assumed
    bob = client_for(cos.account(OTHER).user("bob"))
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, {"AWS": OTHER}))
    assert [_may(bob), _may(alice)] == [True, False]
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, {"AWS": OTHER}), deny("s3:*", OBJECTS, {"AWS": OTHER}))
    assert not _may(bob)


def _may(client: Any) -> bool:
    try:
        client.get_object(Bucket=BUCKET, Key="key")
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "AccessDenied":
            raise
        return False
    return True


@pytest.mark.parametrize(
    ("action", "resource", "may"),
    [
        ("s3:GetObject", f"{WHOLE}/key", True),
        ("*", "*", True),
        ("s3:GetObject", WHOLE, False),
    ],
)
def test_actions_and_resources_are_patterns(cos: FakeCOS, alice: Any, action: Any, resource: Any, *, may: bool) -> None:
    # documented by AWS: Action and Resource
    set_policy(cos, BUCKET, allow(action, resource, {"AWS": ALICE}))
    assert _may(alice) is may


@pytest.mark.parametrize(
    ("call", "params", "actions"),
    [
        ("head_object", {"Key": "key"}, ["s3:GetObject"]),
        ("get_object", {"Key": "key", "VersionId": "null"}, ["s3:GetObjectVersion"]),
        ("get_object_acl", {"Key": "key"}, ["s3:GetObjectAcl"]),
        (
            "get_object_attributes",
            {"Key": "key", "ObjectAttributes": ["ETag"]},
            ["s3:GetObjectAttributes", "s3:GetObject"],
        ),
        ("put_object", {"Key": "key", "Body": b"1"}, ["s3:PutObject"]),
        ("put_object", {"Key": "key", "ACL": "private"}, ["s3:PutObject", "s3:PutObjectAcl"]),
        ("put_object", {"Key": "key", "Tagging": "a=1"}, ["s3:PutObject", "s3:PutObjectTagging"]),
        ("delete_object", {"Key": "key"}, ["s3:DeleteObject"]),
        ("delete_object", {"Key": "key", "VersionId": "null"}, ["s3:DeleteObjectVersion"]),
        (
            "copy_object",
            {"Key": "copy", "CopySource": f"{BUCKET}/key"},
            ["s3:PutObject", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObjectTagging"],
        ),
        (
            "copy_object",
            {"Key": "copy", "CopySource": f"{BUCKET}/key", "TaggingDirective": "REPLACE"},
            ["s3:PutObject", "s3:GetObject"],
        ),
        ("create_multipart_upload", {"Key": "key"}, ["s3:PutObject"]),
        ("list_objects", {}, ["s3:ListBucket"]),
        ("list_multipart_uploads", {}, ["s3:ListBucketMultipartUploads"]),
        ("head_bucket", {}, ["s3:ListBucket"]),
        ("get_bucket_location", {}, ["s3:GetBucketLocation"]),
        ("get_bucket_acl", {}, ["s3:GetBucketAcl"]),
        ("put_bucket_acl", {"ACL": "private"}, ["s3:PutBucketAcl"]),
        ("delete_bucket_lifecycle", {}, ["s3:PutLifecycleConfiguration"]),
    ],
)
def test_an_operation_needs_its_actions(
    cos: FakeCOS, alice: Any, call: str, params: dict[str, Any], actions: list[str]
) -> None:
    # documented by AWS: actions defined by Amazon S3
    for missing in actions:
        rest = [action for action in actions if action != missing] or ["s3:PutBucketWebsite"]
        set_policy(cos, BUCKET, allow(rest, [WHOLE, OBJECTS], {"AWS": ALICE}))
        with refused(cos, "403" if call.startswith("head") else "AccessDenied", status=403) as answer:
            getattr(alice, call)(Bucket=BUCKET, **params)
        assert call.startswith("head") or f"perform: {missing} on" in answer["Error"]["Message"]
    set_policy(cos, BUCKET, allow(actions, [WHOLE, OBJECTS], {"AWS": ALICE}))
    assert getattr(alice, call)(Bucket=BUCKET, **params)


def test_the_root_can_always_change_the_policy(cos: FakeCOS, aws: Any) -> None:
    # documented by AWS: so that nobody locks themselves out
    nothing = deny("s3:*", [WHOLE, OBJECTS])
    aws.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [nothing]}))
    reason = "with an explicit deny in a resource-based policy"
    with refused(cos, *unauthorized("s3:ListBucket", WHOLE, reason, f"arn:aws:iam::{ACCOUNT}:root")):
        aws.list_objects(Bucket=BUCKET)
    assert json.loads(aws.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"] == [nothing]
    aws.delete_bucket_policy(Bucket=BUCKET)
    assert aws.list_objects(Bucket=BUCKET)


@pytest.mark.parametrize("operation", sorted(operations().keys() - OF_THE_ACCOUNT))
def test_a_policy_can_name_what_an_operation_needs(operation: str) -> None:
    # law 7: what may stand in a policy is what requests are judged by
    if operation in service_model.load("aws").operations:
        for version in (False, True):
            action = f"s3:{action_of(operation, version=version)}".lower()
            assert action in BUCKET_ACTIONS | OBJECT_ACTIONS


def test_a_public_policy_restricted_is_for_the_own_account(
    cos: FakeCOS, alice: Any, other: Any, anonymous: Callable[[], Any]
) -> None:
    # documented by AWS: RestrictPublicBuckets
    allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS))
    block_public_access(cos, BUCKET, "RestrictPublicBuckets")
    assert [_may(alice), _may(other), _may(anonymous())] == [True, False, False]
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, {"AWS": OTHER}))
    assert [_may(alice), _may(other), _may(anonymous())] == [False, True, False]
