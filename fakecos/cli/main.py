"""The command `fakecos`: its commands stand in a file each, which adds its options and does its work."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fakecos.cli import explore, migrate_from_moto, run, serve, streams, verify
from fakecos.testing.text import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (run, explore, serve, verify, migrate_from_moto)
COMPLETING = "_ARGCOMPLETE"
"""The variable by which a shell asks argcomplete for words (source: `autocomplete` in its finders)."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Do what the command line says, and exit: quietly where nobody reads on, and at Ctrl-C."""
    try:
        with streams.quiet_where_nobody_reads():
            code = _do(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = run.INTERRUPTED
    sys.exit(code)


def _do(words: Sequence[str]) -> int:
    parser = _parser()
    if COMPLETING in os.environ:
        _complete(parser)
    _require_command(parser, words)
    options, unknown = parser.parse_known_args(words)
    if options.command is None:
        parser.print_help()
        return 0
    if unknown:
        options.parser.error(_unknown(options, unknown))
    code: int = options.main(options)
    return code


def _require_command(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """End the process if the first words are neither our few options nor a command: all of them have one word."""
    first = next(iter(words), None)
    names = [command.NAME for command in COMMANDS]
    if first is None or first in {*names, "-h", "--help", "--version"}:
        return
    if first.startswith("-"):
        owner = next((command.NAME for command in COMMANDS if f"[{first.partition('=')[0]}" in command.USAGE), None)
        told = _nearest(first, ["--help", "--version"], "options")
        hint = f"it is one of a command, and stands behind it: fakecos {owner} {first}" if owner else told
        parser.error(f"unknown option {first!r} before the command; {hint}")
    if first.endswith(".py") or Path(first).is_file():
        parser.error(f"{first!r} is no command; to run a program: fakecos run {first}")
    parser.error(f"there is no command {first!r}; {_nearest(first, names, 'commands')}")


def _unknown(options: argparse.Namespace, words: Sequence[str]) -> str:
    """Return what to say of words that a command does not know."""
    word = next((word for word in words if word.startswith("-")), None)
    if word is None:
        return f"{options.command} takes no {words[0]!r}"
    actions = options.parser._actions  # noqa: SLF001
    known = [name for action in actions for name in action.option_strings if name.startswith("--")]
    name = word.partition("=")[0]
    return f"unknown option {name!r}; {_nearest(name, known, 'options')}"


def _nearest(word: str, names: Sequence[str], nouns: str) -> str:
    """Return which names the word begins, or are most like it."""
    begun = [name for name in names if name.startswith(word)]
    return f"the nearest: {', '.join(map(repr, begun))}" if begun else nearest(word, names, nouns)


def _complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell that asks which words may follow, which ends the process; without argcomplete there are none."""
    try:
        import argcomplete
    except ImportError:
        return
    argcomplete.autocomplete(parser)


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {command.NAME:<19}{command.SUMMARY}" for command in COMMANDS)
    parser = argparse.ArgumentParser(
        "fakecos",
        usage="fakecos [-h] [--version] COMMAND ...",
        description=f"S3, faithfully, inside the process.\n\ncommands:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,  # its own list of commands differs between Pythons
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"fakecos {_version()}")
    # `prog`: argparse would put the whole usage before the name of the command, also in its errors
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", help=argparse.SUPPRESS, prog="fakecos")
    for command in COMMANDS:
        added = commands.add_parser(
            command.NAME, description=command.DESCRIPTION, usage=command.USAGE, allow_abbrev=False
        )
        added.set_defaults(parser=added, main=command.main)
        command.add_options(added)
    return parser


def _version() -> str:
    try:
        return version("fakecos")
    except PackageNotFoundError:
        return "(not installed)"
