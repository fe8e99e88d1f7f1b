"""Waiting until enough came: of requests, and of events. The request ends with the server."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar

from fakecos.serving.control.forms import number, whole
from fakecos.serving.control.refusals import NOT_YET, Refused
from fakecos.serving.control.table import OK, Answer, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.serving.control.table import Asked

    Found = TypeVar("Found")

LONGEST = 600
"""Seconds that a request may wait."""
STEP = 0.01
"""Seconds between two looks; what came is read again only if something did."""
MOST = 10_000
"""As many as a journal holds."""
FEW = 1_000

COUNT = Parameter(
    "count", whole("Wait until so many came; 1 unless given. Without `wait` fewer are NotYet at once.", 1, MOST)
)
WAIT = Parameter("wait", number("Wait so many seconds for them at most.", minimum=0, maximum=LONGEST))
LIMIT = Parameter("limit", whole(f"Answer with so many at most, the first ones; {FEW:,} unless given.", 1, MOST))


def answer(asked: Asked, document: dict[str, Any], came: str, hint: str, *, is_enough: bool) -> Answer:
    """Answer with what came, such as "2 of {} requests came"; what is not enough is a refusal with a hint."""
    if is_enough:
        return Answer(OK, document)
    given = asked.parameters
    message = f"{came.format(given.get('count', 1))} in {given.get('wait', 0):g} seconds"
    return Answer(NOT_YET, {**Refused(NOT_YET, message, hint).document, **document})


def until_enough(
    asked: Asked, look: Callable[[], list[Found]], state: Callable[[], object]
) -> tuple[list[Found], bool]:
    """Return what a look finds, and whether it is enough. Without `count` and `wait` anything is.

    It looks again whenever `state` is another, until the time is up.
    """
    wanted, wait = asked.parameters.get("count"), asked.parameters.get("wait", 0)
    if wanted is None and "wait" not in asked.parameters:
        return look(), True
    wanted = wanted or 1
    seen, found = state(), look()
    for _ in range(ceil(wait / STEP)):  # counted: a test may set every clock of this process meanwhile
        if len(found) >= wanted:
            break
        asked.pause(STEP)
        now = state()
        if now != seen:
            seen, found = now, look()
    return found, len(found) >= wanted
