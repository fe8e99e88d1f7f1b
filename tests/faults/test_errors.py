"""Errors of S3, bare answers of proxies, errors inside a 200, and redirects; at each moment at which they can come."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError
from fakecos.contract.steps.objects import put_object
from fakecos.facts import errors
from fakecos.facts.errors import ErrorSpec, reported
from fakecos.facts.services.ibm import IBM_COS
from fakecos.faults import Http, Transport, When, error, error_in_200, redirect

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.facts.literals import ErrorCode

MOMENTS = [When.BEFORE, When.after_bytes(3), When.VALIDATED, When.STORED]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("SlowDown", 503),
        ("ServiceUnavailable", 503),
        ("InternalError", 500),
        ("RequestTimeout", 400),
        ("RequestTimeTooSkewed", 403),
        ("ExpiredToken", 400),
        ("AccessDenied", 403),
        ("OperationAborted", 409),
        ("ConditionalRequestConflict", 409),
        ("PreconditionFailed", 412),
        ("NoSuchUpload", 404),
        ("NoSuchBucket", 404),
        ("InvalidAccessKeyId", 403),
        ("SignatureDoesNotMatch", 403),
    ],
)
def test_an_error_has_its_status_and_message(cos: FakeCOS, client: Any, code: ErrorCode, status: int) -> None:
    cos.inject("PutObject", error=code)
    with pytest.raises(client.exceptions.ClientError) as caught:
        put_object(client, Key="a", Body=b"hello")
    answer = caught.value.response
    assert answer["Error"]["Code"] == code
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    names = answer["ResponseMetadata"]["HTTPHeaders"]
    assert names["x-amz-request-id"] == list(cos.journal)[-1].request_id
    rows = [row for row in vars(errors).values() if isinstance(row, ErrorSpec) and row.code == code]
    words = IBM_COS.errors.get(code)
    if "x-clv-request-id" in names and words is not None:
        assert answer["Error"]["Message"] == words.message
    else:
        assert answer["Error"]["Message"] in {row.message for row in rows}


REPORTED = sorted(name for name, row in vars(reported).items() if isinstance(row, ErrorSpec))


@pytest.mark.parametrize("name", REPORTED)
def test_an_error_that_only_faults_have_is_as_it_is_documented(cos: FakeCOS, aws: Any, name: str) -> None:
    """Source: beside each row; aws-changes 36."""
    row: Any = getattr(reported, name)
    cos.inject("HeadBucket", error=row.code)
    cos.inject("PutObject", error=row.code)
    with pytest.raises(aws.exceptions.ClientError) as caught:
        put_object(aws, Key="a", Body=b"hello")
    answer = caught.value.response
    told = (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Message"])
    assert told == (row.code, row.status, row.message)
    with pytest.raises(aws.exceptions.ClientError):
        aws.head_bucket(Bucket="photos")
    assert not cos.bucket("photos").objects


@pytest.mark.parametrize("code", ["Busy", "BandwidthLimitExceeded", "SlowDown", "ServiceUnavailable"])
def test_botocore_sends_again_for_what_will_pass(cos: FakeCOS, code: ErrorCode) -> None:
    """Source: measured; aws-changes 36."""
    cos.inject("PutObject", error=code)
    answer = put_object(cos.client(), Key="a", Body=b"hello")
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1


@pytest.mark.parametrize("code", ["KMS.DisabledException", "KMS.NotFoundException", "TokenRefreshRequired"])
def test_botocore_does_not_send_again_for_what_stays(cos: FakeCOS, code: ErrorCode) -> None:
    """Source: measured; aws-changes 36."""
    client = cos.client()
    fault = cos.inject("PutObject", error=code, times=5)
    with pytest.raises(client.exceptions.ClientError):
        put_object(client, Key="a", Body=b"hello")
    assert fault.hits == 1
    fault.cancel()


def test_an_error_that_the_table_does_not_have(cos: FakeCOS, client: Any) -> None:
    refusal = error("AccountSuspended", "Call {us} about 100 %.", status=403, Case="17", headers={"x-amz-case": "17"})
    cos.inject("PutObject", error=refusal)
    with pytest.raises(client.exceptions.ClientError) as caught:
        put_object(client, Key="a", Body=b"hello")
    answer = caught.value.response
    told = {name: value for name, value in answer["Error"].items() if name not in {"Resource", "httpStatusCode"}}
    assert told == {"Code": "AccountSuspended", "Message": "Call {us} about 100 %.", "Case": "17"}
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amz-case"] == "17"
    assert not cos.bucket("photos").objects


def test_every_code_of_the_table_can_be_asked_for() -> None:
    codes = {row.code for row in vars(errors).values() if isinstance(row, ErrorSpec)}
    for code in codes:
        assert error(code, message="anything").refusal({}).code == code


def test_an_error_whose_message_needs_values_says_which() -> None:
    with pytest.raises(UsageError, match="What its rows take: owner"):
        error("InvalidBucketOwnerAWSAccountID")
    made = error("InvalidBucketOwnerAWSAccountID", owner="me")
    assert made.refusal({}).message.endswith("[me]")


def test_what_is_known_of_the_request_is_filled_in(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    cos.inject("UploadPart", error="NoSuchUpload")
    with pytest.raises(aws.exceptions.NoSuchUpload) as caught:
        aws.upload_part(**upload, PartNumber=1, Body=b"x")
    assert caught.value.response["Error"]["UploadId"] == upload["UploadId"]


def test_message_fields_and_headers_of_an_error(cos: FakeCOS, client: Any) -> None:
    made = error("PreconditionFailed", "not now {really}", Condition="If-Match", headers={"retry-after": "7"})
    cos.inject("PutObject", error=made)
    with pytest.raises(client.exceptions.ClientError) as caught:
        put_object(client, Key="a", Body=b"hello")
    answer = caught.value.response
    assert answer["Error"]["Message"] == "not now {really}"
    assert answer["Error"]["Condition"] == "If-Match"
    assert answer["ResponseMetadata"]["HTTPHeaders"]["retry-after"] == "7"


def test_an_error_of_a_head_has_no_body(cos: FakeCOS, client: Any) -> None:
    put_object(client, Key="a", Body=b"hello")
    cos.inject("HeadObject", error="AccessDenied")
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.head_object(Bucket="photos", Key="a")
    assert caught.value.response["Error"] == {"Code": "403", "Message": "Forbidden"}


@pytest.mark.parametrize("when", MOMENTS, ids=repr)
def test_an_error_at_each_moment_changes_only_what_was_stored_before_it(cos: FakeCOS, client: Any, when: When) -> None:
    put_object(client, Key="a", Body=b"earlier")
    cos.inject("PutObject", error="InternalError", when=when)
    with pytest.raises(client.exceptions.ClientError, match="InternalError"):
        put_object(client, Key="a", Body=b"hello")
    assert cos.store.buckets["photos"].objects["a"].body == (b"hello" if when is When.STORED else b"earlier")


@pytest.mark.parametrize("when", [When.VALIDATED, When.STORED], ids=repr)
def test_a_request_that_s3_itself_refuses_is_not_hit(cos: FakeCOS, aws: Any, when: When) -> None:
    fault = cos.inject("PutObject", error="InternalError", when=when)
    with pytest.raises(aws.exceptions.ClientError, match="BadDigest"):
        put_object(aws, Key="a", Body=b"hello", ContentMD5="AAAAAAAAAAAAAAAAAAAAAA==")
    assert fault.hits == 0
    with pytest.raises(aws.exceptions.ClientError, match="InternalError"):
        put_object(aws, Key="a", Body=b"hello")
    assert fault.hits == 1
    assert [entry.fault for entry in cos.journal] == [None, "error('InternalError')"]


def test_before_comes_before_the_checks(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", error="InternalError")
    with pytest.raises(aws.exceptions.ClientError, match="InternalError"):
        put_object(aws, Key="a", Body=b"hello", Bucket="nowhere")


def test_before_reads_nothing_of_the_body(cos: FakeCOS, aws: Any) -> None:
    body = io.BytesIO(b"hello")
    cos.inject("PutObject", error="InternalError")
    with pytest.raises(aws.exceptions.ClientError):
        put_object(aws, Key="a", Body=body)
    assert body.tell() == 0


def test_after_bytes_is_not_for_shorter_bodies(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", error="RequestTimeout", when=When.after_bytes(6))
    put_object(aws, Key="a", Body=b"hello")
    with pytest.raises(aws.exceptions.ClientError, match="RequestTimeout"):
        put_object(aws, Key="a", Body=b"123456")


def test_validated_leaves_no_trace_of_any_kind(cos: FakeCOS, aws: Any, upload: dict[str, Any]) -> None:
    bucket = cos.store.buckets["photos"]
    cos.inject("CompleteMultipartUpload", error="InternalError", when=When.VALIDATED)
    parts = [{"PartNumber": 1, "ETag": bucket.uploads[upload["UploadId"]].parts[1].etag}]
    with pytest.raises(aws.exceptions.ClientError, match="InternalError"):
        aws.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert list(bucket.uploads) == [upload["UploadId"]]
    assert not bucket.objects
    assert not bucket.ended
    aws.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert bucket.objects["film.mp4"].body == b"first"


# --- bare answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"<html><body><h1>Bad Gateway</h1></body></html>"], ids=["empty", "html"])
def test_a_bare_answer_has_no_marks_of_s3(
    cos: FakeCOS, make_client: Callable[..., Any], package: str, status: int, body: bytes
) -> None:
    client = make_client(package, config={"retries": {"total_max_attempts": 2}})
    fault = cos.inject("GetObject", http=Http(status, body, {"via": "proxy"}), times=2)
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.get_object(Bucket="photos", Key="a")
    answer = caught.value.response["ResponseMetadata"]
    assert answer["HTTPStatusCode"] == status
    assert answer["HTTPHeaders"] == {"via": "proxy", "content-length": str(len(body))}
    assert fault.hits == 2  # both packages try again


def test_a_bare_answer_after_the_change_was_made(cos: FakeCOS, client: Any) -> None:
    cos.inject("PutObject", http=Http(504), when=When.STORED)
    with pytest.raises(client.exceptions.ClientError):
        put_object(client, Key="a", Body=b"hello")
    assert cos.store.buckets["photos"].objects["a"].body == b"hello"


# --- errors inside a 200 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("white_space", [0, 100])
@pytest.mark.parametrize("operation", ["CompleteMultipartUpload", "UploadPartCopy", "CopyObject"])
def test_an_error_inside_a_200(
    cos: FakeCOS, client: Any, package: str, upload: dict[str, Any], operation: str, white_space: int
) -> None:
    cos.put_object("photos", "source", b"x")
    part = {"PartNumber": 1, "ETag": cos.store.buckets["photos"].uploads[upload["UploadId"]].parts[1].etag}
    calls = {
        "CompleteMultipartUpload": lambda: client.complete_multipart_upload(
            **upload, MultipartUpload={"Parts": [part]}
        ),
        "UploadPartCopy": lambda: client.upload_part_copy(**upload, PartNumber=2, CopySource="photos/source"),
        "CopyObject": lambda: client.copy_object(Bucket="photos", Key="copy", CopySource="photos/source"),
    }
    fault = cos.inject(operation, error_in_200=error_in_200("InternalError", white_space=white_space))
    with pytest.raises(client.exceptions.ClientError) as caught:
        calls[operation]()
    # wire 3: ibm_botocore sees that there is an error, and does not say which
    if package == "boto3":
        assert caught.value.response["Error"]["Code"] == "InternalError"
    assert fault.hits == 1
    calls[operation]()


def test_an_error_inside_a_200_is_tried_again(cos: FakeCOS, make_client: Callable[..., Any], package: str) -> None:
    client = make_client(package)
    cos.put_object("photos", "source", b"x")
    fault = cos.inject("CopyObject", error_in_200="SlowDown", times=2)
    client.copy_object(Bucket="photos", Key="copy", CopySource="photos/source")
    assert fault.hits == 2


# --- redirects -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 400])
def test_a_redirect_sends_the_client_to_the_right_region(
    cos: FakeCOS, make_client: Callable[..., Any], status: int
) -> None:
    client = make_client(region_name="us-east-1")
    cos.store.buckets["photos"].region = "eu-west-1"  # or S3 itself would send the client back
    hosts: list[str] = []
    client.meta.events.register("before-send.s3", lambda request, **_: hosts.append(request.url.split("/")[2]))
    cos.inject("PutObject", error=redirect("eu-west-1", status=status))
    put_object(client, Key="a", Body=b"hello")
    assert hosts == ["photos.s3.amazonaws.com", "photos.s3.eu-west-1.amazonaws.com"]
    assert "a" in cos.store.buckets["photos"].objects


def test_a_redirect_has_the_endpoint_and_the_region(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", error=redirect("eu-west-1", status=307), times=2)  # the client follows once
    with pytest.raises(aws.exceptions.ClientError) as caught:
        put_object(aws, Key="a", Body=b"hello")
    answer = caught.value.response
    assert answer["Error"]["Endpoint"] == "s3.eu-west-1.amazonaws.com"
    assert answer["Error"]["Bucket"] == "photos"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 307
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == "eu-west-1"


def test_a_head_that_is_redirected_has_the_region_in_its_headers_alone(cos: FakeCOS, aws: Any) -> None:
    cos.inject("HeadBucket", error=redirect("eu-west-1"), times=2)
    with pytest.raises(aws.exceptions.ClientError) as caught:
        aws.head_bucket(Bucket="photos")
    assert caught.value.response["Error"] == {"Code": "301", "Message": "Moved Permanently"}
    assert caught.value.response["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"] == "eu-west-1"


def test_a_lost_answer_has_no_status_in_the_journal(cos: FakeCOS, aws: Any) -> None:
    cos.inject("PutObject", transport=Transport.RESET)
    with pytest.raises(Exception, match="Connection was closed"):
        put_object(aws, Key="a", Body=b"hello")
    (entry,) = cos.journal
    assert (entry.status, entry.error, entry.fault) == (0, None, "Transport.RESET")


def test_a_token_that_s3_does_not_know_is_refused_in_its_words(cos: FakeCOS, aws: Any) -> None:
    # documented: the error table of Amazon S3
    cos.inject("ListBuckets", error="InvalidToken")
    with pytest.raises(aws.exceptions.ClientError, match="malformed or otherwise invalid"):
        aws.list_buckets()


def test_of_several_rows_the_one_that_is_named_as_its_code_speaks() -> None:
    assert error("AccessDenied").refusal({}).message == "Access Denied"
