"""DeleteObject (conditions: test_conditions)."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.steps.messages import INVALID_VERSION_ID
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import ABSENT_VERSION

NO_LOCK = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets."


@promise
@uses("two_objects")
def a_version_that_cannot_be_one_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 49."""
    with refused(
        cos,
        "InvalidArgument",
        INVALID_VERSION_ID,
        400,
        ArgumentName="versionId",
        ArgumentValue="fake-version",
    ):
        client.delete_object(Bucket=BUCKET, Key="one", VersionId="fake-version")


@promise
@uses("two_objects")
def a_version_of_the_right_form_that_does_not_exist_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 50 for DeleteObjects; for DeleteObject: assumed."""
    with refused(
        cos, "NoSuchVersion", "The specified version does not exist.", 404, Key="one", VersionId=ABSENT_VERSION
    ):
        client.delete_object(Bucket=BUCKET, Key="one", VersionId=ABSENT_VERSION)


@promise
@uses("two_objects")
def a_missing_bucket_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 7."""
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.delete_object(Bucket="no-such-bucket", Key="one")


@promise
@uses("two_objects")
@cases("bypass", [True, False])
def bypassing_a_lock_needs_a_bucket_with_object_lock(cos: Service, client: Any, bypass: bool) -> None:
    """Source: recorded aws-objects 72; IBM's client writes True and False (wire 3)."""
    with refused(cos, "InvalidArgument", NO_LOCK, 400, ArgumentName="x-amz-bypass-governance-retention"):
        client.delete_object(Bucket=BUCKET, Key="one", BypassGovernanceRetention=bypass)
