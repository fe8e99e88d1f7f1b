"""In which order reads are judged, and what each refuses (aws-measured 15 to 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused
from tests.support.answers import read_body
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS

KEYS = ["key", "no/such"]
MODE = {"x-amz-checksum-mode": "garbage"}
INVALID_MODE = "Value for x-amz-checksum-mode header is invalid."
TRAILERS = ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"]


@pytest.fixture(autouse=True)
def stored(aws: Any) -> None:
    """An object to read."""
    aws.put_object(Bucket=BUCKET, Key="key", Body=b"data")


@pytest.mark.parametrize("mode", ["garbage", ""])
@pytest.mark.parametrize("key", KEYS)
def test_a_checksum_mode_that_is_none_is_refused(cos: FakeCOS, mode: str, key: str) -> None:
    # public: aws-measured 16
    with refused(cos, "InvalidRequest", INVALID_MODE, 400):
        send_raw(cos, "GET", f"/{BUCKET}/{key}", "", {"x-amz-checksum-mode": mode})


def test_head_object_looks_for_the_key_before_the_checksum_mode(cos: FakeCOS) -> None:
    # public: aws-measured 16
    for key, status in (("key", 400), ("no/such", 404)):
        with pytest.raises(ErrorAnswer) as caught:
            send_raw(cos, "HEAD", f"/{BUCKET}/{key}", "", MODE)
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


@pytest.mark.parametrize("mode", ["ENABLED", "enabled"])
def test_the_checksum_mode_has_no_case(cos: FakeCOS, mode: str) -> None:
    # public: aws-measured 16
    answer = send_raw(cos, "GET", f"/{BUCKET}/key", "", {"x-amz-checksum-mode": mode})
    assert answer.headers["x-amz-checksum-type"] == "FULL_OBJECT"


@pytest.mark.parametrize(
    ("query", "headers", "code"),
    [
        ("partNumber=2", MODE, "InvalidPartNumber"),
        ("", {**MODE, "range": "bytes=99-"}, "InvalidRange"),
        ("partNumber=abc", MODE, "InvalidArgument"),
        ("versionId=garbage", MODE, "InvalidArgument"),
    ],
)
def test_the_checksum_mode_comes_last(cos: FakeCOS, query: str, headers: dict[str, str], code: str) -> None:
    # public: aws-measured 16
    with refused(cos, code):
        send_raw(cos, "GET", f"/{BUCKET}/key", query, headers)


@pytest.mark.parametrize("key", KEYS)
def test_the_form_of_a_part_comes_before_the_key(cos: FakeCOS, key: str) -> None:
    # public: aws-measured 15
    message = "Part number must be an integer between 1 and 10000, inclusive"
    for value in ("abc", "10001", "1.0", ""):
        told = {"ArgumentName": "partNumber", "ArgumentValue": value or None}
        with refused(cos, "InvalidArgument", message, 400, **told):
            send_raw(cos, "GET", f"/{BUCKET}/{key}", f"partNumber={value}")
    both = "Cannot specify both Range header and partNumber query parameter"
    with refused(cos, "InvalidRequest", both, 400):
        send_raw(cos, "GET", f"/{BUCKET}/{key}", "partNumber=abc", {"range": "bytes=0-1"})
    invalid = {"ArgumentName": "versionId", "ArgumentValue": "garbage"}
    with refused(cos, "InvalidArgument", "Invalid version id specified", 400, **invalid):
        send_raw(cos, "GET", f"/{BUCKET}/{key}", "partNumber=1&versionId=garbage", {"range": "bytes=0-1"})


@pytest.mark.parametrize("query", ["", "acl&", "partNumber=1&"])
def test_null_of_a_key_that_is_not_there_is_no_such_version(cos: FakeCOS, query: str) -> None:
    # public: aws-measured 17
    message = "The specified version does not exist."
    with refused(cos, "NoSuchVersion", message, 404, Key="no/such", VersionId="null"):
        send_raw(cos, "GET", f"/{BUCKET}/no/such", f"{query}versionId=null")
    with refused(cos, "NoSuchVersion", message, 404, Key=f"{BUCKET}/no/such", VersionId="null"):
        send_raw(cos, "GET", f"/{BUCKET}/no/such", "tagging&versionId=null")


@pytest.mark.parametrize("query", ["legal-hold", "retention"])
def test_the_form_of_a_version_comes_before_the_lock_of_the_bucket(cos: FakeCOS, query: str) -> None:
    # public: aws-measured 19
    told = {"ArgumentName": "versionId", "ArgumentValue": "garbage"}
    with refused(cos, "InvalidArgument", "Invalid version id specified", 400, **told):
        send_raw(cos, "GET", f"/{BUCKET}/key", f"{query}&versionId=garbage")


@pytest.mark.parametrize("sha256", TRAILERS)
@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("GET", f"/{BUCKET}", "list-type=2&continuation-token=garbage"),
        ("GET", f"/{BUCKET}/no/such", ""),
        ("GET", f"/{BUCKET}/key", "versionId=garbage"),
        ("GET", "/", ""),
        ("DELETE", f"/{BUCKET}/key", ""),
    ],
)
def test_a_trailer_is_of_bodies_alone(cos: FakeCOS, sha256: str, method: str, path: str, query: str) -> None:
    # public: aws-measured 21
    sent = {"x-amz-content-sha256": sha256}
    with refused(cos, "InvalidRequest", "The value of x-amz-content-sha256 header is invalid.", 400):
        send_raw(cos, method, path, query, sent)
    if path != "/":
        with refused(cos, "NoSuchBucket", status=404, BucketName="no-such-bucket"):
            send_raw(cos, method, path.replace(BUCKET, "no-such-bucket"), query, sent)


@pytest.mark.parametrize("sha256", ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "0" * 64])
def test_a_read_does_not_look_at_another_digest(cos: FakeCOS, sha256: str) -> None:
    # public: aws-measured 21
    assert read_body(send_raw(cos, "GET", f"/{BUCKET}/key", "", {"x-amz-content-sha256": sha256})) == b"data"
