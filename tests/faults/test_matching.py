"""Which requests a fault takes, how often, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.faults import Meanwhile, Request, Transport, error, transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS


def attempt_put(client: Any, key: str = "a", bucket: str = "photos") -> str:
    """Put an object, and return `ok` or the code of the refusal."""
    try:
        client.put_object(Bucket=bucket, Key=key, Body=b"x")
    except client.exceptions.ClientError as refused:
        return str(refused.response["Error"]["Code"])
    return "ok"


def test_a_fault_happens_once_and_counts(cos: FakeCOS, client: Any) -> None:
    fault = cos.inject("PutObject", error="SlowDown")
    assert fault.hits == 0
    assert [attempt_put(client), attempt_put(client)] == ["SlowDown", "ok"]
    assert (fault.hits, fault.seen) == (1, 2)


def test_times_after_and_every(cos: FakeCOS, aws: Any) -> None:
    fault = cos.inject("PutObject", error="SlowDown", times=2, after=1, every=2)
    assert [attempt_put(aws) for _ in range(7)] == ["ok", "SlowDown", "ok", "SlowDown", "ok", "ok", "ok"]
    assert fault.hits == 2


def test_times_none_has_no_end_until_it_is_cancelled(cos: FakeCOS, aws: Any) -> None:
    fault = cos.inject("PutObject", error="SlowDown", times=None)
    assert [attempt_put(aws) for _ in range(5)] == ["SlowDown"] * 5
    fault.cancel()
    assert attempt_put(aws) == "ok"
    assert fault.hits == 5


def test_key_and_bucket_are_patterns(cos: FakeCOS, aws: Any) -> None:
    cos.create_bucket("films-1")
    cos.inject("PutObject", bucket="films-*", key="*.zip", error="AccessDenied", times=None)
    assert attempt_put(aws, "a.zip") == "ok"
    assert attempt_put(aws, "a.tar", "films-1") == "ok"
    assert attempt_put(aws, "x/a.zip", "films-1") == "AccessDenied"
    assert attempt_put(aws, "x/A.ZIP", "films-1") == "ok"


@pytest.mark.parametrize(
    ("wanted", "hit"), [(2, {2}), ({1, 3}, {1, 3}), (range(2, 10), {2, 3}), ([3], {3}), (range(7, 9), set())]
)
def test_part_numbers_are_one_a_set_or_a_range(
    cos: FakeCOS, aws: Any, upload: dict[str, Any], wanted: Any, hit: set[int]
) -> None:
    fault = cos.inject("UploadPart", part_number=wanted, error="InternalError", times=None)
    refused = set()
    for number in (1, 2, 3):
        try:
            aws.upload_part(**upload, PartNumber=number, Body=b"x")
        except aws.exceptions.ClientError:
            refused.add(number)
    assert refused == hit
    fault.cancel()


def test_upload_id(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    other = aws.create_multipart_upload(Bucket="photos", Key="film.mp4")["UploadId"]
    cos.inject("UploadPart", upload_id=other, error="InternalError")
    aws.upload_part(**upload, PartNumber=2, Body=b"x")
    with pytest.raises(aws.exceptions.ClientError, match="InternalError"):
        aws.upload_part(**{**upload, "UploadId": other}, PartNumber=2, Body=b"x")


def test_attempt_is_that_of_the_client(cos: FakeCOS, make_client: Callable[..., Any], package: str) -> None:
    client = make_client(package, config={"retries": {"total_max_attempts": 3}})
    fault = cos.inject("PutObject", attempt=range(1, 3), error="InternalError", times=None)
    assert [attempt_put(client), attempt_put(client)] == ["ok", "ok"]
    assert fault.hits == 4


def test_a_range_costs_the_same_however_long_it_is(cos: FakeCOS, aws: Any) -> None:
    """Looked through number by number, this one takes years. Without a source: a promise of ours."""
    fault = cos.inject("PutObject", attempt=range(10**18, 0, -1), error="AccessDenied")
    assert attempt_put(aws) == "AccessDenied"
    assert fault.hits == 1


def test_where_sees_the_request(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    seen: list[Request] = []

    def big(request: Request) -> bool:
        seen.append(request)
        return (request.size or 0) > 3 and request.headers["x-amz-meta-a"] == "b"

    cos.inject("PutObject", where=big, error="AccessDenied")
    assert aws.put_object(Bucket="photos", Key="a", Body=b"abc", Metadata={"a": "b"})
    with pytest.raises(aws.exceptions.ClientError, match="AccessDenied"):
        aws.put_object(Bucket="photos", Key="a", Body=b"abcd", Metadata={"a": "b"})
    never = cos.inject("UploadPart", where=big, error="AccessDenied")
    aws.upload_part(**upload, PartNumber=7, Body=b"abc")
    assert seen[-1][:7] == ("UploadPart", "photos", "film.mp4", upload["UploadId"], 7, 1, "PUT")
    never.cancel()


def test_several_operations_and_any(cos: FakeCOS, aws: Any) -> None:
    several = cos.inject(["GetObject", "HeadObject"], error="AccessDenied", times=2)
    assert attempt_put(aws) == "ok"
    for read in (aws.get_object, aws.head_object):
        with pytest.raises(aws.exceptions.ClientError):
            read(Bucket="photos", Key="a")
    anything = cos.inject("*", error="SlowDown", times=2)
    assert attempt_put(aws) == "SlowDown"
    with pytest.raises(aws.exceptions.ClientError, match="SlowDown"):
        aws.list_buckets()
    assert (several.hits, anything.hits) == (2, 2)


def test_an_operation_that_fakecos_does_not_have_can_fail_too(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutBucketPolicy", error="AccessDenied")
    with pytest.raises(aws.exceptions.ClientError, match="AccessDenied"):
        aws.put_bucket_policy(Bucket="photos", Policy="{}")


def test_a_script_is_run_through_in_order(cos: FakeCOS, aws: Any) -> None:
    fault = cos.inject("PutObject", outcomes=[error("SlowDown"), None, error("InternalError")])
    assert [attempt_put(aws) for _ in range(4)] == ["SlowDown", "ok", "InternalError", "ok"]
    assert fault.hits == 2


def test_a_script_is_run_as_often_as_times_says(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", outcomes=[error("SlowDown"), None], times=2, after=1)
    assert [attempt_put(aws) for _ in range(6)] == ["ok", "SlowDown", "ok", "SlowDown", "ok", "ok"]


def test_a_script_takes_every_kind(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", outcomes=[transport(Transport.RESET), Meanwhile.DELIVERED_TWICE])
    with pytest.raises(Exception, match="Connection was closed"):
        attempt_put(aws)
    assert attempt_put(aws) == "ok"


def test_probability_is_the_same_for_the_same_seed(cos: FakeCOS, aws: Any) -> None:
    def run(seed: int) -> list[str]:
        fault = cos.inject("PutObject", error="SlowDown", times=None, probability=0.5, seed=seed)
        came = [attempt_put(aws) for _ in range(20)]
        fault.cancel()
        return came

    first = run(1)
    assert first == run(1)
    assert first != run(2)
    assert set(first) == {"ok", "SlowDown"}


def test_the_first_fault_that_takes_a_request_has_it_alone(cos: FakeCOS, aws: Any) -> None:
    first = cos.inject("PutObject", error="SlowDown")
    second = cos.inject("PutObject", error="InternalError")
    assert [attempt_put(aws) for _ in range(3)] == ["SlowDown", "InternalError", "ok"]
    assert (first.seen, second.seen) == (3, 2)


def test_reset_forgets_faults(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", error="SlowDown")
    cos.reset()
    cos.create_bucket("photos")
    assert attempt_put(aws) == "ok"
    assert cos.unfired_faults() == []


def test_what_is_arranged_by_hand_does_not_fail(cos: FakeCOS) -> None:
    fault = cos.inject("*", error="SlowDown")
    cos.put_object("photos", "a", b"x")
    cos.create_bucket("films")
    assert fault.seen == 0
    fault.cancel()


def test_the_journal_names_the_fault(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", error="SlowDown")
    attempt_put(aws)
    attempt_put(aws)
    assert [(entry.fault, entry.status, entry.error) for entry in cos.journal] == [
        ("error('SlowDown')", 503, "SlowDown"),
        (None, 200, None),
    ]
