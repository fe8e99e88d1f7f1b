"""The command `fakecos run`: run an unchanged program with S3 faked, and tell at the end what S3 would hold.

The program runs as Python itself would run it: its own `__main__`, `sys.argv` and `sys.path`, its own exit
code. S3 stays faked through the program's threads and `atexit` functions; the report comes after them, on
stderr, so that the program's own output can still be piped.
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from fakecos.cli import fake_from_options, policy_file, policy_report, streams
from fakecos.cli.closing_report import ClosingReport
from fakecos.cli.program import Program, ProgramNotFound, add_program, words_of

if TYPE_CHECKING:
    import argparse

    from fakecos.fake import FakeCOS

NAME = "run"
SUMMARY = "run a program with S3 faked"
DESCRIPTION = """Run SCRIPT, or the module after -m, with S3 faked inside the process, and print at its end (on
stderr) what is stored, what was left open, and what came. The exit code is the program's own; with --policy it is
1 where that would be 0 and the policy refused something."""
USAGE = (
    "fakecos run [--bucket NAME]... [--limits NAME=NUMBER[,NAME=NUMBER]] [--as-of DAY] [--all] [--json FILE] "
    "[--policy FILE]... [--required-policy FILE] [--timeline FILE] [--trace FILE] [--serve] [--control] "
    "(SCRIPT | -m MODULE) [args]"
)
REFUSED = 1
"""The exit code where the program ended well, and a policy of --policy refused something."""
INTERRUPTED = 130
"""The exit code that a shell shows for a program ended by Ctrl-C."""


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options, and the program that follows them."""
    fake_from_options.add_options(command)
    fake_from_options.add_files(command)
    policy_file.add_option(command)
    fake_from_options.add_policy(command)
    command.add_argument("--serve", action="store_true", help="serve it for the processes that the program starts too")
    command.add_argument("--control", action="store_true", help="with --serve: open the control door for them too")
    add_program(command)


def main(options: argparse.Namespace) -> NoReturn:
    """Start the fake, run the program in it, and exit with the program's code."""
    words = words_of(options)
    if options.control and not options.serve:
        options.parser.error("argument --control: it goes with --serve")
    cos = fake_from_options.make_fake(options).start()
    if options.serve:
        _open(cos, options)
    report = ClosingReport(cos, options)
    # Registered before the program can register anything, so that it is called last.
    atexit.register(report.write)
    try:
        Program.find(words).run()
    except SystemExit as end:
        report.exit_code = _code_of(end)
        if report.exit_code == 0 and policy_report.refused(cos, options):
            report.exit_code = REFUSED
            sys.exit(REFUSED)
        raise
    except ProgramNotFound as error:
        atexit.unregister(report.write)  # nothing ran: there is nothing to report
        cos.stop()
        options.parser.exit(error.exit_code, f"{options.parser.prog}: error: {error}\n")
    except BaseException as error:  # noqa: BLE001  as the interpreter does it; it ends here
        cos.errors[:] = [other for other in cos.errors if other is not error]  # it is shown now, once is enough
        report.exit_code = INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1
        if not (isinstance(error, BrokenPipeError) and streams.drop_unread()):
            _show(error)
        sys.exit(report.exit_code)
    report.exit_code = REFUSED if policy_report.refused(cos, options) else 0
    sys.exit(report.exit_code)


def _code_of(end: SystemExit) -> int:
    """Return the exit code that the interpreter makes of it, as the shell shows it."""
    if end.code is None:
        return 0
    if not isinstance(end.code, int):
        return 1
    return end.code & 0xFF if os.name == "posix" else end.code


def _open(cos: FakeCOS, options: argparse.Namespace) -> None:
    """Serve the fake of a program, which may start others."""
    from fakecos.facts.exceptions import UsageError

    try:
        cos.serve(control=options.control)
    except UsageError as error:
        cos.stop()
        options.parser.error(str(error))


def _show(error: BaseException) -> None:
    """Show an uncaught exception as the interpreter would: without the frames that ran the program."""
    ours = {__file__, Program.run.__code__.co_filename}
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename in ours:
        trace = trace.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)
