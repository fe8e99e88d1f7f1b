"""assert_object and assert_no_object: what passes, and what a failure says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.testing.conftest import Says


def test_an_object_with_all_that_is_given(cos: FakeCOS, complete: Callable[..., str]) -> None:
    complete(b"1", b"22", ContentType="text/plain", Metadata={"a": "1"}, Tagging="x=y", StorageClass="STANDARD_IA")
    stored = cos.bucket("photos").objects["a"]
    found = cos.assert_object(
        "photos",
        "a",
        body=b"122",
        size=3,
        etag=stored.etag,
        content_type="text/plain",
        metadata={"a": "1"},
        tags={"x": "y"},
        storage_class="STANDARD_IA",
        parts=2,
        checksum_crc64nvme=stored.checksums["CRC64NVME"],
    )
    assert found == stored
    cos.assert_object("photos", "a", parts={1: 1, 2: b"22"})


def test_annotations_are_asserted_and_compared(cos: FakeCOS, says: Says) -> None:
    client = cos.client()
    cos.put_object("photos", "a", b"x")
    client.put_object_annotation(Bucket="photos", Key="a", AnnotationName="label", AnnotationPayload=b"cat")
    client.copy_object(Bucket="photos", Key="b", CopySource="photos/a", AnnotationDirective="EXCLUDE")
    found = cos.assert_object("photos", "a", annotations={"label": b"cat"})
    assert found.annotations == {"label": b"cat"}
    assert found != cos.assert_object("photos", "b", annotations={})
    text = says(cos.assert_object, "photos", "a", annotations={"label": b"dog"})
    assert "annotations['label']: expected b'dog', is b'cat'" in text


def test_each_difference_has_a_line(cos: FakeCOS, says: Says) -> None:
    cos.put_object("photos", "a", b"text", Metadata={"a": "1", "c": "3"}, ContentType="text/plain")
    wanted: dict[str, Any] = {"metadata": {"a": "2", "b": "3", "c": "3"}, "content_type": "image/png", "parts": 2}
    text = says(cos.assert_object, "photos", "a", body=b"text!", **wanted)
    assert text.startswith("the object photos/a is not as expected\n")
    for line in (
        "content_type: expected 'image/png', is 'text/plain'",
        "metadata['a']: expected '2', is '1'",
        "metadata['b']: expected '3', is not there",
        "number of parts: expected 2, is 0",
        "body: expected 5 bytes, stored 4 bytes; first difference at offset 4 (0x4)",
        "  stored is the beginning of expected, which has 1 byte more",
    ):
        assert f"\n  {line}\n" in text
    assert "metadata['c']" not in text
    assert text.endswith("requests: none came")


def test_an_object_that_is_not_there(cos: FakeCOS, says: Says) -> None:
    cos.create_bucket("copies")
    cos.put_object("copies", "holiday.mp4")
    cos.put_object("photos", "hoilday.mp4", b"film")
    cos.start_upload("photos", "holiday.mp4", [b"film"])
    text = says(cos.assert_object, "photos", "holiday.mp4", body=b"film")
    assert text.startswith("no object photos/holiday.mp4 is stored\n")
    assert "\n  <Upload of photos/holiday.mp4: open, parts 1, 4 bytes, id " in text
    assert "it was not completed\n" in text
    assert "\n  bucket 'copies' has this key\n" in text
    assert "\n  keys in photos: the nearest: 'hoilday.mp4'\n" in text
    assert "\n  the nearest: 'hoilday.mp4' has the expected body\n" in text


def test_no_object(cos: FakeCOS, s3: Any, says: Says) -> None:
    cos.assert_no_object("photos", "a")
    s3.put_object(Bucket="photos", Key="a", Body=b"1")
    text = says(cos.assert_no_object, "photos", "a")
    assert text.startswith("an object photos/a is stored\n  <Object photos/a: 1 byte, etag ")
    assert "PutObject" in text
    assert says(cos.assert_no_object, "photo", "a").startswith("there is no bucket 'photo'")


def test_misuse_is_told_as_such(cos: FakeCOS) -> None:
    with pytest.raises(UsageError, match="no 'sise' to assert; the nearest: 'size'"):
        cos.assert_object("photos", "a", sise="3")


def test_a_deleted_object_of_a_bucket_with_versions_tells_of_them(cos: FakeCOS, s3: Any) -> None:
    s3.put_bucket_versioning(Bucket="photos", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="photos", Key="gone", Body=b"1")["VersionId"]
    marker = s3.delete_object(Bucket="photos", Key="gone")["VersionId"]
    with pytest.raises(AssertionError) as caught:
        cos.assert_object("photos", "gone")
    told = [line.strip() for line in str(caught.value).splitlines()]
    assert told[1].startswith(f"<DeleteMarker photos/gone, version {marker}>, made at ")
    assert version in told[2]
