"""The options that say what is stored at first and how it is reported, and the fake that they make."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fakecos.cli.option_values import new_file, policy_file
from fakecos.testing.report import ROWS
from fakecos.testing.text import nearest

if TYPE_CHECKING:
    import datetime as dt

    from fakecos.facts.literals import DialectName
    from fakecos.fake import FakeCOS


def add_options(command: argparse.ArgumentParser) -> None:
    """Add them to a command."""
    command.add_argument("--bucket", action="append", default=[], metavar="NAME", help="create this bucket before")
    command.add_argument(
        "--limits", type=_limits, default={}, metavar="NAME=NUMBER", help="other limits, as in min_part_size=1"
    )
    command.add_argument("--as-of", type=_day, metavar="DAY", help="imitate the S3 of this day, as in 2026-03-31")
    command.add_argument("--all", action="store_true", help=f"report everything, not only {ROWS} rows of each list")


def add_json(command: argparse.ArgumentParser) -> None:
    """Add the option that writes the report for machines."""
    command.add_argument("--json", type=new_file, metavar="FILE", help="write the report as JSON too, for machines")


def add_policy(command: argparse.ArgumentParser) -> None:
    """Add the option that gives the program an identity policy."""
    command.add_argument(
        "--policy",
        action="append",
        type=policy_file,
        default=[],
        metavar="FILE",
        help="let the program do what this IAM policy (JSON) allows, and report what it refuses",
    )


def make_fake(options: argparse.Namespace, dialect: DialectName | None = None) -> FakeCOS:
    """Return a fake with the buckets and limits of the command line, which ends the process if they cannot be."""
    from fakecos.facts.errors import S3Error
    from fakecos.facts.exceptions import UsageError
    from fakecos.facts.limits import Limits
    from fakecos.fake import FakeCOS
    from fakecos.operations.bucket_namespaces import require_no_directory

    cos = FakeCOS(dialect=dialect, as_of=options.as_of, limits=Limits(**options.limits))
    policies = getattr(options, "policy", [])
    if policies:
        cos.identity_policy = [text for _, text in policies]
    for name in options.bucket:
        try:
            require_no_directory("CreateBucket", name)
            cos.create_bucket(name)
        except (S3Error, UsageError) as error:
            options.parser.error(f"argument --bucket: {name}: {error}")
    return cos


def rows_of(options: argparse.Namespace) -> int | None:
    """Return how many rows of each list the report shows; None: all."""
    return None if options.all else ROWS


def _day(text: str) -> dt.date | None:
    """Read a day. argparse.ArgumentTypeError: it is none."""
    from fakecos.arguments import day_of
    from fakecos.facts.exceptions import UsageError

    try:
        return day_of(text)
    except UsageError:
        message = f"{text!r} is no day: write it as 2026-03-31"
        raise argparse.ArgumentTypeError(message) from None


def _limits(text: str) -> dict[str, int]:
    """Read `name=number[,name=number]`; what the numbers may be is judged by Limits itself."""
    from fakecos.facts.exceptions import UsageError
    from fakecos.facts.limits import Limits

    known = sorted(Limits.__dataclass_fields__)
    chosen = {}
    for item in text.split(","):
        name, _, number = item.partition("=")
        if name not in known:
            message = f"no limit is called {name!r}; {nearest(name, known)}"
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
