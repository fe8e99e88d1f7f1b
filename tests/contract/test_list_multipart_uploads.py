"""ListMultipartUploads: pages by key and, within a key, by time of creation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promises.list_multipart_uploads import expected_page, listed
from fakecos.contract.steps.answers import DATETIME, UPLOAD_ID
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.uploads import create_upload
from fakecos.model.store import OWNER_ID, OWNER_NAME
from tests.support.raw_requests import send_raw

if TYPE_CHECKING:
    from fakecos import FakeCOS


def expected_item(key: str) -> dict[str, Any]:
    return {
        "Initiated": DATETIME,
        "Initiator": {"DisplayName": OWNER_NAME, "ID": OWNER_ID},
        "Key": key,
        "Owner": {"ID": OWNER_ID},
        "StorageClass": "STANDARD",
        "UploadId": UPLOAD_ID,
    }


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
