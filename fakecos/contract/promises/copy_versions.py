"""CopyObject and UploadPartCopy in buckets with versions: of the source and of the copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

import datetime as dt
from typing import TYPE_CHECKING

from fakecos.contract.steps.altered_requests import after_signing, set_header
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.messages import (
    COPY_ONTO_ITSELF,
    INVALID_VERSION_ID,
    NO_SUCH_KEY,
    NO_SUCH_VERSION,
    PRECONDITION_FAILED,
)
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import read_object
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload
from fakecos.contract.steps.versions import (
    ABSENT_VERSION,
    NULL_VERSION,
    add_delete_marker,
    enable_versioning,
    list_versions,
    put_version,
    suspend_versioning,
)

OF_MARKER = "The source of a copy request may not specifically refer to a delete marker by version id."
DATA = '"8d777f385d3dfec8815d20f7496026dc"'
OTHER = '"d41d8cd98f00b204e9800998ecf8427e"'


def copy_version(client: Any, key: str = "copy", source: str = "key", version: str | None = None, **more: Any) -> Any:
    named = {"Bucket": BUCKET, "Key": source, **({} if version is None else {"VersionId": version})}
    return client.copy_object(Bucket=BUCKET, Key=key, CopySource=named, **more)


@promise
def the_answer_tells_both_versions(aws: Any) -> None:
    """Source: recorded aws-objects 27, 32: copy-obj, copy-if-modified-since."""
    enable_versioning(aws)
    source = put_version(aws, body=b"data")
    answer = members_of(copy_version(aws))
    assert answer == {
        "CopyObjectResult": {
            "ChecksumCRC32": "rfPzYw==",
            "ChecksumType": "FULL_OBJECT",
            "ETag": DATA,
            "LastModified": DATETIME,
        },
        "CopySourceVersionId": source,
        "ServerSideEncryption": "AES256",
        "VersionId": answer["VersionId"],
    }
    assert list_versions(aws, Prefix="copy") == [("version", "copy", answer["VersionId"], True)]


@promise
def a_version_may_be_named(client: Any) -> None:
    """Source: recorded aws-objects 42: copy-object-v1."""
    enable_versioning(client)
    first, second = put_version(client, body=b"1"), put_version(client, body=b"2")
    assert copy_version(client)["CopySourceVersionId"] == second
    assert copy_version(client, version=first)["CopySourceVersionId"] == first
    assert read_object(client, "copy") == b"1"


@promise
def copies_onto_itself(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 36, each line."""
    enable_versioning(aws)
    first = put_version(aws, body=b"data", Metadata={"key": "value"}, ContentType="application/json")
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        copy_version(aws, "key")
    answer = copy_version(aws, "key", MetadataDirective="REPLACE")
    second = answer["VersionId"]
    assert answer["CopySourceVersionId"] == first
    head = members_of(aws.head_object(Bucket=BUCKET, Key="key"))
    assert (head["VersionId"], head["Metadata"], head["ContentType"]) == (second, {}, "binary/octet-stream")
    suspend_versioning(aws)
    answer = copy_version(aws, "key", MetadataDirective="REPLACE")
    assert (answer["CopySourceVersionId"], answer["VersionId"]) == (second, NULL_VERSION)
    assert aws.head_object(Bucket=BUCKET, Key="key")["VersionId"] == NULL_VERSION
    assert aws.head_object(Bucket=BUCKET, Key="key", VersionId=second)["VersionId"] == second
    enable_versioning(aws)
    answer = copy_version(aws, "key", MetadataDirective="REPLACE")
    assert "CopySourceVersionId" not in answer
    assert [line[2] for line in list_versions(aws)] == [answer["VersionId"], NULL_VERSION, second, first]


@promise
def an_older_version_is_copied_to_its_own_key_without_a_change(client: Any) -> None:
    """Source: documented: restoring previous versions."""
    enable_versioning(client)
    first, second = put_version(client, body=b"1"), put_version(client, body=b"2")
    third = copy_version(client, "key", version=first)["VersionId"]
    assert read_object(client) == b"1"
    assert [line[2] for line in list_versions(client)] == [third, second, first]


@promise
def the_newest_version_is_copied_to_its_own_key_if_its_id_is_given(cos: Service, client: Any) -> None:
    """Source: public: a test of moto's that runs on AWS; where versioning is not enabled: assumed."""
    enable_versioning(client)
    first = put_version(client, body=b"1")
    second = copy_version(client, "key", version=first)["VersionId"]
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        copy_version(client, "key")
    assert [line[2] for line in list_versions(client)] == [second, first]
    suspend_versioning(client)
    third = put_version(client, body=b"2")
    assert third == NULL_VERSION
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        copy_version(client, "key", version=NULL_VERSION)


