"""CompleteMultipartUpload in buckets with versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import (
    complete_upload,
    completed_part,
    create_upload,
    no_such_upload,
    upload_in_parts,
    upload_part,
)
from fakecos.contract.steps.versions import (
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
    suspend_versioning,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.limits(min_part_size=1)


@pytest.fixture
def completed(client: Any) -> tuple[str, dict[str, Any], Any]:
    """An upload that was completed in a bucket with versions: its id, its part, and the answer."""
    enable_versioning(client)
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id, b"body"))
    return upload_id, part, complete_upload(client, upload_id, part)


def test_complete_tells_the_version(client: Any, completed: Any) -> None:
    # documented: x-amz-version-id of CompleteMultipartUpload
    version = completed[2]["VersionId"]
    assert list_versions(client) == [("version", KEY, version, True)]
    assert read_object(client, KEY, VersionId=version) == b"body"


def test_the_version_is_that_of_the_time_of_complete(client: Any) -> None:
    # assumed: as for PutObject (recorded aws-objects 52), `null` is not told
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    suspend_versioning(client)
    assert "VersionId" not in complete_upload(client, upload_id, part)
    assert client.head_object(Bucket=BUCKET, Key=KEY)["VersionId"] == NULL_VERSION


@pytest.mark.parametrize("meanwhile", [put_version, add_delete_marker])
def test_complete_may_be_repeated_as_long_as_its_version_is_there(client: Any, completed: Any, meanwhile: Any) -> None:
    # public: also below a newer version and below a delete marker
    upload_id, part, answer = completed
    meanwhile(client, KEY)
    before = list_versions(client)
    again = complete_upload(client, upload_id, part)
    assert (again["ETag"], again["VersionId"]) == (answer["ETag"], answer["VersionId"])
    assert list_versions(client) == before


def test_without_its_version_it_is_no_such_upload(cos: FakeCOS, client: Any, completed: Any) -> None:
    # public
    upload_id, part, answer = completed
    client.delete_object(Bucket=BUCKET, Key=KEY, VersionId=answer["VersionId"])
    put_version(client, KEY)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, part)


def test_each_upload_makes_a_version(client: Any) -> None:
    # documented
    enable_versioning(client)
    first, second = (upload_in_parts(client, body)["VersionId"] for body in (b"1", b"2"))
    assert list_versions(client) == [("version", KEY, second, True), ("version", KEY, first, False)]
    assert read_object(client, KEY, VersionId=first, PartNumber=1) == b"1"


def test_a_condition_sees_a_marker_as_nothing(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 27, 28 for copies
    enable_versioning(aws)
    put_version(aws, KEY)
    add_delete_marker(aws, KEY)
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id))
    with refused(cos, "NoSuchKey", status=404):
        complete_upload(aws, upload_id, part, IfMatch='"d41d8cd98f00b204e9800998ecf8427e"')
    assert "VersionId" in complete_upload(aws, upload_id, part, IfNoneMatch="*")
