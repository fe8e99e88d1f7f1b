"""A planted difference of each kind is found and told; it changes nothing for the code under test."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from fakecos import Beside, DifferenceWarning, FakeCOS
from tests.beside.conftest import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.planted import Answer, Proxy

LEFT = (
    f"still there, as this run created and did not delete it: {BUCKET}. "
    "Beside(..., delete_created=True) deletes such buckets at the end."
)
pytestmark = pytest.mark.loopback


def header(answer: Answer) -> Answer:
    return answer._replace(headers={**answer.headers, "x-amz-planted": "1"})


def lost_header(answer: Answer) -> Answer:
    return answer._replace(headers={name: each for name, each in answer.headers.items() if name.lower() != "etag"})


def status(answer: Answer) -> Answer:
    return answer._replace(status=206)


def code(answer: Answer) -> Answer:
    return answer._replace(body=answer.body.replace(b"NoSuchKey", b"NoSuchThing"))


def message(answer: Answer) -> Answer:
    return answer._replace(body=answer.body.replace(b"does not exist", b"is not there"))


def data(answer: Answer) -> Answer:
    return answer._replace(body=answer.body[::-1])


def element(answer: Answer) -> Answer:
    return answer._replace(body=answer.body.replace(b"</MaxKeys>", b"</MaxKeys><Planted>1</Planted>"))


PLANTED: list[tuple[Any, str, str, list[tuple[str, str]]]] = [
    (header, "GET", "/1", [("header", "x-amz-planted")]),
    (lost_header, "GET", "/1", [("header", "etag")]),
    (status, "GET", "/1", [("status", "")]),
    (data, "GET", "/1", [("body", "")]),
    (code, "GET", "/none", [("code", "")]),
    (message, "GET", "/none", [("body", "Message")]),
    (element, "GET", "list-type=2", [("body", "Planted")]),
]


def ask(s3: Any) -> list[Any]:
    """Ask for what answers are planted to, and return what the code under test sees."""
    s3.create_bucket(Bucket=BUCKET)
    for key in ("1", "2"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"same")
    seen = [s3.get_object(Bucket=BUCKET, Key="1")["Body"].read()]
    with pytest.raises(s3.exceptions.NoSuchKey) as refusal:
        s3.get_object(Bucket=BUCKET, Key="none")
    listed = s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    return [*seen, str(refusal.value), [each["Key"] for each in listed]]


@pytest.mark.parametrize(
    ("plant", "method", "where", "expected"), PLANTED, ids=lambda each: getattr(each, "__name__", "")
)
@pytest.mark.filterwarnings("ignore::fakecos.DifferenceWarning")
def test_a_planted_difference_is_found(
    plant: Any, method: str, where: str, expected: Any, proxy: Proxy, through: Callable[..., Beside]
) -> None:
    def changed(asked: str, path: str, answer: Answer) -> Answer:
        return plant(answer) if asked == method and where in path else answer

    with FakeCOS() as alone:
        usual = ask(boto3.client("s3"))
    proxy.plant = changed
    with FakeCOS(beside=through()) as cos:
        assert ask(boto3.client("s3")) == usual
    assert [(found.kind, found.name) for found in cos.differences] == expected
    assert cos.differences.compared == alone.request_count
    assert (cos.differences[0].operation, cos.differences[0].request.split()[0]) in {
        ("GetObject", "GET"),
        ("ListObjectsV2", "GET"),
    }


@pytest.mark.filterwarnings("ignore::fakecos.DifferenceWarning")
def test_another_order_is_a_difference_of_its_own(proxy: Proxy, through: Callable[..., Beside]) -> None:
    def changed(_: str, path: str, answer: Answer) -> Answer:
        if "list-type" not in path:
            return answer
        start, end = answer.body.index(b"<Contents>"), answer.body.rindex(b"</Contents>")
        one, other = answer.body[start:end].split(b"</Contents>")
        rows = other + b"</Contents>" + one
        return answer._replace(body=answer.body[:start] + rows + answer.body[end:])

    proxy.plant = changed
    with FakeCOS(beside=through()) as cos:
        ask(boto3.client("s3"))
    assert [(found.kind, found.name) for found in cos.differences] == [("order", "ListBucketResult")]


@pytest.mark.slow
def test_the_warning_is_the_report_and_the_result_of_the_code_stays(
    proxy: Proxy, through: Callable[..., Beside]
) -> None:
    proxy.plant = lambda _, path, answer: header(answer) if path.endswith(("/1", "/2")) else answer
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with FakeCOS(beside=through()) as cos:
            ask(boto3.client("s3"))
    (warning,) = [each for each in caught if each.category is DifferenceWarning]
    assert warning.filename == __file__
    assert str(warning.message) == str(cos.differences)
    assert str(cos.differences).splitlines() == [
        f"7 requests sent to {proxy.url} (buckets fakecos-beside-...), 6 compared, 3 differences",
        f"1. PutObject, PUT /{BUCKET}/1 (and 1 more): header x-amz-planted",
        "     here:  (nothing)",
        "     there: 1",
        f"2. GetObject, GET /{BUCKET}/1: header x-amz-planted",
        "     here:  (nothing)",
        "     there: 1",
        LEFT,
    ]


def test_a_difference_fails_the_test_of_who_asks_for_it(proxy: Proxy, through: Callable[..., Beside]) -> None:
    proxy.plant = lambda _, path, answer: header(answer) if path.endswith("/1") else answer
    with warnings.catch_warnings():
        warnings.simplefilter("error", DifferenceWarning)
        with pytest.raises(DifferenceWarning, match="2 differences"), FakeCOS(beside=through()):
            ask(boto3.client("s3"))
