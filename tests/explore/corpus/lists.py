"""Programs that list and delete many objects, each with one fault."""

from __future__ import annotations

import asyncio
import logging

from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET, Place, Program, faulty

log = logging.getLogger(__name__)


@faulty("silent-loss")
def errors_of_delete_objects(place: Place) -> Program:
    """DeleteObjects answers 200 with the keys that it refused (Opndrive/opndrive issue 73)."""
    for name in ("a", "b", "c"):
        place.cos.put_object(BUCKET, f"old/{name}", b"x")

    def act() -> None:
        names = [one["Key"] for one in place.s3.list_objects_v2(Bucket=BUCKET, Prefix="old/").get("Contents", [])]
        if names:
            place.s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": name} for name in names], "Quiet": True})

    return Program(act)


@faulty("silent-loss")
def failed_listing_is_empty(place: Place) -> Program:
    """A listing that failed reads as an empty one, and the mirror is emptied (Destrayon/Connapse issue 384)."""
    s3 = place.s3
    for name in ("a", "b"):
        place.cos.put_object(BUCKET, f"from/{name}", name.encode())
        place.cos.put_object(BUCKET, f"to/{name}", name.encode())
    place.cos.put_object(BUCKET, "to/gone", b"gone")

    def names(prefix: str) -> set[str]:
        try:
            found = s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])
        except ClientError as error:
            log.info("cannot list: %s", error)
            return set()
        return {one["Key"].removeprefix(prefix) for one in found}

    def act() -> None:
        wanted = names("from/")
        for name in sorted(names("to/") - wanted):
            s3.delete_object(Bucket=BUCKET, Key=f"to/{name}")

    return Program(act)


@faulty("silent-loss")
def stops_at_the_first_bad_page(place: Place) -> Program:
    """What an incomplete list lacks counts as an orphan (flyology-ada/flyology-object-storage issue 26: sweepers)."""
    s3 = place.s3
    for number in range(3):
        place.cos.put_object(BUCKET, f"entries/{number}", b"entry")
    for number in range(4):
        place.cos.put_object(BUCKET, f"blobs/{number}", b"blob")

    def act() -> int:
        entries: set[str] = set()
        pages = s3.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, Prefix="entries/", PaginationConfig={"PageSize": 2}
        )
        try:
            for page in pages:
                entries |= {one["Key"].partition("/")[2] for one in page["Contents"]}
        except Exception as error:  # noqa: BLE001
            log.info("listing ended early: %s", error)
        orphans = [name for name in "0123" if name not in entries]
        for name in orphans:
            s3.delete_object(Bucket=BUCKET, Key=f"blobs/{name}")
        return 0

    return Program(act)


@faulty("torn-object")
def deletes_all_then_uploads(place: Place) -> Program:
    """A deployment that first removes what is there (import-io/s3-deploy issue 42 does it by hand)."""
    s3 = place.s3
    for name in ("index.html", "style.css"):
        place.cos.put_object(BUCKET, name, b"old")

    def act() -> None:
        objects = [{"Key": "index.html"}, {"Key": "style.css"}]
        if s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects}).get("Errors"):
            message = "not all was deleted"
            raise RuntimeError(message)
        for name in ("index.html", "style.css"):
            s3.put_object(Bucket=BUCKET, Key=name, Body=b"new")

    return Program(act)


@faulty("silent-loss")
def gathers_without_looking(place: Place) -> Program:
    """`return_exceptions=True`, and nobody looks (NousResearch/hermes-agent pull request 66657: failures swallowed)."""

    async def act() -> None:
        uploads = [
            asyncio.to_thread(place.s3.put_object, Bucket=BUCKET, Key=name, Body=name.encode()) for name in ("a", "b")
        ]
        await asyncio.gather(*uploads, return_exceptions=True)

    return Program(act, is_async=True)
