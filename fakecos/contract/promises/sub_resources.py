"""Which sub-resource a request is about, and what is refused before all look-ups (aws-measured 1 to 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import ErrorAnswer
from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.raising import raises

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand


from fakecos.contract.steps.messages import INVALID_VERSION_ID, METHOD_NOT_ALLOWED
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

NOWHERE = "no-such-bucket"
NO_BUCKET = "The specified bucket does not exist"
NO_VERSION = "This operation does not accept a version-id."
BUCKETS = [BUCKET, NOWHERE]


def head_status(send: ByHand, path: str, query: str) -> int:
    """Return the status of a HEAD that is refused."""
    with raises(ErrorAnswer) as caught:
        send("HEAD", path, query)
    status: int = caught.value.response["ResponseMetadata"]["HTTPStatusCode"]
    return status


@promise
@cases("bucket", BUCKETS)
@cases(
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
def two_sub_resources_are_refused_before_the_bucket(
    cos: Service, send: ByHand, bucket: str, method: str, key: str, query: str, names: str
) -> None:
    """Source: public: aws-measured 2."""
    message = f"Conflicting query string parameters: {names}"
    told = {"ArgumentName": "ResourceType", "ArgumentValue": names.partition(",")[0]}
    with refused(cos, "InvalidArgument", message, 400, **told):
        send(method, f"/{bucket}{key}", query)
    if method == "GET":
        assert head_status(send, f"/{bucket}{key}", query) == 400


@promise
@cases("method", ["GET", "PUT", "POST", "DELETE", "PATCH"])
@cases("bucket", BUCKETS)
def a_bucket_has_no_parts(cos: Service, send: ByHand, bucket: str, method: str) -> None:
    """Source: public: aws-measured 1."""
    with refused(cos, "InvalidRequest", "Object must have a valid key name.", 400):
        send(method, f"/{bucket}", "partNumber=abc&max-keys=abc")


@promise
@cases("method", ["GET", "POST", "DELETE"])
def an_upload_has_a_key(cos: Service, send: ByHand, method: str) -> None:
    """Source: public: aws-measured 1."""
    with refused(cos, "InvalidRequest", "A key must be specified", 400):
        send(method, f"/{BUCKET}", "uploadId=u")
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send(method, f"/{NOWHERE}", "uploadId=u")


@promise
def a_restore_has_a_key(cos: Service, send: ByHand) -> None:
    """Source: public: aws-measured 1."""
    with refused(cos, "UserKeyMustBeSpecified", "User key must be specified.", 400):
        send("POST", f"/{BUCKET}", "restore")
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send("POST", f"/{NOWHERE}", "restore")


@promise
@cases("key", ["", "/key"])
def there_are_no_torrents(cos: Service, send: ByHand, key: str) -> None:
    """Source: public: aws-measured 1."""
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method="GET", ResourceType="TORRENT"):
        send("GET", f"/{BUCKET}{key}", "torrent")
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send("GET", f"/{NOWHERE}{key}", "torrent")


@promise
@cases("method", ["GET", "POST", "DELETE", "PATCH"])
def a_part_is_only_put(cos: Service, send: ByHand, method: str) -> None:
    """Source: public: aws-measured 1."""
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType="PART") as answer:
        send(method, f"/{BUCKET}/key", "partNumber=1&uploadId=u")
    assert answer["ResponseMetadata"]["HTTPHeaders"]["allow"] == "PUT"


@promise
@cases("bucket", BUCKETS)
@cases(
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
@cases("version", ["x", "null", ""])
def a_version_id_of_what_has_none_is_refused_before_the_bucket(
    cos: Service, send: ByHand, bucket: str, method: str, key: str, query: str, version: str
) -> None:
    """Source: public: aws-measured 3, 4."""
    with refused(cos, "InvalidArgument", NO_VERSION, 400, ArgumentName="versionId", ArgumentValue=version or None):
        send(method, f"/{bucket}{key}", f"{query}&versionId={version}")
    if method == "GET":
        assert head_status(send, f"/{bucket}{key}", f"{query}&versionId={version}") == 400


@promise
def a_count_comes_before_the_version_id(cos: Service, send: ByHand) -> None:
    """Source: public: aws-measured 3."""
    message = "Provided max-keys not an integer or within integer range"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="max-keys", ArgumentValue="abc"):
        send("GET", f"/{BUCKET}", "max-keys=abc&versionId=x")


@promise
@cases(("method", "query"), [("GET", "acl"), ("PUT", "acl"), ("POST", "restore")])
def these_of_a_bucket_find_the_version_id_invalid(cos: Service, send: ByHand, method: str, query: str) -> None:
    """Source: public: aws-measured 3."""
    with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, ArgumentName="versionId", ArgumentValue="x"):
        send(method, f"/{BUCKET}", f"{query}&versionId=x")


@promise
@cases("query", ["", "acl&", "tagging&", "attributes&", "legal-hold&", "retention&"])
def an_empty_version_id_is_refused_before_the_bucket(cos: Service, send: ByHand, query: str) -> None:
    """Source: public: aws-measured 4."""
    told = {"ArgumentName": "versionId", "ArgumentValue": None}
    with refused(cos, "InvalidArgument", "Version id cannot be the empty string", 400, **told):
        send("GET", f"/{NOWHERE}/key", f"{query}versionId=")


@promise
@cases("key", ["", "/key"])
@cases("method", ["GET", "PUT", "DELETE", "PATCH"])
def website_has_no_value(cos: Service, send: ByHand, key: str, method: str) -> None:
    """Source: public: aws-measured 3."""
    message = "The website parameter must not have a value"
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="website", ArgumentValue="v"):
        send(method, f"/{NOWHERE}{key}", "website=v")


@promise
def the_name_of_an_annotation_stands_beside_annotation(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public: aws-measured 2."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    told = {"ArgumentName": "ResourceType", "ArgumentValue": "annotationName"}
    with refused(cos, "InvalidArgument", "Unexpected query string parameter", 400, **told):
        send("GET", f"/{BUCKET}/key", "annotationName=v")
    assert b"<Key>key</Key>" in send("GET", f"/{BUCKET}", "annotationName=v").body


@promise
@cases("key", ["key", "no/such"])
def a_sub_resource_of_the_bucket_is_that_of_the_bucket_at_a_key_too(
    cos: Service, send: ByHand, aws: Any, key: str
) -> None:
    """Source: public: aws-measured 5."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    aws.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for query in ("versioning", "location", "requestPayment", "accelerate", "inventory", "notification"):
        of_bucket = send("GET", f"/{BUCKET}", query).body
        assert send("GET", f"/{BUCKET}/{key}", query).body == of_bucket
    for query, code in (
        ("cors", "NoSuchCORSConfiguration"),
        ("lifecycle", "NoSuchLifecycleConfiguration"),
        ("policy", "NoSuchBucketPolicy"),
        ("replication", "ReplicationConfigurationNotFoundError"),
        ("website", "NoSuchWebsiteConfiguration"),
    ):
        with refused(cos, code, status=404, BucketName=BUCKET):
            send("GET", f"/{BUCKET}/{key}", query)
        with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
            send("GET", f"/{NOWHERE}/{key}", query)


