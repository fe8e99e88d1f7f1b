"""What lets one request of this thread leave the process, below everything that an active fake has patched."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_passing = threading.local()


def is_open() -> bool:
    """Whether what this thread sends now may leave the process."""
    return getattr(_passing, "on", False)


@contextmanager
def opened() -> Iterator[None]:
    """Let what this thread sends inside the block leave the process."""
    before = is_open()
    _passing.on = True
    try:
        yield
    finally:
        _passing.on = before
