"""Annotations in copies (documented: CopyObject, and "Copy behavior and consistency"; aws-changes 5)."""

from __future__ import annotations

import json
from typing import Any

from boto3.s3.transfer import TransferConfig

from fakecos.contract.promise import Service, cases, only_boto3, promise
from fakecos.contract.promises.object_annotations import KMS, OBJECT, TEXT, annotate, annotation, names
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.names import BUCKET, MIN_PART
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning, put_version

AS_OF = "2026-06-16"

COPY = {"Bucket": BUCKET, "Key": "copy"}


def copy(client: Any, **more: Any) -> Any:
    return client.copy_object(**{**COPY, "CopySource": OBJECT, **more})


@promise
@only_boto3("its botocore may be older than annotations")
def those_of_the_version_that_is_copied(aws: Any) -> None:
    """Source: documented: they belong to a version."""
    enable_versioning(aws)
    version = put_version(aws)
    annotate(aws)
    put_version(aws)
    copy(aws, CopySource={**OBJECT, "VersionId": version})
    assert names(aws, **COPY) == ["label"]
    copy(aws)
    assert names(aws, **COPY) == []


@promise
@only_boto3("its botocore may be older than annotations")
@cases(("directive", "kept"), [({}, []), ({"AnnotationDirective": "COPY"}, ["label"])])
def an_upload_in_parts_does_not_have_them(aws: Any, directive: Any, kept: list[str]) -> None:
    """Source: documented: the client copies them afterwards if it is asked to."""
    aws.put_object(**OBJECT, Body=bytes(MIN_PART + 1))
    annotate(aws)
    config = TransferConfig(multipart_threshold=MIN_PART, multipart_chunksize=MIN_PART)
    aws.copy(OBJECT, BUCKET, "copy", ExtraArgs=directive, Config=config)
    assert aws.head_object(**COPY)["ETag"].endswith('-2"')
    assert names(aws, **COPY) == kept


def put_annotated(aws: Any) -> None:
    """Store an object with one annotation."""
    aws.put_object(**OBJECT, Body=b"x")
    annotate(aws, ChecksumAlgorithm="SHA1")


@promise
@only_boto3("its botocore may be older than annotations")
@cases(
    ("given", "kept"),
    [({}, ["label"]), ({"AnnotationDirective": "COPY"}, ["label"]), ({"AnnotationDirective": "EXCLUDE"}, [])],
)
def a_copy_has_the_annotations_of_its_source(aws: Any, given: Any, kept: list[str]) -> None:
    """Source: documented: COPY is the default; checksums stay."""
    put_annotated(aws)
    copy(aws, **given)
    listed = aws.list_object_annotations(**COPY)["Annotations"]
    assert [entry["AnnotationName"] for entry in listed] == kept
    assert all(entry["ChecksumAlgorithm"] == ["SHA1"] for entry in listed)
    assert not kept or annotation(aws, **COPY) == TEXT


@promise
@only_boto3("its botocore may be older than annotations")
def another_algorithm_is_for_the_annotations_too(aws: Any) -> None:
    """Source: documented."""
    put_annotated(aws)
    copy(aws, ChecksumAlgorithm="SHA256")
    (entry,) = aws.list_object_annotations(**COPY)["Annotations"]
    assert entry["ChecksumAlgorithm"] == ["SHA256"]


@promise
@only_boto3("its botocore may be older than annotations")
def they_are_encrypted_as_the_copy(aws: Any) -> None:
    """Source: documented: the parent's encryption; the ETag: assumed."""
    put_annotated(aws)
    copy(aws, **KMS)
    answer = aws.get_object_annotation(**COPY, AnnotationName="label")
    assert answer["ServerSideEncryption"] == "aws:kms"
    assert answer["ETag"] != f'"{md5(TEXT)}"'


@promise
@only_boto3("its botocore may be older than annotations")
def a_copy_onto_itself_keeps_them(aws: Any) -> None:
    """Source: documented: COPY is the default of every copy."""
    put_annotated(aws)
    copy(aws, Key="key", MetadataDirective="REPLACE")
    assert names(aws) == ["label"]
    copy(aws, Key="key", MetadataDirective="REPLACE", AnnotationDirective="EXCLUDE")
    assert names(aws) == []


@promise
@only_boto3("its botocore may be older than annotations")
def another_directive(cos: Service, aws: Any) -> None:
    """Source: documented; the fields: assumed."""
    put_annotated(aws)
    message = "The annotation directive is not valid. Valid values are COPY and EXCLUDE."
    fields = {"ArgumentName": "x-amz-object-annotation-directive", "ArgumentValue": "REPLACE"}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        copy(aws, AnnotationDirective="REPLACE")


@promise
@only_boto3("its botocore may be older than annotations")
def a_copy_of_sse_c_cannot_have_them(cos: Service, aws: Any) -> None:
    """Source: assumed, as for PutObjectAnnotation."""
    put_annotated(aws)
    allow_sse_c(aws)
    with refused(cos, "InvalidRequest", "The object is encrypted with SSE-C, which does not support annotations.", 400):
        copy(aws, **SSE_C)
    copy(aws, **SSE_C, AnnotationDirective="EXCLUDE")


@promise
@only_boto3("its botocore may be older than annotations")
@cases("action", ["GetObjectAnnotation", "PutObjectAnnotation"])
def only_where_there_are_some_a_copy_needs_to_be_allowed_them(cos: Service, aws: Any, action: str) -> None:
    """Source: documented: s3:GetObjectAnnotation on the source, s3:PutObjectAnnotation on the destination; that without
    annotations neither is needed: assumed."""
    aws.put_object(**OBJECT, Body=b"x")
    aws.put_object(Bucket=BUCKET, Key="annotated", Body=b"x")
    annotate(aws, Key="annotated")
    denied = {"Effect": "Deny", "Principal": "*", "Action": f"s3:{action}", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    aws.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [denied]}))
    copy(aws)
    source = {"Bucket": BUCKET, "Key": "annotated"}
    with refused(cos, "AccessDenied", status=403):
        copy(aws, CopySource=source)
    copy(aws, CopySource=source, AnnotationDirective="EXCLUDE")
