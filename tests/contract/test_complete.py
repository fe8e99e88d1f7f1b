"""CompleteMultipartUpload: the answer, the parts that are named, and the sizes that are judged only now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.answers import http_status, members_of
from tests.support.constants import BIG, BUCKET, KEY
from tests.support.digests import md5
from tests.support.messages import INVALID_PART
from tests.support.refusals import refused
from tests.support.uploads import (
    complete_upload,
    completed_part,
    create_upload,
    no_such_upload,
    upload_in_parts,
    upload_part,
)

if TYPE_CHECKING:
    from fakecos import FakeCOS

TOO_SMALL = "Your proposed upload is smaller than the minimum allowed size"
ORDER = "The list of parts was not in ascending order. Parts must be ordered by part number."
ENDINGS = ("unknown", "aborted", "of another key")


def test_the_answer_is_the_recorded_one(client: Any) -> None:
    """Source: recorded aws-multipart 3 (CRC64NVME FULL_OBJECT; -1 also for one part)."""
    answer = upload_in_parts(client, b"upload-part-1" * 5, key="test-list-parts")
    assert http_status(answer) == 200
    location = answer["Location"]
    assert location.startswith("https://")
    assert location.endswith("/test-list-parts")
    assert members_of(answer) == {
        "Bucket": BUCKET,
        "ChecksumCRC64NVME": "CTXktO4pIQs=",
        "ChecksumType": "FULL_OBJECT",
        "ETag": '"e747540af6911dbc890f8d3e0b48549b-1"',
        "Key": "test-list-parts",
        "Location": location,
        "ServerSideEncryption": "AES256",
    }


def test_recorded_values_of_one_part(client: Any) -> None:
    """Source: recorded aws-multipart 15, 62: `test content 123`."""
    answer = upload_in_parts(client, b"test content 123", key="test.file")
    assert answer["ChecksumCRC64NVME"] == "BsLNlKumA5I="
    assert answer["ETag"] == '"b972025bc34adf8d76d6d51e93c035cc-1"'


@pytest.mark.only_patch("the host is another")
def test_the_location_names_bucket_and_key_of_the_request(aws: Any) -> None:
    """Source: recorded aws-multipart 62: a GET of it answers; the host is the one that was asked."""
    assert upload_in_parts(aws, b"x")["Location"] == f"https://{BUCKET}.s3.amazonaws.com/{KEY}"


def test_the_object_is_the_parts_one_behind_the_other(client: Any) -> None:
    answer = upload_in_parts(client, BIG, b"b" * 5 * 1024 * 1024, b"c")
    head = client.head_object(Bucket=BUCKET, Key=KEY)
    assert head["ETag"] == answer["ETag"]
    assert head["ContentLength"] == 2 * len(BIG) + 1
    tail = client.get_object(Bucket=BUCKET, Key=KEY, Range=f"bytes={len(BIG) - 1}-{len(BIG)}")["Body"].read()
    assert tail == b"\x00b"
    assert client.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=-2")["Body"].read() == b"bc"


def test_the_object_is_visible_only_after_it_and_the_upload_is_gone(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 5."""
    upload_id = create_upload(client)
    part = upload_part(client, upload_id)
    with refused(cos, "NoSuchKey"):
        client.get_object(Bucket=BUCKET, Key=KEY)
    complete_upload(client, upload_id, completed_part(1, part))
    assert client.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 1
    assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)
    with refused(cos, **no_such_upload(upload_id)):
        client.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)


def test_it_replaces_an_object_of_the_key(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"before")
    upload_in_parts(client, b"after")
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"after"


@pytest.mark.limits(min_part_size=1)
def test_parts_that_are_not_named_are_left_out(cos: FakeCOS, client: Any) -> None:
    """Source: documented: the object is made of the listed parts; the others are freed."""
    upload_id = create_upload(client)
    parts = [completed_part(number, upload_part(client, upload_id, b"%d" % number, number)) for number in (1, 2, 3)]
    complete_upload(client, upload_id, parts[0], parts[2])
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"13"
    assert cos.store.billed_bytes == 2


@pytest.mark.parametrize("etag", ['"{}"', "{}"])
def test_the_quotes_of_an_etag_are_optional(client: Any, etag: str) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"hello")
    assert http_status(complete_upload(client, upload_id, {"PartNumber": 1, "ETag": etag.format(md5(b"hello"))})) == 200


@pytest.mark.parametrize("ending", ENDINGS)
def test_complete_of_no_open_upload_is_refused(cos: FakeCOS, client: Any, ending: str) -> None:
    """Source: recorded aws-multipart 4, 6; aborted: documented."""
    upload_id = (
        "fakeid" if ending == "unknown" else create_upload(client, "another" if ending == "of another key" else KEY)
    )
    if ending == "aborted":
        client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, {"PartNumber": 1, "ETag": md5(b"x")})


# --- parts that are not the uploaded ones -----------------------------------------------------------------


