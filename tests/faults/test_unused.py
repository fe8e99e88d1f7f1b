"""A fault that never happened is told when the fake stops, with the requests that came nearest."""

from __future__ import annotations

import contextlib
import re
import warnings
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

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


# --- a fault that happened less often than it was to ----------------------------------------------------------


def seldom(*, puts: int = 1, **keywords: Any) -> list[str]:
    """Set a fault of PutObject, put as many objects, each in one attempt, and return what is warned of at the end."""
    with warnings.catch_warnings(record=True) as caught, FakeCOS() as cos:
        warnings.simplefilter("always")
        cos.create_bucket("photos")
        cos.inject("PutObject", **keywords)
        client = boto3.client("s3", config=Config(retries={"total_max_attempts": 1}))
        for number in range(puts):
            with contextlib.suppress(ClientError):
                client.put_object(Bucket="photos", Key=str(number), Body=b"hello")
        client.list_buckets()
    assert all(warning.category is fakecos.FakecosWarning for warning in caught)
    assert all(warning.filename == __file__ for warning in caught)
    return [str(warning.message) for warning in caught]


def test_a_fault_that_happened_less_often_than_it_was_to_is_warned_about() -> None:
    (told,) = seldom(error="SlowDown", times=9)
    assert told.startswith(
        "inject('PutObject', times=9, error='SlowDown') happened once, not 9: no further request of its kind came. "
        "What came: PutObject (1), ListBuckets (1).\n"
    )
    assert "times=None" in told
    assert told.endswith(urls.page("how-to/break-things", "a-fault-that-never-happened"))


def test_what_let_the_others_pass_is_named() -> None:
    (told,) = seldom(error="SlowDown", times=2, every=2, puts=2)
    assert "happened once, not 2. 2 requests came of its kind, and 1 of them passed: every=2 let them pass." in told


def test_a_script_counts_as_far_as_something_happens_in_it() -> None:
    failing = error("SlowDown")
    (told,) = seldom(outcomes=[failing, None, failing], puts=2)
    assert "happened once, not 2. 2 requests came of its kind, and 1 of them passed: its script let them pass" in told
    assert seldom(outcomes=[failing, None, None]) == []
    assert seldom(outcomes=[failing, None, failing], puts=3) == []
    assert len(seldom(outcomes=[failing, None], times=2)) == 1


@pytest.mark.parametrize(
    "keywords",
    [
        {"times": None},
        {"times": 1},
        {"times": 9, "probability": 1.0, "seed": 1},
        {"times": 2, "puts": 2},
        {"after": 1, "puts": 2},
    ],
    ids=str,
)
def test_a_fault_that_has_no_end_or_reached_it_is_not_told(keywords: dict[str, Any]) -> None:
    assert seldom(error="SlowDown", **keywords) == []


def test_neither_is_one_that_was_cancelled_nor_one_of_a_failing_test() -> None:
    with FakeCOS() as cos:
        fault = cos.inject("ListBuckets", error="AccessDenied", times=2)
        with pytest.raises(ClientError, match="AccessDenied"):
            boto3.client("s3").list_buckets()
        fault.cancel()
    with pytest.raises(ClientError, match="AccessDenied"), FakeCOS() as cos:  # noqa: PT012
        cos.inject("ListBuckets", error="AccessDenied", times=2)
        boto3.client("s3").list_buckets()


def test_as_an_error_the_warning_hides_nothing() -> None:
    """A fault that never happened is an error in any case: it is what is raised then."""
    cos = FakeCOS().start()
    cos.inject("ListBuckets", error="AccessDenied", times=2)
    cos.inject("GetObject", error="SlowDown")
    with pytest.raises(ClientError, match="AccessDenied"):
        boto3.client("s3").list_buckets()
    with pytest.raises(fakecos.UnfiredFaultError, match="GetObject"):  # warnings are errors in our tests
        cos.stop()
    assert not cos.is_active
