"""`fakecos run --required-policy FILE`: the smallest policy of a program."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import os
import boto3
s3 = boto3.client("s3")
s3.put_object(Bucket="photos", Key="backup/a", Body=b"1")
print("done")
os.chdir("/")
"""
WANTED = [
    {
        "Sid": "WriteObjectsInPhotos",
        "Effect": "Allow",
        "Action": ["s3:PutObject"],
        "Resource": ["arn:aws:s3:::photos/backup/a"],
    }
]


def run(folder: Path, *words: str, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(program)
    command = [sys.executable, "-m", "fakecos", "run", "--bucket", "photos", *words, "script.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.slow
def test_it_is_written_into_a_file(tmp_path: Path) -> None:
    done = run(tmp_path, "--required-policy", "policy.json")
    assert (done.returncode, done.stdout) == (0, "done\n")
    policy = json.loads((tmp_path / "policy.json").read_text(encoding="utf-8"))
    assert policy["Statement"] == WANTED
    assert FakeCOS(identity_policy=policy)


@pytest.mark.slow
def test_a_minus_prints_it_after_the_program_s_own_output(tmp_path: Path) -> None:
    done = run(tmp_path, "--required-policy", "-")
    first, _, policy = done.stdout.partition("\n")
    assert (first, json.loads(policy)["Statement"]) == ("done", WANTED)
    assert "requests: 1" in done.stderr


@pytest.mark.slow
def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = run(tmp_path, "--required-policy", "no-folder/policy.json")
    assert done.returncode == 2
    assert "argument --required-policy: cannot write 'no-folder/policy.json': there is no folder" in done.stderr
    closed = run(tmp_path, "--required-policy", "-", program=f"{PROGRAM}\nimport sys\nsys.stdout.close()\n")
    assert "fakecos: cannot print the policy: the program has closed its output; name a file" in closed.stderr
