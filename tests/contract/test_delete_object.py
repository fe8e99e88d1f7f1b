"""DeleteObject (conditions: test_conditions)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of, specific_headers
from tests.support.constants import BUCKET
from tests.support.refusals import refused
from tests.support.versions import ABSENT_VERSION

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("two_objects")
NO_LOCK = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets."


def test_the_answer_is_204_and_nothing_else(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 6; no Content-Type and no Content-Length: aws-objects 14
    answer = client.delete_object(Bucket=BUCKET, Key="one")
    assert http_status(answer) == 204
    assert members_of(answer) == {}
    assert specific_headers(answer) == {}
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]


def test_what_is_not_there_is_deleted_all_the_same(cos: FakeCOS, client: Any) -> None:
    # documented by AWS: DeleteObject of a missing key succeeds; recorded for DeleteObjects, aws-objects 45
    answer = client.delete_object(Bucket=BUCKET, Key="nothing")
    assert (http_status(answer), members_of(answer)) == (204, {})
    assert len(cos.store.buckets[BUCKET].objects) == 2


def test_the_version_null_is_the_object(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 53 for reads; that nothing tells the version in a bucket without versions: assumed
    client.delete_object(Bucket=BUCKET, Key="one", VersionId="null")
    assert list(cos.store.buckets[BUCKET].objects) == ["two"]


def test_a_version_that_cannot_be_one_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 49
    with refused(
        cos,
        "InvalidArgument",
        "Invalid version id specified",
        400,
        ArgumentName="versionId",
        ArgumentValue="fake-version",
    ):
        client.delete_object(Bucket=BUCKET, Key="one", VersionId="fake-version")


def test_a_version_of_the_right_form_that_does_not_exist_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 50 for DeleteObjects; for DeleteObject: assumed
    with refused(
        cos, "NoSuchVersion", "The specified version does not exist.", 404, Key="one", VersionId=ABSENT_VERSION
    ):
        client.delete_object(Bucket=BUCKET, Key="one", VersionId=ABSENT_VERSION)


def test_a_missing_bucket_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 7
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        client.delete_object(Bucket="no-such-bucket", Key="one")


@pytest.mark.parametrize("bypass", [True, False])
def test_bypassing_a_lock_needs_a_bucket_with_object_lock(cos: FakeCOS, client: Any, bypass: bool) -> None:
    # recorded aws-objects 72; IBM's client writes True and False (wire 3)
    with refused(cos, "InvalidArgument", NO_LOCK, 400, ArgumentName="x-amz-bypass-governance-retention"):
        client.delete_object(Bucket=BUCKET, Key="one", BypassGovernanceRetention=bypass)
