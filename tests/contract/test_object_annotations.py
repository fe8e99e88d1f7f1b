"""Put, Get, List and DeleteObjectAnnotation (documented: their pages and the user guide; aws-changes 5)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import child_names, http_status, members_of, specific_headers, xml_document
from tests.support.constants import BUCKET, MIB
from tests.support.digests import checksum_of, md5, sha256
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.versions import add_delete_marker, enable_versioning, put_version

if TYPE_CHECKING:
    from fakecos import FakeCOS

pytestmark = pytest.mark.only_boto3("its botocore may be older than annotations")

OBJECT = {"Bucket": BUCKET, "Key": "key"}
KMS = {
    "ServerSideEncryption": "aws:kms",
    "SSEKMSKeyId": "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
}
TEXT = b'{"label": "cat"}'


def annotate(aws: Any, name: str = "label", text: Any = TEXT, **more: Any) -> Any:
    return aws.put_object_annotation(**{**OBJECT, **more}, AnnotationName=name, AnnotationPayload=text)


def annotation(aws: Any, name: str = "label", **more: Any) -> bytes:
    answer = aws.get_object_annotation(**{**OBJECT, **more}, AnnotationName=name)
    return bytes(answer["AnnotationPayload"].read())


def names(aws: Any, **more: Any) -> list[str]:
    listed = aws.list_object_annotations(**{**OBJECT, **more})
    return [entry["AnnotationName"] for entry in listed["Annotations"]]


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


def test_without_a_checksum_it_has_crc64nvme(cos: FakeCOS, aws: Any) -> None:
    # documented
    aws.put_object(**OBJECT)
    answer = send_raw(cos, "PUT", f"/{BUCKET}/key", "annotation&annotationName=label", body=TEXT)
    assert answer.headers["x-amz-checksum-crc64nvme"] == checksum_of("CRC64NVME", TEXT)
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"


def test_the_document_of_a_put(cos: FakeCOS, aws: Any) -> None:
    # documented: Response Syntax
    aws.put_object(**OBJECT)
    root = xml_document(send_raw(cos, "PUT", f"/{BUCKET}/key", "annotation&annotationName=a", body=b"1"))
    assert root.tag.endswith("}PutObjectAnnotationOutput")
    assert child_names(root) == ["Key", "AnnotationName"]


def test_a_second_one_of_a_name_replaces_the_first(cos: FakeCOS, aws: Any) -> None:
    # documented
    aws.put_object(**OBJECT)
    annotate(aws)
    cos.advance(seconds=5)
    annotate(aws, text=b"new")
    (entry,) = aws.list_object_annotations(**OBJECT)["Annotations"]
    assert (entry["Size"], annotation(aws)) == (3, b"new")
    assert entry["LastModified"] - cos.bucket(BUCKET).objects["key"].last_modified >= dt.timedelta(seconds=5)


@pytest.mark.parametrize("name", ["n" * 512, "données_1.2-3", "名前", ".", "-_", "my-aws", "2s3"])
def test_names_that_can_be(aws: Any, name: str) -> None:
    # documented: letters of any language, digits, underscore, period, hyphen; 1 to 512 bytes
    aws.put_object(**OBJECT)
    assert annotate(aws, name)["AnnotationName"] == name
    assert annotation(aws, name) == TEXT
    assert names(aws) == [name]


@pytest.mark.parametrize("text", [b"1", "\u20ac".encode(), b"a" * MIB])
def test_texts_that_can_be(aws: Any, text: bytes) -> None:
    # documented: 1 byte to 1 MiB of UTF-8
    aws.put_object(**OBJECT)
    annotate(aws, text=text)
    assert annotation(aws) == text


@pytest.mark.parametrize("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
def test_archived_objects_need_no_restore(aws: Any, storage_class: str) -> None:
    # documented
    aws.put_object(**OBJECT, StorageClass=storage_class)
    annotate(aws)
    assert annotation(aws) == TEXT
    aws.delete_object_annotation(**OBJECT, AnnotationName="label")


def test_an_annotation_is_encrypted_as_its_object(aws: Any) -> None:
    # documented; that the ETag is no MD5 then: assumed, as of objects
    aws.put_object(**OBJECT, **KMS)
    answer = annotate(aws)
    assert answer["ServerSideEncryption"] == "aws:kms"
    assert answer["ETag"] != f'"{md5(TEXT)}"'
    assert aws.get_object_annotation(**OBJECT, AnnotationName="label")["ServerSideEncryption"] == "aws:kms"


def test_deleting_removes_it_for_good(aws: Any) -> None:
    # documented; a name that is not there too: public (a suite that is run on AWS)
    aws.put_object(**OBJECT)
    annotate(aws)
    annotate(aws, "other")
    for _ in range(2):
        answer = aws.delete_object_annotation(**OBJECT, AnnotationName="label")
        assert (http_status(answer), members_of(answer), specific_headers(answer)) == (204, {}, {})
        assert names(aws) == ["other"]


# --- lists -------------------------------------------------------------------------------------------


def test_a_list_says_what_there_is(aws: Any) -> None:
    # documented; the order of names: assumed
    aws.put_object(**OBJECT)
    for name in ("b", "a", "B"):
        annotate(aws, name, ChecksumAlgorithm="SHA1")
    answer = aws.list_object_annotations(**OBJECT)
    same = {"LastModified": "a time", "ETag": f'"{md5(TEXT)}"', "ChecksumAlgorithm": ["SHA1"], "Size": len(TEXT)}
    listed = [{"AnnotationName": name, **same} for name in ("B", "a", "b")]
    assert members_of(answer) == {**OBJECT, "AnnotationCount": 3, "Annotations": listed}


@pytest.mark.parametrize(
    ("query", "children"),
    [
        ("", ["Annotations", "Bucket", "Key", "AnnotationCount"]),
        (
            "&annotation-prefix=x&max-annotation-results=5",
            ["Annotations", "Bucket", "Key", "AnnotationPrefix", "MaxAnnotationResults", "AnnotationCount"],
        ),
        ("&annotation-prefix=", ["Annotations", "Bucket", "Key", "AnnotationPrefix", "AnnotationCount"]),
        ("&max-annotation-results=", ["Annotations", "Bucket", "Key", "MaxAnnotationResults", "AnnotationCount"]),
    ],
)
def test_the_document_of_a_list_without_any(cos: FakeCOS, aws: Any, query: str, children: list[str]) -> None:
    # public: measured on AWS in September 2026; what is not asked for is not told, and an empty count is 1000
    aws.put_object(**OBJECT)
    root = xml_document(send_raw(cos, "GET", f"/{BUCKET}/key", f"annotation{query}"))
    assert root.tag.endswith("}ListObjectAnnotationsOutput")
    assert child_names(root) == children
    assert [child.text for child in root if child.tag.endswith("}MaxAnnotationResults")] in ([], ["5"], ["1000"])


def test_pages_and_prefixes(aws: Any) -> None:
    # documented
    aws.put_object(**OBJECT)
    for name in ("a.1", "a.2", "a.3", "b"):
        annotate(aws, name)
    first = aws.list_object_annotations(**OBJECT, AnnotationPrefix="a.", MaxAnnotationResults=2)
    assert (first["AnnotationCount"], first["AnnotationPrefix"], first["MaxAnnotationResults"]) == (2, "a.", 2)
    token = first["NextContinuationToken"]
    second = aws.list_object_annotations(**OBJECT, AnnotationPrefix="a.", ContinuationToken=token)
    assert [entry["AnnotationName"] for entry in second["Annotations"]] == ["a.3"]
    assert second["ContinuationToken"] == token
    assert "NextContinuationToken" not in second
    pages = aws.get_paginator("list_object_annotations").paginate(**OBJECT, PaginationConfig={"PageSize": 3})
    assert [len(page["Annotations"]) for page in pages] == [3, 1]


# --- versions ----------------------------------------------------------------------------------------


def test_each_version_has_its_own(aws: Any) -> None:
    # documented: a new version has none, and deleting a version takes its annotations along
    enable_versioning(aws)
    first = put_version(aws)
    assert annotate(aws)["ObjectVersionId"] == first
    second = put_version(aws)
    assert names(aws) == []
    annotate(aws, text=b"old", VersionId=first)
    annotate(aws, "newer")
    assert (names(aws), names(aws, VersionId=first)) == (["newer"], ["label"])
    assert annotation(aws, VersionId=first) == b"old"
    listed = aws.list_object_annotations(**OBJECT, VersionId=first)
    read = aws.get_object_annotation(**OBJECT, AnnotationName="label", VersionId=first)
    deleted = aws.delete_object_annotation(**OBJECT, AnnotationName="label", VersionId=first)
    assert {answer["ObjectVersionId"] for answer in (listed, read, deleted)} == {first}
    assert (names(aws), names(aws, VersionId=first)) == (["newer"], [])
    assert [item["VersionId"] for item in aws.list_object_versions(Bucket=BUCKET)["Versions"]] == [second, first]


def test_a_delete_marker_hides_them_and_keeps_them(cos: FakeCOS, aws: Any) -> None:
    # documented
    enable_versioning(aws)
    version = put_version(aws)
    annotate(aws)
    marker = add_delete_marker(aws)
    for call in (aws.list_object_annotations, aws.get_object_annotation):
        named = {} if call == aws.list_object_annotations else {"AnnotationName": "label"}
        with refused(cos, "MethodNotAllowed"):
            call(**OBJECT, **named)
    with refused(cos, "MethodNotAllowed"):
        annotate(aws)
    assert annotation(aws, VersionId=version) == TEXT
    aws.delete_object(**OBJECT, VersionId=marker)
    assert annotation(aws) == TEXT


def test_writing_an_object_anew_removes_them(aws: Any) -> None:
    # documented, and public (a suite that is run on AWS)
    aws.put_object(**OBJECT)
    annotate(aws)
    aws.put_object(**OBJECT)
    assert names(aws) == []


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
