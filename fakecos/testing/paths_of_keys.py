"""Which keys can be files below a directory, before the first is written: what the system and the directory allow."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fakecos.facts.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

NAME_MAX = 255  # bytes: what every common file system has, where it does not say
PATH_MAX = 4096
NOT_ON_WINDOWS = frozenset('<>:"|?*')
DEVICES = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{kind}{n}" for kind in ("com", "lpt") for n in "123456789¹²³"),
    )
)
"""Names that Windows keeps for devices, with any extension (documented by Microsoft: Naming Files)."""

Named = tuple[str, str]
"""A bucket and a key."""


def require(names: Collection[Named], directory: Path) -> None:
    """Refuse everything that could not be written below `directory`; nothing is written meanwhile.

    UsageError: a key cannot be the path of a file, here or on this file system; two keys would be one file; something
    is in the way; or a link leads elsewhere.
    """
    base = _nearest(directory)
    if not base.is_dir():
        raise _refusal(base, "is a file, and not a directory")
    longest = _limit(base, "PC_NAME_MAX", NAME_MAX), _limit(base, "PC_PATH_MAX", PATH_MAX)
    folders = {(bucket, str(parent)) for bucket, key in names for parent in PurePosixPath(key).parents}
    for bucket, key in names:
        why = _why_no_path(key, is_folder=(bucket, key) in folders) or _why_not_here(bucket, key, directory, *longest)
        if why is not None:
            message = f"The key {key!r} of bucket {bucket!r} cannot be the path of a file: nothing was written. {why}."
            raise UsageError(message)
    _require_distinct(names, _spelling(base))
    seen: set[Path] = set()
    for bucket, key in names:
        path = directory
        pieces = [bucket, *key.split("/")]
        for piece in pieces:
            path /= piece
            if path not in seen:
                seen.add(path)
                _require_free(path, is_file=path == Path(directory, *pieces))


def _refusal(what: object, why: str) -> UsageError:
    return UsageError(f"{what} {why}: nothing was written.")


def _nearest(path: Path) -> Path:
    """Return the path, or the nearest directory above it that is there."""
    found = Path(os.path.abspath(path))  # noqa: PTH100  links stay as they are
    while not os.path.lexists(found):
        found = found.parent
    return found


def _limit(base: Path, name: str, otherwise: int) -> int:
    try:
        return os.pathconf(base, name)
    except (AttributeError, ValueError, OSError):  # not on Windows, and not for every file system
        return otherwise


def _why_no_path(key: str, *, is_folder: bool) -> str | None:
    """Return why a key is no path on any system, or None."""
    if is_folder:
        return "Other keys lie below it, as in a directory"
    pieces = key.split("/")
    if not {"", ".", ".."}.isdisjoint(pieces) or "\0" in key or "\\" in key:
        return "It has a name that is empty, '.' or '..', or a backslash or a zero character"
    return None


def _why_not_here(bucket: str, key: str, directory: Path, longest_name: int, longest_path: int) -> str | None:
    """Return why a key is no path on this system, or None."""
    pieces = [bucket, *key.split("/")]
    try:
        sizes = [len(os.fsencode(piece)) for piece in pieces]
        whole = len(os.fsencode(Path(os.path.abspath(directory), *pieces)))  # noqa: PTH100  as above
    except UnicodeEncodeError:
        return "The file system of this machine has no such characters"
    if os.name == "nt":
        return next(filter(None, map(why_not_on_windows, pieces)), None)
    if max(sizes) > longest_name:
        return f"One of its names has {max(sizes)} bytes, and this file system takes {longest_name}"
    if whole >= longest_path:
        return f"Its whole path has {whole} bytes, and this system takes {longest_path - 1}"
    return None


def why_not_on_windows(piece: str) -> str | None:
    """Return why Windows cannot hold a name, or None (documented by Microsoft: Naming Files)."""
    if len(piece.encode("utf-16-le")) // 2 > NAME_MAX:
        return f"Windows takes names of {NAME_MAX} characters"
    wrong = next((letter for letter in piece if letter in NOT_ON_WINDOWS or letter < " "), None)
    if wrong is not None:
        return f"Windows takes no {wrong!r} in a name"
    if piece.partition(".")[0].rstrip(" ").lower() in DEVICES:
        return f"{piece!r} is the name of a device on Windows"
    if piece.endswith((".", " ")):
        return "On Windows no name ends in a dot or a space"
    return None


# --- two keys that would be one file ----------------------------------------------------------------------


def _spelling(base: Path) -> Callable[[str], str] | None:
    """Return what makes equal the names that are one on the file system of `base`, None if each is its own."""
    if not ignores_case(base):
        return None
    return lambda name: unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def ignores_case(base: Path) -> bool:
    """Whether the file system of a directory takes `a` for `A`: its own name is tried, and those above it.

    What nobody can tell without writing is as usual on the system.
    """
    device = base.stat().st_dev
    for path in (base, *base.parents):
        if path.stat().st_dev != device:
            break
        other = path.with_name(path.name.swapcase()) if path.name else path
        if other.name != path.name:
            return other.exists() and other.samefile(path)
    return os.name == "nt" or sys.platform == "darwin"


def _require_distinct(names: Collection[Named], spelling: Callable[[str], str] | None) -> None:
    """Refuse two keys of which one would be written over the other, or into a folder of another spelling."""
    if spelling is None:
        return
    spelled: dict[tuple[str, ...], tuple[str, ...]] = {}
    for bucket, key in names:
        for path in _beginnings((bucket, *key.split("/"))):
            folded = tuple(map(spelling, path))
            other = spelled.setdefault(folded, path)
            if other != path:
                both = " and ".join(repr("/".join(one)) for one in (other, path))
                raise _refusal(both, "are one name on this file system")


def _beginnings(pieces: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for end in range(1, len(pieces) + 1):
        yield pieces[:end]


# --- what is there already --------------------------------------------------------------------------------


def _require_free(path: Path, *, is_file: bool) -> None:
    """Refuse a link, a directory in the place of a file or the other way round, and what may not be written."""
    if path.is_symlink():
        raise _refusal(path, "is a link, and what it leads to would be written over")
    if not os.path.lexists(path):
        above = path.parent
        if above.is_dir() and not os.access(above, os.W_OK | os.X_OK):
            raise _refusal(above, "may not be written to")
        return
    if not is_file and not path.is_dir():
        raise _refusal(path, "is a file where a directory is needed")
    if is_file and not path.is_file():
        raise _refusal(path, f"is {'a directory' if path.is_dir() else 'no regular file'} where a file is needed")
    if is_file and not os.access(path, os.W_OK):
        raise _refusal(path, "may not be written to")
