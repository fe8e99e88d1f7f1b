import uuid

import boto3
from fakecos import Beside, FakeCOS


def keep_two_versions(bucket):
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two", b"three"):
        s3.put_object(Bucket=bucket, Key="diary.txt", Body=body)
    oldest = s3.list_object_versions(Bucket=bucket)["Versions"][-1]
    s3.delete_object(Bucket=bucket, Key="diary.txt", VersionId=oldest["VersionId"])


def test_the_real_service_answers_the_same(real_client):
    beside = Beside(real_client, bucket_prefix="fakecos-beside-", delete_created=True)
    with FakeCOS(beside=beside) as cos:
        keep_two_versions(f"fakecos-beside-{uuid.uuid4().hex}")
    assert list(cos.differences) == [], str(cos.differences)
