import csv
import gzip
import io
import json
import re

import boto3
from freezegun import freeze_time

FIELD = r'"[^"]*"|\[[^\]]*\]|\S+'


def let_s3_write(bucket, service, source):
    """Give a bucket the policy by which a service of AWS may write what it makes of another bucket."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"arn:aws:s3:::{source}"},
            "StringEquals": {"aws:SourceAccount": "123456789012"},
        },
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    boto3.client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def put_logging(source, target):
    enabled = {"TargetBucket": target, "TargetPrefix": "log/"}
    boto3.client("s3").put_bucket_logging(Bucket=source, BucketLoggingStatus={"LoggingEnabled": enabled})


def downloads(bucket):
    """The code under test: count how often each object was read, by the logs in a bucket."""
    s3 = boto3.client("s3")
    counts = {}
    for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
        text = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read().decode()
        for line in text.splitlines():
            fields = re.findall(FIELD, line)
            operation, key, status = fields[6], fields[7], fields[9]
            if operation == "REST.GET.OBJECT" and status == "200":
                counts[key] = counts.get(key, 0) + 1
    return counts


def test_downloads_are_counted_by_the_log(fakecos):
    fakecos.create_bucket("photos")
    fakecos.create_bucket("logs")
    let_s3_write("logs", "logging.s3.amazonaws.com", source="photos")
    put_logging("photos", target="logs")
    s3 = boto3.client("s3")
    s3.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
    s3.get_object(Bucket="photos", Key="a.jpg")
    s3.get_object(Bucket="photos", Key="a.jpg")
    assert downloads("logs") == {}
    fakecos.advance(hours=2)
    assert downloads("logs") == {"a.jpg": 2}


def test_without_permission_no_log_arrives(fakecos):
    fakecos.create_bucket("photos")
    fakecos.create_bucket("logs")
    put_logging("photos", target="logs")
    fakecos.advance(hours=2)
    assert downloads("logs") == {}
    (notice,) = fakecos.store.notices
    assert "does not allow s3:PutObject" in notice


def put_inventory(source, destination):
    document = {
        "Id": "daily",
        "IsEnabled": True,
        "IncludedObjectVersions": "Current",
        "OptionalFields": ["Size", "StorageClass"],
        "Schedule": {"Frequency": "Daily"},
        "Destination": {"S3BucketDestination": {"Bucket": f"arn:aws:s3:::{destination}", "Format": "CSV"}},
    }
    boto3.client("s3").put_bucket_inventory_configuration(Bucket=source, Id="daily", InventoryConfiguration=document)


def listed(bucket, manifest_key):
    """The code under test: read the rows of an inventory."""
    s3 = boto3.client("s3")
    manifest = json.loads(s3.get_object(Bucket=bucket, Key=manifest_key)["Body"].read())
    names = manifest["fileSchema"].split(", ")
    for file in manifest["files"]:
        data = s3.get_object(Bucket=bucket, Key=file["key"])["Body"].read()
        for row in csv.reader(io.StringIO(gzip.decompress(data).decode())):
            yield dict(zip(names, row, strict=True))


@freeze_time("2026-05-04 10:00:00")
def test_an_inventory_is_read(fakecos):
    fakecos.create_bucket("photos")
    fakecos.create_bucket("lists")
    let_s3_write("lists", "s3.amazonaws.com", source="photos")
    put_inventory("photos", destination="lists")
    boto3.client("s3").put_object(Bucket="photos", Key="a b.jpg", Body=b"holiday")
    fakecos.advance(days=1)
    (row,) = listed("lists", "photos/daily/2026-05-05T01-00Z/manifest.json")
    assert row == {"Bucket": "photos", "Key": "a%20b.jpg", "Size": "7", "StorageClass": "STANDARD"}
