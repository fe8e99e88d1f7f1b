"""The command `fakecos verify`: ask a real service for what the fake promises, and say where the two differ."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from typing import TYPE_CHECKING, NoReturn

from fakecos.cli import progress_bar
from fakecos.cli.option_values import new_file, new_folder, requests_a_second

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.contract.instances import Instance
    from fakecos.contract.real_service import RealService
    from fakecos.contract.results import Result

NAME = "verify"
SUMMARY = "ask a real service for what the fake promises, and say where they differ"
DESCRIPTION = """Ask the S3 at URL for each promise of the contract, by buckets of its own that it deletes again, and
compare each answer with the fake's. Credentials are those of the environment or of --profile. It says first what it
will do, and asks. The exit code is 0 if all that was asked is the same, 1 if something differs, 2 for a wrong call, 3
if something that it made is still there."""
USAGE = (
    "fakecos verify [--endpoint-url URL] [--bucket-prefix NAME] [--region R] [--dialect aws|ibm] [--profile NAME] "
    "[--only GLOB]... [--sure WORD]... [--rate N] [--large] [--yes] [--dry-run] [--json FILE] [--record DIR] "
    "[--verbose] [--delete-created]"
)
PREFIX = "fakecos-verify"
LONGEST_PREFIX = 30
SURE = ("recorded", "documented", "public", "reported", "assumed")
"""How sure a rule is: as in fakecos.contract.promise, which is loaded late."""
SAME, FOUND, WRONG, LEFT = 0, 1, 2, 3


def add_options(command: argparse.ArgumentParser) -> None:
    """Add its options."""
    command.add_argument("--endpoint-url", type=address, metavar="URL", help="the service; without it, AWS")
    command.add_argument(
        "--bucket-prefix", type=prefix, default=PREFIX, metavar="NAME", help=f"how its buckets begin ({PREFIX})"
    )
    command.add_argument("--region", default="us-east-1", metavar="R", help="the region of its buckets (us-east-1)")
    command.add_argument("--dialect", choices=("aws", "ibm"), default="aws", help="whose S3 it is to be (aws)")
    command.add_argument("--profile", metavar="NAME", help="a profile of the AWS configuration, for its credentials")
    command.add_argument(
        "--only", action="append", default=[], metavar="GLOB", help='promises, such as "upload_part.*" or "*ssec*"'
    )
    command.add_argument(
        "--sure", action="append", default=[], choices=SURE, help="only rules of which some part is as sure as this"
    )
    command.add_argument(
        "--rate", type=requests_a_second, default=20.0, metavar="N", help="at most so many requests a second (20)"
    )
    command.add_argument("--large", action="store_true", help="ask for promises that send more than 100 MiB too")
    command.add_argument("--yes", action="store_true", help="do not ask before it begins")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and end")
    command.add_argument("--json", type=new_file, metavar="FILE", help="write what was found as JSON")
    command.add_argument("--record", type=new_folder, metavar="DIR", help="write the service's answers as facts")
    command.add_argument("--verbose", action="store_true", help="show every difference")
    command.add_argument(
        "--delete-created", action="store_true", help="only delete what earlier runs of the prefix left behind"
    )


def main(options: argparse.Namespace) -> int:
    """Verify, and return the exit code."""
    service = _service(options)
    if options.delete_created:
        return _delete_created(service)
    chosen = _chosen(options)
    for line in _plan(options, chosen):
        print(line)  # noqa: T201
    if options.dry_run:
        return SAME
    if not options.yes and not _agreed():
        print("nothing was asked")  # noqa: T201
        return WRONG
    return _verify(options, service, chosen)


def _service(options: argparse.Namespace) -> RealService:
    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ModuleNotFoundError:
        _refuse(options, "it asks by boto3, which is not installed: pip install boto3")
    from fakecos.contract.real_service import RealService

    try:
        session = boto3.session.Session(profile_name=options.profile)
        credentials = session.get_credentials()
    except BotoCoreError as error:
        _refuse(options, str(error))
    if credentials is None:
        _refuse(
            options,
            "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile NAME",
        )
    return RealService(
        session, options.endpoint_url, options.region, options.bucket_prefix, options.rate, options.dialect
    )


def _chosen(options: argparse.Namespace) -> list[Instance]:
    """Return the cases that are asked for."""
    from fakecos.contract import selection

    found = selection.chosen(options.only, options.dialect, large=options.large, sure=options.sure)
    if not found:
        near = selection.nearest_area(options.only[0]) if options.only else ""
        wanted = f" like {', '.join(map(repr, options.only))}" if options.only else ""
        said = f" {' or '.join(options.sure)}" if options.sure else ""
        _refuse(options, f"no promise is{said}{wanted}{near}")
    return found


def _plan(options: argparse.Namespace, chosen: Sequence[Instance]) -> list[str]:
    from fakecos.contract import selection

    where = options.endpoint_url or f"AWS, {options.region}"
    touched = f"It makes buckets whose names begin with {options.bucket_prefix}-, one after the other, and deletes each"
    least = f"Not more than {options.rate:g} requests a second: {selection.duration(chosen, options.rate)}."
    return [
        f"It asks {where} for {selection.summary(chosen)}.",
        f"{touched} with all that it put there. Nothing else is touched.",
        f"{least} At AWS's list price that is about {selection.price(chosen)}.",
    ]


def _agreed() -> bool:
    if not sys.stdin.isatty():
        print("nobody can be asked here: --yes begins without asking")  # noqa: T201
        return False
    return input("Begin? [y/N] ").strip().lower() in {"y", "yes"}


def _verify(options: argparse.Namespace, service: RealService, chosen: Sequence[Instance]) -> int:
    from fakecos.contract import matrix
    from fakecos.contract.results import NOT_RUN
    from fakecos.contract.results import SAME as IS_SAME
    from fakecos.contract.verification import verify

    results: list[Result] = []
    try:
        with progress_bar.shown("case") as progress:
            for result in verify(service, chosen):
                results.append(result)
                if progress is not None:
                    progress.show(len(results), len(chosen))
    except KeyboardInterrupt:
        print("interrupted: what was made is deleted; this is what was found until then", file=sys.stderr)  # noqa: T201
    print()  # noqa: T201
    for line in [*matrix.table(results), "", *matrix.details(results, all_of_them=options.verbose)]:
        print(line)  # noqa: T201
    _write(options, results)
    if service.left:
        print("still there, and to be deleted by --delete-created:", *service.left, sep="\n  ")  # noqa: T201
        return LEFT
    return SAME if all(result.outcome in {IS_SAME, NOT_RUN} for result in results) else FOUND


def _write(options: argparse.Namespace, results: Sequence[Result]) -> None:
    import datetime as dt
    from importlib.metadata import version
    from pathlib import Path

    from fakecos.contract import recorded_answers, verification_json

    date = dt.datetime.now(dt.timezone.utc).strftime("%Y-%m-%d")
    made_by = f"fakecos {version('fakecos')}"
    if options.json is not None:
        found = verification_json.document(
            results, endpoint_url=options.endpoint_url, dialect=options.dialect, date=date, made_by=made_by
        )
        Path(options.json).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.record is not None:
        about = {
            "service": verification_json.host_of(options.endpoint_url),
            "dialect": options.dialect,
            "date": date,
            "made_by": made_by,
        }
        count = recorded_answers.write(Path(options.record), about, results)
        print(f"{count:,} cases are written to {options.record}")  # noqa: T201


def _delete_created(service: RealService) -> int:
    from fakecos.contract.cleanup import delete_bucket

    client = service.own
    names = service.leftovers()
    left = [why for name in names if (why := delete_bucket(client, name)) is not None]
    print(f"deleted {len(names) - len(left)} of {len(names)} buckets", *left, sep="\n  ")  # noqa: T201
    return LEFT if left else SAME


def address(text: str) -> str:
    """Read the address of a service. argparse.ArgumentTypeError: it is none, or has credentials in it."""
    if not re.fullmatch(r"https?://[^/@\s?#]+/?", text):
        message = f"{text!r} is no address: write scheme and host, as in https://s3.example.com:9000"
        raise argparse.ArgumentTypeError(message)
    return text.rstrip("/")


def prefix(text: str) -> str:
    """Read what names of buckets begin with. argparse.ArgumentTypeError: no bucket's name may, or it is too long."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", text) or len(text) > LONGEST_PREFIX or "--" in text:
        message = f"{text!r}: a prefix is 2 to {LONGEST_PREFIX} small letters, digits and single hyphens"
        raise argparse.ArgumentTypeError(message)
    return text


def _refuse(options: argparse.Namespace, message: str) -> NoReturn:
    options.parser.error(message)
    raise AssertionError(os.EX_USAGE)  # argparse ends the process
