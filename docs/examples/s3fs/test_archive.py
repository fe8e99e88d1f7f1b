import pytest
import s3fs
from uploader import archive

MIB = 1024 * 1024


def test_a_folder_is_archived(fakecos, tmp_path):
    photos = fakecos.create_bucket("photos")
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "cat.jpg").write_bytes(b"a cat")
    assert archive(f"{tmp_path}/", "photos") == ["photos/2026/cat.jpg"]
    assert photos.objects["2026/cat.jpg"].body == b"a cat"


def test_a_large_file_goes_in_parts(fakecos, tmp_path):
    films = fakecos.create_bucket("films")
    (tmp_path / "film.mp4").write_bytes(bytes(12 * MIB))
    s3fs.S3FileSystem().put(f"{tmp_path}/film.mp4", "films/film.mp4", chunksize=5 * MIB)
    assert [part.size for part in films.objects["film.mp4"].parts.values()] == [5 * MIB, 5 * MIB, 2 * MIB]
    fakecos.assert_no_open_uploads()


def test_what_may_not_be_read_is_a_permission_error(fakecos):
    fakecos.create_bucket("photos")
    fakecos.put_object("photos", "cat.jpg", b"a cat")
    fakecos.inject("GetObject", error="AccessDenied")
    with pytest.raises(PermissionError):
        s3fs.S3FileSystem().cat("photos/cat.jpg")
