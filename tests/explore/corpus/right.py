"""Right programs: nothing may be found in them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from tests.explore.corpus.conditions import code_of
from tests.explore.corpus.program import BUCKET, Place, Program, right
from tests.explore.corpus.reads import BOOK, INVERTED
from tests.explore.corpus.uploads import DATA, PLACE, abort, complete, create, part, parts
from tests.explore.corpus.writes import NEW, OLD, read

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)
MIB = 1024 * 1024
BIG = bytes(range(256)) * (9 * MIB // 256)
CONFIG = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=2)


@right(depth=1)
def s3transfer_uploads(place: Place) -> Program:
    """`upload_fileobj` in parts."""
    place.cos.put_object(BUCKET, "film", OLD)
    return Program(lambda: place.s3.upload_fileobj(io.BytesIO(BIG), BUCKET, "film", Config=CONFIG))


@right()
def s3transfer_uploads_a_small_file(place: Place) -> Program:
    """`upload_file` in one request."""
    file = place.folder / "small"
    file.write_bytes(NEW)
    return Program(lambda: place.s3.upload_file(str(file), BUCKET, "report"))


@right(depth=1)
def s3transfer_downloads(place: Place) -> Program:
    """`download_fileobj` in ranges."""
    place.cos.put_object(BUCKET, "film", BIG)

    def act() -> bytes:
        target = io.BytesIO()
        place.s3.download_fileobj(BUCKET, "film", target, Config=CONFIG)
        return target.getvalue()

    return Program(act)


@right(depth=1, is_slow=True)
def s3transfer_copies(place: Place) -> Program:
    """`copy` in parts."""
    place.cos.put_object(BUCKET, "film", BIG)
    return Program(lambda: place.s3.copy({"Bucket": BUCKET, "Key": "film"}, BUCKET, "copy", Config=CONFIG))


def abort_quietly(s3: Any, upload_id: str) -> None:
    """Abort as far as that goes: a lifecycle rule does the rest."""
    try:
        abort(s3, upload_id)
    except Exception as error:  # noqa: BLE001
        log.info("the upload stays open: %s", error)


@right(is_slow=True)
def uploads_and_aborts(place: Place) -> Program:
    """Every way out aborts, and the first error comes through."""
    place.cos.put_object(BUCKET, "film", OLD)

    def act() -> None:
        upload_id = create(place.s3)
        try:
            complete(place.s3, upload_id, parts(place.s3, upload_id))
        except BaseException:
            abort_quietly(place.s3, upload_id)
            raise

    return Program(act)


@right()
def creates_once(place: Place) -> Program:
    """If-None-Match with a token, by which an own write is known again; 409 is tried again."""
    s3 = place.s3

    def act() -> bool:
        for attempt in range(4):
            try:
                s3.put_object(Bucket=BUCKET, Key="commit", Body=NEW, IfNoneMatch="*", Metadata={"writer": "job-1"})
            except ClientError as error:
                if code_of(error) == "ConditionalRequestConflict" and attempt < 3:
                    time.sleep(1)
                    continue
                if code_of(error) != "PreconditionFailed":
                    raise
                return bool(s3.head_object(Bucket=BUCKET, Key="commit")["Metadata"].get("writer") == "job-1")
            return True
        return False

    return Program(act)


@right()
def moves_by_way_of_a_copy(place: Place) -> Program:
    """A temporary key, a copy, and only then the delete; what is left is replaced by the next run."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "report", OLD)

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="report.tmp", Body=NEW)
        s3.copy_object(Bucket=BUCKET, Key="report", CopySource={"Bucket": BUCKET, "Key": "report.tmp"})
        s3.delete_object(Bucket=BUCKET, Key="report.tmp")

    return Program(act)


@right(is_slow=True)
def resumes_with_checksums(place: Place) -> Program:
    """ListParts, and only parts with the right checksum are taken over."""
    s3 = place.s3
    pieces = [DATA[:18], DATA[18:]]

    def act() -> None:
        open_ones = list(s3.list_multipart_uploads(Bucket=BUCKET, Prefix="film").get("Uploads", []))
        if open_ones:
            upload_id = open_ones[0]["UploadId"]
        else:
            upload_id = s3.create_multipart_upload(**PLACE, ChecksumAlgorithm="SHA256")["UploadId"]
        listed = s3.list_parts(**PLACE, UploadId=upload_id).get("Parts", [])
        have = {one["PartNumber"]: one for one in listed}
        done = []
        for number, piece in enumerate(pieces, 1):
            wanted = base64.b64encode(hashlib.sha256(piece).digest()).decode()
            if have.get(number, {}).get("ChecksumSHA256") != wanted:
                have[number] = s3.upload_part(
                    **PLACE, UploadId=upload_id, PartNumber=number, Body=piece, ChecksumAlgorithm="SHA256"
                )
            done.append({"PartNumber": number, "ETag": have[number]["ETag"], "ChecksumSHA256": wanted})
        s3.complete_multipart_upload(**PLACE, UploadId=upload_id, MultipartUpload={"Parts": done})

    return Program(act)


