"""assert_part and assert_parts: what passes, and what a failure says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.testing.conftest import Says

KEY = "k" * 32
SECOND = b"hello world, this is it"


@pytest.fixture
def upload_id(cos: FakeCOS, s3: Any) -> str:
    """Parts 1 and 2 of photos/a."""
    upload = cos.start_upload("photos", "a", [b"first"])
    named = {"Bucket": "photos", "Key": "a", "UploadId": upload.upload_id}
    s3.upload_part(**named, PartNumber=2, Body=SECOND)
    with pytest.raises(ClientError):
        s3.upload_part(**named, PartNumber=0, Body=b"x")
    return upload.upload_id


def test_a_part_with_all_that_is_given(cos: FakeCOS, upload_id: str) -> None:
    part = cos.bucket("photos").uploads[upload_id].parts[2]
    crc32 = part.checksums["CRC32"]
    etag = f'"{part.etag}"'
    found = cos.assert_part("photos", "a", 2, body=SECOND, size=23, etag=etag, checksum_crc32=crc32)
    assert found == part
    cos.assert_part("photos", "a", 2, body=memoryview(SECOND))  # type: ignore[arg-type]
    cos.assert_part("photos", "a", 2, upload_id=upload_id)


def test_a_body_that_differs_is_shown_where_it_does(cos: FakeCOS, upload_id: str, says: Says) -> None:
    text = says(cos.assert_part, "photos", "a", 2, body=b"hello world, that was it")
    lines = text.splitlines()
    assert lines[0] == "part 2 of the open upload of photos/a is not as expected"
    assert lines[1] == "  body: expected 24 bytes, stored 23 bytes; first difference at offset 15 (0xf)"
    assert lines[2].endswith("74 68 61  |hello world, tha|")
    assert lines[3].endswith("74 68 69  |hello world, thi|")
    assert lines[4].index("^^") == lines[3].rindex("69")
    assert lines[5] == "requests (photos/a):"
    assert "UploadPart" in lines[7]
    assert lines[8].endswith("InvalidArgument")


def test_a_body_of_another_part_is_named(cos: FakeCOS, upload_id: str, says: Says) -> None:
    assert "the nearest: part 1 has the expected body" in says(cos.assert_part, "photos", "a", 2, body=b"first")
    assert "the nearest: part 2 has the expected body" in says(cos.assert_part, "photos", "a", 7, body=SECOND)


def test_values_that_differ(cos: FakeCOS, upload_id: str, says: Says) -> None:
    text = says(cos.assert_part, "photos", "a", 2, size=5, etag="x", checksum_sha1="y", checksum_crc32="z")
    assert "  size: expected 5, is 23\n" in text
    assert "  etag: expected 'x', is '" in text
    assert "  checksum SHA1: expected 'y', is not kept; there is CRC32 " in text
    assert "  checksum CRC32: expected 'z', is '" in text


def test_a_customers_key_is_compared_and_never_shown(cos: FakeCOS, says: Says) -> None:
    cos.start_upload("photos", "b", [b"1"], SSECustomerKey=KEY)
    cos.start_upload("photos", "c", [b"1"])
    cos.assert_part("photos", "b", 1, sse_c_key=KEY.encode())
    other = "o" * 32
    text = says(cos.assert_part, "photos", "b", 1, sse_c_key=other)
    assert "sse_c_key: expected the key with the MD5 " in text
    assert "its key has the MD5 " in text
    assert "it has no customer's key" in says(cos.assert_part, "photos", "c", 1, sse_c_key=KEY)
    assert other not in text
    with pytest.raises(UsageError, match="takes the key itself, 32 bytes; this one has 4"):
        cos.assert_part("photos", "b", 1, sse_c_key=b"1234")


def test_a_part_that_is_not_there(cos: FakeCOS, upload_id: str, says: Says) -> None:
    assert "it is not there; there are parts 1-2\n" in says(cos.assert_part, "photos", "a", 3)
    cos.start_upload("photos", "b")
    assert "it is not there; there are no parts\n" in says(cos.assert_part, "photos", "b", 1)
    text = says(cos.assert_part, "photos", "aa", 1)
    assert text.startswith("no upload of photos/aa is open, and there is no object either\n  keys: the nearest: 'a'\n")
    assert says(cos.assert_part, "photo", "a", 1).startswith("there is no bucket 'photo'\n  the nearest: 'photos'")


def test_the_parts_of_a_completed_object(cos: FakeCOS, complete: Callable[..., str], says: Says) -> None:
    upload_id = complete(b"1", b"22")
    cos.assert_part("photos", "a", 2, body=b"22")
    cos.assert_parts("photos", "a", [b"1", b"22"], upload_id=upload_id)
    assert says(cos.assert_part, "photos", "a", 3).startswith("part 3 of the object photos/a is not as expected")
    cos.put_object("photos", "a", b"in one")
    assert "the object was not uploaded in parts by it" in says(cos.assert_part, "photos", "a", 1, upload_id=upload_id)


def test_several_open_uploads_need_a_name(cos: FakeCOS, upload_id: str) -> None:
    other = cos.start_upload("photos", "a", [b"other"])
    with pytest.raises(UsageError, match="2 uploads of photos/a are open; say which one is meant") as caught:
        cos.assert_part("photos", "a", 1)
    assert f"upload_id={other.upload_id!r}" in str(caught.value)
    cos.assert_part("photos", "a", 1, body=b"other", upload_id=other.upload_id)


def test_misuse_is_told_as_such(cos: FakeCOS, upload_id: str) -> None:
    with pytest.raises(UsageError, match="no 'checksum_crc33' to assert; the nearest: 'checksum_crc32'"):
        cos.assert_part("photos", "a", 1, checksum_crc33="x")
    with pytest.raises(UsageError, match="body= takes bytes, not str"):
        cos.assert_part("photos", "a", 1, body="text")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no 'bod' to assert"):
        cos.assert_parts("photos", "a", [{"bod": b"1"}])


def test_all_parts_by_body_size_or_keywords(cos: FakeCOS, upload_id: str) -> None:
    assert list(cos.assert_parts("photos", "a", [b"first", {"size": 23}])) == [1, 2]
    cos.assert_parts("photos", "a", {2: 23, 1: b"first"})


def test_all_parts_that_are_not_as_expected(cos: FakeCOS, upload_id: str, says: Says) -> None:
    text = says(cos.assert_parts, "photos", "a", {1: b"fist", 3: 5})
    assert "\n  numbers: expected 1, 3, there are 1-2\n" in text
    assert "\n  part 2 was not expected: <Part 2 of photos/a: 23 bytes" in text
    assert "\n  part 1: body: expected 4 bytes, stored 5 bytes; first difference at offset 2 (0x2)\n" in text
    assert "\n  part 3: it is not there; there are parts 1-2\n" in text


def test_the_requests_shown_are_those_around_the_part(cos: FakeCOS, s3: Any, says: Says) -> None:
    upload = cos.start_upload("photos", "a")
    for number in range(1, 41):
        named = {"Bucket": "photos", "Key": "a", "UploadId": upload.upload_id}
        s3.upload_part(**named, PartNumber=number, Body=b"%d" % number)
    text = says(cos.assert_part, "photos", "a", 9, body=b"x")
    assert "requests (photos/a, 11 of 40):" in text
    numbers = [int(line.split()[0]) for line in text.splitlines() if "UploadPart" in line]
    assert numbers == list(range(4, 15))
