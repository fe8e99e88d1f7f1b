"""DeleteObject and DeleteObjects in buckets with versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.versions_deleted import OBJECT
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.versions import (
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS


def test_a_delete_leaves_a_marker_each_time(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 49: delete-object, delete-object-2, list-object-versions
    enable_versioning(client)
    version = put_version(client)
    answer = client.delete_object(**OBJECT)
    first = answer["VersionId"]
    assert (http_status(answer), members_of(answer)) == (204, {"DeleteMarker": True, "VersionId": first})
    assert specific_headers(answer) == {"x-amz-delete-marker": "true", "x-amz-version-id": first}
    second = add_delete_marker(client)
    assert list_versions(client) == [
        ("version", "key", version, False),
        ("marker", "key", second, True),
        ("marker", "key", first, False),
    ]
    assert list(cos.bucket(BUCKET).objects) == []


def test_nothing_can_be_deleted_by_a_snapshot_s_neighbour(cos: FakeCOS, client: Any) -> None:
    # what is kept is copied, and not shared with what is changed later
    enable_versioning(client)
    version = put_version(client, body=b"kept")
    kept = cos.snapshot()
    client.delete_object(**OBJECT, VersionId=version)
    add_delete_marker(client)
    cos.restore(kept)
    assert list_versions(client) == [("version", "key", version, True)]
    assert read_object(client) == b"kept"
