"""Annotations in copies (documented: CopyObject, and "Copy behavior and consistency"; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from boto3.s3.transfer import TransferConfig

from tests.contract.test_object_annotations import KMS, OBJECT, TEXT, annotate, annotation, names
from tests.contract.test_sse_c import SSE_C
from tests.support.access import allow, set_policy
from tests.support.constants import BUCKET, MIN_PART
from tests.support.digests import md5
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.versions import enable_versioning, put_version

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than annotations")

COPY = {"Bucket": BUCKET, "Key": "copy"}


def copy(client: Any, **more: Any) -> Any:
    return client.copy_object(**{**COPY, "CopySource": OBJECT, **more})


@pytest.fixture
def annotated(aws: Any) -> None:
    """An object with one annotation, with a checksum of SHA1."""
    aws.put_object(**OBJECT, Body=b"x")
    annotate(aws, ChecksumAlgorithm="SHA1")


@pytest.mark.usefixtures("annotated")
@pytest.mark.parametrize(("given", "kept"), [({}, True), ({"AnnotationDirective": "COPY"}, True)])
def test_a_copy_has_the_annotations_of_its_source(cos: FakeCOS, aws: Any, given: Any, *, kept: bool) -> None:
    # documented: COPY is the default; checksums stay
    cos.advance(days=1)
    copy(aws, **given)
    (entry,) = aws.list_object_annotations(**COPY)["Annotations"]
    assert (annotation(aws, **COPY) == TEXT) is kept
    assert entry["ChecksumAlgorithm"] == ["SHA1"]
    assert entry["LastModified"] == cos.bucket(BUCKET).objects["copy"].last_modified  # assumed


@pytest.mark.usefixtures("annotated")
def test_a_copy_may_leave_them_out(aws: Any) -> None:
    # documented
    copy(aws, AnnotationDirective="EXCLUDE")
    assert names(aws, **COPY) == []


@pytest.mark.usefixtures("annotated")
def test_the_directive_may_stand_in_the_query(cos: FakeCOS, aws: Any) -> None:
    # documented, for presigned URLs
    source = {"x-amz-copy-source": f"{BUCKET}/key"}
    send_raw(cos, "PUT", f"/{BUCKET}/copy", "x-amz-object-annotation-directive=EXCLUDE", source)
    assert names(aws, **COPY) == []


@pytest.mark.usefixtures("annotated")
def test_another_algorithm_is_for_the_annotations_too(aws: Any) -> None:
    # documented
    copy(aws, ChecksumAlgorithm="SHA256")
    (entry,) = aws.list_object_annotations(**COPY)["Annotations"]
    assert entry["ChecksumAlgorithm"] == ["SHA256"]


@pytest.mark.usefixtures("annotated")
def test_they_are_encrypted_as_the_copy(aws: Any) -> None:
    # documented: the parent's encryption; the ETag: assumed
    copy(aws, **KMS)
    answer = aws.get_object_annotation(**COPY, AnnotationName="label")
    assert answer["ServerSideEncryption"] == "aws:kms"
    assert answer["ETag"] != f'"{md5(TEXT)}"'


@pytest.mark.usefixtures("annotated")
def test_a_copy_onto_itself_keeps_them(aws: Any) -> None:
    # documented: COPY is the default of every copy
    copy(aws, Key="key", MetadataDirective="REPLACE")
    assert names(aws) == ["label"]
    copy(aws, Key="key", MetadataDirective="REPLACE", AnnotationDirective="EXCLUDE")
    assert names(aws) == []


def test_those_of_the_version_that_is_copied(aws: Any) -> None:
    # documented: they belong to a version
    enable_versioning(aws)
    version = put_version(aws)
    annotate(aws)
    put_version(aws)
    copy(aws, CopySource={**OBJECT, "VersionId": version})
    assert names(aws, **COPY) == ["label"]
    copy(aws)
    assert names(aws, **COPY) == []


@pytest.mark.parametrize(("directive", "kept"), [({}, []), ({"AnnotationDirective": "COPY"}, ["label"])])
def test_an_upload_in_parts_does_not_have_them(aws: Any, directive: Any, kept: list[str]) -> None:
    # documented: the client copies them afterwards if it is asked to
    aws.put_object(**OBJECT, Body=bytes(MIN_PART + 1))
    annotate(aws)
    config = TransferConfig(multipart_threshold=MIN_PART, multipart_chunksize=MIN_PART)
    aws.copy(OBJECT, BUCKET, "copy", ExtraArgs=directive, Config=config)
    assert aws.head_object(**COPY)["ETag"].endswith('-2"')
    assert names(aws, **COPY) == kept


@pytest.mark.usefixtures("annotated")
def test_another_directive(cos: FakeCOS, aws: Any) -> None:
    # documented; the fields: assumed
    message = "The annotation directive is not valid. Valid values are COPY and EXCLUDE."
    fields = {"ArgumentName": "x-amz-object-annotation-directive", "ArgumentValue": "REPLACE"}
    with refused(cos, "InvalidArgument", message, 400, **fields):
        copy(aws, AnnotationDirective="REPLACE")


@pytest.mark.usefixtures("annotated")
def test_a_copy_of_sse_c_cannot_have_them(cos: FakeCOS, aws: Any) -> None:
    # assumed, as for PutObjectAnnotation
    with refused(cos, "InvalidRequest", "The object is encrypted with SSE-C, which does not support annotations."):
        copy(aws, **SSE_C)
    copy(aws, **SSE_C, AnnotationDirective="EXCLUDE")


def test_it_needs_permissions_for_both(cos: FakeCOS, alice: Any, aws: Any) -> None:
    # documented: s3:GetObjectAnnotation on the source, s3:PutObjectAnnotation on the destination
    everything = f"arn:aws:s3:::{BUCKET}/*"
    plain = ["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging", "s3:PutObjectTagging"]
    set_policy(cos, BUCKET, allow(plain, everything))
    copy(alice)  # assumed: without annotations neither is needed
    annotate(aws)
    for one in ("s3:GetObjectAnnotation", "s3:PutObjectAnnotation"):
        set_policy(cos, BUCKET, allow([*plain, one], everything))
        with refused(cos, "AccessDenied"):
            copy(alice)
        copy(alice, AnnotationDirective="EXCLUDE")
    set_policy(cos, BUCKET, allow([*plain, "s3:GetObjectAnnotation", "s3:PutObjectAnnotation"], everything))
    copy(alice)
    assert names(aws, **COPY) == ["label"]
