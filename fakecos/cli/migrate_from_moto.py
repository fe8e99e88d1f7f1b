"""The command `fakecos migrate-from-moto`: which files, and what is said of each."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

NAME = "migrate-from-moto"
SUMMARY = "replace moto's mock_aws in test files that use S3 only"
DESCRIPTION = "Show, as a diff, the test files with FakeCOS() where mock_aws stands and only S3 is used."
USAGE = "fakecos migrate-from-moto [--write] PATH..."
FAILED = 2


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options."""
    command.add_argument("--write", action="store_true", help="write the files instead of showing the difference")
    command.add_argument("path", nargs="+", help="a file, or a directory whose *.py files are meant")


def main(options: argparse.Namespace) -> int:
    """Migrate the files of the command line, and return the exit code."""
    return migrate_files(options.path, write=options.write)


def migrate_files(names: Iterable[str], *, write: bool) -> int:
    """Change the files, or show the difference on stdout; say on stderr what was left. Return the exit code."""
    import difflib

    from fakecos.cli.moto_rewrite import migrate

    code = changed = 0
    for path in _files(names):
        try:
            with path.open(encoding="utf-8", newline="") as file:  # line ends stay as they are
                before = file.read()
            after, left = migrate(before)
        except (OSError, UnicodeError, SyntaxError) as error:
            _say(f"{path}: {error}")
            code = FAILED
            continue
        for reason in left:
            _say(f"{path}: left, {reason}")
        if after == before:
            continue
        changed += 1
        if write:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(after)
        else:
            old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(old, new, str(path), str(path)))
    done = "changed" if write else "to change (--write changes them)"
    _say(f"{changed} {'file' if changed == 1 else 'files'} {done}")
    return code


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        if not Path(name).is_dir():
            yield Path(name)
            continue
        for directory, inner, files in os.walk(name):
            inner[:] = sorted(one for one in inner if not _is_foreign(Path(directory, one)))
            yield from (Path(directory, file) for file in sorted(files) if file.endswith(".py"))


def _is_foreign(directory: Path) -> bool:
    """Whether a directory holds what others wrote: a virtual environment, installed packages, what is hidden."""
    hidden = directory.name.startswith(".") or directory.name in {"site-packages", "node_modules"}
    return hidden or (directory / "pyvenv.cfg").exists()


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  a command's own words
