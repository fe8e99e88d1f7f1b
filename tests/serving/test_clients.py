"""Clients that no patch reaches: each example of the docs runs where its client is installed.

Most clients want an environment of their own: the group `clients` of pyproject.toml, `awscli`, which pins its own
botocore, and what noxfile.py takes as wheels and from Debian.
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
COMMANDS = {
    **{name: f"{name} --version" for name in ("curl", "rclone", "s3cmd")},
    **{name: f"{name} version" for name in ("restic", "s5cmd")},
    "aws_cli": "aws --version",
    "curl_in_a_shell": "curl --version",
    "perl": "perl -MNet::Amazon::S3 -e 1",
    "ruby": "ruby -raws-sdk-s3 -e 1",
    "s3fs_fuse": "s3fs --version",
}
"""What runs where a client is there that is no module of Python."""
MODULES = {"duckdb": ("duckdb_extension_httpfs",), "zarr": ("zarr.storage._obstore", "obstore")}
"""What is imported beside the module of a client's name."""
NAMES = sorted(path.stem.removeprefix("test_") for path in EXAMPLES.glob("test_*.py"))


def is_there(name: str) -> bool:
    """Whether a client is installed: a module, or a command that runs."""
    if name == "s3fs_fuse" and not os.access("/dev/fuse", os.W_OK):
        return False
    if name not in COMMANDS:
        return all(map(is_module, (name, *MODULES.get(name, ()))))
    command, *words = COMMANDS[name].split()
    found = shutil.which(command)
    return found is not None and subprocess.run([found, *words], capture_output=True, check=False).returncode == 0


def is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # of its package
        return False


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
        timeout=300,  # lancedb took 92 where eight jobs shared each core
    )
    assert done.returncode == 0, done.stdout + done.stderr
