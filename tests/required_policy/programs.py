"""Programs of released libraries, whose smallest policies are derived and enforced: each runs where its library is."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

BUCKET = "lake"
MIB = 1024 * 1024
PART = 5 * MIB
KEYS: dict[str, Any] = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
TABLE = {"n": [1, 2, 3], "letter": ["a", "b", "c"]}


class Program(NamedTuple):
    """One program: what has to be installed for it, what is stored before, and what it does."""

    name: str
    imports: tuple[str, ...]
    act: Callable[[FakeCOS], Any]
    is_served: bool


PROGRAMS: list[Program] = []


def program(*imports: str, served: bool = False) -> Callable[[Callable[[FakeCOS], Any]], Callable[[FakeCOS], Any]]:
    """Add a program to the table."""

    def add(act: Callable[[FakeCOS], Any]) -> Callable[[FakeCOS], Any]:
        PROGRAMS.append(Program(act.__name__, imports, act, served))
        return act

    return add


def prepare(cos: FakeCOS) -> None:
    """Store what the programs find."""
    cos.create_bucket(BUCKET)
    cos.put_object(BUCKET, "film", bytes(3 * MIB) * 4)
    for name in "abcd":
        cos.put_object(BUCKET, f"notes/{name}.txt", name.encode() * 10)


# --- boto3 and s3transfer --------------------------------------------------------------------------------------


@program("boto3")
def s3transfer(cos: FakeCOS) -> None:
    """Upload in parts, download in ranges, copy."""
    client = cos.client()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "film")
        path.write_bytes(bytes(12 * MIB))
        client.upload_file(str(path), BUCKET, "films/new")
        client.download_file(BUCKET, "film", str(path))
    client.copy({"Bucket": BUCKET, "Key": "film"}, BUCKET, "films/copy")


@program("boto3")
def boto3_resource(cos: FakeCOS) -> None:
    """Write, look, list by a prefix, delete a folder."""
    bucket = cos.resource().Bucket(BUCKET)
    bucket.Object("reports/day.csv").put(Body=b"1,2")
    assert bucket.Object("reports/day.csv").content_length == 3
    assert [one.key for one in bucket.objects.filter(Prefix="notes/")]
    bucket.objects.filter(Prefix="notes/").delete()


@program("boto3")
def boto3_rotation(cos: FakeCOS) -> None:
    """Tags, versions, a presigned URL, and an upload that is given up."""
    import urllib3

    client = cos.client()
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    first = client.put_object(Bucket=BUCKET, Key="state", Body=b"1", Tagging="a=b")["VersionId"]
    client.put_object(Bucket=BUCKET, Key="state", Body=b"2")
    client.get_object(Bucket=BUCKET, Key="state", VersionId=first)
    client.delete_object(Bucket=BUCKET, Key="state", VersionId=first)
    url = client.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "film"})
    urllib3.PoolManager().request("GET", url)
    upload = client.create_multipart_upload(Bucket=BUCKET, Key="state")["UploadId"]
    for one in client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]:
        client.list_parts(Bucket=BUCKET, Key=one["Key"], UploadId=one["UploadId"])
        client.abort_multipart_upload(Bucket=BUCKET, Key=one["Key"], UploadId=upload)


# --- fsspec and what stands on it --------------------------------------------------------------------------------


def file_system() -> Any:
    """Return a file system of s3fs that is nobody else's."""
    import s3fs

    return s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)


@program("s3fs")
def s3fs_files(cos: FakeCOS) -> None:
    """Write in parts, read, list, move, remove a tree."""
    fs = file_system()
    with fs.open(f"{BUCKET}/films/new", "wb", block_size=PART) as file:
        file.write(bytes(11 * MIB))
    assert fs.cat(f"{BUCKET}/notes/a.txt") == b"a" * 10
    assert len(fs.ls(f"{BUCKET}/notes")) == 4
    fs.mv(f"{BUCKET}/notes/a.txt", f"{BUCKET}/notes/z.txt")
    fs.rm(f"{BUCKET}/notes", recursive=True)


