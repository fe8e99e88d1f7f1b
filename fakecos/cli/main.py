"""The command `fakecos`: run an unchanged program with S3 faked, or serve S3; tell at the end what S3 would hold.

The program runs as Python itself would run it: its own `__main__`, `sys.argv` and `sys.path`, its own exit
code. S3 stays faked through the program's threads and `atexit` functions; the report comes after them, on
stderr, so that the program's own output can still be piped.
"""

from __future__ import annotations

import argparse
import atexit
import errno
import os
import sys
import warnings
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NoReturn

from fakecos.cli.program import Program, ProgramNotFound
from fakecos.testing.report import ROWS, report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fakecos.fake import FakeCOS

WITH_VALUE = ("--bucket", "--limits")
PORT = 9000
MIGRATE = "migrate-from-moto"
COMMANDS = {
    "run": "run a program with S3 faked",
    "serve": "serve S3 on a loopback address until Ctrl-C",
    MIGRATE: "replace moto's mock_aws in test files that use S3 only",
}
INTERRUPTED = 130
"""The exit code that a shell shows for a program ended by Ctrl-C."""

STDERR = 2
"""Its file descriptor, which stays open when the program closes `sys.stderr`."""

DESCRIPTION = """Run SCRIPT, or the module after -m, with S3 faked inside the process, and print at its end (on
stderr) what is stored, what was left open, and what came. The exit code is the program's own."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Do what the command line says, and exit."""
    own, program = split(list(sys.argv[1:] if arguments is None else arguments))
    parser = _parser()
    options = parser.parse_args(own)
    if options.command is None:
        parser.print_help()
        sys.exit(0)
    if options.command == MIGRATE:
        from fakecos.cli.migrate_from_moto import migrate_files

        sys.exit(migrate_files(options.path, write=options.write))
    if options.command == "serve":
        _serve(options)
    if not program or program == ["-m"]:
        options.parser.error("which program? Give a SCRIPT, or -m MODULE")
    run(program, options)


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Divide a command line into our own options and the program with its arguments.

    The program starts at `-m` or at the first word behind `run` that is neither an option nor an option's value.
    """
    place = 1 if arguments[:1] == ["run"] else len(arguments)
    while place < len(arguments):
        word = arguments[place]
        if word == "--":
            return arguments[:place], arguments[place + 1 :]
        if word in {"-m", "-"} or not word.startswith("-"):
            break
        place += 2 if word in WITH_VALUE else 1
    return arguments[:place], arguments[place:]


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<19}{what}" for name, what in COMMANDS.items())
    parser = argparse.ArgumentParser(
        "fakecos",
        usage="fakecos [-h] [--version] COMMAND ...",
        description=f"S3, faithfully, inside the process.\n\ncommands:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,  # its own list of commands differs between Pythons
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"fakecos {_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", help=argparse.SUPPRESS)
    command = commands.add_parser(
        "run",
        description=DESCRIPTION,
        usage="fakecos run [--bucket NAME]... [--limits NAME=NUMBER[,NAME=NUMBER]] [--all] [--serve] "
        "(SCRIPT | -m MODULE) [args]",
        allow_abbrev=False,
    )
    _add_store(command)
    command.add_argument("--serve", action="store_true", help="serve it for the processes that the program starts too")
    server = commands.add_parser(
        "serve",
        description="Serve S3 at http://127.0.0.1:PORT, show what comes, and print at the end what is stored.",
        usage="fakecos serve [--port PORT] [--tls] [--domain NAME] [--dialect {aws,ibm}] [--account ID]... "
        "[--bucket NAME]... [--limits NAME=NUMBER[,NAME=NUMBER]] [--all]",
        allow_abbrev=False,
    )
    _add_store(server)
    server.add_argument("--port", type=int, default=PORT, help=f"the port, {PORT} by default, 0 for a free one")
    server.add_argument("--tls", action="store_true", help="speak https, with a certificate made for this run")
    server.add_argument("--domain", metavar="NAME", help="a name of the endpoint: of photos.NAME the bucket is photos")
    server.add_argument("--dialect", choices=("aws", "ibm"), help="whose service it is; by default each request shows")
    server.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="ID",
        help="tell keys of the account with these 12 digits too",
    )
    migrate = commands.add_parser(
        MIGRATE,
        description="Show, as a diff, the test files with FakeCOS() where mock_aws stands and only S3 is used.",
        usage="fakecos migrate-from-moto [--write] PATH...",
        allow_abbrev=False,
    )
    migrate.add_argument("--write", action="store_true", help="write the files instead of showing the difference")
    migrate.add_argument("path", nargs="+", help="a file, or a directory whose *.py files are meant")
    return parser


def _add_store(command: argparse.ArgumentParser) -> None:
    """Add the options that say what is stored at first, and how it is reported."""
    command.add_argument("--bucket", action="append", default=[], metavar="NAME", help="create this bucket before")
    command.add_argument("--limits", type=_limits, default={}, metavar="NAME=NUMBER", help="as in min_part_size=1")
    command.add_argument("--all", action="store_true", help=f"report everything, not only {ROWS} rows of each list")
    command.set_defaults(parser=command)


def _version() -> str:
    try:
        return version("fakecos")
    except PackageNotFoundError:
        return "(not installed)"


def _limits(text: str) -> dict[str, int]:
    """Read `name=number[,name=number]`; what the numbers may be is judged by Limits itself."""
    from fakecos.facts.exceptions import UsageError
    from fakecos.facts.limits import Limits

    known = sorted(Limits.__dataclass_fields__)
    chosen = {}
    for item in text.split(","):
        name, _, number = item.partition("=")
        if name not in known:
            message = f"no limit is called {name!r}; there are: {', '.join(known)}"
            raise argparse.ArgumentTypeError(message)
        try:
            chosen[name] = int(number)
        except ValueError:
            message = f"{name} needs a whole number, not {number!r}"
            raise argparse.ArgumentTypeError(message) from None
    try:
        Limits(**chosen)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return chosen


def run(words: list[str], options: argparse.Namespace) -> NoReturn:
    """Start the fake, run the program in it, and exit with the program's code."""
    cos = _make(options).start()
    if options.serve:
        _open(cos, options)
    # Registered before the program can register anything, so that it is called last.
    atexit.register(_finish, cos, None if options.all else ROWS, os.getpid())
    try:
        Program.find(words).run()
    except SystemExit:
        raise
    except ProgramNotFound as error:
        print(f"fakecos: {error}", file=sys.stderr)  # noqa: T201  a command's own words
        atexit.unregister(_finish)  # nothing ran: there is nothing to report
        cos.stop()
        sys.exit(error.exit_code)
    except BaseException as error:  # noqa: BLE001  as the interpreter does it; it ends here
        cos.errors[:] = [told for told in cos.errors if told is not error]  # it is shown now, once is enough
        _show(error)
        sys.exit(INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1)
    sys.exit(0)


