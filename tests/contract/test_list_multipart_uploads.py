"""ListMultipartUploads: pages by key and, within a key, by time of creation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos.model.store import OWNER_ID, OWNER_NAME
from tests.support.altered_requests import after_signing
from tests.support.answers import DATETIME, UPLOAD_ID, members_of
from tests.support.constants import BUCKET
from tests.support.raw_requests import send_raw
from tests.support.refusals import refused
from tests.support.uploads import create_upload

if TYPE_CHECKING:
    from fakecos import FakeCOS


def expected_page(**more: Any) -> dict[str, Any]:
    """Return the answer of a bucket without uploads, with changes: every other member is absent."""
    return {
        "Bucket": BUCKET,
        "IsTruncated": False,
        "KeyMarker": "",
        "MaxUploads": 1000,
        "NextKeyMarker": "",
        "NextUploadIdMarker": "",
        "UploadIdMarker": "",
        **more,
    }


def expected_item(key: str) -> dict[str, Any]:
    return {
        "Initiated": DATETIME,
        "Initiator": {"DisplayName": OWNER_NAME, "ID": OWNER_ID},
        "Key": key,
        "Owner": {"ID": OWNER_ID},
        "StorageClass": "STANDARD",
        "UploadId": UPLOAD_ID,
    }


def listed(client: Any, **more: Any) -> Any:
    return members_of(client.list_multipart_uploads(Bucket=BUCKET, **more))


def ids(client: Any, **more: Any) -> list[str]:
    uploads = client.list_multipart_uploads(Bucket=BUCKET, **more).get("Uploads", [])
    return [upload["UploadId"] for upload in uploads]


def test_a_bucket_without_uploads(client: Any) -> None:
    """Source: recorded aws-multipart 57: empty strings, and no Uploads."""
    assert listed(client) == expected_page()


def test_a_whole_list_still_names_its_last_upload(client: Any) -> None:
    """Source: recorded aws-multipart 57."""
    create_upload(client, "a")
    last = create_upload(client, "b")
    assert listed(client) == expected_page(
        NextKeyMarker="b", NextUploadIdMarker=last, Uploads=[expected_item("a"), expected_item("b")]
    )


def test_the_recorded_pages(client: Any) -> None:
    """Source: recorded aws-multipart 57: one upload per page, a marker of the last key, an id marker alone."""
    keys = ("key-1", "key-2", "key-3")
    first, _, third = (create_upload(client, key) for key in keys)
    page = expected_page(
        IsTruncated=True,
        MaxUploads=1,
        NextKeyMarker="key-1",
        NextUploadIdMarker=first,
        Uploads=[expected_item("key-1")],
    )
    assert listed(client, MaxUploads=1) == page
    assert listed(client, MaxUploads=1, KeyMarker="key-3") == expected_page(KeyMarker="key-3", MaxUploads=1)
    assert listed(client, MaxUploads=1, UploadIdMarker=third) == page  # ignored, and not echoed


def test_within_a_key_the_order_is_that_of_creation(client: Any) -> None:
    """Source: recorded aws-multipart 57."""
    created = [create_upload(client, "same") for _ in range(12)]
    assert ids(client) == created
    assert ids(client, KeyMarker="same", UploadIdMarker=created[4]) == created[5:]


def test_two_markers_continue_behind_that_upload(client: Any) -> None:
    """Source: documented; recorded aws-multipart 57."""
    first, second, third = create_upload(client, "a"), create_upload(client, "a"), create_upload(client, "b")
    assert ids(client, KeyMarker="a") == [third]
    assert ids(client, KeyMarker="a", UploadIdMarker=first) == [second, third]


def test_an_id_marker_of_another_key_is_refused(cos: FakeCOS, client: Any) -> None:
    """Source: recorded aws-multipart 58."""
    create_upload(client, "a")
    other = create_upload(client, "b")
    with refused(
        cos,
        "InvalidArgument",
        "Invalid uploadId marker",
        400,
        ArgumentName="upload-id-marker",
        ArgumentValue=other,
    ):
        client.list_multipart_uploads(Bucket=BUCKET, KeyMarker="a", UploadIdMarker=other)


def test_the_id_of_an_upload_that_has_ended_is_still_a_marker(client: Any) -> None:
    """Source: public: a clean-up aborts what it has listed."""
    first, second = create_upload(client, "a"), create_upload(client, "a")
    client.abort_multipart_upload(Bucket=BUCKET, Key="a", UploadId=first)
    assert ids(client, KeyMarker="a", UploadIdMarker=first) == [second]


def test_a_clean_up_page_by_page_ends_with_nothing(client: Any) -> None:
    for number in range(7):
        create_upload(client, f"key-{number % 3}")
    for page in client.get_paginator("list_multipart_uploads").paginate(
        Bucket=BUCKET, PaginationConfig={"PageSize": 2}
    ):
        for upload in page.get("Uploads", []):
            client.abort_multipart_upload(Bucket=BUCKET, Key=upload["Key"], UploadId=upload["UploadId"])
    assert ids(client) == []


# --- prefix and delimiter ---------------------------------------------------------------------------------


def test_common_prefixes_and_empty_markers(client: Any) -> None:
    """Source: recorded aws-listing 20."""
    for key in ("test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123"):
        create_upload(client, key)
    more: dict[str, Any] = {"Delimiter": "/", "EncodingType": "url"}
    for prefix, found in (
        ("test/", ["test/bar/", "test/foo/"]),
        ("test/foo/", ["test/foo/bar/"]),
        ("test/foo/bar", ["test/foo/bar/"]),
    ):
        assert listed(client, Prefix=prefix, **more) == expected_page(
            CommonPrefixes=[{"Prefix": name} for name in found], Prefix=prefix, **more
        )


def test_a_raw_list_has_the_names_of_s3(cos: FakeCOS, aws: Any) -> None:
    """Source: recorded aws-listing 20 (root and item), 22 (milliseconds that are always zero)."""
    upload_id = create_upload(aws, "test/foo/1")
    response = send_raw(cos, "GET", f"/{BUCKET}", "uploads&prefix=test/foo")
    assert isinstance(response.body, bytes)
    text = response.body.decode()
    initiated = cos.store.buckets[BUCKET].uploads[upload_id].initiated.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert "<ListMultipartUploadsResult xmlns=" in text
    assert "<KeyMarker></KeyMarker>" in text or "<KeyMarker/>" in text
    assert f"<NextUploadIdMarker>{upload_id}</NextUploadIdMarker><Prefix>test/foo</Prefix>" in text
    assert f"<Upload><Key>test/foo/1</Key><UploadId>{upload_id}</UploadId>" in text
    assert f"<Initiated>{initiated}</Initiated></Upload>" in text


def test_a_page_that_ends_with_a_common_prefix_has_no_marker(client: Any) -> None:
    """Source: recorded aws-listing 21: an oddity; a key marker at or in the prefix skips it."""
    for key in ("folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2"):
        create_upload(client, key)
    asked: dict[str, Any] = {"Prefix": "folder/", "Delimiter": "/"}
    assert listed(client, MaxUploads=1, **asked) == expected_page(
        CommonPrefixes=[{"Prefix": "folder/aSubfolder/"}], IsTruncated=True, MaxUploads=1, **asked
    )
    for marker in ("folder/aSubfolder/", "folder/aSubfolder/subFile1"):
        found = listed(client, MaxUploads=1, KeyMarker=marker, **asked)
        upload_id = found.pop("NextUploadIdMarker")
        assert upload_id
        expected = expected_page(
            IsTruncated=True,
            KeyMarker=marker,
            MaxUploads=1,
            NextKeyMarker="folder/file1",
            Uploads=[expected_item("folder/file1")],
            **asked,
        )
        expected.pop("NextUploadIdMarker")
        assert found == expected


def test_a_prefix_lists_only_its_keys(client: Any) -> None:
    create_upload(client, "a/1")
    wanted = create_upload(client, "b/1")
    create_upload(client, "c/1")
    assert ids(client, Prefix="b/") == [wanted]
    assert ids(client, Prefix="d") == []


# --- parameters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["value", ""])
def test_an_unknown_encoding_is_refused(cos: FakeCOS, client: Any, value: str) -> None:
    """Source: recorded aws-multipart 59: an empty one is shown as an empty element."""

    def change(request: Any) -> None:
        request.url += f"&encoding-type={value}"

    with (
        after_signing(client, "ListMultipartUploads", change),
        refused(
            cos,
            "InvalidArgument",
            "Invalid Encoding Method specified in Request",
            400,
            ArgumentName="encoding-type",
            ArgumentValue=value or None,
        ),
    ):
        client.list_multipart_uploads(Bucket=BUCKET)


def test_keys_are_encoded_when_asked_for(client: Any) -> None:
    """Source: documented; the client does not decode this list (wire 4)."""
    create_upload(client, "ü ö+")
    found = listed(client, EncodingType="url")
    assert found["Uploads"][0]["Key"] == "%C3%BC+%C3%B6%2B"
    assert found["NextKeyMarker"] == "%C3%BC+%C3%B6%2B"
    assert listed(client)["Uploads"][0]["Key"] == "ü ö+"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("abc", "Provided max-uploads not an integer or within integer range"),
        ("2147483648", "Provided max-uploads not an integer or within integer range"),
        ("-1", "Argument max-uploads must be an integer between 0 and 2147483647"),
    ],
)
def test_what_is_no_count_is_refused(cos: FakeCOS, text: str, message: str) -> None:
    """Source: public."""
    with refused(cos, "InvalidArgument", message, 400, ArgumentName="max-uploads", ArgumentValue=text):
        send_raw(cos, "GET", f"/{BUCKET}", f"uploads&max-uploads={text}")


def test_max_uploads_is_judged_before_the_encoding_and_that_before_the_marker(cos: FakeCOS, aws: Any) -> None:
    """Source: public."""
    other = create_upload(aws, "b")
    tail = f"key-marker=a&upload-id-marker={other}"
    for query, name in (
        (f"uploads&encoding-type=x&max-uploads=abc&{tail}", "max-uploads"),
        (f"uploads&encoding-type=x&{tail}", "encoding-type"),
        (f"uploads&{tail}", "upload-id-marker"),
    ):
        with refused(cos, "InvalidArgument") as found:
            send_raw(cos, "GET", f"/{BUCKET}", query)
        assert found["Error"]["ArgumentName"] == name


def test_more_than_1000_is_1000_and_none_is_not_truncated(client: Any) -> None:
    """Source: public."""
    create_upload(client, "a")
    assert listed(client, MaxUploads=5000)["MaxUploads"] == 1000
    assert listed(client, MaxUploads=0) == expected_page(MaxUploads=0)


def test_a_bucket_that_is_not_there_is_refused(cos: FakeCOS, client: Any) -> None:
    with refused(cos, "NoSuchBucket", "The specified bucket does not exist", 404, BucketName="elsewhere"):
        client.list_multipart_uploads(Bucket="elsewhere")


def test_completed_and_aborted_uploads_are_not_listed(client: Any) -> None:
    aborted, kept = create_upload(client, "a"), create_upload(client, "a")
    client.abort_multipart_upload(Bucket=BUCKET, Key="a", UploadId=aborted)
    assert ids(client) == [kept]
