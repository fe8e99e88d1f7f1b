"""CompleteMultipartUpload: the answer, the parts that are named, and the sizes that are judged only now."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5
from fakecos.contract.steps.messages import INVALID_PART
from fakecos.contract.steps.names import BIG, BUCKET, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import (
    complete_upload,
    completed_part,
    create_upload,
    no_such_upload,
    upload_in_parts,
    upload_part,
)

TOO_SMALL = "Your proposed upload is smaller than the minimum allowed size"
ORDER = "The list of parts was not in ascending order. Parts must be ordered by part number."
ENDINGS = ("unknown", "aborted", "of another key")


@promise
def the_answer_is_the_recorded_one(client: Any) -> None:
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


@promise
def recorded_values_of_one_part(client: Any) -> None:
    """Source: recorded aws-multipart 15, 62: `test content 123`."""
    answer = upload_in_parts(client, b"test content 123", key="test.file")
    assert answer["ChecksumCRC64NVME"] == "BsLNlKumA5I="
    assert answer["ETag"] == '"b972025bc34adf8d76d6d51e93c035cc-1"'


@promise
def the_object_is_the_parts_one_behind_the_other(client: Any) -> None:
    answer = upload_in_parts(client, BIG, b"b" * 5 * 1024 * 1024, b"c")
    head = client.head_object(Bucket=BUCKET, Key=KEY)
    assert head["ETag"] == answer["ETag"]
    assert head["ContentLength"] == 2 * len(BIG) + 1
    tail = client.get_object(Bucket=BUCKET, Key=KEY, Range=f"bytes={len(BIG) - 1}-{len(BIG)}")["Body"].read()
    assert tail == b"\x00b"
    assert client.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=-2")["Body"].read() == b"bc"


@promise
def the_object_is_visible_only_after_it_and_the_upload_is_gone(cos: Service, client: Any) -> None:
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


@promise
def it_replaces_an_object_of_the_key(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"before")
    upload_in_parts(client, b"after")
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"after"


@promise
@cases("etag", ['"{}"', "{}"])
def the_quotes_of_an_etag_are_optional(client: Any, etag: str) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"hello")
    assert http_status(complete_upload(client, upload_id, {"PartNumber": 1, "ETag": etag.format(md5(b"hello"))})) == 200


@promise
@cases("ending", ENDINGS)
def complete_of_no_open_upload_is_refused(cos: Service, client: Any, ending: str) -> None:
    """Source: recorded aws-multipart 4, 6; aborted: documented."""
    upload_id = (
        "fakeid" if ending == "unknown" else create_upload(client, "another" if ending == "of another key" else KEY)
    )
    if ending == "aborted":
        client.abort_multipart_upload(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, {"PartNumber": 1, "ETag": md5(b"x")})


# --- parts that are not the uploaded ones -----------------------------------------------------------------


@promise
def a_part_that_was_never_uploaded_is_invalid(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 9: two blanks in the text, the ETag of the request without quotes."""
    upload_id = create_upload(client)
    part = upload_part(client, upload_id, b"aaaa")
    with refused(
        cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="2", ETag=part["ETag"].strip('"')
    ):
        complete_upload(client, upload_id, {"PartNumber": 2, "ETag": part["ETag"]})


@promise
def another_etag_is_invalid(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 9."""
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"aaaa")
    etag = "d41d8cd98f00b204e9800998ecf8427e"
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="1", ETag=etag):
        complete_upload(client, upload_id, {"PartNumber": 1, "ETag": etag})


@promise
def the_etag_of_a_replaced_part_is_invalid(cos: Service, client: Any) -> None:
    """Source: public."""
    upload_id = create_upload(client)
    first = upload_part(client, upload_id, b"first")
    upload_part(client, upload_id, b"second")
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="1", ETag=md5(b"first")):
        complete_upload(client, upload_id, completed_part(1, first))


@promise
def a_number_above_the_maximum_was_never_uploaded(cos: Service, client: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="10001", ETag=md5(b"x")):
        complete_upload(client, upload_id, {"PartNumber": 10_001, "ETag": md5(b"x")})


@promise
def an_empty_etag_is_invalid(cos: Service, client: Any) -> None:
    """Source: assumed."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    with refused(cos, "InvalidPart", INVALID_PART, 400, UploadId=upload_id, PartNumber="1", ETag=None):
        complete_upload(client, upload_id, {"PartNumber": 1, "ETag": ""})


@promise
@cases("numbers", [(2, 1), (1, 1), (3, 1, 2), (1, 2, 2)])
def a_list_that_does_not_ascend_is_refused(cos: Service, client: Any, numbers: tuple[int, ...]) -> None:
    """Source: recorded aws-multipart 10; a number given twice is public."""
    upload_id = create_upload(client)
    for number in set(numbers):
        upload_part(client, upload_id, b"x", number)
    with refused(cos, "InvalidPartOrder", ORDER, 400, UploadId=upload_id):
        complete_upload(client, upload_id, *({"PartNumber": number, "ETag": md5(b"x")} for number in numbers))


@promise
@cases("number", [0, -4])
def a_number_below_one_is_refused(cos: Service, client: Any, number: int) -> None:
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


@promise
def the_first_part_that_is_too_small_is_named(cos: Service, client: Any) -> None:
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


@promise
def only_parts_before_the_last_are_judged(cos: Service, client: Any) -> None:
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


@promise
def the_upload_survives_a_refusal(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 13: it is completed after its refusal."""
    upload_id = create_upload(client)
    small, other = (upload_part(client, upload_id, b"aaaa", number) for number in (1, 2))
    with refused(cos, "EntityTooSmall"):
        complete_upload(client, upload_id, completed_part(1, small), completed_part(2, other))
    assert http_status(complete_upload(client, upload_id, completed_part(1, small))) == 200


@promise
def the_size_of_the_object_is_verified(cos: Service, aws: Any) -> None:
    """Source: recorded aws-multipart 13."""
    upload_id = create_upload(aws)
    part = completed_part(1, upload_part(aws, upload_id, b"aaaa"))
    message = "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4"
    with refused(cos, "InvalidRequest", message, 400):
        complete_upload(aws, upload_id, part, MpuObjectSize=5)
    assert http_status(complete_upload(aws, upload_id, part, MpuObjectSize=4)) == 200


@promise
@cases("change", ["another etag", "another number", "one more"])
def a_repeated_complete_with_another_list_finds_no_upload(cos: Service, client: Any, change: str) -> None:
    """Source: public for another ETag; assumed for the others."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    answer = complete_upload(client, upload_id, part)
    assert complete_upload(client, upload_id, part)["ETag"] == answer["ETag"]
    changed = {
        "another etag": [{**part, "ETag": md5(b"other")}],
        "another number": [{**part, "PartNumber": 3}],
        "one more": [part, {**part, "PartNumber": 2}],
    }[change]
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, *changed)


@promise
@cases("meanwhile", ["overwritten", "deleted"])
def a_repeated_complete_finds_no_upload_once_the_object_is_another(cos: Service, client: Any, meanwhile: str) -> None:
    """Source: public: an object that was overwritten or deleted; that it is NoSuchUpload then: assumed."""
    upload_id = create_upload(client)
    part = completed_part(1, upload_part(client, upload_id))
    complete_upload(client, upload_id, part)
    if meanwhile == "overwritten":
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"newer")
    else:
        client.delete_object(Bucket=BUCKET, Key=KEY)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(client, upload_id, part)
