"""Ownership controls and the public access block: what a new bucket has, and loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.bucket_ownership import controls, ownership, put_ownership
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

if TYPE_CHECKING:
    from fakecos import FakeCOS
NO_CONTROLS = "The bucket ownership controls were not found"


def test_ownership_controls_come_and_go(cos: FakeCOS, aws: Any) -> None:
    # recorded aws-bucket-configuration 23
    assert ownership(aws) == controls("BucketOwnerEnforced")
    answer = put_ownership(aws, "ObjectWriter")
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert ownership(aws) == controls("ObjectWriter")
    for _ in range(2):
        answer = aws.delete_bucket_ownership_controls(Bucket=BUCKET)
        assert (http_status(answer), members_of(answer)) == (204, {})
    with refused(cos, "OwnershipControlsNotFoundError", NO_CONTROLS, 404, BucketName=BUCKET):
        ownership(aws)
    assert cos.store.buckets[BUCKET].ownership == "ObjectWriter"  # documented: ACLs count again
