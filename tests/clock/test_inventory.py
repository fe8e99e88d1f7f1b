"""Inventories: `cos.advance` writes the lists that are due into their destination."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import io
import json
import re
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_plus

import boto3
import ibm_boto3
import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from fakecos.model.store import OWNER_ID
from tests.support.access_logs import allow_service
from tests.support.constants import US_SOUTH
from tests.support.inventories import S3, SOURCE, manifest, manifests, put_inventory

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "a b+c/ü.jpg"
EVERY_FIELD = (
    *("Size", "LastModifiedDate", "ETag", "StorageClass", "IsMultipartUploaded", "ReplicationStatus"),
    *("EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus"),
    *("IntelligentTieringAccessTier", "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList"),
    *("ObjectOwner", "LifecycleExpirationDate"),
)


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with freeze_time("2026-05-04T10:00:00Z"), FakeCOS() as fake:  # a Monday
        fake.create_bucket("photos")
        fake.create_bucket("lists")
        yield fake


@pytest.fixture
def aws(cos: FakeCOS) -> Any:
    client = boto3.client("s3", region_name="us-east-1")
    allow_service(client, "lists", S3, SOURCE)
    return client


def rows(client: Any, cos: FakeCOS) -> list[dict[str, str]]:
    """Return the rows of the newest list by the names of its columns."""
    found = manifest(client, cos)
    columns = found["fileSchema"].split(", ")
    (file,) = found["files"]
    data = client.get_object(Bucket="lists", Key=file["key"])["Body"].read()
    text = gzip.decompress(data).decode()
    return [dict(zip(columns, row, strict=True)) for row in csv.reader(io.StringIO(text, newline=""))]


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def notice(cos: FakeCOS) -> str:
    """Return what is said of a list that does not come, when time has passed."""
    cos.advance(days=1)
    assert list(cos.store.buckets["lists"].objects) == []
    (said,) = cos.store.notices
    assert said.startswith("not written by S3: inventory all of the bucket photos: ")
    return str(said)


def test_a_list_stands_where_s3_puts_it(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 19; the hour reported, 18."""
    put_inventory(aws)
    cos.advance(days=1)
    shown = [re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID", key) for key in cos.bucket("lists").objects]
    folder = "inventories/photos/all"
    assert shown == [
        f"{folder}/2026-05-05T01-00Z/manifest.checksum",
        f"{folder}/2026-05-05T01-00Z/manifest.json",
        f"{folder}/data/UUID.csv.gz",
        f"{folder}/hive/dt=2026-05-05-01-00/symlink.txt",
    ]


def test_the_manifest_says_what_there_is(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 20."""
    put_inventory(aws, OptionalFields=["ETag", "Size"])
    cos.advance(days=1)
    found = manifest(aws, cos)
    (file,) = found.pop("files")
    assert found == {
        "sourceBucket": "photos",
        "destinationBucket": "arn:aws:s3:::lists",
        "version": "2016-11-30",
        "creationTimestamp": "1777942800000",
        "fileFormat": "CSV",
        "fileSchema": "Bucket, Key, Size, ETag",
    }
    data = cos.store.buckets["lists"].objects[file["key"]].body
    assert file == {"key": file["key"], "size": len(data), "MD5checksum": md5(data)}
    folder = "inventories/photos/all"
    objects = cos.store.buckets["lists"].objects
    text = objects[f"{folder}/2026-05-05T01-00Z/manifest.json"].body
    assert objects[f"{folder}/2026-05-05T01-00Z/manifest.checksum"].body.decode() == f"{md5(text)}\n"
    assert objects[f"{folder}/hive/dt=2026-05-05-01-00/symlink.txt"].body.decode() == f"s3://lists/{file['key']}"


def test_a_row_has_every_field_that_was_asked_for_in_the_order_of_s3(cos: FakeCOS, aws: Any) -> None:
    """Source: documented and reported, aws-logs-and-inventory 21 and 22."""
    etag = aws.put_object(Bucket="photos", Key=KEY, Body=b"holiday", ChecksumAlgorithm="SHA256")["ETag"]
    rules = [{"ID": "1", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}]
    aws.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
    put_inventory(aws, OptionalFields=list(reversed(EVERY_FIELD)))
    cos.advance(days=1)
    assert manifest(aws, cos)["fileSchema"] == ", ".join(("Bucket", "Key", *EVERY_FIELD))
    (row,) = rows(aws, cos)
    assert unquote(row["Key"]) == unquote_plus(row["Key"]) == KEY
    acl = json.loads(base64.b64decode(row.pop("ObjectAccessControlList")))
    grant = {"canonicalId": OWNER_ID, "type": "CanonicalUser", "permission": "FULL_CONTROL"}
    assert acl == {"version": "2022-11-10", "status": "AVAILABLE", "grants": [grant]}
    assert row == {
        "Bucket": "photos",
        "Key": "a%20b%2Bc/%C3%BC.jpg",
        "Size": "7",
        "LastModifiedDate": "2026-05-04T10:00:00.000Z",
        "ETag": etag.strip('"'),
        "StorageClass": "STANDARD",
        "IsMultipartUploaded": "false",
        "ReplicationStatus": "",
        "EncryptionStatus": "SSE-S3",
        "ObjectLockRetainUntilDate": "",
        "ObjectLockMode": "",
        "ObjectLockLegalHoldStatus": "",
        "IntelligentTieringAccessTier": "",
        "BucketKeyStatus": "DISABLED",
        "ChecksumAlgorithm": "SHA256",
        "ObjectOwner": OWNER_ID,
        "LifecycleExpirationDate": "2026-05-14T00:00:00.000Z",
    }


def test_encryption_and_storage_class_and_parts_are_told(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 22."""
    aws.put_object(Bucket="photos", Key="kms", Body=b"1", ServerSideEncryption="aws:kms", BucketKeyEnabled=True)
    aws.put_object(Bucket="photos", Key="tier", Body=b"1", StorageClass="INTELLIGENT_TIERING")
    upload = {"Bucket": "photos", "Key": "up"}
    upload["UploadId"] = aws.create_multipart_upload(**upload)["UploadId"]
    etag = aws.upload_part(**upload, PartNumber=1, Body=b"1")["ETag"]
    aws.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"ETag": etag, "PartNumber": 1}]})
    put_inventory(aws, OptionalFields=list(EVERY_FIELD))
    cos.advance(days=1)
    kms, tier, parts = rows(aws, cos)
    assert (kms["EncryptionStatus"], kms["BucketKeyStatus"]) == ("SSE-KMS", "ENABLED")
    assert (tier["StorageClass"], tier["IntelligentTieringAccessTier"]) == ("INTELLIGENT_TIERING", "FREQUENT")
    assert parts["IsMultipartUploaded"] == "true"


