"""What is refused of annotations (documented: the list of annotation-related error codes; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.annotations_refused import delete
from fakecos.contract.promises.object_annotations import OBJECT, annotate, annotation, names
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.policies import allow
from fakecos.contract.steps.refused import refused
from fakecos.facts.limits import AWS
from tests.support.access import set_policy
from tests.support.constants import US_SOUTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than annotations")


@pytest.mark.limits(max_annotations=2)
def test_the_number_of_annotations(cos: FakeCOS, aws: Any) -> None:
    # documented; that one of a name that is there already may be replaced: assumed
    aws.put_object(**OBJECT)
    annotate(aws, "a")
    annotate(aws, "b")
    with refused(cos, "AnnotationLimitExceeded", "The object annotation count exceeds the limit (2).", 400):
        annotate(aws, "c")
    annotate(aws, "b", b"new")
    assert names(aws) == ["a", "b"]


@pytest.mark.parametrize("dialects_own", [True, False])
@pytest.mark.limits(max_annotations=1001)
def test_a_thousand_are_the_most(cos: FakeCOS, aws: Any, *, dialects_own: bool) -> None:
    # documented; what a test's larger number lets pass is noticed
    aws.put_object(**OBJECT)
    annotate(aws)
    held = cos.store.buckets[BUCKET]
    stored = held.objects["key"]
    (one,) = stored.annotations.values()
    count = AWS.max_annotations - 1 if dialects_own else AWS.max_annotations
    held.replace(stored.changed(annotations={f"n{number}": one for number in range(count)}))
    annotate(aws)
    over = "would be refused by S3: AnnotationLimitExceeded, annotations 1001, the maximum is 1000"
    assert list(cos.store.notices) == ([] if dialects_own else [over])


# --- permissions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "of_a_version", "call"),
    [
        ("PutObjectAnnotation", "PutObjectVersionAnnotation", annotate),
        ("GetObjectAnnotation", "GetObjectVersionAnnotation", annotation),
        ("ListObjectAnnotations", "ListObjectVersionAnnotations", names),
        ("DeleteObjectAnnotation", "DeleteObjectVersionAnnotation", delete),
    ],
)
def test_each_operation_has_permissions_of_its_own(
    cos: FakeCOS, alice: Any, aws: Any, action: str, of_a_version: str, call: Callable[..., Any]
) -> None:
    # documented: Service Authorization Reference, also for a version that is named
    annotate(aws)
    everything = f"arn:aws:s3:::{BUCKET}/*"
    others = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    for needed, wrong, named in ((action, of_a_version, {}), (of_a_version, action, {"VersionId": "null"})):
        set_policy(cos, BUCKET, allow([*others, f"s3:{wrong}"], everything))
        with refused(cos, "AccessDenied"):
            call(alice, **named)
        set_policy(cos, BUCKET, allow(f"s3:{needed}", everything))
        call(alice, **named)


def test_conditions_of_a_policy(cos: FakeCOS, alice: Any, aws: Any) -> None:
    # documented: s3:annotation-prefix, s3:max-annotation-results, s3:x-amz-object-if-match
    annotate(aws)
    everything = f"arn:aws:s3:::{BUCKET}/*"
    condition = {"StringLike": {"s3:annotation-prefix": "mine*"}, "NumericLessThan": {"s3:max-annotation-results": "5"}}
    set_policy(cos, BUCKET, {**allow("s3:ListObjectAnnotations", everything), "Condition": condition})
    assert names(alice, AnnotationPrefix="mine.", MaxAnnotationResults=4) == []
    for other in ({"AnnotationPrefix": "yours"}, {"AnnotationPrefix": "mine", "MaxAnnotationResults": 5}):
        with refused(cos, "AccessDenied"):
            names(alice, **other)
    condition = {"Null": {"s3:x-amz-object-if-match": "false"}}
    set_policy(cos, BUCKET, {**allow("s3:PutObjectAnnotation", everything), "Condition": condition})
    with refused(cos, "AccessDenied"):
        annotate(alice)
    annotate(alice, ObjectIfMatch=aws.head_object(**OBJECT)["ETag"])


@pytest.mark.only_patch("the host says that it is COS")
@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
def test_cos_does_not_have_them(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    # ibm-cos 10: refused (assumed)
    cos.put_object(BUCKET, "key", b"x")
    with refused(cos, "NotImplemented", status=501):
        annotate(make_client(endpoint_url=US_SOUTH))
