"""UploadPartCopy: a part made of an object that is stored, or of a range of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, before_each, cases, promise, uses
from fakecos.contract.promises.sse_c import ANOTHER, DIFFERS, ECHO, NEEDED, OTHER, OTHER_KEY, SSE_C, WRONG_KEY
from fakecos.contract.steps.answers import DATETIME, members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.messages import COPY_SOURCE_FORM, PART_NUMBER_RANGE, PRECONDITION_FAILED
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.part_by_hand import part_by_hand
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

SOURCE = f"{BUCKET}/source"
TEN = b"0123456789"
RANGE = {"ArgumentName": "x-amz-copy-source-range"}
YESTERDAY = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
TOMORROW = YESTERDAY + dt.timedelta(days=2)


@before_each
def _source(own: Any) -> None:
    own.put_object(Bucket=BUCKET, Key="source", Body=TEN)


def copy_part(client: Any, upload_id: str, number: int = 1, **more: Any) -> Any:
    given = {"CopySource": SOURCE, **more}
    return client.upload_part_copy(Bucket=BUCKET, Key=KEY, UploadId=upload_id, PartNumber=number, **given)


@promise
@cases(("kind", "value"), [("COMPOSITE", "F9bAnw==-1"), ("FULL_OBJECT", "iqJrOQ==")])
def the_checksum_of_the_uploads_algorithm_is_computed(client: Any, kind: str, value: str) -> None:
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


@promise
def a_range_that_ends_behind_the_source_is_refused_with_its_size(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 24."""
    upload_id = create_upload(client)
    message = "Range specified is not valid for source object of size: 10"
    with refused(cos, "InvalidArgument", message, 400, **RANGE, ArgumentValue="bytes=0-100"):
        copy_part(client, upload_id, CopySourceRange="bytes=0-100")


@promise
def a_range_that_starts_behind_the_source_is_another_error(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 24: no further fields."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", "The specified copy range is invalid for the source object size", 400):
        copy_part(client, upload_id, CopySourceRange="bytes=100-200")


# --- conditions -------------------------------------------------------------------------------------------


def failed(name: str) -> dict[str, Any]:
    return {
        "code": "PreconditionFailed",
        "message": PRECONDITION_FAILED,
        "status": 412,
        "Condition": f"x-amz-copy-source-{name}",
    }


@promise
@cases(
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
def a_condition_that_fails_is_412_and_named(cos: Service, client: Any, given: dict[str, Any], condition: str) -> None:
    """Source: recorded aws-multipart 25, 26; the last pair: documented."""
    upload_id = create_upload(client)
    with refused(cos, **failed(condition)):
        copy_part(client, upload_id, **given)


@promise
@cases(
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
def a_condition_that_holds_lets_the_copy_pass(client: Any, given: dict[str, Any]) -> None:
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


@promise
@cases(
    "condition",
    [
        {"CopySourceIfMatch": '"another"'},
        {"CopySourceIfUnmodifiedSince": dt.datetime(2001, 1, 1, tzinfo=dt.timezone.utc)},
    ],
)
@cases("wanted", ["bytes=0-10", "bytes=10-11"])
def conditions_are_judged_before_the_range(cos: Service, aws: Any, condition: Any, wanted: str) -> None:
    """Source: public: tests of adobe/S3Mock that were run on AWS."""
    upload_id = create_upload(aws)
    aws.put_object(Bucket=BUCKET, Key="source", Body=TEN)
    named = "x-amz-copy-source-" + ("If-Match" if "CopySourceIfMatch" in condition else "If-Unmodified-Since")
    failed = "At least one of the pre-conditions you specified did not hold"
    with refused(cos, "PreconditionFailed", failed, 412, Condition=named):
        copy_part(aws, upload_id, CopySourceRange=wanted, **condition)


@promise
def a_source_that_is_not_there_is_refused(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    with refused(cos, "NoSuchKey", "The specified key does not exist.", 404, Key="nothing"):
        copy_part(client, upload_id, CopySource=f"{BUCKET}/nothing")
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="elsewhere"):
        copy_part(client, upload_id, CopySource="elsewhere/source")


@promise
def a_key_for_a_source_without_one_is_refused(cos: Service, client: Any) -> None:
    """Source: by analogy with GetObject (public)."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", "The encryption parameters are not applicable to this object.", 400):
        copy_part(client, upload_id, **{f"CopySource{name}": value for name, value in SSE_C.items()})


# --- the part ---------------------------------------------------------------------------------------------


@promise
@cases("number", [0, -1, 10_001])
def a_wrong_number_is_refused(cos: Service, client: Any, number: int) -> None:
    """Source: public, as UploadPart; the words of a copy: assumed."""
    upload_id = create_upload(client)
    with refused(cos, "InvalidArgument", PART_NUMBER_RANGE, 400, ArgumentName="partNumber", ArgumentValue=str(number)):
        copy_part(client, upload_id, number)


@promise
def an_object_may_be_copied_into_its_own_upload(client: Any) -> None:
    upload_id = create_upload(client, "source")
    part = client.upload_part_copy(Bucket=BUCKET, Key="source", UploadId=upload_id, PartNumber=1, CopySource=SOURCE)
    complete_upload(client, upload_id, completed_part(1, part["CopyPartResult"]), key="source")
    assert client.get_object(Bucket=BUCKET, Key="source")["Body"].read() == TEN


FORM = (
    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based "
    "offsets of the first and last bytes to copy"
)


@promise
@cases("given", ["0-8", "bytes=1-0", "bytes=0-1,3-4,7-9", "bytes=1-", "bytes=-2", "bytes=", "bytes=a-b", "bytes=0-1 "])
def a_range_of_another_form_is_refused(cos: Service, send: ByHand, aws: Any, given: str) -> None:
    """Source: recorded aws-multipart 23 (the first five)."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", FORM, 400, **RANGE, ArgumentValue=given):
        part_by_hand(send, upload_id, b"", {"x-amz-copy-source": SOURCE, "x-amz-copy-source-range": given})


# --- the source -------------------------------------------------------------------------------------------


@promise
@cases(
    ("given", "said"),
    [
        *((given, COPY_SOURCE_FORM) for given in ("/", "photos/", "//")),
        *((given, "Invalid copy source object key") for given in ("/photos", "photos", "  ")),
    ],
)
def a_source_that_names_no_bucket_and_key_is_refused(
    cos: Service, send: ByHand, aws: Any, given: str, said: str
) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(
        cos, "InvalidArgument", said, 400, ArgumentName="x-amz-copy-source", ArgumentValue="x-amz-copy-source"
    ):
        part_by_hand(send, upload_id, b"", {"x-amz-copy-source": given})


@promise
@cases(
    ("given", "said"),
    [
        *((f"photos/{key}", "Invalid copy source encoding") for key in ("%ZZ", "%A/b", "%1", "%C3%")),
        ("100%/source", "Invalid copy source encoding"),
        *((f"{name}/source", "Invalid copy source bucket name") for name in ("192.168.1.1", "my-buc@k&()t", "a:b:c")),
    ],
)
def a_source_that_cannot_be_one_is_refused(cos: Service, send: ByHand, aws: Any, given: str, said: str) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="x-amz-copy-source", ArgumentValue=given):
        part_by_hand(send, upload_id, b"", {"x-amz-copy-source": given})