def test_all_versions_have_three_more_columns(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 21: the id of `null` is empty."""
    aws.put_object(Bucket="photos", Key="a", Body=b"1")
    aws.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = aws.put_object(Bucket="photos", Key="a", Body=b"22")["VersionId"]
    marker = aws.delete_object(Bucket="photos", Key="a")["VersionId"]
    put_inventory(aws, IncludedObjectVersions="All", OptionalFields=["Size"])
    cos.advance(days=1)
    assert manifest(aws, cos)["fileSchema"] == "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size"
    assert [list(row.values())[2:] for row in rows(aws, cos)] == [
        [marker, "true", "true", ""],
        [version, "false", "false", "2"],
        ["", "false", "false", "1"],
    ]


def test_a_locked_version_says_until_when_and_whether_it_is_held(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 22."""
    cos.store.buckets.pop("photos")
    aws.create_bucket(Bucket="photos", ObjectLockEnabledForBucket=True)
    lock = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": "2026-06-01T00:00:00Z"}
    aws.put_object(Bucket="photos", Key="a", Body=b"1", ObjectLockLegalHoldStatus="ON", **lock)
    aws.put_object(Bucket="photos", Key="b", Body=b"1")
    put_inventory(aws, OptionalFields=list(EVERY_FIELD))
    cos.advance(days=1)
    names = ("ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus")
    assert [[row[name] for name in names] for row in rows(aws, cos)] == [
        ["2026-06-01T00:00:00.000Z", "GOVERNANCE", "On"],
        ["", "", "Off"],
    ]


def test_a_filter_lists_the_keys_of_a_prefix(cos: FakeCOS, aws: Any) -> None:
    for key in ("a", "b/1", "b/2", "c"):
        aws.put_object(Bucket="photos", Key=key, Body=b"1")
    put_inventory(aws, Filter={"Prefix": "b/"})
    cos.advance(days=1)
    assert [row["Key"] for row in rows(aws, cos)] == ["b/1", "b/2"]


# --- when ------------------------------------------------------------------------------------------------


def test_a_daily_list_comes_each_day_and_shows_what_was_there_then(cos: FakeCOS, aws: Any) -> None:
    """Source: documented; that a lifecycle rule acts before, on its day: assumed."""
    aws.put_object(Bucket="photos", Key="a", Body=b"1")
    rules = [{"ID": "1", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 2}}]
    aws.put_bucket_lifecycle_configuration(Bucket="photos", LifecycleConfiguration={"Rules": rules})
    put_inventory(aws)
    cos.advance(days=4)
    assert [key.split("/")[3] for key in manifests(cos)] == [f"2026-05-0{day}T01-00Z" for day in (5, 6, 7, 8)]
    sizes = []
    for key in manifests(cos):
        (file,) = json.loads(cos.store.buckets["lists"].objects[key].body)["files"]
        data = gzip.decompress(cos.store.buckets["lists"].objects[file["key"]].body)
        sizes.append(len(data.splitlines()))
    assert sizes == [1, 1, 0, 0]


