import json

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from fakecos import FakeCOS

PHOTOS = "arn:aws:s3:::photos/*"


@pytest.fixture
def cos():
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.put_object("photos", "a.jpg", b"holiday")
        yield cos


def policy(principal, *actions):
    statement = {"Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": PHOTOS}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_another_account_is_let_in(cos):
    partner = cos.account("222222222222")
    theirs = partner.client()
    with pytest.raises(ClientError, match="AccessDenied"):
        theirs.get_object(Bucket="photos", Key="a.jpg")

    cos.client().put_bucket_policy(Bucket="photos", Policy=policy({"AWS": partner.arn}, "s3:GetObject"))
    assert theirs.get_object(Bucket="photos", Key="a.jpg")["Body"].read() == b"holiday"


def test_the_bucket_of_another_account(cos):
    cos.account("222222222222").create_bucket("copies")
    mine = cos.client()
    assert [bucket["Name"] for bucket in mine.list_buckets()["Buckets"]] == ["photos"]
    with pytest.raises(ClientError, match="BucketAlreadyExists"):
        mine.create_bucket(Bucket="copies")
    with pytest.raises(ClientError, match="AccessDenied"):
        mine.put_object(Bucket="copies", Key="a.jpg", Body=b"holiday")


def test_a_user_is_told_what_is_missing(cos):
    alice = cos.account("123456789012").user("alice")
    with pytest.raises(ClientError, match="alice is not authorized to perform: s3:GetObject"):
        alice.client().get_object(Bucket="photos", Key="a.jpg")

    cos.client().put_bucket_policy(Bucket="photos", Policy=policy({"AWS": alice.arn}, "s3:GetObject"))
    assert alice.client().get_object(Bucket="photos", Key="a.jpg")


def test_a_public_object(cos):
    everybody = boto3.client("s3", config=Config(signature_version=UNSIGNED))
    with pytest.raises(ClientError, match="AccessDenied"):
        everybody.get_object(Bucket="photos", Key="a.jpg")

    mine = cos.client()
    mine.delete_public_access_block(Bucket="photos")
    mine.put_bucket_policy(Bucket="photos", Policy=policy("*", "s3:GetObject"))
    assert everybody.get_object(Bucket="photos", Key="a.jpg")["Body"].read() == b"holiday"


def test_a_public_object_by_acl(cos):
    mine = cos.client()
    with pytest.raises(ClientError, match="AccessControlListNotSupported"):
        mine.put_object_acl(Bucket="photos", Key="a.jpg", ACL="public-read")

    mine.put_bucket_ownership_controls(
        Bucket="photos", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    mine.delete_public_access_block(Bucket="photos")
    mine.put_object_acl(Bucket="photos", Key="a.jpg", ACL="public-read")
    everybody = boto3.client("s3", config=Config(signature_version=UNSIGNED))
    assert everybody.get_object(Bucket="photos", Key="a.jpg")
