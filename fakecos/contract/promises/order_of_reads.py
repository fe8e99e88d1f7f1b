"""In which order reads are judged, and what each refuses (aws-measured 15 to 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.by_hand import ErrorAnswer
from fakecos.contract.promise import Service, before_each, cases, promise
from fakecos.contract.steps.raising import raises

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.messages import INVALID_VERSION_ID
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

KEYS = ["key", "no/such"]
MODE = {"x-amz-checksum-mode": "garbage"}
INVALID_MODE = "Value for x-amz-checksum-mode header is invalid."
TRAILERS = ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"]


@before_each
def stored(aws: Any) -> None:
    """An object to read."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")


@promise
@cases("mode", ["garbage", ""])
@cases("key", KEYS)
def a_checksum_mode_that_is_none_is_refused(cos: Service, send: ByHand, mode: str, key: str) -> None:
    """Source: public: aws-measured 16."""
    with refused(cos, "InvalidRequest", INVALID_MODE, 400):
        send("GET", f"/{BUCKET}/{key}", "", {"x-amz-checksum-mode": mode})


@promise
def head_object_looks_for_the_key_before_the_checksum_mode(send: ByHand) -> None:
    """Source: public: aws-measured 16."""
    for key, status in (("key", 400), ("no/such", 404)):
        with raises(ErrorAnswer) as caught:
            send("HEAD", f"/{BUCKET}/{key}", "", MODE)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


@promise
@cases("mode", ["ENABLED", "enabled"])
def the_checksum_mode_has_no_case(send: ByHand, mode: str) -> None:
    """Source: public: aws-measured 16."""
    answer = send("GET", f"/{BUCKET}/key", "", {"x-amz-checksum-mode": mode})
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"


@promise
@cases(
    ("query", "headers", "code"),
    [
        ("partNumber=2", MODE, "InvalidPartNumber"),
        ("", {**MODE, "range": "bytes=99-"}, "InvalidRange"),
        ("partNumber=abc", MODE, "InvalidArgument"),
        ("versionId=garbage", MODE, "InvalidArgument"),
    ],
)
def the_checksum_mode_comes_last(cos: Service, send: ByHand, query: str, headers: dict[str, str], code: str) -> None:
    """Source: public: aws-measured 16."""
    with refused(cos, code):
        send("GET", f"/{BUCKET}/key", query, headers)


@promise
@cases("key", KEYS)
def the_form_of_a_part_comes_before_the_key(cos: Service, send: ByHand, key: str) -> None:
    """Source: public: aws-measured 15."""
    message = "Part number must be an integer between 1 and 10000, inclusive"
    for value in ("abc", "10001", "1.0", ""):
        told = {"ArgumentName": "partNumber", "ArgumentValue": value or None}
        with refused(cos, "InvalidArgument", message, 400, **told):
            send("GET", f"/{BUCKET}/{key}", f"partNumber={value}")
    both = "Cannot specify both Range header and partNumber query parameter"
    with refused(cos, "InvalidRequest", both, 400):
        send("GET", f"/{BUCKET}/{key}", "partNumber=abc", {"range": "bytes=0-1"})
    invalid = {"ArgumentName": "versionId", "ArgumentValue": "garbage"}
    with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, **invalid):
        send("GET", f"/{BUCKET}/{key}", "partNumber=1&versionId=garbage", {"range": "bytes=0-1"})


@promise
@cases("query", ["", "acl&", "partNumber=1&"])
def null_of_a_key_that_is_not_there_is_no_such_version(cos: Service, send: ByHand, query: str) -> None:
    """Source: public: aws-measured 17."""
    message = "The specified version does not exist."
    with refused(cos, "NoSuchVersion", message, 404, Key="no/such", VersionId="null"):
        send("GET", f"/{BUCKET}/no/such", f"{query}versionId=null")
    with refused(cos, "NoSuchVersion", message, 404, Key=f"{BUCKET}/no/such", VersionId="null"):
        send("GET", f"/{BUCKET}/no/such", "tagging&versionId=null")


@promise
@cases("query", ["legal-hold", "retention"])
def the_form_of_a_version_comes_before_the_lock_of_the_bucket(cos: Service, send: ByHand, query: str) -> None:
    """Source: public: aws-measured 19."""
    told = {"ArgumentName": "versionId", "ArgumentValue": "garbage"}
    with refused(cos, "InvalidArgument", INVALID_VERSION_ID, 400, **told):
        send("GET", f"/{BUCKET}/key", f"{query}&versionId=garbage")


@promise
@cases("sha256", TRAILERS)
@cases(
    ("method", "path", "query"),
    [
        ("GET", f"/{BUCKET}", "list-type=2&continuation-token=garbage"),
        ("GET", f"/{BUCKET}/no/such", ""),
        ("GET", f"/{BUCKET}/key", "versionId=garbage"),
        ("GET", "/", ""),
        ("DELETE", f"/{BUCKET}/key", ""),
    ],
)
def a_trailer_is_of_bodies_alone(cos: Service, send: ByHand, sha256: str, method: str, path: str, query: str) -> None:
    """Source: public: aws-measured 21."""
    sent = {"x-amz-content-sha256": sha256}
    with refused(cos, "InvalidRequest", "The value of x-amz-content-sha256 header is invalid.", 400):
        send(method, path, query, sent)
    if path != "/":
        with refused(cos, "NoSuchBucket", status=404, BucketName="no-such-bucket"):
            send(method, path.replace(BUCKET, "no-such-bucket"), query, sent)


@promise
@cases("sha256", ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "0" * 64])
def a_read_does_not_look_at_another_digest(send: ByHand, sha256: str) -> None:
    """Source: public: aws-measured 21."""
    assert send("GET", f"/{BUCKET}/key", "", {"x-amz-content-sha256": sha256}).body == b"data"


@promise
@cases(
    ("method", "path", "query"),
    [
        ("GET", f"/{BUCKET}/key", ""),
        ("DELETE", f"/{BUCKET}/key", ""),
        ("PUT", f"/{BUCKET}/key", ""),
        ("POST", f"/{BUCKET}/key", "uploads"),
        ("GET", f"/{BUCKET}/key", "acl"),
        ("HEAD", f"/{BUCKET}/key", ""),
    ],
)
@cases("in_query", [False, True])
def a_checksum_that_s3_does_not_have_is_refused_everywhere(
    cos: Service, send: ByHand, aws: Any, method: str, path: str, query: str, in_query: bool
) -> None:
    """Source: public for headers of bodies; assumed for queries and for requests without a body."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"x")
    headers = {} if in_query else {"x-amz-checksum-crc16": "AAA="}
    if in_query:
        query = f"{query}&x-amz-checksum-crc16=AAA%3D".lstrip("&")
    message = "The algorithm type you specified in x-amz-checksum- header is invalid."
    code, said = ("400", None) if method == "HEAD" else ("InvalidRequest", message)
    with refused(cos, code, said, 400):
        send(method, path, query, headers)
