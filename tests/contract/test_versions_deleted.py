"""DeleteObject and DeleteObjects in buckets with versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.answers import headers_of, status_of, told
from tests.contract.conftest import BUCKET, described, refused
from tests.contract.versions import (
    ABSENT,
    INVALID_ID,
    MADE_UP,
    NO_VERSION,
    NULL,
    enable,
    listed,
    mark,
    put,
    read,
    suspend,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

OBJECT = {"Bucket": BUCKET, "Key": "key"}
FAILED = "At least one of the pre-conditions you specified did not hold"


def delete_all(client: Any, *entries: dict[str, str], **more: Any) -> Any:
    return told(client.delete_objects(Bucket=BUCKET, Delete={"Objects": list(entries), **more}))


def test_a_delete_leaves_a_marker_each_time(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 49: delete-object, delete-object-2, list-object-versions
    enable(client)
    version = put(client)
    answer = client.delete_object(**OBJECT)
    first = answer["VersionId"]
    assert (status_of(answer), told(answer)) == (204, {"DeleteMarker": True, "VersionId": first})
    assert headers_of(answer) == {"x-amz-delete-marker": "true", "x-amz-version-id": first}
    second = mark(client)
    assert listed(client) == [
        ("version", "key", version, False),
        ("marker", "key", second, True),
        ("marker", "key", first, False),
    ]
    assert list(cos.bucket(BUCKET).objects) == []


def test_deleting_a_marker_by_its_id_brings_the_object_back(client: Any) -> None:
    # recorded aws-objects 49: delete-delete-marker
    enable(client)
    put(client, body=b"back")
    marker = mark(client)
    assert told(client.delete_object(**OBJECT, VersionId=marker)) == {"DeleteMarker": True, "VersionId": marker}
    assert read(client) == b"back"


def test_deleting_a_version_by_its_id_is_for_good(client: Any) -> None:
    # recorded aws-objects 49: delete-object-version
    enable(client)
    first, second = put(client, body=b"1"), put(client, body=b"2")
    assert told(client.delete_object(**OBJECT, VersionId=second)) == {"VersionId": second}
    assert read(client) == b"1"
    assert listed(client) == [("version", "key", first, True)]


def test_deleting_a_version_twice_succeeds_twice(cos: FakeCOS, client: Any) -> None:
    # public
    enable(client)
    version = put(client)
    client.delete_object(**OBJECT, VersionId=version)
    before = described(cos)
    assert told(client.delete_object(**OBJECT, VersionId=version)) == {"VersionId": version}
    assert told(client.delete_object(**OBJECT, VersionId=NULL)) == {"VersionId": NULL}
    assert delete_all(client, {"Key": "key", "VersionId": version}) == {
        "Deleted": [{"Key": "key", "VersionId": version}]
    }
    assert described(cos) == before


def test_an_unknown_key_gets_a_marker(client: Any) -> None:
    # recorded aws-objects 49: delete-wrong-key
    enable(client)
    marker = mark(client, "wrong")
    assert listed(client) == [("marker", "wrong", marker, True)]


def test_what_is_no_version_id_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 49: delete-with-bad-version
    enable(client)
    put(client)
    with refused(cos, "InvalidArgument", INVALID_ID, 400, ArgumentName="versionId", ArgumentValue="bad"):
        client.delete_object(**OBJECT, VersionId="bad")


def test_a_version_that_never_was_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 50 for DeleteObjects; for DeleteObject: assumed
    enable(client)
    put(client)
    with refused(cos, "NoSuchVersion", NO_VERSION, 404, Key="key", VersionId=ABSENT):
        client.delete_object(**OBJECT, VersionId=ABSENT)


def test_a_suspended_bucket_gets_a_marker_that_replaces_the_version_null(client: Any) -> None:
    # recorded aws-objects 51
    enable(client)
    first, second = put(client), put(client)
    suspend(client)
    assert mark(client) == NULL
    after = [
        ("version", "key", second, True),
        ("version", "key", first, False),
    ]
    marked = [(*line[:3], False) for line in after] + [("marker", "key", NULL, True)]
    assert listed(client) == marked
    assert put(client) == NULL
    assert mark(client) == NULL
    assert listed(client) == marked
    assert told(client.delete_object(**OBJECT, VersionId=NULL)) == {"DeleteMarker": True, "VersionId": NULL}
    assert listed(client) == after


def test_delete_objects_makes_markers(client: Any) -> None:
    # recorded aws-objects 50: delete-objects-no-version-id, delete-objects-marker
    enable(client)
    put(client)
    answer = delete_all(client, {"Key": "key"}, {"Key": "wrong"})
    marker, other = (item["DeleteMarkerVersionId"] for item in answer["Deleted"])
    assert answer == {
        "Deleted": [
            {"DeleteMarker": True, "DeleteMarkerVersionId": marker, "Key": "key"},
            {"DeleteMarker": True, "DeleteMarkerVersionId": other, "Key": "wrong"},
        ]
    }
    assert delete_all(client, {"Key": "key", "VersionId": marker}) == {
        "Deleted": [{"DeleteMarker": True, "DeleteMarkerVersionId": marker, "Key": "key", "VersionId": marker}]
    }
    assert "key" in [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET)["Contents"]]


def test_delete_objects_deletes_versions(client: Any) -> None:
    # recorded aws-objects 48, 50: delete-objects-version-id, delete_objects
    enable(client)
    first, second = put(client), put(client)
    entry = {"Key": "key", "VersionId": first}
    assert delete_all(client, entry) == {"Deleted": [entry]}
    assert listed(client) == [("version", "key", second, True)]
    assert delete_all(client, {"Key": "key", "VersionId": second}, Quiet=True) == {}
    assert listed(client) == []


@pytest.mark.parametrize("version", [ABSENT, MADE_UP, "not-an-id"])
def test_delete_objects_tells_of_each_version_that_never_was(cos: FakeCOS, client: Any, version: str) -> None:
    # recorded aws-objects 50: delete-objects-wrong-version-id; another form: public
    enable(client)
    put(client)
    before = described(cos)
    error = {"Code": "NoSuchVersion", "Message": NO_VERSION, "VersionId": version}
    entries = [{"Key": key, "VersionId": version} for key in ("key", "wrong-key-2")]
    assert delete_all(client, *entries) == {"Errors": [{"Key": "key", **error}, {"Key": "wrong-key-2", **error}]}
    assert described(cos) == before


def test_the_condition_is_about_what_would_be_deleted(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-objects 24; of versions and markers: assumed
    enable(aws)
    version = put(aws, body=b"1")
    etag = aws.head_object(**OBJECT)["ETag"]
    put(aws, body=b"2")
    for named in ({}, {"VersionId": version}):
        with refused(cos, "PreconditionFailed", FAILED, 412, Condition="If-Match"):
            aws.delete_object(**OBJECT, IfMatch='"other"', **named)
    aws.delete_object(**OBJECT, IfMatch=etag, VersionId=version)
    mark(aws)
    with refused(cos, "PreconditionFailed", FAILED, 412, Condition="If-Match"):
        aws.delete_object(**OBJECT, IfMatch=etag)


@pytest.mark.parametrize("versioned", [False, True])
def test_where_nothing_is_no_condition_holds(cos: FakeCOS, aws: Any, versioned: bool) -> None:
    # public: a test of moto's that runs on AWS; in a bucket with versions, and of DeleteObjects: assumed
    if versioned:
        enable(aws)
    put(aws, "another")
    for condition in ('"etag"', "*"):
        with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
            aws.delete_object(**OBJECT, IfMatch=condition)
    told = delete_all(aws, {"Key": "key", "ETag": '"etag"'})
    assert [(error["Key"], error["Code"]) for error in told["Errors"]] == [("key", "NoSuchKey")]
    assert "DeleteMarkers" not in aws.list_object_versions(Bucket=BUCKET)


def test_nothing_can_be_deleted_by_a_snapshot_s_neighbour(cos: FakeCOS, client: Any) -> None:
    # issue 4, section 2: what is kept is copied, and not shared with what is changed later
    enable(client)
    version = put(client, body=b"kept")
    kept = cos.snapshot()
    client.delete_object(**OBJECT, VersionId=version)
    mark(client)
    cos.restore(kept)
    assert listed(client) == [("version", "key", version, True)]
    assert read(client) == b"kept"
