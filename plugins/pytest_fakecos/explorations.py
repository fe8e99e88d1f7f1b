"""What the plugin does for `cos.explore` and `cos.race`: a page of each, and one run repeated from the command line.

Both reach them by the environment, where a test without the fixture finds them too.
"""

from __future__ import annotations

import functools
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

REPORTS = "FAKECOS_EXPLORE_REPORT"
REPLAY = "FAKECOS_REPLAY"
FLAGS = {
    "--fakecos-explore-report": (
        REPORTS,
        "DIR",
        "write an HTML page for each exploration and race into this folder",
    ),
    "--fakecos-replay": (REPLAY, "SCHEDULE", "repeat this one run of the explorations and races of the chosen tests"),
}
SHOWN = 5


def add_to(parser: pytest.Parser) -> None:
    """Add the options of the command line."""
    group = parser.getgroup("fakecos", "S3, faked by fakecos")
    for flag, (name, metavar, text) in FLAGS.items():
        group.addoption(flag, dest=name, default=None, metavar=metavar, help=text)


def configure(config: pytest.Config) -> None:
    """Put the options into the environment until pytest ends."""
    for name, _, _ in FLAGS.values():
        given = config.getoption(name)
        if given is not None:
            before = os.environ.get(name)
            os.environ[name] = str(Path(given).absolute()) if name == REPORTS else given
            config.add_cleanup(functools.partial(_put_back, name, before))


def _put_back(name: str, before: str | None) -> None:
    if before is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = before


def section(item: pytest.Item, error: BaseException) -> tuple[str, str] | None:
    """Return the lines that repeat the findings of a failed exploration or race, as a section of the report."""
    found = _findings(error)
    if not found:
        return None
    lines = [
        f"pytest {shlex.quote(item.nodeid)} {shlex.quote(f'--fakecos-replay={finding.schedule}')}    # {finding.kind}"
        for finding in found[:SHOWN]
    ]
    lines += [f"({len(found) - SHOWN} more)"] if len(found) > SHOWN else []
    return "repeat a finding", "\n".join(lines)


def _findings(error: BaseException) -> Any:
    """Return the findings that an exception is about; none for any other."""
    explored, raced = sys.modules.get("fakecos.explore.exploration"), sys.modules.get("fakecos.race.race")
    if explored is not None and isinstance(error, explored.ExplorationError):
        return error.exploration.findings
    if raced is not None and isinstance(error, raced.RaceError):
        return error.race.findings
    return ()
