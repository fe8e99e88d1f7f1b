"""awswrangler (AWS SDK for pandas): tables in a bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID

from tests.explore.libraries.acts import BUCKET, act

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place

FOLDER = f"s3://{BUCKET}/table/"


def prepared() -> tuple[Any, Any, Any]:
    """Return the module, a session, and a small table."""
    import awswrangler
    import boto3
    import pandas as pd

    return awswrangler, boto3.session.Session(region_name="us-east-1"), pd.DataFrame({"n": [1, 2, 3]})


@act("awswrangler")
def to_parquet(place: Place) -> Function:
    """`s3.to_parquet` over one file"""
    wrangler, session, table = prepared()
    place.put("table.parquet")
    path = f"s3://{BUCKET}/table.parquet"
    return lambda: wrangler.s3.to_parquet(table, path, boto3_session=session) and None


@act("awswrangler")
def overwrite_dataset(place: Place) -> Function:
    """`s3.to_parquet(dataset=True, mode="overwrite")` over a data set of two files"""
    wrangler, session, table = prepared()
    for name in "ab":
        place.put(f"table/{name}.snappy.parquet")

    def run() -> None:
        with patch("uuid.uuid4", lambda: UUID(int=1)):  # else the name of the file is another one in each run
            wrangler.s3.to_parquet(table, FOLDER, dataset=True, mode="overwrite", boto3_session=session)

    return run


@act("awswrangler")
def read_parquet(place: Place) -> Function:
    """`s3.read_parquet` of two files"""
    import io

    wrangler, session, table = prepared()
    body = io.BytesIO()
    table.to_parquet(body)
    for name in "ab":
        place.put(f"table/{name}.parquet", body.getvalue())
    return lambda: wrangler.s3.read_parquet(FOLDER, boto3_session=session).to_dict("list")


@act("awswrangler")
def upload(place: Place) -> Function:
    """`s3.upload` of a file over an object"""
    wrangler, session, _ = prepared()
    path = place.folder / "data"
    path.write_bytes(b"new")
    place.put("note")
    return lambda: wrangler.s3.upload(str(path), f"s3://{BUCKET}/note", boto3_session=session)


@act("awswrangler")
def copy_objects(place: Place) -> Function:
    """`s3.copy_objects` of two objects"""
    wrangler, session, _ = prepared()
    for name in "ab":
        place.put(f"old/{name}")
    paths = [f"s3://{BUCKET}/old/{name}" for name in "ab"]
    source, target = f"s3://{BUCKET}/old/", f"s3://{BUCKET}/new/"
    return lambda: wrangler.s3.copy_objects(paths, source, target, boto3_session=session)


@act("awswrangler")
def delete_tree(place: Place) -> Function:
    """`s3.delete_objects` of a folder"""
    wrangler, session, _ = prepared()
    for name in "abc":
        place.put(f"tree/{name}")
    return lambda: wrangler.s3.delete_objects(f"s3://{BUCKET}/tree/", boto3_session=session)
