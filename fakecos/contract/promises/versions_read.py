"""Reads of versions: which one a request is about, what the answer says, and what is refused."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.altered_requests import after_signing, replace_in_url
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.messages import INVALID_VERSION_ID, METHOD_NOT_ALLOWED, NO_SUCH_KEY, NO_SUCH_VERSION
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import (
    ABSENT_VERSION,
    MADE_UP_VERSION,
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    put_version,
    suspend_versioning,
)

OBJECT = {"Bucket": BUCKET, "Key": "key"}
GOT = {
    "AcceptRanges": "bytes",
    "Body": b"test-delete",
    "ChecksumCRC32": "1jy6qw==",
    "ChecksumType": "FULL_OBJECT",
    "ContentLength": 11,
    "ContentType": "binary/octet-stream",
    "ETag": '"a9a43d6b467d3dc6514412c3a4987415"',
    "LastModified": DATETIME,
    "Metadata": {},
    "ServerSideEncryption": "AES256",
}


@promise
def put_and_get_tell_the_version(aws: Any) -> None:
    """Source: recorded aws-objects 49: put-object, get-object-with-version."""
    enable_versioning(aws)
    answer = members_of(aws.put_object(**OBJECT, Body=b"test-delete"))
    version = answer["VersionId"]
    assert len(version) == 32
    assert answer == {
        "ChecksumCRC32": "1jy6qw==",
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"a9a43d6b467d3dc6514412c3a4987415"',
        "ServerSideEncryption": "AES256",
        "VersionId": version,
    }
    assert members_of(aws.get_object(**OBJECT, VersionId=version)) == {**GOT, "VersionId": version}
    assert members_of(aws.get_object(**OBJECT)) == {**GOT, "VersionId": version}


@promise
def each_put_makes_a_version(client: Any) -> None:
    """Source: recorded aws-objects 53."""
    enable_versioning(client)
    versions = [put_version(client, body=b"%d" % number) for number in range(3)]
    assert len(set(versions)) == 3
    assert read_object(client) == b"2"
    assert [read_object(client, VersionId=version) for version in versions] == [b"0", b"1", b"2"]
    assert client.head_object(**OBJECT)["VersionId"] == versions[2]
    assert client.head_object(**OBJECT, VersionId=versions[0])["VersionId"] == versions[0]


@promise
def what_was_there_before_versioning_is_the_version_null(client: Any) -> None:
    """Source: recorded aws-objects 53."""
    before = client.put_object(**OBJECT, Body=b"before")
    assert "VersionId" not in before
    assert "VersionId" not in client.get_object(**OBJECT)
    enable_versioning(client)
    assert client.get_object(**OBJECT)["VersionId"] == NULL_VERSION
    version = put_version(client, body=b"after")
    assert read_object(client, VersionId=NULL_VERSION) == b"before"
    assert read_object(client, VersionId=version) == b"after"


@promise
def a_deleted_object_is_not_there_and_headers_tell_of_the_marker(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49, 54."""
    enable_versioning(client)
    put_version(client)
    marker = add_delete_marker(client)
    for operation, code in ((client.get_object, "NoSuchKey"), (client.head_object, "404")):
        with refused(cos, code, status=404) as answer:
            operation(**OBJECT)
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        assert headers["x-amz-delete-marker"] == "true"
        assert headers["x-amz-version-id"] == marker
        assert "allow" not in headers
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
        client.get_object(**OBJECT)


@promise
def a_marker_cannot_be_read_by_its_id(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49; Last-Modified: public."""
    enable_versioning(client)
    marker = add_delete_marker(client)
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="GET", ResourceType="DeleteMarker") as answer:
        client.get_object(**OBJECT, VersionId=marker)
    with refused(cos, "405", status=405) as head:
        client.head_object(**OBJECT, VersionId=marker)
    for told_of in (answer, head):
        headers = told_of["ResponseMetadata"]["HTTPHeaders"]
        assert headers["allow"] == "DELETE"
        assert headers["x-amz-delete-marker"] == "true"
        assert headers["x-amz-version-id"] == marker
        assert headers["last-modified"].endswith(" GMT")


@promise
def a_version_that_is_gone_is_not_there(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49: get-deleted-object-with-version, without the headers of a marker."""
    enable_versioning(client)
    version = put_version(client)
    client.delete_object(**OBJECT, VersionId=version)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="key", VersionId=version) as answer:
        client.get_object(**OBJECT, VersionId=version)
    assert "x-amz-delete-marker" not in answer["ResponseMetadata"]["HTTPHeaders"]


