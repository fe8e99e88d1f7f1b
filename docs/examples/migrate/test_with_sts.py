import boto3
from fakecos import FakeCOS
from moto import mock_aws


def backup(body):
    account = boto3.client("sts").get_caller_identity()["Account"]
    boto3.client("s3").put_object(Bucket="backups", Key=f"{account}/today", Body=body)


@mock_aws(config={"core": {"passthrough": {"services": ["s3"]}}})
def test_a_backup_has_the_account_in_its_key():
    with FakeCOS() as cos:
        backups = cos.create_bucket("backups")
        backup(b"all")
    assert backups.objects["123456789012/today"].body == b"all"
