"""`fakecos explore` in a process of its own: exit codes, output held back, reports, and one run repeated."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
RIGHT = """
import boto3
print("a line of the program")
boto3.client("s3").put_object(Bucket="photos", Key="k", Body=b"holiday")
"""
SWALLOWS = """
import boto3
try:
    boto3.client("s3").put_object(Bucket="photos", Key="k", Body=b"holiday")
except Exception as error:
    print("never mind:", error)
"""


def explored(tmp_path: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a program with one bucket."""
    script = tmp_path / "program.py"
    script.write_text(program)
    command = [sys.executable, "-m", "fakecos", "explore", "--bucket", "photos", *words, str(script)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_right_program_ends_with_exit_code_0_and_its_output_is_held_back(tmp_path: Path) -> None:
    done = explored(tmp_path, RIGHT)
    assert done.returncode == 0, done.stderr
    assert "0 findings" in done.stdout
    assert "a line of the program" not in done.stdout + done.stderr


def test_a_finding_ends_with_exit_code_1_and_is_printed(tmp_path: Path) -> None:
    done = explored(tmp_path, SWALLOWS)
    assert done.returncode == 1, done.stderr
    assert "silent-loss: " in done.stdout
    assert "replay='PutObject#1=AccessDenied'" in done.stdout or "PutObject#1=SlowDown for good" in done.stdout
    assert "never mind" not in done.stdout + done.stderr


def test_reports_are_written(tmp_path: Path) -> None:
    page, document = tmp_path / "report.html", tmp_path / "report.json"
    explored(tmp_path, SWALLOWS, "--html", str(page), "--json", str(document))
    assert "silent-loss" in page.read_text(encoding="utf-8")
    assert json.loads(document.read_text(encoding="utf-8"))["findings"][0]["kind"] == "silent-loss"


def test_a_kind_is_accepted_with_a_reason(tmp_path: Path) -> None:
    done = explored(tmp_path, SWALLOWS, "--allow", "silent-loss=best effort")
    assert done.returncode == 0, done.stderr
    assert "accepted: silent-loss" in done.stdout
    assert "best effort" in done.stdout


def test_one_run_is_repeated_with_the_output_of_the_program(tmp_path: Path) -> None:
    done = explored(tmp_path, SWALLOWS, "--replay", "PutObject#1=AccessDenied")
    assert done.returncode == 1, done.stderr
    assert "never mind: An error occurred (AccessDenied)" in done.stdout


def test_an_exception_of_the_repeated_run_comes_through(tmp_path: Path) -> None:
    done = explored(tmp_path, RIGHT, "--replay", "PutObject#1=AccessDenied")
    assert done.returncode == 1
    assert "(AccessDenied) when calling the PutObject operation" in done.stderr


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--failures", "SlowDwn"], "There is no failure 'SlowDwn'; did you mean SlowDown?"),
        (["--allow", "silent-los=why"], "there is no kind 'silent-los'"),
        (["--depth", "0"], "it is a whole number from 1 on"),
        (["--replay", "PutObject"], "is no schedule"),
        (["--replay", "GetObject#1=AccessDenied"], "the program made no such request"),
    ],
)
def test_a_wrong_call_ends_with_exit_code_2_and_says_why(tmp_path: Path, words: list[str], text: str) -> None:
    done = explored(tmp_path, RIGHT, *words)
    assert done.returncode == 2, done.stdout
    assert text in done.stderr


def test_a_program_that_fails_without_failures_is_a_wrong_call(tmp_path: Path) -> None:
    done = explored(tmp_path, "import sys; sys.exit(3)")
    assert done.returncode == 2
    assert "without any failure the program raises SystemExit: 3" in done.stderr