@right(is_slow=True)
def pool_of_threads(place: Place) -> Program:
    """Each future is asked, and the upload is aborted after all threads have ended."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "film", OLD)

    def act() -> None:
        upload_id = create(s3)
        try:
            with ThreadPoolExecutor(2) as pool:
                futures = [pool.submit(part, s3, upload_id, n, DATA[18 * (n - 1) : 18 * n]) for n in (1, 2)]
            complete(s3, upload_id, [future.result() for future in futures])
        except BaseException:
            abort_quietly(s3, upload_id)
            raise

    return Program(act)


@right(is_slow=True)
def asynchronous(place: Place) -> Program:
    """Tasks whose results are looked at, and an Abort in the end."""
    s3 = place.s3

    async def act() -> None:
        upload_id = await asyncio.to_thread(create, s3)
        try:
            tasks = [asyncio.to_thread(part, s3, upload_id, n, DATA[18 * (n - 1) : 18 * n]) for n in (1, 2)]
            results = await asyncio.gather(*tasks, return_exceptions=True)
            failed = [result for result in results if isinstance(result, BaseException)]
            if failed:
                raise failed[0]  # noqa: TRY301
            uploaded = [result for result in results if not isinstance(result, BaseException)]
            await asyncio.to_thread(complete, s3, upload_id, uploaded)
        except BaseException:
            await asyncio.to_thread(abort_quietly, s3, upload_id)
            raise

    return Program(act, is_async=True)


@right()
def compares_and_swaps(place: Place) -> Program:
    """Read, change, write with If-Match, and again from the start at 412 and 409; a member is in once."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "members", json.dumps(["ann"]).encode())

    def act() -> None:
        for _ in range(5):
            answer = s3.get_object(Bucket=BUCKET, Key="members")
            members = set(json.loads(answer["Body"].read()))
            if "bob" in members:
                return
            body = json.dumps(sorted({*members, "bob"}))
            try:
                s3.put_object(Bucket=BUCKET, Key="members", Body=body, IfMatch=answer["ETag"])
            except ClientError as error:
                if code_of(error) not in {"PreconditionFailed", "ConditionalRequestConflict"}:
                    raise
                time.sleep(0.5)
            else:
                return
        message = "the members changed five times"
        raise TimeoutError(message)

    return Program(act)


@right()
def retries_with_a_limit(place: Place) -> Program:
    """Five attempts, longer waits, and the last error comes through."""

    def act() -> None:
        for attempt in range(5):
            try:
                place.s3.put_object(Bucket=BUCKET, Key="report", Body=NEW)
            except Exception:
                if attempt == 4:
                    raise
                time.sleep(2**attempt)
            else:
                return

    return Program(act)


@right()
def deletes_page_by_page(place: Place) -> Program:
    """All pages are listed first, and the errors of DeleteObjects are looked at."""
    s3 = place.s3
    for number in range(5):
        place.cos.put_object(BUCKET, f"old/{number}", b"x")

    def act() -> None:
        pages = s3.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, Prefix="old/", PaginationConfig={"PageSize": 2}
        )
        keys = [{"Key": one["Key"]} for page in pages for one in page.get("Contents", [])]
        if keys:
            failed = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": keys}).get("Errors", [])
            if failed:
                message = f"{len(failed)} keys are left: {failed[0]['Code']}"
                raise RuntimeError(message)

    return Program(act)


@right()
def manifest_after_data(place: Place) -> Program:
    """The manifest comes last, so that it never names what is not there."""
    s3 = place.s3

    def act() -> None:
        for name in ("a", "b"):
            s3.put_object(Bucket=BUCKET, Key=name, Body=name.encode())
        s3.put_object(Bucket=BUCKET, Key="manifest", Body=json.dumps(["a", "b"]))

    def check(cos: Any, _: object) -> None:
        names = list(cos.bucket(BUCKET).objects)
        assert "manifest" not in names or {"a", "b"} <= set(names)

    return Program(act, check)


@right()
def ranges_of_one_object(place: Place) -> Program:
    """Every range says by If-Match which object it means."""
    place.cos.put_object(BUCKET, "book", BOOK)

    def act() -> bytes:
        head = place.s3.head_object(Bucket=BUCKET, Key="book")
        with ThreadPoolExecutor(2) as pool:
            ranges = [f"bytes={first}-{first + 39}" for first in range(0, head["ContentLength"], 40)]
            return b"".join(pool.map(lambda one: fetch(one, head["ETag"]), ranges))

    def fetch(wanted: str, etag: str) -> bytes:
        answer = place.s3.get_object(Bucket=BUCKET, Key="book", Range=wanted, IfMatch=etag)
        data: bytes = answer["Body"].read()
        return data

    return Program(act)


@right()
def file_in_one_step(place: Place) -> Program:
    """The download goes to another name, which replaces the target when it is whole."""
    place.cos.put_object(BUCKET, "book", BOOK)
    target = place.folder / "book.txt"

    def act() -> bytes:
        temporary = target.with_suffix(".part")
        try:
            with temporary.open("wb") as file:
                for piece in place.s3.get_object(Bucket=BUCKET, Key="book")["Body"].iter_chunks(16):
                    file.write(piece)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        return target.read_bytes()

    def check(_: object, __: object) -> None:
        assert not target.exists() or target.read_bytes() in {BOOK, BOOK.translate(INVERTED)}

    return Program(act, check)


@right()
def generator_of_lines(place: Place) -> Program:
    """A generator that lets errors through, given back as it is."""
    for number in range(2):
        place.cos.put_object(BUCKET, f"log/{number}", f"line {number}\n".encode())

    def lines() -> Iterator[bytes]:
        for number in range(2):
            yield from read(place.s3, f"log/{number}").splitlines()

    return Program(lines)


@right()
def stream_given_back(place: Place) -> Program:
    """The body of an answer, which the caller reads."""
    place.cos.put_object(BUCKET, "book", BOOK)
    return Program(lambda: place.s3.get_object(Bucket=BUCKET, Key="book")["Body"])
