"""The command `fakecos`: its commands stand in a file each, which adds its options and does its work."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NoReturn

from fakecos.cli import explore, migrate_from_moto, run, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (run, explore, serve, migrate_from_moto)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Do what the command line says, and exit."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        sys.exit(0)
    sys.exit(options.main(options))


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
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", help=argparse.SUPPRESS)
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
