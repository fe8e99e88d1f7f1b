"""boto3: what most programs do with it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, OLD, PART, SMALL, act, three_parts

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place


def client() -> Any:
    """Return a client of S3."""
    import boto3

    return boto3.session.Session().client("s3", region_name="us-east-1")


def in_parts(size: int, threads: int = 2) -> Any:
    """Return settings by which transfers are cut into parts; those of uploads have 5 MiB at least."""
    from boto3.s3.transfer import TransferConfig

    return TransferConfig(multipart_threshold=size, multipart_chunksize=size, max_concurrency=threads)


@act("boto3")
def upload_file(place: Place) -> Function:
    """`upload_file` of three parts over an object"""
    s3, config, path = client(), in_parts(PART), place.folder / "data"
    path.write_bytes(three_parts())
    place.put("film")
    return lambda: s3.upload_file(str(path), BUCKET, "film", Config=config)


@act("boto3")
def upload_fileobj(place: Place) -> Function:
    """`upload_fileobj` of three parts"""
    s3, config = client(), in_parts(PART)
    return lambda: s3.upload_fileobj(io.BytesIO(three_parts()), BUCKET, "film", Config=config)


@act("boto3")
def put_if_none_match(place: Place) -> Function:
    """`put_object(IfNoneMatch="*")`"""
    s3 = client()
    return lambda: s3.put_object(Bucket=BUCKET, Key="once", Body=b"mine", IfNoneMatch="*")["ResponseMetadata"][
        "HTTPStatusCode"
    ]


@act("boto3")
def copy(place: Place) -> Function:
    """`copy` of three parts"""
    s3, config = client(), in_parts(PART)
    place.put("film", three_parts())
    return lambda: s3.copy({"Bucket": BUCKET, "Key": "film"}, BUCKET, "copy", Config=config)


@act("boto3")
def download_file(place: Place) -> Function:
    """`download_file` of three ranges; the bytes of the file are what is compared"""
    s3, config, path = client(), in_parts(SMALL), place.folder / "data"
    place.put("film", three_parts(SMALL))

    def download() -> bytes:
        s3.download_file(BUCKET, "film", str(path), Config=config)
        return path.read_bytes()

    return download


@act("boto3", failures="all")
def download_fileobj(place: Place) -> Function:
    """`download_fileobj` of three ranges, by one thread, under `failures="all"`"""
    s3, config = client(), in_parts(SMALL, threads=1)
    place.put("film", three_parts(SMALL))

    def download() -> bytes:
        file = io.BytesIO()
        s3.download_fileobj(BUCKET, "film", file, Config=config)
        return file.getvalue()

    return download


@act("boto3")
def delete_tree(place: Place) -> Function:
    """`Bucket.objects.filter(Prefix=...).delete()`, and a look at the errors that it returns"""
    import boto3

    bucket = boto3.session.Session().resource("s3", region_name="us-east-1").Bucket(BUCKET)
    for name in "abc":
        place.put(f"tree/{name}", OLD)

    def run() -> None:
        for answer in bucket.objects.filter(Prefix="tree/").delete():
            if answer.get("Errors"):
                raise OSError(answer["Errors"])

    return run
