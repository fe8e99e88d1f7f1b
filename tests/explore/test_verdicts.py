"""What is a finding, and what is none: the false alarms that are none."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakecos import FakeCOS

PLACE = {"Bucket": BUCKET, "Key": "k"}
log = logging.getLogger(__name__)


def kinds(cos: FakeCOS, act: Callable[[], object], **keywords: Any) -> list[str]:
    """Return the kinds of what is found."""
    return [finding.kind for finding in cos.explore(act, raise_findings=False, **keywords).findings]


def test_an_upload_that_the_next_run_completes_is_no_leak(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: it was kept to be resumed."""

    def act() -> None:
        found = s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads")
        upload = found[0]["UploadId"] if found else s3.create_multipart_upload(**PLACE)["UploadId"]
        etag = s3.upload_part(**PLACE, UploadId=upload, PartNumber=1, Body=b"x")["ETag"]
        parts = [{"PartNumber": 1, "ETag": etag}]
        s3.complete_multipart_upload(**PLACE, UploadId=upload, MultipartUpload={"Parts": parts})

    assert not kinds(cos, act)


def test_a_program_that_says_by_its_exit_code_that_it_failed_is_right(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: that is how programs say it."""

    def main() -> int:
        try:
            s3.put_object(**PLACE, Body=b"x")
        except Exception as error:  # noqa: BLE001
            log.info("failed: %s", error)
            return 1
        return 0

    assert not kinds(cos, lambda: sys.exit(main()))


@pytest.mark.slow
def test_ids_that_s3_gives_are_no_value(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: a retry gets another version id, and is right."""
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    assert not kinds(cos, lambda: s3.put_object(**PLACE, Body=b"x")["VersionId"])
    assert not kinds(cos, lambda: ("stored as", {"id": s3.put_object(**PLACE, Body=b"x")["VersionId"]}))


@pytest.mark.parametrize("way", ["generator", "body", "answer", "bytesio"])
def test_what_is_read_later_is_read_in_the_act(cos: FakeCOS, s3: Any, way: str) -> None:
    """Source: our own choice: who gets a stream reads it, and gets what fails then."""
    cos.put_object(BUCKET, "k", b"some bytes, and more")

    def pieces() -> Iterator[bytes]:
        try:
            yield from s3.get_object(**PLACE)["Body"].iter_chunks(4)
        except Exception as error:  # noqa: BLE001
            log.info("ends early: %s", error)

    acts: dict[str, Callable[[], object]] = {
        "generator": pieces,
        "body": lambda: s3.get_object(**PLACE)["Body"],
        "answer": lambda: s3.get_object(**PLACE),
        "bytesio": lambda: io.BytesIO(b"".join(pieces())),
    }
    assert kinds(cos, acts[way]) == (["corrupt-read"] if way in {"generator", "bytesio"} else [])


def test_a_check_that_fails_for_what_others_wrote_is_no_finding(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: it would fail without any failure too."""
    cos.put_object(BUCKET, "k", b"known")
    read: list[bytes] = []

    def act() -> None:
        read.clear()
        read.append(s3.get_object(**PLACE)["Body"].read())

    def check(_: object, __: object) -> None:
        assert read in ([], [b"known"])

    assert not kinds(cos, act, check=check)


@pytest.mark.slow
def test_garbage_that_others_wrote_may_raise(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: the code raises the same when it is there from the start."""
    cos.put_object(BUCKET, "k", json.dumps({"a": 1}).encode())
    assert not kinds(cos, lambda: json.loads(s3.get_object(**PLACE)["Body"].read())["a"])
    cos.put_object(BUCKET, "k", b"17")
    assert not kinds(cos, lambda: int(s3.get_object(**PLACE)["Body"].read()))


@pytest.mark.slow
def test_a_raise_of_ones_own_is_no_slip(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: an exception that is meant."""

    def meant() -> None:
        try:
            s3.put_object(**PLACE, Body=b"x")
        except Exception:  # noqa: BLE001
            raise KeyError(PLACE["Key"])  # noqa: B904

    def slip() -> None:
        try:
            s3.put_object(**PLACE, Body=b"x")
        except Exception as error:
            log.info("%s failed: %s", {}["k"], error)  # type: ignore[index]
            raise

    assert not kinds(cos, meant)
    assert kinds(cos, slip) == ["bug-in-error-path"]


@pytest.mark.slow
def test_one_fault_at_many_places_is_one_finding(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: grouped so that one fault of the code is one finding, not forty."""

    def act() -> None:
        for number in range(20):
            try:
                s3.put_object(Bucket=BUCKET, Key=f"k{number}", Body=b"x")
            except Exception as error:  # noqa: BLE001
                log.info("left out: %s", error)

    found = cos.explore(act, raise_findings=False)
    (finding,) = found.findings
    assert len(finding.schedules) > 40
    assert finding.schedule == finding.schedules[0]


def test_a_run_that_reads_has_nothing_stored_to_note(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: `stored-but-raised` is about what is stored."""
    cos.put_object(BUCKET, "k", b"x")

    def act() -> bytes:
        data: bytes = s3.get_object(**PLACE)["Body"].read()
        return data

    assert not cos.explore(act).notes


def test_a_finding_can_be_read_by_a_person(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: kind, site, outcome, what was expected and what is there, requests, advice."""

    def act() -> None:
        try:
            s3.put_object(**PLACE, Body=b"x")
        except Exception as error:  # noqa: BLE001
            log.info("swallowed: %s", error)

    text = str(cos.explore(act, raise_findings=False))
    for part in (
        "explored 1 site in ",
        "1. silent-loss: returned normally, and what is stored is wrong: object box/k",
        "there is no such object; expected: one of 1 byte",
        "what happened: S3 answers 503 SlowDown to every attempt",
        "repeat it: replay='PutObject#1=SlowDown for good'",
        "#  time",
        "Let the code raise",
    ):
        assert part in text, text


def test_an_error_for_what_somebody_else_deleted_is_no_note(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: `stored-but-raised` says that the act's own work is done."""
    cos.put_object(BUCKET, "old", b"x")

    def act() -> None:
        s3.head_object(Bucket=BUCKET, Key="old")
        s3.copy_object(Bucket=BUCKET, Key="new", CopySource={"Bucket": BUCKET, "Key": "old"})

    found = cos.explore(act, failures=["object deleted"], crashes=False)
    assert not found.notes
    assert found.runs == 2


def test_an_error_that_names_the_operation_hides_nothing(cos: FakeCOS, s3: Any) -> None:
    """Source: pyarrow 25, whose client in C++ says ACCESS_DENIED during HeadObject."""

    def act() -> None:
        try:
            s3.head_object(Bucket=BUCKET, Key="k")
        except ClientError:
            failed = True
        else:
            failed = False
        if failed:
            message = "AWS Error ACCESS_DENIED during HeadObject operation"
            raise OSError(message)

    cos.put_object(BUCKET, "k", b"x")
    assert not kinds(cos, act, failures=["AccessDenied"], crashes=False)
