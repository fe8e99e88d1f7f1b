"""The examples of docs/how-to/identity-policies.md."""

import json
import pathlib

import boto3
import pytest
from botocore.exceptions import ClientError
from fakecos import FakeCOS, UsageError

ROLE = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::photos/in/*"},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    ],
}


@pytest.fixture
def cos():
    with FakeCOS(identity_policy=ROLE) as cos:
        cos.create_bucket("photos")
        yield cos


def move(key):
    s3 = boto3.client("s3")
    s3.copy_object(Bucket="photos", Key=f"in/{key}", CopySource=f"photos/{key}")


def test_the_role_does_not_suffice(cos):
    cos.put_object("photos", "a.jpg", b"holiday")
    with pytest.raises(ClientError) as caught:
        move("a.jpg")
    assert caught.value.response["Error"]["Message"] == (
        "User: arn:aws:iam::123456789012:user/fakecos is not authorized to perform: s3:GetObject "
        'on resource: "arn:aws:s3:::photos/a.jpg" because no identity-based policy allows the s3:GetObject action'
    )
    assert 'Add to it: {"Effect": "Allow", "Action": "s3:GetObject"' in str(cos.journal)


def test_with_what_it_needs_the_role_suffices(cos):
    cos.put_object("photos", "a.jpg", b"holiday", Tagging="trip=2026")
    actions = ["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"]
    statement = {"Effect": "Allow", "Action": actions, "Resource": "arn:aws:s3:::photos/*"}
    cos.identity_policy = {"Version": "2012-10-17", "Statement": [statement]}
    move("a.jpg")
    cos.assert_object("photos", "in/a.jpg", body=b"holiday")


def test_the_account_itself_may_look(cos):
    root = cos.account("123456789012").client()
    assert root.list_buckets()["Buckets"][0]["Name"] == "photos"
    with pytest.raises(ClientError, match="s3:ListAllMyBuckets"):
        boto3.client("s3").list_buckets()


def test_a_policy_of_a_file(tmp_path):
    path = tmp_path / "role.json"
    path.write_text(json.dumps(ROLE))
    with FakeCOS(identity_policy=pathlib.Path(path).read_text()) as cos:
        assert cos.identity_policy == ROLE


def test_each_user_has_a_home(cos):
    home = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::photos/home/${aws:username}/*"}
    policy = {"Version": "2012-10-17", "Statement": [home]}
    alice = cos.account("123456789012").create_user("alice", policy=policy)
    alice.client().put_object(Bucket="photos", Key="home/alice/a.jpg", Body=b"holiday")
    with pytest.raises(ClientError, match="AccessDenied"):
        alice.client().put_object(Bucket="photos", Key="home/bob/a.jpg", Body=b"holiday")


@pytest.mark.fakecos(open_uploads="ignore")
def test_the_policy_is_taken_away_while_it_runs(cos):
    alice = cos.account("123456789012").create_user("alice", policy=ROLE)
    s3 = alice.client()
    upload = s3.create_multipart_upload(Bucket="photos", Key="in/film.mp4")["UploadId"]
    alice.policy = None
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.upload_part(Bucket="photos", Key="in/film.mp4", UploadId=upload, PartNumber=1, Body=b"frames")


KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def test_a_key_of_kms_is_needed_too(cos):
    s3 = boto3.client("s3")
    with pytest.raises(ClientError, match="kms:GenerateDataKey"):
        s3.put_object(Bucket="photos", Key="in/a.jpg", Body=b"holiday", ServerSideEncryption="aws:kms", SSEKMSKeyId=KEY)


def test_a_mistake_is_told_when_the_fake_is_made():
    statement = {"Effect": "Allow", "Action": "s3:HeadObject", "Resource": "*"}
    with pytest.raises(UsageError, match="HeadObject needs s3:GetObject"):
        FakeCOS(identity_policy={"Version": "2012-10-17", "Statement": [statement]})
