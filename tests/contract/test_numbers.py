"""Numbers in headers and queries: absurdly long ones, and what Python takes for a number and HTTP does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from botocore.exceptions import EventStreamError

from fakecos.contract.steps.altered_requests import after_signing, set_header
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.refused import refused, stored_state
from fakecos.contract.steps.uploads import create_upload
from fakecos.wire.messages import RawBody
from tests.support.raw_requests import ErrorAnswer, send_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS

LONG = "9" * 5000  # int() raises for more than 4,300 digits
NO_NUMBERS = ["+5", "-5", "5_0", " 5", "5 0", "\u0665", "\xb2", "0x5", "5.0", ""]
ZEROS = "0" * 5000


@pytest.fixture
def upload_id(cos: FakeCOS, aws: Any) -> str:
    cos.put_object(BUCKET, KEY, b"12345")
    return create_upload(aws)


def status_of(cos: FakeCOS, method: str, path: str, query: str, headers: dict[str, str], body: bytes = b"12345") -> int:
    """Send a request with just these bytes and return the status."""
    try:
        return send_raw(cos, method, path, query, headers, RawBody(body)).status
    except ErrorAnswer as refusal:
        return int(refusal.response["ResponseMetadata"]["HTTPStatusCode"])


@pytest.mark.only_patch("on a socket it is no HTTP")
@pytest.mark.parametrize("length", [LONG, *NO_NUMBERS])
@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("PUT", f"/{BUCKET}/{KEY}", ""),
        ("PUT", f"/{BUCKET}/{KEY}", "partNumber=1&uploadId=@"),
        ("PUT", f"/{BUCKET}/{KEY}", "tagging"),
        ("PUT", f"/{BUCKET}", "versioning"),
        ("PUT", "/new-bucket", ""),
        ("POST", f"/{BUCKET}/{KEY}", "uploadId=@"),
        ("POST", f"/{BUCKET}", "delete"),
        ("POST", f"/{BUCKET}/{KEY}", "uploads"),
        ("GET", f"/{BUCKET}/{KEY}", ""),
        ("DELETE", f"/{BUCKET}/{KEY}", ""),
    ],
)
def test_a_length_that_is_none_is_refused_and_changes_nothing(
    cos: FakeCOS, upload_id: str, method: str, path: str, query: str, length: str
) -> None:
    """Source: assumed, at least a 4xx and never an exception: aws-changes 25."""
    before = stored_state(cos)
    status = status_of(cos, method, path, query.replace("@", upload_id), {"content-length": length})
    assert 400 <= status < 500
    assert stored_state(cos) == before


@pytest.mark.parametrize("length", [LONG, *NO_NUMBERS])
def test_a_decoded_length_that_is_none_is_refused(cos: FakeCOS, upload_id: str, length: str) -> None:
    """Source: public, where it is no number: 411; assumed, where it is absurd (aws-changes 25)."""
    body = b"5\r\n12345\r\n0\r\n\r\n"
    framed = {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "content-length": str(len(body))}
    before = stored_state(cos)
    for query in ("", f"partNumber=1&uploadId={upload_id}"):
        headers = {**framed, "x-amz-decoded-content-length": length}
        assert status_of(cos, "PUT", f"/{BUCKET}/{KEY}", query, headers, body) in {400, 411}
    assert stored_state(cos) == before


@pytest.mark.only_patch("on a socket it is no HTTP")
@pytest.mark.only_boto3("its sessions judge headers themselves")
@pytest.mark.parametrize("operation", ["PutObject", "UploadPart", "GetObject", "PutBucketTagging"])
def test_a_header_below_the_client_is_refused_too(cos: FakeCOS, aws: Any, upload_id: str, operation: str) -> None:
    """Source: assumed: aws-changes 25."""
    named = {"Bucket": BUCKET, "Key": KEY}
    calls: dict[str, Callable[[], Any]] = {
        "PutObject": lambda: aws.put_object(**named, Body=b"1"),
        "UploadPart": lambda: aws.upload_part(**named, UploadId=upload_id, PartNumber=1, Body=b"1"),
        "GetObject": lambda: aws.get_object(**named),
        "PutBucketTagging": lambda: aws.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": []}),
    }
    before = stored_state(cos)
    for name in ("Content-Length", "X-Amz-Decoded-Content-Length"):
        if name == "Content-Length" or operation in {"PutObject", "UploadPart"}:
            with (
                after_signing(aws, operation, set_header(name, LONG)),
                pytest.raises(aws.exceptions.ClientError) as caught,
            ):
                calls[operation]()
            assert 400 <= caught.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    assert stored_state(cos) == before


def test_zeros_before_a_length_do_not_count(cos: FakeCOS) -> None:
    """Source: RFC 9110, 8.6: Content-Length is digits."""
    body = b"5\r\n12345\r\n0\r\n\r\n"
    framed = {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "content-length": str(len(body))}
    headers = {**framed, "x-amz-decoded-content-length": f"{ZEROS}5"}
    assert status_of(cos, "PUT", f"/{BUCKET}/{KEY}", "", headers, body) == 200
    assert cos.bucket(BUCKET).objects[KEY] == b"12345"


def test_ranges_of_many_digits(cos: FakeCOS, upload_id: str) -> None:
    """Source: recorded aws-objects 20, of shorter ones."""

    def read(extent: str) -> Any:
        return send_raw(cos, "GET", f"/{BUCKET}/{KEY}", headers={"range": f"bytes={extent}"})

    assert read(f"0-{LONG}").headers["Content-Range"] == "bytes 0-4/5"
    assert read(f"-{LONG}").headers["Content-Range"] == "bytes 0-4/5"
    assert read(f"{ZEROS}1-{ZEROS}2").headers["Content-Range"] == "bytes 1-2/5"
    assert read(f"{LONG}-1").status == 200  # malformed, so it is ignored
    with refused(cos, "InvalidRange", status=416):
        read(f"{LONG}-")
    for text in NO_NUMBERS:
        assert text in {"", "-5", "5.0"} or read(f"0-{text}").status == 200


def test_a_copied_range_of_many_digits_or_none_is_refused(cos: FakeCOS, upload_id: str) -> None:
    """Source: recorded aws-multipart 23, 24, of shorter ones."""
    for extent in (f"0-{LONG}", f"{LONG}-{LONG}", *(f"0-{text}" for text in NO_NUMBERS)):
        headers = {"x-amz-copy-source": f"{BUCKET}/{KEY}", "x-amz-copy-source-range": f"bytes={extent}"}
        with refused(cos, "InvalidRequest" if extent.startswith(LONG) else "InvalidArgument", status=400):
            send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", f"partNumber=1&uploadId={upload_id}", headers)


@pytest.mark.parametrize("text", [LONG, "5_0", "\u0665", "\xb2", "0x5", "5.0"])
def test_numbers_of_a_query(cos: FakeCOS, upload_id: str, text: str) -> None:
    """Source: recorded aws-multipart 11 for part numbers; public for pages."""
    with refused(cos, "InvalidArgument", status=400):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", f"partNumber={quote(text)}&uploadId={upload_id}", body=b"1")
    for name in ("max-keys", "list-type=2&max-keys", "uploads&max-uploads", "versions&max-keys"):
        with refused(cos, "InvalidArgument", status=400):
            send_raw(cos, "GET", f"/{BUCKET}", f"{name}={quote(text)}")
    with refused(cos, "InvalidArgument", status=400):
        send_raw(cos, "GET", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}&max-parts={quote(text)}")


@pytest.mark.parametrize("text", [LONG, "\xb2", "\u0665", "x", ""])
def test_an_attempt_that_is_no_number_is_the_first(cos: FakeCOS, text: str) -> None:
    """Source: measured: clients count from 1."""
    send_raw(cos, "GET", f"/{BUCKET}", headers={"amz-sdk-request": f"attempt={text}; max=3"})
    assert isinstance(list(cos.journal)[-1].attempt, int)


@pytest.mark.parametrize("owner", ["\u0661" * 12, "\xb2" * 12])
def test_an_owner_is_twelve_digits_of_ascii(cos: FakeCOS, owner: str) -> None:
    """Source: recorded aws-bucket-configuration 20."""
    with refused(cos, "InvalidBucketOwnerAWSAccountID", status=400):
        send_raw(cos, "GET", f"/{BUCKET}", headers={"x-amz-expected-bucket-owner": owner})


LONG_SQL = [
    f"SELECT * FROM S3Object s LIMIT {LONG}",
    f"SELECT * FROM S3Object[*].l[{ZEROS}0] s",
    f"SELECT s._{LONG} FROM S3Object s",
    f"SELECT s.l[{LONG}] FROM S3Object s",
    f"SELECT s.l[{ZEROS}] FROM S3Object s",
    "SELECT CAST(s.a AS INT) FROM S3Object s",
    "SELECT CAST(s.a AS FLOAT) FROM S3Object s",
    "SELECT s.a + 1.5e0 FROM S3Object s",
    "SELECT s.a * s.a FROM S3Object s WHERE s.a > 1e5",
    f"SELECT `-{LONG}` FROM S3Object s",
    f"SELECT {LONG} FROM S3Object s",
    "SELECT s.d FROM S3Object s",
]


@pytest.mark.filterwarnings("ignore::fakecos.UnimplementedOperationWarning")
@pytest.mark.parametrize("digits", [400, 5000])
@pytest.mark.parametrize("expression", LONG_SQL)
def test_sql_of_many_digits_is_selected_or_refused(cos: FakeCOS, aws: Any, expression: str, digits: int) -> None:
    """Source: assumed, as aws-changes 25: a 4xx, or an error in the stream; never an exception of ours."""
    number = "9" * digits
    cos.put_object(BUCKET, KEY, f'{{"a": {number}, "l": [1], "d": 1e{number}}}\n')
    try:
        answer = aws.select_object_content(
            Bucket=BUCKET,
            Key=KEY,
            ExpressionType="SQL",
            Expression=expression,
            InputSerialization={"JSON": {"Type": "LINES"}},
            OutputSerialization={"JSON": {}},
        )
        list(answer["Payload"])
    except (aws.exceptions.ClientError, EventStreamError):
        pass
    assert not cos.errors
