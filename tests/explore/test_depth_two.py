"""Two failures in one run: the second is set where only the first one leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.explore.corpus.program import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS

PLACE = {"Bucket": BUCKET, "Key": "k"}


def upload(s3: Any) -> None:
    """Upload in two parts, and abort if that fails; the Abort's own error comes through."""
    upload_id = s3.create_multipart_upload(**PLACE)["UploadId"]
    try:
        parts = [
            {
                "PartNumber": n,
                "ETag": s3.upload_part(**PLACE, UploadId=upload_id, PartNumber=n, Body=b"x")["ETag"],
            }
            for n in (1, 2)
        ]
        s3.complete_multipart_upload(**PLACE, UploadId=upload_id, MultipartUpload={"Parts": parts})
    except Exception:
        s3.abort_multipart_upload(**PLACE, UploadId=upload_id)
        raise


def test_the_second_failure_is_set_where_the_first_one_leads(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: its retries and its abort are sites too."""
    found = cos.explore(lambda: upload(s3), failures=["AccessDenied"], crashes=False, depth=2, raise_findings=False)
    pairs = [run.schedule for run in found.results if ";" in run.schedule]
    assert "UploadPart:part 1#1=AccessDenied; AbortMultipartUpload#1=AccessDenied" in pairs
    assert {run.happened for run in found.results} == {True}


def test_retries_are_sites_of_the_second_failure(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1."""
    found = cos.explore(
        lambda: s3.put_object(**PLACE, Body=b"x"), failures=["SlowDown", "closed@stored"], crashes=False, depth=2
    )
    assert "PutObject#1=SlowDown; PutObject#2=closed@stored" in [run.schedule for run in found.results]


def test_what_only_two_failures_show_is_found_at_depth_two(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 2: masked-error."""
    arguments: dict[str, Any] = {"failures": ["AccessDenied"], "raise_findings": False}
    assert not cos.explore(lambda: upload(s3), **arguments).findings
    found = cos.explore(lambda: upload(s3), depth=2, **arguments).findings
    assert [finding.kind for finding in found] == ["masked-error"]
    assert "AbortMultipartUpload" in found[0].text
    assert "what failed first: UploadPart, by AccessDenied" in found[0].lines


def test_sites_that_every_run_has_are_left_out_and_that_is_said(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: the report says what was left out."""

    def act() -> None:
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"x")
        s3.put_object(Bucket=BUCKET, Key="b", Body=b"x")

    found = cos.explore(act, failures=["SlowDown"], crashes=False, depth=2)
    assert any(line.startswith("left out at depth 2: ") for line in found.covered)
    assert "PutObject:a#1=SlowDown; PutObject:b#1=SlowDown" not in [run.schedule for run in found.results]


def test_after_a_failure_that_is_raised_every_site_counts(cos: FakeCOS, s3: Any) -> None:
    """Source: our own choice: what a `finally` asks for is asked on another way than without the failure."""

    def act() -> None:
        try:
            s3.put_object(Bucket=BUCKET, Key="a", Body=b"x")
        finally:
            s3.delete_object(Bucket=BUCKET, Key="lock")

    found = cos.explore(act, failures=["AccessDenied"], crashes=False, depth=2, raise_findings=False)
    assert "PutObject#1=AccessDenied; DeleteObject#1=AccessDenied" in [
        run.schedule.replace(":a", "").replace(":lock", "") for run in found.results
    ]
    assert [finding.kind for finding in found.findings] == ["masked-error"]


def test_a_schedule_of_two_is_repeated(cos: FakeCOS, s3: Any) -> None:
    """Source: API.md: several joined by a semicolon."""
    with pytest.raises(s3.exceptions.ClientError) as raised:
        cos.explore(
            lambda: upload(s3),
            replay="UploadPart:part 1#1=AccessDenied; AbortMultipartUpload#1=SlowDown for good",
        )
    assert raised.value.operation_name == "AbortMultipartUpload"


def test_many_equal_parts_are_tried_at_a_few_and_that_is_said(cos: FakeCOS, s3: Any) -> None:
    """Source: issue 13, section 1: part 2 of 40 equal parts."""

    def act() -> None:
        upload_id = s3.create_multipart_upload(**PLACE)["UploadId"]
        for number in range(1, 41):
            s3.upload_part(**PLACE, UploadId=upload_id, PartNumber=number, Body=b"x")
        s3.abort_multipart_upload(**PLACE, UploadId=upload_id)

    found = cos.explore(act, failures=["SlowDown"], crashes=False)
    assert "left out: 37 sites: parts 3 to 39 of UploadPart behave like part 2" in found.covered
    assert found.runs == 5
