"""Views: they read the store when asked, say what is there, and change nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import DeleteMarkerView, FakeCOS, ObjectView, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "k" * 32


def test_a_bucket_shows_its_objects_and_open_uploads(cos: FakeCOS, s3: Any) -> None:
    photos = cos.bucket("photos")
    assert (dict(photos.objects), dict(photos.uploads), photos.billed_bytes) == ({}, {}, 0)
    s3.put_object(Bucket="photos", Key="b", Body=b"12")
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="c")["UploadId"]
    assert list(photos.objects) == ["a", "b"]
    assert list(photos.uploads) == [upload_id]
    assert repr(photos) == "<Bucket photos: 2 objects, 1 open upload, 3 bytes billed>"
    assert (photos.name, photos.region, photos.created.tzname()) == ("photos", "us-east-1", "UTC")


def test_a_part_of_an_open_upload(cos: FakeCOS, s3: Any) -> None:
    sse_c = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
    upload_id = s3.create_multipart_upload(Bucket="photos", Key="a", **sse_c)["UploadId"]
    named = {"Bucket": "photos", "Key": "a", "UploadId": upload_id, **sse_c}
    answer = s3.upload_part(**named, PartNumber=2, Body=b"12345")
    s3.upload_part(**named, PartNumber=1, Body=b"1")
    upload = cos.bucket("photos").uploads[upload_id]
    assert list(upload.parts) == [1, 2]
    part = upload.parts[2]
    assert (part.number, part.body, part.size) == (2, b"12345", 5)
    assert f'"{part.etag}"' == answer["ETag"]
    assert part.checksums == {"CRC32": answer["ChecksumCRC32"]}
    assert part.sse_c_key_md5 == base64.b64encode(hashlib.md5(KEY.encode()).digest()).decode()  # noqa: S324
    assert part.last_modified == s3.list_parts(Bucket="photos", Key="a", UploadId=upload_id)["Parts"][1]["LastModified"]
    assert repr(part).startswith("<Part 2 of photos/a: 5 bytes, etag ")
    assert KEY not in repr([upload, part])


def test_an_upload_follows_its_state(cos: FakeCOS, s3: Any) -> None:
    upload = cos.start_upload("photos", "a", [b"1", b"22"], ContentType="text/plain", ChecksumAlgorithm="SHA1")
    assert (upload.bucket, upload.key, upload.size, upload.state) == ("photos", "a", 3, "open")
    assert (upload.content_type, upload.checksum_algorithm, upload.checksum_type) == ("text/plain", "SHA1", "COMPOSITE")
    assert repr(upload) == f"<Upload of photos/a: open, parts 1-2, 3 bytes, id {upload.upload_id[:8]}…>"
    s3.abort_multipart_upload(Bucket="photos", Key="a", UploadId=upload.upload_id)
    assert upload.state == "aborted"
    assert upload.parts[2].body == b"22"
    assert not cos.bucket("photos").uploads


def test_a_completed_upload(cos: FakeCOS, s3: Any) -> None:
    upload = cos.start_upload("photos", "a", [b"1"])
    parts = [{"PartNumber": 1, "ETag": upload.parts[1].etag}]
    named = {"Bucket": "photos", "Key": "a", "UploadId": upload.upload_id}
    s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})
    assert upload.state == "completed"


def test_the_parts_of_an_object(cos: FakeCOS, complete: Callable[..., str]) -> None:
    complete(b"1", b"22", b"333", ChecksumAlgorithm="CRC32", Metadata={"who": "me"}, Tagging="a=b")
    stored = cos.bucket("photos").objects["a"]
    assert {number: part.body for number, part in stored.parts.items()} == {1: b"1", 2: b"22", 3: b"333"}
    assert [*stored.parts[2].checksums] == ["CRC32"]
    assert stored.checksums["CRC32"].endswith("-3")
    assert (stored.checksum_type, stored.is_multipart, stored.encryption) == ("COMPOSITE", True, "AES256")
    assert (stored.metadata, stored.tags, stored.storage_class) == ({"who": "me"}, {"a": "b"}, "STANDARD")
    assert stored.versions == (stored,)
    assert " in 3 parts, etag " in repr(stored)


def test_what_is_not_there_names_what_is(cos: FakeCOS) -> None:
    cos.put_object("photos", "holiday.mp4")
    photos = cos.bucket("photos")
    with pytest.raises(KeyError, match=r"no object 'hoilday\.mp4'; the nearest: 'holiday\.mp4'"):
        photos.objects["hoilday.mp4"]
    with pytest.raises(KeyError, match="no part 3; there are: 1, 2"):
        cos.start_upload("photos", "a", [b"1", b"2"]).parts[3]
    with pytest.raises(KeyError, match="there are no "):
        photos.objects["holiday.mp4"].parts[1]
    with pytest.raises(UsageError, match="no bucket 'phtos'; the nearest: 'photos'"):
        cos.bucket("phtos")
    assert photos.objects.get("other") is None


def test_a_view_cannot_be_changed(cos: FakeCOS) -> None:
    stored = cos.put_object("photos", "a", b"1", Metadata={"x": "y"})
    with pytest.raises(AttributeError):
        stored.body = b"2"  # type: ignore[misc]
    with pytest.raises(TypeError):
        cos.bucket("photos").objects["a"] = stored  # type: ignore[index]
    stored.metadata.clear()
    assert stored.metadata == {"x": "y"}


def test_a_bucket_that_was_deleted_says_so(cos: FakeCOS, s3: Any) -> None:
    photos = cos.bucket("photos")
    s3.delete_bucket(Bucket="photos")
    assert repr(photos) == "<Bucket photos: not there>"
    with pytest.raises(UsageError, match="There is no bucket 'photos'"):
        photos.objects  # noqa: B018  reading is the test


def test_open_uploads_of_all_buckets_and_what_is_billed(cos: FakeCOS) -> None:
    cos.create_bucket("copies")
    second = cos.start_upload("photos", "a", {3: b"333"})
    first = cos.start_upload("copies", "z", [b"1"])
    cos.put_object("photos", "b", b"22")
    assert [upload.upload_id for upload in cos.open_uploads] == [first.upload_id, second.upload_id]
    assert cos.billed_bytes == 6


def test_equality_is_of_what_is_held(cos: FakeCOS) -> None:
    cos.create_bucket("copies")
    one, same = cos.put_object("photos", "a", b"1"), cos.put_object("copies", "b", b"1")
    assert one == same
    assert one == b"1"
    assert one != cos.put_object("copies", "c", b"1", ContentType="text/plain")
    upload = cos.start_upload("photos", "a", [b"1", b"1"])
    assert upload.parts[1] == cos.start_upload("photos", "b", [b"1"]).parts[1]
    assert upload.parts[1] != upload.parts[2]
    assert bytearray(b"1") == upload.parts[2]
    assert upload.parts[1] != one


def test_versions_and_delete_markers(cos: FakeCOS, s3: Any) -> None:
    photos = cos.bucket("photos")
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    assert (photos.versioning, photos.objects["a"].version_id) == (None, "null")
    assert photos.versions["a"] == (photos.objects["a"],)
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="photos", Key="a", Body=b"22")["VersionId"]
    newest = photos.objects["a"]
    assert (photos.versioning, newest.version_id, newest.is_delete_marker) == ("Enabled", version, False)
    assert repr(newest).endswith(f", version {version}>")
    marker_id = s3.delete_object(Bucket="photos", Key="a")["VersionId"]
    assert "a" not in photos.objects
    assert newest.versions == photos.versions["a"]
    assert list(newest.versions[1:]) == [b"22", b"1"]
    marker = newest.versions[0]
    assert (marker.is_delete_marker, marker.version_id, marker.key, marker.bucket) == (True, marker_id, "a", "photos")
    assert marker.last_modified.tzname() == "UTC"
    assert repr(marker) == f"<DeleteMarker photos/a, version {marker_id}>"
    assert photos.billed_bytes == cos.billed_bytes == 3


def test_is_delete_marker_tells_a_type_checker_which_of_the_two_it_is(cos: FakeCOS, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    cos.put_object("photos", "a", b"1")
    s3.delete_object(Bucket="photos", Key="a")
    bodies: list[bytes] = []
    for version in cos.bucket("photos").versions["a"]:
        if version.is_delete_marker:
            marker: DeleteMarkerView = version
            assert isinstance(marker, DeleteMarkerView)
        else:
            stored: ObjectView = version
            assert isinstance(stored, ObjectView)
            bodies.append(stored.body)
    assert bodies == [b"1"]
