"""UploadPartCopy: a part made of an object that is stored, or of a range of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.test_sse_c import ANOTHER, DIFFERS, ECHO, NEEDED, OTHER, OTHER_KEY, SSE_C, WRONG_KEY
from tests.support.answers import DATETIME, http_status, members_of
from tests.support.constants import BUCKET, KEY, RECORDED
from tests.support.digests import md5
from tests.support.messages import COPY_SOURCE_FORM, PART_NUMBER_RANGE, PRECONDITION_FAILED
from tests.support.objects import stored_object
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.uploads import (
    complete_upload,
    completed_part,
    create_upload,
    no_such_upload,
    stored_part,
    upload_part,
    upload_raw_part,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

SOURCE = f"{BUCKET}/source"
TEN = b"0123456789"
FORM = (
    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based "
    "offsets of the first and last bytes to copy"
)
RANGE = {"ArgumentName": "x-amz-copy-source-range"}
YESTERDAY = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
TOMORROW = YESTERDAY + dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def _source(cos: FakeCOS, aws: Any) -> None:
    aws.put_object(Bucket=BUCKET, Key="source", Body=TEN)


def copy_part(client: Any, upload_id: str, number: int = 1, **more: Any) -> Any:
    given = {"CopySource": SOURCE, **more}
    return client.upload_part_copy(Bucket=BUCKET, Key=KEY, UploadId=upload_id, PartNumber=number, **given)


def test_the_answer_has_etag_time_and_encryption_and_nothing_else(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 21."""
    upload_id = create_upload(client)
    answer = copy_part(client, upload_id)
    assert http_status(answer) == 200
    assert members_of(answer) == {
        "CopyPartResult": {"ETag": f'"{md5(TEN)}"', "LastModified": DATETIME},
        "ServerSideEncryption": "AES256",
    }
    assert members_of(answer)["CopyPartResult"]["ETag"] == '"781e5e245d69b566979b86e28d23f2c7"'
    assert stored_part(cos, upload_id).body == TEN


@pytest.mark.parametrize(("kind", "value"), [("COMPOSITE", "F9bAnw==-1"), ("FULL_OBJECT", "iqJrOQ==")])
def test_the_checksum_of_the_uploads_algorithm_is_computed(client: Any, kind: str, value: str) -> None:
    """Source: recorded aws-multipart 22, aws-checksums-and-sse 13: every answer, to the letter."""
    key = "test-multipart-checksum"
    client.put_object(Bucket=BUCKET, Key="source", Body=b"this is a part")
    upload_id = create_upload(client, key, ChecksumAlgorithm="CRC32C", ChecksumType=kind)
    part = client.upload_part_copy(Bucket=BUCKET, Key=key, UploadId=upload_id, PartNumber=1, CopySource=SOURCE)
    etag = '"11df95d595559285eb2b042124e74f09"'
    assert members_of(part) == {
        "CopyPartResult": {"ChecksumCRC32C": "iqJrOQ==", "ETag": etag, "LastModified": DATETIME},
        "ServerSideEncryption": "AES256",
    }
    listed = client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload_id)
    assert (listed["ChecksumAlgorithm"], listed["ChecksumType"]) == ("CRC32C", kind)
    assert members_of(listed)["Parts"] == [
        {"ChecksumCRC32C": "iqJrOQ==", "ETag": etag, "LastModified": DATETIME, "PartNumber": 1, "Size": 14}
    ]
    completed = complete_upload(client, upload_id, completed_part(1, part["CopyPartResult"], checksums=True), key=key)
    assert (completed["ChecksumCRC32C"], completed["ChecksumType"]) == (value, kind)
    assert completed["ETag"] == '"395d97c07920de036bfa21e7568a2e9f-1"'
    for read in (client.get_object, client.head_object):
        answer = read(Bucket=BUCKET, Key=key, ChecksumMode="ENABLED")
        assert (answer["ChecksumCRC32C"], answer["ChecksumType"]) == (value, kind)
        assert answer["ContentLength"] == 14