def test_a_weekly_list_comes_soon_and_then_on_sundays(cos: FakeCOS, aws: Any) -> None:
    """Source: documented."""
    put_inventory(aws, Schedule={"Frequency": "Weekly"})
    cos.advance(days=14)
    assert [key.split("/")[3][:10] for key in manifests(cos)] == ["2026-05-05", "2026-05-10", "2026-05-17"]


def test_small_steps_give_the_same_lists_as_one(cos: FakeCOS, aws: Any) -> None:
    put_inventory(aws)
    for _ in range(48):
        cos.advance(hours=1)
    put_inventory(aws)
    assert len(manifests(cos)) == 2
    cos.advance(hours=1)
    assert len(manifests(cos)) == 2


def test_a_freezer_of_the_test_counts_too() -> None:
    with freeze_time("2026-05-04T10:00:00Z") as freezer, FakeCOS() as cos:
        cos.create_bucket("photos")
        cos.create_bucket("lists")
        client = boto3.client("s3", region_name="us-east-1")
        allow_service(client, "lists", S3)
        put_inventory(client)
        freezer.move_to("2026-05-05T10:00:00Z")
        cos.advance()
        assert len(manifests(cos)) == 1


def test_what_is_disabled_or_deleted_is_not_written(cos: FakeCOS, aws: Any) -> None:
    """Source: documented: IsEnabled."""
    put_inventory(aws, "off", IsEnabled=False)
    put_inventory(aws, "gone")
    aws.delete_bucket_inventory_configuration(Bucket="photos", Id="gone")
    cos.advance(days=3)
    put_inventory(aws, "off")
    assert list(cos.store.buckets["lists"].objects) == []
    cos.advance(days=1)
    assert len(manifests(cos)) == 1


def test_of_a_long_time_the_last_lists_are_written(cos: FakeCOS, aws: Any) -> None:
    put_inventory(aws)
    cos.advance(days=400)
    assert len(manifests(cos)) == 31
    (said,) = cos.store.notices
    assert "time passed by 400 lists at once, of which the last 31 are there" in said


