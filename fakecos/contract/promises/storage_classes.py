"""Storage classes: which can be read, and where they are told (recorded aws-objects 57-59)."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_in_parts

READABLE = ["GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA", "REDUCED_REDUNDANCY"]
ARCHIVED = ["GLACIER", "DEEP_ARCHIVE"]
COMMON = {
    "AcceptRanges": "bytes",
    "Body": b"body-test",
    "ChecksumCRC32": "DulxwQ==",
    "ChecksumType": "FULL_OBJECT",
    "ContentLength": 9,
    "ContentType": "binary/octet-stream",
    "ETag": '"43ad557eaff4fdc42b9886b5a68147ab"',
    "LastModified": DATETIME,
    "Metadata": {},
    "ServerSideEncryption": "AES256",
}


def put_in_class(client: Any, name: str) -> Any:
    return members_of(client.put_object(Bucket=BUCKET, Key="key", Body=b"body-test", StorageClass=name))


@promise
@cases("name", READABLE)
def a_class_is_told_by_get_and_head(client: Any, name: str) -> None:
    """Source: recorded aws-objects 57; REDUCED_REDUNDANCY: documented."""
    assert "StorageClass" not in put_in_class(client, name)
    assert members_of(client.get_object(Bucket=BUCKET, Key="key")) == {**COMMON, "StorageClass": name}
    assert members_of(client.head_object(Bucket=BUCKET, Key="key"))["StorageClass"] == name


@promise
def standard_is_never_told_by_get_and_head(client: Any) -> None:
    """Source: recorded aws-objects 57."""
    put_in_class(client, "STANDARD")
    assert members_of(client.get_object(Bucket=BUCKET, Key="key")) == COMMON
    assert "StorageClass" not in members_of(client.head_object(Bucket=BUCKET, Key="key"))


@promise
@cases("name", [*READABLE, *ARCHIVED, "STANDARD"])
def the_attributes_always_tell_the_class(aws: Any, name: str) -> None:
    """Source: recorded aws-objects 57."""
    put_in_class(aws, name)
    answer = members_of(aws.get_object_attributes(Bucket=BUCKET, Key="key", ObjectAttributes=["StorageClass"]))
    assert answer == {"LastModified": DATETIME, "StorageClass": name}


@promise
@cases("name", ARCHIVED)
def an_archived_object_cannot_be_read(cos: Service, client: Any, name: str) -> None:
    """Source: recorded aws-objects 57, 59."""
    put_in_class(client, name)
    message = "The operation is not valid for the object's storage class"
    with refused(cos, "InvalidObjectState", message, 403, StorageClass=name):
        client.get_object(Bucket=BUCKET, Key="key")
    assert members_of(client.head_object(Bucket=BUCKET, Key="key"))["StorageClass"] == name


@promise
@cases("name", ["DEEP_ARCHIVE", "STANDARD", "STANDARD_IA"])
@cases("operation", ["list_objects", "list_objects_v2"])
def lists_tell_the_class(client: Any, name: str, operation: str) -> None:
    """Source: recorded aws-objects 58; aws-listing 1."""
    put_in_class(client, name)
    upload_in_parts(client, b"x", key="parts", StorageClass=name)
    contents = getattr(client, operation)(Bucket=BUCKET)["Contents"]
    assert [item["StorageClass"] for item in contents] == [name, name]


@promise
def the_lists_of_an_upload_tell_the_class(client: Any) -> None:
    """Source: documented by AWS: ListParts, ListMultipartUploads."""
    upload_id = create_upload(client, "key", StorageClass="STANDARD_IA")
    assert client.list_parts(Bucket=BUCKET, Key="key", UploadId=upload_id)["StorageClass"] == "STANDARD_IA"
    (item,) = client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]
    assert item["StorageClass"] == "STANDARD_IA"


@promise
@cases("name", ["OUTPOSTS", "standard", "COLD"])
def an_unknown_class_is_refused(cos: Service, client: Any, name: str) -> None:
    """Source: recorded aws-multipart 14 for OUTPOSTS."""
    said: Any = {
        "message": "The storage class you specified is not valid",
        "status": 400,
        "StorageClassRequested": name,
    }
    with refused(cos, "InvalidStorageClass", **said):
        put_in_class(client, name)
    with refused(cos, "InvalidStorageClass", **said):
        create_upload(client, "key", StorageClass=name)
    client.put_object(Bucket=BUCKET, Key="source", Body=b"1")
    with refused(cos, "InvalidStorageClass", **said):
        client.copy_object(Bucket=BUCKET, Key="key", CopySource=f"{BUCKET}/source", StorageClass=name)
