"""DeleteObject and DeleteObjects in buckets with versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import members_of
from fakecos.contract.steps.messages import (
    HEADER_NOT_IMPLEMENTED,
    INVALID_VERSION_ID,
    NO_SUCH_VERSION,
    PRECONDITION_FAILED,
)
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused, stored_state
from fakecos.contract.steps.versions import (
    ABSENT_VERSION,
    MADE_UP_VERSION,
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
    suspend_versioning,
)

OBJECT = {"Bucket": BUCKET, "Key": "key"}


def delete_all(client: Any, *entries: dict[str, str], **more: Any) -> Any:
    return members_of(client.delete_objects(Bucket=BUCKET, Delete={"Objects": list(entries), **more}))


@promise
def deleting_a_marker_by_its_id_brings_the_object_back(client: Any) -> None:
    """Source: recorded aws-objects 49: delete-delete-marker."""
    enable_versioning(client)
    put_version(client, body=b"back")
    marker = add_delete_marker(client)
    assert members_of(client.delete_object(**OBJECT, VersionId=marker)) == {"DeleteMarker": True, "VersionId": marker}
    assert read_object(client) == b"back"


@promise
def deleting_a_version_by_its_id_is_for_good(client: Any) -> None:
    """Source: recorded aws-objects 49: delete-object-version."""
    enable_versioning(client)
    first, second = put_version(client, body=b"1"), put_version(client, body=b"2")
    assert members_of(client.delete_object(**OBJECT, VersionId=second)) == {"VersionId": second}
    assert read_object(client) == b"1"
    assert list_versions(client) == [("version", "key", first, True)]


@promise
def deleting_a_version_twice_succeeds_twice(cos: Service, client: Any) -> None:
    """Source: public."""
    enable_versioning(client)
    version = put_version(client)
    client.delete_object(**OBJECT, VersionId=version)
    before = stored_state(cos)
    assert members_of(client.delete_object(**OBJECT, VersionId=version)) == {"VersionId": version}
    assert members_of(client.delete_object(**OBJECT, VersionId=NULL_VERSION)) == {"VersionId": NULL_VERSION}
    assert delete_all(client, {"Key": "key", "VersionId": version}) == {
        "Deleted": [{"Key": "key", "VersionId": version}]
    }
    assert stored_state(cos) == before


@promise
def an_unknown_key_gets_a_marker(client: Any) -> None:
    """Source: recorded aws-objects 49: delete-wrong-key."""
    enable_versioning(client)
    marker = add_delete_marker(client, "wrong")
    assert list_versions(client) == [("marker", "wrong", marker, True)]


@promise
def what_is_no_version_id_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49: delete-with-bad-version."""
    enable_versioning(client)
    put_version(client)
    with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, ArgumentName="versionId", ArgumentValue="bad"):
        client.delete_object(**OBJECT, VersionId="bad")


