"""Programs that write, copy and delete whole objects, each with one fault."""

from __future__ import annotations

import io
import json
import logging
import time
import urllib.request
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET, Place, Program, faulty

log = logging.getLogger(__name__)
NEW = b"the report of today"
OLD = b"the report of yesterday"
REPORT = {"Bucket": BUCKET, "Key": "report"}


def read(s3: Any, key: str) -> bytes:
    """Return the bytes of an object."""
    data: bytes = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    return data


@faulty("torn-object")
def deletes_before_it_uploads(place: Place) -> Program:
    """The old object goes before the new one is there (sethfitz/marblecutter issue 88)."""
    place.cos.put_object(BUCKET, "report", OLD)

    def act() -> None:
        place.s3.delete_object(**REPORT)
        place.s3.put_object(**REPORT, Body=NEW)

    return Program(act)


@faulty("torn-object")
def empties_first(place: Place) -> Program:
    """An empty object is put to "truncate" it (danilop/yas3fs issue 50 tells of such empty files)."""
    place.cos.put_object(BUCKET, "report", OLD)

    def act() -> None:
        place.s3.put_object(**REPORT, Body=b"")
        place.s3.put_object(**REPORT, Body=NEW)

    return Program(act)


@faulty("no-convergence")
def takes_leftovers_for_staged(place: Place) -> Program:
    """What a failed run left counts as done, and is not tried again (conveyal/analyst-server issue 237)."""
    s3 = place.s3

    def act() -> None:
        if s3.list_objects_v2(Bucket=BUCKET, Prefix="staging/")["KeyCount"] == 0:
            for name in ("1", "2", "3"):
                s3.put_object(Bucket=BUCKET, Key=f"staging/{name}", Body=name.encode() * 5)
        staged = s3.list_objects_v2(Bucket=BUCKET, Prefix="staging/")["Contents"]
        s3.put_object(**REPORT, Body=b"".join(read(s3, one["Key"]) for one in staged))

    return Program(act)


@faulty("silent-loss")
def rename_without_looking(place: Place) -> Program:
    """The source is deleted although the copy failed (nextcloud/server pull request 63123)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "report", OLD)

    def copy() -> bool:
        try:
            s3.copy_object(Bucket=BUCKET, Key="archive", CopySource=REPORT)
        except ClientError:
            return False
        return True

    def act() -> None:
        copy()
        s3.delete_object(**REPORT)

    return Program(act)


@faulty("silent-loss")
def error_in_200_unseen(place: Place) -> Program:
    """A copy answers 200 and has an error inside (minio/minio-go pull request 2306, boto/botocore pull 298)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "report", OLD)

    def act() -> None:
        params = {"Bucket": BUCKET, "Key": "archive", "CopySource": f"{BUCKET}/report"}
        url = s3.generate_presigned_url("copy_object", Params=params)
        request = urllib.request.Request(url, method="PUT", headers={"x-amz-copy-source": f"{BUCKET}/report"})  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            assert answer.status == 200
        s3.delete_object(**REPORT)

    return Program(act)


@faulty("retry-storm")
def retries_without_end(place: Place) -> Program:
    """A loop that never gives up (swamp-club/swamp pull request 874)."""

    def act() -> None:
        while True:
            try:
                place.s3.put_object(**REPORT, Body=NEW)
            except Exception:  # noqa: BLE001
                time.sleep(1)
            else:
                return

    return Program(act)


@faulty("hang")
def waits_longer_and_longer(place: Place) -> Program:
    """Waits that double, and no limit of their sum (TileDB-Inc/TileDB pull request 1651 retries unconditionally)."""

    def act() -> None:
        seconds = 60.0
        while True:
            try:
                place.s3.put_object(**REPORT, Body=NEW)
            except Exception:  # noqa: BLE001
                time.sleep(seconds)
                seconds *= 2
            else:
                return

    return Program(act)


@faulty("silent-loss", also=("torn-object",))
def body_not_rewound(place: Place) -> Program:
    """The second attempt reads from where the first one ended (cortexproject/cortex pull request 5217)."""

    def act() -> None:
        file = io.BytesIO(NEW)
        for attempt in range(3):
            try:
                place.s3.put_object(**REPORT, Body=file.read())
            except Exception:
                if attempt == 2:
                    raise
                time.sleep(2**attempt)
            else:
                return

    return Program(act)


