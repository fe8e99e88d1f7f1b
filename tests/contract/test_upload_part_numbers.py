"""The number of a part: 1 to 10,000, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.wire.messages import RawBody
from tests.contract.conftest import refused
from tests.contract.parts import (
    BUCKET,
    KEY,
    PART_NUMBER,
    exchange,
    finish,
    gone,
    headers,
    named,
    put_part,
    rewritten,
    send,
    start,
    told,
    with_query,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

WRONG = ["-1", "0", "10001", "2300000", "4294967296", "9" * 40, "abc", "1.0", "1a", " 1"]


@pytest.mark.parametrize("number", [1, 2, 9_999, 10_000])
def test_numbers_from_1_to_10000_are_taken(cos: FakeCOS, client: Any, number: int) -> None:
    """Source: recorded aws-multipart 11 (the message)."""
    upload_id = start(client)
    send(client, upload_id, number=number)
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [number]


@pytest.mark.parametrize("number", [-1, 0, 10_001, 2_300_000])
def test_any_other_number_is_refused(cos: FakeCOS, client: Any, number: int) -> None:
    """Source: recorded aws-multipart 11 for -1; public for the others."""
    upload_id = start(client)
    with refused(cos, "InvalidArgument", PART_NUMBER, 400, ArgumentName="partNumber", ArgumentValue=str(number)):
        send(client, upload_id, number=number)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_number_is_refused_and_shown_as_it_came(cos: FakeCOS, client: Any, text: str) -> None:
    """Source: public."""
    upload_id = start(client)
    change = with_query("partNumber=1", f"partNumber={text.replace(' ', '%20')}")
    with (
        rewritten(client, "UploadPart", change),
        refused(cos, "InvalidArgument", PART_NUMBER, 400, ArgumentName="partNumber", ArgumentValue=text),
    ):
        send(client, upload_id)


def test_an_empty_number_is_refused_with_an_empty_value(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = start(client)
    with (
        rewritten(client, "UploadPart", with_query("partNumber=1", "partNumber=")),
        refused(cos, "InvalidArgument", PART_NUMBER, 400, ArgumentName="partNumber", ArgumentValue=None),
    ):
        send(client, upload_id)


def test_a_missing_number_is_no_request_of_s3(cos: FakeCOS, client: Any) -> None:
    """Source: public. It must not store an object of that key either."""
    upload_id = start(client)
    with (
        rewritten(client, "UploadPart", with_query("&partNumber=1", "")),
        refused(
            cos,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
            405,
            Method="PUT",
            ResourceType="UPLOAD",
        ) as answer,
    ):
        send(client, upload_id)
    assert headers(answer)["allow"] == "DELETE, POST, GET"


@pytest.mark.parametrize("query", ["partNumber=1", "partNumber=1&uploadId="])
def test_a_number_without_an_upload_is_refused(cos: FakeCOS, query: str) -> None:
    """Source: public (the value really is the word)."""
    with refused(
        cos,
        "InvalidArgument",
        "This operation does not accept partNumber without uploadId",
        400,
        ArgumentName="partNumber",
        ArgumentValue="partNumber",
    ):
        exchange(cos, "PUT", f"/{BUCKET}/{KEY}", query, {}, b"x")


def test_of_two_numbers_the_first_counts(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = start(aws)
    put_part(cos, upload_id, b"x", number="2&partNumber=3")
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [2]


def test_a_plus_sign_is_part_of_a_number(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = start(aws)
    put_part(cos, upload_id, b"x", number="%2B1")
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [1]


@pytest.mark.parametrize("text", ["0", "abc"])
def test_an_unknown_upload_is_told_before_a_wrong_number(cos: FakeCOS, text: str) -> None:
    """Source: public."""
    with refused(cos, **gone("fakeid")):
        put_part(cos, "fakeid", b"x", number=text)


def test_a_wrong_number_is_told_before_a_wrong_digest(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = start(client)
    with refused(cos, "InvalidArgument", PART_NUMBER, 400, ArgumentName="partNumber", ArgumentValue="0"):
        send(client, upload_id, number=0, ContentMD5="__invalid__")


def test_the_body_of_a_wrong_number_is_not_read(cos: FakeCOS, aws: Any) -> None:
    class Unread(RawBody):
        def read(self) -> bytes:
            raise AssertionError

    upload_id = start(aws)
    with refused(cos, "InvalidArgument", PART_NUMBER, 400, ArgumentName="partNumber", ArgumentValue="0"):
        put_part(cos, upload_id, Unread(), {"content-length": "5"}, number="0")


@pytest.mark.limits(min_part_size=1)
def test_gaps_between_numbers_and_a_late_start_are_fine(client: Any) -> None:
    """Source: recorded aws-multipart 12: parts 1, 2, 3 and parts 2, 3, 4 give the same object."""
    answers = []
    for numbers, key in (((1, 2, 3), "consecutive"), ((2, 3, 4), "late"), ((7, 70, 10_000), "gaps")):
        upload_id = start(client, key)
        parts = [
            named(number, send(client, upload_id, body, number, key))
            for number, body in zip(numbers, (b"a", b"b", b"c"), strict=True)
        ]
        answers.append(told(finish(client, upload_id, *parts, key=key)))
        assert client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"abc"
    assert len({(answer["ETag"], answer["ChecksumCRC64NVME"], answer["ChecksumType"]) for answer in answers}) == 1
