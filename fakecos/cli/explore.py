"""The command `fakecos explore`: run an unchanged program again and again, with each request failing in each way.

The program runs in this process, from its first line each time. What it prints is held back: hundreds of runs print the
same. Its own exit code other than 0 counts as an exception.
"""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any, NoReturn

from fakecos.cli import fake_from_options, progress_bar
from fakecos.cli.option_values import allowance, new_file, seconds, whole_number
from fakecos.cli.program import Program, ProgramNotFound, add_program, words_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from fakecos.explore.exploration import Exploration
    from fakecos.fake import FakeCOS

NAME = "explore"
SUMMARY = "let each request of a program fail in each way, and say where data is lost"
DESCRIPTION = """Run SCRIPT, or the module after -m, once for each request that it makes to S3 and each way in which
that can fail, and print where data is lost, torn or left behind, each with the line that repeats it. The exit code is
0 without findings, 1 with findings, and 2 for a wrong call."""
USAGE = (
    "fakecos explore [--bucket NAME]... [--depth N] [--html FILE] [--json FILE] [--replay SCHEDULE] "
    "(SCRIPT | -m MODULE) [args]"
)
FOUND, WRONG = 1, 2


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options, and the program that follows them."""
    fake_from_options.add_options(command)
    command.add_argument(
        "--depth", type=whole_number, default=1, metavar="N", help="how many failures one run may have (1)"
    )
    command.add_argument(
        "--failures", default="standard", metavar="SET", help='"standard", "all", or names with commas'
    )
    command.add_argument("--no-crashes", action="store_true", help="do not let the process die at each request too")
    command.add_argument(
        "--max-runs", type=whole_number, default=5000, metavar="N", help="end after so many runs (5000)"
    )
    command.add_argument("--max-seconds", type=seconds, metavar="N", help="end after so many seconds")
    command.add_argument(
        "--allow", type=allowance, action="append", default=[], metavar="KIND=REASON", help="accept findings of a kind"
    )
    command.add_argument("--html", type=new_file, metavar="FILE", help="write the report as one HTML file")
    command.add_argument("--json", type=new_file, metavar="FILE", help="write the report as JSON")
    command.add_argument("--replay", metavar="SCHEDULE", help="repeat one run: output and exceptions are the program's")
    add_program(command)


def main(options: argparse.Namespace) -> int:
    """Explore the program, and return the exit code."""
    words = words_of(options)
    with fake_from_options.make_fake(options) as cos:
        try:
            program = Program.find(words)
        except ProgramNotFound as error:
            _refuse(options, error)
        return _explore(cos, program, options)


def _explore(cos: FakeCOS, program: Program, options: argparse.Namespace) -> int:
    from fakecos.explore import exploring
    from fakecos.facts.exceptions import UsageError

    is_replay = options.replay is not None
    with progress_bar.shown("run", to_show=not is_replay) as progress, _held_back(to_hold=not is_replay) as held:
        try:
            prepared = exploring.prepare(
                cos._service,  # noqa: SLF001
                _act_of(program),
                None,
                _keywords(options),
                None if progress is None else progress.show,
                is_async=False,
            )
            found = exploring.run(prepared)
        except UsageError as error:
            held.append(str(error).removeprefix("explore: ").replace("the act", "the program"))
    if held:
        _refuse(options, held[0])
    return _report(found, options)


def _refuse(options: argparse.Namespace, reason: object) -> NoReturn:
    options.parser.exit(WRONG, f"{options.parser.prog}: error: {reason}\n")
    raise AssertionError  # `exit` does not return


def _keywords(options: argparse.Namespace) -> dict[str, Any]:
    names = options.failures.split(",")
    return {
        "recover": None,
        "failures": names,
        "crashes": not options.no_crashes,
        "depth": options.depth,
        "allow": options.allow,
        "max_runs": options.max_runs,
        "max_seconds": options.max_seconds,
        "sleep": "virtual",
        "schedules": None,
        "replay": options.replay,
        "raise_findings": False,
    }


def _act_of(program: Program) -> Callable[[], None]:
    """Return a function that runs the program from its first line; an exit code other than 0 is an exception."""

    def act() -> None:
        try:
            program.run()
        except SystemExit as end:
            if end.code not in {None, 0}:
                raise

    return act


def _report(found: Exploration, options: argparse.Namespace) -> int:
    if options.html:
        found.write_html(options.html)
    if options.json:
        found.write_json(options.json)
    print(found)  # noqa: T201  last: who reads it may go away
    return FOUND if found.findings else 0


@contextlib.contextmanager
def _held_back(*, to_hold: bool) -> Iterator[list[str]]:
    """Hold back what the program prints, unless one run is repeated; yields a list for what went wrong."""
    if not to_hold:
        yield []
        return
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield []
