"""The Object Lock configuration of buckets (recorded aws-bucket-configuration 14, 15; aws-objects 71)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of, specific_headers
from tests.support.constants import BUCKET
from tests.support.locks import COMPLIANCE, GOVERNANCE, LOCKED, UNTIL, put_locked, put_retention
from tests.support.messages import MALFORMED_XML
from tests.support.refusals import refused
from tests.support.versions import enable_versioning, suspend_versioning

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.usefixtures("locked_bucket")
ENABLED = {"ObjectLockEnabled": "Enabled"}
NOT_FOUND = "Object Lock configuration does not exist for this bucket"


def configure(client: Any, document: Any, bucket: str = LOCKED) -> Any:
    return client.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=document)


def configured(client: Any, bucket: str = LOCKED) -> Any:
    return members_of(client.get_object_lock_configuration(Bucket=bucket))["ObjectLockConfiguration"]


def rule(**default: Any) -> dict[str, Any]:
    return {**ENABLED, "Rule": {"DefaultRetention": default}}


def test_a_configuration_is_put_and_told(client: Any) -> None:
    # recorded aws-bucket-configuration 14
    assert configured(client) == ENABLED
    document = rule(Mode=GOVERNANCE, Days=1)
    answer = configure(client, document)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    assert configured(client) == document
    configure(client, ENABLED)
    assert configured(client) == ENABLED


def test_a_bucket_without_one(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 15
    with refused(cos, "ObjectLockConfigurationNotFoundError", NOT_FOUND, 404, BucketName=BUCKET):
        client.get_object_lock_configuration(Bucket=BUCKET)
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        client.get_object_lock_configuration(Bucket="no-bucket")
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        configure(client, ENABLED, "no-bucket")


def test_a_new_bucket_with_object_lock_has_versions(client: Any) -> None:
    # documented
    assert members_of(client.get_bucket_versioning(Bucket=LOCKED)) == {"Status": "Enabled"}


def test_a_new_bucket_that_is_not_to_have_it(client: Any) -> None:
    client.create_bucket(Bucket="plain", ObjectLockEnabledForBucket=False)
    assert members_of(client.get_bucket_versioning(Bucket="plain")) == {}


def test_its_versioning_cannot_be_suspended(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 71
    message = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."
    with refused(cos, "InvalidBucketState", message, 409):
        suspend_versioning(client, LOCKED)
    enable_versioning(client, LOCKED)


def test_a_bucket_that_is_there_is_enabled(client: Any) -> None:
    # documented, since 2023
    client.put_object(Bucket=BUCKET, Key="key")
    enable_versioning(client)
    configure(client, rule(Mode=COMPLIANCE, Years=1), BUCKET)
    assert configured(client, BUCKET) == rule(Mode=COMPLIANCE, Years=1)
    retention = {"Mode": GOVERNANCE, "RetainUntilDate": UNTIL}
    client.put_object_retention(Bucket=BUCKET, Key="key", VersionId="null", Retention=retention)
    assert client.head_object(Bucket=BUCKET, Key="key")["ObjectLockMode"] == GOVERNANCE


@pytest.mark.parametrize("suspended", [False, True])
def test_a_bucket_without_versions_cannot_be_enabled(cos: FakeCOS, client: Any, suspended: bool) -> None:
    # public
    if suspended:
        enable_versioning(client)
        suspend_versioning(client)
    message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
    with refused(cos, "InvalidBucketState", message, 409):
        configure(client, rule(Mode=COMPLIANCE, Days=1), BUCKET)


def test_a_request_without_a_document(cos: FakeCOS, client: Any) -> None:
    # public
    with refused(cos, "MissingRequestBodyError", "Request Body is empty", 400):
        client.put_object_lock_configuration(Bucket=LOCKED)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"ObjectLockEnabled": "Disabled"},
        {"Rule": {"DefaultRetention": {"Mode": GOVERNANCE, "Days": 1}}},
        {**ENABLED, "Rule": {}},
        rule(),
        rule(Mode=GOVERNANCE),
        rule(Days=1),
        rule(Mode="governance", Days=1),
        rule(Mode=GOVERNANCE, Days=1, Years=1),
    ],
    ids=str,
)
def test_documents_that_are_none(cos: FakeCOS, client: Any, document: Any) -> None:
    # public
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        configure(client, document)


@pytest.mark.parametrize("unit", ["Days", "Years"])
@pytest.mark.parametrize("period", [0, -1])
def test_a_period_is_positive(cos: FakeCOS, client: Any, unit: str, period: int) -> None:
    # public
    message = "Default retention period must be a positive integer value."
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=unit):
        configure(client, rule(Mode=GOVERNANCE, **{unit: period}))


@pytest.mark.parametrize(("unit", "longest"), [("Days", 36_500), ("Years", 100)])
def test_a_period_is_a_hundred_years_at_most(cos: FakeCOS, client: Any, unit: str, longest: int) -> None:
    # documented; the words: public
    configure(client, rule(Mode=GOVERNANCE, **{unit: longest}))
    with refused(cos, "InvalidArgument", "Default retention period too large.", 400, ArgumentName=unit):
        configure(client, rule(Mode=GOVERNANCE, **{unit: longest + 1}))


@pytest.mark.filterwarnings("ignore::fakecos.facts.exceptions.UnimplementedOperationWarning")
def test_event_holds_by_default_are_not_there(cos: FakeCOS, aws: Any) -> None:
    # fakecos: nothing is known of S3's answers yet
    what = "DefaultEventHold of PutObjectLockConfiguration"
    with refused(cos, "NotImplemented", f"{what} is not implemented by fakecos", 501, Operation=what):
        configure(aws, rule(Mode=GOVERNANCE, DefaultEventHold={"Days": 1}))


def test_snapshots_keep_locks(cos: FakeCOS, aws: Any) -> None:
    put_locked(aws)
    snapshot = cos.snapshot()
    put_retention(aws, UNTIL)
    configure(aws, rule(Mode=GOVERNANCE, Days=1))
    cos.restore(snapshot)
    assert configured(aws) == ENABLED
    assert "ObjectLockMode" not in aws.head_object(Bucket=LOCKED, Key="key")
