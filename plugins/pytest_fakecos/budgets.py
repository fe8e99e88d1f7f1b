"""The budget of a test: one for all fakes that answer while the test itself runs, without its fixtures.

Imported when a test has one: it imports fakecos.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from fakecos import UsageError
from fakecos.testing.budget import Budget, limits_of
from pytest_fakecos import options
from pytest_fakecos.watching import WATCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def held(item: pytest.Item, limits: Mapping[str, Any]) -> Iterator[None]:
    """Count what a test asks of fakes in this block.

    Raises BudgetExceededError. pytest.UsageError: there are no such limits.
    """
    __tracebackhide__ = True
    is_marked = any(mark.name == options.BUDGET_MARKER for mark in item.iter_markers())
    written = f"@pytest.mark.{options.BUDGET_MARKER}" if is_marked else options.BUDGET_MARKER
    try:
        chosen = limits_of(limits, written)
    except UsageError as error:
        message = f"{item.nodeid}: {error}"
        raise pytest.UsageError(message) from None
    watch = item.config.stash[WATCH]
    with Budget(chosen, written=written) as budget:
        watch.count_in(budget)
        try:
            yield
        finally:
            watch.count_in(None)