@pytest.mark.parametrize(
    "given", ["0-8", "bytes=1-0", "bytes=0-1,3-4,7-9", "bytes=1-", "bytes=-2", "bytes=", "bytes=a-b", "bytes=0-1 "]
)
def test_a_range_of_another_form_is_refused(cos: FakeCOS, aws: Any, given: str) -> None:
    """Source: recorded aws-multipart 23 (the first five)."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", FORM, 400, **RANGE, ArgumentValue=given):
        upload_raw_part(cos, upload_id, b"", {"x-amz-copy-source": SOURCE, "x-amz-copy-source-range": given})


def test_a_range_that_ends_behind_the_source_is_refused_with_its_size(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 24."""
    upload_id = create_upload(client)
    message = "Range specified is not valid for source object of size: 10"
    with refused(cos, "InvalidArgument", message, 400, **RANGE, ArgumentValue="bytes=0-100"):
        copy_part(client, upload_id, CopySourceRange="bytes=0-100")


def test_a_range_that_starts_behind_the_source_is_another_error(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 24: no further fields."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", "The specified copy range is invalid for the source object size", 400):
        copy_part(client, upload_id, CopySourceRange="bytes=100-200")


@pytest.mark.parametrize(("given", "expected"), [("bytes=0-9", TEN), ("bytes=0-0", b"0"), ("bytes=3-8", b"345678")])
def test_a_range_within_the_source_is_copied(cos: FakeCOS, client: Any, given: str, expected: bytes) -> None:
    """Source: recorded aws-multipart 23, 24 (its good ranges); a small source is allowed (public)."""
    upload_id = create_upload(client)
    answer = copy_part(client, upload_id, CopySourceRange=given)
    assert stored_part(cos, upload_id).body == expected
    assert answer["CopyPartResult"]["ETag"] == f'"{md5(expected)}"'


def test_the_bytes_are_shared_with_the_source(cos: FakeCOS, client: Any) -> None:
    upload_id = create_upload(client)
    copy_part(client, upload_id)
    assert stored_part(cos, upload_id).content is stored_object(cos, "source").content


# --- conditions -------------------------------------------------------------------------------------------


def failed(name: str) -> dict[str, Any]:
    return {
        "code": "PreconditionFailed",
        "message": PRECONDITION_FAILED,
        "status": 412,
        "Condition": f"x-amz-copy-source-{name}",
    }


@pytest.mark.parametrize(
    ("given", "condition"),
    [
        ({"CopySourceIfMatch": '"no"'}, "If-Match"),
        ({"CopySourceIfNoneMatch": md5(TEN)}, "If-None-Match"),
        ({"CopySourceIfUnmodifiedSince": YESTERDAY}, "If-Unmodified-Since"),
        (
            {"CopySourceIfNoneMatch": md5(TEN), "CopySourceIfUnmodifiedSince": YESTERDAY},
            "If-Unmodified-Since",
        ),
        ({"CopySourceIfMatch": '"no"', "CopySourceIfUnmodifiedSince": TOMORROW}, "If-Match"),
    ],
)
def test_a_condition_that_fails_is_412_and_named(
    cos: FakeCOS, client: Any, given: dict[str, Any], condition: str
) -> None:
    """Source: recorded aws-multipart 25, 26; the last pair: documented."""
    upload_id = create_upload(client)
    with refused(cos, **failed(condition)):
        copy_part(client, upload_id, **given)