@program("fsspec", "s3fs")
def fsspec_mapper(cos: FakeCOS) -> None:
    """A mapping of keys to bytes, as zarr uses one."""
    from fsspec import FSMap

    mapper = FSMap(f"{BUCKET}/map", file_system())
    mapper["one"] = b"1"
    assert dict(mapper) == {"one": b"1"}
    assert "two" not in mapper
    del mapper["one"]


@program("pandas", "s3fs", "pyarrow")
def pandas_table(cos: FakeCOS) -> None:
    """A table as Parquet, written and read."""
    import pandas as pd

    fs = file_system()
    pd.DataFrame(TABLE).to_parquet(f"{BUCKET}/tables/letters.parquet", filesystem=fs)
    assert len(pd.read_parquet(f"{BUCKET}/tables/letters.parquet", filesystem=fs)) == 3


@program("dvc_s3", "dvc_data")
def dvc_objects(cos: FakeCOS) -> None:
    """A file into a remote of dvc, found again there, and fetched."""
    from dvc_data.hashfile.db import HashFileDB
    from dvc_data.hashfile.hash import hash_file
    from dvc_objects.fs.local import LocalFileSystem
    from dvc_s3 import S3FileSystem

    with tempfile.TemporaryDirectory() as folder, patch.dict("os.environ", AWS_CONFIG_FILE=f"{folder}/none"):
        files = S3FileSystem(url=f"s3://{BUCKET}/cache", skip_instance_cache=True, use_listings_cache=False)
        remote = HashFileDB(files, f"{BUCKET}/cache/files/md5")
        path = Path(folder, "data")
        path.write_bytes(b"data")
        _, found = hash_file(str(path), LocalFileSystem(), "md5")
        assert not remote.exists(found.value)
        remote.add(str(path), LocalFileSystem(), found.value)
        assert list(remote.list_oids_exists([found.value])) == [found.value]
        remote.fs.get_file(remote.oid_to_path(found.value), str(Path(folder, "again")))


# --- others by botocore ---------------------------------------------------------------------------------------------


@program("smart_open")
def smart_open_streams(cos: FakeCOS) -> None:
    """A stream to S3, and one from it."""
    from smart_open import open as smart_open

    parameters = {"client": cos.client()}
    with smart_open(f"s3://{BUCKET}/logs/day.txt", "w", transport_params=parameters) as file:
        file.write("line\n")
    with smart_open(f"s3://{BUCKET}/notes/b.txt", "rb", transport_params=parameters) as file:
        assert file.read() == b"b" * 10


@program("awswrangler")
def awswrangler_table(cos: FakeCOS) -> None:
    """A data set that is overwritten, and read."""
    import awswrangler
    import boto3
    import pandas as pd

    session = boto3.session.Session(region_name="us-east-1", **KEYS)
    folder = f"s3://{BUCKET}/table/"
    for _ in range(2):
        awswrangler.s3.to_parquet(pd.DataFrame(TABLE), folder, dataset=True, mode="overwrite", boto3_session=session)
    assert len(awswrangler.s3.read_parquet(folder, boto3_session=session)) == 3


@program("cloudpathlib")
def cloudpathlib_paths(cos: FakeCOS) -> None:
    """Paths that are written, read, listed and renamed."""
    import boto3
    from cloudpathlib import S3Client

    with tempfile.TemporaryDirectory() as cache:
        client = S3Client(boto3_session=boto3.session.Session(region_name="us-east-1", **KEYS), local_cache_dir=cache)
        path = client.CloudPath(f"s3://{BUCKET}/notes/new.txt")
        path.write_text("new")
        assert client.CloudPath(f"s3://{BUCKET}/notes/a.txt").read_bytes() == b"a" * 10
        assert len(list(client.CloudPath(f"s3://{BUCKET}/notes/").iterdir())) == 5
        path.rename(client.CloudPath(f"s3://{BUCKET}/notes/old.txt"))


