"""How a failure of the table is made: of which outcome of a fault, and at which moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.facts.transport import Transport
from fakecos.faults import error_outcomes, outcomes
from fakecos.faults.corruption import Corrupt
from fakecos.faults.outcomes import Meanwhile, When

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.explore.seen import Make, Seen
    from fakecos.faults.outcomes import Outcome


def error(code: str) -> Make:
    """An error of S3 by its code."""
    return lambda _: (error_outcomes.error(code), When.BEFORE)


def transport(kind: Transport, moment: When = When.BEFORE) -> Make:
    """A failure of the connection, at a moment."""
    return lambda _: (kind, moment)


def in_body(seen: Seen) -> tuple[Outcome, When]:
    """The connection ends when half of the request's body came."""
    return Transport.RESET, When.after_bytes((seen.size or 0) // 2)


def in_answer(seen: Seen) -> tuple[Outcome, When]:
    """The connection ends when half of the answer's body arrived."""
    return Transport.RESET, When.after_answer_bytes(seen.answer_size // 2)


def flipped(seen: Seen) -> tuple[Outcome, When]:
    """One bit in the middle of the request's body is another."""
    return outcomes.corrupt(Corrupt.flip((seen.size or 1) * 4)), When.BEFORE


def answer(make: Callable[[Seen], Corrupt]) -> Make:
    """A corruption of the answer."""
    return lambda seen: (outcomes.corrupt_answer(make(seen)), When.BEFORE)


def meanwhile(state: Meanwhile) -> Make:
    """Somebody else changes the store."""
    return lambda _: (state, When.BEFORE)
