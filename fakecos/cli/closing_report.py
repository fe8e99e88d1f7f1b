"""The end of a command that had a fake: it is stopped, and what S3 would hold is written to stderr."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

from fakecos.testing.report import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fakecos.fake import FakeCOS

STDERR = 2
"""Its file descriptor, which stays open when the program closes `sys.stderr`."""


def finish(cos: FakeCOS, rows: int | None, process: int) -> None:
    """Stop the fake and print the report; not in a child that the program forked."""
    from fakecos.facts.exceptions import UnimplementedOperationWarning

    if os.getpid() != process:
        return
    notices = [f"{type(error).__name__}: {error}" for error in cos.errors]  # what the program swallowed
    cos.errors.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnimplementedOperationWarning)  # the report says it, below
        cos.stop()
    counts = cos.journal.counts
    notices += cos.journal.explanations
    notices += [f"{name} was answered 501: fakecos does not have it" for name in sorted(_missing(counts))]
    _write(report(cos.store, counts, notices, rows))


def _write(text: str) -> None:
    """Write to stderr, after what the program wrote to stdout; the program may have closed both, or have none."""
    with suppress(AttributeError, ValueError, OSError):  # None, closed, or a pipe that nobody reads
        sys.stdout.flush()
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (AttributeError, ValueError):
        if sys.__stderr__ is None:  # this process has none: its number may be some other file's
            return
        with suppress(OSError), open(STDERR, "w", errors="backslashreplace", closefd=False) as stderr:
            stderr.write(text)


def _missing(names: Iterable[str]) -> set[str]:
    from fakecos.operations.registry import operations
    from fakecos.wire.operation_names import UNROUTED

    return set(names) - set(operations()) - {UNROUTED}
