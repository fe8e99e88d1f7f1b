"""CopyObject of the object of 16 bytes that was recorded: onto itself, and what is not copied."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, promise
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.messages import COPY_ONTO_ITSELF
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.objects import copy_object, head_object
from fakecos.contract.steps.refused import refused

SOURCE = {"Bucket": BUCKET, "Key": "source"}
JSON = b'{"key": "value"}'
JSON_ETAG = '"88bac95f31528d13a072c05f2a1cf371"'


@promise
def a_class_and_an_algorithm_change_an_object_in_place(aws: Any) -> None:
    """Source: recorded aws-objects 35: copy-object-in-place-with-storage-class, object-attrs-after-copy."""
    aws.put_object(**SOURCE, Body=JSON)
    answer = members_of(copy_object(aws, Key="source", StorageClass="STANDARD", ChecksumAlgorithm="SHA256"))
    assert answer == {
        "CopyObjectResult": {
            "ChecksumSHA256": "lyTB4g5uPk1/V+0l+dTvsAblCFkNUoyQ2ll/andcE+U=",
            "ChecksumType": "FULL_OBJECT",
            "ETag": JSON_ETAG,
            "LastModified": DATETIME,
        },
        "ServerSideEncryption": "AES256",
    }
    attributes = members_of(aws.get_object_attributes(**SOURCE, ObjectAttributes=["StorageClass"]))
    assert attributes == {"LastModified": DATETIME, "StorageClass": "STANDARD"}


@promise
def the_recorded_steps_in_place(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 38, each line."""
    aws.put_object(**SOURCE, Body=JSON, ContentType="application/json", Metadata={"key": "value"})
    first = head_object(aws, "source")
    assert (first["ContentLength"], first["ETag"], first["Metadata"]) == (16, JSON_ETAG, {"key": "value"})
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        copy_object(aws, Key="source", Metadata={"key2": "value2"})
    copy_object(aws, Key="source", MetadataDirective="REPLACE", Metadata={"key2": "value2"})
    replaced = {**first, "ContentType": "binary/octet-stream", "Metadata": {"key2": "value2"}}
    assert head_object(aws, "source") == replaced
    copy_object(aws, Key="source", MetadataDirective="COPY", StorageClass="STANDARD")
    assert head_object(aws, "source") == replaced
    copy_object(aws, Key="source", MetadataDirective="COPY", Metadata={"key3": "value3"}, StorageClass="STANDARD")
    assert head_object(aws, "source") == replaced
    copy_object(aws, Key="source", MetadataDirective="REPLACE")
    assert head_object(aws, "source") == {**replaced, "Metadata": {}}


@promise
def an_acl_alone_changes_nothing(cos: Service, aws: Any) -> None:
    """Source: recorded aws-objects 35: copy-object-in-place-with-acl, in a bucket with ACLs."""
    aws.create_bucket(Bucket="with-acls", ObjectOwnership="ObjectWriter")
    aws.delete_public_access_block(Bucket="with-acls")
    aws.put_object(Bucket="with-acls", Key="source", Body=JSON)
    with refused(cos, "InvalidRequest", COPY_ONTO_ITSELF, 400):
        aws.copy_object(Bucket="with-acls", Key="source", CopySource="with-acls/source", ACL="public-read")