@promise
@cases("version", [ABSENT_VERSION, NULL_VERSION])
@cases("key", ["key", "missing"])
def a_version_that_never_was_is_not_there(cos: Service, client: Any, key: str, version: str) -> None:
    """Source: recorded aws-objects 49; `null` and a missing key: public."""
    enable_versioning(client)
    put_version(client)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key=key, VersionId=version):
        client.get_object(Bucket=BUCKET, Key=key, VersionId=version)


@promise
def a_version_of_another_key_is_not_there(cos: Service, client: Any) -> None:
    """Source: documented: a version id is one of a key."""
    enable_versioning(client)
    version = put_version(client)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="other", VersionId=version):
        client.get_object(Bucket=BUCKET, Key="other", VersionId=version)


@promise
@cases("version", ["not-an-id", "NULL", ABSENT_VERSION + "A", MADE_UP_VERSION])
def what_is_no_version_id_is_refused(cos: Service, client: Any, version: str) -> None:
    """Source: recorded aws-objects 49; the forms: public; the one that was made up: an answer of AWS."""
    enable_versioning(client)
    put_version(client)
    with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, ArgumentName="versionId", ArgumentValue=version):
        client.get_object(**OBJECT, VersionId=version)


@promise
def a_version_id_that_was_altered_is_none(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49 for DeleteObject: delete-with-bad-version is an id with the last four
    characters replaced."""
    enable_versioning(client)
    version = put_version(client)[:-4] + "ABCD"
    for asked in (client.get_object, client.get_object_tagging, client.delete_object):
        with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, ArgumentName="versionId", ArgumentValue=version):
            asked(**OBJECT, VersionId=version)


@promise
@cases("asked", ["get_object", "delete_object"])
def a_made_up_version_id_is_refused_in_a_bucket_without_versions(cos: Service, client: Any, asked: str) -> None:
    """Source: public: answers of AWS."""
    put_version(client)
    with refused(
        cos, "InvalidArgument", INVALID_VERSION_ID, 400, ArgumentName="versionId", ArgumentValue=MADE_UP_VERSION
    ):
        getattr(client, asked)(**OBJECT, VersionId=MADE_UP_VERSION)


@promise
def an_empty_version_id_is_refused(cos: Service, aws: Any) -> None:
    """Source: public."""
    put_version(aws)
    message = "Version id cannot be the empty string"
    with (
        refused(cos, "InvalidArgument", message, 400, ArgumentName="versionId", ArgumentValue=None),
        after_signing(aws, "GetObject", replace_in_url(f"versionId={ABSENT_VERSION}", "versionId=")),
    ):
        aws.get_object(**OBJECT, VersionId=ABSENT_VERSION)


@promise
def attributes_of_versions(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 55."""
    enable_versioning(aws)
    first = put_version(aws, body=b"content")
    second = put_version(aws, body=b"version 2")
    asked = ["ETag", "StorageClass", "ObjectSize"]
    answer = members_of(aws.get_object_attributes(**OBJECT, ObjectAttributes=asked))
    assert (answer["VersionId"], answer["ObjectSize"]) == (second, 9)
    answer = members_of(aws.get_object_attributes(**OBJECT, ObjectAttributes=asked, VersionId=first))
    assert (answer["VersionId"], answer["ObjectSize"]) == (first, 7)
    add_delete_marker(aws)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
        aws.get_object_attributes(**OBJECT, ObjectAttributes=asked)


@promise
def a_suspended_marker_is_the_version_null(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 51 for the delete; for reads: public."""
    suspend_versioning(client)
    assert add_delete_marker(client) == NULL_VERSION
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="GET", ResourceType="DeleteMarker"):
        client.get_object(**OBJECT, VersionId=NULL_VERSION)


@promise
def objects_in_lists_are_the_newest_versions(client: Any) -> None:
    """Source: documented: ListObjects knows nothing of versions."""
    enable_versioning(client)
    put_version(client, "a", b"1")
    put_version(client, "a", b"22")
    put_version(client, "b")
    add_delete_marker(client, "b")
    contents = client.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert [(item["Key"], item["Size"]) for item in contents] == [("a", 2)]
