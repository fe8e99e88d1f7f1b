"""s3fs: files in a bucket, from a thread and event loop of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, MIB, PART, act, three_parts

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place


def file_system() -> Any:
    """Return a file system that is nobody else's."""
    import s3fs

    return s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)


@act("s3fs")
def write(place: Place) -> Function:
    """`with fs.open(..., "wb")`: three parts over an object"""
    fs, data = file_system(), three_parts(6 * MIB)
    place.put("film")

    def run() -> None:
        with fs.open(f"{BUCKET}/film", "wb", block_size=PART) as file:
            for first in range(0, len(data), 2 * MIB):
                file.write(data[first : first + 2 * MIB])

    return run


@act("s3fs")
def write_small(place: Place) -> Function:
    """`fs.pipe_file` of a few bytes over an object"""
    fs = file_system()
    place.put("note")
    return lambda: fs.pipe_file(f"{BUCKET}/note", b"new")


@act("s3fs")
def put(place: Place) -> Function:
    """`fs.put_file` of three parts over an object"""
    fs, path = file_system(), place.folder / "data"
    path.write_bytes(three_parts())
    place.put("film")
    return lambda: fs.put_file(str(path), f"{BUCKET}/film", chunksize=PART)


@act("s3fs")
def read(place: Place) -> Function:
    """`fs.open(..., "rb")`: three blocks"""
    fs = file_system()
    place.put("film", bytes(range(251)) * 12)

    def run() -> bytes:
        fs.invalidate_cache()
        with fs.open(f"{BUCKET}/film", "rb", block_size=1024, cache_type="readahead") as file:
            return b"".join(iter(lambda: file.read(500), b""))

    return run


@act("s3fs")
def cat(place: Place) -> Function:
    """`fs.cat` of three objects"""
    fs = file_system()
    names = [f"{BUCKET}/{name}" for name in "abc"]
    for name in "abc":
        place.put(name, name.encode() * 10)
    return lambda: fs.cat(names)


@act("s3fs")
def get(place: Place) -> Function:
    """`fs.get_file`; the bytes of the file are what is compared"""
    fs, path = file_system(), place.folder / "data"
    place.put("film", bytes(1000))

    def run() -> bytes:
        fs.get_file(f"{BUCKET}/film", str(path))
        return path.read_bytes()

    return run


@act("s3fs")
def move(place: Place) -> Function:
    """`fs.mv` over an object"""
    fs = file_system()
    place.put("old", b"new bytes")
    place.put("new")

    def run() -> None:
        fs.invalidate_cache()
        fs.mv(f"{BUCKET}/old", f"{BUCKET}/new")

    return run


@act("s3fs")
def remove_tree(place: Place) -> Function:
    """`fs.rm(..., recursive=True)`"""
    fs = file_system()
    for name in "abc":
        place.put(f"tree/{name}")

    def run() -> None:
        fs.invalidate_cache()
        fs.rm(f"{BUCKET}/tree", recursive=True)

    return run
