"""Files that become objects, and objects that become files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fakecos.facts.exceptions import UsageError
from fakecos.testing import paths_of_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.model.store import Store
    from fakecos.testing.arrangement import Arrangement
    from fakecos.testing.views import BucketView


def load(arrangement: Arrangement, bucket: str, directory: str | os.PathLike[str], prefix: str) -> BucketView:
    """Store every file below a directory, and return the bucket. UsageError: as `FakeCOS.load_directory` says."""
    root = Path(directory)
    if not root.is_dir():
        message = f"There is no directory {str(directory)!r} to load into bucket {bucket!r}."
        raise UsageError(message)
    # All are read and judged before the first is stored.
    longest = arrangement.longest_key(bucket)
    bodies = {_key_of(path, root, prefix, longest): _read(path) for path in sorted(_files_in(root))}
    if bucket not in arrangement.contents.store.buckets:
        arrangement.create_bucket(bucket)
    for key, body in bodies.items():
        arrangement.put_object(bucket, key, body, {})
    return arrangement.contents.bucket(bucket)


def _files_in(root: Path) -> Iterator[Path]:
    """Yield everything below a directory that is no directory itself."""
    for folder, folders, files in os.walk(root, onerror=_unreadable):
        for name in folders:
            path = Path(folder, name)
            if path.is_symlink():
                raise _refusal(path, "is a link to a directory, and links are not followed: load that one by itself")
        yield from (Path(folder, name) for name in files)


def _unreadable(error: OSError) -> NoReturn:
    raise _refusal(error.filename, f"cannot be read ({error.strerror})") from error


def _refusal(path: str | os.PathLike[str], why: str) -> UsageError:
    return UsageError(f"{os.fspath(path)!r} {why}. Nothing was stored.")


def _key_of(path: Path, root: Path, prefix: str, longest: int) -> str:
    key = prefix + path.relative_to(root).as_posix()
    try:
        size = len(key.encode())
    except UnicodeEncodeError:
        raise _refusal(path, "has a name that is not UTF-8, as every key is: rename the file") from None
    if size > longest:
        raise _refusal(path, f"would have a key of {size} bytes, and S3 takes {longest}")
    return key


def _read(path: Path) -> bytes:
    if path.is_symlink() and not path.exists():
        raise _refusal(path, "is a link that leads nowhere")
    if not path.is_file():  # a pipe would be waited for
        raise _refusal(path, "is no regular file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refusal(path, f"cannot be read ({error.strerror})") from error


def _require_room(size: int, directory: Path) -> None:
    """Refuse to fill a disk: a SyntheticBody has more bytes than any. UsageError: there is no room."""
    there = directory.absolute()
    free = shutil.disk_usage(next((folder for folder in (there, *there.parents) if folder.is_dir()), there)).free
    if size > free:
        message = (
            f"{size:,} bytes are stored, and there is room for {free:,} at {str(directory)!r}: nothing was written."
        )
        raise UsageError(message)


def dump(store: Store, directory: str | os.PathLike[str]) -> list[Path]:
    """Write every object below a directory. UsageError: as `FakeCOS.dump_directory` says."""
    with store.lock:
        objects = {
            (name, key): stored for name, bucket in store.buckets.items() for key, stored in bucket.objects.items()
        }
    paths_of_keys.require(objects.keys(), Path(directory))
    _require_room(sum(stored.size for stored in objects.values()), Path(directory))
    written = []
    for (name, key), stored in objects.items():
        path = Path(directory, name, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(stored.content.pieces)
        written.append(path)
    return written
