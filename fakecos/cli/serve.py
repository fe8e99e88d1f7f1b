"""The command `fakecos serve`: S3 for the programs of this machine, in a terminal, with its journal shown live.

The address and the journal go to stdout, the report to stderr as that of `fakecos run` does.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING

from fakecos.cli import fake_from_options
from fakecos.cli.closing_report import finish
from fakecos.facts.services import dialects

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import FrameType

    from fakecos.fake import FakeCOS
    from fakecos.serving.server import Server
    from fakecos.testing.accounts import AwsAccount

NAME = "serve"
SUMMARY = "serve S3 on a loopback address until Ctrl-C"
DESCRIPTION = "Serve S3 at http://127.0.0.1:PORT, show what comes, and print at the end what is stored."
USAGE = (
    "fakecos serve [--port PORT] [--tls] [--domain NAME] [--dialect SERVICE] [--account ID]... [--bucket NAME]... "
    "[--limits NAME=NUMBER[,NAME=NUMBER]] [--as-of DAY] [--all]"
)
PORT = 9000
SHOWN = ("AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options."""
    fake_from_options.add_options(command)
    command.add_argument("--port", type=int, default=PORT, help=f"the port, {PORT} by default, 0 for a free one")
    command.add_argument("--tls", action="store_true", help="speak https, with a certificate made for this run")
    command.add_argument("--domain", metavar="NAME", help="a name of the endpoint: of photos.NAME the bucket is photos")
    command.add_argument(
        "--dialect", choices=[*dialects.BY_NAME], help="whose service it is; by default each request shows"
    )
    command.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="ID",
        help="tell keys of the account with these 12 digits too",
    )


def main(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C, and print the report."""
    from fakecos.facts.exceptions import UsageError

    cos = fake_from_options.make_fake(options, options.dialect)
    try:
        accounts = [cos.account(name) for name in options.account]
        _serve(cos, accounts, options.port, tls=options.tls, domain=options.domain)
    except (OSError, UsageError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            options.parser.error(f"port {options.port} is taken by another program; --port 0 chooses a free one")
        options.parser.error(str(error))
    finish(cos, fake_from_options.rows_of(options), os.getpid())
    return 0


class _Live(logging.Handler):
    """Print each request that the service logs, with the time at which it came."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one."""
        request = record.args[0] if isinstance(record.args, tuple) and record.args else None
        time = getattr(request, "time", None)
        if time is not None:
            print(f"{time:%H:%M:%S}  {request}", flush=True)  # noqa: T201  a command's own words


def _serve(cos: FakeCOS, accounts: Sequence[AwsAccount], port: int, *, tls: bool, domain: str | None) -> None:
    """Serve until the process is interrupted or asked to end, and print the keys of the accounts.

    OSError: the port is taken. UsageError: no extra, or the domain is no name.
    """
    log = logging.getLogger("fakecos")
    live = _Live()
    ended = threading.Event()

    def end(_: int, __: FrameType | None) -> None:
        ended.set()

    server = cos.serve(port=port, tls=tls, environment=False, domain=domain)
    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    level = log.level
    log.addHandler(live)
    log.setLevel(logging.DEBUG)
    try:
        print(_greeting(server, accounts), flush=True)  # noqa: T201
        while not ended.wait(0.5):  # on Windows a wait without an end is not interrupted
            pass
    finally:
        log.setLevel(level)
        log.removeHandler(live)
        for number, handler in before.items():
            signal.signal(number, handler)


def _greeting(server: Server, accounts: Sequence[AwsAccount]) -> str:
    lines = [f"fakecos serves S3 at {server.endpoint_url} until Ctrl-C. For programs that shall find it there:"]
    lines += [f"  export {name}={value}" for name, value in server.environment.items() if name in SHOWN]
    for account in accounts:
        keys = f"access key {account.access_key}, secret {account.secret_key}"
        lines.append(f"  account {account.id}: {keys}, canonical id {account.canonical_id}")
    return "\n".join([*lines, ""])
