"""What the environment asks of every exploration and race: one run to repeat, and a page of each in a folder.

The options of the pytest plugin arrive so, where a test without its fixture finds them too.
"""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path
from typing import Protocol

REPLAY = "FAKECOS_REPLAY"
"""The variable that says which run is repeated: a schedule of an exploration, or an order of a race."""
REPORTS = "FAKECOS_EXPLORE_REPORT"
"""The variable that names a folder, into which each exploration and each race writes its page."""
_ORDER = re.compile(r"[0-9]+(;.*)?")


class Page(Protocol):
    """What can be written as a page."""

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Write the page."""


def asked_for(*, of_race: bool) -> str | None:
    """Return the run to repeat, None if there is none of this kind: an order of a race is digits."""
    written = os.environ.get(REPLAY)
    return written if written and bool(_ORDER.fullmatch(written)) == of_race else None


def write_page(found: Page, kind: str) -> None:
    """Write a page, named by the test that runs, or by `kind`, if a folder is asked for."""
    folder = os.environ.get(REPORTS)
    if not folder:
        return
    test = os.environ.get("PYTEST_CURRENT_TEST", kind).rpartition(" (")[0] or kind
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", test).strip("-")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in itertools.count(1):
        path = Path(folder, f"{name}-{number}.html")
        if not path.exists():
            found.write_html(path)
            return
