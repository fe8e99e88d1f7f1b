"""The OpenAPI document and the control door, held to each other by a program that knows neither: `nox -s control`.

It makes requests of the document, right ones and wrong ones, and judges the answers by it. It needs schemathesis, and
nothing of `tests/conftest.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fakecos.serving.control.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.loopback, pytest.mark.slow]

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
SECONDS = 20
"""For requests by chance: there is no end of them."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve a fake in a process of its own, whose clock is moved on, and give the address of its control door."""
    command = [sys.executable, "-m", "fakecos", "serve", "--port", "0", "--control-port", "0", "--bucket", "photos"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            yield next(line.split("=")[1].strip() for line in lines if "FAKECOS_CONTROL_URL" in line)
        finally:
            process.kill()


def read(url: str) -> Any:
    """Return the JSON at an address."""
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310  of this machine
        return json.load(answer)


def run_schemathesis(url: str, folder: Path, *options: str) -> str:
    """Let schemathesis ask the door at an address, and return what it says. Skips the test without it."""
    program = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("schemathesis is not installed: nox -s control")
    command = [program, "--config-file", str(CONFIGURATION), "run", f"{url}/v1/openapi.json", "--url", url]
    command += ["--checks", "all", "--request-timeout", "10", "--no-color", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert read(f"{url}/v1/report")["errors"] == []  # no bug
    return done.stdout


def test_the_examples_and_the_edges_of_each_form_are_answered_as_the_document_says(tmp_path: Path) -> None:
    with serving() as url:
        said = run_schemathesis(url, tmp_path, "--phases", "examples,coverage")
    assert f"Tested: {len(ROUTES) - 1}" in said  # all but the document itself


def test_a_stranger_finds_the_door_as_the_document_says(tmp_path: Path) -> None:
    with serving() as url:
        options = ("--phases", "fuzzing,stateful", "--max-examples", "8", "--max-time", str(SECONDS))
        run_schemathesis(url, tmp_path, *options)
