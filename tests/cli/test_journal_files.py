"""`fakecos run --timeline FILE --trace FILE`: what is written of the requests at the end of a command."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import os
import boto3
os.chdir("/")
print("started")
boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1")
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "fakecos", "run", "--bucket", "photos", *words, "script.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("option", ["--timeline", "--trace"])
def test_a_path_that_cannot_be_written_is_refused_before_the_program_runs(tmp_path: Path, option: str) -> None:
    done = run(tmp_path, option, "nowhere/file")
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"argument {option}: cannot write 'nowhere/file': there is no folder 'nowhere'" in done.stderr


def test_the_files_of_a_program_are_written_at_its_end(tmp_path: Path) -> None:
    done = run(tmp_path, "--trace", "trace.json", "--timeline", "page.html")
    assert done.returncode == 0
    assert "requests: 1" in done.stderr  # the report comes as well
    events = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))["traceEvents"]
    assert [event["name"] for event in events if event["ph"] == "X"] == ["PutObject"]
    assert "PutObject" in (tmp_path / "page.html").read_text(encoding="utf-8")