@faulty("check")
def manifest_before_data(place: Place) -> Program:
    """The manifest names what is not there yet (Netflix/metaflow issue 942)."""
    s3 = place.s3

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="manifest", Body=json.dumps(["a", "b"]))
        for name in ("a", "b"):
            s3.put_object(Bucket=BUCKET, Key=name, Body=name.encode())

    def check(cos: Any, _: object) -> None:
        names = list(cos.bucket(BUCKET).objects)
        if "manifest" in names:
            for name in json.loads(cos.bucket(BUCKET).objects["manifest"].body):
                assert name in names, f"the manifest names {name}, which is not there"

    return Program(act, check)


@faulty("check")
def deletes_data_before_its_entry(place: Place) -> Program:
    """The index still lists what is gone: GetObject says NoSuchKey (cloud37/s3-encryption-gateway issue 217)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "index", b"a b")
    place.cos.put_object(BUCKET, "a", b"first")
    place.cos.put_object(BUCKET, "b", b"second")

    def act() -> None:
        s3.delete_object(Bucket=BUCKET, Key="a")
        s3.put_object(Bucket=BUCKET, Key="index", Body=b"b")

    def check(cos: Any, _: object) -> None:
        names = set(cos.bucket(BUCKET).objects)
        assert set(cos.bucket(BUCKET).objects["index"].body.decode().split()) <= names, "the index names what is gone"

    return Program(act, check)


@faulty("silent-loss", also=("torn-object", "no-convergence"))
def appends_twice(place: Place) -> Program:
    """Reading, appending and writing is repeated as a whole (scrapinghub/exporters issue 303: not idempotent)."""
    s3 = boto3.client("s3", "us-east-1", config=Config(retries={"total_max_attempts": 1}))
    place.cos.put_object(BUCKET, "log", b"one\n")

    def act() -> None:
        for attempt in range(3):
            try:
                s3.put_object(Bucket=BUCKET, Key="log", Body=read(s3, "log") + b"two\n")
            except Exception:
                if attempt == 2:
                    raise
                time.sleep(1)
            else:
                return

    return Program(act)


@faulty("no-convergence")
def counts_twice(place: Place) -> Program:
    """A counter that a second run raises again (MaterializeInc/materialize issue 12468 separates the two steps)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "counter", b"5")

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="counter", Body=str(int(read(s3, "counter")) + 1))

    return Program(act)


@faulty("silent-loss")
def swallows_the_exception(place: Place) -> Program:
    """A failed file is logged and left out (softlayer/softlayer-object-storage-backup issue 12)."""

    def act() -> int:
        for name in ("a", "b"):
            try:
                place.s3.put_object(Bucket=BUCKET, Key=name, Body=name.encode())
            except Exception as error:  # noqa: BLE001
                log.info("failed to upload %s: %s", name, error)
        return 0

    return Program(act)


@faulty("silent-loss")
def any_error_is_not_there(place: Place) -> Program:
    """`exists` says no for 403 as for 404, and the object is overwritten (jschneier/django-storages pull 938)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "settings", b'{"theme": "dark"}')

    def exists(key: str) -> bool:
        try:
            s3.head_object(Bucket=BUCKET, Key=key)
        except ClientError:
            return False
        return True

    def act() -> None:
        if not exists("settings"):
            s3.put_object(Bucket=BUCKET, Key="settings", Body=b"{}")

    return Program(act)


@faulty("silent-loss")
def default_written_back(place: Place) -> Program:
    """A failed read gives the default, which is then stored (superdesk/superdesk-core pull request 3184)."""
    s3 = place.s3
    place.cos.put_object(BUCKET, "users", json.dumps(["ann"]).encode())

    def load() -> list[str]:
        try:
            found: list[str] = json.loads(read(s3, "users"))
        except Exception:  # noqa: BLE001
            return []
        return found

    def act() -> None:
        users = load()
        s3.put_object(Bucket=BUCKET, Key="users", Body=json.dumps(sorted({*users, "bob"})))

    return Program(act)


@faulty("masked-error", depth=2)
def finally_hides_the_first(place: Place) -> Program:
    """What `finally` raises takes the place of the cause (aws/aws-sdk-ruby issue 2990)."""
    s3 = place.s3

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="report.tmp", Body=NEW)
        try:
            s3.copy_object(**REPORT, CopySource={"Bucket": BUCKET, "Key": "report.tmp"})
        finally:
            s3.delete_object(Bucket=BUCKET, Key="report.tmp")

    return Program(act)
