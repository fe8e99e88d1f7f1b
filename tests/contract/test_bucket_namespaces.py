"""Names of buckets that belong to an account in a region (aws-changes 3), and those of directory buckets (6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.contract.promises.bucket_namespaces import ACCOUNT, OURS, REGIONAL
from fakecos.contract.steps.refused import refused
from fakecos.facts.exceptions import UnimplementedOperationWarning
from tests.support.access import client_for
from tests.support.constants import RECORDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
HEADER = "x-amz-bucket-namespace"
BEGINNING = "The requested bucket is an account-regional namespace bucket, but "
DIRECTORY_BUCKET = "photos--use1-az4--x-s3"


@pytest.mark.parametrize("namespace", [{}, {"BucketNamespace": "global"}], ids=["none", "global"])
@pytest.mark.parametrize("account", [ACCOUNT, "222222222222"])
def test_without_the_header_it_is_refused(cos: FakeCOS, aws: Any, account: str, namespace: dict[str, str]) -> None:
    message = BEGINNING + f"your request is missing the required {HEADER} header."
    with refused(cos, "MissingNamespaceHeader", message, 400, Header=HEADER):
        aws.create_bucket(Bucket=f"photos-{account}-us-east-1-an", **namespace)
    (why,) = cos.journal.explanations
    assert "since 2026-03-01" in why
    assert 'FakeCOS(as_of="2026-02-28")' in why


def test_each_account_has_names_of_its_own(cos: FakeCOS) -> None:
    other = client_for(cos.account("222222222222"))
    other.create_bucket(Bucket="photos-222222222222-us-east-1-an", **REGIONAL)
    with refused(cos, "InvalidBucketNamespace", status=400, BucketNamespace=OURS):
        other.create_bucket(Bucket=OURS, **REGIONAL)


@pytest.mark.as_of(RECORDED)
def test_before_march_2026_a_name_is_like_any_other_and_the_header_is_ignored(aws: Any) -> None:
    for name, namespace in ((OURS, {}), ("brother-an", {}), ("new-bucket", REGIONAL)):
        assert aws.create_bucket(Bucket=name, **namespace)["Location"] == f"/{name}"


def test_by_hand_the_name_says_whose_it_is(cos: FakeCOS) -> None:
    cos.create_bucket(OURS)
    cos.account("222222222222").create_bucket("photos-222222222222-eu-west-1-an", "eu-west-1")
    with pytest.raises(UsageError, match="does not match the caller's AWS Account ID"):
        cos.create_bucket("photos-222222222222-us-east-1-an")
    with pytest.raises(UsageError, match="does not match the current region 'us-east-1'"):
        cos.create_bucket(f"photos-{ACCOUNT}-eu-west-1-an")
    FakeCOS(as_of=RECORDED).create_bucket("photos-222222222222-us-east-1-an")


# --- directory buckets ----------------------------------------------------------------------------------


class TestDirectoryBuckets:
    @pytest.fixture
    def way_in(self) -> Iterator[tuple[FakeCOS, None]]:
        """A fake that warns at its end, as it should."""
        fake = FakeCOS().start()
        try:
            yield fake, None
        finally:
            with pytest.warns(UnimplementedOperationWarning, match="of a directory bucket"):
                fake.stop()

    @pytest.mark.parametrize(
        ("operation", "call"),
        [
            ("CreateBucket", lambda s3: s3.create_bucket(Bucket=DIRECTORY_BUCKET)),
            ("CreateSession", lambda s3: s3.put_object(Bucket=DIRECTORY_BUCKET, Key="key", Body=b"1")),
            ("GetBucketPolicy", lambda s3: s3.get_bucket_policy(Bucket=DIRECTORY_BUCKET)),
            ("DeleteBucket", lambda s3: s3.delete_bucket(Bucket=DIRECTORY_BUCKET)),
        ],
        ids=["CreateBucket", "PutObject", "GetBucketPolicy", "DeleteBucket"],
    )
    def test_a_request_says_that_there_are_none(self, cos: FakeCOS, aws: Any, operation: str, call: Any) -> None:
        what = f"{operation} of a directory bucket"
        message = f"{what} (S3 Express One Zone: its name ends with --x-s3) is not implemented by fakecos"
        with refused(cos, "NotImplemented", message, 501, Operation=what):
            call(aws)
        assert "general purpose buckets only" in str(cos.journal)


def test_by_hand_too(cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match="directory bucket"):
        cos.create_bucket(DIRECTORY_BUCKET)


def test_on_cos_it_is_only_a_wrong_name(cos: FakeCOS, make_client: Callable[..., Any]) -> None:
    with refused(cos, "InvalidBucketName", status=400):
        make_client("ibm", config={"parameter_validation": False}).create_bucket(Bucket="photos--x-s3")
