"""s3fs talks to the fake: file system calls from its own thread, large files in parts, and its caches."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

s3fs = pytest.importorskip("s3fs")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fakecos import FakeCOS

MIB = 1024 * 1024
SMALL = {"photos/2026/a.txt": b"a", "photos/2026/b.txt": b"bb", "photos/c.txt": b"ccc"}


@pytest.fixture
def fs(cos: FakeCOS) -> Iterator[Any]:
    """A file system that no other test has seen."""
    s3fs.S3FileSystem.clear_instance_cache()
    yield s3fs.S3FileSystem()
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def small(fs: Any) -> Any:
    """The file system with three small files."""
    for name, body in SMALL.items():
        fs.pipe(name, body)
    return fs


def test_what_is_written_can_be_read(cos: FakeCOS, small: Any) -> None:
    assert small.cat("photos/2026/a.txt") == b"a"
    assert small.cat(list(SMALL)) == SMALL
    assert small.cat_file("photos/c.txt", start=1, end=2) == b"c"
    assert cos.bucket("photos").objects["2026/b.txt"].body == b"bb"


def test_it_lists_finds_and_walks(small: Any) -> None:
    assert sorted(small.ls("photos")) == ["photos/2026", "photos/c.txt"]
    assert small.find("photos") == sorted(SMALL)
    assert small.glob("photos/**/b*") == ["photos/2026/b.txt"]
    assert list(small.walk("photos")) == [("photos", ["2026"], ["c.txt"]), ("photos/2026", [], ["a.txt", "b.txt"])]
    assert small.du("photos") == 6
    assert small.isdir("photos/2026")
    assert not small.exists("photos/none")
    assert small.info("photos/c.txt")["size"] == 3


def test_it_copies_moves_and_removes(cos: FakeCOS, small: Any) -> None:
    small.copy("photos/c.txt", "photos/copy.txt")
    small.mv("photos/copy.txt", "photos/moved.txt")
    small.rm("photos/2026", recursive=True)
    assert list(cos.bucket("photos").objects) == ["c.txt", "moved.txt"]
    with pytest.raises(FileNotFoundError):
        small.cat("photos/2026/a.txt")


def test_a_large_file_goes_in_parts(cos: FakeCOS, fs: Any, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(12 * MIB))
    fs.put(str(path), "photos/film.mp4", chunksize=5 * MIB)
    stored = cos.bucket("photos").objects["film.mp4"]
    assert [part.size for part in stored.parts.values()] == [5 * MIB, 5 * MIB, 2 * MIB]
    assert stored.body == path.read_bytes()
    fs.get("photos/film.mp4", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == path.read_bytes()
    cos.assert_no_open_uploads()


def test_a_file_is_written_block_by_block(cos: FakeCOS, fs: Any) -> None:
    with fs.open("photos/log", "wb", block_size=5 * MIB) as file:
        for letter in b"abc":
            file.write(bytes([letter]) * 4 * MIB)
    assert cos.bucket("photos").objects["log"].size == 12 * MIB
    with fs.open("photos/log", "rb") as file:
        file.seek(4 * MIB - 1)
        assert file.read(2) == b"ab"


def test_a_write_that_fails_stores_no_object(cos: FakeCOS, fs: Any) -> None:
    fault = cos.inject("UploadPart", error="AccessDenied", part_number=2, times=10)

    def write() -> None:
        with fs.open("photos/log", "wb", block_size=5 * MIB) as file:
            for _ in range(3):
                file.write(bytes(6 * MIB))

    with pytest.raises(PermissionError):
        write()
    assert fault.hits
    fault.cancel()
    assert "log" not in cos.bucket("photos").objects
