"""`--fakecos-beside=PROFILE`: the requests for buckets of one prefix are sent to a real service too.

Only the command line can say so, never a file: nobody sends anything by having checked out a tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.terminal import TerminalReporter

    from fakecos import Beside, Differences

BESIDE: pytest.StashKey[Beside] = pytest.StashKey()
ENDED: pytest.StashKey[list[Differences]] = pytest.StashKey()
TITLE = "fakecos: differences from the service beside it"
FLAG, PREFIX_FLAG, DELETE_FLAG = "--fakecos-beside", "--fakecos-beside-prefix", "--fakecos-beside-delete"
FLAGS = (
    (FLAG, "PROFILE", "send the requests for some buckets to the service of this AWS profile too, and compare"),
    (PREFIX_FLAG, "PREFIX", f"how the names of the buckets begin whose requests are sent; {FLAG} needs it"),
    (DELETE_FLAG, "", "delete when a fake stops the buckets that it created there"),
)


def add_to(parser: pytest.Parser) -> None:
    """Add the options of the command line."""
    group = parser.getgroup("fakecos")
    for flag, metavar, text in FLAGS:
        name = flag.removeprefix("--").replace("-", "_")
        if metavar:
            group.addoption(flag, dest=name, default=None, metavar=metavar, help=text)
        else:
            group.addoption(flag, dest=name, action="store_true", help=text)


def configure(config: pytest.Config) -> None:
    """Make the client of the profile. pytest.UsageError: there is none, or no prefix."""
    profile, prefix = config.getoption("fakecos_beside"), config.getoption("fakecos_beside_prefix")
    if profile is None:
        if prefix is not None or config.getoption("fakecos_beside_delete"):
            message = f"{PREFIX_FLAG} and {DELETE_FLAG} belong to {FLAG}=PROFILE, which was not given: nothing is sent"
            raise pytest.UsageError(message)
        return
    if prefix is None:
        message = f"{FLAG}={profile} needs {PREFIX_FLAG}=PREFIX too: only requests for buckets of that name are sent"
        raise pytest.UsageError(message)
    config.stash[BESIDE] = _beside(profile, prefix, delete=config.getoption("fakecos_beside_delete"))
    config.stash[ENDED] = []


def _beside(profile: str, prefix: str, *, delete: bool) -> Beside:
    from fakecos import Beside, UsageError

    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ModuleNotFoundError:
        message = f"{FLAG} sends by boto3, which is not installed: pip install 'fakecos[boto3]'"
        raise pytest.UsageError(message) from None
    try:
        client: Any = boto3.session.Session(profile_name=profile).client("s3")
        return Beside(client, bucket_prefix=prefix, delete_created=delete)
    except (BotoCoreError, UsageError) as error:
        message = f"{FLAG}={profile}: {error}"
        raise pytest.UsageError(message) from None


def header(config: pytest.Config) -> str | None:
    """Return the line at the start of a run, None if nothing is sent."""
    beside = config.stash.get(BESIDE, None)
    return None if beside is None else f"fakecos: {beside.announcement}"


def note_ended(config: pytest.Config, fake: Any) -> None:
    """Keep what was found by a fake that ends: its report is made later, when all of it is known."""
    comparison = getattr(fake._service, "comparison", None)  # noqa: SLF001  a fake with nothing beside it has none
    if comparison is not None:
        config.stash.setdefault(ENDED, []).append(comparison.found)


def section(config: pytest.Config) -> tuple[str, str] | None:
    """Return title and text for the report of a test, of the fakes that ended since the last one; None without any."""
    ended = config.stash.get(ENDED, [])
    texts = [str(found) for found in ended if found.sent or found.not_compared]
    ended.clear()
    return (TITLE, "\n".join(texts)) if texts else None


def summarise(reporter: TerminalReporter, config: pytest.Config) -> None:
    """Show at the end of a run what was found, test by test."""
    found = [*_sections(reporter)]
    last = section(config)  # of fakes that ended after the last test
    if last is not None:
        found.append(("", last[1]))
    if found:
        reporter.section(TITLE)
        for test, text in found:
            reporter.write_line(test)
            for line in text.splitlines():
                reporter.write_line(f"  {line}")


def _sections(reporter: TerminalReporter) -> Iterator[tuple[str, str]]:
    for reports in reporter.stats.values():
        for report in reports:
            for title, text in getattr(report, "sections", ()):
                if title == TITLE:
                    yield report.nodeid, text