def test_a_part_that_was_never_uploaded_is_invalid(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 9: two blanks in the text, the ETag of the request without quotes."""
    upload_id = create_upload(client)
    part = upload_part(client, upload_id, b"aaaa")
    with refused(
        cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="2", ETag=part["ETag"].strip('"')
    ):
        complete_upload(client, upload_id, {"PartNumber": 2, "ETag": part["ETag"]})


def test_another_etag_is_invalid(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 9."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"aaaa")
    etag = "d41d8cd98f00b204e9800998ecf8427e"
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="1", ETag=etag):
        complete_upload(client, upload_id, {"PartNumber": 1, "ETag": etag})


def test_the_etag_of_a_replaced_part_is_invalid(cos: FakeCOS, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    first = upload_part(client, upload_id, b"first")
    upload_part(client, upload_id, b"second")
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="1", ETag=md5(b"first")):
        complete_upload(client, upload_id, completed_part(1, first))


def test_a_number_above_the_maximum_was_never_uploaded(cos: FakeCOS, client: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="10001", ETag=md5(b"x")):
        complete_upload(client, upload_id, {"PartNumber": 10_001, "ETag": md5(b"x")})


def test_an_empty_etag_is_invalid(cos: FakeCOS, client: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="1", ETag=None):
        complete_upload(client, upload_id, {"PartNumber": 1, "ETag": ""})


@pytest.mark.parametrize("numbers", [(2, 1), (1, 1), (3, 1, 2), (1, 2, 2)])
def test_a_list_that_does_not_ascend_is_refused(cos: FakeCOS, client: Any, numbers: tuple[int, ...]) -> None:
    """Source: recorded aws-multipart 10; a number given twice is public."""
    upload_id = create_upload(client)
    for number in set(numbers):
        upload_part(client, upload_id, b"x", number)
    with refused(cos, "InvalidPartOrder", ORDER, 400, UploadId=upload_id):
        complete_upload(client, upload_id, *({"PartNumber": number, "ETag": md5(b"x")} for number in numbers))


@pytest.mark.parametrize("number", [0, -4])
def test_a_number_below_one_is_refused(cos: FakeCOS, client: Any, number: int) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    with refused(
        cos,
        "InvalidArgument",
        "PartNumber must be >= 1",
        400,
        ArgumentName="PartNumber",
        ArgumentValue=str(number),
    ):
        complete_upload(client, upload_id, {"PartNumber": number, "ETag": md5(b"x")})


# --- sizes ------------------------------------------------------------------------------------------------


def test_the_first_part_that_is_too_small_is_named(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 8: parts 1 and 2 of four bytes."""
    upload_id = create_upload(client)
    parts = [completed_part(number, upload_part(client, upload_id, b"aaaa", number)) for number in (1, 2)]
    with refused(
        cos,
        "EntityTooSmall",
        TOO_SMALL,
        400,
        ProposedSize="4",
        MinSizeAllowed="5242880",
        PartNumber="1",
        ETag=md5(b"aaaa"),
    ):
        complete_upload(client, upload_id, *parts)


def test_only_parts_before_the_last_are_judged(cos: FakeCOS, client: Any) -> None:
    """Source: documented: 5 MiB to 5 GiB, no minimum for the last part."""
    upload_id = create_upload(client)
    bodies = (BIG, BIG[:-1], b"x")
    parts = [
        completed_part(number, upload_part(client, upload_id, body, number)) for number, body in enumerate(bodies, 1)
    ]
    with refused(
        cos,
        "EntityTooSmall",
        TOO_SMALL,
        400,
        ProposedSize="5242879",
        MinSizeAllowed="5242880",
        PartNumber="2",
        ETag=md5(BIG[:-1]),
    ):
        complete_upload(client, upload_id, *parts)
    assert http_status(complete_upload(client, upload_id, parts[0], parts[2])) == 200


def test_the_upload_survives_a_refusal(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 13: it is completed after its refusal."""
    upload_id = create_upload(client)
    small, other = (upload_part(client, upload_id, b"aaaa", number) for number in (1, 2))
    with refused(cos, "EntityTooSmall"):
        complete_upload(client, upload_id, completed_part(1, small), completed_part(2, other))
    assert http_status(complete_upload(client, upload_id, completed_part(1, small))) == 200


def test_the_size_of_the_object_is_verified(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-multipart 13."""
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id, b"aaaa"))
    message = "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4"
    with refused(cos, "InvalidRequest", message, 400):
        complete_upload(aws, upload_id, part, MpuObjectSize=5)
    assert http_status(complete_upload(aws, upload_id, part, MpuObjectSize=4)) == 200


@pytest.mark.limits(min_part_size=1, max_object_size=5)
def test_an_object_that_is_too_large_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: documented limit; the answer is assumed to be that of a part."""
    upload_id = create_upload(client)
    parts = [completed_part(number, upload_part(client, upload_id, b"aaa", number)) for number in (1, 2)]
    message = "Your proposed upload exceeds the maximum allowed size"
    with refused(cos, "EntityTooLarge", message, 400, ProposedSize="6", MaxSizeAllowed="5"):
        complete_upload(client, upload_id, *parts)


@pytest.mark.limits(min_part_size=1)
@pytest.mark.slow
def test_ten_thousand_parts_complete(cos: FakeCOS, client: Any) -> None:
    """Source: documented: 10,000 parts. Given to the store directly, since a client takes its time."""
    from fakecos.model.content import Content
    from fakecos.model.part import Part

    upload_id = create_upload(client)
    upload = cos.store.buckets[BUCKET].uploads[upload_id]
    content = cos.store.intern(Content.of(b"x"))
    for number in range(1, 10_001):
        upload.parts[number] = Part(number, content, md5(b"x"), upload.initiated)
    answer = complete_upload(client, upload_id, *({"PartNumber": n, "ETag": md5(b"x")} for n in range(1, 10_001)))
    assert answer["ETag"].endswith('-10000"')
    assert client.head_object(Bucket=BUCKET, Key=KEY)["ContentLength"] == 10_000
