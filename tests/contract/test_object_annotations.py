"""Put, Get, List and DeleteObjectAnnotation (documented: their pages and the user guide; aws-changes 5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.promises.object_annotations import KMS, OBJECT, TEXT, annotate, annotation, names
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5, sha256
from fakecos.contract.steps.names import BUCKET

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than annotations")


def test_an_annotation_is_put_and_read(cos: FakeCOS, aws: Any) -> None:
    # documented, member by member
    aws.put_object(**OBJECT, Body=b"x")
    answer = annotate(aws, ChecksumAlgorithm="SHA256")
    kept = {"ETag": f'"{md5(TEXT)}"', "ChecksumSHA256": sha256(TEXT), "ChecksumType": "FULL_OBJECT"}
    encrypted = {"ServerSideEncryption": "AES256"}
    assert http_status(answer) == 200
    assert members_of(answer) == {"Key": "key", "AnnotationName": "label", **kept, **encrypted}
    answer = aws.get_object_annotation(**OBJECT, AnnotationName="label", ChecksumMode="ENABLED")
    assert answer.pop("AnnotationPayload").read() == TEXT
    last_modified = answer.pop("LastModified")
    assert last_modified == cos.bucket(BUCKET).objects["key"].last_modified
    assert members_of(answer) == {"ContentLength": len(TEXT), **kept, **encrypted}
    assert cos.bucket(BUCKET).objects["key"].annotations == {"label": TEXT}


def test_the_object_is_as_it_was(cos: FakeCOS, aws: Any) -> None:
    # documented: its ETag does not change
    aws.put_object(**OBJECT, Body=b"x")
    before = members_of(aws.head_object(**OBJECT))
    cos.advance(days=1)
    annotate(aws)
    assert members_of(aws.head_object(**OBJECT)) == before


def test_a_second_one_of_a_name_replaces_the_first(cos: FakeCOS, aws: Any) -> None:
    # documented
    aws.put_object(**OBJECT)
    annotate(aws)
    cos.advance(seconds=5)
    annotate(aws, text=b"new")
    (entry,) = aws.list_object_annotations(**OBJECT)["Annotations"]
    assert (entry["Size"], annotation(aws)) == (3, b"new")
    assert entry["LastModified"] - cos.bucket(BUCKET).objects["key"].last_modified >= dt.timedelta(seconds=5)


def test_what_else_changes_of_an_object_leaves_them(cos: FakeCOS, aws: Any) -> None:
    # documented: they belong to the version
    aws.put_object(**OBJECT, StorageClass="STANDARD")
    annotate(aws)
    aws.put_object_tagging(**OBJECT, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    aws.update_object_encryption(**OBJECT, ObjectEncryption={"SSEKMS": {"KMSKeyArn": KMS["SSEKMSKeyId"]}})
    transition = {"Days": 1, "StorageClass": "GLACIER"}
    rule = {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, "Transitions": [transition]}
    aws.put_bucket_lifecycle_configuration(
        Bucket=BUCKET,
        LifecycleConfiguration={"Rules": [rule]},
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    cos.advance(days=3)
    assert aws.head_object(**OBJECT)["StorageClass"] == "GLACIER"
    answer = aws.get_object_annotation(**OBJECT, AnnotationName="label")
    assert (answer["AnnotationPayload"].read(), answer["ServerSideEncryption"]) == (TEXT, "aws:kms")


def test_a_snapshot_brings_them_back(cos: FakeCOS, aws: Any) -> None:
    aws.put_object(**OBJECT)
    annotate(aws)
    snapshot = cos.snapshot()
    aws.delete_object_annotation(**OBJECT, AnnotationName="label")
    cos.restore(snapshot)
    assert names(aws) == ["label"]
