"""PutBucketVersioning and GetBucketVersioning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import enable_versioning, suspend_versioning


def get_versioning(client: Any) -> Any:
    return members_of(client.get_bucket_versioning(Bucket=BUCKET))


@promise
def a_bucket_without_versions_has_no_status(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 13."""
    assert get_versioning(client) == {}


@promise
def versioning_is_enabled_and_suspended(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 13."""
    enable_versioning(client)
    assert get_versioning(client) == {"Status": "Enabled"}
    suspend_versioning(client)
    assert get_versioning(client) == {"Status": "Suspended"}


@promise
def it_may_be_suspended_at_first(client: Any) -> None:
    """Source: recorded aws-bucket-configuration 13: put-versioning-suspended-before."""
    answer = client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert get_versioning(client) == {"Status": "Suspended"}


@promise
@cases("given", ["enabled", "Disabled", ""])
def another_status_is_refused(cos: Service, client: Any, given: str) -> None:
    """Source: recorded aws-bucket-configuration 13."""
    enable_versioning(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": given})


@promise
def no_status_is_refused(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 13."""
    message = "The Versioning element must be specified"
    with refused(cos, "IllegalVersioningConfigurationException", message, 400):
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={})


@promise
@cases("operation", ["get_bucket_versioning", "put_bucket_versioning"])
def a_missing_bucket_is_refused(cos: Service, client: Any, operation: str) -> None:
    """Source: recorded aws-bucket-configuration 13."""
    document = {"VersioningConfiguration": {"Status": "Enabled"}} if operation.startswith("put") else {}
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        getattr(client, operation)(Bucket="no-such-bucket", **document)


@promise
def mfa_delete_is_refused(cos: Service, aws: Any) -> None:
    """Source: public: without a device."""
    document = {"Status": "Enabled", "MFADelete": "Enabled"}
    with refused(cos, "AccessDenied", "Mfa Authentication must be used for this request", 403):
        aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=document)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={**document, "MFADelete": "on"})
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled", "MFADelete": "Disabled"})
    assert get_versioning(aws) == {"Status": "Enabled"}


@promise
def the_document_is_the_one_of_s3(send: ByHand) -> None:
    """Source: recorded aws-objects 14: roots are in S3's namespace; the name of this one: documented."""
    document = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    send("PUT", f"/{BUCKET}", "versioning", {"content-md5": md5_base64(document)}, document)
    body = send("GET", f"/{BUCKET}", "versioning").body
    assert b'<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled<' in body


@promise
@cases("status", ["Enabled", "Suspended"])
def mfa_delete_that_is_disabled_is_taken_and_not_told(aws: Any, status: str) -> None:
    """Source: assumed."""
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": status, "MFADelete": "Disabled"})
    assert members_of(aws.get_bucket_versioning(Bucket=BUCKET)) == {"Status": status}
