"""Put, Get, List and DeleteObjectAnnotation (documented: their pages and the user guide; aws-changes 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, only_boto3, promise
from fakecos.contract.steps.documents import child_names, xml_document

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of, specific_headers
from fakecos.contract.steps.digests import checksum_of, md5
from fakecos.contract.steps.names import BUCKET, MIB
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.versions import add_delete_marker, enable_versioning, put_version

AS_OF = "2026-06-16"

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


@promise
@only_boto3("its botocore may be older than annotations")
@cases("name", ["n" * 512, "données_1.2-3", "名前", ".", "-_", "my-aws", "2s3"])
def names_that_can_be(aws: Any, name: str) -> None:
    """Source: documented: letters of any language, digits, underscore, period, hyphen; 1 to 512 bytes."""
    aws.put_object(**OBJECT)
    assert annotate(aws, name)["AnnotationName"] == name
    assert annotation(aws, name) == TEXT
    assert names(aws) == [name]


@promise
@only_boto3("its botocore may be older than annotations")
@cases("text", [b"1", "\u20ac".encode(), b"a" * MIB])
def texts_that_can_be(aws: Any, text: bytes) -> None:
    """Source: documented: 1 byte to 1 MiB of UTF-8."""
    aws.put_object(**OBJECT)
    annotate(aws, text=text)
    assert annotation(aws) == text


@promise
@only_boto3("its botocore may be older than annotations")
@cases("storage_class", ["GLACIER", "DEEP_ARCHIVE"])
def archived_objects_need_no_restore(aws: Any, storage_class: str) -> None:
    """Source: documented."""
    aws.put_object(**OBJECT, StorageClass=storage_class)
    annotate(aws)
    assert annotation(aws) == TEXT
    aws.delete_object_annotation(**OBJECT, AnnotationName="label")


@promise
@only_boto3("its botocore may be older than annotations")
def an_annotation_is_encrypted_as_its_object(aws: Any) -> None:
    """Source: documented; that the ETag is no MD5 then: assumed, as of objects."""
    aws.put_object(**OBJECT, **KMS)
    answer = annotate(aws)
    assert answer["ServerSideEncryption"] == "aws:kms"
    assert answer["ETag"] != f'"{md5(TEXT)}"'
    assert aws.get_object_annotation(**OBJECT, AnnotationName="label")["ServerSideEncryption"] == "aws:kms"


@promise
@only_boto3("its botocore may be older than annotations")
def deleting_removes_it_for_good(aws: Any) -> None:
    """Source: documented; a name that is not there too: public (a suite that is run on AWS)."""
    aws.put_object(**OBJECT)
    annotate(aws)
    annotate(aws, "other")
    for _ in range(2):
        answer = aws.delete_object_annotation(**OBJECT, AnnotationName="label")
        assert (http_status(answer), members_of(answer), specific_headers(answer)) == (204, {}, {})
        assert names(aws) == ["other"]


# --- lists -------------------------------------------------------------------------------------------


@promise
@only_boto3("its botocore may be older than annotations")
def a_list_says_what_there_is(aws: Any) -> None:
    """Source: documented; the order of names, and that the ETag is that of an object with the same bytes: assumed."""
    aws.put_object(**OBJECT)
    for name in ("b", "a", "B"):
        annotate(aws, name, ChecksumAlgorithm="SHA1")
    answer = aws.list_object_annotations(**OBJECT)
    same = {"LastModified": "a time", "ETag": f'"{md5(TEXT)}"', "ChecksumAlgorithm": ["SHA1"], "Size": len(TEXT)}
    listed = [{"AnnotationName": name, **same} for name in ("B", "a", "b")]
    assert members_of(answer) == {**OBJECT, "AnnotationCount": 3, "Annotations": listed}


@promise
@only_boto3("its botocore may be older than annotations")
def pages_and_prefixes(aws: Any) -> None:
    """Source: documented."""
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


@promise
@only_boto3("its botocore may be older than annotations")
def where_versioning_was_never_configured_no_version_is_told(aws: Any) -> None:
    """Source: assumed, as for reads."""
    aws.put_object(**OBJECT)
    written = annotate(aws)
    listed = aws.list_object_annotations(**OBJECT)
    read = aws.get_object_annotation(**OBJECT, AnnotationName="label")
    deleted = aws.delete_object_annotation(**OBJECT, AnnotationName="label")
    assert not any("ObjectVersionId" in answer for answer in (written, listed, read, deleted))


# --- versions ----------------------------------------------------------------------------------------


@promise
@only_boto3("its botocore may be older than annotations")
def each_version_has_its_own(aws: Any) -> None:
    """Source: documented: a new version has none, and deleting a version takes its annotations along."""
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


@promise
@only_boto3("its botocore may be older than annotations")
def a_delete_marker_hides_them_and_keeps_them(cos: Service, aws: Any) -> None:
    """Source: documented."""
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


@promise
@only_boto3("its botocore may be older than annotations")
def writing_an_object_anew_removes_them(aws: Any) -> None:
    """Source: documented, and public (a suite that is run on AWS)."""
    aws.put_object(**OBJECT)
    annotate(aws)
    aws.put_object(**OBJECT)
    assert names(aws) == []


@promise
def without_a_checksum_it_has_crc64nvme(send: ByHand, aws: Any) -> None:
    """Source: documented."""
    aws.put_object(**OBJECT)
    answer = send("PUT", f"/{BUCKET}/key", "annotation&annotationName=label", body=TEXT)
    assert answer.headers["x-amz-checksum-crc64nvme"] == checksum_of("CRC64NVME", TEXT)
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"


@promise
def the_document_of_a_put(send: ByHand, aws: Any) -> None:
    """Source: documented: Response Syntax."""
    aws.put_object(**OBJECT)
    root = xml_document(send("PUT", f"/{BUCKET}/key", "annotation&annotationName=a", body=b"1"))
    assert root.tag.endswith("}PutObjectAnnotationOutput")
    assert child_names(root) == ["Key", "AnnotationName"]


@promise
@cases(
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
def the_document_of_a_list_without_any(send: ByHand, aws: Any, query: str, children: list[str]) -> None:
    """Source: public: measured on AWS in September 2026; what is not asked for is not told, and an empty count is
    1000."""
    aws.put_object(**OBJECT)
    root = xml_document(send("GET", f"/{BUCKET}/key", f"annotation{query}"))
    assert root.tag.endswith("}ListObjectAnnotationsOutput")
    assert child_names(root) == children
    assert [child.text for child in root if child.tag.endswith("}MaxAnnotationResults")] in ([], ["5"], ["1000"])
