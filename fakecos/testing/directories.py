"""Files that become objects, and objects that become files."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from fakecos.model.store import Store
    from fakecos.testing.arrangement import Arrangement
    from fakecos.testing.views import BucketView


def load(arrangement: Arrangement, bucket: str, directory: str | os.PathLike[str], prefix: str) -> BucketView:
    """Store every file below a directory, and return the bucket. UsageError: as `FakeCOS.load_directory` says."""
    root = Path(directory)
    if not root.is_dir():
        message = f"There is no directory {str(directory)!r} to load into bucket {bucket!r}."
        raise UsageError(message)
    if bucket not in arrangement.contents.store.buckets:
        arrangement.create_bucket(bucket)
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        arrangement.put_object(bucket, prefix + path.relative_to(root).as_posix(), path.read_bytes(), {})
    return arrangement.contents.bucket(bucket)


def dump(store: Store, directory: str | os.PathLike[str]) -> list[Path]:
    """Write every object below a directory. UsageError: as `FakeCOS.dump_directory` says."""
    with store.lock:
        objects = {
            (name, key): stored for name, bucket in store.buckets.items() for key, stored in bucket.objects.items()
        }
    _require_paths(objects.keys())
    written = []
    for (name, key), stored in objects.items():
        path = Path(directory, name, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(stored.content.pieces)
        written.append(path)
    return written


def _require_paths(names: Iterable[tuple[str, str]]) -> None:
    """Refuse keys that cannot be files below the directory of their bucket."""
    folders = {(bucket, str(parent)) for bucket, key in names for parent in PurePosixPath(key).parents}
    for bucket, key in names:
        pieces = key.split("/")
        if not {"", ".", ".."}.isdisjoint(pieces) or "\0" in key or "\\" in key or (bucket, key) in folders:
            message = f"The key {key!r} of bucket {bucket!r} cannot be the path of a file: nothing was written."
            raise UsageError(message)