@promise
def a_version_that_never_was_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 50 for DeleteObjects; for DeleteObject: assumed."""
    enable_versioning(client)
    put_version(client)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="key", VersionId=ABSENT_VERSION):
        client.delete_object(**OBJECT, VersionId=ABSENT_VERSION)


@promise
def a_suspended_bucket_gets_a_marker_that_replaces_the_version_null(client: Any) -> None:
    """Source: recorded aws-objects 51."""
    enable_versioning(client)
    first, second = put_version(client), put_version(client)
    suspend_versioning(client)
    assert add_delete_marker(client) == NULL_VERSION
    after = [
        ("version", "key", second, True),
        ("version", "key", first, False),
    ]
    marked = [(*line[:3], False) for line in after] + [("marker", "key", NULL_VERSION, True)]
    assert list_versions(client) == marked
    assert put_version(client) == NULL_VERSION
    assert add_delete_marker(client) == NULL_VERSION
    assert list_versions(client) == marked
    assert members_of(client.delete_object(**OBJECT, VersionId=NULL_VERSION)) == {
        "DeleteMarker": True,
        "VersionId": NULL_VERSION,
    }
    assert list_versions(client) == after


@promise
def delete_objects_makes_markers(client: Any) -> None:
    """Source: recorded aws-objects 50: delete-objects-no-version-id, delete-objects-marker."""
    enable_versioning(client)
    put_version(client)
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


@promise
def delete_objects_deletes_versions(client: Any) -> None:
    """Source: recorded aws-objects 48, 50: delete-objects-version-id, delete_objects."""
    enable_versioning(client)
    first, second = put_version(client), put_version(client)
    entry = {"Key": "key", "VersionId": first}
    assert delete_all(client, entry) == {"Deleted": [entry]}
    assert list_versions(client) == [("version", "key", second, True)]
    assert delete_all(client, {"Key": "key", "VersionId": second}, Quiet=True) == {}
    assert list_versions(client) == []


@promise
@cases("version", [ABSENT_VERSION, MADE_UP_VERSION, "not-an-id"])
def delete_objects_tells_of_each_version_that_never_was(cos: Service, client: Any, version: str) -> None:
    """Source: recorded aws-objects 50: delete-objects-wrong-version-id; another form: public."""
    enable_versioning(client)
    put_version(client)
    before = stored_state(cos)
    error = {"Code": "NoSuchVersion", "Message": NO_SUCH_VERSION, "VersionId": version}
    entries = [{"Key": key, "VersionId": version} for key in ("key", "wrong-key-2")]
    assert delete_all(client, *entries) == {"Errors": [{"Key": "key", **error}, {"Key": "wrong-key-2", **error}]}
    assert stored_state(cos) == before


@promise
def the_condition_is_about_the_current_version(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 24; of older versions documented: "conditional delete evaluations only apply to
    the current."""
    # recorded aws-objects 24; of older versions documented: "conditional delete evaluations only apply to the current
    # version"; of a marker public: aws-changes 35
    enable_versioning(aws)
    older = put_version(aws, body=b"1")
    etag = aws.head_object(**OBJECT, VersionId=older)["ETag"]
    put_version(aws, body=b"2")
    for condition in ('"other"', etag):
        with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
            aws.delete_object(**OBJECT, IfMatch=condition)
    add_delete_marker(aws)
    for condition in (etag, "*", '"other"'):
        with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
            aws.delete_object(**OBJECT, IfMatch=condition)
    told = delete_all(aws, {"Key": "key", "ETag": etag})
    assert [(error["Key"], error["Code"]) for error in told["Errors"]] == [("key", "NoSuchKey")]


@promise
@cases("condition", ["its own", "*", '"other"'])
def a_condition_and_a_version_id_are_not_implemented_together(cos: Service, aws: Any, condition: str) -> None:
    """Source: public: measured on AWS (aws-changes 35); the field, and DeleteObjects: assumed."""
    enable_versioning(aws)
    version = put_version(aws, body=b"1")
    condition = aws.head_object(**OBJECT)["ETag"] if condition == "its own" else condition
    for named in (version, ABSENT_VERSION, "null", "no version id"):
        with refused(cos, "NotImplemented", HEADER_NOT_IMPLEMENTED, 501, Header="If-Match"):
            aws.delete_object(**OBJECT, IfMatch=condition, VersionId=named)
    before = stored_state(cos)
    told = delete_all(aws, {"Key": "key", "VersionId": version, "ETag": condition})
    assert told == {
        "Errors": [
            {"Key": "key", "VersionId": version, "Code": "NotImplemented", "Message": HEADER_NOT_IMPLEMENTED},
        ]
    }
    assert stored_state(cos) == before


@promise
@cases("more", [{"Size": 1}, {"LastModifiedTime": dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)}])
def conditions_of_directory_buckets_are_refused_with_a_version_too(cos: Service, aws: Any, more: Any) -> None:
    """Source: documented: only directory buckets have them; the answer of DeleteObjects: reported: aws-measured
    20."""
    enable_versioning(aws)
    version = put_version(aws, body=b"1")
    with refused(cos, "MalformedXML"):
        aws.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "key", "VersionId": version, **more}]})


@promise
@cases("versioned", [False, True])
def where_nothing_is_no_condition_holds(cos: Service, aws: Any, versioned: bool) -> None:
    """Source: public: a test of moto's that runs on AWS; in a bucket with versions, and of DeleteObjects: assumed."""
    if versioned:
        enable_versioning(aws)
    put_version(aws, "another")
    for condition in ('"etag"', "*"):
        with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="key"):
            aws.delete_object(**OBJECT, IfMatch=condition)
    told = delete_all(aws, {"Key": "key", "ETag": '"etag"'})
    assert [(error["Key"], error["Code"]) for error in told["Errors"]] == [("key", "NoSuchKey")]
    assert "DeleteMarkers" not in aws.list_object_versions(Bucket=BUCKET)
