"""Which tests README's command leaves out, so that it ends within five minutes: `nox -s thorough` runs them, in CI too.

Those that are slow and go over the same ground more than once: explorations of whole programs, long random histories,
interruptions at each line, suites that are run before and after; and of a test with many cases all but one, unless each
raises another row of the error table (every_case.py). Of each folder the others stay in README's command.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.every_case import NAMES
from tests.support.one_minute import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable

TESTS = Path(__file__).parent.parent
FOLDERS = tuple(
    TESTS / name
    for name in (
        *("beside", "cli", "clients", "contract", "explore", "faults", "ibm", "plugin", "race", "required_policy"),
        *("serving", "stateful", "timeline", "verify", "wire"),
    )
)
FILES = frozenset(
    {
        TESTS / "cli" / "test_explore.py",
        TESTS / "cli" / "test_migrated_suites.py",
        TESTS / "cli" / "test_required_policy_file.py",
        TESTS / "contract" / "test_storage.py",
        TESTS / "clients" / "activation" / "test_interruptions.py",
        TESTS / "clients" / "botocore" / "test_largest_object.py",
        TESTS / "clients" / "decorators" / "test_decorated_classes.py",
        TESTS / "examples" / "test_exploration_pages.py",
        TESTS / "plugin" / "test_neighbours.py",
        TESTS / "plugin" / "test_required_policy_of_suites.py",
        TESTS / "plugin" / "test_styles.py",
        TESTS / "race" / "test_programs.py",
        TESTS / "required_policy" / "test_programs.py",
        TESTS / "test_mutate.py",
        TESTS / "test_packaging.py",
        TESTS / "verify" / "test_planted_differences.py",
        TESTS / "verify" / "test_second_account.py",
        TESTS / "verify" / "test_stores_that_misbehave.py",
        TESTS / "verify" / "test_the_fake_itself.py",
        TESTS / "verify" / "test_what_it_touches.py",
        TESTS / "verify" / "test_what_it_writes.py",
        TESTS / "wire" / "test_codec_round_trip.py",
    }
)
EXAMPLES = frozenset(
    {
        "test_the_tutorials_test_finds_the_upload_that_is_left_open",
        "test_the_workers_of_xdist_have_fakes_of_their_own",
        *(
            f"test_the_examples_pass[{name}]"
            for name in (
                *("beside", "control", "events", "explore", "least_privilege", "logs", "migrate", "moto", "processes"),
                *("race", "replication", "server", "timeline", "tutorial_explore", "very_large"),
            )
        ),
    }
)
"""Those of the docs that explore, race, serve or rewrite whole programs."""
LEFT_OUT = "not thorough"
"""What pyproject.toml says to `-m`."""


def mark_thorough(items: Iterable[pytest.Item]) -> None:
    """Mark what is slow of these."""
    for item in items:
        here = item.path in FILES or item.name in EXAMPLES or is_below(item.path, FOLDERS)
        here = here and getattr(item, "originalname", None) not in NAMES
        if here and item.get_closest_marker("slow") is not None:
            item.add_marker(pytest.mark.thorough)
