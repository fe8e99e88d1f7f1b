"""What the tests of clients share: a bare environment, both client packages, and programs of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import boto3
import ibm_boto3
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    Client = Callable[..., Any]
    Program = Callable[..., str]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials anywhere, and no search for them on the network."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "IBM_", "COS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setattr(ibm_boto3, "DEFAULT_SESSION", None)


@pytest.fixture(params=["boto3", "ibm_boto3"])
def package(request: pytest.FixtureRequest) -> ModuleType:
    """Each of the two client packages."""
    module: ModuleType = {"boto3": boto3, "ibm_boto3": ibm_boto3}[request.param]
    return module


@pytest.fixture
def new_client(package: ModuleType) -> Client:
    """Make an S3 client of the package, in a session of its own and without any credentials."""

    def make(service: str = "s3", **keywords: Any) -> Any:
        return package.Session().client(service, **{"region_name": "us-east-1", **keywords})

    return make


@pytest.fixture
def run_program(tmp_path: Path) -> Program:
    """Run a program in a process of its own, and return what it printed; it must end well."""

    def run(code: str, **environment: str) -> str:
        script = tmp_path / "program.py"
        script.write_text(textwrap.dedent(code))
        done = subprocess.run(
            [sys.executable, str(script)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
