"""The command `fakecos verify`: ask a real service for what the fake promises, and say where the two differ."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from typing import TYPE_CHECKING, Any, NoReturn

from fakecos.cli import progress_bar, termination, verify_options

if TYPE_CHECKING:
    import argparse
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
USAGE = verify_options.USAGE
add_options = verify_options.add_options
WIDTH = 80
SAME, FOUND, WRONG, LEFT = 0, 1, 2, 3


def main(options: argparse.Namespace) -> int:
    """Verify, and return the exit code."""
    if not __debug__:
        _refuse(options, "promises are assertions, which Python leaves out with -O or PYTHONOPTIMIZE: run it without")
    if options.list:
        return _list(options)
    if options.required_policy is not None:
        return _write_policy(options)
    with termination.sigterm_as_ctrl_c():
        return _ask(options, _service(options))


def _ask(options: argparse.Namespace, service: RealService) -> int:
    """Ask the service, or delete what earlier runs left there, and return the exit code."""
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


def _list(options: argparse.Namespace) -> int:
    """List the chosen promises; nobody is asked."""
    from fakecos.contract.listing import listing

    for line in listing(_chosen(options)):
        print(line)  # noqa: T201
    return SAME


def _session(options: argparse.Namespace, profile: str | None) -> Any:
    """Return a session of boto3 that has credentials."""
    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ModuleNotFoundError:
        _refuse(options, "it asks by boto3, which is not installed: pip install boto3")
    try:
        session = boto3.session.Session(profile_name=profile)
        credentials = session.get_credentials()
    except BotoCoreError as error:
        _refuse(options, str(error))
    if credentials is None:
        _refuse(
            options,
            "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile NAME"
            if profile is None
            else f"the profile {profile!r} has no credentials",
        )
    return session


def _second_session(options: argparse.Namespace, first: Any) -> Any:
    """Return a session of the second account, None if none is named."""
    if options.second_profile is None:
        return None
    second = _session(options, options.second_profile)
    if second.get_credentials().access_key == first.get_credentials().access_key:
        _refuse(options, f"--second-profile {options.second_profile} has the access key of the first account")
    return second


def _service(options: argparse.Namespace) -> RealService:
    from fakecos.contract.asking import SETTLES_ON_AWS, Asking, is_of_aws
    from fakecos.contract.needs import FEATURES
    from fakecos.contract.pace import Pace
    from fakecos.contract.real_service import RealService

    session = _session(options, options.profile)
    second = _second_session(options, session)
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
        second=second is not None,
        wait=options.wait,
    )
    return RealService(session, asking, Pace(options.rate), second)


def _chosen(options: argparse.Namespace) -> list[Instance]:
    """Return the cases that are asked for."""
    from fakecos.contract import selection
    from fakecos.contract.attempt import SERVICES

    for pattern in options.only:
        if not selection.chosen([pattern], options.dialect, large=True):
            for dialect, name in SERVICES.items():
                if selection.chosen([pattern], dialect, large=True):
                    _refuse(options, f"what is like {pattern!r} is about {name}: --dialect {dialect} asks for it")
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
        f"Not more than {options.rate:g} requests a second: {selection.duration(chosen, options.rate, options.wait)}.",
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


def _refuse(options: argparse.Namespace, message: str) -> NoReturn:
    options.parser.error(message)
    raise AssertionError(os.EX_USAGE)  # argparse ends the process
