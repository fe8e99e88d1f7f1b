"""assert_upload_open, _completed, _aborted and assert_no_open_uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos import FakeCOS
    from tests.testing.conftest import Says


def test_the_three_states(cos: FakeCOS, s3: Any, complete: Callable[..., str], says: Says) -> None:
    upload = cos.start_upload("photos", "a", [b"1"])
    assert cos.assert_upload_open("photos", "a").upload_id == upload.upload_id
    text = says(cos.assert_upload_aborted, "photos", "a")
    assert text.startswith("the upload of photos/a is still open; it was expected to be aborted\n")
    created = f"{upload.initiated:%Y-%m-%d %H:%M:%S}"
    assert f"\n  photos/a: parts 1, 1 byte, created {created}, id {upload.upload_id[:8]}…\n" in text
    s3.abort_multipart_upload(Bucket="photos", Key="a", UploadId=upload.upload_id)
    cos.assert_upload_aborted("photos", "a")
    text = says(cos.assert_upload_completed, "photos", "a")
    assert text.startswith("the upload of photos/a is aborted; it was expected to be completed\n")
    assert f"\n  id {upload.upload_id[:8]}…\n" in text
    assert "AbortMultipartUpload" in text
    complete(b"1")
    cos.assert_upload_completed("photos", "a")
    s3.delete_object(Bucket="photos", Key="a")
    cos.assert_upload_completed("photos", "a")


def test_the_last_one_is_meant_unless_one_is_named(cos: FakeCOS, complete: Callable[..., str], says: Says) -> None:
    first = complete(b"1")
    second = cos.start_upload("photos", "a")
    cos.assert_upload_open("photos", "a")
    cos.assert_upload_completed("photos", "a", upload_id=first)
    text = says(cos.assert_upload_completed, "photos", "a")
    assert "uploads of this key, the oldest first: completed, open" in text
    cos.assert_upload_open("photos", "a", upload_id=second.upload_id)


def test_an_upload_that_never_was(cos: FakeCOS, says: Says) -> None:
    cos.start_upload("photos", "holiday.mp4")
    text = says(cos.assert_upload_open, "photos", "holiday.mp3")
    assert text.startswith("no upload of photos/holiday.mp3 was ever created\n")
    assert "keys with uploads: the nearest: 'holiday.mp4'" in text
    text = says(cos.assert_upload_open, "photos", "holiday.mp4", upload_id="x")
    assert text.startswith("no upload with the id x of photos/holiday.mp4 was ever created")


def test_no_open_uploads(cos: FakeCOS, says: Says) -> None:
    cos.assert_no_open_uploads()
    cos.create_bucket("copies")
    one = cos.start_upload("photos", "a", {1: b"1", 2: b"2", 7: b"777"})
    other = cos.start_upload("photos", "b")
    text = says(cos.assert_no_open_uploads)
    assert text.startswith("2 uploads left open: S3 bills for the parts until it is completed or aborted\n")
    assert "\n  photos/a: parts 1-2, 7, 5 bytes, created " in text
    assert "\n  photos/b: no parts, 0 bytes, created " in text
    for upload in (one, other):
        assert f"id {upload.upload_id[:8]}…" in text
        assert upload.upload_id not in text
    cos.assert_no_open_uploads("copies")
    assert says(cos.assert_no_open_uploads, "copy").startswith("there is no bucket 'copy'")
