"""`fakecos migrate-from-moto` on texts: what becomes of a file, or of a suite of files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from fakecos.cli.migration.suite import migrate


class Migrated(NamedTuple):
    """A file after the change. `left` and `look_at`: what is said of it, each with its line."""

    text: str
    left: tuple[str, ...]
    look_at: tuple[str, ...]


def migrated(text: str, name: str = "test_it.py") -> Migrated:
    """Migrate one file by itself."""
    return suite({name: text})[name]


def suite(files: dict[str, str], around: dict[str, str] | None = None) -> dict[str, Migrated]:
    """Migrate files together; `around` are those that the command was not given."""
    texts = {Path(name): text for name, text in files.items()}
    outcomes = migrate(texts, {Path(name): dedent(text) for name, text in (around or {}).items()})
    return {
        path.as_posix(): Migrated(
            outcome.text,
            tuple(f"line {line}: {said}" for line, said in outcome.left),
            tuple(f"line {line}: {said}" for line, said in outcome.look_at),
        )
        for path, outcome in outcomes.items()
    }
