"""The options of `fakecos verify`, and how their values are read."""

from __future__ import annotations

import argparse
import re

from fakecos.cli.option_values import new_file, new_folder, pause, requests_a_second

USAGE = (
    "fakecos verify [--endpoint-url URL] [--bucket-prefix NAME] [--region R] [--dialect aws|ibm] [--profile NAME] "
    "[--second-profile NAME] [--only GLOB]... [--sure WORD]... [--without FEATURE]... [--kms-key ARN] [--public] "
    "[--large] [--rate N] "
    "[--settle SECONDS] [--wait SECONDS] [--yes] [--dry-run] [--list] [--required-policy FILE] [--json FILE] "
    "[--record DIR] [--verbose] [--delete-created]"
)
PREFIX = "fakecos-verify"
LONGEST_PREFIX = 30
WITHOUT = ("versioning", "object-lock", "acls", "sse-c", "sse-kms")
SURE = ("recorded", "documented", "public", "reported", "assumed")
"""How sure a rule is: as in fakecos.contract.promise, which is loaded late."""


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
        "--second-profile", metavar="NAME", help="a profile of another account, for promises that need two"
    )
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
    command.add_argument(
        "--wait",
        type=pause,
        default=0.0,
        metavar="SECONDS",
        help="ask also for what takes time to pass, of promises that wait no longer than this (0)",
    )
    command.add_argument("--large", action="store_true", help="ask for promises that send more than 100 MiB too")
    command.add_argument("--yes", action="store_true", help="do not ask before it begins")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and end")
    command.add_argument("--list", action="store_true", help="only list the promises, with what they need")
    command.add_argument(
        "--required-policy", type=new_file, metavar="FILE", help="only write the IAM policy that this needs at AWS"
    )
    command.add_argument("--json", type=new_file, metavar="FILE", help="write what was found as JSON")
    command.add_argument("--record", type=new_folder, metavar="DIR", help="write the service's answers as facts")
    command.add_argument("--verbose", action="store_true", help="show every difference")
    command.add_argument(
        "--delete-created", action="store_true", help="only delete what earlier runs with the prefix left behind"
    )


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
