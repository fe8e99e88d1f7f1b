"""A fault that never happened is told when the fake stops, with the requests that came nearest."""

from __future__ import annotations

import re
from typing import Any

import boto3
import pytest

import fakecos
from fakecos import FakeCOS, urls
from fakecos.faults import Corrupt, Meanwhile, error


def story(*faults: Any, puts: tuple[str, ...] = ()) -> str:
    """Set faults, put some keys, and return what is told at the end."""
    cos = FakeCOS()
    with pytest.raises(fakecos.UnfiredFaultError) as caught, cos:  # noqa: PT012  it is told at the end of the block
        cos.create_bucket("photos")
        for operation, keywords in faults:
            cos.inject(operation, **keywords)
        client = boto3.client("s3")
        for key in puts:
            client.put_object(Bucket="photos", Key=key, Body=b"hello")
    return str(caught.value)


def test_no_request_at_all() -> None:
    told = story(("PutObject", {"error": "SlowDown"}))
    assert told.startswith("inject('PutObject', error='SlowDown') never happened: no request came at all.\n")
    assert told.endswith(
        "call cancel() on the fault if it need not happen. See "
        + urls.page("how-to/break-things", "a-fault-that-never-happened")
    )


def test_other_operations() -> None:
    told = story(("UploadPart", {"error": "SlowDown"}), puts=("a", "b"))
    assert "never happened: no UploadPart came. What came: PutObject (2)." in told


def test_the_nearest_requests_and_where_they_differ() -> None:
    told = story(("PutObject", {"key": "*.zip", "attempt": 2, "error": "SlowDown"}), puts=("a.zip", "b"))
    first, second = re.findall(r"^  PutObject photos/(.*)$", told, flags=re.MULTILINE)
    assert first == "a.zip -> 200: its attempt is 1 and not 2"
    assert second == "b -> 200: its key is 'b' and not '*.zip', its attempt is 1 and not 2"
    assert "2 requests came near" in told


def test_part_numbers_and_upload_ids() -> None:
    cos = FakeCOS()
    with pytest.raises(fakecos.UnfiredFaultError) as caught, cos:  # noqa: PT012
        cos.create_bucket("photos")
        client = boto3.client("s3")
        upload = client.create_multipart_upload(Bucket="photos", Key="a")["UploadId"]
        cos.inject("UploadPart", part_number={2, 3}, bucket="films", upload_id="other", error="SlowDown")
        client.upload_part(Bucket="photos", Key="a", UploadId=upload, PartNumber=1, Body=b"x")
    told = str(caught.value)
    assert "its bucket is 'photos' and not 'films'" in told
    assert f"its upload id is {upload!r} and not 'other'" in told
    assert "its part number is 1 and not one of [2, 3]" in told


def test_requests_of_its_kind_that_passed() -> None:
    assert "2 requests came of its kind: after=5 let them pass." in story(
        ("PutObject", {"error": "SlowDown", "after": 5}), puts=("a", "b")
    )
    assert "1 request came of its kind: its script let them pass." in story(
        ("PutObject", {"outcomes": [None, error("SlowDown")]}), puts=("a",)
    )
    assert "1 request came of its kind: the body had only 5 bytes." in story(
        ("PutObject", {"corrupt": Corrupt.cut(10)}), puts=("a",)
    )
    assert "the predicate `where` said no" in story(
        ("PutObject", {"error": "SlowDown", "where": lambda request: request.bucket == "films"}), puts=("a",)
    )


def test_several_are_told_together() -> None:
    told = story(("PutObject", {"key": "b", "error": "SlowDown"}), ("GetObject", {"error": "SlowDown"}), puts=("a",))
    assert told.count("never happened") == 2
    assert told.count("See ") == 1


def test_a_fault_that_was_cancelled_is_not_told() -> None:
    with FakeCOS() as cos:
        cos.inject("PutObject", error="SlowDown").cancel()


def test_a_failing_test_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), FakeCOS() as cos:  # noqa: PT012
        cos.inject("PutObject", error="SlowDown")
        raise ZeroDivisionError


def test_stop_tells_as_the_with_statement_does() -> None:
    cos = FakeCOS().start()
    fault = cos.inject("PutObject", error="SlowDown")
    assert cos.unfired_faults() == [fault]
    with pytest.raises(fakecos.UnfiredFaultError):
        cos.stop()


def test_a_fault_can_be_set_before_the_start() -> None:
    cos = FakeCOS()
    cos.create_bucket("photos")
    fault = cos.inject("ListBuckets", error="AccessDenied")
    with cos, pytest.raises(Exception, match="AccessDenied"):
        boto3.client("s3").list_buckets()
    assert fault.hits == 1


def test_a_second_start_has_no_faults() -> None:
    cos = FakeCOS()
    with pytest.raises(fakecos.UnfiredFaultError), cos:
        cos.inject("ListBuckets", error="AccessDenied")
    with cos:
        boto3.client("s3").list_buckets()


def test_a_state_that_never_fitted() -> None:
    cos = FakeCOS()
    with pytest.raises(fakecos.UnfiredFaultError, match="there is no bucket 'nowhere'"), cos:  # noqa: PT012
        cos.inject("PutObject", meanwhile=Meanwhile.BUCKET_GONE)
        with pytest.raises(Exception, match="NoSuchBucket"):
            boto3.client("s3").put_object(Bucket="nowhere", Key="a", Body=b"x")
