"""Directories: everything is judged before the first object is stored, or the first file is written.

Source: our own promise (docs/how-to/inspect-and-assert.md); what Windows takes: documented by Microsoft, Naming Files.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS, SyntheticBody, UsageError
from fakecos.contract.steps.refused import stored_state
from fakecos.testing import paths_of_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
not_as_root = pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may read and write everything")


@pytest.fixture
def cos() -> FakeCOS:
    made = FakeCOS()
    made.create_bucket("photos")
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A directory with one file that could be loaded."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "a-fine.txt").write_bytes(b"1")
    return made


def files_below(directory: Path) -> dict[str, Any]:
    """Return what is there: the bytes of files, and where links lead."""
    return {
        str(path.relative_to(directory)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in directory.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def refuses_to_load(cos: FakeCOS, source: Path, says: str, **more: Any) -> None:
    before = stored_state(cos)
    for bucket in ("photos", "new-bucket"):
        with pytest.raises(UsageError, match=says) as caught:
            cos.load_directory(bucket, source, **more)
        assert "Nothing was stored" in str(caught.value)
    assert stored_state(cos) == before


def refuses_to_dump(cos: FakeCOS, target: Path, says: str) -> None:
    before = files_below(target.parent)
    with pytest.raises(UsageError, match=says) as caught:
        cos.dump_directory(target)
    assert "nothing was written" in str(caught.value)
    assert files_below(target.parent) == before


# --- loading ----------------------------------------------------------------------------------------------


@needs_linux
def test_a_name_that_is_not_utf8_is_not_loaded(cos: FakeCOS, source: Path) -> None:
    (source / "sub").mkdir()
    (source / "sub" / "caf\udce9.txt").write_bytes(b"1")  # one byte, of ISO 8859-1
    refuses_to_load(cos, source, r"caf\\udce9\.txt' has a name that is not UTF-8")


def test_a_key_that_is_too_long_is_not_loaded(cos: FakeCOS, source: Path) -> None:
    refuses_to_load(cos, source, "a-fine.txt' would have a key of 1025 bytes, and S3 takes 1024", prefix="p" * 1015)
    loaded = cos.load_directory("photos", source, prefix="p" * 1014)
    assert len(loaded.objects) == 1


@needs_posix
def test_what_is_no_file_is_not_loaded(
    cos: FakeCOS, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases: dict[str, tuple[Callable[[Path], Any], str]] = {
        "pipe": (os.mkfifo, "is no regular file"),
        "dangling": (lambda path: path.symlink_to("nowhere"), "is a link that leads nowhere"),
        "folder": (lambda path: path.symlink_to(tmp_path, target_is_directory=True), "is a link to a directory"),
    }
    for name, (make, says) in cases.items():
        make(source / name)
        refuses_to_load(cos, source, f"{name}' {says}")
        (source / name).unlink()
    with socket.socket(socket.AF_UNIX) as made:
        monkeypatch.chdir(source)  # the path of a socket is short
        made.bind("door")
        refuses_to_load(cos, source, "door' is no regular file")


@needs_posix
def test_a_link_to_a_file_is_loaded_as_the_file(cos: FakeCOS, source: Path) -> None:
    (source / "link").symlink_to("a-fine.txt")
    assert cos.load_directory("photos", source).objects["link"] == b"1"


@needs_posix
@not_as_root
def test_what_cannot_be_read_is_not_loaded(cos: FakeCOS, source: Path) -> None:
    (source / "z").write_bytes(b"1")
    (source / "z").chmod(0)
    refuses_to_load(cos, source, r"z' cannot be read \(Permission denied\)")
    (source / "z").unlink()
    (source / "zz").mkdir(mode=0)
    refuses_to_load(cos, source, r"zz' cannot be read \(Permission denied\)")
    (source / "zz").chmod(0o700)


@pytest.mark.parametrize("key", ["\udce9", "a\ud800"])
def test_a_key_of_half_a_character_is_not_arranged(cos: FakeCOS, key: str) -> None:
    before = stored_state(cos)
    with pytest.raises(UsageError, match="A key is text of UTF-8"):
        cos.put_object("photos", key)
    with pytest.raises(UsageError, match="A key is text of UTF-8"):
        cos.start_upload("photos", key)
    assert stored_state(cos) == before


# --- writing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("x/" + "n" * 256, "One of its names has 256 bytes, and this file system takes 255"),
        ("ü" * 128, "One of its names has 256 bytes"),
    ],
)
@needs_posix
def test_a_name_that_is_too_long_is_not_written(cos: FakeCOS, tmp_path: Path, key: str, says: str) -> None:
    cos.put_object("photos", "fine")
    cos.put_object("photos", key)
    refuses_to_dump(cos, tmp_path / "out", says)
    assert not (tmp_path / "out").exists()


@needs_posix
def test_a_path_that_is_too_long_is_not_written(cos: FakeCOS, tmp_path: Path) -> None:
    cos.put_object("photos", "/".join(["d" * 250] * 4))
    longest = os.pathconf(tmp_path, "PC_PATH_MAX")
    deep = tmp_path.joinpath(*["t" * 200] * (longest // 201))
    refuses_to_dump(cos, deep, "Its whole path has [0-9]+ bytes, and this system takes")
    assert not list(tmp_path.iterdir())


def test_a_directory_in_the_way_of_a_file_and_the_other_way_round(cos: FakeCOS, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cos.put_object("photos", "a")
    cos.put_object("photos", "b/c")
    (out / "photos" / "a").mkdir(parents=True)
    refuses_to_dump(cos, out, "a is a directory where a file is needed")
    (out / "photos" / "a").rmdir()
    (out / "photos" / "b").write_bytes(b"mine")
    refuses_to_dump(cos, out, "b is a file where a directory is needed")
    (out / "photos" / "b").unlink()
    assert len(cos.dump_directory(out)) == 2
    refuses_to_dump(cos, out / "photos" / "a", "a is a file, and not a directory")


@needs_posix
@pytest.mark.parametrize("place", ["photos", "photos/b", "photos/a"])
def test_links_are_not_followed_out_of_the_target(cos: FakeCOS, tmp_path: Path, place: str) -> None:
    cos.put_object("photos", "a", b"new")
    cos.put_object("photos", "b/c", b"new")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a").write_bytes(b"mine")
    link = tmp_path / "out" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere / "a" if place == "photos/a" else elsewhere)
    refuses_to_dump(cos, tmp_path / "out", f"{place} is a link")
    link.unlink()
    link.symlink_to("nowhere")
    refuses_to_dump(cos, tmp_path / "out", f"{place} is a link")


@needs_posix
def test_the_target_itself_may_be_a_link(cos: FakeCOS, tmp_path: Path) -> None:
    cos.put_object("photos", "a", b"1")
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    cos.dump_directory(tmp_path / "out")
    assert (tmp_path / "real" / "photos" / "a").read_bytes() == b"1"


@needs_posix
def test_a_pipe_in_the_way_is_not_waited_for(cos: FakeCOS, tmp_path: Path) -> None:
    cos.put_object("photos", "a")
    (tmp_path / "out" / "photos").mkdir(parents=True)
    os.mkfifo(tmp_path / "out" / "photos" / "a")
    refuses_to_dump(cos, tmp_path / "out", "a is no regular file")


@needs_posix
@not_as_root
def test_what_may_not_be_written_over(cos: FakeCOS, tmp_path: Path) -> None:
    cos.put_object("photos", "a")
    cos.put_object("photos", "b")
    (tmp_path / "out" / "photos").mkdir(parents=True)
    (tmp_path / "out" / "photos" / "b").write_bytes(b"mine")
    (tmp_path / "out" / "photos" / "b").chmod(0o400)
    refuses_to_dump(cos, tmp_path / "out", "b may not be written to")


@pytest.mark.parametrize(
    "pair", [("Photo.jpg", "photo.jpg"), ("A/x", "a/y"), ("\xfc.txt", "u\u0308.txt"), ("A/x", "a")]
)
def test_two_names_that_are_one_file_are_not_written(
    cos: FakeCOS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pair: tuple[str, str]
) -> None:
    for key in pair:
        cos.put_object("photos", key)
    if not paths_of_keys.ignores_case(tmp_path):
        assert len(cos.dump_directory(tmp_path / "both")) == 2
    monkeypatch.setattr(paths_of_keys, "ignores_case", lambda _: True)
    refuses_to_dump(cos, tmp_path / "out", "are one name on this file system")


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "aux.txt",
        "nul",
        "com1.tar.gz",
        "LPT9",
        "trailing.",
        "trailing ",
        'a"b',
        "a:b",
        "a<b",
        "a?",
        "a|b",
        "tab\t",
    ],
)
def test_windows_cannot_hold_a_name(name: str) -> None:
    assert paths_of_keys.why_not_on_windows(name) is not None
    assert paths_of_keys.why_not_on_windows("n" * 256) is not None


@pytest.mark.parametrize("name", ["console", "auxiliary.txt", "com", "com10", "a.b.c", " leading", "ü" * 255, "a'b"])
def test_windows_can_hold_a_name(name: str) -> None:
    assert paths_of_keys.why_not_on_windows(name) is None


def test_a_disk_is_not_filled(cos: FakeCOS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cos.put_object("photos", "a", b"1")
    cos.put_object("photos", "film.mov", SyntheticBody(5 * 1024**4))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024**4))
    refuses_to_dump(
        cos, tmp_path / "out", "5,497,558,138,881 bytes are stored, and there is room for 1,099,511,627,776"
    )
