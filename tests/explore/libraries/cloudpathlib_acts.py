"""cloudpathlib: paths of pathlib in a bucket."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, act

if TYPE_CHECKING:
    from pathlib import Path

    from tests.explore.libraries.acts import Function, Place


def client(folder: Path) -> Any:
    """Return a client with a cache of its own."""
    import boto3
    from cloudpathlib import S3Client

    cache = folder / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    return S3Client(boto3_session=boto3.session.Session(region_name="us-east-1"), local_cache_dir=cache)


def path(made: Any, folder: Path, key: str) -> Any:
    """Return a path of which nothing is cached."""
    shutil.rmtree(folder / "cache" / BUCKET, ignore_errors=True)
    return made.CloudPath(f"s3://{BUCKET}/{key}")


@act("cloudpathlib")
def write_text(place: Place) -> Function:
    """`path.write_text` over an object"""
    made = client(place.folder)
    place.put("note")
    return lambda: path(made, place.folder, "note").write_text("new")


@act("cloudpathlib")
def read_bytes(place: Place) -> Function:
    """`path.read_bytes`"""
    made = client(place.folder)
    place.put("note", b"the note")
    return lambda: path(made, place.folder, "note").read_bytes()


@act("cloudpathlib")
def rename(place: Place) -> Function:
    """`path.rename` to a new name"""
    made = client(place.folder)
    place.put("old", b"new bytes")
    return lambda: str(path(made, place.folder, "old").rename(made.CloudPath(f"s3://{BUCKET}/new")))


@act("cloudpathlib")
def rename_over(place: Place) -> Function:
    """`path.rename` over an object"""
    made = client(place.folder)
    place.put("old", b"new bytes")
    place.put("new")
    return lambda: str(path(made, place.folder, "old").rename(made.CloudPath(f"s3://{BUCKET}/new")))


@act("cloudpathlib")
def copy(place: Place) -> Function:
    """`path.copy` over an object"""
    made = client(place.folder)
    place.put("old", b"new bytes")
    place.put("new")
    target = f"s3://{BUCKET}/new"
    return lambda: str(path(made, place.folder, "old").copy(target, force_overwrite_to_cloud=True))


@act("cloudpathlib")
def remove_tree(place: Place) -> Function:
    """`path.rmtree`"""
    made = client(place.folder)
    for name in "abc":
        place.put(f"tree/{name}")
    return lambda: path(made, place.folder, "tree").rmtree()
