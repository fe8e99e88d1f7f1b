"""The command `fakecos serve`: S3 for the programs of this machine, in a terminal, with its journal shown live.

The address and the journal go to stdout, the report to stderr as that of `fakecos run` does.
"""

from __future__ import annotations

import datetime as dt
import errno
import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING

from fakecos.cli import fake_from_options, policy_file, streams
from fakecos.cli.client_lines import client_lines
from fakecos.cli.closing_report import ClosingReport
from fakecos.cli.option_values import account, domain, loopback, port
from fakecos.facts.hosts import LOOPBACK
from fakecos.facts.services import dialects
from fakecos.service.journal import REFUSAL

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import FrameType

    from fakecos.serving.server import Server
    from fakecos.testing.accounts import AwsAccount

NAME = "serve"
SUMMARY = "serve S3 on a loopback address until Ctrl-C"
DESCRIPTION = "Serve S3 at http://127.0.0.1:PORT, show what comes, and print at the end what is stored."
USAGE = (
    "fakecos serve [--host HOST] [--port PORT] [--tls] [--no-keep-alive] [--domain NAME] [--dialect SERVICE] "
    "[--account ID]... [--bucket NAME]... [--limits NAME=NUMBER[,NAME=NUMBER]] [--as-of DAY] [--all] [--json FILE] "
    "[--required-policy FILE] [--timeline FILE] [--trace FILE] [--control] [--control-port PORT]"
)
PORT = 9000
CONTROL_PORT = 9001
CANNOT_SERVE = 1
BROKEN = 500
SHOWN = (
    *("AWS_ENDPOINT_URL_S3", "AWS_CA_BUNDLE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"),
    *("AWS_REGION", "FAKECOS_CONTROL_URL"),  # the former is all that the SDK for JavaScript reads of the region
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options."""
    fake_from_options.add_options(command)
    fake_from_options.add_files(command)
    policy_file.add_option(command)
    command.add_argument(
        "--host", type=loopback, default=LOOPBACK[0], help=f"{', '.join(LOOPBACK[:-1])} or {LOOPBACK[-1]}"
    )
    command.add_argument("--port", type=port, default=PORT, help=f"the port, {PORT} by default, 0 for a free one")
    command.add_argument("--tls", action="store_true", help="speak https, with a certificate made for this run")
    command.add_argument("--no-keep-alive", action="store_true", help="close each connection after its answer")
    command.add_argument(
        "--domain", type=domain, metavar="NAME", help="a name of the endpoint: of photos.NAME the bucket is photos"
    )
    command.add_argument(
        "--dialect", choices=[*dialects.BY_NAME], help="whose service it is; by default each request shows"
    )
    command.add_argument(
        "--account",
        type=account,
        action="append",
        default=[],
        metavar="ID",
        help="tell keys of the account with these 12 digits too",
    )
    command.add_argument(
        "--control", action="store_true", help="open the control door too: faults, journal and more for any language"
    )
    command.add_argument(
        "--control-port",
        type=port,
        metavar="PORT",
        help=f"its port, {CONTROL_PORT} by default, 0 for a free one; opens it too",
    )


def main(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C, and print the report."""
    from fakecos.facts.exceptions import UsageError

    cos = fake_from_options.make_fake(options, options.dialect)
    report = ClosingReport(cos, options)
    control_port = _control_port(options)
    try:
        accounts = [cos.account(name) for name in options.account]
        server = cos.serve(
            options.host,
            options.port,
            tls=options.tls,
            environment=False,
            domain=options.domain,
            keep_alive=not options.no_keep_alive,
            control=control_port is not None,
            control_port=control_port or 0,
        )
    except UsageError as error:
        if error.__cause__ is None:  # else there is no library for it
            options.parser.error(str(error))
        options.parser.exit(CANNOT_SERVE, f"{options.parser.prog}: error: {error}\n")
    except OSError as error:
        options.parser.exit(CANNOT_SERVE, f"{options.parser.prog}: error: {_why(error, options)}\n")
    _show_until_the_end(_greeting(server, accounts))
    report.write()
    return 0


def _control_port(options: argparse.Namespace) -> int | None:
    """Return the port of the control door, None if there is none."""
    port: int | None = options.control_port
    return CONTROL_PORT if port is None and options.control else port


def _why(error: OSError, options: argparse.Namespace) -> str:
    """Return why there is no server."""
    code = error.errno
    control_port = _control_port(options)
    if code == errno.EADDRINUSE:
        asked = {"--port": options.port, "--control-port": control_port}
        option = next((name for name, port in asked.items() if f", {port})" in str(error)), "--port")
        taken = f"port {asked[option]} of {options.host} is taken by another program"
        return f"{taken}; {option} 0 chooses a free one"
    if code == errno.EACCES:
        return f"this user may not serve at port {options.port}; --port {PORT} or another above 1023 is free to all"
    return str(error)


class _Live(logging.Handler):
    """Print each request that the service logs, with the time at which it came; `ended` is set when nobody reads."""

    def __init__(self, ended: threading.Event) -> None:
        super().__init__()
        self._ended = ended
        self._colours = streams.has_colours(sys.stdout)

    def emit(self, record: logging.LogRecord) -> None:
        """Print one."""
        request = record.args[0] if isinstance(record.args, tuple) and record.args else None
        moment = getattr(request, "time", None)
        if moment is None:
            moment = dt.datetime.fromtimestamp(record.created, dt.timezone.utc)
        time, text = f"{moment:%H:%M:%S}", record.getMessage()
        if self._colours:
            time, text = streams.coloured(time, streams.DIM), streams.coloured(text, _colour(request))
        try:
            print(f"{time}  {text}", flush=True)  # noqa: T201  a command's own words
        except BrokenPipeError:
            self._ended.set()


def _colour(request: object) -> str:
    """Return the colour of a request: green if it went well, yellow if it was refused, red if nothing was answered."""
    status = getattr(request, "status", None)
    if status is None:
        return streams.DIM
    if not status or status >= BROKEN:
        return streams.RED
    return streams.YELLOW if status >= REFUSAL or getattr(request, "error", None) else streams.GREEN


def _show_until_the_end(greeting: str) -> None:
    """Show what comes until the process is interrupted or asked to end, or nobody reads on."""
    log = logging.getLogger("fakecos")
    ended = threading.Event()
    live = _Live(ended)

    def end(_: int, __: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    level = log.level
    log.addHandler(live)
    log.setLevel(logging.DEBUG)
    try:
        print(greeting, flush=True)  # noqa: T201
        while not ended.wait(0.5):  # on Windows a wait without an end is not interrupted
            pass
    finally:
        log.setLevel(level)
        log.removeHandler(live)
        for number, handler in before.items():
            signal.signal(number, handler)


def _greeting(server: Server, accounts: Sequence[AwsAccount]) -> str:
    lines = [f"fakecos serves S3 at {server.endpoint_url} until Ctrl-C."]
    if server.control_url is not None:
        lines.append(f"Its control door, for tests in any language, is {server.control_url}")
    lines.append("For programs that shall find it there:")
    lines += [f"  export {name}={value}" for name, value in server.environment.items() if name in SHOWN]
    if server.ca_bundle is not None:
        lines.append(f"  export NODE_EXTRA_CA_CERTS={server.ca_bundle}")
    for other in accounts:
        keys = f"access key {other.access_key}, secret {other.secret_key}"
        lines.append(f"  account {other.id}: {keys}, canonical id {other.canonical_id}")
    lines += ["Clients, with these variables:", *client_lines(server)]
    return "\n".join([*lines, ""])
