"""A fake for the tests that need no proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cos() -> Iterator[FakeCOS]:
    """An active, empty fake."""
    with FakeCOS() as cos:
        yield cos
