"""What is refused of annotations (documented: the list of annotation-related error codes; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, only_boto3, promise
from fakecos.contract.promises.object_annotations import OBJECT, annotate, annotation, names
from fakecos.contract.promises.sse_c import SSE_C
from fakecos.contract.steps.customer_keys import allow_sse_c
from fakecos.contract.steps.messages import INVALID_VERSION_ID, NO_SUCH_KEY, NO_SUCH_VERSION
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import ABSENT_VERSION, enable_versioning, put_version

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = "2026-06-16"


def delete(aws: Any, **more: Any) -> Any:
    return aws.delete_object_annotation(**{**OBJECT, **more}, AnnotationName="label")


@promise
@only_boto3("its botocore may be older than annotations")
def an_object_with_a_key_of_the_customer(cos: Service, aws: Any) -> None:
    """Source: documented."""
    allow_sse_c(aws)
    aws.put_object(**OBJECT, **SSE_C)
    with refused(cos, "InvalidRequest", "The object is encrypted with SSE-C, which does not support annotations.", 400):
        annotate(aws)
    assert names(aws) == []


@promise
@only_boto3("its botocore may be older than annotations")
def what_is_not_there(cos: Service, aws: Any) -> None:
    """Source: documented; NoSuchKey and its field: public."""
    calls: list[Callable[..., Any]] = [
        lambda **more: annotate(aws, **more),
        lambda **more: annotation(aws, **more),
        lambda **more: names(aws, **more),
        lambda **more: delete(aws, **more),
    ]
    for call in calls:
        with refused(cos, "NoSuchKey", NO_SUCH_KEY, 404, Key="key"):
            call()
        with refused(cos, "NoSuchBucket"):
            call(Bucket="no-such-bucket")
    enable_versioning(aws)
    put_version(aws)
    for call in calls:
        with refused(cos, "NoSuchVersion", NO_SUCH_VERSION, 404, Key="key", VersionId=ABSENT_VERSION):
            call(VersionId=ABSENT_VERSION)
        with refused(cos, "InvalidArgument", INVALID_VERSION_ID, ArgumentName="versionId", ArgumentValue="x"):
            call(VersionId="x")
        with refused(cos, "AccessDenied"):
            call(ExpectedBucketOwner=OTHER)
