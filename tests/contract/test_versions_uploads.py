"""CompleteMultipartUpload in buckets with versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.conftest import refused
from tests.contract.parts import BUCKET, KEY, finish, gone, named, send, start, uploaded
from tests.contract.versions import NULL, enable, listed, mark, put, read, suspend

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.limits(min_part_size=1)


@pytest.fixture
def completed(client: Any) -> tuple[str, dict[str, Any], Any]:
    """An upload that was completed in a bucket with versions: its id, its part, and the answer."""
    enable(client)
    upload_id = start(client)
    part = named(1, send(client, upload_id, b"body"))
    return upload_id, part, finish(client, upload_id, part)


def test_complete_tells_the_version(client: Any, completed: Any) -> None:
    # documented: x-amz-version-id of CompleteMultipartUpload
    version = completed[2]["VersionId"]
    assert listed(client) == [("version", KEY, version, True)]
    assert read(client, KEY, VersionId=version) == b"body"


def test_the_version_is_that_of_the_time_of_complete(client: Any) -> None:
    # assumed: as for PutObject (recorded aws-objects 52), `null` is not told
    upload_id = start(client)
    part = named(1, send(client, upload_id))
    suspend(client)
    assert "VersionId" not in finish(client, upload_id, part)
    assert client.head_object(Bucket=BUCKET, Key=KEY)["VersionId"] == NULL


def test_with_a_customers_key_too(aws: Any) -> None:
    # documented
    enable(aws)
    key: dict[str, Any] = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32}
    upload_id = start(aws, **key)
    part = named(1, send(aws, upload_id, **key))
    assert len(finish(aws, upload_id, part)["VersionId"]) == 32


@pytest.mark.parametrize("meanwhile", [put, mark])
def test_complete_may_be_repeated_as_long_as_its_version_is_there(client: Any, completed: Any, meanwhile: Any) -> None:
    # public: also below a newer version and below a delete marker
    upload_id, part, answer = completed
    meanwhile(client, KEY)
    before = listed(client)
    again = finish(client, upload_id, part)
    assert (again["ETag"], again["VersionId"]) == (answer["ETag"], answer["VersionId"])
    assert listed(client) == before


def test_without_its_version_it_is_no_such_upload(cos: FakeCOS, client: Any, completed: Any) -> None:
    # public
    upload_id, part, answer = completed
    client.delete_object(Bucket=BUCKET, Key=KEY, VersionId=answer["VersionId"])
    put(client, KEY)
    with refused(cos, **gone(upload_id)):
        finish(client, upload_id, part)


def test_each_upload_makes_a_version(client: Any) -> None:
    # documented
    enable(client)
    first, second = (uploaded(client, body)["VersionId"] for body in (b"1", b"2"))
    assert listed(client) == [("version", KEY, second, True), ("version", KEY, first, False)]
    assert read(client, KEY, VersionId=first, PartNumber=1) == b"1"


def test_a_condition_sees_a_marker_as_nothing(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 27, 28 for copies
    enable(aws)
    put(aws, KEY)
    mark(aws, KEY)
    upload_id = start(aws)
    part = named(1, send(aws, upload_id))
    with refused(cos, "NoSuchKey", status=404):
        finish(aws, upload_id, part, IfMatch='"d41d8cd98f00b204e9800998ecf8427e"')
    assert "VersionId" in finish(aws, upload_id, part, IfNoneMatch="*")