def test_modified_since_now_fails(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 26: 412, not 304."""
    upload_id = create_upload(client)
    since = stored_object(cos, "source").last_modified
    with refused(cos, **failed("If-Modified-Since")):
        copy_part(client, upload_id, CopySourceIfModifiedSince=since)


@pytest.mark.parametrize(
    "given",
    [
        {"CopySourceIfMatch": f'"{md5(TEN)}"'},
        {"CopySourceIfMatch": md5(TEN)},
        {"CopySourceIfMatch": "*"},
        {"CopySourceIfNoneMatch": '"other"'},
        {"CopySourceIfUnmodifiedSince": TOMORROW},
        {"CopySourceIfModifiedSince": YESTERDAY},
        {"CopySourceIfModifiedSince": TOMORROW},
        {"CopySourceIfMatch": md5(TEN), "CopySourceIfUnmodifiedSince": YESTERDAY},
        {"CopySourceIfNoneMatch": '"other"', "CopySourceIfModifiedSince": TOMORROW},
    ],
)
def test_a_condition_that_holds_lets_the_copy_pass(client: Any, given: dict[str, Any]) -> None:
    """Source: recorded aws-multipart 63 to 68; a date in the future is ignored (67); If-Match wins (68)."""
    upload_id = create_upload(client)
    answer = copy_part(client, upload_id, **given)
    etag = f'"{md5(TEN)}"'
    assert members_of(answer) == {
        "CopyPartResult": {"ETag": etag, "LastModified": DATETIME},
        "ServerSideEncryption": "AES256",
    }
    listed = members_of(client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id))
    assert listed["Parts"] == [{"ETag": etag, "LastModified": DATETIME, "PartNumber": 1, "Size": 10}]


# --- the source -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        *((given, COPY_SOURCE_FORM) for given in ("/", "photos/", "//")),
        *((given, "Invalid copy source object key") for given in ("/photos", "photos", "  ")),
    ],
)
def test_a_source_that_names_no_bucket_and_key_is_refused(cos: FakeCOS, aws: Any, given: str, said: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(
        cos, "InvalidArgument", said, 400, ArgumentName="x-amz-copy-source", ArgumentValue="x-amz-copy-source"
    ):
        upload_raw_part(cos, upload_id, b"", {"x-amz-copy-source": given})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        *((f"photos/{key}", "Invalid copy source encoding") for key in ("%ZZ", "%A/b", "%1", "%C3%")),
        ("100%/source", "Invalid copy source encoding"),
        *((f"{name}/source", "Invalid copy source bucket name") for name in ("192.168.1.1", "my-buc@k&()t", "a:b:c")),
    ],
)
def test_a_source_that_cannot_be_one_is_refused(cos: FakeCOS, aws: Any, given: str, said: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="x-amz-copy-source", ArgumentValue=given):
        upload_raw_part(cos, upload_id, b"", {"x-amz-copy-source": given})


@pytest.mark.parametrize(
    "condition",
    [
        {"CopySourceIfMatch": '"another"'},
        {"CopySourceIfUnmodifiedSince": dt.datetime(2001, 1, 1, tzinfo=dt.timezone.utc)},
    ],
)
@pytest.mark.parametrize("wanted", ["bytes=0-10", "bytes=10-11"])
def test_conditions_are_judged_before_the_range(cos: FakeCOS, aws: Any, condition: Any, wanted: str) -> None:
    """Source: public: tests of adobe/S3Mock that were run on AWS."""
    upload_id = create_upload(aws)
    aws.put_object(Bucket=BUCKET, Key="source", Body=TEN)
    named = "x-amz-copy-source-" + ("If-Match" if "CopySourceIfMatch" in condition else "If-Unmodified-Since")
    failed = "At least one of the pre-conditions you specified did not hold"
    with refused(cos, "PreconditionFailed", failed, 412, Condition=named):
        copy_part(aws, upload_id, CopySourceRange=wanted, **condition)


@pytest.mark.parametrize("given", [f"/{SOURCE}", "%2Fphotos/source", "photos%2Fsource", SOURCE])
def test_a_source_may_start_with_a_slash_and_is_decoded(cos: FakeCOS, aws: Any, given: str) -> None:
    """Source: public, recorded aws-objects 19."""
    upload_id = create_upload(aws)
    upload_raw_part(cos, upload_id, b"", {"x-amz-copy-source": given})
    assert stored_part(cos, upload_id).body == TEN


def test_a_source_that_is_not_there_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="nothing"):
        copy_part(client, upload_id, CopySource=f"{BUCKET}/nothing")
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="elsewhere"):
        copy_part(client, upload_id, CopySource="elsewhere/source")


@pytest.mark.limits(max_copy_size=9)
def test_a_source_that_is_too_large_is_refused_but_a_range_of_it_is_not(cos: FakeCOS, client: Any) -> None:
    """Source: public: 5 GiB."""
    upload_id = create_upload(client)
    message = "The specified copy source is larger than the maximum allowable size for a copy source: 9"
    with refused(cos, "InvalidRequest", message, 400):
        copy_part(client, upload_id)
    with refused(cos, "InvalidRequest", message, 400):
        copy_part(client, upload_id, CopySourceRange="bytes=0-9")
    assert http_status(copy_part(client, upload_id, CopySourceRange="bytes=1-9")) == 200


# --- SSE-C ------------------------------------------------------------------------------------------------


@pytest.mark.as_of(RECORDED)
def test_an_encrypted_source_needs_its_key(cos: FakeCOS, client: Any) -> None:
    """Source: public; recorded aws-multipart 50 for CopyObject."""
    client.put_object(Bucket=BUCKET, Key="source", Body=TEN, **SSE_C)
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", NEEDED, 400):
        copy_part(client, upload_id)
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        copy_part(client, upload_id, CopySourceSSECustomerAlgorithm="AES256", CopySourceSSECustomerKey=OTHER_KEY)
    copy_part(client, upload_id, **{f"CopySource{name}": value for name, value in SSE_C.items()})
    assert stored_part(cos, upload_id).etag == md5(TEN)


def test_a_key_for_a_source_without_one_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: by analogy with GetObject (public)."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", "The encryption parameters are not applicable to this object.", 400):
        copy_part(client, upload_id, **{f"CopySource{name}": value for name, value in SSE_C.items()})


@pytest.mark.as_of(RECORDED)
def test_the_key_of_the_upload_is_wanted_too(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 47 for UploadPart; public."""
    upload_id = create_upload(client, **SSE_C)
    with refused(cos, "InvalidRequest", DIFFERS, 400):
        copy_part(client, upload_id)
    with refused(cos, "InvalidRequest", ANOTHER, 400):
        copy_part(client, upload_id, **OTHER)
    answer = copy_part(client, upload_id, **SSE_C)
    assert {name: answer[name] for name in ECHO} == ECHO
    assert "ServerSideEncryption" not in answer
    assert answer["CopyPartResult"]["ETag"] != f'"{md5(TEN)}"'


# --- the part ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, -1, 10_001])
def test_a_wrong_number_is_refused(cos: FakeCOS, client: Any, number: int) -> None:
    """Source: public, as UploadPart."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue=str(number)):
        copy_part(client, upload_id, number)


@pytest.mark.parametrize("query", ["partNumber=1", "partNumber=1&uploadId="])
def test_a_number_without_an_upload_is_refused(cos: FakeCOS, query: str) -> None:
    """Source: public."""
    with refused(
        cos,
        "InvalidArgument",
        "This operation does not accept partNumber without uploadId",
        400,
        ArgumentName="partNumber",
        ArgumentValue="partNumber",
    ):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", query, {"x-amz-copy-source": SOURCE})


def test_a_copied_part_has_no_body(cos: FakeCOS, client: Any) -> None:
    """Public: reported of AWS."""
    query = f"partNumber=1&uploadId={create_upload(client)}"
    message = "The request included a body. Requests of this type must not include a non-empty body."
    with refused(cos, "InvalidRequest", message, 400):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", query, {"x-amz-copy-source": SOURCE}, b"data")
    assert send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", query, {"x-amz-copy-source": SOURCE}).status == 200


def test_an_upload_without_a_number_is_refused(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", message, 405, Method="PUT", ResourceType="UPLOAD"):
        send_raw(cos, "PUT", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", {"x-amz-copy-source": SOURCE})


def test_a_refused_copy_leaves_the_earlier_part_whole(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"first")
    with refused(cos, **failed("If-Match")):
        copy_part(client, upload_id, CopySourceIfMatch='"no"')
    assert stored_part(cos, upload_id).body == b"first"


def test_an_object_may_be_copied_into_its_own_upload(client: Any) -> None:
    upload_id = create_upload(client, "source")
    part = client.upload_part_copy(Bucket=BUCKET, Key="source", UploadId=upload_id, PartNumber=1, CopySource=SOURCE)
    complete_upload(client, upload_id, completed_part(1, part["CopyPartResult"]), key="source")
    assert client.get_object(Bucket=BUCKET, Key="source")["Body"].read() == TEN


def test_a_refusal_has_no_declaration(cos: FakeCOS) -> None:
    """Source: public: it may come behind white space that keeps the connection alive."""
    with refused(cos, **no_such_upload("fakeid")) as answer:
        upload_raw_part(cos, "fakeid", b"", {"x-amz-copy-source": SOURCE})
    assert answer["Body"].startswith(b"<Error><Code>NoSuchUpload</Code>")
