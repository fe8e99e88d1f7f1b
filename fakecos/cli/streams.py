"""stdout and stderr of a command: who reads them may have gone, and may be a terminal that shows colours."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY_READS = 1
"""The exit code then (source: "Note on SIGPIPE" in the documentation of Python's `signal`)."""
DIM, GREEN, RED, YELLOW = "2", "32", "31", "33"


@contextmanager
def quiet_where_nobody_reads() -> Iterator[None]:
    """End the process without a word if a command writes to a pipe that its reader has closed, as `head` does."""
    try:
        yield
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except SystemExit:
        drop_unread()
        raise
    except BrokenPipeError:
        if not drop_unread():
            raise
        sys.exit(NOBODY_READS)


def drop_unread() -> bool:
    """Let stdout and stderr write into nothing where nobody reads them; return whether one of them was so.

    Without that the interpreter complains at its end that it could not write the rest.
    """
    dropped = [_drop(stream) for stream in (sys.stdout, sys.stderr)]
    return any(dropped)


def _drop(stream: TextIO | None) -> bool:
    try:
        if stream is None or not _is_unread(stream.fileno()):
            return False
        with suppress(BrokenPipeError):
            stream.flush()
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (AttributeError, OSError, ValueError):  # closed, or something that has no number
        return False
    return True


def _is_unread(number: int) -> bool:
    """Whether the other end of a pipe is closed; where that cannot be asked, whether it is a pipe."""
    import select
    import stat

    kind = os.fstat(number).st_mode
    if not (stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind)):
        return False
    if not hasattr(select, "poll"):
        return True
    asked = select.poll()
    asked.register(number, 0)
    return any(what & (select.POLLERR | select.POLLHUP) for _, what in asked.poll(0))


def has_colours(stream: TextIO) -> bool:
    """Whether to write colours: NO_COLOR and FORCE_COLOR decide, then whether it is a terminal that knows them.

    A variable that is empty says nothing (source: no-color.org and force-color.org).
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("TERM") == "dumb" or (os.name == "nt" and not os.environ.get("WT_SESSION")):
        return False
    return stream.isatty()


def coloured(text: str, colour: str) -> str:
    """Return a text in a colour."""
    return f"\x1b[{colour}m{text}\x1b[0m"
