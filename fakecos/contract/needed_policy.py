"""The IAM policy that a verification needs: what its promises ask, as the fake knows it, and what its buckets take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.fake_service import FakeService
from fakecos.contract.instances import is_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.contract.instances import Instance

BUCKETS, OBJECTS, ACCOUNT, KEYS = "Buckets", "Objects", "Account", "Keys"
ARN = "arn:aws:s3:::"
KMS = "arn:aws:kms:"
# What deletes a bucket with all that is in it, and looks whether a refusal changed anything (comparison/cleanup.py).
OWN = {
    BUCKETS: {
        *("s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:ListBucket", "s3:ListBucketVersions"),
        "s3:ListBucketMultipartUploads",
    },
    OBJECTS: {
        *("s3:AbortMultipartUpload", "s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion"),
        *("s3:ListMultipartUploadParts", "s3:PutObjectLegalHold"),
    },
    ACCOUNT: {"s3:ListAllMyBuckets"},  # for --delete-created
    KEYS: set[str](),
}


def needed_policy(instances: Iterable[Instance], prefix: str) -> dict[str, Any]:
    """Return the IAM policy for asking AWS for these cases by buckets of a prefix, made by asking the fake for them.

    Its actions are all needed; its resources are the buckets of the prefix, and any key of KMS where one is used.
    Raises what a promise raises that the fake does not keep.
    """
    found = {place: set(actions) for place, actions in OWN.items()}
    for instance in instances:
        fake = FakeService(verifies=is_by_hand(instance.promise))
        fake.run(instance)
        for statement in fake.required_policy()["Statement"]:
            for resource in statement["Resource"]:
                found[_place(resource)] |= set(statement["Action"])
    resources = {
        BUCKETS: f"{ARN}{prefix}-*",
        OBJECTS: f"{ARN}{prefix}-*/*",
        ACCOUNT: "*",
        KEYS: f"{KMS}*:*:key/*",
    }
    statements = [
        {"Sid": f"Verify{place}", "Effect": "Allow", "Action": sorted(actions), "Resource": [resources[place]]}
        for place, actions in found.items()
        if actions
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def _place(resource: str) -> str:
    """Return what a resource of S3 or KMS is of."""
    if resource.startswith(KMS):
        return KEYS
    if not resource.startswith(ARN):
        return ACCOUNT
    return OBJECTS if "/" in resource else BUCKETS
