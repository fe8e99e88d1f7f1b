"""PutBucketVersioning and GetBucketVersioning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of
from tests.support.constants import BUCKET
from tests.support.digests import md5_base64
from tests.support.messages import MALFORMED_XML
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.versions import add_delete_marker, enable_versioning, put_version, suspend_versioning

if TYPE_CHECKING:
    from fakecos import FakeCOS


def get_versioning(client: Any) -> Any:
    return members_of(client.get_bucket_versioning(Bucket=BUCKET))


def test_a_bucket_without_versions_has_no_status(client: Any) -> None:
    # recorded aws-bucket-configuration 13
    assert get_versioning(client) == {}


def test_versioning_is_enabled_and_suspended(client: Any) -> None:
    # recorded aws-bucket-configuration 13
    enable_versioning(client)
    assert get_versioning(client) == {"Status": "Enabled"}
    suspend_versioning(client)
    assert get_versioning(client) == {"Status": "Suspended"}


def test_it_may_be_suspended_at_first(client: Any) -> None:
    # recorded aws-bucket-configuration 13: put-versioning-suspended-before
    answer = client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
    assert (http_status(answer), members_of(answer)) == (200, {})
    assert get_versioning(client) == {"Status": "Suspended"}


@pytest.mark.parametrize("given", ["enabled", "Disabled", ""])
def test_another_status_is_refused(cos: FakeCOS, client: Any, given: str) -> None:
    # recorded aws-bucket-configuration 13
    enable_versioning(client)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": given})


def test_no_status_is_refused(cos: FakeCOS, client: Any) -> None:
    # recorded aws-bucket-configuration 13
    message = "The Versioning element must be specified"
    with refused(cos, "IllegalVersioningConfigurationException", message, 400):
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={})


@pytest.mark.parametrize("operation", ["get_bucket_versioning", "put_bucket_versioning"])
def test_a_missing_bucket_is_refused(cos: FakeCOS, client: Any, operation: str) -> None:
    # recorded aws-bucket-configuration 13
    document = {"VersioningConfiguration": {"Status": "Enabled"}} if operation.startswith("put") else {}
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="no-such-bucket"):
        getattr(client, operation)(Bucket="no-such-bucket", **document)


def test_mfa_delete_is_refused(cos: FakeCOS, aws: Any) -> None:
    # public: without a device
    document = {"Status": "Enabled", "MFADelete": "Enabled"}
    with refused(cos, "AccessDenied", "Mfa Authentication must be used for this request", 403):
        aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=document)
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={**document, "MFADelete": "on"})
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled", "MFADelete": "Disabled"})
    assert get_versioning(aws) == {"Status": "Enabled"}


def test_the_document_is_the_one_of_s3(cos: FakeCOS, client: Any) -> None:
    # recorded aws-objects 14: roots are in S3's namespace; the name of this one: documented
    document = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    send_raw(cos, "PUT", f"/{BUCKET}", "versioning", {"content-md5": md5_base64(document)}, document)
    body = b"".join(send_raw(cos, "GET", f"/{BUCKET}", "versioning").chunks())
    assert b'<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled<' in body


def test_a_bucket_with_versions_or_markers_left_is_not_empty(cos: FakeCOS, client: Any) -> None:
    # public
    enable_versioning(client)
    version, marker = put_version(client), add_delete_marker(client)
    message = "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    for left in (version, marker):
        with refused(cos, "BucketNotEmpty", message, 409, BucketName=BUCKET):
            client.delete_bucket(Bucket=BUCKET)
        client.delete_object(Bucket=BUCKET, Key="key", VersionId=left)
    client.delete_bucket(Bucket=BUCKET)
    assert BUCKET not in cos.store.buckets
