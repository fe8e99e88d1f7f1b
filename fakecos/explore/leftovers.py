"""Objects that a run leaves behind: they end in the run that made them, and not at some moment of a later one.

A file that was not closed may ask S3 once more when it is deleted, and a later run has the same ids.
"""

from __future__ import annotations

import gc
import traceback
from typing import TYPE_CHECKING

from fakecos.explore.exceptions import chain

if TYPE_CHECKING:
    from types import TracebackType

WHOLE = 1000
"""After how many runs the collector looks at all objects once more."""


def clear(error: BaseException | None) -> None:
    """Forget the variables of all functions that an exception came through, and those that it was raised from."""
    if error is not None:
        for found in chain(error):
            trace: TracebackType | None = found.__traceback__
            traceback.clear_frames(trace)


class Garbage:
    """The cycles that runs leave. Only what a run made is looked at: all that was there before is set aside.

    Where somebody has set objects aside already, or that cannot be, the collector looks at the young ones.
    """

    def __init__(self) -> None:
        self._sets_aside = hasattr(gc, "freeze") and gc.get_freeze_count() == 0
        self._runs = 0
        if self._sets_aside:
            gc.freeze()

    def collect(self) -> None:
        """Delete what nobody holds any more."""
        if not self._sets_aside:
            gc.collect(1)
            return
        self._runs += 1
        if self._runs % WHOLE == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Give back what was set aside."""
        if self._sets_aside:
            gc.unfreeze()
