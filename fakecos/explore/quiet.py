"""What nobody asked for is not printed: in a thousand runs many threads, tasks and objects end with an exception.

Those of the act alone: of threads that it started, of tasks that nobody waits for any more, and of objects that raise
while they are deleted.
"""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

UNASKED = ("Task exception was never retrieved", "Future exception was never retrieved", "Task was destroyed")


class Running(Protocol):
    """What has to be known of the runs."""

    def owns(self, thread: threading.Thread | None) -> bool:
        """Whether a thread was started by the act."""

    def is_running(self) -> bool:
        """Whether the act is being called, or has just ended."""


@contextmanager
def quiet(runs: Running) -> Iterator[None]:
    """Let what the act leaves behind end without a word."""
    before, before_deleted = threading.excepthook, sys.unraisablehook
    log = logging.getLogger("asyncio")

    def hook(args: threading.ExceptHookArgs) -> None:
        if not runs.owns(args.thread):
            before(args)

    def hook_deleted(args: sys.UnraisableHookArgs) -> None:
        if not runs.is_running():
            before_deleted(args)

    def is_said(record: logging.LogRecord) -> bool:
        return not (runs.is_running() and str(record.msg).startswith(UNASKED))

    threading.excepthook, sys.unraisablehook = hook, hook_deleted
    log.addFilter(is_said)
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before, before_deleted
        log.removeFilter(is_said)