@promise
@cases(
    ("query", "code", "message"),
    [
        ("logging", "NoLoggingStatusForKey", "There is no such thing as the ?logging sub-resource for a key"),
        ("versions", "InvalidRequest", "There is no such thing as the ?versions sub-resource for a key"),
        ("uploads", "InvalidRequest", "Key is not expected for the GET method ?uploads subresource"),
    ],
)
def what_a_key_does_not_have_is_refused_after_the_bucket(
    cos: Service, send: ByHand, query: str, code: str, message: str
) -> None:
    """Source: public: aws-measured 5."""
    with refused(cos, code, message, 400):
        send("GET", f"/{BUCKET}/key", query)
    with refused(cos, "NoSuchBucket", NO_BUCKET, 404, BucketName=NOWHERE):
        send("GET", f"/{NOWHERE}/key", query)


@promise
def the_other_ones_of_a_bucket_are_not_looked_at_in_a_read(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public: aws-measured 6; of a write: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")
    for query in ("metrics", "object-lock", "publicAccessBlock", "metadataInventoryTable", "abac"):
        assert send("GET", f"/{BUCKET}/key", query).body == b"data"
        assert send("HEAD", f"/{BUCKET}/key", query).status == 200
    message = "There is no such thing as the ?metrics sub-resource for a key"
    for method in ("PUT", "DELETE", "POST"):
        with refused(cos, "InvalidRequest", message, 400):
            send(method, f"/{BUCKET}/key", "metrics", body=b"another")


@promise
@cases(
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
@cases("bucket", BUCKETS)
def a_refused_method_names_the_type_before_the_bucket(
    cos: Service, send: ByHand, bucket: str, method: str, path: str, query: str, resource: str
) -> None:
    """Source: public: aws-measured 7."""
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType=resource):
        send(method, f"/{bucket}{path}", query)


@promise
@cases("query", ["uploadId=u", "torrent", "delete", "versions", "acl"])
def a_head_of_a_sub_resource_of_a_bucket_is_refused(send: ByHand, query: str) -> None:
    """Source: public: aws-measured 9."""
    for path in (BUCKET, NOWHERE, f"{BUCKET}/key", f"{NOWHERE}/key"):
        assert head_status(send, f"/{path}", query) == 405


@promise
@cases("method", ["TRACE", "LINK", "PROPFIND"])
@cases("path", ["/", f"/{BUCKET}", f"/{BUCKET}/key"])
def a_method_that_s3_does_not_have_cannot_be_read(cos: Service, send: ByHand, method: str, path: str) -> None:
    """Source: public: aws-measured 8."""
    with refused(cos, "BadRequest", "An error occurred when parsing the HTTP request.", 400) as answer:
        send(method, path)
    assert "allow" not in answer["ResponseMetadata"]["HTTPHeaders"]


@promise
def a_key_may_be_named_in_a_request_that_deletes_several(cos: Service, send: ByHand) -> None:
    """Source: public: aws-measured 5."""
    message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"
    with refused(cos, "InvalidRequest", message, 400):
        send("POST", f"/{BUCKET}/key", "delete", body=b"<Delete><Object><Key>a</Key></Object></Delete>")


@promise
@cases(
    ("method", "path", "query", "resource", "allowed"),
    [
        ("DELETE", f"/{BUCKET}", "acl", "ACL", "PUT, GET"),
        ("DELETE", f"/{BUCKET}", "versioning", "VERSIONING", "PUT, GET"),
        ("POST", f"/{BUCKET}", "policy", "BUCKETPOLICY", "DELETE, PUT, GET"),
        ("PUT", f"/{BUCKET}", "location", "LOCATION", "GET"),
        ("DELETE", f"/{BUCKET}", "retention", "OBJECT_LOCK_RETENTION", None),
        ("DELETE", f"/{BUCKET}/key", "acl", "ACL", "PUT, GET"),
        ("PUT", f"/{BUCKET}/key", "torrent", "TORRENT", "GET"),
        ("GET", f"/{BUCKET}/key", "restore", "RESTORE", "POST"),
    ],
)
def a_method_that_a_sub_resource_lacks_is_not_taken_for_the_plain_request(
    cos: Service, send: ByHand, aws: Any, method: str, path: str, query: str, resource: str, allowed: str | None
) -> None:
    """Source: public for uploads and policies; the others, and that one of keys is none of buckets: assumed."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"kept")
    with refused(cos, "MethodNotAllowed", METHOD_NOT_ALLOWED, 405, Method=method, ResourceType=resource) as answer:
        send(method, path, query, body=b"" if method == "GET" else b"another")
    assert answer["ResponseMetadata"]["HTTPHeaders"].get("allow") == allowed
    assert aws.get_object(Bucket=BUCKET, Key="key")["Body"].read() == b"kept"
