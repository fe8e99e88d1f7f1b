"""Uploads in parts, each with one fault."""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET, Place, Program, faulty

if TYPE_CHECKING:
    from typing_extensions import Self

log = logging.getLogger(__name__)
DATA = b"one of two parts, " + b"and the other."
PLACE = {"Bucket": BUCKET, "Key": "film"}


def part(s3: Any, upload_id: str, number: int, body: bytes) -> dict[str, Any]:
    """Upload one part."""
    etag = s3.upload_part(**PLACE, UploadId=upload_id, PartNumber=number, Body=body)["ETag"]
    return {"ETag": etag, "PartNumber": number}


def parts(s3: Any, upload_id: str, data: bytes = DATA, size: int = 18) -> list[dict[str, Any]]:
    """Upload all parts, one after the other."""
    pieces = [data[first : first + size] for first in range(0, len(data), size)]
    return [part(s3, upload_id, number, piece) for number, piece in enumerate(pieces, 1)]


def create(s3: Any) -> str:
    """Begin an upload."""
    return str(s3.create_multipart_upload(**PLACE)["UploadId"])


def complete(s3: Any, upload_id: str, uploaded: list[dict[str, Any]]) -> None:
    """Complete an upload."""
    s3.complete_multipart_upload(**PLACE, UploadId=upload_id, MultipartUpload={"Parts": uploaded})


def abort(s3: Any, upload_id: str) -> None:
    """Abort an upload."""
    s3.abort_multipart_upload(**PLACE, UploadId=upload_id)


@faulty("leaked-upload")
def no_abort(place: Place) -> Program:
    """Nobody aborts the upload when a part fails (TileDB-Inc/TileDB issue 1068)."""
    s3 = place.s3

    def act() -> None:
        upload_id = create(s3)
        complete(s3, upload_id, parts(s3, upload_id))

    return Program(act)


@faulty("leaked-upload")
def abort_only_for_client_errors(place: Place) -> Program:
    """The handler takes ClientError alone, and a broken connection is none (Netflix/metaflow pull request 2329)."""
    s3 = place.s3

    def act() -> None:
        upload_id = create(s3)
        try:
            complete(s3, upload_id, parts(s3, upload_id))
        except ClientError:
            abort(s3, upload_id)
            raise

    return Program(act)


@faulty("masked-error", depth=2, is_slow=True)
def abort_masks_the_cause(place: Place) -> Program:
    """When the Abort fails too, its error hides the first one (elastic/elasticsearch issue 101920)."""
    s3 = place.s3

    def act() -> None:
        upload_id = create(s3)
        try:
            complete(s3, upload_id, parts(s3, upload_id))
        except Exception:
            abort(s3, upload_id)
            raise

    return Program(act)


@faulty("leaked-upload")
def no_abort_when_complete_fails(place: Place) -> Program:
    """Only the parts are guarded, and not the Complete (oscmcompany/fund pull request 1124)."""
    s3 = place.s3

    def act() -> None:
        upload_id = create(s3)
        try:
            uploaded = parts(s3, upload_id)
        except Exception as error:
            try:
                abort(s3, upload_id)
            except Exception as second:
                raise error from second
            raise
        complete(s3, upload_id, uploaded)

    return Program(act)


class Writer:
    """A file-like object that uploads in parts."""

    def __init__(self, s3: Any) -> None:
        self._s3 = s3
        self._upload_id = create(s3)
        self._parts: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def write(self, data: bytes) -> None:
        """Upload the next part."""
        self._parts.append(part(self._s3, self._upload_id, len(self._parts) + 1, data))

    def __exit__(self, *_: object) -> None:
        if self._parts:
            complete(self._s3, self._upload_id, self._parts)
        else:
            abort(self._s3, self._upload_id)


@faulty("torn-object", also=("leaked-upload",))
def completes_in_exit(place: Place) -> Program:
    """`__exit__` completes though the block raised: a truncated object is published (PyFilesystem/s3fs pull 95)."""
    place.cos.put_object(BUCKET, "film", b"the film of yesterday")

    def act() -> None:
        with Writer(place.s3) as writer:
            writer.write(DATA[:18])
            writer.write(DATA[18:])

    return Program(act)


@faulty("torn-object")
def deletes_when_complete_fails(place: Place) -> Program:
    """An error of Complete is taken for "nothing is stored", and cleaned up (Mic92/niks3 pull 427 tells of both)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "film", b"the film of yesterday")

    def act() -> None:
        upload_id = create(s3)
        try:
            uploaded = parts(s3, upload_id)
        except Exception as error:
            _quietly(lambda: abort(s3, upload_id))
            raise error from None
        try:
            complete(s3, upload_id, uploaded)
        except Exception:
            _quietly(lambda: abort(s3, upload_id))
            _quietly(lambda: s3.delete_object(**PLACE))
            raise

    return Program(act)


@faulty("torn-object")
def compares_etag_with_md5(place: Place) -> Program:
    """The ETag of an upload in parts is no MD5 of the whole (gatsby-uc/gatsby-plugin-s3 issue 59)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "film", b"the film of yesterday")

    def act() -> None:
        upload_id = create(s3)
        try:
            complete(s3, upload_id, parts(s3, upload_id))
        except Exception:
            _quietly(lambda: abort(s3, upload_id))
            etag = s3.head_object(**PLACE)["ETag"].strip('"')
            if etag != hashlib.md5(DATA, usedforsecurity=False).hexdigest() and etag.endswith("-2"):
                _quietly(lambda: s3.delete_object(**PLACE))
            raise

    return Program(act)


