"""Programs of two writers for the tests: known races, each with the smallest order that shows it, and right ones."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fakecos import FakeCOS

    Actor = Callable[[], object]

BUCKET = "shop"
PART = 5 * 1024 * 1024


class Program(NamedTuple):
    """`prepare` stores what is there before, and returns the actors; `kind` and `order` are of what is found."""

    prepare: Callable[[FakeCOS, Any], Sequence[Actor]]
    kind: str = ""
    order: str = ""


def read(s3: Any, key: str) -> str:
    text: bytes = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    return text.decode()


def write(s3: Any, key: str, text: str, **conditions: str) -> str:
    return str(s3.put_object(Bucket=BUCKET, Key=key, Body=text.encode(), **conditions)["ETag"])


def exists(s3: Any, key: str) -> bool:
    return bool(s3.list_objects_v2(Bucket=BUCKET, Prefix=key).get("KeyCount"))


# --- known races ----------------------------------------------------------------------------------------


def get_put(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "stock", "10")

    def deliver() -> None:
        write(s3, "stock", str(int(read(s3, "stock")) + 5))

    def sell() -> None:
        write(s3, "stock", str(int(read(s3, "stock")) - 3))

    return deliver, sell


def put_if_absent_without_condition(_: FakeCOS, s3: Any) -> Sequence[Actor]:
    def register(owner: str) -> Actor:
        def actor() -> bool:
            if exists(s3, "name"):
                return False
            write(s3, "name", owner)
            return True

        return actor

    return register("ann"), register("bob")


def two_multipart_of_one_key(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    """Both go on with the same upload, as programs do that resume, and complete it with the parts that are there."""
    of_upload = {"Bucket": BUCKET, "Key": "film", "UploadId": cos.start_upload(BUCKET, "film").upload_id}

    def upload(letter: bytes) -> Actor:
        def actor() -> None:
            for number in (1, 2):
                s3.upload_part(**of_upload, PartNumber=number, Body=letter)
            parts = [
                {"PartNumber": part["PartNumber"], "ETag": part["ETag"]}
                for part in s3.list_parts(**of_upload).get("Parts", [])
            ]
            s3.complete_multipart_upload(**of_upload, MultipartUpload={"Parts": parts})

        return actor

    return upload(b"a"), upload(b"b")


def complete_against_abort(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    upload = cos.start_upload(BUCKET, "film", [b"x"])
    of_upload = {"Bucket": BUCKET, "Key": "film", "UploadId": upload.upload_id}

    def finish() -> str:
        parts = [
            {"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in s3.list_parts(**of_upload)["Parts"]
        ]
        with suppress(ClientError):  # "somebody else has completed it"
            s3.complete_multipart_upload(**of_upload, MultipartUpload={"Parts": parts})
        return "stored"

    def clean() -> None:
        s3.abort_multipart_upload(**of_upload)

    return finish, clean


def list_then_delete(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    """A clean-up deletes what looks finished, and a worker writes it anew meanwhile."""
    cos.put_object(BUCKET, "job", "done")

    def clean() -> None:
        if read(s3, "job") == "done":
            s3.delete_object(Bucket=BUCKET, Key="job")

    def begin() -> None:
        write(s3, "job", "new work")

    return clean, begin


def rename_by_copy(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "draft", "v1")

    def publish() -> None:
        s3.copy_object(Bucket=BUCKET, Key="final", CopySource=f"{BUCKET}/draft")
        s3.delete_object(Bucket=BUCKET, Key="draft")

    def edit() -> None:
        write(s3, "draft", "v2")

    return publish, edit


def manifest_without_if_match(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "manifest", "[]")

    def commit(file: str) -> Actor:
        def actor() -> None:
            write(s3, file, "rows")
            files = json.loads(read(s3, "manifest"))
            write(s3, "manifest", json.dumps(sorted([*files, file])))

        return actor

    return commit("data/1"), commit("data/2")


def lease_without_fencing(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    """A holder may sleep longer than its lease lasts, and write all the same."""
    cos.put_object(BUCKET, "balance", "100")

    def take(owner: str) -> bool:
        try:
            write(s3, "lease", json.dumps([owner, time.time() + 30]), IfNoneMatch="*")
        except ClientError:
            _, ends = json.loads(read(s3, "lease"))
            time.sleep(max(0.0, ends - time.time()) + 1)  # it has run out then
            s3.delete_object(Bucket=BUCKET, Key="lease")
            return False
        return True

    def withdraw(owner: str, amount: int) -> Actor:
        def actor() -> None:
            while not take(owner):
                pass
            balance = int(read(s3, "balance"))
            write(s3, "balance", str(balance - amount))
            s3.delete_object(Bucket=BUCKET, Key="lease")

        return actor

    return withdraw("ann", 10), withdraw("bob", 1)


def delete_marker_against_put(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    """Deletes what is empty, in a bucket with versions: a marker hides what was written meanwhile."""
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    cos.put_object(BUCKET, "note", "")

    def tidy() -> None:
        if s3.head_object(Bucket=BUCKET, Key="note")["ContentLength"] == 0:
            s3.delete_object(Bucket=BUCKET, Key="note")

    def fill() -> None:
        write(s3, "note", "text")

    return tidy, fill


def ranged_read_against_overwrite(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "film", "aaaa")

    def load() -> bytes:
        halves = [
            s3.get_object(Bucket=BUCKET, Key="film", Range=each)["Body"].read() for each in ("bytes=0-1", "bytes=2-3")
        ]
        return b"".join(halves)

    def replace() -> None:
        write(s3, "film", "bbbb")

    return load, replace


RACES = {
    "get, then put": Program(get_put, "lost-update", "0110"),
    "put if absent, without a condition": Program(put_if_absent_without_condition, "wrong-return", "0110"),
    "two uploads of one key": Program(two_multipart_of_one_key, "torn-object", "001001"),
    "complete against abort": Program(complete_against_abort, "wrong-return", "010"),
    "list, then delete": Program(list_then_delete, "lost-update", "010"),
    "rename by copy": Program(rename_by_copy, "lost-update", "010"),
    "a manifest without If-Match": Program(manifest_without_if_match, "lost-update", "001110"),
    "a lease without fencing": Program(lease_without_fencing, "lost-update", "00111111100"),
    "a delete marker against a put": Program(delete_marker_against_put, "lost-update", "010"),
    "ranges against an overwrite": Program(ranged_read_against_overwrite, "wrong-return", "010"),
}


# --- right programs -------------------------------------------------------------------------------------


def _again(act: Callable[[], object]) -> object:
    """Begin again after a condition that did not hold."""
    while True:
        try:
            return act()
        except ClientError as error:
            if error.response["Error"]["Code"] not in {"PreconditionFailed", "ConditionalRequestConflict"}:
                raise


def if_match_loop(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "stock", "10")

    def add(amount: int) -> Actor:
        def once() -> None:
            answer = s3.get_object(Bucket=BUCKET, Key="stock")
            write(s3, "stock", str(int(answer["Body"].read()) + amount), IfMatch=answer["ETag"])

        return lambda: _again(once)

    return add(5), add(-3)


def put_if_absent(_: FakeCOS, s3: Any) -> Sequence[Actor]:
    def register(owner: str) -> Actor:
        def actor() -> bool:
            try:
                write(s3, "name", owner, IfNoneMatch="*")
            except ClientError:
                return False
            return True

        return actor

    return register("ann"), register("bob")


def uploads_of_two_keys(_: FakeCOS, s3: Any) -> Sequence[Actor]:
    def upload(key: str) -> Actor:
        def actor() -> str:
            of_key = {"Bucket": BUCKET, "Key": key}
            upload_id = s3.create_multipart_upload(**of_key)["UploadId"]
            part = s3.upload_part(**of_key, UploadId=upload_id, PartNumber=1, Body=key.encode())
            parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
            done = s3.complete_multipart_upload(**of_key, UploadId=upload_id, MultipartUpload=parts)
            return str(done["ETag"])

        return actor

    return upload("a"), upload("b")


def manifest_with_if_match(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "manifest", "[]")

    def commit(file: str) -> Actor:
        def once() -> None:
            answer = s3.get_object(Bucket=BUCKET, Key="manifest")
            files = json.loads(answer["Body"].read())
            write(s3, "manifest", json.dumps(sorted([*files, file])), IfMatch=answer["ETag"])

        def actor() -> None:
            write(s3, file, "rows")
            _again(once)

        return actor

    return commit("data/1"), commit("data/2")


def pinned_ranges(cos: FakeCOS, s3: Any) -> Sequence[Actor]:
    cos.put_object(BUCKET, "film", "aaaa")

    def once() -> bytes:
        etag = s3.head_object(Bucket=BUCKET, Key="film")["ETag"]
        pinned = {"Bucket": BUCKET, "Key": "film", "IfMatch": etag}
        return b"".join(s3.get_object(**pinned, Range=each)["Body"].read() for each in ("bytes=0-1", "bytes=2-3"))

    def replace() -> None:
        write(s3, "film", "bbbb")

    return lambda: _again(once), replace


def last_writer_wins(_: FakeCOS, s3: Any) -> Sequence[Actor]:
    return lambda: write(s3, "colour", "red"), lambda: write(s3, "colour", "blue")


RIGHT = {
    "an If-Match loop": Program(if_match_loop),
    "put if absent": Program(put_if_absent),
    "uploads of two keys": Program(uploads_of_two_keys),
    "a manifest with If-Match": Program(manifest_with_if_match),
    "ranges with If-Match": Program(pinned_ranges),
    "the last writer wins": Program(last_writer_wins),
}
