"""Clients that no patch reaches: each example of the docs runs where its client is installed.

Most clients want an environment of their own: the group `clients` of pyproject.toml, and `awscli`, which pins its own
botocore.
FAKECOS_CLIENTS names those that must be there, so that nothing is skipped unseen: `all`, or `pyarrow,curl`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples" / "server_clients"
COMMANDS = {"aws_cli": "aws", "s3cmd": "s3cmd", "curl": "curl", "rclone": "rclone"}
NAMES = sorted(path.stem.removeprefix("test_") for path in EXAMPLES.glob("test_*.py"))


def is_there(name: str) -> bool:
    """Whether a client is installed: a module, or a command that runs."""
    command = COMMANDS.get(name)
    if command is None:
        return importlib.util.find_spec(name) is not None
    found = shutil.which(command)
    return found is not None and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_client_is_served(name: str) -> None:
    wanted = os.environ.get("FAKECOS_CLIENTS", "").split(",")
    if not is_there(name):
        assert not {name, "all"} & set(wanted), f"{name} is not installed"
        pytest.skip(f"{name} is not installed")
    plugins = ("-p", "no:cacheprovider", "-p", "no:asyncio", "-p", "no:fakecos", "-p", "pytest_fakecos")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, f"test_{name}.py"],
        cwd=EXAMPLES,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
