"""Names of buckets that say whose they are, and what kind: account-regional names, and directory buckets.

Source: aws-changes 3 and 6, and AWS's "General purpose bucket naming rules".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakecos.facts import dates, errors
from fakecos.facts.errors import S3Error
from fakecos.facts.regions import REGIONS, UNCHANGED_REGIONS

if TYPE_CHECKING:
    from collections.abc import Callable

DIRECTORY = "--x-s3"  # documented: how the name of a directory bucket ends
HEADER = "x-amz-bucket-namespace"
GLOBAL = "global"
ACCOUNT_REGIONAL = "account-regional"
SUFFIX = "-an"
PARTS = r"(?P<prefix>.+)-(?P<account>\d{12})-(?P<region>[a-z0-9-]+)-an"


def require_no_directory(operation: str, name: str) -> None:
    """Refuse a bucket that can only be a directory bucket: fakecos does not have those."""
    if name.endswith(DIRECTORY):
        what = f"{operation} of a directory bucket"
        words = f"{what} (S3 Express One Zone: its name ends with {DIRECTORY})"
        why = "fakecos has general purpose buckets only: give the bucket another name to test what is common to both."
        raise S3Error(errors.OPERATION_NOT_IMPLEMENTED, Operation=what, operation=words, explanation=why)


def is_account_regional(name: str) -> bool:
    """Whether a name has the form of one that belongs to an account in a region."""
    found = re.fullmatch(PARTS, name)
    return found is not None and found["region"] in REGIONS


def require_namespace(
    holds: Callable[[dates.DatedFact], bool], name: str, account: str, region: str, namespace: str | None
) -> bool:
    """Judge a new bucket's name and the header with the namespace, and return whether it belongs to the account.

    Before March 2026 both are ignored, and two regions still do. Raises MissingNamespaceHeader, InvalidBucketNamespace
    (reported), InvalidBucketName for `-an` at the end of any other name (documented rule; the code: assumed), and
    InvalidArgument for another namespace (assumed).
    """
    fact = dates.ACCOUNT_REGIONAL_NAMES
    if not holds(fact) or region in UNCHANGED_REGIONS:
        return False
    if namespace not in {None, GLOBAL, ACCOUNT_REGIONAL}:
        raise S3Error(errors.UNKNOWN_NAMESPACE, ArgumentName=HEADER, ArgumentValue=namespace)
    since = f"such names belong to an account and a region since {fact.day}"
    ways = f'send BucketNamespace="{ACCOUNT_REGIONAL}", end the name otherwise, or use FakeCOS(as_of="{fact.last_day}")'
    if namespace != ACCOUNT_REGIONAL:
        if is_account_regional(name):
            raise S3Error(errors.MISSING_NAMESPACE, Header=HEADER, explanation=f"{name}: {since}; {ways}.")
        if name.endswith(SUFFIX):
            raise S3Error(errors.INVALID_BUCKET_NAME, BucketName=name, explanation=f"{name}: {since}; {ways}.")
        return False
    row = mismatch_of(name, account, region)
    if row is not None:
        raise row
    return True


def mismatch_of(name: str, account: str, region: str) -> S3Error | None:
    """Return the refusal of a name that is not of this account and region, None if it is (reported: aws-changes 3)."""
    found = re.fullmatch(PARTS, name)
    if found is None:
        return S3Error(errors.NAMESPACE_SUFFIX, BucketNamespace=name, account=account, region=region)
    if found["account"] != account:
        return S3Error(errors.NAMESPACE_ACCOUNT, BucketNamespace=name, account=account, given=found["account"])
    if found["region"] != region:
        return S3Error(errors.NAMESPACE_REGION, BucketNamespace=name, region=region, given=found["region"])
    return None
