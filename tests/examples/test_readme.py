"""README's first screen is true: its test, its two commands, and the program that it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()
EXAMPLES = ROOT / "docs" / "examples"


def run_pytest(path: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "pytest_fakecos", path.name],
        cwd=path.parent,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def test_readme_shows_the_example_to_the_letter() -> None:
    text = (EXAMPLES / "test_another_key.py").read_text()
    assert f"```python\n{text}```\n" in README
    assert len(text.splitlines()) == 12


def test_readmes_first_test_passes(tmp_path: Path) -> None:
    text = (EXAMPLES / "test_first.py").read_text()
    assert f"```python\n{text}```\n" in README
    copy = tmp_path / "test_first.py"
    copy.write_text(text)
    code, shown = run_pytest(copy)
    assert code == pytest.ExitCode.OK, shown
    assert "1 passed" in shown


def test_readmes_test_fails_rightly_on_fakecos(tmp_path: Path) -> None:
    copy = tmp_path / "test_another_key.py"
    copy.write_text((EXAMPLES / copy.name).read_text())
    code, text = run_pytest(copy)
    assert code == pytest.ExitCode.TESTS_FAILED, text
    assert "1 failed" in text
    assert "An error occurred (InvalidRequest) when calling the UploadPart operation" in text


def test_readmes_test_passes_on_moto(tmp_path: Path) -> None:
    pytest.importorskip("moto")
    text = (EXAMPLES / "test_another_key.py").read_text()
    line = next(line for line in text.splitlines() if line.startswith("from fakecos import FakeCOS"))
    instead = line.split("`")[1]
    copy = tmp_path / "test_another_key.py"
    copy.write_text(text.replace(line, instead))
    code, shown = run_pytest(copy)
    assert code == pytest.ExitCode.OK, shown


@pytest.mark.parametrize(
    "command", ["fakecos run --bucket photos docs/examples/upload_in_parts.py PATH", "pytest -n auto"]
)
def test_readme_has_the_two_commands_on_one_line_each(command: str) -> None:
    (line,) = (line for line in README.splitlines() if line.startswith("python3 -m venv") and line.endswith(command))
    assert "pip install '.[" in line


def test_the_example_uploads_a_file_in_parts_and_shows_a_bar(tmp_path: Path) -> None:
    file = tmp_path / "movie.bin"
    file.write_bytes(os.urandom(17 * 1024 * 1024))
    done = subprocess.run(
        [sys.executable, "-m", "fakecos", "run", "--bucket", "photos", str(EXAMPLES / "upload_in_parts.py"), str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('s3://photos/movie.bin has the ETag "')
    assert "100%  17,825,792 of 17,825,792 bytes" in done.stderr
    report = [" ".join(line.split()) for line in done.stderr.splitlines()]
    assert "bucket photos: 1 object, 17,825,792 bytes" in report
    assert any(line.startswith("part 3 1,048,576 ") for line in report)
    assert "UploadPart 3" in report
    assert "uploads left open: none" in report
