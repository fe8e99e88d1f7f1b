"""Write the pages of docs/reference that are made from the tables; `--check` only says whether they are current.

The tables are the truth; a page that is edited by hand would become a second one. tools/reference has what makes them.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]  # the tree, not what may be installed

from tools.reference.commands import command_line, pytest_options  # noqa: E402
from tools.reference.contract_areas import contract_areas  # noqa: E402
from tools.reference.errors import checks_in_order, dated_facts, errors_page  # noqa: E402
from tools.reference.events import events_page  # noqa: E402
from tools.reference.exploring import exploring  # noqa: E402
from tools.reference.faults import fault_words  # noqa: E402
from tools.reference.feature_pairs import feature_pairs  # noqa: E402
from tools.reference.operations import operations  # noqa: E402
from tools.reference.permissions import permissions  # noqa: E402
from tools.reference.presigned_urls import presigned_urls  # noqa: E402
from tools.reference.public_names import public_names  # noqa: E402
from tools.reference.racing import racing  # noqa: E402
from tools.reference.services import algorithms, dialects_of_s3, limit_numbers  # noqa: E402
from tools.reference.unsettled import unsettled  # noqa: E402

PAGES = ROOT / "docs" / "reference"
MADE = "<!-- Made by tools/make_reference.py from {source}. Do not edit. -->\n\n"
PROGRAMS = {
    "feature-pairs.md": (feature_pairs, "fakecos/facts/feature_pairs"),
    "order-of-checks.md": (checks_in_order, "fakecos/facts/check_order"),
    "api.md": (public_names, "fakecos.__all__ and the docstrings"),
    "errors.md": (errors_page, "fakecos/facts/errors"),
    "exploring.md": (exploring, "fakecos/explore"),
    "racing.md": (racing, "fakecos/race"),
    "faults.md": (fault_words, "fakecos/faults"),
    "dates.md": (dated_facts, "fakecos/facts/dates.py"),
    "events.md": (events_page, "fakecos/facts/event_types.py"),
    "limits.md": (limit_numbers, "fakecos/facts/limits.py"),
    "checksums.md": (algorithms, "fakecos/facts/checksums.py"),
    "operations.md": (
        operations,
        "fakecos/operations/registry.py, fakecos/facts/unsupported_operations.py and fakecos/wire/*.json",
    ),
    "pytest.md": (pytest_options, "plugins/pytest_fakecos/options.py"),
    "dialects.md": (dialects_of_s3, "fakecos/facts/services"),
    "presigned-urls.md": (presigned_urls, "fakecos/facts/presigned_query.py"),
    "command-line.md": (command_line, "fakecos/cli"),
    "permissions.md": (permissions, "fakecos/facts/permissions.py and fakecos/operations/required_actions.py"),
    "unsettled.md": (unsettled, "fakecos/contract/promises and tools/marks"),
    "promises.md": (contract_areas, "fakecos/contract/promises and fakecos/contract/measured.json"),
}


def main() -> None:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")
    check = parser.parse_args().check
    os.environ.update(COLUMNS="100", NO_COLOR="1")  # argparse asks for both
    stale = []
    for name, (make, source) in PROGRAMS.items():
        text = MADE.format(source=source) + make()
        page = PAGES / name
        if page.exists() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            page.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'not current' if check else 'written'}: {', '.join(stale)}")
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
