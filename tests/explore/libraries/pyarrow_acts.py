"""pyarrow: its file system speaks to a server by itself, in C++."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, MIB, SERVED, act, three_parts

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place


def file_system(place: Place) -> Any:
    """Return a file system that tries each request twice, and waits 20 milliseconds between."""
    from pyarrow import fs

    assert place.endpoint is not None
    return fs.S3FileSystem(
        access_key="any",
        secret_key="any",
        region="us-east-1",
        scheme="http",
        endpoint_override=place.endpoint.removeprefix("http://"),
        request_timeout=2,
        connect_timeout=2,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=2),
    )


@act("pyarrow", way=SERVED)
def write(place: Place) -> Function:
    """`with fs.open_output_stream(...)`: three parts over an object"""
    files, data = file_system(place), three_parts(10 * MIB)
    place.put("film")

    def run() -> None:
        with files.open_output_stream(f"{BUCKET}/film") as file:
            for first in range(0, len(data), 2 * MIB):
                file.write(data[first : first + 2 * MIB])

    return run


@act("pyarrow", way=SERVED)
def read(place: Place) -> Function:
    """`with fs.open_input_file(...)`"""
    files = file_system(place)
    place.put("film", bytes(range(251)) * 12)

    def run() -> bytes:
        with files.open_input_file(f"{BUCKET}/film") as file:
            return bytes(file.readall())

    return run


@act("pyarrow", way=SERVED)
def move(place: Place) -> Function:
    """`fs.move` over an object"""
    files = file_system(place)
    place.put("old", b"new bytes")
    place.put("new")
    return lambda: files.move(f"{BUCKET}/old", f"{BUCKET}/new")


@act("pyarrow", way=SERVED)
def delete_tree(place: Place) -> Function:
    """`fs.delete_dir`"""
    files = file_system(place)
    for name in "abc":
        place.put(f"tree/{name}")
    return lambda: files.delete_dir(f"{BUCKET}/tree")
