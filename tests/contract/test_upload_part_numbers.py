"""The number of a part: 1 to 10,000, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import PART_NUMBER_RANGE
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part
from fakecos.wire.messages import RawBody
from tests.support.uploads import upload_raw_part

if TYPE_CHECKING:
    from fakecos import FakeCOS


@pytest.mark.parametrize("number", [1, 2, 9_999, 10_000])
def test_numbers_from_1_to_10000_are_taken(cos: FakeCOS, client: Any, number: int) -> None:
    """Source: recorded aws-multipart 11 (the message)."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, number=number)
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [number]


def test_of_two_numbers_the_first_counts(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    upload_raw_part(cos, upload_id, b"x", number="2&partNumber=3")
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [2]


def test_a_plus_sign_is_part_of_a_number(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    upload_raw_part(cos, upload_id, b"x", number="%2B1")
    assert list(cos.store.buckets[BUCKET].uploads[upload_id].parts) == [1]


@pytest.mark.one_door("it counts how often the body is read")
def test_the_body_of_a_wrong_number_is_not_read(cos: FakeCOS, aws: Any) -> None:
    class Unread(RawBody):
        def read(self) -> bytes:
            raise AssertionError

    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue="0"):
        upload_raw_part(cos, upload_id, Unread(), {"content-length": "5"}, number="0")


@pytest.mark.limits(min_part_size=1)
def test_gaps_between_numbers_and_a_late_start_are_fine(client: Any) -> None:
    """Source: recorded aws-multipart 12: parts 1, 2, 3 and parts 2, 3, 4 give the same object."""
    answers = []
    for numbers, key in (((1, 2, 3), "consecutive"), ((2, 3, 4), "late"), ((7, 70, 10_000), "gaps")):
        upload_id = create_upload(client, key)
        parts = [
            completed_part(number, upload_part(client, upload_id, body, number, key))
            for number, body in zip(numbers, (b"a", b"b", b"c"), strict=True)
        ]
        answers.append(members_of(complete_upload(client, upload_id, *parts, key=key)))
        assert client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"abc"
    assert len({(answer["ETag"], answer["ChecksumCRC64NVME"], answer["ChecksumType"]) for answer in answers}) == 1