def _serve(options: argparse.Namespace) -> NoReturn:
    """Serve until Ctrl-C, print the report, and exit."""
    from fakecos.cli.serve import serve
    from fakecos.facts.exceptions import UsageError

    cos = _make(options, options.dialect)
    try:
        accounts = [cos.account(name) for name in options.account]
        serve(cos, accounts, options.port, tls=options.tls, domain=options.domain)
    except (OSError, UsageError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            options.parser.error(f"port {options.port} is taken by another program; --port 0 chooses a free one")
        options.parser.error(str(error))
    _finish(cos, None if options.all else ROWS, os.getpid())
    sys.exit(0)


def _open(cos: FakeCOS, options: argparse.Namespace) -> None:
    """Serve the fake of a program, which may start others."""
    from fakecos.facts.exceptions import UsageError

    try:
        cos.serve()
    except UsageError as error:
        cos.stop()
        options.parser.error(str(error))


def _make(options: argparse.Namespace, dialect: str | None = None) -> FakeCOS:
    from fakecos.facts.errors import S3Error
    from fakecos.facts.exceptions import UsageError
    from fakecos.facts.limits import Limits
    from fakecos.fake import FakeCOS
    from fakecos.operations.buckets import require_name

    cos = FakeCOS(dialect=dialect, limits=Limits(**options.limits))
    for name in options.bucket:
        try:
            require_name(name)
            cos.create_bucket(name)
        except (S3Error, UsageError) as error:
            options.parser.error(f"--bucket {name}: {error}")
    return cos


def _show(error: BaseException) -> None:
    """Show an uncaught exception as the interpreter would: without the frames that ran the program."""
    ours = {__file__, Program.run.__code__.co_filename}
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename in ours:
        trace = trace.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)


def _finish(cos: FakeCOS, rows: int | None, process: int) -> None:
    """Stop the fake and print the report; not in a child that the program forked."""
    from fakecos.facts.exceptions import UnimplementedOperationWarning

    if os.getpid() != process:
        return
    told = [f"{type(error).__name__}: {error}" for error in cos.errors]  # what the program swallowed
    cos.errors.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnimplementedOperationWarning)  # the report says it, below
        cos.stop()
    counts = cos.journal.counts
    told += [f"{name} was answered 501: fakecos does not have it" for name in sorted(_missing(counts))]
    _write(report(cos.store, counts, told, rows))


def _write(text: str) -> None:
    """Write to stderr, after what the program wrote to stdout; the program may have closed both, or have none."""
    with suppress(AttributeError, ValueError, OSError):  # None, closed, or a pipe that nobody reads
        sys.stdout.flush()
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (AttributeError, ValueError):
        if sys.__stderr__ is None:  # this process has none: its number may be some other file's
            return
        with suppress(OSError), open(STDERR, "w", errors="backslashreplace", closefd=False) as stderr:
            stderr.write(text)


def _missing(names: Iterable[str]) -> set[str]:
    from fakecos.operations.registry import operations
    from fakecos.service.journal import UNROUTED

    return set(names) - set(operations()) - {UNROUTED}
