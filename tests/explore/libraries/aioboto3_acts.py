"""aioboto3: what boto3's resources and transfers are, for asyncio."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, COROUTINE, PART, SMALL, act, three_parts

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place


def session() -> Any:
    """Return what makes clients."""
    import aioboto3

    return aioboto3.Session(region_name="us-east-1")


def in_parts(size: int) -> Any:
    """Return settings by which transfers are cut into parts."""
    from boto3.s3.transfer import TransferConfig

    return TransferConfig(multipart_threshold=size, multipart_chunksize=size, max_concurrency=2)


@act("aioboto3", way=COROUTINE)
def upload_fileobj(place: Place) -> Function:
    """`upload_fileobj` of three parts over an object"""
    made = session()
    place.put("film")

    async def run() -> None:
        async with made.client("s3") as s3:
            await s3.upload_fileobj(io.BytesIO(three_parts()), BUCKET, "film", Config=in_parts(PART))

    return run


@act("aioboto3", way=COROUTINE)
def download_fileobj(place: Place) -> Function:
    """`download_fileobj`"""
    made = session()
    place.put("film", three_parts(SMALL))

    async def run() -> bytes:
        file = io.BytesIO()
        async with made.client("s3") as s3:
            await s3.download_fileobj(BUCKET, "film", file, Config=in_parts(SMALL))
        return file.getvalue()

    return run


@act("aioboto3", way=COROUTINE)
def copy(place: Place) -> Function:
    """`copy` of three parts"""
    made = session()
    place.put("film", three_parts(SMALL))

    async def run() -> None:
        async with made.client("s3") as s3:
            await s3.copy({"Bucket": BUCKET, "Key": "film"}, BUCKET, "copy", Config=in_parts(SMALL))

    return run


@act("aioboto3", way=COROUTINE)
def delete_tree(place: Place) -> Function:
    """`Bucket.objects.filter(Prefix=...).delete()`, and a look at the errors that it returns"""
    made = session()
    for name in "abc":
        place.put(f"tree/{name}")

    async def run() -> None:
        async with made.resource("s3") as s3:
            bucket = await s3.Bucket(BUCKET)
            for answer in await bucket.objects.filter(Prefix="tree/").delete():
                if answer.get("Errors"):
                    raise OSError(answer["Errors"])

    return run