@program("storages", "django")
def django_storage(cos: FakeCOS) -> None:
    """A file of Django's, saved, read and deleted."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.core.files.base import ContentFile
    from storages.backends.s3 import S3Storage

    storage = S3Storage(bucket_name=BUCKET, location="media", file_overwrite=False)
    name = storage.save("face.txt", ContentFile(b"face"))
    assert storage.open(name).read() == b"face"
    assert storage.size(name) == 4
    storage.delete(name)


# --- by the served door -----------------------------------------------------------------------------------------------


@program("obstore", served=True)
def obstore_objects(cos: FakeCOS) -> None:
    """Put, get, list, copy and delete, without Python's clients."""
    import obstore
    from obstore.store import S3Store

    with cos.serve() as server:
        store = S3Store(
            BUCKET,
            endpoint=server.endpoint_url,
            region="us-east-1",
            access_key_id=KEYS["aws_access_key_id"],
            secret_access_key=KEYS["aws_secret_access_key"],
            client_options={"allow_http": True},
        )
        obstore.put(store, "objects/one", b"1")
        assert bytes(obstore.get(store, "objects/one").bytes()) == b"1"
        assert list(obstore.list(store, "objects"))
        obstore.copy(store, "objects/one", "objects/two")
        obstore.delete(store, ["objects/one", "objects/two"])


def served_options(url: str) -> dict[str, str]:
    """Return how the libraries of Rust's object_store find a served fake."""
    return {
        "aws_endpoint_url": url,
        "aws_region": "us-east-1",
        "aws_access_key_id": KEYS["aws_access_key_id"],
        "aws_secret_access_key": KEYS["aws_secret_access_key"],
        "aws_allow_http": "true",
    }


@program("deltalake", "pyarrow", served=True)
def deltalake_table(cos: FakeCOS) -> None:
    """A table of Delta Lake: written twice, and read."""
    import pyarrow as pa
    from deltalake import DeltaTable, write_deltalake

    with cos.serve() as server:
        options = {**served_options(server.endpoint_url), "aws_conditional_put": "etag"}
        for _ in range(2):
            write_deltalake(f"s3://{BUCKET}/delta", pa.table(TABLE), mode="append", storage_options=options)
        table = DeltaTable(f"s3://{BUCKET}/delta", storage_options=options)
        assert len(table.files() if hasattr(table, "files") else table.file_uris()) == 2


@program("pyarrow", served=True)
def pyarrow_files(cos: FakeCOS) -> None:
    """A file written and read by Arrow's own file system."""
    from pyarrow import fs

    with cos.serve() as server:
        files = fs.S3FileSystem(
            access_key=KEYS["aws_access_key_id"],
            secret_key=KEYS["aws_secret_access_key"],
            region="us-east-1",
            endpoint_override=server.endpoint_url.removeprefix("http://"),
            scheme="http",
        )
        with files.open_output_stream(f"{BUCKET}/arrow/new") as stream:
            stream.write(b"new")
        with files.open_input_stream(f"{BUCKET}/notes/c.txt") as stream:
            assert stream.read() == b"c" * 10
        assert len(files.get_file_info(fs.FileSelector(f"{BUCKET}/notes"))) == 4
        files.delete_file(f"{BUCKET}/notes/d.txt")


@program("polars", served=True)
def polars_table(cos: FakeCOS) -> None:
    """A table scanned from S3."""
    import polars as pl

    body = io.BytesIO()
    pl.DataFrame(TABLE).write_parquet(body)
    cos.put_object(BUCKET, "polars/table.parquet", body.getvalue())
    with cos.serve() as server:
        source = f"s3://{BUCKET}/polars/table.parquet"
        assert pl.scan_parquet(source, storage_options=served_options(server.endpoint_url)).collect().height == 3
