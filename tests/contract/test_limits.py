"""Limits are values: a test sets its own, and hears what the service itself would have refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, Limits
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.messages import PART_NUMBER_RANGE
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable


def notices(cos: FakeCOS) -> list[str]:
    return list(cos.store.notices)


def complete(client: Any, *bodies: bytes) -> Any:
    upload_id = create_upload(client)
    parts = [
        completed_part(number, upload_part(client, upload_id, body, number)) for number, body in enumerate(bodies, 1)
    ]
    return complete_upload(client, upload_id, *parts)


def test_without_limits_nothing_is_noticed(cos: FakeCOS, client: Any) -> None:
    complete(client, bytes(5 * 1024 * 1024), b"last")
    assert notices(cos) == []


@pytest.mark.limits(min_part_size=1)
def test_a_small_part_is_taken_and_noticed(cos: FakeCOS, client: Any) -> None:
    assert http_status(complete(client, b"a", b"b", b"c")) == 200
    assert notices(cos) == ["would be refused by S3: EntityTooSmall, part 1 has 1 bytes, the minimum is 5242880"]


@pytest.mark.limits(min_part_size=1)
def test_a_last_part_that_is_small_is_not_noticed(cos: FakeCOS, client: Any) -> None:
    complete(client, b"only")
    assert notices(cos) == []


@pytest.mark.limits(min_part_size=3)
def test_the_minimum_of_the_test_is_told(cos: FakeCOS, aws: Any) -> None:
    upload_id = create_upload(aws)
    parts = [completed_part(number, upload_part(aws, upload_id, b"aa", number)) for number in (1, 2)]
    with refused(cos, "EntityTooSmall") as answer:
        complete_upload(aws, upload_id, *parts)
    assert (answer["Error"]["ProposedSize"], answer["Error"]["MinSizeAllowed"]) == ("2", "3")


@pytest.mark.limits(max_parts=20_000)
def test_a_number_beyond_the_real_maximum_is_taken_and_noticed(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    upload_part(client, upload_id, number=15_000)
    assert notices(cos) == ["would be refused by S3: InvalidArgument, part number 15000, the maximum is 10000"]


@pytest.mark.limits(max_parts=2)
def test_the_maximum_of_the_test_is_told(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    message = PART_NUMBER_RANGE.replace("10000", "2")
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="partNumber", ArgumentValue="3"):
        upload_part(client, upload_id, number=3)


@pytest.mark.limits(max_parts=2)
def test_a_list_longer_than_the_tests_maximum_is_refused(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    name = "CompleteMultipartUpload"
    message = "The CompleteMultipartUpload reqeust contains for than 2 parts."
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=name):
        complete_upload(client, upload_id, *({"PartNumber": n, "ETag": "x"} for n in (1, 2, 3)))


@pytest.mark.limits(max_key_size=2000, max_metadata_size=5000, max_delete_keys=1001)
def test_longer_keys_and_metadata_and_lists_are_taken_and_noticed(cos: FakeCOS, client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="k" * 1025, Body=b"", Metadata={"n": "v" * 2048})
    client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": str(number)} for number in range(1001)]})
    assert notices(cos) == [
        "would be refused by S3: KeyTooLongError, bytes of a key: 1025, the maximum is 1024",
        "would be refused by S3: MetadataTooLarge, bytes of metadata: 2049, the maximum is 2048",
        "would be refused by S3: MalformedXML, keys in one DeleteObjects: 1001, the maximum is 1000",
    ]


@pytest.mark.limits(min_part_size=1)
def test_a_notice_is_kept_once(cos: FakeCOS, client: Any) -> None:
    for _ in range(3):
        complete(client, b"a", b"b")
    assert len(notices(cos)) == 1


@pytest.mark.limits(min_part_size=1)
def test_it_is_in_the_report(cos: FakeCOS, client: Any) -> None:
    from fakecos.testing.report import report

    complete(client, b"a", b"b")
    text = report(cos.store, cos.journal.counts)
    assert "would be refused by S3" in text
    assert "EntityTooSmall, part 1 has 1 bytes, the minimum is 5242880" in text


def test_limits_belong_to_one_fake(make_client: Callable[..., Any]) -> None:
    """They are values handed in, never globals: the outer fake keeps the service's own."""
    outer = FakeCOS()
    with outer:
        outer.create_bucket(BUCKET)
        client = make_client()
        with FakeCOS(limits=Limits(min_part_size=1)) as inner:
            inner.create_bucket(BUCKET)
            assert http_status(complete(client, b"a", b"b")) == 200
        upload_id = create_upload(client)
        parts = [completed_part(n, upload_part(client, upload_id, b"x", n)) for n in (1, 2)]
        with refused(outer, "EntityTooSmall"):
            complete_upload(client, upload_id, *parts)


@pytest.mark.limits(max_put_size=3)
def test_the_size_of_an_object_has_a_limit_of_its_own(cos: FakeCOS, client: Any) -> None:
    with refused(cos, "EntityTooLarge"):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"four")
    upload_part(client, create_upload(client), b"four")
