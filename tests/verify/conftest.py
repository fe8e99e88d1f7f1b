"""What the tests of `fakecos verify` share: a fake that is served as if it were a service, and the command."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
import pytest

from fakecos import FakeCOS
from fakecos.cli.main import main
from fakecos.contract.asking import Asking
from fakecos.contract.pace import Pace
from fakecos.contract.real_service import RealService
from fakecos.contract.steps.ownership_of import OTHER
from fakecos.model.store import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ACCESS_KEY, SECRET_KEY = "AKIDOFTHEACCOUNT", "this-must-be-written-nowhere"
FAST = ("--yes", "--rate", "10000")


class Done(NamedTuple):
    """How the command ended: exit code, what it printed, what it said on stderr, and its JSON (None: none)."""

    code: int
    out: str
    err: str
    json: Any


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Credentials by the environment, and nothing of the machine's own configuration."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "no-such-file"))


@pytest.fixture
def store() -> FakeCOS:
    """The fake that stands for a service, and verifies signatures as one does."""
    return FakeCOS(credentials={ACCESS_KEY: SECRET_KEY}, keep_environment=True)


@pytest.fixture
def partner(store: FakeCOS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The profile of a second account of the store; the numbers of both accounts are told."""
    account = store.account(OTHER)
    file = tmp_path / "credentials"
    keys = f"aws_access_key_id = {account.access_key}\naws_secret_access_key = {account.secret_key}"
    file.write_text(
        f"[partner]\n{keys}\naws_account_id = {OTHER}\n[again]\naws_access_key_id = {ACCESS_KEY}\n"
        f"aws_secret_access_key = {SECRET_KEY}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_ACCOUNT_ID", ACCOUNT)
    return "partner"


@pytest.fixture
def url(store: FakeCOS) -> Iterator[str]:
    """Its address, without TLS."""
    with store.serve() as server:
        yield server.endpoint_url


@pytest.fixture
def tls_url(store: FakeCOS, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address, with TLS, whose authority is known."""
    with store.serve(tls=True) as server:
        monkeypatch.setenv("AWS_CA_BUNDLE", str(server.ca_bundle))
        yield server.endpoint_url


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Done]:
    """Return what runs `fakecos verify` with some words."""

    def run(*words: str) -> Done:
        file = tmp_path / "found.json"
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(["verify", "--json", str(file), *words])
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Done(end.value.code, said.out, said.err, json.loads(file.read_text()) if file.exists() else None)

    return run


@pytest.fixture
def session() -> Any:
    """A session with the credentials of the environment."""
    return boto3.session.Session()


@pytest.fixture
def service(session: Any) -> Callable[..., RealService]:
    """Return what makes the service at an address, as the command does."""

    def make(url: str, **more: Any) -> RealService:
        return RealService(session, Asking(url, "us-east-1", "fakecos-verify", **more), Pace(10_000))

    return make
