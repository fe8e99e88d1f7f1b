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
DESCRIPTION = """Show, as a diff, the test files with FakeCOS() where mock_aws stands and only S3 is used. The exit code
is 2 if a file cannot be read, else 0. With --check it is 0 if there is nothing to do, 1 if files would change, and 3 if
none would and something is left to be done by hand."""
USAGE = "fakecos migrate-from-moto [--write | --check] PATH..."
WOULD_CHANGE, FAILED, ONLY_LEFT = 1, 2, 3


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options."""
    either = command.add_mutually_exclusive_group()
    either.add_argument("--write", action="store_true", help="write the files instead of showing the difference")
    either.add_argument("--check", action="store_true", help="only say which files would change, by the exit code too")
    command.add_argument("path", nargs="+", metavar="PATH", help="a file, or a directory whose *.py files are meant")


def main(options: argparse.Namespace) -> int:
    """Migrate the files of the command line, and return the exit code."""
    return migrate_files(options.path, write=options.write, check=options.check)


def migrate_files(names: Iterable[str], *, write: bool, check: bool = False) -> int:
    """Change the files, or show the difference on stdout, or just say which; say on stderr what was left.

    Returns the exit code.
    """
    import difflib

    from fakecos.cli.moto_rewrite import migrate

    code = changed = reasons = 0
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
            reasons += 1
            _say(f"{path}: left, {reason}")
        if after == before:
            continue
        changed += 1
        if write:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(after)
        elif check:
            _say(f"{path}: would change")
        else:
            old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(old, new, str(path), str(path)))
    done = "changed" if write else "to change (--write changes them)"
    _say(f"{changed} {'file' if changed == 1 else 'files'} {done}")
    if check and code != FAILED:
        return WOULD_CHANGE if changed else ONLY_LEFT if reasons else 0
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