@promise
@cases("query", ["partNumber=1", "partNumber=1&uploadId="])
def a_number_without_an_upload_is_refused(cos: Service, send: ByHand, query: str) -> None:
    """Source: public."""
    with refused(
        cos,
        "InvalidArgument",
        "This operation does not accept partNumber without uploadId",
        400,
        ArgumentName="partNumber",
        ArgumentValue="partNumber",
    ):
        send("PUT", f"/{BUCKET}/{KEY}", query, {"x-amz-copy-source": SOURCE})


@promise
def a_copied_part_has_no_body(cos: Service, send: ByHand, client: Any) -> None:
    """Public: reported of AWS."""
    query = f"partNumber=1&uploadId={create_upload(client)}"
    message = "The request included a body. Requests of this type must not include a non-empty body."
    with refused(cos, "InvalidRequest", message, 400):
        send("PUT", f"/{BUCKET}/{KEY}", query, {"x-amz-copy-source": SOURCE}, b"data")
    assert send("PUT", f"/{BUCKET}/{KEY}", query, {"x-amz-copy-source": SOURCE}).status == 200


@promise
def an_upload_without_a_number_is_refused(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = "The specified method is not allowed against this resource."
    with refused(cos, "MethodNotAllowed", message, 405, Method="PUT", ResourceType="UPLOAD"):
        send("PUT", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", {"x-amz-copy-source": SOURCE})


@promise
def a_refusal_has_no_declaration(cos: Service, send: ByHand) -> None:
    """Source: public: it may come behind white space that keeps the connection alive."""
    with refused(cos, **no_such_upload("fakeid")) as answer:
        part_by_hand(send, "fakeid", b"", {"x-amz-copy-source": SOURCE})
    assert answer["Body"].startswith(b"<Error><Code>NoSuchUpload</Code>")


# --- keys of the customer -------------------------------------------------------------------------------------


@promise
@uses("sse_c_allowed")
def an_encrypted_source_needs_its_key(cos: Service, client: Any) -> None:
    """Source: public; recorded aws-multipart 50 for CopyObject."""
    client.put_object(Bucket=BUCKET, Key="source", Body=TEN, **SSE_C)
    upload_id = create_upload(client)
    with refused(cos, "InvalidRequest", NEEDED, 400):
        copy_part(client, upload_id)
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        copy_part(client, upload_id, CopySourceSSECustomerAlgorithm="AES256", CopySourceSSECustomerKey=OTHER_KEY)
    answer = copy_part(client, upload_id, **{f"CopySource{name}": value for name, value in SSE_C.items()})
    assert answer["CopyPartResult"]["ETag"] == f'"{md5(TEN)}"'


@promise
@uses("sse_c_allowed")
def the_key_of_the_upload_is_wanted_too(cos: Service, client: Any) -> None:
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