@faulty("silent-loss")
def parts_in_threads(place: Place) -> Program:
    """What a thread raises reaches nobody; Complete takes the parts that came (jwplayer/southpaw issue 35)."""
    s3 = place.s3

    def act() -> None:
        upload_id = create(s3)
        uploaded = []

        def send(number: int, body: bytes) -> None:
            try:
                uploaded.append(part(s3, upload_id, number, body))
            except Exception as error:  # noqa: BLE001
                log.info("part %s failed: %s", number, error)

        threads = [threading.Thread(target=send, args=(n, DATA[18 * (n - 1) : 18 * n])) for n in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        try:
            complete(s3, upload_id, sorted(uploaded, key=lambda one: one["PartNumber"]))
        except Exception:
            _quietly(lambda: abort(s3, upload_id))
            raise

    return Program(act)


@faulty("silent-loss")
def futures_never_asked(place: Place) -> Program:
    """Nobody asks the futures, so that no error is seen (snowflakedb/snowflake-jdbc pull request 2035)."""
    s3 = place.s3

    def act() -> None:
        with ThreadPoolExecutor(2) as pool:
            for name in ("a", "b", "c"):
                pool.submit(s3.put_object, Bucket=BUCKET, Key=name, Body=name.encode() * 9)

    return Program(act)


@faulty("hang")
def queue_waits_for_ever(place: Place) -> Program:
    """A worker that dies never says `task_done`, and `join` waits (seung-lab/cloud-volume issue 80)."""
    s3 = place.s3

    def act() -> None:
        work: queue.Queue[str | None] = queue.Queue()

        def worker() -> None:
            while True:
                name = work.get()
                if name is None:
                    return
                try:
                    s3.put_object(Bucket=BUCKET, Key=name, Body=b"picture")
                except Exception as error:  # noqa: BLE001
                    log.info("worker ends: %s", error)
                    return
                work.task_done()

        for name in ("a", "b"):
            work.put(name)
        thread = threading.Thread(target=worker, daemon=True)
        thread.start()
        work.join()
        work.put(None)
        thread.join()

    return Program(act)


@faulty("no-convergence")
def resumes_with_old_parts(place: Place) -> Program:
    """A second run, cut otherwise, takes over the parts of the first one (nathanpeck/s3-upload-stream issue 45)."""
    s3 = place.s3

    def upload(size: int) -> None:
        found = s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
        if found:
            upload_id = found[0]["UploadId"]
            listed = s3.list_parts(**PLACE, UploadId=upload_id).get("Parts", [])
            done = {one["PartNumber"]: {"PartNumber": one["PartNumber"], "ETag": one["ETag"]} for one in listed}
        else:
            upload_id, done = create(s3), {}
        pieces = [DATA[first : first + size] for first in range(0, len(DATA), size)]
        for number, piece in enumerate(pieces, 1):
            if number not in done:
                done[number] = part(s3, upload_id, number, piece)
        complete(s3, upload_id, [done[number] for number in range(1, len(pieces) + 1)])

    return Program(lambda: upload(18), recover=lambda: upload(12))


@faulty("leaked-upload")
def aborts_what_the_first_page_has(place: Place) -> Program:
    """The clean-up lists uploads without their pages, of at most 1,000 each (apache/ozone pull request 7817)."""
    s3 = place.s3
    for other in ("a", "b"):
        s3.create_multipart_upload(Bucket=BUCKET, Key=other)

    def act() -> None:
        upload_id = create(s3)
        try:
            complete(s3, upload_id, parts(s3, upload_id))
        except Exception as error:
            try:
                for one in s3.list_multipart_uploads(Bucket=BUCKET, MaxUploads=2)["Uploads"]:
                    if one["Key"] == PLACE["Key"]:
                        abort(s3, one["UploadId"])
            except Exception as second:
                raise error from second
            raise

    return Program(act)


@faulty("bug-in-error-path")
def upload_id_is_unbound(place: Place) -> Program:
    """The clean-up takes an id that a failed Create never gave (thunderstore-io/Thunderstore pull request 633)."""
    s3 = place.s3

    def act() -> None:
        try:
            upload_id = create(s3)
            complete(s3, upload_id, parts(s3, upload_id))
        except Exception:
            _quietly_aborted(s3, upload_id)
            raise

    return Program(act)


@faulty("masked-error")
def keeps_parts_of_a_failed_try(place: Place) -> Program:
    """A list that outlives the retry names parts of another upload (soto-project/soto pull request 515 is near it)."""
    s3 = place.s3

    class Uploader:
        def __init__(self) -> None:
            self.parts: list[dict[str, Any]] = []

        def upload(self) -> None:
            upload_id = create(s3)
            try:
                for number in (1, 2):
                    self.parts.append(part(s3, upload_id, number, DATA[18 * (number - 1) : 18 * number]))
                complete(s3, upload_id, self.parts)
            except Exception:
                _quietly(lambda: abort(s3, upload_id))
                raise

    def act() -> None:
        uploader = Uploader()
        try:
            uploader.upload()
        except Exception as error:  # noqa: BLE001
            log.info("again, after %s", error)
        else:
            return
        uploader.upload()

    return Program(act)


def _quietly(action: Any) -> None:
    try:
        action()
    except Exception as error:  # noqa: BLE001
        log.info("clean-up failed: %s", error)


def _quietly_aborted(s3: Any, upload_id: str) -> None:
    _quietly(lambda: abort(s3, upload_id))
