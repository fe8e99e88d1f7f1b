"""The Object Lock configuration of buckets (recorded aws-bucket-configuration 14, 15; aws-objects 71)."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise, uses
from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.locks import COMPLIANCE, GOVERNANCE, LOCKED, UNTIL
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning, suspend_versioning

ENABLED = {"ObjectLockEnabled": "Enabled"}
NOT_FOUND = "Object Lock configuration does not exist for this bucket"


def configure(client: Any, document: Any, bucket: str = LOCKED) -> Any:
    return client.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=document)


def configured(client: Any, bucket: str = LOCKED) -> Any:
    return members_of(client.get_object_lock_configuration(Bucket=bucket))["ObjectLockConfiguration"]


def rule(**default: Any) -> dict[str, Any]:
    return {**ENABLED, "Rule": {"DefaultRetention": default}}


@promise
@uses("locked_bucket")
def a_configuration_is_put_and_told(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 14."""
    assert configured(client) == ENABLED
    document = rule(Mode=GOVERNANCE, Days=1)
    answer = configure(client, document)
    assert (http_status(answer), members_of(answer), specific_headers(answer)) == (200, {}, {"content-length": "0"})
    assert configured(client) == document
    configure(client, ENABLED)
    assert configured(client) == ENABLED


@promise
@uses("locked_bucket")
def a_bucket_without_one(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 15."""
    with refused(cos, "ObjectLockConfigurationNotFoundError", NOT_FOUND, 404, BucketName=BUCKET):
        client.get_object_lock_configuration(Bucket=BUCKET)
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        client.get_object_lock_configuration(Bucket="no-bucket")
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-bucket"):
        configure(client, ENABLED, "no-bucket")


@promise
@uses("locked_bucket")
def a_new_bucket_with_object_lock_has_versions(client: Any) -> None:
    """Source: documented."""
    assert members_of(client.get_bucket_versioning(Bucket=LOCKED)) == {"Status": "Enabled"}


@promise
@uses("locked_bucket")
def a_new_bucket_that_is_not_to_have_it(client: Any) -> None:
    client.create_bucket(Bucket="plain", ObjectLockEnabledForBucket=False)
    assert members_of(client.get_bucket_versioning(Bucket="plain")) == {}


@promise
@uses("locked_bucket")
def its_versioning_cannot_be_suspended(cos: Service, client: Any) -> None:
    """Source: recorded aws-objects 71."""
    message = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."
    with refused(cos, "InvalidBucketState", message, 409):
        suspend_versioning(client, LOCKED)
    enable_versioning(client, LOCKED)


@promise
@uses("locked_bucket")
def a_bucket_that_is_there_is_enabled(client: Any) -> None:
    """Source: documented, since 2023."""
    client.put_object(Bucket=BUCKET, Key="key")
    enable_versioning(client)
    configure(client, rule(Mode=COMPLIANCE, Years=1), BUCKET)
    assert configured(client, BUCKET) == rule(Mode=COMPLIANCE, Years=1)
    retention = {"Mode": GOVERNANCE, "RetainUntilDate": UNTIL}
    client.put_object_retention(Bucket=BUCKET, Key="key", VersionId="null", Retention=retention)
    assert client.head_object(Bucket=BUCKET, Key="key")["ObjectLockMode"] == GOVERNANCE


@promise
@uses("locked_bucket")
@cases("suspended", [False, True])
def a_bucket_without_versions_cannot_be_enabled(cos: Service, client: Any, suspended: bool) -> None:
    """Source: public."""
    if suspended:
        enable_versioning(client)
        suspend_versioning(client)
    message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
    with refused(cos, "InvalidBucketState", message, 409):
        configure(client, rule(Mode=COMPLIANCE, Days=1), BUCKET)


@promise
@uses("locked_bucket")
def a_request_without_a_document(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, "MissingRequestBodyError", "Request Body is empty", 400):
        client.put_object_lock_configuration(Bucket=LOCKED)


@promise
@uses("locked_bucket")
@cases(
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
def documents_that_are_none(cos: Service, client: Any, document: Any) -> None:
    """Source: public."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        configure(client, document)


@promise
@uses("locked_bucket")
@cases("unit", ["Days", "Years"])
@cases("period", [0, -1])
def a_period_is_positive(cos: Service, client: Any, unit: str, period: int) -> None:
    """Source: public."""
    message = "Default retention period must be a positive integer value."
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=unit):
        configure(client, rule(Mode=GOVERNANCE, **{unit: period}))


@promise
@uses("locked_bucket")
@cases(("unit", "longest"), [("Days", 36_500), ("Years", 100)])
def a_period_is_a_hundred_years_at_most(cos: Service, client: Any, unit: str, longest: int) -> None:
    """Source: documented; the words: public; the field: assumed."""
    configure(client, rule(Mode=GOVERNANCE, **{unit: longest}))
    with refused(cos, "InvalidArgument", "Default retention period too large.", 400, ArgumentName=unit):
        configure(client, rule(Mode=GOVERNANCE, **{unit: longest + 1}))
