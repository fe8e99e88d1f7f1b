"""Which sub-resource a request is about, and what is refused before all look-ups (aws-measured 1 to 9)."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.messages import METHOD_NOT_ALLOWED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.answers import read_body
from tests.support.raw_requests import ErrorAnswer, send_raw

NOWHERE = "no-such-bucket"
NO_BUCKET = "The specified bucket does not exist"
NO_VERSION = "This operation does not accept a version-id."
INVALID_VERSION = "Invalid version id specified"
BUCKETS = [BUCKET, NOWHERE]


def head_status(cos: FakeCOS, path: str, query: str) -> int:
    """Return the status of a HEAD that is refused."""
    with pytest.raises(ErrorAnswer) as caught:
        send_raw(cos, "HEAD", path, query)
    status: int = caught.value.response["ResponseMetadata"]["HTTPStatusCode"]
    return status


@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize(
    ("method", "key", "query", "names"),
    [
        ("GET", "", "versioning&acl", "acl, versioning"),
        ("GET", "", "acl&delete", "acl, delete"),
        ("PATCH", "", "acl&versioning", "acl, versioning"),
        ("POST", "", "delete&acl", "acl, delete"),
        ("GET", "", "partNumber=1&acl", "acl, partNumber"),
        ("GET", "", "website=v&versioning&versionId=x", "versioning, website"),
        ("GET", "/key", "tagging&acl", "acl, tagging"),
        ("PUT", "/key", "cors&acl", "acl, cors"),
        ("DELETE", "/key", "tagging&acl", "acl, tagging"),
        ("GET", "/key", "partNumber=1&tagging", "partNumber, tagging"),
        ("GET", "/key", "annotationName=a&acl", "acl, annotationName"),
    ],
)
def test_two_sub_resources_are_refused_before_the_bucket(
    cos: FakeCOS, bucket: str, method: str, key: str, query: str, names: str
) -> None:
    # public: aws-measured 2
    message = f"Conflicting query string parameters: {names}"
    told = {"ArgumentName": "ResourceType", "ArgumentValue": names.partition(",")[0]}
    with refused(cos, "InvalidArgument", message, 400, **told):
        send_raw(cos, method, f"/{bucket}{key}", query)
    if method == "GET":
        assert head_status(cos, f"/{bucket}{key}", query) == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_has_no_parts(cos: FakeCOS, bucket: str, method: str) -> None:
    # public: aws-measured 1
    with refused(cos, "InvalidRequest", "Object must have a valid key name.", 400):
        send_raw(cos, method, f"/{bucket}", "partNumber=abc&max-keys=abc")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_upload_has_a_key(cos: FakeCOS, method: str) -> None:
    # public: aws-measured 1
    with refused(cos, "InvalidRequest", "A key must be specified", 400):
        send_raw(cos, method, f"/{BUCKET}", "uploadId=u")
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send_raw(cos, method, f"/{NOWHERE}", "uploadId=u")


def test_a_restore_has_a_key(cos: FakeCOS) -> None:
    # public: aws-measured 1
    with refused(cos, "UserKeyMustBeSpecified", "User key must be specified.", 400):
        send_raw(cos, "POST", f"/{BUCKET}", "restore")
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send_raw(cos, "POST", f"/{NOWHERE}", "restore")


@pytest.mark.parametrize("key", ["", "/key"])
def test_there_are_no_torrents(cos: FakeCOS, key: str) -> None:
    # public: aws-measured 1
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="GET", ResourceType="TORRENT"):
        send_raw(cos, "GET", f"/{BUCKET}{key}", "torrent")
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send_raw(cos, "GET", f"/{NOWHERE}{key}", "torrent")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH"])
def test_a_part_is_only_put(cos: FakeCOS, method: str) -> None:
    # public: aws-measured 1
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType="PART") as answer:
        send_raw(cos, method, f"/{BUCKET}/key", "partNumber=1&uploadId=u")
    assert answer["ResponseMetadata"]["HTTPHeaders"]["allow"] == "PUT"


@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize(
    ("method", "key", "query"),
    [
        ("GET", "", ""),
        ("GET", "", "list-type=2&max-keys=-1"),
        ("GET", "", "versions"),
        ("GET", "", "uploads"),
        ("GET", "", "delete"),
        ("PUT", "", "versioning"),
        ("DELETE", "", ""),
        ("GET", "/key", "uploads"),
        ("GET", "/key", "uploadId=u"),
        ("GET", "/key", "torrent"),
        ("GET", "/key", "location"),
        ("GET", "/key", "versions"),
    ],
)
@pytest.mark.parametrize("version", ["x", "null", ""])
def test_a_version_id_of_what_has_none_is_refused_before_the_bucket(
    cos: FakeCOS, bucket: str, method: str, key: str, query: str, version: str
) -> None:
    # public: aws-measured 3, 4
    with refused(cos, "InvalidArgument", NO_VERSION, 400, ArgumentName="versionId", ArgumentValue=version or None):
        send_raw(cos, method, f"/{bucket}{key}", f"{query}&versionId={version}")
    if method == "GET":
        assert head_status(cos, f"/{bucket}{key}", f"{query}&versionId={version}") == 400


def test_a_count_comes_before_the_version_id(cos: FakeCOS) -> None:
    # public: aws-measured 3
    message = "Provided max-keys not an integer or within integer range"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="max-keys", ArgumentValue="abc"):
        send_raw(cos, "GET", f"/{BUCKET}", "max-keys=abc&versionId=x")


@pytest.mark.parametrize(("method", "query"), [("GET", "acl"), ("PUT", "acl"), ("POST", "restore")])
def test_these_of_a_bucket_find_the_version_id_invalid(cos: FakeCOS, method: str, query: str) -> None:
    # public: aws-measured 3
    with refused(cos, "InvalidArgument", INVALID_VERSION, 400, ArgumentName="versionId", ArgumentValue="x"):
        send_raw(cos, method, f"/{BUCKET}", f"{query}&versionId=x")


@pytest.mark.parametrize("query", ["", "acl&", "tagging&", "attributes&", "legal-hold&", "retention&"])
def test_an_empty_version_id_is_refused_before_the_bucket(cos: FakeCOS, query: str) -> None:
    # public: aws-measured 4
    told = {"ArgumentName": "versionId", "ArgumentValue": None}
    with refused(cos, "InvalidArgument", "Version id cannot be the empty string", 400, **told):
        send_raw(cos, "GET", f"/{NOWHERE}/key", f"{query}versionId=")


@pytest.mark.parametrize("key", ["", "/key"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_website_has_no_value(cos: FakeCOS, key: str, method: str) -> None:
    # public: aws-measured 3
    message = "The website parameter must not have a value"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="website", ArgumentValue="v"):
        send_raw(cos, method, f"/{NOWHERE}{key}", "website=v")


def test_the_name_of_an_annotation_stands_beside_annotation(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 2
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    told = {"ArgumentName": "ResourceType", "ArgumentValue": "annotationName"}
    with refused(cos, "InvalidArgument", "Unexpected query string parameter", 400, **told):
        send_raw(cos, "GET", f"/{BUCKET}/key", "annotationName=v")
    assert b"<Key>key</Key>" in read_body(send_raw(cos, "GET", f"/{BUCKET}", "annotationName=v"))


@pytest.mark.parametrize("key", ["key", "no/such"])
def test_a_sub_resource_of_the_bucket_is_that_of_the_bucket_at_a_key_too(cos: FakeCOS, aws: Any, key: str) -> None:
    # public: aws-measured 5
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for query in ("versioning", "location", "requestPayment", "accelerate", "inventory", "notification"):
        of_bucket = read_body(send_raw(cos, "GET", f"/{BUCKET}", query))
        assert read_body(send_raw(cos, "GET", f"/{BUCKET}/{key}", query)) == of_bucket
    for query, code in (
        ("cors", "NoSuchCORSConfiguration"),
        ("lifecycle", "NoSuchLifecycleConfiguration"),
        ("policy", "NoSuchBucketPolicy"),
        ("replication", "ReplicationConfigurationNotFoundError"),
        ("website", "NoSuchWebsiteConfiguration"),
    ):
        with refused(cos, code, status=404, BucketName=BUCKET):
            send_raw(cos, "GET", f"/{BUCKET}/{key}", query)
        with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
            send_raw(cos, "GET", f"/{NOWHERE}/{key}", query)


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("logging", "NoLoggingStatusForKey", "There is no such thing as the ?logging sub-resource for a key"),
        ("versions", "InvalidRequest", "There is no such thing as the ?versions sub-resource for a key"),
        ("uploads", "InvalidRequest", "Key is not expected for the GET method ?uploads subresource"),
    ],
)
def test_what_a_key_does_not_have_is_refused_after_the_bucket(
    cos: FakeCOS, query: str, code: str, message: str
) -> None:
    # public: aws-measured 5
    with refused(cos, code, message, 400):
        send_raw(cos, "GET", f"/{BUCKET}/key", query)
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send_raw(cos, "GET", f"/{NOWHERE}/key", query)


def test_the_other_ones_of_a_bucket_are_not_looked_at_in_a_read(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 6; of a write: assumed
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    for query in ("metrics", "object-lock", "publicAccessBlock", "metadataInventoryTable", "abac"):
        assert read_body(send_raw(cos, "GET", f"/{BUCKET}/key", query)) == b"data"
        assert send_raw(cos, "HEAD", f"/{BUCKET}/key", query).status == 200
    message = "There is no such thing as the ?metrics sub-resource for a key"
    for method in ("PUT", "DELETE", "POST"):
        with refused(cos, "InvalidRequest", message, 400):
            send_raw(cos, method, f"/{BUCKET}/key", "metrics", body=b"another")


@pytest.mark.parametrize(
    ("method", "path", "query", "resource"),
    [
        ("PATCH", "", "acl", "ACL"),
        ("PATCH", "", "uploadId=u", "UPLOAD"),
        ("PATCH", "/key", "versioning", "VERSIONING"),
        ("GET", "", "metadataJournalTable", "BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION"),
        ("POST", "", "object-lock", "OBJECT_LOCK_CONFIGURATION"),
        ("POST", "", "abac", "BUCKET_ABAC"),
        ("GET", "/key", "delete", "MULTI_OBJECT_DELETE"),
        ("PUT", "/key", "location", "LOCATION"),
        ("POST", "/key", "annotation", "OBJECT_ANNOTATIONS"),
        ("DELETE", "/key", "attributes", "OBJECT_ATTRIBUTES"),
    ],
)
@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_refused_method_names_the_type_before_the_bucket(
    cos: FakeCOS, bucket: str, method: str, path: str, query: str, resource: str
) -> None:
    # public: aws-measured 7
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType=resource):
        send_raw(cos, method, f"/{bucket}{path}", query)


@pytest.mark.parametrize("query", ["uploadId=u", "torrent", "delete", "versions", "acl"])
def test_a_head_of_a_sub_resource_of_a_bucket_is_refused(cos: FakeCOS, query: str) -> None:
    # public: aws-measured 9
    for path in (BUCKET, NOWHERE, f"{BUCKET}/key", f"{NOWHERE}/key"):
        assert head_status(cos, f"/{path}", query) == 405


@pytest.mark.parametrize("method", ["TRACE", "LINK", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", f"/{BUCKET}", f"/{BUCKET}/key"])
def test_a_method_that_s3_does_not_have_cannot_be_read(cos: FakeCOS, method: str, path: str) -> None:
    # public: aws-measured 8
    with refused(cos, "BadRequest", "An error occurred when parsing the HTTP request.", 400) as answer:
        send_raw(cos, method, path)
    assert "allow" not in answer["ResponseMetadata"]["HTTPHeaders"]


def test_a_key_may_be_named_in_a_request_that_deletes_several(cos: FakeCOS, aws: Any) -> None:
    # public: aws-measured 5
    message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
    with refused(cos, "InvalidRequest", message, 400):
        send_raw(cos, "POST", f"/{BUCKET}/key", "delete", body=b"<Delete><Object><Key>a</Key></Object></Delete>")


def test_a_refused_method_comes_after_a_wrong_signature() -> None:
    # public: aws-measured 1; two sub-resources come before it: 2
    with FakeCOS(credentials={"AKIAEXAMPLE": "right"}) as cos:
        cos.create_bucket(BUCKET)
        for secret, status in (("right", 405), ("wrong", 403)):
            client = cos.client(aws_access_key_id="AKIAEXAMPLE", aws_secret_access_key=secret)
            with before_signing(client, {"delete": ""}), pytest.raises(ClientError) as caught:
                client.get_object(Bucket=BUCKET, Key="key")
            assert http_status(caught.value.response) == status
            with before_signing(client, {"acl": "", "tagging": ""}), pytest.raises(ClientError) as caught:
                client.get_object(Bucket=BUCKET, Key="key")
            assert http_status(caught.value.response) == 400
