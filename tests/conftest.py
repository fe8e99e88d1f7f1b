"""What holds for every test: no network, and child processes that find this tree."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests import error_rows
from tests.contract import doors
from tests.support import one_minute, thorough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

refused: list[str] = []
loopback_is_open = False


class NetworkRefused(BaseException):
    """A test tried to reach another machine. No `except Exception` of a client shall swallow it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the contract suite run through another client, or another door."""
    clients = ("boto3", "aiobotocore", "aiobotocore-httpx")
    parser.addoption("--client", choices=clients, default="boto3", help="the client of tests/contract for AWS")
    doors.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Let the programs that tests start import this tree, installed or not."""
    doors.forgive(config)
    paths = [str(ROOT), str(ROOT / "plugins"), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    error_rows.watch()
    error_rows.expect(config)
    try:
        from hypothesis import settings
    except ImportError:
        return
    settings.register_profile("fakecos", deadline=None)  # no timing is an assertion here
    settings.load_profile("fakecos")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark what is slow before `-m` selects; let the test that looks at all others come last, whatever the order."""
    one_minute.mark_slow(items)
    thorough.mark_thorough(items)
    yield
    error_rows.put_last(config, items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take up what a worker of xdist saw."""
    error_rows.receive_from_worker(getattr(node, "workeroutput", {}).get("error_rows"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the controller what this worker saw; or be the controller, and judge."""
    error_rows.send_to_controller(session.config)
    if error_rows.verdict() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say why the controller of xdist fails a run in which every test passed."""
    if error_rows.verdict():
        terminalreporter.write_sep("=", "tests/test_error_table.py", red=True, bold=True)
        terminalreporter.write_line(f"FAILED {error_rows.verdict()}")


def refuse(target: object) -> NoReturn:
    """Record the attempt, which code under test may hide, and raise."""
    refused.append(repr(target))
    message = f"the test suite refuses the network: {target!r}"
    raise NetworkRefused(message)


def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a `connect` of sockets: pipes of this machine (AF_UNIX) pass, addresses do not."""

    def guard(self: socket.socket, address: Any, *rest: Any) -> Any:
        local = loopback_is_open and isinstance(address, tuple) and address[0] in LOOPBACK
        if self.family == getattr(socket, "AF_UNIX", None) or local:
            return connect(self, address, *rest)
        refuse(address)

    return guard


@pytest.fixture(scope="session", autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if doors.opens_network(request.config):
        yield
        return
    lookup = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        if host is None or (loopback_is_open and host in LOOPBACK):
            return lookup(host, *rest, **named)
        return refuse(host)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def _no_attempt_went_unseen(request: pytest.FixtureRequest) -> Iterator[None]:
    global loopback_is_open  # noqa: PLW0603  threads of the test read it too
    refused.clear()
    marked = request.node.get_closest_marker("loopback") is not None
    loopback_is_open = marked or doors.opens_loopback(request.config)
    yield
    loopback_is_open = False
    assert not refused, f"the test tried to reach {', '.join(refused)}"
