import boto3, os
from fakecos import FakeCOS  # with `from moto import mock_aws as FakeCOS` this test passes
@FakeCOS()
def test_upload_with_a_key_of_our_own():
    s3, secret, aes = boto3.client("s3", "us-east-1"), {"Bucket": "vault", "Key": "secret"}, {"SSEAlgorithm": "AES256"}
    own_key = lambda: {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": os.urandom(32)}  # the bug: new each time
    allow = {"ApplyServerSideEncryptionByDefault": aes, "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}
    s3.create_bucket(Bucket="vault")  # such keys are blocked in new buckets since April 2026, until we allow them
    s3.put_bucket_encryption(Bucket="vault", ServerSideEncryptionConfiguration={"Rules": [allow]})
    secret["UploadId"] = s3.create_multipart_upload(**secret, **own_key())["UploadId"]
    part = s3.upload_part(**secret, PartNumber=1, Body=b"gold", **own_key())  # S3: 400 InvalidRequest
    s3.complete_multipart_upload(**secret, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
