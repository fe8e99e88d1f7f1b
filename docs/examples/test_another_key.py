import os
import boto3
from fakecos import FakeCOS  # with `from moto import mock_aws as FakeCOS` this test passes

@FakeCOS()
def test_upload_with_a_key_of_our_own():
    s3, secret = boto3.client("s3", "us-east-1"), {"Bucket": "vault", "Key": "secret"}
    own_key = lambda: {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": os.urandom(32)}  # the bug: new each time
    s3.create_bucket(Bucket="vault")
    secret["UploadId"] = s3.create_multipart_upload(**secret, **own_key())["UploadId"]
    part = s3.upload_part(**secret, PartNumber=1, Body=b"gold", **own_key())  # S3: 400 InvalidRequest
    s3.complete_multipart_upload(**secret, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
