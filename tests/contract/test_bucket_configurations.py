"""What every kind of configuration has in common: the bucket first, the owner, the checksum, snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.operations.configurations.kinds import KINDS, Kind
from fakecos.wire import tables
from tests.contract.conftest import BUCKET, refused
from tests.contract.parts import exchange
from tests.wire.service_models import model

if TYPE_CHECKING:
    from fakecos import FakeCOS

MISSING = "The specified bucket does not exist"
NO_CHECKSUM = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
OPERATIONS = tables.load("aws").operations


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
            exchange(cos, method, "/no-such-bucket", query_of(operation), body=b"<" if method == "PUT" else b"")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_bucket_of_another_account_is_denied(cos: FakeCOS, kind: Kind) -> None:
    # recorded aws-bucket-configuration 19
    headers = {"x-amz-expected-bucket-owner": "999999999999"}
    for operation in filter(None, (kind.put, kind.get, kind.delete, kind.list)):
        if "ExpectedBucketOwner" not in tables.load("aws").members(OPERATIONS[operation]["input"]):
            continue
        with refused(cos, "AccessDenied", "Access Denied", 403):
            exchange(cos, OPERATIONS[operation]["method"], f"/{BUCKET}", query_of(operation), headers)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_document_needs_a_checksum_where_the_model_says_so(cos: FakeCOS, kind: Kind) -> None:
    # documented; the words: public
    operation = model("aws").operation_model(kind.put)
    required = operation.http_checksum_required or (operation.http_checksum or {}).get("requestChecksumRequired", False)
    assert kind.checksum_required == required
    if required:
        with refused(cos, "InvalidRequest", NO_CHECKSUM, 400):
            exchange(cos, "PUT", f"/{BUCKET}", query_of(kind.put), body=b"<x/>")


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
