"""Suites for moto are rewritten, and pass: the way over is what broke, and not what S3 answers."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.support.moto_layouts import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.loopback]
FOLDERS = {f"layout_{number}": name for number, name in enumerate(LAYOUTS)}


def test_suites_pass_with_moto_and_rewritten_without_it(tmp_path: Path) -> None:
    write(tmp_path)
    wanted = {folder: LAYOUTS[name].passed for folder, name in FOLDERS.items()}
    needs_more = [folder for folder, name in FOLDERS.items() if not LAYOUTS[name].runs_with_moto]
    before = passed(tmp_path, *(f"--ignore={folder}" for folder in needs_more))
    assert before == {folder: count for folder, count in wanted.items() if folder not in needs_more}
    done = run(tmp_path, "fakecos", "migrate-from-moto", "--write", ".")
    assert ": left: " not in done.stderr
    for path in tmp_path.rglob("*.py"):
        assert "moto" not in path.read_text()
    assert passed(tmp_path) == wanted


def test_what_is_rewritten_is_not_rewritten_again(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path, "fakecos", "migrate-from-moto", "--write", ".")
    assert run(tmp_path, "fakecos", "migrate-from-moto", ".").stdout == ""


def write(folder: Path) -> None:
    (folder / "pytest.ini").write_text("[pytest]\n")
    for name, layout in FOLDERS.items():
        for path, text in LAYOUTS[layout].files.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(text)


def passed(folder: Path, *options: str) -> Counter[str]:
    """Run the suites, and return how many tests of each folder passed."""
    words = ("-v", "-p", "no:cacheprovider", "-p", "no:randomly", "-n", "0", "-W", "ignore", "--import-mode=importlib")
    done = run(folder, "pytest", *words, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return Counter(line.partition("/")[0] for line in done.stdout.splitlines() if " PASSED " in line)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
