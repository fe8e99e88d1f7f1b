import boto3
from fakecos import FakeCOS

EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


def create_public_bucket(s3, name):
    s3.create_bucket(Bucket=name, ObjectOwnership="BucketOwnerPreferred")
    s3.delete_public_access_block(Bucket=name)
    s3.put_bucket_acl(Bucket=name, ACL="public-read")


@FakeCOS()
def test_everybody_may_list_it():
    s3 = boto3.client("s3")
    create_public_bucket(s3, "photos")
    grants = s3.get_bucket_acl(Bucket="photos")["Grants"]
    assert any(grant["Grantee"].get("URI") == EVERYBODY and grant["Permission"] == "READ" for grant in grants)
