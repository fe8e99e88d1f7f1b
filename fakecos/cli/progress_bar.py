"""A bar that shows how far a command has come: on stderr where that is a terminal and tqdm is installed."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class ProgressBar:
    """The bar while it is shown."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def show(self, done: int, total: int) -> None:
        """Show how many of all are done."""
        if self._bar.total != total:
            self._bar.reset(total)
        self._bar.n = done
        self._bar.refresh()


@contextlib.contextmanager
def shown(unit: str, *, to_show: bool = True) -> Iterator[ProgressBar | None]:
    """Show the bar as long as the block runs; None where there is no terminal, or no tqdm. `unit`: what is counted."""
    if not to_show or not sys.stderr.isatty():
        yield None
        return
    try:
        from tqdm import tqdm
    except ImportError:
        yield None
        return
    with tqdm(unit=unit, file=sys.stderr, leave=False) as bar:
        yield ProgressBar(bar)
