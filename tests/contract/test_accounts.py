"""Several accounts: whose a bucket is, and what others may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.config import Config

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import DENIED
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.model.store import ACCOUNT, OWNER_ID
from tests.support.access import ONCE, allow, allow_acls, client_for, set_policy

if TYPE_CHECKING:
    from collections.abc import Callable

THIRD = "333333333333"
OBJECTS = f"arn:aws:s3:::{BUCKET}/*"


@pytest.fixture
def other(cos: FakeCOS) -> Any:
    """A client of another account; its bucket is `theirs`."""
    cos.account(OTHER).create_bucket("theirs")
    cos.put_object("theirs", "key", b"1")
    cos.put_object(BUCKET, "key", b"1")
    return client_for(cos.account(OTHER))


def test_each_account_lists_its_own_buckets(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented by AWS: ListBuckets
    account = cos.account(OTHER)
    other.create_bucket(Bucket="also-theirs")
    answer = other.list_buckets()
    assert [bucket["Name"] for bucket in answer["Buckets"]] == ["also-theirs", "theirs"]
    assert answer["Owner"] == {"ID": account.canonical_id}
    assert [bucket["Name"] for bucket in aws.list_buckets()["Buckets"]] == [BUCKET]
    assert [bucket["Name"] for bucket in other.list_buckets(MaxBuckets=1)["Buckets"]] == ["also-theirs"]
    assert aws.list_buckets(MaxBuckets=1, Prefix="t")["Buckets"] == []


def test_a_name_of_another_account_is_taken(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented
    message = (
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
        "Please select a different name and try again."
    )
    with refused(cos, "BucketAlreadyExists", message, 409, BucketName="theirs"):
        aws.create_bucket(Bucket="theirs")
    with refused(cos, "BucketAlreadyExists", message, 409, BucketName=BUCKET):
        other.create_bucket(Bucket=BUCKET)


def test_the_bucket_of_another_account_is_closed(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented
    with refused(cos, *DENIED):
        aws.get_object(Bucket="theirs", Key="key")
    with refused(cos, *DENIED):
        aws.get_object(Bucket="theirs", Key="missing")
    with refused(cos, *DENIED):
        other.put_object(Bucket=BUCKET, Key="new", Body=b"1")
    with refused(cos, *DENIED):
        other.list_objects_v2(Bucket=BUCKET)
    with refused(cos, "403", "Forbidden", 403):
        other.head_bucket(Bucket=BUCKET)
    answer = other.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "key"}, {"Key": "missing"}]})
    assert [(line["Key"], line["Code"]) for line in answer["Errors"]] == [
        ("key", "AccessDenied"),
        ("missing", "AccessDenied"),
    ]
    assert "Deleted" not in answer
    assert other.get_object(Bucket="theirs", Key="key")["Body"].read() == b"1"


def test_the_acl_names_the_account(cos: FakeCOS, other: Any) -> None:
    # recorded aws-objects 64
    owner = cos.account(OTHER).canonical_id
    assert members_of(other.get_bucket_acl(Bucket="theirs")) == {
        "Grants": [{"Grantee": {"ID": owner, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}],
        "Owner": {"ID": owner},
    }
    assert len(owner) == 64
    assert other.list_objects(Bucket="theirs")["Contents"][0]["Owner"] == {"ID": owner}
    other.create_multipart_upload(Bucket="theirs", Key="parts")
    (upload,) = other.list_multipart_uploads(Bucket="theirs")["Uploads"]
    assert upload["Owner"] == {"ID": owner}


def test_the_expected_owner_is_enforced(cos: FakeCOS, aws: Any, other: Any) -> None:
    # recorded aws-bucket-configuration 19
    assert other.get_object(Bucket="theirs", Key="key", ExpectedBucketOwner=OTHER)
    with refused(cos, *DENIED):
        other.get_object(Bucket="theirs", Key="key", ExpectedBucketOwner=ACCOUNT)
    assert aws.get_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner=ACCOUNT)
    with refused(cos, *DENIED):
        aws.get_object(Bucket=BUCKET, Key="key", ExpectedBucketOwner=OTHER)


def test_a_copy_needs_its_source(cos: FakeCOS, other: Any) -> None:
    # documented by AWS: GetObject on the source
    with refused(cos, *DENIED):
        other.copy_object(Bucket="theirs", Key="copy", CopySource=f"{BUCKET}/key")
    with refused(cos, *DENIED):  # whether it is there is not told
        other.copy_object(Bucket="theirs", Key="copy", CopySource=f"{BUCKET}/missing")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS, {"AWS": OTHER}))
    other.copy_object(Bucket="theirs", Key="copy", CopySource=f"{BUCKET}/key")
    assert cos.bucket("theirs").objects["copy"].body == b"1"
    upload_id = other.create_multipart_upload(Bucket="theirs", Key="parts")["UploadId"]
    where = {"Bucket": "theirs", "Key": "parts", "UploadId": upload_id, "PartNumber": 1}
    assert other.upload_part_copy(**where, CopySource=f"{BUCKET}/key")
    cos.store.buckets[BUCKET].configurations.pop("Policy")
    with refused(cos, *DENIED):
        other.upload_part_copy(**where, CopySource=f"{BUCKET}/key")


def test_an_acl_lets_another_account_in(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented by AWS: ACL permissions
    allow_acls(cos, BUCKET)
    them, me = cos.account(OTHER).canonical_id, f"id={OWNER_ID}"
    aws.put_object(Bucket=BUCKET, Key="read", Body=b"1", GrantRead=f"id={them}", GrantFullControl=me)
    aws.put_object(Bucket=BUCKET, Key="acp", Body=b"1", GrantReadACP=f"id={them}", GrantWriteACP=f"id={them}")
    assert other.get_object(Bucket=BUCKET, Key="read")["Body"].read() == b"1"
    with refused(cos, *DENIED):
        other.get_object_acl(Bucket=BUCKET, Key="read")
    assert other.get_object_acl(Bucket=BUCKET, Key="acp")["Owner"] == {"ID": OWNER_ID}
    with refused(cos, *DENIED):
        other.get_object(Bucket=BUCKET, Key="acp")
    other.put_object_acl(Bucket=BUCKET, Key="acp", GrantRead=f"id={them}")
    assert other.get_object(Bucket=BUCKET, Key="acp")
    aws.put_bucket_acl(Bucket=BUCKET, GrantRead=f"id={them}", GrantWrite=f"id={them}", GrantFullControl=me)
    assert other.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 3
    other.put_object(Bucket=BUCKET, Key="new", Body=b"1", ACL="bucket-owner-read")
    assert aws.get_object(Bucket=BUCKET, Key="new")["Body"].read() == b"1"
    with refused(cos, *DENIED):
        client_for(cos.account(THIRD)).list_objects_v2(Bucket=BUCKET)


def test_every_account_is_an_authenticated_user(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented by AWS: predefined groups
    allow_acls(cos, BUCKET)
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"1", ACL="authenticated-read")
    assert other.get_object(Bucket=BUCKET, Key="key")


def test_an_account_that_may_write_can_upload_in_parts(cos: FakeCOS, aws: Any, other: Any) -> None:
    # documented by AWS: s3:PutObject is what an upload in parts needs
    set_policy(cos, BUCKET, allow("s3:PutObject", OBJECTS, {"AWS": OTHER}))
    upload_id = create_upload(other)
    complete_upload(other, upload_id, completed_part(1, upload_part(other, upload_id, b"hello", 1)))
    assert aws.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"hello"


def test_a_requester_pays(cos: FakeCOS, aws: Any, other: Any, anonymous: Callable[[], Any]) -> None:
    # documented by AWS: Requester Pays
    bucket = allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, allow("s3:GetObject", OBJECTS))
    bucket.configurations["RequestPaymentConfiguration"] = {"Payer": "Requester"}
    with refused(cos, *DENIED):
        other.get_object(Bucket=BUCKET, Key="key")
    answer = other.get_object(Bucket=BUCKET, Key="key", RequestPayer="requester")
    assert answer["RequestCharged"] == "requester"
    assert "RequestCharged" not in aws.get_object(Bucket=BUCKET, Key="key", RequestPayer="requester")
    with refused(cos, *DENIED):
        anonymous().get_object(Bucket=BUCKET, Key="key", RequestPayer="requester")
    bucket.configurations["RequestPaymentConfiguration"] = {"Payer": "BucketOwner"}
    assert "RequestCharged" not in other.get_object(Bucket=BUCKET, Key="key", RequestPayer="requester")


def test_a_requester_pays_for_each_delete_too(cos: FakeCOS, other: Any) -> None:
    # documented by AWS: Requester Pays; key by key (recorded aws-objects 47)
    bucket = allow_acls(cos, BUCKET, "BucketOwnerEnforced")
    set_policy(cos, BUCKET, allow("s3:DeleteObject", OBJECTS))
    bucket.configurations["RequestPaymentConfiguration"] = {"Payer": "Requester"}
    named = {"Bucket": BUCKET, "Delete": {"Objects": [{"Key": "key"}]}}
    (error,) = other.delete_objects(**named)["Errors"]
    assert (error["Key"], error["Code"], error["Message"]) == ("key", "AccessDenied", "Access Denied")
    assert "key" in bucket.objects
    answer = other.delete_objects(**named, RequestPayer="requester")
    assert ("Errors" in answer, answer["RequestCharged"]) == (False, "requester")
    assert "key" not in bucket.objects


def test_an_account_is_the_same_whenever_it_is_asked_for(cos: FakeCOS) -> None:
    account = cos.account(OTHER)
    assert account == cos.account(OTHER) != cos.account(THIRD)
    assert account.access_key == cos.account(OTHER).access_key
    assert (account.id, account.arn) == (OTHER, f"arn:aws:iam::{OTHER}:root")
    assert len({account, cos.account(OTHER), account.user("alice")}) == 2
    assert repr(account.user("alice")) == f"<arn:aws:iam::{OTHER}:user/alice>"
    assert cos.account(ACCOUNT).canonical_id == OWNER_ID
    assert [line["Name"] for line in cos.account(ACCOUNT).client().list_buckets()["Buckets"]] == [BUCKET]


@pytest.mark.parametrize("account", ["", "1", "22222222222a", "2222222222222", 222222222222])
def test_an_account_has_twelve_digits(cos: FakeCOS, account: Any) -> None:
    with pytest.raises(UsageError, match="12 digits"):
        cos.account(account)


@pytest.mark.parametrize("name", ["", "a b", "ä", "x" * 65])
def test_a_user_has_a_name_of_iams(cos: FakeCOS, name: str) -> None:
    with pytest.raises(UsageError, match="IAM"):
        cos.account(OTHER).user(name)


def test_the_keys_of_an_account_are_verified_like_any_other() -> None:
    with FakeCOS(credentials={"AKIAEXAMPLE": "secret"}) as cos:
        account = cos.account(OTHER)
        account.create_bucket("theirs")
        assert account.client().list_buckets()["Owner"] == {"ID": account.canonical_id}
        wrong = account.client(aws_secret_access_key="another", config=Config(retries=ONCE))
        with refused(cos, "SignatureDoesNotMatch"):
            wrong.list_buckets()
        with refused(cos, *DENIED):
            cos.client().get_object(Bucket="theirs", Key="key")


def test_arranging_asks_nobody(cos: FakeCOS) -> None:
    cos.account(OTHER).create_bucket("theirs")
    cos.put_object("theirs", "key", b"1")
    assert cos.bucket("theirs").objects["key"].body == b"1"
    assert not cos.store.buckets["theirs"].objects["key"].owner