def test_a_snapshot_knows_which_lists_were_written(cos: FakeCOS, aws: Any) -> None:
    put_inventory(aws)
    cos.advance(days=1)
    before = cos.snapshot()
    cos.advance(days=1)
    cos.restore(before)
    assert len(manifests(cos)) == 1
    cos.advance()
    assert len(manifests(cos)) == 2


# --- who may write them ----------------------------------------------------------------------------------


def test_without_permission_no_list_comes_and_the_author_is_told(cos: FakeCOS, aws: Any) -> None:
    """Source: documented, aws-logs-and-inventory 23."""
    aws.delete_bucket_policy(Bucket="lists")
    put_inventory(aws)
    said = notice(cos)
    assert "does not allow s3:PutObject of inventories/photos/all/data/* to the service s3.amazonaws.com" in said
    assert "how-to/logs-and-inventory" in said


def test_a_policy_for_another_source_does_not_allow_it(cos: FakeCOS, aws: Any) -> None:
    """Source: documented."""
    allow_service(aws, "lists", S3, {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::films"}})
    put_inventory(aws)
    assert "does not allow" in notice(cos)


@pytest.mark.parametrize(
    ("destination", "said"),
    [
        ({"Bucket": "arn:aws:s3:::nowhere"}, "there is no destination bucket nowhere"),
        ({"AccountId": "999999999999"}, "is not of the account 999999999999, but of 123456789012"),
    ],
    ids=str,
)
def test_a_destination_that_takes_no_list(cos: FakeCOS, aws: Any, destination: dict[str, str], said: str) -> None:
    """Source: documented."""
    put_inventory(aws, destination=destination)
    assert said in notice(cos)


@pytest.mark.parametrize("form", ["ORC", "Parquet"])
def test_without_pyarrow_only_csv_is_written(
    cos: FakeCOS, aws: Any, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    put_inventory(aws, destination={"Format": form})
    assert f"fakecos writes {form} where pyarrow is installed, and here it is not" in notice(cos)


def test_a_destination_in_another_region_takes_no_list(cos: FakeCOS, aws: Any) -> None:
    """Source: documented."""
    cos.create_bucket("far-away", "eu-west-1")
    put_inventory(aws, destination={"Bucket": "arn:aws:s3:::far-away"})
    assert "is in eu-west-1, and not in us-east-1 as the source is" in notice(cos)


@pytest.mark.parametrize(
    ("encryption", "method"),
    [({"SSES3": {}}, "AES256"), ({"SSEKMS": {"KeyId": "arn:aws:kms:us-east-1:123456789012:key/1"}}, "aws:kms")],
)
def test_lists_are_encrypted_as_the_configuration_says(
    cos: FakeCOS, aws: Any, encryption: dict[str, Any], method: str
) -> None:
    """Source: documented."""
    put_inventory(aws, destination={"Encryption": encryption})
    cos.advance(days=1)
    assert aws.head_object(Bucket="lists", Key=manifests(cos)[0])["ServerSideEncryption"] == method


def test_lists_are_noted_in_the_log_of_their_destination(cos: FakeCOS, aws: Any) -> None:
    """Source: reported, aws-logs-and-inventory 11."""
    cos.create_bucket("logs")
    allow_service(aws, "logs")
    enabled = {"TargetBucket": "logs", "TargetPrefix": ""}
    aws.put_bucket_logging(Bucket="lists", BucketLoggingStatus={"LoggingEnabled": enabled})
    put_inventory(aws)
    cos.advance(days=1)
    (stored,) = cos.store.buckets["logs"].objects.values()
    assert stored.body.count(b" svc:s3.amazonaws.com ") == 4


def test_cos_writes_no_lists(cos: FakeCOS) -> None:
    """Source: assumed: nothing is known of what IBM COS writes."""
    ibm = ibm_boto3.client("s3", endpoint_url=US_SOUTH)
    put_inventory(ibm)
    cos.advance(days=3)
    assert list(cos.store.buckets["lists"].objects) == []
    assert cos.store.notices == []
