"""What every kind of configuration has in common: the bucket first, the owner, the checksum, snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.messages import CHECKSUM_REQUIRED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from fakecos.operations.configurations.kinds import KINDS, Kind
from fakecos.wire import service_model
from tests.support.answers import read_body
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

MISSING = "The specified bucket does not exist"
NEED_A_DIGEST = {
    "PutBucketCors",
    "PutBucketLifecycleConfiguration",
    "PutBucketReplication",
    "PutBucketTagging",
    "PutObjectLegalHold",
    "PutObjectLockConfiguration",
    "PutObjectRetention",
}
OPERATIONS = service_model.load("aws").operations


def query_of(operation: str) -> str:
    spec = OPERATIONS[operation]
    names = [*spec["static"], *("id=one" for name in spec.get("query", ()))]
    return "&".join(names)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_missing_bucket_is_told_before_anything_else(cos: FakeCOS, kind: Kind) -> None:
    # recorded aws-bucket-configuration 8, 11, 26, 55, 62, 66
    for operation in filter(None, (kind.put, kind.get, kind.delete, kind.list)):
        method = OPERATIONS[operation]["method"]
        with refused(cos, "NoSuchBucket", MISSING, 404, BucketName="no-such-bucket"):
            send_raw(cos, method, "/no-such-bucket", query_of(operation), body=b"<" if method == "PUT" else b"")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_bucket_of_another_account_is_denied(cos: FakeCOS, kind: Kind) -> None:
    # recorded aws-bucket-configuration 19
    headers = {"x-amz-expected-bucket-owner": "999999999999"}
    for operation in filter(None, (kind.put, kind.get, kind.delete, kind.list)):
        if "ExpectedBucketOwner" not in service_model.load("aws").members(OPERATIONS[operation]["input"]):
            continue
        with refused(cos, "AccessDenied", "Access Denied", 403):
            send_raw(cos, OPERATIONS[operation]["method"], f"/{BUCKET}", query_of(operation), headers)


@pytest.mark.parametrize("operation", sorted(NEED_A_DIGEST))
def test_a_document_without_a_digest_is_refused(cos: FakeCOS, operation: str) -> None:
    # public: the list of AWS's SDK for Go, version 1
    path = f"/{BUCKET}{'/key' if operation in {'PutObjectLegalHold', 'PutObjectRetention'} else ''}"
    with refused(cos, "InvalidRequest", CHECKSUM_REQUIRED, 400):
        send_raw(cos, "PUT", path, query_of(operation), body=b"<x/>")


@pytest.mark.parametrize("operation", [kind.put for kind in KINDS if kind.put not in NEED_A_DIGEST])
def test_other_documents_need_no_digest(cos: FakeCOS, operation: str) -> None:
    # public: the same SDK, and s3cmd, send none; of a policy assumed (aws-changes 20)
    with refused(cos, "MalformedPolicy" if operation == "PutBucketPolicy" else "MalformedXML"):
        send_raw(cos, "PUT", f"/{BUCKET}", query_of(operation), body=b"<x/>")


def test_versions_tags_and_acls_are_set_without_a_digest(cos: FakeCOS) -> None:
    # public, as above; of the tags of an object: reported
    cos.store.buckets[BUCKET].ownership = "ObjectWriter"
    cos.put_object(BUCKET, "k", b"1")
    on = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    tags = b"<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"
    acl = read_body(send_raw(cos, "GET", f"/{BUCKET}/k", "acl"))
    assert send_raw(cos, "PUT", f"/{BUCKET}/k", "tagging", body=tags).status == 200
    assert send_raw(cos, "PUT", f"/{BUCKET}/k", "acl", body=acl).status == 200
    assert send_raw(cos, "PUT", f"/{BUCKET}", "acl", body=acl).status == 200
    assert send_raw(cos, "PUT", f"/{BUCKET}", "versioning", body=on).status == 200
    assert cos.bucket(BUCKET).objects["k"].tags == {"a": "b"}


def test_a_snapshot_keeps_the_configurations(cos: FakeCOS, aws: Any) -> None:
    # because: documents are replaced, never changed
    metrics = {"Bucket": BUCKET, "Id": "one", "MetricsConfiguration": {"Id": "one"}}
    aws.put_bucket_metrics_configuration(**metrics)
    before = dict(cos.store.buckets[BUCKET].configurations)
    snapshot = cos.snapshot()
    aws.put_bucket_metrics_configuration(**{**metrics, "Id": "two", "MetricsConfiguration": {"Id": "two"}})
    aws.delete_public_access_block(Bucket=BUCKET)
    aws.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    cos.restore(snapshot)
    assert cos.store.buckets[BUCKET].configurations == before
