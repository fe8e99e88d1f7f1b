"""The command `fakecos migrate-from-moto`: which files, and what is said of each."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fakecos import urls

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from fakecos.cli.migration.suite import Outcome

NAME = "migrate-from-moto"
SUMMARY = "replace moto's mock_aws in test files that use S3 only"
DESCRIPTION = """Show, as a diff, the test files with FakeCOS() where mock_aws stands and only S3 is used. The exit code
is 2 if a file cannot be read, else 0. With --check it is 0 if there is nothing to do, 1 if files would change, and 3 if
none would and something is left to be done by hand."""
USAGE = "fakecos migrate-from-moto [--write | --check] PATH..."
WOULD_CHANGE, FAILED, ONLY_LEFT = 1, 2, 3
CONFTEST = "conftest.py"
COMPOSE = ("docker-compose*.y*ml", "compose*.y*ml")
ROOTS = (".git", "pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", "setup.py")
"""What stands in the folder that a project begins in: no conftest.py above it belongs to its tests."""


class Counts(NamedTuple):
    """How many files were changed (or are to be), were left for a reason, have nothing to do, could not be read."""

    changed: int = 0
    left: int = 0
    nothing: int = 0
    failed: int = 0
    look_at: int = 0


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options."""
    either = command.add_mutually_exclusive_group()
    either.add_argument("--write", action="store_true", help="write the files instead of showing the difference")
    either.add_argument("--check", action="store_true", help="only say which files would change, by the exit code too")
    command.add_argument("path", nargs="+", metavar="PATH", help="a file, or a directory whose *.py files are meant")


def main(options: argparse.Namespace) -> int:
    """Migrate the files of the command line, and return the exit code."""
    counts = migrate_files(options.path, write=options.write, check=options.check)
    if counts.failed:
        return FAILED
    if not options.check:
        return 0
    return WOULD_CHANGE if counts.changed else ONLY_LEFT if counts.left or counts.look_at else 0


def migrate_files(names: Iterable[str], *, write: bool, check: bool = False) -> Counts:
    """Change the files, or show the difference on stdout, or just say which; say on stderr what was left."""
    from fakecos.cli.migration.suite import migrate

    texts, errors = _read(_files(names))
    for path, error in errors:
        _say(f"{path}: {error}")
    counts = Counts(failed=len(errors))
    for path, outcome in migrate(texts, _around(texts)).items():
        counts = _add(counts, outcome, changed=outcome.text != texts[path])
        _report(path, outcome)
        if outcome.text != texts[path]:
            if check:
                _say(f"{path}: would change")
            else:
                _change(path, texts[path], outcome.text, write=write)
    counts = counts._replace(look_at=counts.look_at + _compose_files(names))
    _say(_summary(counts, write=write))
    if counts.left or counts.look_at:
        pages = [urls.page(f"how-to/{name}") for name in ("migrate-from-moto", "use-beside-moto")]
        _say(f"What to do about these: {pages[0]}; two fakes in one test: {pages[1]}")
    return counts


def _add(counts: Counts, outcome: Outcome, *, changed: bool) -> Counts:
    is_left = bool(outcome.left)
    return counts._replace(
        changed=counts.changed + changed,
        left=counts.left + is_left,
        nothing=counts.nothing + (not changed and not is_left),
        look_at=counts.look_at + len(outcome.look_at),
    )


def _report(path: Path, outcome: Outcome) -> None:
    for remark in outcome.left:
        _say(f"{path}:{remark.line}: left: {remark.text}")
    for remark in outcome.look_at:
        _say(f"{path}:{remark.line}: look at: {remark.text}")


def _change(path: Path, before: str, after: str, *, write: bool) -> None:
    import difflib

    if write:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(after)
        return
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, str(path), str(path)):
        sys.stdout.write(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")


def _summary(counts: Counts, *, write: bool) -> str:
    files = "file" if counts.changed == 1 else "files"
    done = f"{counts.changed} {files} {'changed' if write else 'to change (--write changes them)'}"
    parts = [done, f"{counts.left} left", f"{counts.nothing} with nothing to do"]
    if counts.failed:
        parts.append(f"{counts.failed} not read")
    if counts.look_at:
        parts.append(f"{counts.look_at} {'place' if counts.look_at == 1 else 'places'} to look at")
    return ", ".join(parts)


def _read(paths: Iterable[Path]) -> tuple[dict[Path, str], list[tuple[Path, Exception]]]:
    """Return the texts of files, with their line ends as they are, and which of them are no Python."""
    import ast

    texts: dict[Path, str] = {}
    errors: list[tuple[Path, Exception]] = []
    for path in paths:
        try:
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            ast.parse(text)
        except (OSError, ValueError, SyntaxError) as error:
            errors.append((path, error))
        else:
            texts[path] = text
    return texts, errors


def _around(texts: Iterable[Path]) -> dict[Path, str]:
    """Return what was not named but belongs to it: each conftest.py above a file, and the tests below a conftest.py."""
    given = list(texts)
    paths: dict[Path, None] = {}
    for path in given:
        folder = path.parent
        for _ in range(len(path.absolute().parts)):
            if (folder / CONFTEST).is_file():
                paths[folder / CONFTEST] = None
            if any((folder / name).exists() for name in ROOTS):
                break
            folder = folder.parent if folder != folder.parent else folder.absolute().parent
        if path.name == CONFTEST:
            paths.update(dict.fromkeys(_files([str(path.parent)])))
    known = {path.absolute() for path in given}
    return _read(path for path in paths if path.absolute() not in known)[0]


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        if not Path(name).is_dir():
            yield Path(name)
            continue
        for directory, inner, files in os.walk(name):
            inner[:] = sorted(one for one in inner if not _is_foreign(Path(directory, one)))
            yield from (Path(directory, file) for file in sorted(files) if file.endswith(".py"))


def _compose_files(names: Iterable[str]) -> int:
    """Say what is to be said of the compose files of the directories, and return how much that is."""
    from fakecos.cli.migration.moto_server import of_compose

    count = 0
    for name in names:
        for pattern in COMPOSE if Path(name).is_dir() else ():
            for path in sorted(Path(name).glob(pattern)):
                for remark in of_compose(path, path.read_text(encoding="utf-8", errors="replace")):
                    _say(f"{path}:{remark.line}: look at: {remark.text}")
                    count += 1
    return count


def _is_foreign(directory: Path) -> bool:
    """Whether a directory holds what others wrote: a virtual environment, installed packages, what is hidden."""
    hidden = directory.name.startswith(".") or directory.name in {"site-packages", "node_modules"}
    return hidden or (directory / "pyvenv.cfg").exists()


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  a command's own words
