"""Annotations in copies (documented: CopyObject, and "Copy behavior and consistency"; aws-changes 5)."""

from __future__ import annotations

from typing import Any

from boto3.s3.transfer import TransferConfig

from fakecos.contract.promise import cases, only_boto3, promise
from fakecos.contract.promises.object_annotations import OBJECT, annotate, names
from fakecos.contract.steps.names import BUCKET, MIN_PART
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
