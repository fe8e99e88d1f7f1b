"""Inventories as Parquet and as ORC, where pyarrow is installed."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from freezegun import freeze_time

from fakecos import FakeCOS
from tests.support.access_logs import allow_service
from tests.support.inventories import S3, manifest, put_inventory

if TYPE_CHECKING:
    from collections.abc import Iterator

# Not while the clock is frozen: the class of dates is another one then, which pyarrow warns of.
orc = pytest.importorskip("pyarrow.orc")
parquet = pytest.importorskip("pyarrow.parquet")

KEY = "a b+c/ü.jpg"
OF_PARQUET = (
    "message s3.inventory {  required binary bucket (STRING);  required binary key (STRING);"
    "  optional binary version_id (STRING);  optional boolean is_latest;  optional boolean is_delete_marker;"
    "  optional int64 size;  optional int64 last_modified_date (TIMESTAMP(MILLIS,true));"
    "  optional binary e_tag (STRING);}"
)
OF_ORC = (
    "struct<bucket:string,key:string,version_id:string,is_latest:boolean,is_delete_marker:boolean,"
    "size:bigint,last_modified_date:timestamp,e_tag:string>"
)


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    with freeze_time("2026-05-04T10:00:00Z"), FakeCOS() as fake:
        fake.create_bucket("photos")
        fake.create_bucket("lists")
        yield fake


@pytest.fixture
def aws(cos: FakeCOS) -> Any:
    client = boto3.client("s3", region_name="us-east-1")
    allow_service(client, "lists", S3)
    return client


def table_of(client: Any, cos: FakeCOS) -> Any:
    """Return the newest list as a program reads it."""
    found = manifest(client, cos)
    (file,) = found["files"]
    assert file["key"].endswith(f".{found['fileFormat'].lower()}")
    data = io.BytesIO(client.get_object(Bucket="lists", Key=file["key"])["Body"].read())
    return orc.read_table(data) if found["fileFormat"] == "ORC" else parquet.ParquetFile(data).read()


@pytest.mark.parametrize(("form", "schema"), [("Parquet", OF_PARQUET), ("ORC", OF_ORC)], ids=["Parquet", "ORC"])
def test_columns_have_types_and_keys_are_not_encoded(cos: FakeCOS, aws: Any, form: str, schema: str) -> None:
    """Source: documented; the words of Parquet's schema reported, aws-logs-and-inventory 24."""
    aws.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    put = aws.put_object(Bucket="photos", Key=KEY, Body=b"holiday")
    marker = aws.delete_object(Bucket="photos", Key=KEY)["VersionId"]
    fields = ["Size", "LastModifiedDate", "ETag"]
    put_inventory(aws, destination={"Format": form}, IncludedObjectVersions="All", OptionalFields=fields)
    cos.advance(days=1)
    found = manifest(aws, cos)
    assert (found["fileFormat"], found["fileSchema"]) == (form, schema)
    rows = [list(row.values()) for row in table_of(aws, cos).to_pylist()]
    times = [row.pop(6).replace(tzinfo=dt.timezone.utc) for row in rows]
    assert times == [dt.datetime(2026, 5, 4, 10, tzinfo=dt.timezone.utc)] * 2
    assert rows == [
        ["photos", KEY, marker, True, True, None, None],
        ["photos", KEY, put["VersionId"], False, False, 7, put["ETag"].strip('"')],
    ]


@pytest.mark.parametrize("form", ["ORC", "Parquet"])
def test_a_list_of_nothing_can_be_read(cos: FakeCOS, aws: Any, form: str) -> None:
    put_inventory(aws, destination={"Format": form}, OptionalFields=["Size"])
    cos.advance(days=1)
    table = table_of(aws, cos)
    assert (table.num_rows, table.column_names) == (0, ["bucket", "key", "size"])
