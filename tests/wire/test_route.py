from __future__ import annotations

import pytest

from fakecos.facts.errors import S3Error
from fakecos.wire import service_model
from fakecos.wire.route import level_of, route, split_query

COPY = {"x-amz-copy-source": "src/key"}
NONE: dict[str, str] = {}


def routed(method: str, level: str, query: str = "", headers: dict[str, str] = NONE, table: str = "aws") -> str:
    return route(service_model.load(table), method, level, split_query(query), headers)


@pytest.mark.parametrize("table", ["aws", "ibm"])
@pytest.mark.parametrize(
    ("method", "level", "query", "headers", "operation"),
    [
        ("PUT", "object", "", NONE, "PutObject"),
        ("PUT", "object", "", COPY, "CopyObject"),
        ("PUT", "object", "partNumber=1&uploadId=U", NONE, "UploadPart"),
        ("PUT", "object", "uploadId=U&partNumber=1", NONE, "UploadPart"),
        ("PUT", "object", "partNumber=1&uploadId=U", COPY, "UploadPartCopy"),
        ("PUT", "object", "x-id=UploadPart&partNumber=&uploadId=", NONE, "UploadPart"),
        ("POST", "object", "uploads", NONE, "CreateMultipartUpload"),
        ("POST", "object", "uploads=", NONE, "CreateMultipartUpload"),
        ("POST", "object", "uploadId=U", NONE, "CompleteMultipartUpload"),
        ("DELETE", "object", "uploadId=U", NONE, "AbortMultipartUpload"),
        ("DELETE", "object", "", NONE, "DeleteObject"),
        ("GET", "object", "uploadId=U", NONE, "ListParts"),
        ("GET", "object", "partNumber=1", NONE, "GetObject"),
        ("GET", "object", "AWSAccessKeyId=A&Signature=S&Expires=1", NONE, "GetObject"),
        ("GET", "object", "X-Amz-Algorithm=A&X-Amz-Signature=S", NONE, "GetObject"),
        ("GET", "object", "attributes", NONE, "GetObjectAttributes"),
        ("GET", "object", "attributes", {"x-amz-object-attributes": "ETag"}, "GetObjectAttributes"),
        ("HEAD", "object", "", NONE, "HeadObject"),
        ("HEAD", "bucket", "", NONE, "HeadBucket"),
        ("GET", "bucket", "", NONE, "ListObjects"),
        ("GET", "bucket", "list-type=2", NONE, "ListObjectsV2"),
        ("GET", "bucket", "list-type=1", NONE, "ListObjects"),
        ("GET", "bucket", "uploads", NONE, "ListMultipartUploads"),
        ("GET", "bucket", "versions", NONE, "ListObjectVersions"),
        ("GET", "bucket", "location", NONE, "GetBucketLocation"),
        ("GET", "bucket", "lifecycle", NONE, "GetBucketLifecycleConfiguration"),
        ("GET", "bucket", "analytics", NONE, "ListBucketAnalyticsConfigurations"),
        ("GET", "bucket", "analytics&id=1", NONE, "GetBucketAnalyticsConfiguration"),
        ("GET", "bucket", "encryption", NONE, "GetBucketEncryption"),
        ("PUT", "bucket", "inventory", NONE, "PutBucketInventoryConfiguration"),
        ("DELETE", "bucket", "metrics", NONE, "DeleteBucketMetricsConfiguration"),
        ("POST", "bucket", "delete", NONE, "DeleteObjects"),
        ("POST", "bucket", "", {"content-type": "multipart/form-data; boundary=x"}, "PostObject"),
        ("GET", "service", "", NONE, "ListBuckets"),
        ("OPTIONS", "object", "", NONE, "PreflightCORS"),
        ("OPTIONS", "bucket", "", NONE, "PreflightCORS"),
        ("GET", "bucket", "session", NONE, "CreateSession"),
    ],
)
def test_a_request_is_the_operation_that_asks_for_most(
    table: str, method: str, level: str, query: str, headers: dict[str, str], operation: str
) -> None:
    assert routed(method, level, query, headers, table) == operation


@pytest.mark.parametrize("query", ["partNumber=1", "uploadId=U"])
def test_half_of_a_part_is_still_a_part_and_never_overwrites_the_object(query: str) -> None:
    assert routed("PUT", "object", query) == "UploadPart"
    assert routed("PUT", "object", query, COPY) == "UploadPartCopy"


def test_a_copy_source_signed_into_the_query_is_a_copy() -> None:
    assert routed("PUT", "object", "x-amz-copy-source=src%2Fkey") == "CopyObject"
    assert routed("PUT", "object", "uploadId=U&partNumber=1&x-amz-copy-source=src%2Fkey") == "UploadPartCopy"


def test_directory_buckets_are_listed_by_their_own_host() -> None:
    table = service_model.load("aws")
    assert route(table, "GET", "service", {}, {}, "s3express-control.us-west-2.amazonaws.com") == "ListDirectoryBuckets"
    assert route(table, "GET", "service", {}, {}, "s3.amazonaws.com") == "ListBuckets"


@pytest.mark.parametrize("level", ["bucket", "object"])
def test_an_object_lambda_answer_is_known_by_its_headers(level: str) -> None:
    headers = {"x-amz-request-route": "r", "x-amz-request-token": "t"}
    assert routed("POST", level, "", headers) == "WriteGetObjectResponse"


def test_legal_holds_of_ibm_are_told_apart_by_what_they_do() -> None:
    assert routed("POST", "object", "legalHold&add=x", table="ibm") == "AddLegalHold"
    assert routed("POST", "object", "legalHold&remove=x", table="ibm") == "DeleteLegalHold"
    assert routed("GET", "service", "extended", table="ibm") == "ListBucketsExtended"


@pytest.mark.parametrize(
    ("method", "level"),
    [("POST", "object"), ("PUT", "service"), ("HEAD", "service"), ("PATCH", "object")],
)
def test_a_method_that_no_operation_has_is_refused(method: str, level: str) -> None:
    with pytest.raises(S3Error) as refusal:
        routed(method, level)
    assert (refusal.value.code, refusal.value.status) == ("MethodNotAllowed", 405)
    assert refusal.value.fields == {"Method": method, "ResourceType": level.upper()}


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        ("", {}),
        ("uploads", {"uploads": ""}),
        ("uploads=", {"uploads": ""}),
        ("a=1&&b=2", {"a": "1", "b": "2"}),
        ("prefix=a%2Fb%20c%2Bd+e", {"prefix": "a/b c+d e"}),
        ("prefix=a=b", {"prefix": "a=b"}),
        ("prefix=%C3%BC", {"prefix": "ü"}),
        ("prefix=%FF", {"prefix": "\ufffd"}),
        ("partNumber=1&partNumber=2", {"partNumber": "1"}),
        ("part%4Eumber=1", {"partNumber": "1"}),
    ],
)
def test_a_query_is_decoded(raw: str, query: dict[str, str]) -> None:
    assert split_query(raw) == query


def test_levels() -> None:
    assert level_of(None, None) == "service"
    assert level_of("bucket", None) == level_of("bucket", "") == "bucket"
    assert level_of("bucket", "/") == "object"
