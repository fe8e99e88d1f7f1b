"""The command `fakecos verify`: ask a real service for what the fake promises, and say where the two differ."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import textwrap
from typing import TYPE_CHECKING, NoReturn

from fakecos.cli import progress_bar
from fakecos.cli.option_values import new_file, new_folder, pause, requests_a_second

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakecos.contract.instances import Instance
    from fakecos.contract.real_service import RealService
    from fakecos.contract.results import Result

NAME = "verify"
SUMMARY = "ask a real service for what the fake promises, and say where they differ"
DESCRIPTION = """Ask the S3 at URL for each promise of the contract, by buckets of its own that it deletes again, and
compare each answer with the fake's. Credentials are those of the environment or of --profile. It says first what it
will do, and asks. The exit code is 0 if all that was asked is the same, 1 if something differs, 2 if nothing was asked
(a wrong call, nobody who agrees, no such service, wrong credentials), 3 if something that it made is still there."""
USAGE = (
    "fakecos verify [--endpoint-url URL] [--bucket-prefix NAME] [--region R] [--dialect aws|ibm] [--profile NAME] "
    "[--only GLOB]... [--sure WORD]... [--without FEATURE]... [--kms-key ARN] [--public] [--large] [--rate N] "
    "[--settle SECONDS] [--yes] [--dry-run] [--required-policy FILE] [--json FILE] [--record DIR] [--verbose] "
    "[--delete-created]"
)
PREFIX = "fakecos-verify"
LONGEST_PREFIX = 30
WIDTH = 80
WITHOUT = ("versioning", "object-lock", "acls", "sse-c", "sse-kms")
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
        "--sure",
        action="append",
        default=[],
        choices=SURE,
        metavar="WORD",
        help=f"only rules of which some part is as sure as this: {', '.join(SURE)}",
    )
    command.add_argument(
        "--without",
        action="append",
        default=[],
        choices=WITHOUT,
        metavar="FEATURE",
        help=f"leave out what the service does not have: {', '.join(WITHOUT)}",
    )
    command.add_argument(
        "--kms-key", type=key_arn, metavar="ARN", help="a KMS key of the account, for promises that need one"
    )
    command.add_argument(
        "--public", action="store_true", help="ask also for what makes a bucket or an object public for a moment"
    )
    _add_how(command)


def _add_how(command: argparse.ArgumentParser) -> None:
    """Declare how it asks, and what it writes."""
    command.add_argument(
        "--rate", type=requests_a_second, default=20.0, metavar="N", help="at most so many requests a second (20)"
    )
    command.add_argument(
        "--settle",
        type=pause,
        metavar="SECONDS",
        help="wait so long after each change of a bucket's configuration (2 at AWS, else 0)",
    )
    command.add_argument("--large", action="store_true", help="ask for promises that send more than 100 MiB too")
    command.add_argument("--yes", action="store_true", help="do not ask before it begins")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and end")
    command.add_argument(
        "--required-policy", type=new_file, metavar="FILE", help="only write the IAM policy that this needs at AWS"
    )
    command.add_argument("--json", type=new_file, metavar="FILE", help="write what was found as JSON")
    command.add_argument("--record", type=new_folder, metavar="DIR", help="write the service's answers as facts")
    command.add_argument("--verbose", action="store_true", help="show every difference")
    command.add_argument(
        "--delete-created", action="store_true", help="only delete what earlier runs with the prefix left behind"
    )


def main(options: argparse.Namespace) -> int:
    """Verify, and return the exit code."""
    if not __debug__:
        _refuse(options, "promises are assertions, which Python leaves out with -O or PYTHONOPTIMIZE: run it without")
    if options.required_policy is not None:
        return _write_policy(options)
    service = _service(options)
    if options.delete_created:
        return _delete_created(service, options)
    chosen = _chosen(options)
    for line in _plan(options, chosen):
        print(line)  # noqa: T201
    if options.dry_run:
        return SAME
    if not options.yes and not _agreed("Begin?"):
        print("nothing was asked")  # noqa: T201
        return WRONG
    return _verify(options, service, chosen)


def _write_policy(options: argparse.Namespace) -> int:
    """Write the policy that the chosen promises need; nothing is asked but the fake."""
    from pathlib import Path

    from fakecos.contract.needed_policy import needed_policy

    if options.dialect != "aws":
        _refuse(options, "--required-policy is of AWS's IAM: IBM COS has no such policies")
    policy = needed_policy(_chosen(options), options.bucket_prefix)
    Path(options.required_policy).write_text(json.dumps(policy, indent=2) + "\n", encoding="utf-8")
    print(f"the policy is written to {options.required_policy}")  # noqa: T201
    return SAME


def _service(options: argparse.Namespace) -> RealService:
    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ModuleNotFoundError:
        _refuse(options, "it asks by boto3, which is not installed: pip install boto3")
    from fakecos.contract.asking import SETTLES_ON_AWS, Asking, is_of_aws
    from fakecos.contract.needs import FEATURES
    from fakecos.contract.pace import Pace
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
    settle = options.settle
    if settle is None:
        settle = SETTLES_ON_AWS if is_of_aws(options.endpoint_url) else 0.0
    asking = Asking(
        options.endpoint_url,
        options.region,
        options.bucket_prefix,
        options.dialect,
        public=options.public,
        without=frozenset(FEATURES[word] for word in options.without),
        kms_key=options.kms_key,
        settle=settle,
    )
    return RealService(session, asking, Pace(options.rate))


def _chosen(options: argparse.Namespace) -> list[Instance]:
    """Return the cases that are asked for."""
    from fakecos.contract import selection

    for pattern in options.only:
        if not selection.chosen([pattern], options.dialect, large=True):
            _refuse(options, f"no promise is like {pattern!r}; {selection.nearest(pattern)}")
    found = selection.chosen(options.only, options.dialect, large=options.large, sure=options.sure)
    if (
        not found
        and options.sure
        and not selection.chosen(options.only, options.dialect, large=True, sure=options.sure)
    ):
        _refuse(options, _none_so_sure(options))
    if not found:
        _refuse(options, f"{', '.join(options.only)}: they send more than 100 MiB, and are asked only with --large")
    return found


def _none_so_sure(options: argparse.Namespace) -> str:
    wanted = f" like {' or '.join(map(repr, options.only))}" if options.only else ""
    return f"no rule of a promise{wanted} is {' or '.join(options.sure)}"


def _plan(options: argparse.Namespace, chosen: Sequence[Instance]) -> list[str]:
    from fakecos.contract import selection

    where = options.endpoint_url or f"AWS, {options.region}"
    touched = (
        f"Its buckets are named {options.bucket_prefix}-..., one after the other. It deletes each with all that it put "
        "there, and touches nothing else."
    )
    lines = [
        f"It asks {where} for {selection.summary(chosen)}.",
        touched,
        f"Not more than {options.rate:g} requests a second: {selection.duration(chosen, options.rate)}.",
        f"At AWS's list price the requests cost about {selection.price(chosen)}; other stores have other prices.",
    ]
    return [line for text in [*lines, *selection.needed(chosen)] for line in textwrap.wrap(text, WIDTH)]


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        print("nobody can be asked here: --yes begins without asking")  # noqa: T201
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def _verify(options: argparse.Namespace, service: RealService, chosen: Sequence[Instance]) -> int:
    from fakecos.contract import matrix
    from fakecos.contract.probe import explained, why_not
    from fakecos.contract.results import NOT_RUN
    from fakecos.contract.results import SAME as IS_SAME
    from fakecos.contract.verification import verify

    reason = why_not(service)
    if reason is not None:
        print(f"fakecos verify: error: {reason}", file=sys.stderr)  # noqa: T201
        return _code(service, WRONG)
    results: list[Result] = []
    try:
        with progress_bar.shown("case") as progress:
            for result in verify(service, chosen):
                results.append(result)
                if progress is not None:
                    progress.show(len(results), len(chosen))
    except KeyboardInterrupt:
        print("interrupted: this is what was found until then", file=sys.stderr)  # noqa: T201
    except Exception as error:
        reason = explained(error, service)
        if reason is None:
            raise
        last = f" after {results[-1].instance.id}" if results else ""
        print(f"ended: {reason}{last}; this is what was found until then", file=sys.stderr)  # noqa: T201
    print()  # noqa: T201
    for line in [
        *matrix.table(results),
        "",
        *matrix.frequent(results),
        *matrix.details(results, all_of_them=options.verbose),
    ]:
        print(line)  # noqa: T201
    _write(options, service, results)
    is_whole = len(results) == len(chosen)
    is_same = is_whole and all(result.outcome in {IS_SAME, NOT_RUN} for result in results)
    return _code(service, SAME if is_same else FOUND)


def _code(service: RealService, code: int) -> int:
    """Return the exit code, and say what is left."""
    if not service.left:
        return code
    print("still there; --delete-created deletes it:", *service.left, sep="\n  ")  # noqa: T201
    return LEFT


def _write(options: argparse.Namespace, service: RealService, results: Sequence[Result]) -> None:
    import datetime as dt
    from importlib.metadata import version
    from pathlib import Path

    from fakecos.contract import recorded_answers, verification_json

    about = {
        "service": verification_json.host_of(options.endpoint_url),
        "scheme": service.asking.scheme,
        "dialect": options.dialect,
        "date": dt.datetime.now(dt.timezone.utc).strftime("%Y-%m-%d"),
        "made_by": f"fakecos {version('fakecos')}",
    }
    if options.json is not None:
        found = verification_json.document(results, about, service.secrets())
        Path(options.json).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.record is not None:
        count = recorded_answers.write(Path(options.record), about, results, service.secrets())
        print(f"{count:,} cases are written to {options.record}")  # noqa: T201


def _delete_created(service: RealService, options: argparse.Namespace) -> int:
    from fakecos.contract.probe import explained

    try:
        names = service.leftovers()
    except Exception as error:
        reason = explained(error, service)
        if reason is None:
            raise
        _refuse(options, f"its buckets cannot be listed: {reason}")
    if not names:
        print(f"no bucket of an earlier run is there: none is named {options.bucket_prefix}-TOKEN-...")  # noqa: T201
        return SAME
    print("buckets of earlier runs, with all that is in them:", *names, sep="\n  ")  # noqa: T201
    if options.dry_run:
        return SAME
    if not options.yes and not _agreed("Delete them?"):
        print("nothing was deleted")  # noqa: T201
        return WRONG
    left = [why for name in names if (why := service.delete(name)) is not None]
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


def key_arn(text: str) -> str:
    """Read the ARN of a KMS key. argparse.ArgumentTypeError: it is none."""
    if not re.fullmatch(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]+", text):
        message = f"{text!r} is no key: write its ARN, as in arn:aws:kms:us-east-1:111122223333:key/1234abcd-..."
        raise argparse.ArgumentTypeError(message)
    return text


def _refuse(options: argparse.Namespace, message: str) -> NoReturn:
    options.parser.error(message)
    raise AssertionError(os.EX_USAGE)  # argparse ends the process
