"""The page on the control door: what it shows is what runs, by curl and in Node where these are."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fakecos.serving.control.fault_requests import FAULT
from fakecos.serving.control.forms import misfit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos import FakeCOS, Server

pytestmark = pytest.mark.loopback

ROOT = Path(__file__).parent.parent.parent.parent
PAGE = ROOT / "docs" / "how-to" / "control-door.md"
EXAMPLES = ROOT / "docs" / "examples" / "control"
TEST_OF_THE_CLIENT = Path(__file__).with_name("door.test.mjs")
PACKAGES = Path(os.environ.get("FAKECOS_NODE_MODULES", ROOT / "tests" / "javascript" / "node_modules"))
"""Where npm put the AWS SDK, if it did."""


def blocks(language: str) -> list[str]:
    """Return the blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def run(command: Sequence[str | Path], folder: Path, server: Server) -> str:
    """Run a program that finds the server, and its control door, by the environment."""
    env = {**os.environ, **server.environment}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def node() -> str:
    """Return the program Node, of a version that has fetch and a runner of tests; skip the test without it."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.removeprefix("v").partition(".")[0]) < 18:
        pytest.skip(f"node is {version.strip()}: fetch and node:test are there from 18 on")
    return found


def test_the_page_shows_the_files() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.iterdir()}
    first, client = blocks("js")
    assert scripts["uploads.test.mjs"].startswith(first)
    assert scripts["fakecos.mjs"] == client
    assert scripts["faults.sh"] in blocks("sh")
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"../examples/control/{name}" in page for name in scripts)
    assert len(client.splitlines()) <= 50  # a person reads it before copying it


def test_the_faults_that_the_page_shows_are_faults() -> None:
    shown = [json.loads(line) for block in blocks("json") for line in block.splitlines()]
    assert len(shown) > 5
    assert [misfit(each, FAULT, "body") for each in shown] == [None] * len(shown)


@pytest.mark.slow
def test_by_curl(cos: FakeCOS, server: Server) -> None:
    curl = shutil.which("curl")
    if curl is None or shutil.which("sh") is None:
        pytest.skip("curl is not installed")
    if b"--json" not in subprocess.run([curl, "--help", "all"], capture_output=True, check=True).stdout:
        pytest.skip("curl has no --json: it is older than 7.82")
    shown = run(["sh", "-e", EXAMPLES / "faults.sh"], EXAMPLES, server)
    assert '"is_clean": true' in shown
    assert set(cos.store.buckets) == {"photos"}
    assert cos.unfired_faults() == []


@pytest.mark.slow
def test_in_node(server: Server, tmp_path: Path) -> None:
    program = node()
    for path in (EXAMPLES / "fakecos.mjs", TEST_OF_THE_CLIENT):
        shutil.copy(path, tmp_path)
    assert re.search(r"^\S+ pass 4$", run([program, "--test"], tmp_path, server), re.MULTILINE)


@pytest.mark.slow
def test_in_node_with_the_sdk(server: Server, tmp_path: Path) -> None:
    program = node()
    if not (PACKAGES / "@aws-sdk" / "client-s3").exists():
        pytest.skip("npm has not installed @aws-sdk/client-s3; FAKECOS_NODE_MODULES names the folder")
    for path in EXAMPLES.glob("*.mjs"):
        shutil.copy(path, tmp_path)
    (tmp_path / "node_modules").symlink_to(PACKAGES, target_is_directory=True)
    assert re.search(r"^\S+ pass 2$", run([program, "--test"], tmp_path, server), re.MULTILINE)
