"""Range of GetObject and HeadObject: which forms are taken, ignored and refused (recorded aws-objects 20)."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, before_each, cases, promise
from fakecos.contract.steps.answers import DATETIME, http_status, members_of, specific_headers
from fakecos.contract.steps.names import BUCKET, MIB
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import upload_in_parts

DIGITS = b"0123456789"
NOT_SATISFIABLE = "The requested range is not satisfiable"
COMMON = {
    "AcceptRanges": "bytes",
    "ContentType": "binary/octet-stream",
    "ETag": '"781e5e245d69b566979b86e28d23f2c7"',
    "LastModified": DATETIME,
    "Metadata": {},
    "ServerSideEncryption": "AES256",
}
CHECKSUM = {"ChecksumCRC32": "poTHxg==", "ChecksumType": "FULL_OBJECT"}
TAKEN = [
    ("bytes=0-8", b"012345678", "bytes 0-8/10"),
    ("bytes=1-1", b"1", "bytes 1-1/10"),
    ("bytes=1-", b"123456789", "bytes 1-9/10"),
    ("bytes=-9", b"123456789", "bytes 1-9/10"),
    ("bytes=-2", b"89", "bytes 8-9/10"),
    ("bytes=0-0", b"0", "bytes 0-0/10"),
]
WHOLE = ["bytes=-15", "bytes=0-100", "bytes=-10", "bytes=0-", "bytes=0-9"]
IGNORED = ["bytes=1-0", "bytes=-1-", "bytes=0--1", "bytes=0-1,3-4,7-9", "0-1", "bytes=-", "bytes=a-b", "chars=0-1"]
REFUSED = ["bytes=-0", "bytes=100-200", "bytes=10-", "bytes=10-10"]


@before_each
def _ten_digits(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="digits", Body=DIGITS)


@promise
@cases(("header", "body", "content_range"), TAKEN)
def a_part_of_the_object_comes_without_its_checksum(client: Any, header: str, body: bytes, content_range: str) -> None:
    answer = client.get_object(Bucket=BUCKET, Key="digits", Range=header)
    assert http_status(answer) == 206
    assert members_of(answer) == {**COMMON, "Body": body, "ContentLength": len(body), "ContentRange": content_range}
    assert "x-amz-checksum-type" not in specific_headers(answer)


@promise
@cases("header", WHOLE)
def a_range_that_covers_the_object_has_its_checksum(client: Any, header: str) -> None:
    answer = client.get_object(Bucket=BUCKET, Key="digits", Range=header)
    assert http_status(answer) == 206
    assert members_of(answer) == {
        **COMMON,
        **CHECKSUM,
        "Body": DIGITS,
        "ContentLength": 10,
        "ContentRange": "bytes 0-9/10",
    }


@promise
@cases("header", IGNORED)
def a_malformed_range_or_several_are_ignored(client: Any, header: str) -> None:
    """Source: public."""
    answer = client.get_object(Bucket=BUCKET, Key="digits", Range=header)
    assert http_status(answer) == 200
    assert members_of(answer) == {**COMMON, **CHECKSUM, "Body": DIGITS, "ContentLength": 10}


@promise
@cases("header", REFUSED)
def a_range_behind_the_end_is_refused(cos: Service, client: Any, header: str) -> None:
    """Source: assumed like `bytes=100-200`."""
    with refused(cos, "InvalidRange", NOT_SATISFIABLE, 416, RangeRequested=header, ActualObjectSize="10"):
        client.get_object(Bucket=BUCKET, Key="digits", Range=header)


@promise
@cases("header", ["bytes=0-0", "bytes=0-", "bytes=-1", "bytes=-0"])
def no_range_of_an_empty_object_can_be_satisfied(cos: Service, client: Any, header: str) -> None:
    """Source: public."""
    client.put_object(Bucket=BUCKET, Key="empty", Body=b"")
    with refused(cos, "InvalidRange", NOT_SATISFIABLE, 416, RangeRequested=header, ActualObjectSize="0"):
        client.get_object(Bucket=BUCKET, Key="empty", Range=header)


@promise
@cases(("header", "body", "content_range"), TAKEN)
def head_answers_as_get_does(aws: Any, header: str, body: bytes, content_range: str) -> None:
    """Source: documented by AWS: HeadObject with a Range gives the length and the range that the GET would have."""
    answer = aws.head_object(Bucket=BUCKET, Key="digits", Range=header)
    assert http_status(answer) == 206
    assert members_of(answer) == {**COMMON, "ContentLength": len(body), "ContentRange": content_range}


@promise
def head_of_a_range_behind_the_end_has_a_status_and_no_body(cos: Service, client: Any) -> None:
    # HEAD has no body: wire 1
    with refused(cos, "416", status=416):
        client.head_object(Bucket=BUCKET, Key="digits", Range="bytes=100-200")


@promise
def a_range_over_the_seam_of_two_parts_is_whole(client: Any) -> None:
    """Source: recorded aws-objects 13: parallel ranges give the object back."""
    upload_in_parts(client, b"a" * (5 * MIB) + b"bc", b"def", key="joined")
    first = 5 * MIB
    answer = members_of(client.get_object(Bucket=BUCKET, Key="joined", Range=f"bytes={first}-{first + 3}"))
    assert (answer["Body"], answer["ContentRange"]) == (b"bcde", f"bytes {first}-{first + 3}/{first + 5}")
