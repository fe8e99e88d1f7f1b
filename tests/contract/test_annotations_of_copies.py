"""Annotations in copies (documented: CopyObject, and "Copy behavior and consistency"; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.annotations_of_copies import COPY, copy
from fakecos.contract.promises.object_annotations import OBJECT, TEXT, annotate, annotation, names
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from tests.support.access import set_policy
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than annotations")


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
def test_the_directive_may_stand_in_the_query(cos: FakeCOS, aws: Any) -> None:
    # documented, for presigned URLs
    source = {"x-amz-copy-source": f"{BUCKET}/key"}
    send_raw(cos, "PUT", f"/{BUCKET}/copy", "x-amz-object-annotation-directive=EXCLUDE", source)
    assert names(aws, **COPY) == []


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