@promise
def if_none_match_sees_a_marker_as_nothing(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 27."""
    enable_versioning(aws)
    source = put_version(aws, "source-object", b"data")
    first = copy_version(aws, "dest", "source-object", IfNoneMatch="*")["VersionId"]
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-None-Match"):
        copy_version(aws, "dest", "source-object", IfNoneMatch="*")
    marker = add_delete_marker(aws, "dest")
    last = copy_version(aws, "dest", "source-object", IfNoneMatch="*")["VersionId"]
    assert list_versions(aws) == [
        ("version", "dest", last, True),
        ("version", "dest", first, False),
        ("version", "source-object", source, True),
        ("marker", "dest", marker, False),
    ]


@promise
def if_match_is_about_the_newest_version(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 28."""
    enable_versioning(aws)
    put_version(aws, "source-object", b"data")
    copy_version(aws, "dest", "source-object")
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="If-Match"):
        copy_version(aws, "dest", "source-object", IfMatch=OTHER)
    add_delete_marker(aws, "dest")
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="dest"):
        copy_version(aws, "dest", "source-object", IfMatch=DATA)
    put_version(aws, "dest", b"data")
    copy_version(aws, "dest", "source-object", IfMatch=DATA)
    assert len(list_versions(aws, Prefix="dest")) == 4


@promise
def puts_see_markers_so_too(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 28 for copies; for PutObject: 23 where the key was deleted."""
    enable_versioning(aws)
    put_version(aws, body=b"data")
    add_delete_marker(aws)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
        aws.put_object(Bucket=BUCKET, Key="key", IfMatch=DATA)
    assert "VersionId" in aws.put_object(Bucket=BUCKET, Key="key", IfNoneMatch="*")


@promise
def if_modified_since_is_about_the_named_version(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 32."""
    enable_versioning(aws)
    put_version(aws, body=b"data")
    modified = aws.head_object(Bucket=BUCKET, Key="key")["LastModified"]
    copy_version(aws, CopySourceIfModifiedSince=modified - dt.timedelta(minutes=1))
    with refused(cos, "PreconditionFailed", PRECONDITION_FAILED, 412, Condition="x-amz-copy-source-If-Modified-Since"):
        copy_version(aws, CopySourceIfModifiedSince=modified)


@promise
def a_marker_is_nothing_to_copy_from(cos: Service, client: Any) -> None:
    """Source: public: also the headers."""
    enable_versioning(client)
    put_version(client)
    marker = add_delete_marker(client)
    with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key") as answer:
        copy_version(client)
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert (headers["x-amz-delete-marker"], headers["x-amz-version-id"]) == ("true", marker)
    with refused(cos, "InvalidRequest", OF_MARKER, 400):
        copy_version(client, version=marker)


@promise
def a_version_that_never_was_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    enable_versioning(client)
    put_version(client)
    with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="key", VersionId=ABSENT_VERSION):
        copy_version(client, version=ABSENT_VERSION)


@promise
def what_is_no_version_id_is_refused(cos: Service, client: Any) -> None:
    """Source: public: CopyObject has fewer words than UploadPartCopy."""
    enable_versioning(client)
    put_version(client)
    upload_id = create_upload(client, "copy")
    with refused(cos, "InvalidRequest", "Invalid Request", 400):
        copy_version(client, version="abc")
    named = {"Bucket": BUCKET, "Key": "key", "VersionId": "abc"}
    said = {"ArgumentName": "x-amz-copy-source", "ArgumentValue": "abc"}
    with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, **said):
        client.upload_part_copy(Bucket=BUCKET, Key="copy", UploadId=upload_id, PartNumber=1, CopySource=named)


@promise
def an_empty_version_id_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    put_version(client)
    said = {"ArgumentName": "x-amz-copy-source", "ArgumentValue": None}
    with (
        refused(cos, "InvalidArgument", "Version id cannot be the empty string", 400, **said),
        after_signing(client, "CopyObject", set_header("x-amz-copy-source", f"{BUCKET}/key?versionId=")),
    ):
        copy_version(client)


@promise
@cases("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
def an_archived_source_is_refused(cos: Service, aws: Any, storage_class: str) -> None:
    """Source: public; recorded aws-objects 57, 59 for reads."""
    put_version(aws, StorageClass=storage_class)
    message = "Operation is not valid for the source object's storage class"
    with refused(cos, "InvalidObjectState", message, 403, StorageClass=storage_class):
        copy_version(aws)


@promise
def a_copy_into_a_bucket_without_versions(aws: Any) -> None:
    """Source: recorded aws-objects 27 for the source's id; a bucket without versions tells none (33)."""
    enable_versioning(aws)
    version = put_version(aws)
    aws.create_bucket(Bucket="plain")
    answer = aws.copy_object(Bucket="plain", Key="copy", CopySource={"Bucket": BUCKET, "Key": "key"})
    assert answer["CopySourceVersionId"] == version
    assert "VersionId" not in answer


@promise
def the_header_may_name_a_version_in_a_url(send: ByHand, aws: Any) -> None:
    """Source: recorded aws-objects 14 (URL); documented (versionId)."""
    enable_versioning(aws)
    first, _ = put_version(aws, body=b"1"), put_version(aws, body=b"2")
    source = f"https://s3.amazonaws.com/{BUCKET}/key?versionId={first}"
    response = send("PUT", f"/{BUCKET}/copy", headers={"x-amz-copy-source": source})
    assert response.headers["x-amz-copy-source-version-id"] == first
    assert read_object(aws, "copy") == b"1"
