"""A shell asks argcomplete for the words of the command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ASKS = "import os; os.dup2(1, 8); os.dup2(2, 9); from fakecos.cli.main import main; main()"


@pytest.mark.skipif(os.name != "posix", reason="the shells of argcomplete")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("fakecos se", {"serve"}),
        ("fakecos run --b", {"--bucket"}),
        ("fakecos serve --dialect ", {"aws", "ibm"}),
        ("fakecos run uplo", {"uploader.py"}),
        ("fakecos migrate-from-moto --w", {"--write"}),
    ],
)
def test_words_are_completed(tmp_path: Path, line: str, words: set[str]) -> None:
    pytest.importorskip("argcomplete")
    (tmp_path / "uploader.py").touch()
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\v", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    done = subprocess.run(
        [sys.executable, "-c", ASKS],
        cwd=tmp_path,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert {word.strip() for word in done.stdout.split("\v")} == words, done.stderr
