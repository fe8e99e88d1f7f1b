"""Operations may be written as the service model has them, or as a client's method: both mean the same everywhere."""

from __future__ import annotations

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError
from fakecos.wire import operation_names, service_model


def test_every_operation_is_known_by_the_name_of_its_method() -> None:
    for name in service_model.load("aws").operations:
        assert operation_names.operation(name) == operation_names.operation(xform_name(name)) == name


def test_faults_journal_and_assertions_take_both_names() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        client = boto3.client("s3")
        cos.inject("put_object", error="AccessDenied")
        with pytest.raises(ClientError, match="AccessDenied"):
            client.put_object(Bucket="photos", Key="a")
        client.list_objects_v2(Bucket="photos")
        assert len(cos.journal.filter("list_objects_v2")) == len(cos.journal.filter("ListObjectsV2")) == 1
        cos.assert_requests(["put_object", ("ListObjectsV2", {"Bucket": "photos"})])
        assert cos.journal.counts["put_object"] == cos.journal.counts["PutObject"] == 1


def test_the_counts_know_what_did_not_come() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        assert cos.journal.counts == {}
        boto3.client("s3").list_objects_v2(Bucket="photos")
        counts = cos.journal.counts
        assert counts["delete_object"] == counts["DeleteObject"] == 0
        assert counts == {"ListObjectsV2": 1} == counts
        assert counts == {"list_objects_v2": 1, "PutObject": 0}
        assert counts != {"list_objects_v2": 2}
        assert (list(counts), len(counts), counts.total()) == (["ListObjectsV2"], 1, 1)
        assert "list_objects_v2" in counts
        assert "PutObject" not in counts
        assert counts.get("PutObject", 5) == 5
        assert counts.most_common(1) == [("ListObjectsV2", 1)]


def test_a_part_number_may_be_a_number() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        upload = cos.start_upload("photos", "a.zip")
        keys = {"Bucket": "photos", "Key": "a.zip", "UploadId": upload.upload_id}
        boto3.client("s3").upload_part(**keys, PartNumber=2, Body=b"x")
        cos.assert_requests([("UploadPart", {"part_number": 2})])
        cos.assert_requests([("UploadPart", {"part_number": "2"})])
        with pytest.raises(AssertionError, match="part_number is '2'"):
            cos.assert_requests([("UploadPart", {"part_number": 3})])


def test_a_site_may_have_either_name() -> None:
    with FakeCOS() as cos:
        found = cos.explore(lambda: cos.client().list_buckets(), replay="list_buckets#1=SlowDown", raise_findings=False)
        assert found.runs


@pytest.mark.parametrize("name", ["uploadpart", "UPLOAD_PART", "Upload_Part", "upload-part", ""])
def test_no_other_way_of_writing_is_taken(name: str) -> None:
    with pytest.raises(UsageError, match="S3 has no operation"):
        operation_names.operation(name)
